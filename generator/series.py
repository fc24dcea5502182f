"""Metrics and indexes over time, as the tables hold them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple, TypeVar

from generator import judging
from generator.handbook import Handbook
from generator.kinds.form import Form
from generator.kinds.location import Location
from generator.kinds.metric import Metric
from generator.kinds.rating import Rating, Weighted
from generator.kinds.record import Record
from generator.limits import Limit
from generator.tables import TABLES
from generator.tables.cells import Span
from generator.tables.complaint import Complaint
from generator.tables.failure import Failure
from generator.tables.measurement import Measurement

HUNDRED = Decimal(100)
LONGEST_GAP = 12
"""With more periods than this between two figures, the line between them is broken."""

_P = TypeVar("_P", "Point", "IndexPoint")
_V = TypeVar("_V", Metric, Rating, Form)
_PlacedRow = TypeVar("_PlacedRow", Measurement, Failure, Complaint)


class Point(NamedTuple):
    """A figure of a metric; without `row` nothing was measured in that period."""

    span: Span
    metric: Metric
    row: Measurement | None

    @property
    def good(self) -> bool | None:
        """Whether the target then in force was met; None where there is no target or no figure."""
        target = self.metric.target
        return judging.holds(target, self.row.value) if self.row and isinstance(target, Limit) else None

    @property
    def alarm(self) -> bool:
        """Whether the figure called for action."""
        return bool(self.row and self.metric.alert and judging.holds(self.metric.alert, self.row.value))


@dataclass(frozen=True)
class Part:
    """An item of an index in one period; `share` is its part of the whole in percent."""

    item: Weighted
    count: int
    weighted: Decimal
    share: Decimal


class IndexPoint(NamedTuple):
    """An index in one period; without `parts` some item was not counted."""

    span: Span
    rating: Rating
    parts: list[Part]

    @property
    def value(self) -> Decimal | None:
        """Counts times weights, added up, or their weighted mean."""
        if not self.parts:
            return None
        total = sum((part.weighted for part in self.parts), Decimal(0))
        weights = sum((part.item.weight for part in self.parts), Decimal(0))
        return total / weights if self.rating.combine == "mean" and weights else total


@dataclass(frozen=True)
class Series:
    """The figures of one place, `location` None meaning all together; stretches cannot be compared."""

    location: Location | None
    stretches: list[list[Point]]

    @property
    def latest(self) -> Point:
        """The newest figure."""
        return self.stretches[-1][-1]


@dataclass(frozen=True)
class Index:
    """An index at one place; stretches have other weights and cannot be compared."""

    location: Location | None
    stretches: list[list[IndexPoint]]

    @property
    def latest(self) -> IndexPoint:
        """The newest figure."""
        return self.stretches[-1][-1]


def series(book: Handbook, metric: Metric) -> list[Series]:
    """The figures of a metric, place by place."""
    found = []
    for location, rows in by_place(book, book.rows_of(Measurement, metric.id)):
        points = [Point(row.period, version_on(book, Metric, metric, row.day), row) for row in rows]
        stretches = _stretches(points, [point.metric.version.major for point in points])
        found.append(Series(location, [_filled(stretch) for stretch in stretches]))
    return found


def index(book: Handbook, rating: Rating) -> list[Index]:
    """An index, place by place, worked out with the weights in force in each period."""
    found = []
    for location, rows in by_place(book, book.rows_of(Failure, rating.id)):
        points = []
        for span, counted in groupby(rows, key=lambda row: row.period):
            version = version_on(book, Rating, rating, span.last)
            points.append(IndexPoint(span, version, parts(version, counted)))
        found.append(Index(location, _stretches(points, [point.rating.weights_version for point in points])))
    return found


def parts(rating: Rating, rows: Iterable[Failure]) -> list[Part]:
    """What each item adds to the index of one period; nothing where an item was not counted."""
    counts = {row.item.item: row.count for row in rows}
    if any(item.id not in counts for item in rating.items):
        return []
    weighted = {item.id: counts[item.id] * item.weight for item in rating.items}
    total = sum(weighted.values(), Decimal(0))
    return [
        Part(item, counts[item.id], weighted[item.id], percent(weighted[item.id], total))
        for item in rating.items
    ]


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """The part in percent of the whole, 0 of nothing."""
    return HUNDRED * part / Decimal(whole) if whole else Decimal(0)


def version_on(book: Handbook, kind: type[_V], record: _V, day: date) -> _V:
    """The version in force on a day; a row without one is shown nowhere."""
    version = book.revision_on(record.id, day)
    return version if isinstance(version, kind) else record


def by_place(book: Handbook, rows: Sequence[_PlacedRow]) -> list[tuple[Location | None, list[_PlacedRow]]]:
    """The rows of each place by period; what counts for all places together comes first."""
    found: dict[str, list[_PlacedRow]] = defaultdict(list)
    for row in rows:
        found[row.location or ""].append(row)
    return [
        (place if isinstance(place := book.get(id), Location) else None, sorted(found[id], key=_first))
        for id in sorted(found)
    ]


def _first(row: Measurement | Failure | Complaint) -> tuple[date, date]:
    return row.period.first, row.period.last


def _stretches(points: Sequence[_P], marks: Sequence[object]) -> list[list[_P]]:
    """The points, parted wherever the mark is another one, and at long gaps."""
    found: list[list[_P]] = []
    for number, (point, mark) in enumerate(zip(points, marks, strict=True)):
        if number and mark == marks[number - 1] and _steps(points[number - 1].span, point.span) is not None:
            found[-1].append(point)
        else:
            found.append([point])
    return found


def _steps(one: Span, other: Span) -> list[Span] | None:
    """The periods between two; None where they are too many or of another length."""
    between: list[Span] = []
    at = one.following
    while at.first < other.first and len(between) <= LONGEST_GAP:
        between.append(at)
        at = at.following
    return between if at == other else None


def _filled(stretch: Sequence[Point]) -> list[Point]:
    """The stretch with a point without figure for each period that was left out."""
    found: list[Point] = []
    for point in stretch:
        missing = _steps(found[-1].span, point.span) if found else None
        found += [Point(span, point.metric, None) for span in missing or ()]
        found.append(point)
    return found


def untargeted(book: Handbook) -> list[Metric]:
    """The metrics that are measured although no target is set."""
    return [
        metric
        for metric in book.in_force(Metric)
        if metric.target == "none" and book.rows_of(Measurement, metric.id)
    ]


def is_sample(book: Handbook, record: Record) -> bool:
    """Whether figures about a record come from a pack of sample content."""
    packs = {row.pack for table in TABLES for row in book.rows_of(table, record.id)}
    return any(book.packs[pack].demonstration for pack in packs if pack in book.packs)
