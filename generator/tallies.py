"""Complaints added up by class and by period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.handbook import Handbook
from generator.kinds.classification import Class, Classification
from generator.kinds.location import Location
from generator.series import by_place, percent
from generator.tables.cells import Span
from generator.tables.complaint import Complaint


@dataclass(frozen=True)
class Tally:
    """Complaints added up; what nobody counted is None."""

    count: int
    in_time: int | None
    repeats: int | None

    @property
    def share(self) -> Decimal | None:
        """How many of them were answered in time, in percent."""
        return percent(self.in_time, self.count) if self.in_time is not None and self.count else None


@dataclass(frozen=True)
class Complaints:
    """The complaints at one place: class by class and period by period."""

    location: Location | None
    classes: list[tuple[Class, Tally]]
    spans: list[tuple[Span, Tally]]
    whole: Tally


def complaints(book: Handbook, record: Classification) -> list[Complaints]:
    """The complaints of the classes of a record, place by place."""
    return [
        Complaints(
            location,
            [(item, tally(own)) for item in record.classes if (own := _of_class(rows, item.id))],
            [(span, tally(own)) for span, own in groupby(rows, key=lambda row: row.period)],
            tally(rows),
        )
        for location, rows in by_place(book, book.rows_of(Complaint, record.id))
    ]


def _of_class(rows: Iterable[Complaint], name: str) -> list[Complaint]:
    return [row for row in rows if row.sort.item == name]


def tally(rows: Iterable[Complaint]) -> Tally:
    """Rows added up; a sum is only told where every row has its figure."""
    listed = list(rows)
    return Tally(
        sum(row.count for row in listed),
        _sum([row.in_time for row in listed]),
        _sum([row.repeats for row in listed]),
    )


def _sum(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None
