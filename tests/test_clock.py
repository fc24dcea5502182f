"""The day a handbook is built for."""

from datetime import date

import pytest

from generator.clock import clock
from generator.problems import HandbookError


def test_the_asked_day_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert clock("2026-12-01") == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("1767225599", "2025-12-31"),
        ("1767225600", "2026-01-01"),
        ("1835395200", "2028-02-29"),
        ("1835481600", "2028-03-01"),
    ],
)
def test_the_epoch_is_utc(epoch: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert clock() == date.fromisoformat(day)


def test_a_leap_year_has_its_day() -> None:
    assert clock("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-29", "20261201", "tomorrow", "２０２６-12-01", ""])
def test_no_day(day: str) -> None:
    with pytest.raises(HandbookError, match="2026-12-01"):
        clock(day)


@pytest.mark.parametrize("epoch", ["now", "", "9" * 30])
def test_no_epoch(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(HandbookError, match="SOURCE_DATE_EPOCH"):
        clock()
