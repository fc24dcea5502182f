"""The real site in a real browser: built once for all tests, served on this machine, watched for faults."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from generator.build import build
from generator.examine import examine
from generator.handbook import Handbook
from generator.publication import shown_in
from tests.browser.reading import Reader, Size, serving

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)
LONGEST_BUILD = 300


@pytest.fixture(scope="session")
def book() -> Handbook:
    """The real handbook as published, to know what its pages must show."""
    checked = examine(ROOT, TODAY)
    assert checked.book, checked.problems
    return shown_in(checked.book, checked.book.settings.publish)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site; of several test processes the first builds it, the others wait."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made, failed = folder / "site", folder / "site-failed"
    with suppress(FileExistsError):
        (folder / "site-lock").mkdir()
        try:
            build(ROOT, made, TODAY)
        except Exception:
            failed.touch()
            raise
    for _ in range(LONGEST_BUILD * 10):
        if made.exists() or failed.exists():
            break
        time.sleep(0.1)
    assert made.exists(), "the site could not be built; another test process says why"
    return made


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(site) as served:
        yield served


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """`reader((390, 844), role="hotel/receptionist")`: somebody with a device of that size."""
    contexts: list[BrowserContext] = []

    def make(
        size: Size, role: str = "", location: str = "", scripts: bool = True, scheme: str = "light"
    ) -> Reader:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        contexts.append(context)
        someone = Reader(context.new_page(), address)
        if role or location:
            someone.remember(role=role, location=location)
        return someone

    yield make
    for context in contexts:
        context.close()
