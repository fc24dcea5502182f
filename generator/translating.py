"""Catalogues that keep up with the handbook: what is new, changed, renamed or gone."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.catalogues import LOCALES, Entry, Key, written
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.problems import HandbookError
from generator.texts import Said, texts
from generator.values import Strict

TEMPLATES = ".handbook/locales"
"""Where `extract` puts its files, which are made anew at will and not kept in git."""


class Standing(NamedTuple):
    """How far a catalogue has come, in texts."""

    name: str
    told: int
    fuzzy: int
    missing: int

    @property
    def total(self) -> int:
        return self.told + self.fuzzy + self.missing


def languages(book: Handbook, asked: str | None) -> list[str]:
    """The languages that the handbook is translated into, or the one that is asked for."""
    others: list[str] = list(book.settings.languages[1:])
    if not others:
        raise HandbookError("handbook.yml names no language besides '{language}'", language=book.language)
    if asked and asked not in others:
        raise HandbookError("'{language}' is not among the other languages of handbook.yml", language=asked)
    return [asked] if asked else others


def extracted(book: Handbook) -> dict[str, str]:
    """Path -> text of a template for each catalogue: what there is to translate, without translations."""
    return {
        f"{TEMPLATES}/{name}.pot": written((Entry(*key, "") for key in keys), "")
        for name, keys in wanted(book).items()
    }


def updated(book: Handbook, language: str) -> dict[str, str]:
    """Path -> text of each catalogue of a language, with what readers of the handbook may get to see."""
    former = _former(book)
    found = {}
    for name, keys in wanted(book).items():
        catalogue = book.catalogue(language, name)
        entries = merged(keys, catalogue.entries if catalogue else (), former)
        found[f"{LOCALES}/{language}/{name}.po"] = written(entries, language)
    return found


def standings(book: Handbook, language: str) -> Iterator[Standing]:
    """How far each catalogue has come."""
    for name, keys in wanted(book).items():
        catalogue = book.catalogue(language, name)
        known = {entry.key: entry for entry in catalogue.entries} if catalogue else {}
        entries = [known[key] for key in keys if key in known]
        told = sum(entry.counts for entry in entries)
        fuzzy = sum(entry.fuzzy for entry in entries)
        yield Standing(name, told, fuzzy, len(keys) - told - fuzzy)


def total(rows: Iterable[Standing]) -> Standing:
    """All catalogues together."""
    rows = list(rows)
    return Standing(
        "*",
        sum(row.told for row in rows),
        sum(row.fuzzy for row in rows),
        sum(row.missing for row in rows),
    )


def wanted(book: Handbook) -> dict[str, list[Key]]:
    """Catalogue -> what there is to translate, each text of each place once, in the order of the files."""
    found: dict[str, dict[Key, None]] = {"handbook": dict(_keys("handbook.yml", book.settings))}
    for name, pack in sorted(book.packs.items()):
        found[name] = dict(_keys(f"{name}/pack.yml", pack))
    everything = [*book.all, *(laid.record for laid in book.laid if laid.record)]
    for record in sorted(everything, key=lambda record: (record.id, record.path)):
        found[record.pack] |= dict(_of_record(book, record))
    return {name: list(keys) for name, keys in found.items()}


def _of_record(book: Handbook, record: Record) -> Iterator[tuple[Key, None]]:
    """The texts of a record without those that it takes over: they are translated with its base."""
    base = book.base_of(record)
    taken = set(_bare(texts(base))) if base else set()
    yield from _keys(record.id, record, taken)


def _bare(found: Iterable[Said]) -> Iterator[Said]:
    yield from (Said(path, str(text)) for path, text in found)


def _keys(name: str, block: Strict, without: Iterable[Said] = ()) -> Iterator[tuple[Key, None]]:
    for said in _bare(texts(block)):
        if said not in without:
            yield (f"{name} {'.'.join(said.path)}", said.text), None


def merged(keys: Iterable[Key], entries: Iterable[Entry], former: dict[str, list[str]]) -> list[Entry]:
    """The entries of a catalogue for the texts that are wanted now.

    A text that has changed keeps its translation as one to be looked at again, with the text it was made for.
    A renamed record keeps its translations, and what reads alike in the same field is translated alike.
    """
    known = {entry.key: entry for entry in entries}
    last = {entry.context: entry for entry in known.values() if entry.told}
    alike = {(_field(entry.context), entry.text): entry.told for entry in known.values() if entry.counts}
    return [_merged(key, known, last, alike, former) for key in keys]


def _merged(
    key: Key,
    known: dict[Key, Entry],
    last: dict[str, Entry],
    alike: dict[Key, str],
    former: dict[str, list[str]],
) -> Entry:
    context, text = key
    if key in known and known[key].told:
        return known[key]
    name, _, path = context.partition(" ")
    for other in former.get(name, ()):
        if found := known.get((f"{other} {path}", text)):
            return found._replace(context=context)
    told = alike.get((_field(context), text))
    if told:
        return Entry(context, text, told)
    old = last.get(context)
    if old:
        return Entry(context, text, old.told, True, old.before if old.fuzzy else old.text)
    return Entry(context, text, "")


def _field(context: str) -> str:
    return context.rpartition(".")[2].rpartition(" ")[2]


def _former(book: Handbook) -> dict[str, list[str]]:
    return {
        record.id: [f"{record.pack}/{stem}" for stem in record.formerly]
        for record in book.all
        if record.formerly
    }
