"""The day a handbook is built for."""

import os
from datetime import UTC, date, datetime

from generator.problems import HandbookError


def clock(as_of: str | None = None) -> date:
    """`as_of` as 2026-12-01, else SOURCE_DATE_EPOCH in UTC, else today."""
    if as_of is not None:
        try:
            return date.fromisoformat(as_of)
        except ValueError as error:
            raise HandbookError(
                "the day must be a date such as 2026-12-01: got '{found}'", found=as_of
            ) from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()
