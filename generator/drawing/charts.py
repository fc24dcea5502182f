"""Charts of measured values: a series over time, and bars side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.drawing.canvas import (
    LEADING,
    SMALL,
    block,
    line,
    num,
    path,
    rect,
    svg,
    tag,
    text,
    width_of,
    wrap,
    written,
)
from generator.drawing.plot import WIDTH, Room, flow, ticks
from generator.messages import tell

PLOT = 190.0
GAP = "改版"
"""What stands at the mark between two stretches."""

_SIDES = {"target": "目标", "alert": "警戒", "ideal": "最好"}
_JUDGED = {True: ("good", "达到"), False: ("bad", "没达到"), None: ("open", "不评判")}


@dataclass(frozen=True)
class Dot:
    """A value of a series: `label` names its time, `text` is the value as people write it."""

    label: str
    value: Decimal | None
    """None where nothing was measured."""
    text: str
    good: bool | None
    """Whether the target was met; None where there is nothing to judge by."""


@dataclass(frozen=True)
class Line:
    """A level across a series; `text` is the limit as people write it, such as `≥ 97 %`."""

    value: Decimal
    text: str
    side: Literal["target", "alert", "ideal"]


@dataclass(frozen=True)
class Bar:
    """A bar; `text` is its value as people write it."""

    label: str
    value: Decimal
    text: str
    good: bool | None = None


@dataclass(frozen=True)
class _Frame:
    """Where values and times stand on the paper."""

    left: float
    top: float
    ticks: list[Decimal]
    count: int
    """How many places there are on the time axis."""

    @property
    def step(self) -> float:
        return (WIDTH - self.left - 12) / max(self.count, 1)

    @property
    def bottom(self) -> float:
        return self.top + PLOT

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) * self.step

    def y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - float((value - low) / (high - low)) * PLOT


@dataclass(frozen=True)
class _Placed:
    """A dot on the paper."""

    dot: Dot
    x: float
    y: float


def series_chart(title: str, unit: str, stretches: Sequence[Sequence[Dot]], lines: Sequence[Line]) -> str:
    """Values over time. Stretches are not joined: between two, what is measured or how has changed.

    Two target lines make a band. The result is an inline element: put it inside a figure.
    """
    stretches = [stretch for stretch in stretches if stretch]
    heading = wrap(tell("{title}（{unit}）", title=title, unit=unit) if unit else title, WIDTH)
    told = (title, _series_told(unit, stretches, lines))
    parts = [text(0, 14, heading, "strong")]
    top = block(heading) + 18
    measured = [dot.value for stretch in stretches for dot in stretch if dot.value is not None]
    if not measured:
        return svg("chart", (WIDTH, top + 6), told, [*parts, text(0, top, [tell("没有数据")])])
    frame = _frame(top, ticks([*measured, *(level.value for level in lines)]), stretches)
    placed = list(_placed(frame, stretches))
    shown = [at for stretch in placed for at in stretch if at.dot.value is not None]
    key, height = _legend(frame.bottom + 40, stretches, lines)
    parts += [
        *_grid(frame),
        *_levels(frame, lines),
        *_breaks(frame, stretches),
        *(_run(stretch) for stretch in placed),
        *_times(frame, placed),
        *(mark(at.x, at.y, at.dot.good) for at in shown),
        *_values(frame, shown),
        *key,
    ]
    return svg("chart", (WIDTH, height), told, parts)


def _frame(top: float, levels: list[Decimal], stretches: Sequence[Sequence[Dot]]) -> _Frame:
    """Room on the left for the axis, and a place for each dot and each break."""
    left = max(width_of(written(tick), SMALL) for tick in levels) + 8
    return _Frame(left, top, levels, sum(map(len, stretches)) + len(stretches) - 1)


def _series_told(unit: str, stretches: Sequence[Sequence[Dot]], lines: Sequence[Line]) -> str:
    """The whole chart in words."""
    levels = [f"{tell(_SIDES[level.side])} {level.text}" for level in lines]
    runs = [tell("，").join(map(_dot_told, stretch)) for stretch in stretches]
    told = [
        tell("单位：{unit}", unit=unit) if unit else "",
        tell("，").join(levels),
        tell("；改版，前后不能相比：").join(runs) or tell("没有数据"),
    ]
    return "".join(tell("{text}。", text=each) for each in filter(None, told))


def _dot_told(dot: Dot) -> str:
    if dot.value is None:
        return tell("{label} 没有数据", label=dot.label)
    return f"{dot.label} {dot.text}{_judged(dot.good)}"


def _judged(good: bool | None) -> str:
    return "" if good is None else tell("（{text}）", text=tell(_JUDGED[good][1]))


def _placed(frame: _Frame, stretches: Sequence[Sequence[Dot]]) -> Iterator[list[_Placed]]:
    place = 0
    for stretch in stretches:
        yield [
            _Placed(dot, frame.x(place + number), frame.bottom if dot.value is None else frame.y(dot.value))
            for number, dot in enumerate(stretch)
        ]
        place += len(stretch) + 1


def _grid(frame: _Frame) -> Iterator[str]:
    for tick in frame.ticks:
        y = frame.y(tick)
        yield line(frame.left, y, WIDTH, y, "axis" if tick == frame.ticks[0] else "grid")
        yield text(frame.left - 6, y + 4, [written(tick)], "small soft", "end")


def _levels(frame: _Frame, lines: Sequence[Line]) -> Iterator[str]:
    """The lines across, and a band between two targets."""
    targets = sorted(frame.y(level.value) for level in lines if level.side == "target")
    if len(targets) == 2:
        yield rect(frame.left, targets[0], WIDTH - frame.left, targets[1] - targets[0], "band")
    for level in lines:
        y = frame.y(level.value)
        yield line(frame.left, y, WIDTH, y, level.side)


def _breaks(frame: _Frame, stretches: Sequence[Sequence[Dot]]) -> Iterator[str]:
    """A mark where one stretch ends and the next begins."""
    place = -1
    for stretch in stretches[:-1]:
        place += len(stretch) + 1
        x = frame.x(place)
        yield line(x, frame.top - 4, x, frame.bottom, "break")
        yield text(min(x, WIDTH - 14), frame.top - 8, [tell(GAP)], "small soft", "middle")


def _run(stretch: Sequence[_Placed]) -> str:
    """The line through the dots; it stops where nothing was measured."""
    data, pen = "", "M"
    for at in stretch:
        if at.dot.value is None:
            pen = "M"
            continue
        data += f"{pen}{num(at.x)} {num(at.y)}"
        pen = "L"
    return path(data, "run") if "L" in data else ""


def mark(x: float, y: float, good: bool | None) -> str:
    """A dot: full and round for good, a diamond with a cut for bad, hollow where nothing is judged."""
    if good is False:
        return path(f"M{num(x)} {num(y - 7)}l7 7-7 7-7-7zM{num(x - 3)} {num(y)}h6", "bad")
    return tag("circle", "good" if good else "open", cx=x, cy=y, r=4.5)


def _times(frame: _Frame, placed: Sequence[Sequence[_Placed]]) -> Iterator[str]:
    """The labels below, as many as fit, the last of each stretch first; `无` where nothing was measured."""
    free = Room()
    every = [at for stretch in placed for at in stretch]
    ends = [at for stretch in reversed(placed) for at in (stretch[-1], stretch[0])]
    for at in [*ends, *every]:
        width = width_of(at.dot.label, SMALL)
        x = min(max(at.x, width / 2), WIDTH - width / 2)
        if free.take((x - width / 2 - 4, 0, x + width / 2 + 4, 1)):
            yield text(x, frame.bottom + 18, [at.dot.label], "small soft", "middle")
    for at in every:
        if at.dot.value is None:
            yield text(at.x, frame.bottom - 5, [tell("无")], "small soft", "middle")


def _values(frame: _Frame, placed: Sequence[_Placed]) -> Iterator[str]:
    """The values beside their dots, where they fit: the last, the first and the missed ones before others."""
    free = Room([(at.x - 6, at.y - 6, at.x + 6, at.y + 6) for at in placed])
    first = [*placed[-1:], *placed[:1], *(at for at in reversed(placed) if at.dot.good is False)]
    seen: set[int] = set()
    for at in [*first, *placed]:
        if id(at) in seen:
            continue
        seen.add(id(at))
        half = width_of(at.dot.text, SMALL) / 2
        x = min(max(at.x, frame.left + half), WIDTH - half)
        for y in (at.y - 11, at.y + 21):
            box = (x - half - 2, y - 11, x + half + 2, y + 3)
            if frame.top - 12 < box[1] and box[3] < frame.bottom and free.take(box):
                yield text(x, y, [at.dot.text], "small halo", "middle")
                break


def _legend(y: float, stretches: Sequence[Sequence[Dot]], lines: Sequence[Line]) -> tuple[list[str], float]:
    """What the marks and lines mean, and the height of the drawing with it."""
    found = {dot.good for stretch in stretches for dot in stretch if dot.value is not None}
    entries = [(mark(9, 0, good), tell(_JUDGED[good][1])) for good in (True, False, None) if good in found]
    entries += dict.fromkeys(
        (line(0, 0, 20, 0, level.side), f"{tell(_SIDES[level.side])} {level.text}") for level in lines
    )
    if len(stretches) > 1:
        entries.append((line(9, -8, 9, 8, "break"), tell("改版：前后不能相比")))
    return flow(y, entries)


def bar_chart(title: str, bars: Sequence[Bar]) -> str:
    """Bars side by side, each with its label above and its value behind it, from nought on.

    The result is an inline element: put it inside a figure.
    """
    heading = wrap(title, WIDTH)
    y = block(heading) + 10
    parts = [text(0, 14, heading, "strong")]
    longest = max([abs(bar.value) for bar in bars], default=Decimal(1)) or Decimal(1)
    room = WIDTH - max([width_of(_value_told(bar)) for bar in bars], default=0) - 10
    for bar in bars:
        label = wrap(bar.label, WIDTH)
        y += block(label)
        length = max(float(abs(bar.value) / longest) * room, 1.5)
        parts += [
            text(0, y - LEADING * len(label) + 13, label),
            rect(0, y, length, 16, {True: "bar good", False: "bar bad", None: "bar"}[bar.good]),
            text(length + 6, y + 13, [_value_told(bar)], "strong"),
        ]
        y += 28
    return svg("chart", (WIDTH, y), (title, _bars_told(bars)), parts)


def _value_told(bar: Bar) -> str:
    """The value, with a sign and a word where it is judged."""
    return bar.text + {True: " ✓", False: f" ✕ {tell('没达到')}", None: ""}[bar.good]


def _bars_told(bars: Sequence[Bar]) -> str:
    told = [f"{bar.label} {bar.text}{_judged(bar.good)}" for bar in bars]
    return tell("{text}。", text=tell("；").join(told) or tell("没有数据"))
