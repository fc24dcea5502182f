"""What every test may use."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.handbook import Handbook
from generator.problems import Problem
from tests import vocabulary
from tests.vocabulary import Text


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
