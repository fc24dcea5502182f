"""The day a handbook is built for."""

from datetime import date

import pytest

from generator.clock import clock
from generator.problems import HandbookError


def test_the_asked_day_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert clock("2026-12-01") == date(2026, 12, 1)


def test_the_epoch_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225599")
    assert clock() == date(2025, 12, 31)


@pytest.mark.parametrize("day", ["2026-13-01", "20261201", "tomorrow", "２０２６-12-01", ""])
def test_no_day(day: str) -> None:
    with pytest.raises(HandbookError, match="2026-12-01"):
        clock(day)


@pytest.mark.parametrize("epoch", ["now", "", "9" * 30])
def test_no_epoch(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(HandbookError, match="SOURCE_DATE_EPOCH"):
        clock()
