"""The day a handbook is built for."""

import os
import re
from datetime import UTC, date, datetime

from generator.problems import HandbookError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def clock(as_of: str | None = None) -> date:
    """`as_of` as 2026-12-01, else SOURCE_DATE_EPOCH in UTC, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if as_of is not None:
        return _day(as_of)
    return date.today() if epoch is None else _day_of(epoch)


def _day(as_of: str) -> date:
    try:
        if _DATE.fullmatch(as_of):
            return date.fromisoformat(as_of)
    except ValueError:
        pass
    raise HandbookError("the day must be a date such as 2026-12-01: got '{found}'", found=as_of)


def _day_of(epoch: str) -> date:
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise HandbookError(
            "SOURCE_DATE_EPOCH must be seconds since 1970: got '{found}'", found=epoch
        ) from error
