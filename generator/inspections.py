"""The state of facilities: what the filled forms say of each entry, place by place."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.filled import judged
from generator.handbook import Handbook
from generator.judging import Verdict, limit_of
from generator.kinds.facility import Facility, Upkeep
from generator.kinds.form import Form, Question
from generator.kinds.location import Location
from generator.limits import Limit
from generator.series import version_on
from generator.tables.result import Result


class Inspection(NamedTuple):
    """A check of an entry of a facility at a place; `location` is None where the form names none."""

    question: Question
    row: Result
    verdict: Verdict
    limit: Limit | None
    location: Location | None

    @property
    def on(self) -> date:
        """The day of the check."""
        return self.row.on


class Inspected(NamedTuple):
    """A facility with its upkeep; each entry with the last check at each place."""

    facility: Facility
    upkeep: list[tuple[Upkeep, list[Inspection]]]

    def at(self, location: Location) -> list[Inspection]:
        """The last check of each entry at one place."""
        return [check for _, checks in self.upkeep for check in checks if check.location is location]


def inspected(book: Handbook, facility: Facility) -> Inspected:
    """How a facility was found when it was checked last; places with something to mend come first.

    A form that is filled in daily leaves out what is checked once a month: that says nothing new.
    """
    last: dict[str, dict[str, Inspection]] = defaultdict(dict)
    for entry, check in _inspections(book, facility):
        place = check.row.location or ""
        if check.verdict != "left-out" or place not in last[entry]:
            last[entry][place] = check
    upkeep = [(entry, sorted(last[entry.id].values(), key=_urgent)) for entry in facility.upkeep]
    return Inspected(facility, upkeep)


def _inspections(book: Handbook, facility: Facility) -> Iterator[tuple[str, Inspection]]:
    """Every answer to a question about the facility with the entry that it is about, the oldest first."""
    forms = [record for record in book.users(facility) if isinstance(record, Form)]
    rows = [(row, form) for form in forms for row in book.rows_of(Result, form.id)]
    for row, form in sorted(rows, key=lambda pair: pair[0].on):
        version = version_on(book, Form, form, row.on)
        for _, question, verdict in judged(book, version, [row]):
            if question.facility == facility.id:
                place = book.get(row.location)
                location = place if isinstance(place, Location) else None
                limit = limit_of(book, question, row.on)
                yield (
                    question.facility.item or "",
                    Inspection(question, row, verdict, limit, location),
                )


def _urgent(check: Inspection) -> tuple[bool, str]:
    return check.verdict != "failed", check.row.location or ""
