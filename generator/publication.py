"""What one publication shows: everything above its ceiling is taken out before anything is rendered.

The same knife takes out what is unsound, so that a scheduled build can publish the rest.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from generator.handbook import Handbook, resolve
from generator.kinds.envelope import Envelope
from generator.kinds.notice import Notice
from generator.kinds.parts import CEILINGS
from generator.kinds.record import Record
from generator.periods import Period
from generator.problems import Problem
from generator.settings import Pack, Settings
from generator.timeline import Revisions
from generator.values import Prose, Ref, Strict

_GONE = object()
"""What is left of a value that cannot do without something hidden."""
_LINK = re.compile(r"\[\[\s*([a-z0-9/-]+)\s*(?:\|([^\]]*))?\]\]")


def shown_in(book: Handbook, name: str) -> Handbook:
    """The handbook as the publication `name` shows it; what it hides is in no record that is left."""
    publication = book.settings.publications[name]
    ceiling = CEILINGS.index(publication.visibility)
    left = _without(book, lambda record: CEILINGS.index(book.visibility(record)) > ceiling)
    packs = {
        key: pack if CEILINGS.index(pack.visibility) <= ceiling else _only_title(pack)
        for key, pack in left.packs.items()
        if any(record.pack == key for record in left.all)
    }
    settings = left.settings.model_copy(update={"publish": name, "publications": {name: publication}})
    return _with(left, packs, _settled(settings, left))


def sound(book: Handbook, faulty: Collection[str]) -> Handbook:
    """The handbook without the files at `faulty` and without what cannot do without them.

    Where the revision that counts is among them, or where one cannot be read, no other one counts instead.
    """
    gone = {id for id, record in book.records.items() if record.path in faulty} | book.unread
    return _without(book, lambda record: record.path in faulty or record.id in gone)


def told_to(book: Handbook, whole: Handbook, problems: Iterable[Problem]) -> list[Problem]:
    """The problems that readers of `book` may know of: nothing in or about what `whole` has beyond it."""
    paths = {record.path for record in book.all}
    hidden = [record for record in whole.all if record.path not in paths]
    words = {word for record in hidden for word in (record.id, record.stem, record.title, record.path)}
    return [
        problem
        for problem in problems
        if problem.place.path in paths and not any(word in str(problem.told) for word in words)
    ]


def _without(book: Handbook, hides: Callable[[Record], bool]) -> Handbook:
    """The handbook without some revisions, and every other one without any trace of them."""
    kept = {
        id: [(record, book.periods(record)) for record in revisions if not hides(record)]
        for id, revisions in book.revisions.items()
    }
    before: frozenset[str] | None = None
    while before != (known := frozenset(id for id, revisions in kept.items() if revisions)):
        kept = {id: _pruned_all(kept[id], known) for id in known}
        before = known
    ordered = {id: tuple(record for record, _ in kept[id]) for id in book.revisions if id in known}
    left = replace(book, revisions=ordered, sources={}, figures=_figures(book, ordered))
    # What a hidden revision has replaced stays replaced.
    vars(left)["_periods"] = {id: [days for _, days in kept[id]] for id in ordered}
    vars(left)["laid"] = [
        laid._replace(notice=notice, target=target, record=record)
        for laid in book.laid
        if laid.record and not hides(laid.record) and (record := _pruned(laid.record, known))
        for notice in ordered.get(laid.notice.id, ())
        for target in ordered.get(laid.target.id, ())
        if isinstance(notice, Notice) and notice.path == laid.notice.path and target.path == laid.target.path
    ]
    return left


def _pruned_all(
    revisions: Iterable[tuple[Record, list[Period]]], known: frozenset[str]
) -> list[tuple[Record, list[Period]]]:
    return [(left, days) for record, days in revisions if (left := _pruned(record, known)) is not None]


def _pruned(record: Record, known: frozenset[str]) -> Record | None:
    """The record without references to what is not known; None where it cannot do without one."""
    left = _left_block(record, record.pack, known)
    return left if isinstance(left, Record) else None


_SPARED = ("owner",)
"""Required of whoever writes a record, but a reader can do without it."""
_BINDING = ("distribution", "locations")
"""Without these a record would seem to apply everywhere."""


def _left_block(block: Strict, pack: str, known: frozenset[str]) -> Any:
    """What is left of a block; the block itself where nothing of it is hidden."""
    changed: dict[str, Any] = {}
    for name, field in type(block).model_fields.items():
        value = getattr(block, name)
        left = _left(value, pack, known, name in Envelope.model_fields)
        if left is _GONE:
            needed = field.is_required() or name in _BINDING or isinstance(value, list)
            if needed and name not in _SPARED:
                return _GONE
            left = None
        if left is not value:
            changed[name] = left
    return block.model_copy(update=changed) if changed else block


def _left(value: Any, pack: str, known: frozenset[str], in_envelope: bool) -> Any:
    """What is left of a value; the value itself where nothing of it is hidden."""
    if type(value) is Ref:
        return value if value in known else _GONE
    if type(value) is Prose and "[[" in value:
        return _left_prose(value, pack, known)
    if isinstance(value, Strict):
        return _left_block(value, pack, known)
    return _left_list(value, pack, known, in_envelope) if type(value) is list else value


def _left_list(values: list[Any], pack: str, known: frozenset[str], in_envelope: bool) -> Any:
    """References just leave a list; an entry that goes takes the list with it, but in the envelope."""
    parts = [_left(value, pack, known, in_envelope) for value in values]
    gone = [value for part, value in zip(parts, values, strict=True) if part is _GONE]
    everywhere = len(gone) == len(values) and any(_is_place(value) for value in gone)
    if everywhere or (not in_envelope and any(isinstance(value, Strict) for value in gone)):
        return _GONE
    if all(part is value for part, value in zip(parts, values, strict=True)):
        return values
    return [part for part in parts if part is not _GONE]


def _is_place(value: Any) -> bool:
    return type(value) is Ref and value.kinds == ("location",)


def _left_prose(text: Prose, pack: str, known: frozenset[str]) -> Prose:
    """The text with links to hidden records as plain words."""

    def plain(link: re.Match[str]) -> str:
        return link[0] if resolve(link[1], text.pack or pack) in known else (link[2] or "…").strip()

    return Prose.by(text.pack, _LINK.sub(plain, text))


def _figures(book: Handbook, revisions: Revisions) -> frozenset[str]:
    used = {
        f"standards/{record.pack}/figures/{figure.file}"
        for each in revisions.values()
        for record in each
        for figure in record.figures
    }
    return book.figures & used


def _only_title(pack: Pack) -> Pack:
    return pack.model_copy(update={"summary": "", "philosophy": None, "goals": []})


def _settled(settings: Settings, book: Handbook) -> Settings:
    hidden = settings.ask_first not in book.revisions
    return settings.model_copy(update={"ask_first": None}) if hidden else settings


def _with(book: Handbook, packs: dict[str, Pack], settings: Settings) -> Handbook:
    other = replace(book, packs=packs, settings=settings)
    vars(other).update({name: vars(book)[name] for name in ("laid", "_periods")})
    return other
