"""The strict types of single cells, and the periods that tables are kept by."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from generator.values import Ref, To

Frequency = Literal["day", "week", "month", "quarter", "year"]

_PERIOD = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:-Q(?P<quarter>[0-9])|-W(?P<week>[0-9]{2})|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)
_OTHER_DAY = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:(?:[-/.]|月)([0-9]{1,2}))?[月日]?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED_MONTH = re.compile(rf"({'|'.join(_MONTHS)})-([0-9]{{2}})", re.IGNORECASE)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,11}")
AMOUNT = r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
_AMOUNT = re.compile(AMOUNT)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[,，'’ ][0-9]{3})+(?:\.[0-9]+)?")


class Span(NamedTuple):
    """A day, week, month, quarter or year with its first and last day."""

    text: str
    every: Frequency
    first: date
    last: date

    def __str__(self) -> str:
        return self.text

    @property
    def following(self) -> "Span":
        """The next one of the same length."""
        return span_of(self.last + timedelta(days=1), self.every)


def span_of(day: date, every: Frequency) -> Span:
    """The day, week, month, quarter or year that a day lies in."""
    if every == "week":
        year, week, _ = day.isocalendar()
        return read_span(f"{year:04}-W{week:02}")
    texts = {
        "day": f"{day}",
        "month": f"{day}"[:7],
        "quarter": f"{f'{day}'[:4]}-Q{(day.month + 2) // 3}",
        "year": f"{day}"[:4],
    }
    return read_span(texts[every])


def read_span(value: Any) -> Span:
    """A period as 2026, 2026-Q3, 2026-10, 2026-W41 or 2026-10-05."""
    match = _PERIOD.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        if plain := _plain_day(str(value)):
            raise PydanticCustomError("plain_day", "another form", {"found": value, "plain": plain})
        raise PydanticCustomError("span", "not a period", {"found": value})
    try:
        return _span(match)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("span_unreal", "no such period", {"found": value}) from error


def _plain_day(text: str) -> str | None:
    """What a day or a month looks like in plain form that a spreadsheet has written in its own."""
    text = unicodedata.normalize("NFKC", text).strip()
    if match := _NAMED_MONTH.fullmatch(text):
        return f"20{match[2]}-{_MONTHS.index(match[1].title()) + 1:02}"
    if match := _OTHER_DAY.fullmatch(text):
        return "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:] if part)])
    return None


def _span(match: re.Match[str]) -> Span:
    """ValueError for what is in no calendar."""
    year, text = int(match["year"]), match[0]
    if match["day"]:
        day = date.fromisoformat(text)
        return Span(text, "day", day, day)
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return Span(text, "week", monday, monday + timedelta(days=6))
    if match["month"]:
        return Span(text, "month", date(year, int(match["month"]), 1), _end(year, int(match["month"])))
    if match["quarter"]:
        last = 3 * int(match["quarter"])
        return Span(text, "quarter", date(year, last - 2, 1), _end(year, last))
    return Span(text, "year", date(year, 1, 1), date(year, 12, 31))


def _end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _plain_number(pattern: re.Pattern[str]) -> Callable[[Any], str]:
    """Numbers stay short enough for sums of them to be exact."""

    def read(value: Any) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        plain = unicodedata.normalize("NFKC", str(value)).strip()
        if plain.endswith("%") and _AMOUNT.fullmatch(bare := plain.removesuffix("%").strip()):
            raise PydanticCustomError("percent_sign", "percent sign", {"found": value, "plain": bare})
        if _GROUPED.fullmatch(plain):
            bare = re.sub("[^0-9.-]", "", plain)
            raise PydanticCustomError("grouped_digits", "grouped digits", {"found": value, "plain": bare})
        plain = plain.removeprefix("+")
        if pattern.fullmatch(plain):
            raise PydanticCustomError("plain_form", "another form", {"found": value, "plain": plain})
        fault = "count" if pattern is _WHOLE else "amount"
        raise PydanticCustomError(fault, "not a number", {"found": value})

    return read


def _amount(value: Any) -> Decimal:
    return Decimal(_plain_number(_AMOUNT)(value))


def _count(value: Any) -> int:
    return int(_plain_number(_WHOLE)(value))


def _day(value: Any) -> date:
    try:
        span = read_span(value)
    except PydanticCustomError as error:
        kinds = {"span": "date", "span_unreal": "date_unreal"}
        raise PydanticCustomError(kinds.get(error.type, error.type), "not a day", error.context) from error
    if span.every != "day":
        raise PydanticCustomError("date", "not a day", {"found": value})
    return span.first


SpanText = Annotated[Span, PlainValidator(read_span)]
"""A year, quarter, month, week or day."""
Day = Annotated[date, PlainValidator(_day)]
"""A day."""
Amount = Annotated[Decimal, PlainValidator(_amount)]
"""A decimal number in plain digits, below zero too."""
Count = Annotated[int, PlainValidator(_count)]
"""How many."""
ClassRef = Annotated[Ref, To("classification", item="required")]
"""A class, as classification#class."""
WeightedRef = Annotated[Ref, To("rating", item="required")]
"""An item of an index, as rating#item."""
