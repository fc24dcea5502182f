"""What every test may use."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.handbook import Handbook
from generator.problems import Problem
from tests import vocabulary
from tests.browser.reading import FLAGS
from tests.vocabulary import Text
from tools import chromium

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite what the tests expect")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether to write what was found instead of comparing it."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Mapping[str, Text]], Handbook]:
    """`book({"shop/scripts/greeting.yml": "..."})`: the tiny handbook with these files laid over it."""

    def make(files: Mapping[str, Text]) -> Handbook:
        _, linked = vocabulary.read(tmp_path, files)
        assert linked
        return linked

    return make


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[Mapping[str, Text]], list[Problem]]:
    """`problems({...})`: everything that is wrong with that handbook, sorted."""
    return lambda files: vocabulary.find(tmp_path, files)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The tiny handbook with the real templates, theme and configuration."""
    vocabulary.write(tmp_path, {})
    for name in ("templates", "site_overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; without one the test fails and says what to install."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        yield opened
        opened.close()
