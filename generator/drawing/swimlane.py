"""A procedure as a swimlane: a lane for each post, a row for each step, what leaves the way on the right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator import prose
from generator.drawing.canvas import SMALL, block, leading, num, path, rect, svg, text, wrap
from generator.drawing.card import Card, Para, badge, height_of, para
from generator.handbook import Handbook
from generator.kinds.parts import Branch, Handoff, Step
from generator.kinds.procedure import Procedure
from generator.messages import tell
from generator.phrase import phrase

_EXITS = 196.0
"""The column of what leaves the way."""
_GUTTER = 11.0
"""Between a card and the edge of its lane."""
_BETWEEN = 26.0
"""Between two rows."""

_SENTENCE = re.compile(r"[。\n]|\.\s")
"""What ends the part of an action that is drawn; the list of steps says it all."""


@dataclass(frozen=True)
class _Row:
    """A step with what is drawn of it."""

    lane: int
    card: Sequence[Para]
    exits: Sequence[Sequence[Para]]
    note: Sequence[str]
    """What stands at the arrow to the next step, where the case changes hands."""

    @property
    def height(self) -> float:
        return max(height_of(self.card), sum(height_of(exit) + 8 for exit in self.exits) - 8)


@dataclass(frozen=True)
class _Lanes:
    """The lanes on the paper."""

    roles: Sequence[str]
    exits: bool

    @property
    def width(self) -> float:
        return {1: 380.0, 2: 230.0, 3: 180.0, 4: 160.0}.get(len(self.roles), 146.0)

    @property
    def right(self) -> float:
        return self.width * len(self.roles)

    @property
    def total(self) -> float:
        return self.right + (_EXITS + 16 if self.exits else 0) + 1

    def centre(self, lane: int) -> float:
        return self.width * (lane + 0.5)


def swimlane(book: Handbook, procedure: Procedure) -> str:
    """The procedure's steps in the lanes of their posts; "" where one post goes straight through.

    The page's list of steps says all of it in words. The result is an inline element: put it inside a figure.
    """
    used = dict.fromkeys(step.role for step in procedure.steps)
    roles = sorted(used, key=lambda role: procedure.roles.index(role) if role in procedure.roles else 99)
    exits = any(_exits(book, procedure, place) for place in range(len(procedure.steps)))
    if len(roles) < 2 and not exits:
        return ""
    lanes = _Lanes([_title(book, role) for role in roles], exits)
    rows = [_row(book, procedure, place, roles, lanes) for place in range(len(procedure.steps))]
    heads = [wrap(role, lanes.width - 16, SMALL) for role in lanes.roles]
    top = max(map(len, heads)) * leading("small") + 16
    drawn, bottom = _rows(lanes, rows, top + 20)
    parts = [*_frame(lanes, heads, top, bottom), *drawn]
    who = tell("，").join(f"{n} {_title(book, step.role)}" for n, step in enumerate(procedure.steps, 1))
    told = tell("每一步由谁做：{who}。做法写在步骤里。", who=who)
    return svg(
        "lanes hb-svg--wide",
        (lanes.total, bottom + 1),
        (tell("{title}：谁接着谁做", title=procedure.title), told),
        parts,
    )


def _title(book: Handbook, role: str) -> str:
    record = book.get(role)
    return record.title if record else tell("其他岗位")


def _row(book: Handbook, procedure: Procedure, place: int, roles: Sequence[str], lanes: _Lanes) -> _Row:
    step = procedure.steps[place]
    within = phrase(step.within, book.settings) if step.within else ""
    control = tell("◆ 先确认：{text}", text=step.control) if step.control else ""
    wrapped = partial(para, width=lanes.width - 2 * _GUTTER)
    card = [
        wrapped(_SENTENCE.split(prose.plain(step.action))[0], most=4),
        wrapped(within, kind="small strong"),
        wrapped(control, kind="small", most=2),
    ]
    exits = [[para(told, _EXITS, "small", 3)] for told in _exits(book, procedure, place)]
    passed = step.handoff if _goes_on(procedure, place) else None
    note = wrap(_passed(book, passed), min(_note_room(lanes, roles, procedure, place), 330), SMALL, 4)
    return _Row(roles.index(step.role), card, exits, note if passed else [])


def _goes_on(procedure: Procedure, place: int) -> bool:
    """Whether the post that takes over does the next step."""
    step, following = procedure.steps[place], procedure.steps[place + 1 : place + 2]
    return bool(step.handoff and following and following[0].role == step.handoff.to)


def _passed(book: Handbook, handoff: Handoff | None) -> str:
    """How the case changes hands."""
    if handoff is None:
        return ""
    within = tell("（{text}）", text=phrase(handoff.within, book.settings)) if handoff.within else ""
    by, confirmed = handoff.by.rstrip("。."), handoff.confirmed.rstrip("。.")
    return tell(
        "交给{role}：{by}。确认：{confirmed}{within}",
        role=_title(book, handoff.to),
        by=by,
        confirmed=confirmed,
        within=within,
    )


def _exits(book: Handbook, procedure: Procedure, place: int) -> list[str]:
    """What leaves the way at a step, in words."""
    step = procedure.steps[place]
    told = [_exit(book, procedure, branch) for branch in step.branches]
    if not _goes_on(procedure, place):
        told.append(_passed(book, step.handoff))
    return list(filter(None, told))


def _exit(book: Handbook, procedure: Procedure, branch: Branch) -> str:
    """Where a branch leads; nothing for what is done on the spot."""
    if branch.goto:
        ids = [step.id for step in procedure.steps]
        number = ids.index(branch.goto) + 1 if branch.goto in ids else 0
        return tell("{when} → 第 {number} 步", when=branch.when, number=number) if number else ""
    target = branch.procedure or branch.script
    record = book.get(target) if target else None
    verb = tell("话术") if branch.script else tell("转到")
    return tell("{when} → {verb}：{title}", when=branch.when, verb=verb, title=record.title) if record else ""


def _note_room(lanes: _Lanes, roles: Sequence[str], procedure: Procedure, place: int) -> float:
    """The room beside the arrow into the next step, on its wider side."""
    following: Sequence[Step] = procedure.steps[place + 1 : place + 2]
    x = lanes.centre(roles.index(following[0].role)) if following else 0.0
    return max(x, lanes.right - x) - 16


def _rows(lanes: _Lanes, rows: Sequence[_Row], y: float) -> tuple[list[str], float]:
    """The steps from above, each with its exits and the arrow to the next; and where they end."""
    parts: list[str] = []
    for number, row in enumerate(rows, 1):
        card = Card(lanes.width * row.lane + _GUTTER, y, lanes.width - 2 * _GUTTER, row.card)
        parts += [*_leave(lanes, card, row), card.draw(), badge(card.x + 2, y, number)]
        y += row.height
        if number < len(rows):
            below = y + _BETWEEN + block(row.note, "small")
            parts += _onward(lanes, row, rows[number], (card.bottom, y, below))
            y = below
    return parts, y + 12


def _leave(lanes: _Lanes, card: Card, row: _Row) -> Iterator[str]:
    """The exits of a step in the column on the right, and the dotted way to them."""
    if not row.exits:
        return
    x, y, trunk = lanes.right + 16, card.y, lanes.right + 8
    exits = []
    for paras in row.exits:
        exits.append(Card(x, y, _EXITS, paras, "box exit"))
        y = exits[-1].bottom + 8
    start = card.y + min(card.height, exits[0].height) / 2
    heights = [exit.y + exit.height / 2 for exit in exits]
    ways = f"M{num(card.x + card.width)} {num(start)}H{num(trunk)}V{num(heights[-1])}"
    yield path(ways, "arrow dotted")
    yield path("".join(f"M{num(trunk)} {num(height)}h6m-5-5 5 5-5 5" for height in heights), "arrow")
    yield from (exit.draw() for exit in exits)


def _onward(lanes: _Lanes, row: _Row, following: _Row, ys: tuple[float, float, float]) -> Iterator[str]:
    """The arrow to the next step, dashed and with words where the case changes hands."""
    start, end, below = ys
    x, to = lanes.centre(row.lane), lanes.centre(following.lane)
    bend = f"V{num(end + 10)}H{num(to)}" if x != to else ""
    way, tip = f"M{num(x)} {num(start)}{bend}V{num(below - 2)}", "m-5-6 5 6 5-6"
    if not row.note:
        yield path(way + tip, "arrow")
    else:
        yield path(way, "arrow dashes") + path(f"M{num(to)} {num(below - 2)}{tip}", "arrow")
        left = to > lanes.right - to
        yield text(to - 8 if left else to + 8, end + 25, row.note, "small halo", "end" if left else "")


def _frame(lanes: _Lanes, heads: Sequence[Sequence[str]], top: float, bottom: float) -> Iterator[str]:
    """The lanes with their posts."""
    yield rect(0.5, 0.5, lanes.right, top, "head")
    for lane, head in enumerate(heads):
        yield text(lanes.centre(lane), 20, head, "small strong", "middle")
    edges = [lanes.width * lane + 0.5 for lane in range(len(heads) + 1)]
    yield path("".join(f"M{num(x)} 1V{num(bottom)}" for x in edges), "grid")
    if lanes.exits:
        yield text(lanes.right + 16 + _EXITS / 2, 20, [tell("另走别处")], "small soft", "middle")
