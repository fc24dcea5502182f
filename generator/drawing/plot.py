"""What charts stand on: round values for an axis, free places for labels, and a legend."""

from collections.abc import Sequence
from decimal import Decimal

from generator.drawing.canvas import LEADING, SMALL, block, num, tag, text, width_of, wrap

WIDTH = 340.0
"""The width of a chart."""


def ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Four to seven round values that hold all the given ones."""
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    if low == high:
        low, high = low - (abs(low) / 10 or 1), high + (abs(high) / 10 or 1)
        low = max(low, Decimal(0)) if values and values[0] >= 0 else low
    rough = (high - low) / 4
    unit = Decimal(10) ** rough.adjusted()
    step = next(unit * times for times in (1, 2, 5, 10) if unit * times >= rough)
    first, last = int((low / step).__floor__()), int((high / step).__ceil__())
    return [step * number for number in range(first, last + 1)]


class Room:
    """Which places on the paper are taken."""

    def __init__(self, taken: Sequence[tuple[float, float, float, float]] = ()) -> None:
        self._taken = list(taken)

    def take(self, box: tuple[float, float, float, float]) -> bool:
        """Take a place (left, top, right, bottom), if all of it is free."""
        left, top, right, bottom = box
        if any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in self._taken):
            return False
        self._taken.append(box)
        return True


def flow(y: float, entries: Sequence[tuple[str, str]]) -> tuple[list[str], float]:
    """Marks with their words, one after another and in as many rows as they need."""
    parts, x = [], 0.0
    for shape, words in entries:
        told = wrap(words, WIDTH - 28, SMALL)
        width = 26 + max(width_of(one, SMALL) for one in told)
        if x and x + width > WIDTH:
            x, y = 0.0, y + LEADING + 4
        parts.append(
            tag("g", "", shape + text(26, 4, told, "small"), transform=f"translate({num(x)} {num(y)})")
        )
        x += width + 14
        y += block(told[1:], "small")
    return parts, y + 12
