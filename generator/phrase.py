"""Limits, days and differences as people read them: `<= 3 rings` is 3 声以内."""

import re
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from babel.dates import get_month_names

from generator.limits import Band, Bound, Grade, Limit, Presence, Season, Window
from generator.messages import spoken_language, tell
from generator.settings import Settings

_WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MONTHS = get_month_names("wide", locale="en")
_PIECE = re.compile(r"[^，。；：、！？\n]*[，。；：、！？\n]*")
_YI = Decimal(100_000_000)
"""The word for it, 亿, is easier to read than eight zeros."""
_BOUNDS = {
    "<=": "{amount}以内",
    ">=": "至少 {amount}",
    "<": "少于 {amount}",
    ">": "超过 {amount}",
    "=": "{amount}",
}


def phrase(limit: Limit, settings: Settings) -> str:
    """The limit in words; amounts keep the digits that were typed."""
    match limit:
        case Bound():
            return tell(_BOUNDS[limit.operator], amount=_amount(limit.value, limit.unit, settings))
        case Band():
            return f"{limit.low}–{_amount(limit.high, limit.unit, settings)}"
        case Window():
            return _window(limit)
        case Season():
            return _season(limit)
        case Grade():
            return tell("{grade} 级", grade=limit.grade)
        case Presence():
            return tell("必须有")
    return limit.text


def _amount(value: Decimal, unit: str | None, settings: Settings) -> str:
    if unit is None:
        return str(value)
    word = settings.units[unit].spoken if unit in settings.units else unit
    if value >= _YI and value % (_YI / 100) == 0 and spoken_language() == "zh":
        return f"{(value / _YI).normalize():f} 亿{word}"
    if spoken_language() == "en":
        word = settings.units[unit].one or word if value == 1 and unit in settings.units else word
        return f"{value:,}{word}" if word in ("%", "°C") else f"{value:,} {word}"
    return f"{value}{word}" if word in ("%", "℃") else f"{value} {word}"


def _window(window: Window) -> str:
    all_day = (window.opens, window.closes) == ("00:00", "24:00")
    hours = tell("24 小时") if all_day else f"{window.opens}–{window.closes}"
    if (window.first, window.last) == (0, 6):
        return hours if all_day else tell("每天 {hours}", hours=hours)
    first, last = tell(_WEEK[window.first]), tell(_WEEK[window.last])
    if window.first == window.last:
        return f"{first} {hours}"
    return tell("{first}至{last} {hours}", first=first, last=last, hours=hours)


def _season(season: Season) -> str:
    first, last = month_name(season.first + 1), month_name(season.last + 1)
    return (
        tell("{month} 月", month=first)
        if first == last
        else tell("{first}–{last} 月", first=first, last=last)
    )


def month_name(month: date | int) -> str:
    """The month as its number, or in English as its name."""
    number = month if isinstance(month, int) else month.month
    return str(number) if spoken_language() == "zh" else _MONTHS[number]


def long_day(value: date) -> str:
    """A day with its year."""
    return tell("{year} 年 {month} 月 {day} 日", year=value.year, month=month_name(value), day=value.day)


def long_month(value: date) -> str:
    """A month with its year."""
    return tell("{year} 年 {month} 月", year=value.year, month=month_name(value))


def weekday(value: date) -> str:
    """The day of the week."""
    return tell(_WEEK[value.weekday()])


def day(value: date, today: date) -> str:
    """A day; the year is said where it is not this year's."""
    if value.year != today.year:
        return long_day(value)
    return tell("{month} 月 {day} 日", month=month_name(value), day=value.day)


Pieces = list[tuple[str, bool]]
"""A text piece by piece, each with whether the other text lacks it."""


def compared(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Two texts, clause by clause, with what only one of them says."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    left: Pieces = []
    right: Pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append(("".join(before[i:j]), tag != "equal"))
        right.append(("".join(after[k:m]), tag != "equal"))
    return left, right
