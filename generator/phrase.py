"""Limits, days and differences as people read them: `<= 3 rings` is 3 声以内."""

import re
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from generator.limits import Band, Bound, Grade, Limit, Presence, Season, Window
from generator.settings import Settings

_DAYS = "一二三四五六日"
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
    """The limit in Chinese; amounts keep the digits that were typed."""
    match limit:
        case Bound():
            return _BOUNDS[limit.operator].format(amount=_amount(limit.value, limit.unit, settings))
        case Band():
            return f"{limit.low}–{_amount(limit.high, limit.unit, settings)}"
        case Window():
            return _window(limit)
        case Season():
            return (
                f"{limit.first + 1}–{limit.last + 1} 月"
                if limit.first != limit.last
                else f"{limit.first + 1} 月"
            )
        case Grade():
            return f"{limit.grade} 级"
        case Presence():
            return "必须有"
    return limit.text


def _amount(value: Decimal, unit: str | None, settings: Settings) -> str:
    if unit is None:
        return str(value)
    word = settings.units[unit].zh if unit in settings.units else unit
    if value >= _YI and value % (_YI / 100) == 0:
        return f"{(value / _YI).normalize():f} 亿{word}"
    return f"{value}{word}" if word in ("%", "℃") else f"{value} {word}"


def _window(window: Window) -> str:
    all_day = (window.opens, window.closes) == ("00:00", "24:00")
    hours = "24 小时" if all_day else f"{window.opens}–{window.closes}"
    if (window.first, window.last) == (0, 6):
        return hours if all_day else f"每天 {hours}"
    days = f"周{_DAYS[window.first]}"
    return f"{days}至周{_DAYS[window.last]} {hours}" if window.first != window.last else f"{days} {hours}"


def day(value: date, today: date) -> str:
    """A day; the year is said where it is not this year's."""
    said = f"{value.month} 月 {value.day} 日"
    return said if value.year == today.year else f"{value.year} 年 {said}"


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
