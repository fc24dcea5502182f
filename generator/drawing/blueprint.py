"""A journey as a service blueprint: stages as columns; customer, front, back and support as lanes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from generator import prose
from generator.drawing.canvas import LEADING, SMALL, block, line, link, num, path, svg, tag, text, wrap
from generator.drawing.card import Card, Para, height_of, para
from generator.handbook import Handbook
from generator.kinds.journey import Journey, Stage
from generator.kinds.parts import Item
from generator.kinds.touchpoint import Touchpoint
from generator.messages import tell

_NAMES = 66.0
"""The column with the lanes' names."""
_APART = 10.0

Address = Callable[[Touchpoint], str]
"""The address of a record's page, from the page that is being made."""


@dataclass(frozen=True)
class _Piece:
    """A box in a cell; `mark` is the shape at its corner, `href` where it leads."""

    paras: Sequence[Para]
    kind: str = "box"
    mark: str = ""
    href: str = ""

    @property
    def height(self) -> float:
        return height_of(self.paras)


@dataclass(frozen=True)
class _Lane:
    """A lane with a cell for each stage, and what the line below it divides."""

    name: str
    note: str
    cells: Sequence[Sequence[_Piece]]
    below: str = ""

    @property
    def noted(self) -> list[str]:
        return wrap(self.note, _NAMES - 8, SMALL)

    @property
    def height(self) -> float:
        named = 42 + block(self.noted, "small")
        return max(named, *(sum(piece.height + _APART for piece in cell) + 18 for cell in self.cells))


def blueprint(book: Handbook, journey: Journey, address: Address) -> str:
    """The journey's picture; every contact leads to its page.

    The page's list says all of it in words. The result is an inline element: put it inside a figure.
    """
    if not journey.stages:
        return ""
    width = min(max((930 - _NAMES) / len(journey.stages), 144), 240)
    heads = [wrap(f"{n} {stage.title}", width - 24) for n, stage in enumerate(journey.stages, 1)]
    y = max(map(len, heads)) * LEADING + 14
    parts = list(_heads(heads, width, y))
    for lane in _lanes(book, journey, width, address):
        parts += _lane(lane, width, y)
        y += lane.height
    total = _NAMES + width * len(journey.stages)
    return svg(
        "blueprint hb-svg--wide",
        (total, y),
        (tell("{title}：全图", title=journey.title), _told(book, journey)),
        parts,
        "group",
    )


def _told(book: Handbook, journey: Journey) -> str:
    """The columns in words; what stands in them is said by the list on the page."""
    stages = [
        tell(
            "{stage}（{names}）",
            stage=stage.title,
            names=tell("、").join(contact.title for contact in _contacts(book, stage)),
        )
        for stage in journey.stages
    ]
    return tell(
        "依次是{stages}。从上到下：客人，前台，后台，支持。下面的清单写着同样的内容。",
        stages=tell("，").join(stages),
    )


def _contacts(book: Handbook, stage: Stage) -> list[Touchpoint]:
    return [record for record in map(book.get, stage.touchpoints) if isinstance(record, Touchpoint)]


def _lanes(book: Handbook, journey: Journey, width: float, address: Address) -> Iterator[_Lane]:
    """The lanes from above; back and support only where a stage says something about them."""
    stages, numbers = journey.stages, count(1)
    front, customer = [], []
    for stage in stages:
        contacts = [(next(numbers), contact) for contact in _contacts(book, stage)]
        waits = [_marked(item, width, tell("等候"), "wait") for item in stage.waits]
        customer.append([*(_wish(n, contact, width) for n, contact in contacts), *waits])
        fails = [_marked(item, width, tell("易出错"), "fail") for item in stage.fails]
        front.append([*(_contact(book, journey, n, one, width, address) for n, one in contacts), *fails])
    back = [[_told_item(item, width) for item in stage.back] for stage in stages]
    support = [[_told_item(item, width) for item in stage.support] for stage in stages]
    unseen = tell("以下客人看不到")
    yield _Lane(tell("客人"), tell("期望什么"), customer, tell("客人和我们打交道"))
    yield _Lane(tell("前台"), tell("我们面对客人做的"), front, unseen if any(back) or any(support) else "")
    if any(back):
        yield _Lane(tell("后台"), tell("客人看不到的"), back, tell("靠什么支持") if any(support) else "")
    if any(support):
        yield _Lane(tell("支持"), tell("系统、物料和外面的单位"), support)


def _wish(number: int, contact: Touchpoint, width: float) -> _Piece:
    """What the customer expects of a contact."""
    return _Piece([para(f"{number} {contact.expectation}", width - _APART, "small", 4)], "plain")


def _contact(
    book: Handbook, journey: Journey, number: int, contact: Touchpoint, width: float, address: Address
) -> _Piece:
    """A contact: its name, its posts, and what is special about it."""
    room = width - _APART
    roles = [role.title for role in book.roles_of(contact)]
    special = [
        tell("★ 最影响评价") if contact.critical else "",
        tell("第一次见面") if contact.id == journey.first_contact else "",
        tell("最后一面") if contact.id == journey.last_contact else "",
    ]
    paras = [
        para(f"{number} {contact.title}", room, "strong link"),
        para(tell("、").join(roles), room, "small soft", 2),
        *(para(told, room, "small strong") for told in special if told),
    ]
    href = address(contact) if contact.status != "draft" else ""
    return _Piece(paras, "box key" if contact.critical else "box", "", href)


def _told_item(item: Item, width: float) -> _Piece:
    return _Piece([para(prose.plain(item.text), width - _APART, "small", 5)])


def _marked(item: Item, width: float, word: str, mark: str) -> _Piece:
    """A wait or a fail point: a word and a shape."""
    return _Piece(
        [para(tell("{word}：{text}", word=word, text=prose.plain(item.text)), width - _APART, "small", 5)],
        f"box {mark}",
        mark,
    )


def _heads(heads: Sequence[Sequence[str]], width: float, height: float) -> Iterator[str]:
    """The stages' names in arrows that point to the next."""
    for number, head in enumerate(heads):
        x, tip = _NAMES + width * number, width - 10
        shape = f"M{num(x)} 1h{num(tip)}l9 {num(height / 2 - 1)}-9 {num(height / 2 - 1)}h{num(-tip)}"
        notch = f"l9 {num(1 - height / 2)}z" if number else "z"
        yield path(shape + notch, "head")
        yield text(x + width / 2, 20, head, "strong", "middle")


def _lane(lane: _Lane, width: float, y: float) -> Iterator[str]:
    """The lane's name, its cells, and the line below it with what it divides."""
    right, bottom = _NAMES + width * len(lane.cells), y + lane.height
    yield text(0, y + 24, [lane.name], "strong")
    yield text(0, y + 24 + LEADING, lane.noted, "small soft")
    for number, cell in enumerate(lane.cells):
        at = y + 12
        for piece in cell:
            yield _drawn(piece, Card(_NAMES + width * number, at, width - _APART, piece.paras, piece.kind))
            at += piece.height + _APART
    if lane.below:
        yield line(0, bottom, right, bottom, "divide")
        yield text(right, bottom - 4, [lane.below], "small soft halo", "end")


def _drawn(piece: _Piece, card: Card) -> str:
    drawn = card.draw() + _mark(piece.mark, card.x + card.width - 6, card.y + 1)
    return link(piece.href, drawn) if piece.href else drawn


def _mark(mark: str, x: float, y: float) -> str:
    """A clock where the customer waits, a warning triangle where it goes wrong."""
    if mark == "wait":
        return tag("circle", "open", cx=x, cy=y, r=8) + path(f"M{num(x)} {num(y - 5)}v5l3 2")
    if mark == "fail":
        return path(f"M{num(x)} {num(y - 9)}l9 16h-18zM{num(x)} {num(y - 3)}v5m0 2v1.5", "alarm")
    return ""
