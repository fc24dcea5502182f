"""The handbook in another of its languages: what is not translated stays as it is, and is counted."""

from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from generator.catalogues import Catalogue
from generator.handbook import Handbook
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.notices import Laid
from generator.texts import Path, is_chinese, retold
from generator.values import Strict

_B = TypeVar("_B", bound=Strict)


class Edition(NamedTuple):
    """A record in another language, how many of its texts are not translated, and how many there are."""

    record: Record
    missing: int
    total: int


class Voice:
    """What the texts of one file are in another language; counts those that nobody has translated.

    `sources` are the names under which its texts may stand, each with its catalogue.
    """

    def __init__(self, sources: list[tuple[str, Catalogue]], slots: dict[str, str] | None = None) -> None:
        self._sources = sources
        self._slots = slots or {}
        self.missing, self.total = 0, 0

    def __call__(self, path: Path, text: str) -> str | None:
        if not is_chinese(text):
            return None
        self.total += 1
        told = self.lookup(path, text)
        if told is None:
            self.missing += 1
            return None
        for name, other in self._slots.items():
            told = told.replace(f"{{{name}}}", f"{{{other}}}")
        return told

    def lookup(self, path: Path, text: str) -> str | None:
        """The translation, or None."""
        field = ".".join(path)
        for name, catalogue in self._sources:
            told = catalogue.told.get((f"{name} {field}", text))
            if told is not None:
                return told
        return None


def in_language(book: Handbook, language: str) -> Handbook:
    """The handbook as its edition in `language` shows it; the same in the language it is written in."""
    if language == book.language:
        return book
    made = {id(record): edition(book, record, language) for record in book.all}
    left = {key: each.record for key, each in made.items()}
    laid = [_laid(book, each, left, language) for each in book.laid]
    settings = _retold(book, book.settings, "handbook.yml", "handbook", language)
    other = replace(
        book,
        settings=settings.model_copy(update={"languages": [language]}),
        packs={
            name: _retold(book, pack, f"{name}/pack.yml", name, language) for name, pack in book.packs.items()
        },
        revisions={name: tuple(left[id(record)] for record in each) for name, each in book.revisions.items()},
        untold={record.path: made[id(record)][1:] for record in book.all},
    )
    vars(other)["_periods"] = book._periods
    vars(other)["laid"] = laid
    return other


def edition(book: Handbook, record: Record, language: str) -> Edition:
    """One revision in another language; what is tailored takes over the translations of its base."""
    sources = _sources(book, record, language)
    known: tuple[Any, Edition] | None = record.learned.editions.get(language)
    if known and known[0] == sources:
        return known[1]
    voice = Voice(sources, _slots(record, sources))
    changed = retold(record, voice)
    made = Edition(record.changed(changed) if changed else record, voice.missing, voice.total)
    record.learned.editions[language] = (sources, made)
    return made


def _sources(book: Handbook, record: Record, language: str) -> list[tuple[str, Catalogue]]:
    found, at = [], book.base_of(record) or record
    for owner in dict.fromkeys((record.id, at.id)):
        catalogue = book.catalogue(language, owner.partition("/")[0])
        if catalogue:
            found.append((owner, catalogue))
    return found


def _slots(record: Record, sources: list[tuple[str, Catalogue]]) -> dict[str, str]:
    """The names of a script's placeholders, each with its name in the other language."""
    if not isinstance(record, Script):
        return {}
    voice = Voice(sources)
    found = {
        slot.name: voice.lookup(("placeholders", slot.name, "name"), slot.name)
        for slot in record.placeholders
    }
    return {name: told for name, told in found.items() if told}


def _laid(book: Handbook, laid: Laid, left: dict[int, Record], language: str) -> Laid:
    """What a notice makes of a record, in another language."""
    record = edition(book, laid.record, language).record if laid.record else None
    notice = left[id(laid.notice)]
    assert isinstance(notice, Notice)
    return laid._replace(notice=notice, target=left[id(laid.target)], record=record)


def _retold(book: Handbook, block: _B, name: str, catalogue: str, language: str) -> _B:
    found = book.catalogue(language, catalogue)
    return block.model_copy(update=retold(block, Voice([(name, found)] if found else [])))
