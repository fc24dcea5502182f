"""Completeness: an approved record says all that its readers need in order to act on it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar, get_origin

from generator import prose
from generator.checks.engine import Finding, check
from generator.handbook import Handbook, Link
from generator.kinds import KINDS
from generator.kinds.classification import Class, Classification
from generator.kinds.form import Form
from generator.kinds.journey import Journey
from generator.kinds.location import Location
from generator.kinds.metric import Metric
from generator.kinds.parts import Authority, Measure
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint
from generator.limits import Band, Bound, Limit
from generator.messages import say
from generator.problems import Level, hint
from generator.source import Loc

SOURCED = ("standard", "procedure", "script", "form", "metric", "classification")
MAX_FIRST_ACTIONS = 5
MAX_ACTION_LENGTH = 60

_R = TypeVar("_R", bound=Record)


def _approved(book: Handbook, kind: type[_R]) -> Iterator[_R]:
    return (record for record in book.each(kind) if record.status == "approved")


@check()
def missing_source(book: Handbook) -> Iterator[Finding]:
    """What people must keep to must say where it comes from.

    Only a rule with a source can be checked, defended and changed with it. Where the house decided by itself,
    the source is the document it started from, with basis `ours`.

    Bad:

        title: 电话接听

    Good:

        title: 电话接听
        sources: [{ reference: common/source-000, clause: S05, basis: stated }]
    """
    for record in book.published:
        if record.kind in SOURCED and not record.sources:
            message = say(
                "a {kind} must cite its source: key 'sources' is missing or empty", kind=record.label
            )
            yield record.place("sources"), message


@check()
def approval_missing(book: Handbook) -> Iterator[Finding]:
    """An approved record must name its author, its reviewer and its approval.

    Staff are held to it; so it must be plain who wrote it, who read it again and who put it in force.

    Bad:

        status: approved

    Good:

        status: approved
        author: front-office-manager
        reviewer: quality-manager
        approved: { on: 2026-11-10, by: general-manager, evidence: 标准评审会纪要 }
    """
    for record in book.published:
        missing = [key for key in ("author", "reviewer", "approved") if getattr(record, key) is None]
        if missing:
            yield (
                record.place("status"),
                say("approved, but without the keys {keys}", keys=", ".join(missing)),
            )


_REQUIRED_LISTS = {
    kind: [
        name
        for name, field in kind.model_fields.items()
        if field.is_required() and get_origin(field.annotation) is list
    ]
    for kind in KINDS
}


@check()
def empty_list(book: Handbook) -> Iterator[Finding]:
    """A list that a record must have needs at least one entry.

    A procedure without steps or a post without duties tells the reader nothing.

    Bad:

        steps: []

    Good:

        steps: [{ id: greet, role: receptionist, action: 起立问候 }]
    """
    for record in book.published:
        for loc, entries in _lists(record):
            if not entries:
                yield record.place(*loc), say("'{key}' must have at least one entry", key=loc[-1])


def _lists(record: Record) -> Iterator[tuple[Loc, list[object]]]:
    for name in _REQUIRED_LISTS[type(record)]:
        yield (name,), getattr(record, name)
    if isinstance(record, Form):
        for index, section in enumerate(record.sections):
            yield ("sections", index, "items"), [*section.items]
    if isinstance(record, Journey):
        for index, stage in enumerate(record.stages):
            yield ("stages", index, "touchpoints"), [*stage.touchpoints]


@check()
def hard_without_measure(book: Handbook) -> Iterator[Finding]:
    """A hard standard must have at least one clause with a measure.

    Hard means counted, timed or seen by an audit; without a number nobody can tell whether it was kept.

    Bad:

        nature: hard
        clauses: [{ id: answer, level: must, text: 电话响起后接听 }]

    Good:

        nature: hard
        clauses: [{ id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings } }]
    """
    for record in _approved(book, Standard):
        if record.nature == "hard" and not any(clause.measure for clause in record.clauses):
            yield (
                record.place("clauses"),
                say("a hard standard needs a clause with 'measure'; or is it 'nature: soft'?"),
            )


@check()
def soft_without_method(book: Handbook) -> Iterator[Finding]:
    """A soft standard must say how it is judged.

    Without a survey, an observation or a call-back a soft standard is a wish.

    Bad:

        nature: soft

    Good:

        nature: soft
        observed_by: 每月随机回访 30 位客人，问“是否感到受欢迎”
    """
    for record in _approved(book, Standard):
        if record.nature == "soft" and record.observed_by is None:
            yield (
                record.place("nature"),
                say("a soft standard must say how it is judged: key 'observed_by' is missing"),
            )


def _measures(record: Standard) -> Iterator[tuple[Loc, Measure]]:
    for index, clause in enumerate(record.clauses):
        if clause.measure:
            yield ("clauses", index, "measure"), clause.measure


@check(Level.WARNING)
def measure_without_metric(book: Handbook) -> Iterator[Finding]:
    """A measure with a share of cases should name the metric that reports it.

    A share such as 97 % is only known if somebody counts it each period.

    Bad:

        measure: { limit: <= 3 rings, attainment: ">= 97 %" }

    Good:

        measure: { limit: <= 3 rings, attainment: ">= 97 %", metric: calls-in-three-rings }
    """
    for record in _approved(book, Standard):
        for loc, measure in _measures(record):
            if measure.attainment and measure.metric is None:
                message = say("nobody reports '{share}': name the 'metric'", share=measure.attainment)
                yield record.place(*loc, "attainment"), message


@check()
def fallback_without_way(book: Handbook) -> Iterator[Finding]:
    """A fallback must name the script or the procedure to go on with.

    The limit has just been missed in front of a customer; "then do something" is no help.

    Bad:

        fallback: { when: "> 5 rings" }

    Good:

        fallback: { when: "> 5 rings", script: late-answer-apology }
    """
    for record in _approved(book, Standard):
        for loc, measure in _measures(record):
            if measure.fallback and measure.fallback.script is None and measure.fallback.procedure is None:
                yield record.place(*loc, "fallback"), say("a fallback needs 'script' or 'procedure'")


@check(Level.WARNING)
def standard_without_touchpoint(book: Handbook) -> Iterator[Finding]:
    """A standard about words or time should name where it applies.

    Appearance, conduct and facilities may hold everywhere; a sentence or a time limit belongs to a contact
    with the customer, or at least to a channel.

    Bad:

        aspect: time

    Good:

        aspect: time
        touchpoints: [front-desk-check-in]
    """
    for record in _approved(book, Standard):
        if record.aspect in ("language", "time") and not record.touchpoints and record.channel is None:
            message = say(
                "a standard of aspect '{aspect}' needs 'touchpoints' or a 'channel'", aspect=record.aspect
            )
            yield record.place("aspect"), message


@check()
def emergency_incomplete(book: Handbook) -> Iterator[Finding]:
    """An emergency procedure must give one outside number and one to five short first actions.

    They are read in fear and in a hurry; what does not fit on the first screen is not read.

    Bad:

        emergency: true

    Good:

        emergency: true
        number: 119
        first_actions: [{ id: alarm, text: 按下最近的手动报警器 }]
    """
    for record in book.emergencies:
        if record.number is None:
            yield (
                record.place("emergency"),
                say("an emergency needs the outside number to call: key 'number' is missing"),
            )
        count = len(record.first_actions)
        if not 1 <= count <= MAX_FIRST_ACTIONS:
            message = say(
                "an emergency needs 1 to {max} first actions: got {count}", max=MAX_FIRST_ACTIONS, count=count
            )
            yield record.place("first_actions" if count else "emergency"), message
        for index, item in enumerate(record.first_actions):
            length = len(prose.plain(item.text))
            if length > MAX_ACTION_LENGTH:
                message = say(
                    "a first action has {max} characters at most: got {count}",
                    max=MAX_ACTION_LENGTH,
                    count=length,
                )
                yield record.place("first_actions", index, "text"), message


@check()
def system_without_fallback(book: Handbook) -> Iterator[Finding]:
    """A step that needs a system must say what to do when the system is down.

    Systems fail at the busiest hour, and the customer still stands at the desk.

    Bad:

        system: PMS

    Good:

        system: PMS
        if_system_down: 用手工登记单登记，恢复后 30 分钟内补录
    """
    for record in _approved(book, Procedure):
        for index, step in enumerate(record.steps):
            if step.system and step.if_system_down is None:
                message = say(
                    "what if '{system}' is down? key 'if_system_down' is missing", system=step.system
                )
                yield record.place("steps", index, "system"), message


@check()
def branch_without_way(book: Handbook) -> Iterator[Finding]:
    """A branch must lead one way: one of goto, procedure, script, do.

    With none the reader is stuck; with two nobody knows which one to take.

    Bad:

        branches: [{ id: no-room, when: 没有空房 }]

    Good:

        branches: [{ id: no-room, when: 没有空房, procedure: guest-relocation }]
    """
    for record in _approved(book, Procedure):
        for index, step in enumerate(record.steps):
            for number, branch in enumerate(step.branches):
                ways = [
                    way for way in ("goto", "procedure", "script", "do") if getattr(branch, way) is not None
                ]
                if len(ways) != 1:
                    place = record.place("steps", index, "branches", number)
                    found = ", ".join(ways) or say("none")
                    yield (
                        place,
                        say("a branch needs one of goto, procedure, script, do: got {found}", found=found),
                    )


@check(Level.WARNING)
def role_not_listed(book: Handbook) -> Iterator[Finding]:
    """Who does a step should be listed among the roles of the procedure.

    A post's own page shows the procedures that list it; otherwise those who have to act do not find it.

    Bad:

        roles: [receptionist]
        steps: [{ id: carry, role: porter, action: 送行李 }]

    Good:

        roles: [receptionist, porter]
    """
    for record in _approved(book, Procedure):
        for index, step in enumerate(record.steps):
            role = book.get(step.role)
            if isinstance(role, Role) and not role.external and step.role not in record.roles:
                yield (
                    record.place("steps", index, "role"),
                    say("'{role}' is not listed under 'roles'", role=step.role),
                )


@check()
def escalation_without_contact(book: Handbook) -> Iterator[Finding]:
    """A post that people are told to turn to must have a contact at each place that uses the pack.

    "Ask the duty manager" is only an answer if the reader can see the number to dial.

    Bad:

        call: [duty-manager]      # no row for duty-manager under contacts

    Good:

        contacts: [{ id: duty-manager, role: duty-manager, phone: 8001, hours: "00:00-24:00" }]
    """
    called = _escalations(book)
    locations = list(_approved(book, Location))
    for location in locations:
        reached = {contact.role for contact in location.contacts}
        for pack in dict.fromkeys((location.pack, *location.packs)):
            for role, links in called.get(pack, {}).items():
                first = next((link for link in links if _valid_at(link, location)), None)
                if first and role not in reached:
                    reached.add(first.ref)
                    named = first.record.place(*first.loc)
                    yield (
                        location.place("contacts"),
                        say("no contact for '{role}', named in {place}", role=role, place=named),
                    )
    placed = {pack for location in locations for pack in location.packs}
    for pack in called.keys() - placed:
        for role, links in called[pack].items():
            if not book.reach(role) and not isinstance(links[0].record, Location):
                yield (
                    links[0].record.place(*links[0].loc),
                    say("no location has a contact for '{role}'", role=role),
                )


_TURN_TO = ("until_then", "not_settled", "handler", "above", "then")


def _escalations(book: Handbook) -> dict[str, dict[str, list[Link]]]:
    """Pack -> role -> where people are told to turn to it."""
    found: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in book.links:
        loc = link.loc
        if (
            loc[-1] in _TURN_TO
            or loc[-2:] == ("handoff", "to")
            or (len(loc) > 1 and loc[-2] in ("call", "told"))
        ):
            role = book.get(link.ref)
            if isinstance(role, Role) and not role.external and link.record.status == "approved":
                found[link.record.pack][role.id].append(link)
    return found


def _valid_at(link: Link, location: Location) -> bool:
    record, row = link.record, link.loc[1]
    if isinstance(record, Location):
        return record is location
    if record.pack not in location.packs:
        return False
    if isinstance(record, Role) and link.loc[0] == "authority" and isinstance(row, int):
        places = record.authority[row].locations
    else:
        places = record.distribution.locations if record.distribution else []
    return not places or location.id in places


@check()
def authority_falls(book: Handbook) -> Iterator[Finding]:
    """Going up the ladder of a remedy, the limit must not fall and the unit must stay.

    Whoever asks the post above wants more than their own limit; a smaller one there sends the customer in a
    circle.

    Bad:

        receptionist: <= 300 yuan, above: duty-manager
        duty-manager: <= 200 yuan

    Good:

        receptionist: <= 300 yuan, above: duty-manager
        duty-manager: <= 1000 yuan
    """
    for role in _approved(book, Role):
        for index, row in enumerate(role.authority):
            above = book.get(row.above)
            if not isinstance(above, Role):
                continue
            rows = [
                (number, upper) for number, upper in enumerate(above.authority) if upper.remedy == row.remedy
            ]
            if not rows and above.reports_to:
                message = say("'{role}' decides nothing about '{remedy}'", role=above.id, remedy=row.remedy)
                yield role.place("authority", index, "above"), message
            for number, upper in rows:
                if _comparable(row, upper):
                    yield from _fall(role, row, above, number)


def _comparable(row: Authority, upper: Authority) -> bool:
    places = not row.locations or not upper.locations or bool({*row.locations} & {*upper.locations})
    return row.per == upper.per and places


def _fall(role: Role, row: Authority, above: Role, number: int) -> Iterator[Finding]:
    upper = above.authority[number]
    place = above.place("authority", number, "limit")
    least, most = _most(row.limit), _most(upper.limit)
    if row.limit.unit != upper.limit.unit:
        message = say(
            "'{limit}' cannot be compared with '{below}' of '{role}' below",
            limit=upper.limit,
            below=row.limit,
            role=role.id,
        )
        yield place, message
    elif least is not None and most is not None and most < least:
        yield (
            place,
            say(
                "'{limit}' is less than '{below}' of '{role}' below",
                limit=upper.limit,
                below=row.limit,
                role=role.id,
            ),
        )


def _most(limit: Limit) -> Decimal | None:
    if isinstance(limit, Bound):
        return None if limit.operator in (">", ">=") else limit.value
    return limit.high if isinstance(limit, Band) else None


@check()
def deadline_unclear(book: Handbook) -> Iterator[Finding]:
    """A deadline must be a limit or name whom to ask; each complaint class must say by when it is solved.

    The customer asks "by when?", and the answer must not depend on who stands at the counter.

    Bad:

        resolve: {}

    Good:

        resolve: { not_settled: customer-relations-manager }
    """
    for record in _approved(book, Classification):
        for index, item in enumerate(record.classes):
            for key in ("acknowledge", "update", "resolve"):
                deadline = getattr(item, key)
                if deadline and (deadline.limit is None) == (deadline.not_settled is None):
                    yield (
                        record.place("classes", index, key),
                        say("'{key}' needs either 'limit' or 'not_settled'", key=key),
                    )
            if item.resolve is None and record.purpose != "other":
                place = record.place("classes", index, "id")
                yield (
                    place,
                    say("complaint class '{id}' has no deadline: key 'resolve' is missing", id=item.id),
                )


@check()
def ladder_unfinished(book: Handbook) -> Iterator[Finding]:
    """A class of severity must lead to the next one; a class with media or an authority must say who is told.

    An unsolved complaint grows; whoever holds it must know where it goes next.

    Bad:

        classes: [{ id: minor, ... }, { id: media, media: true, ... }]

    Good:

        classes: [{ id: minor, next: media, ... }, { id: media, media: true, told: [general-manager], ... }]
    """
    for record in _approved(book, Classification):
        for index, item in enumerate(record.classes):
            if (
                record.purpose == "complaint-severity"
                and index < len(record.classes) - 1
                and item.next is None
            ):
                following = record.classes[index + 1].id
                message = say(
                    "class '{id}' leads nowhere: add 'next', such as '{next}'", id=item.id, next=following
                )
                yield record.place("classes", index, "id"), message
            if _alarming(item) and not item.told:
                message = say(
                    "class '{id}' involves media or an authority: 'told' must name a post", id=item.id
                )
                yield record.place("classes", index, "id"), message


def _alarming(item: Class) -> bool:
    return item.media or item.authority


@check()
def critical_without_reason(book: Handbook) -> Iterator[Finding]:
    """A critical touchpoint must say why it is critical.

    If everything is a moment of truth, nothing is; the reason shows what to watch there.

    Bad:

        critical: true

    Good:

        critical: true
        why_critical: 客人在这里第一次见到我们，等待从这里算起
    """
    for record in _approved(book, Touchpoint):
        if record.critical and record.why_critical is None:
            yield record.place("critical"), say("critical, but why? key 'why_critical' is missing")


@check()
def gap_without_closing(book: Handbook) -> Iterator[Finding]:
    """A touchpoint with a gap must say what closes it.

    A known gap that nobody works on teaches staff that the handbook is not meant.

    Bad:

        gap: 高峰时客人等 12 分钟

    Good:

        gap: 高峰时客人等 12 分钟
        closing: 15:00 起加开一个柜台
    """
    for record in _approved(book, Touchpoint):
        if record.gap and record.closing is None:
            yield record.place("gap"), say("what closes the gap? key 'closing' is missing")


@check()
def choice_without_choices(book: Handbook) -> Iterator[Finding]:
    """An item answered by choice must list two choices or more, and no other item may.

    Whoever fills in the form can only tick what is printed.

    Bad:

        answer: choice

    Good:

        answer: choice
        choices: [满意, 一般, 不满意]
    """
    for record in _approved(book, Form):
        for index, section in enumerate(record.sections):
            for number, item in enumerate(section.items):
                place = record.place("sections", index, "items", number, "answer")
                if item.answer == "choice" and len(item.choices) < 2:
                    yield (
                        place,
                        say(
                            "'answer: choice' needs two 'choices' or more: got {count}",
                            count=len(item.choices),
                        ),
                    )
                elif item.answer != "choice" and item.choices:
                    yield place, say("'choices' need 'answer: choice': got '{found}'", found=item.answer)


_FITTING = {"up": (">", ">=", "="), "down": ("<", "<=", "="), "band": ("=",)}


@check()
def target_mismatch(book: Handbook) -> Iterator[Finding]:
    """A metric's unit must be declared in handbook.yml; its target must have that unit and its direction.

    A metric where more is better, with a target of "at most", rewards the worst result.

    Bad:

        unit: "%"
        direction: up
        target: <= 97 %

    Good:

        unit: "%"
        direction: up
        target: ">= 97 %"
    """
    for record in _approved(book, Metric):
        if record.unit not in book.settings.units:
            near = hint(record.unit, book.settings.units)
            message = say("no unit '{unit}' in handbook.yml{hint}", unit=record.unit, hint=near)
            yield record.place("unit"), message
        for key, limit in (("target", record.target), ("alert", record.alert)):
            if isinstance(limit, Limit) and limit.unit not in (None, record.unit):
                yield (
                    record.place(key),
                    say("'{key}' must be in '{unit}': got '{found}'", key=key, unit=record.unit, found=limit),
                )
        target = record.target
        if isinstance(target, Bound) and target.operator not in _FITTING[record.direction]:
            message = say(
                "'{target}' does not fit 'direction: {direction}'", target=target, direction=record.direction
            )
            yield record.place("target"), message


@check(Level.WARNING)
def english_missing(book: Handbook) -> Iterator[Finding]:
    """A script that starts in English should go on in English.

    A foreign guest who hears one English sentence answers in English; then the next one is needed.

    Bad:

        foreign: Good morning, how may I help you?
        lines: [{ id: passport, say: 请出示护照 }]

    Good:

        foreign: Good morning, how may I help you?
        lines: [{ id: passport, say: 请出示护照, foreign: "May I see your passport, please?" }]
    """
    for record in _approved(book, Script):
        said: dict[Loc, str | None] = {("first_line",): record.foreign}
        said |= {("lines", index, "say"): line.foreign for index, line in enumerate(record.lines)}
        said |= {
            ("if_they_say", index, "reply"): reply.foreign for index, reply in enumerate(record.if_they_say)
        }
        missing = [loc for loc, foreign in said.items() if foreign is None]
        if missing and len(missing) < len(said):
            message = say(
                "{missing} of {all} sentences have no 'foreign', this is the first",
                missing=len(missing),
                all=len(said),
            )
            yield record.place(*missing[0]), message


_DIGITS = "一二三四五六七八九"
_COUNT = rf"(?<![第下上每进这那前后头最\d.{_DIGITS}两十])(?P<count>\d+|[{_DIGITS}两十]+)\s*"
_COUNTED: dict[type[Record], tuple[str, re.Pattern[str]]] = {
    Procedure: ("steps", re.compile(rf"{_COUNT}个?步(?![以之内外远行伐])")),
    Standard: ("clauses", re.compile(rf"{_COUNT}条(?=要求|规定|标准|准则|守则|原则|底线|$|[，。；：、])")),
    Classification: (
        "classes",
        re.compile(
            rf"[分共][为成有]?\s*{_COUNT}个?[类级]"
            rf"|{_COUNT.replace('count', 'kinds')}[类级]分[类级]"
        ),
    ),
}
_LETTERS = re.compile(r"(?<![A-Za-z0-9.])(?P<count>[2-9])S(?![A-Za-z0-9])(?!\s*店)")


@check()
def stated_count(book: Handbook) -> Iterator[Finding]:
    """A number in the title or the summary must be the number of entries.

    A "6S" with five entries makes every reader look for the sixth.

    Bad:

        title: 入住登记七步
        steps: [...]              # six steps

    Good:

        title: 入住登记六步
    """
    for kind, (key, pattern) in _COUNTED.items():
        for record in _approved(book, kind):
            lengths = {len(value) for value in record.__dict__.values() if type(value) is list}
            found = [("title", match) for match in _LETTERS.finditer(record.title)]
            found += [
                (name, match)
                for name in ("title", "summary")
                for match in pattern.finditer(getattr(record, name))
            ]
            for name, match in found:
                count = _number(next(filter(None, match.groupdict().values())))
                if count > 1 and count not in lengths:
                    listed = len(getattr(record, key))
                    message = say(
                        "'{stated}', but entries under '{key}': {count}",
                        stated=match[0],
                        key=key,
                        count=listed,
                    )
                    yield record.place(name), message


def _number(text: str) -> int:
    """A count up to 99 in digits or in Chinese."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    return (_digit(tens, 1) * 10 if ten else 0) + _digit(ones, 0)


def _digit(text: str, empty: int) -> int:
    return _DIGITS.index(text[0]) + 1 if text else empty


_NUMBERED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){2,}|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d])|\d{1,2}(?=[、.．)）]))"
    r"(?!\s*(?:米|分|秒|小时|元|天|个|人|%|度|公|厘|倍|万|平))(?!\.?\d)"
)


@check()
def numbering_gap(book: Handbook) -> Iterator[Finding]:
    """Numbers written before the entries of a list must follow one another.

    A reader of 6.4.1 and 6.4.3 believes that a page is missing.

    Bad:

        - { id: book, title: 6.4.1 预订 }
        - { id: serve, title: 6.4.3 服务 }

    Good:

        - { id: book, title: 6.4.1 预订 }
        - { id: serve, title: 6.4.2 服务 }
    """
    lists: dict[tuple[str, Loc], list[tuple[Loc, str]]] = defaultdict(list)
    for record, loc, text in book.said:
        if text[0].isdecimal() and loc[-1] in ("title", "text", "action") and len(loc) > 2:
            match = _NUMBERED.match(text)
            if match and record.status == "approved":
                lists[record.id, loc[:-2]].append((loc, match[1]))
    for (id, _), numbered in lists.items():
        for (_, previous), (loc, number) in pairwise(numbered):
            before, last = previous.split("."), number.split(".")
            expected = ".".join([*before[:-1], str(int(before[-1]) + 1)])
            if before[:-1] == last[:-1] and number != expected:
                message = say(
                    "{number} follows {previous}: {expected} was expected",
                    number=number,
                    previous=previous,
                    expected=expected,
                )
                yield book[id].place(*loc), message


_MOBILE = r"(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"
_IDENTITY = r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
_PERSONAL = re.compile(rf"(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})")
_LONG_NUMBER = re.compile(r"\d[\d -]{9}")
_PHONE_KEYS = ("phone", "backup", "emergency_phone", "number")


@check()
def restricted_word(book: Handbook) -> Iterator[Finding]:
    """No text may hold a mobile number or an identity number.

    The handbook names posts, not people; private numbers belong in no document that many read.

    Bad:

        text: 找王经理，手机 138 0000 0000

    Good:

        text: 找值班经理，分机 8001
    """
    for record, loc, text in book.said:
        if loc[-1] in _PHONE_KEYS or not _LONG_NUMBER.search(text):
            continue
        for match in _PERSONAL.finditer(text):
            hidden = match[0][:3] + "…" + match[0][-2:]
            if match["mobile"]:
                yield (
                    record.place(*loc),
                    say("a mobile number in a text: '{hidden}'; name the post instead", hidden=hidden),
                )
            else:
                yield (
                    record.place(*loc),
                    say("an identity number in a text: '{hidden}'; delete it", hidden=hidden),
                )


@check(Level.WARNING)
def role_without_page(book: Handbook) -> Iterator[Finding]:
    """A post inside the organisation should have something to read on its page.

    People open their post's page first; an empty one sends them away for good.

    Bad:

        title: 礼宾员              # no record lists it under roles, nothing is pinned

    Good:

        pinned: [{ id: taxi, heard: 帮我叫辆车, to: taxi-request }]
    """
    concerned = {role.id for record in book.published for role in book.roles_of(record)}
    for role in _approved(book, Role):
        if not role.external and not role.pinned and role.id not in concerned:
            yield (
                role.place("title"),
                say("no record lists '{role}' under 'roles' and nothing is pinned", role=role.id),
            )
