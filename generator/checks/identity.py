"""Identity: words are declared once, ids and numbers never come twice."""

from collections.abc import Iterable, Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.facility import Facility
from generator.kinds.location import Location
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.routine import Routine
from generator.marks import Loc
from generator.messages import say
from generator.problems import hint


@check(waivable=False)
def undeclared_word(book: Handbook) -> Iterator[Finding]:
    """Units, conditions, remedies and shifts must be declared in handbook.yml, packs have their folder.

    Only declared words can be shown in every language, compared and counted.

    Bad:

        limit: <= 3 bells

    Good:

        limit: <= 3 rings
    """
    settings = book.settings
    for record, loc, limit in book.limits:
        if limit.unit is not None and limit.unit not in settings.units:
            message = say(
                "no unit '{unit}' in handbook.yml{hint}",
                unit=limit.unit,
                hint=hint(limit.unit, settings.units),
            )
            yield record.place(*loc), message
    for record in book.living:
        yield from _undeclared_conditions(record, settings.conditions)
        if isinstance(record, Location):
            yield from _unknown_packs(record, book.packs)
        if isinstance(record, Routine) and record.shift not in settings.shifts:
            near = hint(record.shift, settings.shifts)
            yield (
                record.place("shift"),
                say("no shift '{name}' in handbook.yml{hint}", name=record.shift, hint=near),
            )
        for loc, remedy in _remedies(record):
            if remedy not in settings.remedies:
                near = hint(remedy, settings.remedies)
                yield (
                    record.place(*loc),
                    say("no remedy '{name}' in handbook.yml{hint}", name=remedy, hint=near),
                )


def _unknown_packs(record: Location, known: Iterable[str]) -> Iterator[Finding]:
    for index, name in enumerate(record.packs):
        if name not in known:
            message = say("no pack '{name}'{hint}", name=name, hint=hint(name, known))
            yield record.place("packs", index), message


def _undeclared_conditions(record: Record, known: Iterable[str]) -> Iterator[Finding]:
    named: list[tuple[Loc, str]] = [
        (("applies_when", index), name) for index, name in enumerate(record.applies_when)
    ]
    if isinstance(record, Facility):
        named += [
            (("requirements", index, "when"), item.when)
            for index, item in enumerate(record.requirements)
            if item.when
        ]
    for loc, name in named:
        if name not in known:
            message = say("no condition '{name}' in handbook.yml{hint}", name=name, hint=hint(name, known))
            yield record.place(*loc), message


def _remedies(record: Record) -> Iterator[tuple[Loc, str]]:
    if isinstance(record, Role):
        for index, row in enumerate(record.authority):
            yield ("authority", index, "remedy"), row.remedy
    if isinstance(record, Classification):
        for index, item in enumerate(record.classes):
            for number, remedy in enumerate(item.remedies):
                yield ("classes", index, "remedies", number), remedy


@check(waivable=False)
def duplicate_item(book: Handbook) -> Iterator[Finding]:
    """The ids in one list must differ.

    Links, translations and comparisons of versions name an entry by its id.

    Bad:

        do: [{ id: smile, text: ... }, { id: smile, text: ... }]

    Good:

        do: [{ id: smile, text: ... }, { id: eye-contact, text: ... }]
    """
    first: dict[tuple[int, Loc, str], Loc] = {}
    for record, loc, name in book.said:
        if loc[-1] == "id" and (before := first.setdefault((id(record), loc[:-2], name), loc)) is not loc:
            line = record.place(*before).line
            yield (
                record.place(*loc),
                say("id '{id}' stands here again, first on line {line}", id=name, line=line),
            )


@check(waivable=False)
def duplicate_code(book: Handbook) -> Iterator[Finding]:
    """A document number must be unique and never come back.

    A printed sheet carries the number; it must lead to one record.

    Bad:

        code: HT-FD-012    # in two files

    Good:

        code: HT-FD-013
    """
    first: dict[str, Record] = {}
    for record in book.all:
        if record.code is None:
            continue
        if record.code in first and first[record.code].id != record.id:
            other = first[record.code].place("code")
            yield (
                record.place("code"),
                say("document number '{code}' is taken by {other}", code=record.code, other=other),
            )
        first.setdefault(record.code, record)


@check(waivable=False)
def reused_id(book: Handbook) -> Iterator[Finding]:
    """An id that a record had before must not be used again.

    Old links and printed sheets would lead to something else.

    Bad:

        formerly: [greeting]       # while scripts/greeting.yml exists

    Good:

        formerly: [old-greeting]
    """
    for record in book.all:
        for index, stem in enumerate(record.formerly):
            other = book.get(f"{record.pack}/{stem}")
            if other:
                yield (
                    record.place("formerly", index),
                    say("'{id}' is in use again: {other}", id=stem, other=other.path),
                )
