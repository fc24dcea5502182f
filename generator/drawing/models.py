"""Models as pictures: side by side, one after another, round, or as gaps between nodes."""

from itertools import pairwise

from generator import prose
from generator.drawing.canvas import num, path, svg
from generator.drawing.card import Card, Para, para, unsaid
from generator.drawing.gaps import gap_picture
from generator.kinds.model import Component, Model
from generator.messages import tell

WIDTH = 340.0
_APART = 12.0
_ARROW = 26.0
_ORDER = {"list": "几个方面", "chain": "依次", "cycle": "循环", "gaps": "几处差距"}


def model_diagram(model: Model) -> str:
    """The components in their order; what the source does not say is marked 未载明.

    The result is an inline element: put it inside a figure.
    """
    match model.diagram:
        case "cycle" if len(model.components) > 2:
            parts, size = _cycle(model)
        case "gaps":
            parts, size = _gaps(model)
        case _:
            parts, size = _column(model, WIDTH)
    return svg("model", size, (model.title, _told(model)), parts)


def _told(model: Model) -> str:
    """The model in words."""
    titles = {node.id: node.title for node in model.nodes}
    told = [
        tell(
            "{number} {title}{between}：{meaning}",
            number=number,
            title=component.title,
            between=_between(component, titles),
            meaning=_meaning(component),
        )
        for number, component in enumerate(model.components, 1)
    ]
    return tell("{order}：{parts}。", order=tell(_ORDER[model.diagram]), parts=tell("；").join(told))


def _between(component: Component, titles: dict[str, str]) -> str:
    names = [titles[id] for id in component.between if id in titles]
    return tell("（{names}之间）", names=tell("与").join(names)) if names else ""


def _meaning(component: Component) -> str:
    return prose.plain(component.text).rstrip("。") if component.text else unsaid()


def _paras(number: int, component: Component, width: float) -> list[Para]:
    """Number and title, and the meaning in three lines at most."""
    meaning = prose.plain(component.text) if component.text else unsaid()
    return [
        para(f"{number}　{component.title}", width, "strong"),
        para(meaning, width, "small" if component.text else "small missing", 3),
    ]


def _card(at: tuple[float, float], width: float, number: int, component: Component) -> Card:
    kind = "box" if component.text else "box dashed"
    return Card(*at, width, _paras(number, component, width), kind)


def _gaps(model: Model) -> tuple[list[str], tuple[float, float]]:
    """The nodes with the gaps' numbers between them, and what the numbers mean below."""
    parts, width, height = gap_picture(model.nodes, model.components, WIDTH)
    meanings, size = _column(model, width, height + 18)
    return [*parts, *meanings], size


def _column(model: Model, width: float, y: float = 1) -> tuple[list[str], tuple[float, float]]:
    """One below another; joined by arrows unless they only stand side by side, with a way back if round."""
    joined = model.diagram in ("chain", "cycle")
    back = 20.0 if model.diagram == "cycle" else 0.0
    cards: list[Card] = []
    for number, component in enumerate(model.components, 1):
        cards.append(_card((1, y), width - 2 - back, number, component))
        y = cards[-1].bottom + (_ARROW if joined else _APART)
    parts = [card.draw() for card in cards]
    if joined:
        parts += [_down(above.centre, above.bottom, below.y) for above, below in pairwise(cards)]
    if back and cards:
        parts.append(_return(cards[-1], cards[0]))
    return parts, (width, cards[-1].bottom + 1 if cards else y)


def _down(x: float, start: float, end: float) -> str:
    """An arrow down."""
    return path(f"M{num(x)} {num(start + 2)}V{num(end - 3)}m-5-6 5 6 5-6", "arrow")


def _return(last: Card, first: Card) -> str:
    """An arrow from the last box back to the first, outside on the right."""
    right = last.x + last.width
    start, end = last.y + last.height / 2, first.y + first.height / 2
    return path(f"M{num(right)} {num(start)}h16V{num(end)}H{num(right + 3)}m6-5-6 5 6 5", "arrow")


def _cycle(model: Model) -> tuple[list[str], tuple[float, float]]:
    """A ring of three or more: from the top down on the right and up on the left."""
    width = (WIDTH - 22) / 2
    parts = model.components
    rows = _ring(len(parts))
    cards: dict[int, Card] = {}
    y = 1.0
    for row in rows:
        for place, number in row:
            x = {"left": 1.0, "middle": (WIDTH - width) / 2, "right": WIDTH - width - 1}[place]
            cards[number] = _card((x, y), width, number + 1, parts[number])
        y = max(cards[number].bottom for _, number in row) + _ARROW + 6
    round_ = [cards[number] for number in range(len(parts))]
    arrows = [_turn(one, other) for one, other in pairwise([*round_, round_[0]])]
    return [*arrows, *(card.draw() for card in round_)], (WIDTH, y - _ARROW - 5)


def _ring(count: int) -> list[list[tuple[str, int]]]:
    """Rows of (place, number): the ring read from above."""
    half = (count - 1) // 2
    rows = [[("middle", 0)]]
    rows += [[("left", count - number), ("right", number)] for number in range(1, half + 1)]
    if count % 2 == 0:
        rows.append([("middle", count // 2)])
    return rows


def _turn(one: Card, other: Card) -> str:
    """An arrow from one box of the ring to the next."""
    if one.x == other.x:
        upward = other.y < one.y
        return _up(one.centre, one.y, other.bottom) if upward else _down(one.centre, one.bottom, other.y)
    if one.y == other.y:
        return path(
            f"M{num(one.x - 2)} {num(one.y + 20)}H{num(other.x + other.width + 3)}m6-5-6 5 6 5", "arrow"
        )
    if other.y > one.y:
        return _hook(one, other, one.bottom, other.y)
    return _hook(one, other, one.y, other.bottom)


def _hook(one: Card, other: Card, start: float, end: float) -> str:
    """An arrow between rows, leaving and arriving where the two boxes are nearest."""
    aside = 1 if other.centre > one.centre else -1
    x1, x2 = one.centre + aside * one.width * 0.3, other.centre - aside * other.width * 0.1
    way = 1 if end > start else -1
    tip = "m-5-6 5 6 5-6" if way > 0 else "m-5 6 5-6 5 6"
    return path(
        f"M{num(x1)} {num(start + 2 * way)}V{num((start + end) / 2)}H{num(x2)}V{num(end - 3 * way)}{tip}",
        "arrow",
    )


def _up(x: float, start: float, end: float) -> str:
    return path(f"M{num(x)} {num(start - 2)}V{num(end + 3)}m-5 6 5-6 5 6", "arrow")
