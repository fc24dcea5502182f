"""A gap model as a picture: nodes on the customer's and our side, and numbered gaps between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.drawing.canvas import line, num, path, text
from generator.drawing.card import Card, badge, para
from generator.kinds.model import Component, Node
from generator.messages import tell

_LANE = 30.0
_LEAST = 150.0
"""The least width of a node."""
SIDES = {"customer": "客人这一边", "organisation": "组织这一边"}


@dataclass(frozen=True)
class _Gap:
    """A gap by its number, between the nodes at two places from above."""

    number: int
    top: int
    bottom: int


@dataclass(frozen=True)
class _Bent(_Gap):
    """A gap that is led round the nodes between, on a lane counted from the nodes outwards."""

    right: bool
    lane: int


def gap_picture(
    nodes: Sequence[Node], components: Sequence[Component], width: float
) -> tuple[list[str], float, float]:
    """The parts, width and height; components that lie between no two nodes of the list are left out."""
    nodes = sorted(nodes, key=lambda node: node.side != "customer")
    straight, bent = _sorted(list(_gaps(nodes, components)))
    left = 1 + max([gap.lane + 1 for gap in bent if not gap.right], default=0) * _LANE
    right = 1 + max([gap.lane + 1 for gap in bent if gap.right], default=0) * _LANE
    width = max(width, left + right + _LEAST)
    cards = _stacked(nodes, left, width - left - right, {gap.top for gap in straight})
    parts = [
        *_boundary(nodes, cards, width),
        *(card.draw() for card in cards),
        *(_straight(cards, gap) for gap in straight),
        *(_bend(cards, gap) for gap in bent),
    ]
    return parts, width, cards[-1].bottom + 1 if cards else 1


def _gaps(nodes: Sequence[Node], components: Sequence[Component]) -> Iterator[_Gap]:
    places = {node.id: place for place, node in enumerate(nodes)}
    for number, component in enumerate(components, 1):
        ends = sorted({places[id] for id in component.between if id in places})
        if len(ends) == 2:
            yield _Gap(number, ends[0], ends[1])


def _sorted(gaps: Sequence[_Gap]) -> tuple[list[_Gap], list[_Bent]]:
    """The first gap between two neighbours goes straight; every other one round, on the nearest free lane."""
    straight: dict[int, _Gap] = {}
    bent: list[_Bent] = []
    for gap in sorted(gaps, key=lambda gap: (gap.bottom - gap.top, gap.number)):
        if gap.bottom - gap.top == 1 and gap.top not in straight:
            straight[gap.top] = gap
            continue
        lane, left = min((_free(bent, gap, right), not right) for right in (True, False))
        bent.append(_Bent(gap.number, gap.top, gap.bottom, not left, lane))
    return list(straight.values()), bent


def _free(bent: Sequence[_Bent], gap: _Gap, right: bool) -> int:
    """The first lane on a side where no other gap is passed or met."""
    taken = {
        other.lane
        for other in bent
        if other.right == right and other.top <= gap.bottom and gap.top <= other.bottom
    }
    return next(lane for lane in range(len(taken) + 1) if lane not in taken)


def _stacked(nodes: Sequence[Node], x: float, width: float, gaps: set[int]) -> list[Card]:
    """The nodes one below another, with room for the gaps between and the line between the sides."""
    cards: list[Card] = []
    y = 22.0
    for place, node in enumerate(nodes):
        cards.append(Card(x, y, width, [para(node.title, width)], "box", "middle"))
        crossing = place + 1 < len(nodes) and nodes[place + 1].side != node.side
        y = cards[-1].bottom + (72 if crossing else 46 if place in gaps else 18)
    return cards


def _boundary(nodes: Sequence[Node], cards: Sequence[Card], width: float) -> Iterator[str]:
    """The line between the sides, and their names."""
    if nodes:
        yield text(cards[0].x, 13, [tell(SIDES[nodes[0].side])], "small soft")
    for (above, below), (one, other) in zip(pairwise(nodes), pairwise(cards), strict=True):
        if above.side != below.side:
            y = (one.bottom + other.y) / 2
            yield line(0, y, width, y, "break")
            yield text(one.x, y + 17, [tell(SIDES[below.side])], "small soft halo")


def _straight(cards: Sequence[Card], gap: _Gap) -> str:
    one, other = cards[gap.top], cards[gap.bottom]
    x, start, end = one.centre, one.bottom + 3, other.y - 3
    arrow = path(f"M{num(x - 5)} {num(start + 6)}l5-6 5 6m-5-6V{num(end)}m-5-6 5 6 5-6", "arrow")
    return arrow + badge(x, (start + end) / 2, gap.number)


def _bend(cards: Sequence[Card], gap: _Bent) -> str:
    """A gap round the nodes between; lanes further out leave their nodes nearer the middle of the gap."""
    one, other = cards[gap.top], cards[gap.bottom]
    way = 1 if gap.right else -1
    edge = one.x + one.width if gap.right else one.x
    out = edge + way * (_LANE * (gap.lane + 0.5) + 4)
    shift = min(gap.lane * 6.0, one.height / 2 - 4, other.height / 2 - 4)
    top, bottom = one.y + one.height / 2 - shift, other.y + other.height / 2 + shift
    tip = f"m{6 * way}-5{-6 * way:+} 5{6 * way:+} 5".replace("+", " ")
    near = num(edge + way * 3)
    arrow = path(f"M{near} {num(top)}H{num(out)}V{num(bottom)}H{near}{tip}M{near} {num(top)}{tip}", "arrow")
    return arrow + badge(out, (top + bottom) / 2, gap.number)
