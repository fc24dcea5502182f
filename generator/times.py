"""What changes from day to day: what is coming, what was, what is different today and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from generator.difference import Change, differences
from generator.handbook import Handbook
from generator.kinds.envelope import Envelope
from generator.kinds.location import Location
from generator.kinds.notice import Notice, Override
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.routine import Routine
from generator.kinds.script import Script
from generator.limits import Limit
from generator.notices import Laid
from generator.periods import FOR_EVER, Period
from generator.tailor import OWN

UNTOLD = OWN | {"sources", "related", "retention", "obligation", "figures"}
"""Fields whose differences the people who work by a record need not know of."""

RECENT_DAYS = 14
"""For so many days a change counts as new."""

MOST_SAID = 3
"""So many differences of one record are said aloud in a briefing."""

NOON = "12:00"
"""Hours before it belong to the end of a shift that passes midnight."""


class Arrival(NamedTuple):
    """A revision that comes into force, and what it takes the place of; `before` is None for a new record."""

    day: date
    record: Record
    before: Record | None

    @property
    def changes(self) -> list[Change]:
        """What will be different."""
        return differences(self.before, self.record, UNTOLD) if self.before else []

    @property
    def eve(self) -> date:
        """The last day before it, by which it must be known."""
        return self.day - timedelta(days=1)


class Edition(NamedTuple):
    """One revision of a record and the days on which it is in force."""

    record: Record
    periods: list[Period]


class Pair(NamedTuple):
    """Two revisions of a record and what the newer one has otherwise."""

    older: Record
    newer: Record
    changes: list[Change]


def arrivals(book: Handbook) -> list[Arrival]:
    """Every revision that is approved and comes into force after today, the first day first."""
    found = []
    for record in book.living:
        first = min((period.first for period in book.periods(record)), default=book.today)
        if first > book.today and record.status != "draft" and not isinstance(record, Notice):
            found.append(Arrival(first, record, before(book, record)))
    return sorted(found, key=lambda arrival: (arrival.day, arrival.record.id))


def before(book: Handbook, record: Record) -> Record | None:
    """The revision that was, or is, in force before a revision."""
    older = [other for other in book.revisions_of(record.id) if other.version.major < record.version.major]
    return next((other for other in older if other.status != "draft"), None)


def history(book: Handbook, record: Record) -> list[Edition]:
    """The revisions of a record that readers get to see, the newest first."""
    return [
        Edition(revision, book.periods(revision))
        for revision in book.revisions_of(record.id)
        if revision.status != "draft"
    ]


def pairs(book: Handbook, record: Record) -> list[Pair]:
    """Any two revisions of a record with their difference, the newest and its neighbour first."""
    revisions = [edition.record for edition in history(book, record)]
    return [
        Pair(older, newer, differences(older, newer, OWN))
        for number, newer in enumerate(revisions)
        for older in revisions[number + 1 :]
    ]


Standing = Literal["in-force", "coming", "over"]


def notice_board(book: Handbook) -> list[tuple[Standing, list[Notice]]]:
    """The notices in force, coming and over; the next to start first, of those over the last to end."""
    found: dict[Standing, list[Notice]] = {"in-force": [], "coming": [], "over": []}
    for notice in book.all_of(Notice):
        state = book.state(notice)
        if state != "draft":
            found[state].append(notice)
    for state, notices in found.items():
        notices.sort(key=lambda notice: (notice.effective, notice.id), reverse=state == "over")
    return list(found.items())


@dataclass(frozen=True)
class DailySheet:
    """What one role has to know and to do today; `arrivals` are the handbook's. Not access control."""

    book: Handbook = field(compare=False)
    role: Role
    arrivals: Sequence[Arrival]

    @cached_property
    def new(self) -> list[Arrival]:
        """What has come into force in the last days."""
        return [
            Arrival(record.effective, record, before(self.book, record))
            for record in self.book.all_of_role(self.role)
            if not isinstance(record, Notice) and 0 <= (self.book.today - record.effective).days < RECENT_DAYS
        ]

    @cached_property
    def coming(self) -> list[Arrival]:
        """What comes into force next."""
        return [arrival for arrival in self.arrivals if self.role in self.book.roles_of(arrival.record)]

    @property
    def days(self) -> int:
        """For how many days something is new."""
        return RECENT_DAYS

    @staticmethod
    def brief(changes: list[Change]) -> tuple[list[Change], int]:
        """What to say aloud of the differences in the work itself, limits if any, and how much more it is."""
        own = [change for change in changes if change.path[0] not in Envelope.model_fields]
        limits = [change for change in own if isinstance(change.new or change.old, Limit)]
        said = (limits or own)[:MOST_SAID]
        return said, len(own) - len(said)

    @cached_property
    def notices(self) -> list[Notice]:
        """What is different today."""
        return [n for n in self.book.in_force(Notice) if not n.roles or self.role.id in n.roles]

    def laid(self, notice: Notice) -> list[Laid]:
        """What a notice makes of the records it overrides."""
        return [laid for laid in self.book.in_use if laid.notice is notice and laid.record]

    @cached_property
    def routines(self) -> list[Routine]:
        """The lists of the role's shifts, in the order of the day."""
        mine = [routine for routine in self.book.in_force(Routine) if self.role.id in routine.roles]
        return sorted(mine, key=self._turn)

    @cached_property
    def drill(self) -> Script | None:
        """One script to practise, another each day, of those that are said wherever the role works."""
        mine = set(self.book.only_at(self.role))
        scripts = [
            script for script in self.book.of_role(self.role, Script) if self._is_said_at(script, mine)
        ]
        return scripts[self.book.today.toordinal() % len(scripts)] if scripts else None

    def _is_said_at(self, script: Script, places: set[str]) -> bool:
        """Whether a script is said at all of these places; none means everywhere."""
        said = set(self.book.only_at(script))
        return not said or (bool(places) and places <= said)

    def _turn(self, routine: Routine) -> tuple[int, bool, str, str]:
        """The place in the day: shift by shift, in a shift that passes midnight the morning last."""
        shift, opens = routine.shift, routine.hours.opens
        after_midnight = shift in self._overnight and opens < NOON
        return (list(self.book.settings.shifts).index(shift), after_midnight, opens, routine.id)

    @cached_property
    def _overnight(self) -> set[str]:
        routines = self.book.in_force(Routine)
        return {routine.shift for routine in routines if routine.hours.opens > routine.hours.closes}


def places(book: Handbook, record: Record) -> list[Location]:
    """The locations at which a record counts; none means everywhere."""
    ids = book.only_at(record)
    return [location for location in book.in_force(Location) if location.id in ids]


class Meanwhile(NamedTuple):
    """What notices in force make of one value, and where it stays as it was; `usual` None: nowhere."""

    usual: list[str] | None
    changes: list[tuple[Notice, Change]]


def meanwhile(book: Handbook, record: Record, *path: str) -> Meanwhile | None:
    """What is different for the time being about the value at `path` of a record, or None."""
    found = [
        (laid.notice, change)
        for laid in book.laid_on(record)
        if laid.record
        for change in differences(record, laid.record, UNTOLD)
        if change.path == path
    ]
    if not found:
        return None
    counted = [book.only_at(notice) for notice, _ in found]
    taken = {place for places in counted for place in places}
    left = [location.id for location in book.in_force(Location) if location.id not in taken]
    return Meanwhile(left if left and all(counted) else None, found)


def laid_changes(book: Handbook, record: Record, notice: Notice) -> list[Change]:
    """What a notice in force makes different in a record."""
    return [
        change
        for laid in book.laid_on(record, notice)
        if laid.record
        for change in differences(record, laid.record, UNTOLD)
    ]


def begins(book: Handbook, record: Record) -> date:
    """Since when a revision is in force, or from when it will be."""
    return next((days.first for days in book.periods(record) if days.last >= book.today), record.effective)


def ends(book: Handbook, record: Record) -> date | None:
    """The last day on which a revision is or was in force, or None while no last day is known."""
    periods = book.periods(record)
    days = next((days for days in periods if days.last >= book.today), periods[-1] if periods else None)
    return days.last if days and days.last != FOR_EVER else None


def counterparts(book: Handbook, record: Record) -> list[Record]:
    """What has taken the place of a record that is over: the records that say they replace it."""
    names = {record.title, record.code, *record.formerly}
    return [other for other in book.current if names.intersection(other.replaces) and other is not record]


class Overridden(NamedTuple):
    """A record that a notice overrides, and what it changes in it; nothing for a notice that is over."""

    override: Override
    target: Record
    changes: list[Change]


def overridden(book: Handbook, notice: Notice) -> list[Overridden]:
    """What a notice overrides, record by record."""
    laid = {each.override.id: each for each in book.laid if each.notice is notice and each.record}
    found = []
    for override in notice.overrides:
        each, target = laid.get(override.id), book.get(override.record)
        if each and each.record:
            found.append(Overridden(override, each.target, differences(each.target, each.record, UNTOLD)))
        elif target:
            found.append(Overridden(override, target, []))
    return found
