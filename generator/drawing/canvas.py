"""What every drawing is made of: escaped text that wraps, boxes, lines, and the frame around them.

Lengths are pixels at the drawing's natural width. Drawings carry classes and no styles: the looks are in
drawings.css.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Literal

SIZE = 13.0
"""The size of text; class `small` is set in 12."""
SMALL = 12.0
LEADING = 18.0
"""From one line of text to the next; less for small text."""
PAD = 8.0
"""Between a box and its text."""

Anchor = Literal["", "middle", "end"]

_UNSEEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_UNITS = re.compile(
    r"[（【《「“‘(\[]*(?:[A-Za-z0-9_.:+/%℃&@#'<>=-]+|.)[，。、；：！？）】》」”’…·,.;:!?)\]％]*"
)


def escape(text: str) -> str:
    """A text for use in XML, on one line, without characters that XML cannot hold."""
    told = " ".join(_UNSEEN.sub(" ", text).split())
    return told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def num(value: float) -> str:
    """A length with one decimal at most."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def written(value: Decimal) -> str:
    """A figure as people write it: no exponent, no trailing zeros."""
    told = f"{value:f}"
    return told.rstrip("0").rstrip(".") if "." in told else told


def width_of(text: str, size: float = SIZE) -> float:
    """The width of a text, estimated: a Han character is 1 em, others about half."""
    return sum(map(_EMS.__getitem__, text)) * size


class _Ems(dict[str, float]):
    """The width of each character in em, looked up once."""

    def __missing__(self, char: str) -> float:
        return self.setdefault(char, _em(char))


_EMS = _Ems()


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in " .,:;'|!il":
        return 0.33
    return 0.7 if char.isupper() or char in "%mw≤≥=+<>@" else 0.58


def wrap(text: str, width: float, size: float = SIZE, most: int = 0) -> list[str]:
    """The lines of a text that fit a width; none starts with a closing mark; `most` lines, then …."""
    lines, taken = [""], 0.0
    for unit in _fitting(" ".join(_UNSEEN.sub(" ", text).split()), width, size):
        if lines[-1] and taken + width_of(unit.rstrip(), size) > width:
            lines.append("")
            taken = 0.0
        added = unit if lines[-1] else unit.lstrip()
        lines[-1] += added
        taken += width_of(added, size)
    lines = [line.rstrip() for line in lines if line.strip()]
    if most and len(lines) > most:
        return [*lines[: most - 1], _cut(lines[most - 1], width, size)]
    return lines


def _fitting(text: str, width: float, size: float) -> Iterable[str]:
    """The pieces of a text that stay together, one by one where a piece is wider than the line."""
    for unit in _UNITS.findall(text):
        if width_of(unit, size) > width:
            yield from unit
        else:
            yield unit


def _cut(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line + "…"


def tag(name: str, kind: str = "", inside: str = "", **attributes: float | str) -> str:
    """An element with a class; lengths are shortened, texts escaped, empty attributes left out."""
    told = {key.replace("_", "-"): value for key, value in attributes.items() if value != ""}
    listed = "".join(f' {key}="{_attribute(value)}"' for key, value in told.items())
    start = f"<{name}{_class(kind)}{listed}"
    return f"{start}>{inside}</{name}>" if inside else f"{start}/>"


def _attribute(value: float | str) -> str:
    return escape(value) if isinstance(value, str) else num(value)


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def text(x: float, y: float, lines: Sequence[str], kind: str = "", anchor: Anchor = "") -> str:
    """Lines of text; `y` is the baseline of the first."""
    if not lines:
        return ""
    first, *others = [escape(line) for line in lines]
    more = "".join(f'<tspan x="{num(x)}" dy="{num(leading(kind))}">{line}</tspan>' for line in others)
    return tag("text", kind, first + more, x=x, y=y, text_anchor=anchor)


def rect(x: float, y: float, width: float, height: float, kind: str = "") -> str:
    """A box."""
    return tag("rect", kind, x=x, y=y, width=width, height=height)


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "") -> str:
    """A straight line, written as a path, which is shorter."""
    return path(f"M{num(x1)} {num(y1)}" + (f"V{num(y2)}" if x1 == x2 else f"L{num(x2)} {num(y2)}"), kind)


def path(data: str, kind: str = "") -> str:
    """A path."""
    return tag("path", kind, d=data)


def link(address: str, inside: str, label: str = "") -> str:
    """A link around parts of a drawing."""
    return tag("a", "", inside, href=address, aria_label=label)


def leading(kind: str) -> float:
    """From one line of a kind of text to the next."""
    return LEADING - 2 if "small" in kind else LEADING


def block(lines: Sequence[str], kind: str = "") -> float:
    """The height of lines of a kind of text."""
    return len(lines) * leading(kind)


def svg(
    kind: str,
    size: tuple[float, float],
    told: tuple[str, str],
    parts: Iterable[str],
    role: Literal["img", "group"] = "img",
) -> str:
    """The drawing: its kind (a class), natural size, title and text alternative, and its parts.

    `group` is for drawings with links, since what is in an image cannot be reached.
    """
    title, described = told
    key = "d" + sha256(f"{title}\n{described}".encode()).hexdigest()[:8]
    width, height = map(num, size)
    return (
        f'<svg class="hb-svg hb-svg--{kind}" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="{role}" aria-labelledby="{key}t" aria-describedby="{key}d">'
        f'<title id="{key}t">{escape(title)}</title><desc id="{key}d">{escape(described)}</desc>'
        f"{''.join(parts)}</svg>"
    )
