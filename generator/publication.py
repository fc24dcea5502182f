"""What one publication shows: everything above its ceiling is taken out before anything is rendered.

The same knife takes out what is unsound, so that a scheduled build can publish the rest.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from generator.handbook import Handbook
from generator.kinds.course import Course
from generator.kinds.envelope import Envelope
from generator.kinds.notice import Notice
from generator.kinds.parts import CEILINGS
from generator.kinds.record import Record
from generator.messages import Message
from generator.notices import Laid
from generator.periods import Period
from generator.problems import Problem
from generator.settings import Pack, Settings
from generator.tables.row import Row
from generator.timeline import Revisions
from generator.values import Prose, Ref, Strict, resolve

_R = TypeVar("_R", bound=Record)
_GONE = object()
"""What is left of a value that cannot do without something hidden."""
_LINK = re.compile(r"\[\[\s*([a-z0-9/-]+)\s*(?:\|([^\]]*))?\]\]")


def shown_in(book: Handbook, name: str) -> Handbook:
    """The handbook as the publication `name` shows it; what it hides is in no record that is left."""
    publication = book.settings.publications[name]
    ceiling = CEILINGS.index(publication.visibility)
    left = _without(book, lambda record: CEILINGS.index(book.visibility(record)) > ceiling)
    if publication.visibility != "restricted":
        left = _without_answers(left)
    packs = {
        key: pack if CEILINGS.index(pack.visibility) <= ceiling else _only_title(pack)
        for key, pack in left.packs.items()
        if any(record.pack == key for record in left.all)
    }
    packs = {key: _without_post(pack, left) for key, pack in packs.items()}
    settings = left.settings.model_copy(update={"publish": name, "publications": {name: publication}})
    return _with(left, packs, _settled(settings, left))


def sound(book: Handbook, faulty: Collection[str]) -> Handbook:
    """The handbook without the files at `faulty` and without what cannot do without them.

    Where the revision that counts is among them, or where one cannot be read, no other one counts instead.
    """
    gone = {id for id, record in book.records.items() if record.path in faulty} | book.unread
    rows = [row for row in book.rows if row.place().path not in faulty]
    return _without(book, lambda record: record.path in faulty or record.id in gone, rows)


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


def _without(book: Handbook, hides: Callable[[Record], bool], rows: Iterable[Row] | None = None) -> Handbook:
    """The handbook without some revisions, and every other one without any trace of them."""
    kept = {
        id: [(record, book.periods(record)) for record in revisions if not hides(record)]
        for id, revisions in book.revisions.items()
    }
    known, before = frozenset(id for id, revisions in kept.items() if revisions), None
    while before != known:
        left_of = {id: _pruned_all(kept[id], known) for id in known}
        known, before = frozenset(id for id, revisions in left_of.items() if revisions), known
    kept = left_of
    ordered = {id: tuple(record for record, _ in kept[id]) for id in book.revisions if id in known}
    left = replace(book, revisions=ordered, sources={}, figures=_figures(book, ordered), rows=())
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
    vars(left)["rows"] = tuple(_told_rows(book.rows if rows is None else rows, left))
    return left


def _told_rows(rows: Iterable[Row], left: Handbook) -> Iterator[Row]:
    """The rows of which the version, the place and all else that a row cannot do without is left."""
    known = frozenset(left.revisions)
    for row in rows:
        place = getattr(row, "location", None)
        if (place is None or place in known) and left.revision_on(row.subject, row.day):
            kept = _left_block(row, row.pack, known)
            if isinstance(kept, Row):
                yield kept


def _without_answers(book: Handbook) -> Handbook:
    """The handbook without what only trainers may know: the right answers of examinations."""
    left: dict[int, Any] = {id(record): _unanswered(record) for record in book.all}
    revisions = {name: tuple(left[id(record)] for record in each) for name, each in book.revisions.items()}
    other = replace(book, revisions=revisions)
    vars(other)["_periods"] = vars(book)["_periods"]
    vars(other)["laid"] = [
        Laid(left[id(notice)], override, left[id(target)], record and _unanswered(record), problems)
        for notice, override, target, record, problems in book.laid
    ]
    return other


def _unanswered(record: _R) -> _R:
    if isinstance(record, Course) and record.quiz:
        asked = [question.model_copy(update={"answers": [], "key": None}) for question in record.quiz]
        return record.changed({"quiz": asked})
    if isinstance(record, Notice) and any("quiz" in override.fields for override in record.overrides):
        told = [
            override.model_copy(update={"fields": {k: v for k, v in override.fields.items() if k != "quiz"}})
            for override in record.overrides
        ]
        return record.changed({"overrides": told})
    return record


def _pruned_all(
    revisions: Iterable[tuple[Record, list[Period]]], known: frozenset[str]
) -> list[tuple[Record, list[Period]]]:
    return [(left, days) for record, days in revisions if (left := _pruned(record, known)) is not None]


def _pruned(record: Record, known: frozenset[str]) -> Record | None:
    """The record without references to what is not known; None where it cannot do without one."""
    hidden = _hidden_in(record, known)
    if not hidden:
        return record
    if hidden not in record.learned.left:
        left = _left_block(record, record.pack, known)
        record.learned.left[hidden] = left if isinstance(left, Record) else None
    return record.learned.left[hidden]


def _hidden_in(record: Record, known: frozenset[str]) -> frozenset[str]:
    """What the record refers to and is not known."""
    refs: set[str] = {link.ref for link in record.contents.links}
    texts = [said.text for said in record.contents.said if type(said.text) is Prose and "[[" in said.text]
    for text in texts:
        refs.update(resolve(link[1], text.pack or record.pack) or link[1] for link in _LINK.finditer(text))
    return frozenset(refs - known)


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
    if not changed:
        return block
    return block.changed(changed) if isinstance(block, Record) else block.model_copy(update=changed)


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


def _figures(book: Handbook, revisions: Revisions) -> dict[str, Message | None]:
    used = {
        f"standards/{record.pack}/figures/{figure.file}"
        for each in revisions.values()
        for record in each
        for figure in record.figures
    }
    return {path: why for path, why in book.figures.items() if path in used}


def _only_title(pack: Pack) -> Pack:
    return pack.model_copy(update={"summary": "", "philosophy": None, "goals": []})


def _without_post(pack: Pack, book: Handbook) -> Pack:
    hidden = pack.ask_first is not None and pack.ask_first not in book.revisions
    return pack.model_copy(update={"ask_first": None}) if hidden else pack


def _settled(settings: Settings, book: Handbook) -> Settings:
    hidden = settings.ask_first not in book.revisions
    return settings.model_copy(update={"ask_first": None}) if hidden else settings


def _with(book: Handbook, packs: dict[str, Pack], settings: Settings) -> Handbook:
    other = replace(book, packs=packs, settings=settings)
    vars(other).update({name: vars(book)[name] for name in ("laid", "_periods")})
    return other
