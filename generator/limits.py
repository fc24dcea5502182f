"""The small language of limits: `<= 3 rings`, `2..5 min`, `Mon-Sun 08:00-18:00`, parsed into types."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EXAMPLES = "<= 3 rings, >= 97 %, 2..5 min, = 0, 24 h, grade A, Mon-Sun 08:00-18:00, Apr-May, present"

_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_UNIT = r"[%°]?(?:[^\W\d_].*)?"
_BOUND = re.compile(rf"(<=|>=|<|>|=)\s*({_NUMBER})\s*({_UNIT})")
_BAND = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})\s*({_UNIT})")
_AMOUNT = re.compile(rf"({_NUMBER})\s*({_UNIT})")
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_WINDOW = re.compile(rf"(?:({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?\s+)?({_CLOCK})-({_CLOCK})")
_SEASON = re.compile(rf"({'|'.join(MONTHS)})(?:-({'|'.join(MONTHS)}))?")
_FULL_WIDTH = re.compile("[≤≥≦≧＜＞＝０-９]|=<|=>")
_GRADE = re.compile(r"grade ([A-Z][+-]?|[0-9])")


class LimitError(ValueError):
    """The text is no limit."""


@dataclass(frozen=True)
class Limit:
    """A limit as typed in `text`; the subclass says what it means."""

    text: str

    @property
    def unit(self) -> str | None:
        """The unit as typed, to be declared in handbook.yml; None where the limit has none."""
        return None

    @property
    def is_absolute(self) -> bool:
        """Whether it only says that something must be there, or must never happen."""
        return False

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_validate(cls))

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": ["string", "number"], "description": f"a limit such as {EXAMPLES}"}


@dataclass(frozen=True)
class Bound(Limit):
    """One side: `<= 3 rings`; a bare amount such as `24 h` has the operator `=`."""

    operator: str
    value: Decimal
    measured_in: str | None

    @property
    def unit(self) -> str | None:
        return self.measured_in

    @property
    def is_absolute(self) -> bool:
        return self.operator in ("=", "<=") and self.value == 0


@dataclass(frozen=True)
class Band(Limit):
    """Two sides, both included: `2..5 min`."""

    low: Decimal
    high: Decimal
    measured_in: str | None

    @property
    def unit(self) -> str | None:
        return self.measured_in


@dataclass(frozen=True)
class Grade(Limit):
    """At least this grade of an ordered scale: `grade A`."""

    grade: str


@dataclass(frozen=True)
class Window(Limit):
    """Hours of the days of a week; `first` and `last` index DAYS, a window may pass midnight."""

    first: int
    last: int
    opens: str
    closes: str


@dataclass(frozen=True)
class Season(Limit):
    """Months of a year, both included; `first` and `last` index MONTHS."""

    first: int
    last: int


@dataclass(frozen=True)
class Presence(Limit):
    """The thing must be there: `present`."""

    @property
    def is_absolute(self) -> bool:
        return True


def parse_limit(text: str) -> Limit:
    """Read one limit; LimitError says what is wrong in words a hotel manager understands."""
    text = text.strip()
    if text == "present":
        return Presence(text)
    for pattern, make in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return make(text, match)
    if _FULL_WIDTH.search(text):
        raise LimitError("type the sign as <=, >=, < or > and the digits as 0-9")
    raise LimitError("")


def _bound(text: str, match: re.Match[str]) -> Limit:
    return Bound(text, match[1], Decimal(match[2]), match[3] or None)


def _band(text: str, match: re.Match[str]) -> Limit:
    low, high = Decimal(match[1]), Decimal(match[2])
    if low > high:
        raise LimitError("the first number of a band must be the smaller one")
    return Band(text, low, high, match[3] or None)


def _amount(text: str, match: re.Match[str]) -> Limit:
    return Bound(text, "=", Decimal(match[1]), match[2] or None)


def _window(text: str, match: re.Match[str]) -> Limit:
    first = DAYS.index(match[1]) if match[1] else 0
    last = DAYS.index(match[2]) if match[2] else (first if match[1] else 6)
    return Window(text, first, last, match[3], match[4])


def _season(text: str, match: re.Match[str]) -> Limit:
    first = MONTHS.index(match[1])
    return Season(text, first, MONTHS.index(match[2]) if match[2] else first)


def _grade(text: str, match: re.Match[str]) -> Limit:
    return Grade(text, match[1])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], Limit]], ...] = (
    (_BOUND, _bound),
    (_BAND, _band),
    (_WINDOW, _window),
    (_SEASON, _season),
    (_GRADE, _grade),
    (_AMOUNT, _amount),
)


def _validate(cls: type[Limit]) -> Callable[[Any], Limit]:
    def validate(value: Any) -> Limit:
        if not isinstance(value, str):
            raise PydanticCustomError("limit", "not a limit", {"found": value})
        try:
            limit = parse_limit(value)
        except LimitError as error:
            found = {"found": value, "why": str(error), "form": cls.__name__.lower()}
            raise PydanticCustomError(
                "limit" if cls is Limit else "limit_form", "not a limit", found
            ) from error
        if not isinstance(limit, cls):
            raise PydanticCustomError(
                "limit_form", "another form of limit", {"found": value, "form": cls.__name__.lower()}
            )
        return limit

    return validate
