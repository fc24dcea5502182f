"""Stretches of days, and what is left of some of them without others."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

FOR_EVER = date.max
_DAY = timedelta(days=1)


class Period(NamedTuple):
    """From the first day to the last, both included; `FOR_EVER` where no last day is known."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def meets(self, other: "Period") -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def following(day: date) -> date:
    """The day after; after the last of all days there is none."""
    return day if day == FOR_EVER else day + _DAY


def minus(periods: Iterable[Period], others: Sequence[Period]) -> list[Period]:
    """What is left of `periods` on days that none of `others` holds."""
    left = [period for period in periods if period.first <= period.last]
    for other in others:
        left = [piece for period in left for piece in _cut(period, other)]
    return left


def common(periods: Iterable[Period], others: Sequence[Period]) -> list[Period]:
    """The days that both hold."""
    return [
        Period(max(period.first, other.first), min(period.last, other.last))
        for period in periods
        for other in others
        if period.meets(other)
    ]


def since(periods: Iterable[Period], day: date) -> list[Period]:
    """What is left of `periods` from `day` on."""
    return [Period(max(period.first, day), period.last) for period in periods if period.last >= day]


def _cut(period: Period, other: Period) -> Iterator[Period]:
    if not period.meets(other):
        yield period
        return
    if period.first < other.first:
        yield Period(period.first, other.first - _DAY)
    if other.last < period.last:
        yield Period(other.last + _DAY, period.last)
