"""One folder in the place of another: at every moment there is one of the two."""

import os
from pathlib import Path

import pytest

from generator import exchange


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "page").write_text("new")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "page").write_text("old")
    return folder


def test_into_an_empty_place(fresh: Path, tmp_path: Path) -> None:
    exchange.put(fresh, tmp_path / "site")
    assert (tmp_path / "site/page").read_text() == "new"


@pytest.mark.parametrize("can_swap", [True, False])
def test_in_the_place_of_another(
    fresh: Path, place: Path, monkeypatch: pytest.MonkeyPatch, can_swap: bool
) -> None:
    if not can_swap:
        monkeypatch.setattr(exchange, "_swapped", lambda *_: False)
    exchange.put(fresh, place)
    assert (place / "page").read_text() == "new"


def test_a_second_step_that_fails_undoes_the_first(
    fresh: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path == fresh:
            raise PermissionError(13, "denied", str(path))
        return rename(path, target)

    monkeypatch.setattr(exchange, "_swapped", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PermissionError):
        exchange.put(fresh, place)
    assert (place / "page").read_text() == "old"


@pytest.mark.skipif(os.name != "posix", reason="two steps are the best there is")
def test_there_is_no_moment_without_a_folder(
    fresh: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_turned", lambda *_: pytest.fail("not in one step"))
    exchange.put(fresh, place)
    assert (fresh / "page").read_text() == "old"
