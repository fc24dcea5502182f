"""Walking standards/: what is read, and what a fault in one file leaves of the others."""

from datetime import date
from pathlib import Path

import pytest

from generator.kinds.term import Term
from generator.load import RESERVED, link, load, model_of, name_fault, settings_language
from generator.problems import HandbookError
from generator.settings import Pack, Settings
from tests.bad_input import SOUND, write

DAY = date(2026, 6, 1)


def test_everything_sound_is_read(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, SOUND))
    assert loaded.problems == []
    assert sorted(loaded.packs) == ["bank", "hotel"]
    assert sorted(record.id for record in loaded.records) == ["bank/queue", "hotel/greeting", "hotel/manager"]


def test_no_standards_is_the_operators_mistake(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="no folder 'standards'"):
        load(tmp_path)


def test_ids_of_unreadable_files_and_packs_are_known(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, SOUND | {"hotel/terms/greeting.yml": "title：", "bank/pack.yml": "- a\n"}))
    book = link(loaded, DAY)
    assert book
    assert list(book.records) == ["hotel/manager"]
    assert book.unread == {"hotel/greeting", "bank/queue"}


def test_without_settings_there_is_no_graph(tmp_path: Path) -> None:
    assert link(load(write(tmp_path, SOUND | {"handbook.yml": "a: b\n"})), DAY) is None


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    extra = {
        "hotel/terms/.draft.yml": "a",
        ".git/x.yml": "a",
        "hotel/data/.x.yml": "a",
        "hotel/figures/x.yml": "a",
    }
    assert load(write(tmp_path, SOUND | extra)).problems == []


@pytest.mark.parametrize("name", ["a", "check-in", "2026", "a" * 60])
def test_good_names(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["", "A", "a b", "敬语", "a_b", "-a", "a" * 61, "a\n", *sorted(RESERVED)])
def test_bad_names(name: str) -> None:
    assert name_fault(name) is not None


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("standards/handbook.yml", Settings),
        ("standards/hotel/pack.yml", Pack),
        ("standards/hotel/terms/a.yml", Term),
        ("standards/hotel/term/a.yml", None),
        ("standards/hotel/terms/more/a.yml", None),
    ],
)
def test_model_of(path: str, model: type | None) -> None:
    assert model_of(Path(path)) is model


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("languages: [en, zh]\n", "en"),
        ("languages: [fr]\n", None),
        ("languages: en\n", None),
        ("：", None),
        ("- a\n", None),
    ],
)
def test_language_of_the_settings(tmp_path: Path, text: str, language: str | None) -> None:
    assert settings_language(write(tmp_path, {"handbook.yml": text})) == language
