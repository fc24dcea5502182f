"""Ladders: where a case goes when it is not solved, and who may decide how much."""

from collections.abc import Sequence
from itertools import pairwise

from generator import prose
from generator.drawing.canvas import block, num, path, svg, text, wrap
from generator.drawing.card import Card, Para, badge, para
from generator.handbook import Decision, Handbook
from generator.kinds.classification import Class, Classification
from generator.kinds.parts import Deadline
from generator.messages import tell
from generator.phrase import phrase
from generator.words import WORDS

WIDTH = 340.0
_BETWEEN = 32.0
_INDENT = 8.0
_LANE = 16.0
"""The room on the right for one arrow that passes other rungs."""

Rung = Sequence[tuple[str, str]]
"""The lines of a rung, each with its kind; the first is its name."""
Lead = tuple[int, int]
"""From one rung to another, by their places."""


def escalation_ladder(book: Handbook, record: Classification) -> str:
    """The classes in order, each with its test, handler and deadlines, and where it goes when not solved.

    "" where no class leads to another. The result is an inline element: put it inside a figure.
    """
    places = {item.id: place for place, item in enumerate(record.classes)}
    leads = [(places[item.id], places[item.next]) for item in record.classes if item.next in places]
    rungs = [_class(book, item) for item in record.classes]
    return (
        _ladder(tell("{title}：解决不了找谁", title=record.title), rungs, leads, tell("解决不了"))
        if leads
        else ""
    )


def authority_ladder(book: Handbook, role: str, remedy: str) -> str:
    """How much a post may offer of a remedy, and each post above it in turn.

    "" where nobody above may offer more. The result is an inline element: put it inside a figure.
    """
    decisions = {decision.role.id: decision for decision in book.deciders(remedy)}
    chain: dict[str, Decision] = {}
    at: str | None = role
    while at in decisions and at not in chain:
        chain[at] = decisions[at]
        at = decisions[at].row.above
    rungs = [_decision(book, decision) for decision in chain.values()]
    title = tell("{remedy}：谁能决定多少", remedy=book.settings.remedies[remedy].spoken)
    return _ladder(title, rungs, [*pairwise(range(len(rungs)))], tell("超过就找")) if len(rungs) > 1 else ""


def _class(book: Handbook, item: Class) -> Rung:
    limits = {"首次答复": item.acknowledge, "每次进展": item.update, "处理意见": item.resolve}
    told = [
        tell("{word}：{text}", word=tell(name), text=_deadline(book, limit))
        for name, limit in limits.items()
        if limit
    ]
    flags = tell("；").join(prose.plain(flag.text).rstrip("。") for flag in item.red_flags)
    return [
        (item.title, "strong"),
        (item.test, "small"),
        (tell("▲ 直接按本级：{flags}", flags=flags) if flags else "", "small"),
        (tell("由{role}处理", role=_title(book, item.handler)), "small strong"),
        (tell("，").join(told), "small"),
    ]


def _decision(book: Handbook, decision: Decision) -> Rung:
    row = decision.row
    places = [record.title for record in map(book.get, row.locations) if record]
    return [
        (decision.role.title, "strong"),
        (tell("，").join((phrase(row.limit, book.settings), tell(WORDS[row.per]))), ""),
        (tell("只在{places}", places=tell("、").join(places)) if places else "", "small"),
    ]


def _deadline(book: Handbook, deadline: Deadline) -> str:
    if deadline.limit:
        return phrase(deadline.limit, book.settings)
    return tell("尚未规定，先问{role}", role=_title(book, deadline.not_settled or ""))


def _title(book: Handbook, role: str) -> str:
    record = book.get(role)
    return record.title if record else tell("其他岗位")


def _ladder(title: str, rungs: Sequence[Rung], leads: Sequence[Lead], why: str) -> str:
    """Rungs one below another; arrows to the next go straight, others past it on the right."""
    lanes = _passing([lead for lead in leads if lead[1] != lead[0] + 1])
    edge = WIDTH - 1 - _LANE * max([lane + 1 for lane in lanes.values()], default=0)
    heading = wrap(title, WIDTH)
    cards: list[Card] = []
    y = block(heading) + 16
    for place, rung in enumerate(rungs):
        x = 12 + min(_INDENT, 64 / len(rungs)) * place
        paras = [_para(line, kind, edge - x) for line, kind in rung if line]
        cards.append(Card(x, y, edge - x, paras))
        y = cards[-1].bottom + (_BETWEEN if (place, place + 1) in leads else 14)
    parts = [
        text(0, 14, heading, "strong"),
        *(card.draw() + badge(card.x, card.y, place) for place, card in enumerate(cards, 1)),
        *(_straight(cards[one], cards[other], why) for one, other in leads if other == one + 1),
        *(_past(cards[one], cards[other], lane) for (one, other), lane in lanes.items()),
    ]
    return svg("ladder", (WIDTH, cards[-1].bottom + 1), (title, _told(rungs, leads, why)), parts)


def _para(line: str, kind: str, width: float) -> Para:
    return para(line, width, kind, 0 if kind == "strong" else 4)


def _told(rungs: Sequence[Rung], leads: Sequence[Lead], why: str) -> str:
    """The ladder in words."""
    onward = dict(leads)
    told = []
    for place, rung in enumerate(rungs):
        lines = tell("，").join(line.rstrip("。？.?") for line, _ in rung if line)
        then = tell("，{why}：{title}", why=why, title=rungs[onward[place]][0][0]) if place in onward else ""
        told.append(f"{place + 1} {lines}{then}")
    return tell("{text}。", text=tell("；").join(told))


def _passing(leads: Sequence[Lead]) -> dict[Lead, int]:
    """A lane on the right for each arrow that goes past rungs, so that no two lie on each other."""
    lanes: dict[Lead, int] = {}
    for lead in sorted(leads, key=lambda lead: (abs(lead[1] - lead[0]), lead)):
        taken = {lane for other, lane in lanes.items() if min(other) <= max(lead) and min(lead) <= max(other)}
        lanes[lead] = next(lane for lane in range(len(taken) + 1) if lane not in taken)
    return lanes


def _straight(one: Card, other: Card, why: str) -> str:
    x = other.x + 24
    arrow = path(f"M{num(x)} {num(one.bottom)}V{num(other.y - 2)}m-5-6 5 6 5-6", "arrow")
    return arrow + text(x + 12, (one.bottom + other.y) / 2 + 4, [why], "small soft")


def _past(one: Card, other: Card, lane: int) -> str:
    """Out of the lower part of a rung and into the upper part of the other."""
    edge, out = one.x + one.width, one.x + one.width + _LANE * (lane + 0.75)
    start, end = one.bottom - 10 - 4 * min(lane, 4), other.y + 12 + 4 * min(lane, 4)
    return path(f"M{num(edge)} {num(start)}H{num(out)}V{num(end)}H{num(edge + 2)}m6-5-6 5 6 5", "arrow")
