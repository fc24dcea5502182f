"""Stretches of days: both ends count, neighbours do not meet, and what has no end stays open."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest

from generator.periods import FOR_EVER, Period, following, minus, since

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


def period(text: str) -> Period:
    """`2026-06-01..2026-06-30`; with nothing behind the dots it has no end."""
    first, _, last = text.partition("..")
    return Period(date.fromisoformat(first), date.fromisoformat(last) if last else FOR_EVER)


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_both_ends_belong_to_it(day: str, inside: bool) -> None:
    assert (date.fromisoformat(day) in JUNE) is inside


def test_only_days_are_in_it() -> None:
    assert "2026-06-15" not in JUNE


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        ("2026-05-01..2026-05-31", False),
        ("2026-05-01..2026-06-01", True),
        ("2026-06-10..2026-06-10", True),
        ("2026-06-30..", True),
        ("2026-07-01..", False),
        ("2026-01-01..", True),
    ],
)
def test_neighbours_do_not_meet(other: str, meets: bool) -> None:
    assert JUNE.meets(period(other)) is meets
    assert period(other).meets(JUNE) is meets


MINUS = {
    "nothing-taken": ("2026-06-01..2026-06-30", [], ["2026-06-01..2026-06-30"]),
    "the-neighbours": (
        "2026-06-01..2026-06-30",
        ["2026-05-01..2026-05-31", "2026-07-01.."],
        ["2026-06-01..2026-06-30"],
    ),
    "the-first-day": ("2026-06-01..2026-06-30", ["2026-05-01..2026-06-01"], ["2026-06-02..2026-06-30"]),
    "the-last-day": ("2026-06-01..2026-06-30", ["2026-06-30.."], ["2026-06-01..2026-06-29"]),
    "the-middle": (
        "2026-06-01..2026-06-30",
        ["2026-06-10..2026-06-20"],
        ["2026-06-01..2026-06-09", "2026-06-21..2026-06-30"],
    ),
    "one-day-of-it": (
        "2026-06-01..2026-06-30",
        ["2026-06-15..2026-06-15"],
        ["2026-06-01..2026-06-14", "2026-06-16..2026-06-30"],
    ),
    "all-of-it": ("2026-06-01..2026-06-30", ["2026-06-01..2026-06-30"], []),
    "more-than-it": ("2026-06-01..2026-06-30", ["2026-01-01.."], []),
    "bit-by-bit": ("2026-06-01..2026-06-30", ["2026-06-01..2026-06-20", "2026-06-15..2026-06-30"], []),
    "of-no-end": ("2026-06-01..", ["2026-07-01..2026-07-31"], ["2026-06-01..2026-06-30", "2026-08-01.."]),
    "of-no-end-no-end": ("2026-06-01..", ["2026-07-01.."], ["2026-06-01..2026-06-30"]),
    "into-a-leap-day": ("2028-02-01..", ["2028-02-29.."], ["2028-02-01..2028-02-28"]),
    "after-a-leap-day": ("2028-02-01..2028-03-31", ["2028-01-01..2028-02-29"], ["2028-03-01..2028-03-31"]),
    "no-leap-day": ("2026-02-01..2026-03-31", ["2026-01-01..2026-02-28"], ["2026-03-01..2026-03-31"]),
    "the-turn-of-the-year": ("2026-12-01..2027-01-31", ["2027-01-01.."], ["2026-12-01..2026-12-31"]),
    "of-nothing": ("2026-06-30..2026-06-01", ["2027-01-01.."], []),
}


@pytest.mark.parametrize("name", MINUS)
def test_minus(name: str) -> None:
    whole, taken, left = MINUS[name]
    assert minus([period(whole)], [period(other) for other in taken]) == [period(piece) for piece in left]


@pytest.mark.parametrize(
    ("whole", "day", "left"),
    [
        ("2026-06-01..2026-06-30", "2026-05-15", ["2026-06-01..2026-06-30"]),
        ("2026-06-01..2026-06-30", "2026-06-01", ["2026-06-01..2026-06-30"]),
        ("2026-06-01..2026-06-30", "2026-06-15", ["2026-06-15..2026-06-30"]),
        ("2026-06-01..2026-06-30", "2026-06-30", ["2026-06-30..2026-06-30"]),
        ("2026-06-01..2026-06-30", "2026-07-01", []),
        ("2026-06-01..", "2028-02-29", ["2028-02-29.."]),
        ("2026-06-01..2026-12-31", "2027-01-01", []),
    ],
)
def test_since(whole: str, day: str, left: list[str]) -> None:
    assert since([period(whole)], date.fromisoformat(day)) == [period(piece) for piece in left]


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2026-02-28", "2026-03-01"),
        ("2028-02-28", "2028-02-29"),
        ("2028-02-29", "2028-03-01"),
        ("2026-12-31", "2027-01-01"),
    ],
)
def test_the_day_after(day: str, after: str) -> None:
    assert following(date.fromisoformat(day)) == date.fromisoformat(after)


def test_no_day_comes_after_the_last_of_all() -> None:
    assert following(FOR_EVER) == FOR_EVER


START = date(2028, 2, 1)
DAYS = [START + timedelta(days=number) for number in range(60)]
"""With a 29 February among them."""


@pytest.mark.parametrize("seed", range(200))
def test_minus_and_since_agree_with_counting_days(seed: int) -> None:
    random = Random(seed)
    wholes, taken = _periods(random, 2), _periods(random, 4)
    day = random.choice(DAYS)
    assert _held(minus(wholes, taken)) == _held(wholes) - _held(taken)
    assert _held(since(wholes, day)) == {other for other in _held(wholes) if other >= day}


def _periods(random: Random, most: int) -> list[Period]:
    found = []
    for _ in range(random.randint(0, most)):
        first, last = sorted(random.choices(DAYS, k=2))
        found.append(Period(first, random.choice([last, last, FOR_EVER])))
    return found


def _held(periods: Iterable[Period]) -> set[date]:
    return {day for period in periods for day in DAYS if period.first <= day <= period.last}
