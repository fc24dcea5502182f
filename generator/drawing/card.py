"""A box with wrapped text in it, as every diagram uses it; its height follows from the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.drawing.canvas import PAD, SIZE, SMALL, Anchor, block, rect, tag, text, wrap
from generator.messages import tell


def unsaid() -> str:
    """What stands where the source says nothing."""
    return tell("未载明")


@dataclass(frozen=True)
class Para:
    """Lines of one kind inside a box."""

    lines: Sequence[str]
    kind: str = ""


@dataclass(frozen=True)
class Card:
    """A box at its place."""

    x: float
    y: float
    width: float
    paras: Sequence[Para]
    kind: str = "box"
    anchor: Anchor = ""

    @property
    def height(self) -> float:
        return height_of(self.paras)

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    def draw(self) -> str:
        """The box and its text."""
        return rect(self.x, self.y, self.width, self.height, self.kind) + self.told()

    def told(self) -> str:
        """The text alone."""
        x = self.centre if self.anchor == "middle" else self.x + PAD
        parts, y = [], self.y + PAD + 11
        for para in self.paras:
            parts.append(text(x, y, para.lines, para.kind, self.anchor))
            y += block(para.lines, para.kind)
        return "".join(parts)


def height_of(paras: Sequence[Para]) -> float:
    """The height of a box with these texts."""
    return sum(block(para.lines, para.kind) for para in paras) + 2 * PAD - 3


def para(told: str, width: float, kind: str = "", most: int = 0) -> Para:
    """A text wrapped for a box of a width."""
    room = width - 2 * PAD
    bold = 1.06 if "strong" in kind else 1
    return Para(wrap(told, room, (SMALL if "small" in kind else SIZE) * bold, most), kind)


def badge(x: float, y: float, number: int) -> str:
    """A number in a circle, with its middle at x, y."""
    return tag("circle", "badge", cx=x, cy=y, r=11) + text(x, y + 4.5, [str(number)], "small on")
