"""Tailoring: what is tailored keeps to its base, and follows it."""

import operator
from collections.abc import Iterator, Sequence

from generator.checks.engine import Finding, check
from generator.difference import Change, differences
from generator.handbook import Handbook
from generator.kinds.parts import CEILINGS
from generator.kinds.record import Record
from generator.limits import Band, Bound, Limit, LimitError, parse_limit
from generator.messages import Message, say
from generator.problems import Level
from generator.tailor import OWN
from generator.texts import at

ANY = "any"
_ALWAYS = ("title", "summary", "sources", "related", "gaps", "body")
"""What describes a record or refers from it may always be its own."""
_HOLDS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "=": operator.eq}


def _tailored(book: Handbook) -> Iterator[tuple[Record, Record]]:
    """Each living revision that is tailored, with its base."""
    for record in book.living:
        base = book.base_of(record)
        if base is not None:
            yield record, base


@check(Level.WARNING)
def base_moved(book: Handbook) -> Iterator[Finding]:
    """A tailored record should be pinned to the newest MAJOR of its base.

    The meaning of the base has changed; its owner has to decide whether that counts here too.

    Bad:

        extends: common/phone-answering@1     # 2.0 is approved

    Good:

        extends: common/phone-answering@2
    """
    for record, base in _tailored(book):
        newest = next(
            other for other in book.revisions[base.id] if other.status == "approved" or other is base
        )
        if not record.kept and newest.version.major > base.version.major:
            message = say(
                "'{id}' is in MAJOR {major} from {day} on ({place}); read what differs, then move the pin",
                id=base.id,
                major=newest.version.major,
                day=newest.effective,
                place=newest.place("version"),
            )
            yield record.place("extends"), message


@check(waivable=False)
def base_not_approved(book: Handbook) -> Iterator[Finding]:
    """The base of a published record must be approved.

    What nobody has approved must not reach readers by way of another record.

    Bad:

        extends: common/phone-answering@2     # its status: withdrawn

    Good:

        extends: common/phone-answering@3     # its status: approved
    """
    for record, base in _tailored(book):
        if record.status == "approved" and base.status != "approved":
            message = say(
                "its base '{id}' is {status} ({place})",
                id=base.id,
                status=say(base.status),
                place=base.place("status"),
            )
            yield record.place("extends"), message


@check(waivable=False)
def above_base(book: Handbook) -> Iterator[Finding]:
    """A tailored record must not be more visible than its base.

    Its readers would see what the base keeps from them.

    Bad:

        extends: statement@1                  # visibility: restricted
        visibility: internal

    Good:

        extends: statement@1
        visibility: restricted
    """
    for record, base in _tailored(book):
        own, other = book.visibility(record), book.visibility(base)
        if CEILINGS.index(own) < CEILINGS.index(other):
            message = say(
                "this record is {own}, its base '{id}' is {other} ({place})",
                own=say(own),
                id=base.id,
                other=say(other),
                place=base.place("visibility"),
            )
            yield record.place("visibility"), message


@check()
def outside_range(book: Handbook) -> Iterator[Finding]:
    """A tailored record may change only what its base lets vary, within the range given there.

    A base without `may_vary` lets everything vary. What is added to it is not held against anybody.

    Bad:

        # base: may_vary: { clauses.answer.measure.limit: 2..5 rings }
        clauses: [{ id: answer, measure: { limit: <= 8 rings } }]

    Good:

        clauses: [{ id: answer, measure: { limit: <= 4 rings } }]
    """
    for record, base in _tailored(book):
        for change in differences(base, record, OWN) if base.may_vary else ():
            if change.old is not None and change.path[0] not in _ALWAYS:
                message = _fault(base, change)
                if message:
                    yield record.place(*change.loc), message


def _fault(base: Record, change: Change) -> Message | None:
    key = next((key for key in base.may_vary if _covers(key.split("."), change.path)), None)
    name = ".".join(change.path)
    if key is None:
        place = base.place("may_vary")
        return say(
            "'{name}' may not vary; its base lets {known} vary ({place})",
            **_known(base),
            name=name,
            place=place,
        )
    allowed = base.may_vary[key]
    if allowed == ANY or not _is_limit(allowed) or _within(change.new, parse_limit(allowed)):
        return None
    place = base.place("may_vary", key)
    return say("'{name}' must be within {range} ({place})", name=name, range=allowed, place=place)


def _known(base: Record) -> dict[str, object]:
    return {"known": ", ".join(base.may_vary)}


def _covers(allowed: Sequence[str], path: Sequence[str]) -> bool:
    return tuple(path[: len(allowed)]) == tuple(allowed)


def _within(limit: object, allowed: Limit) -> bool:
    """Whether every value that a limit names lies in the allowed range."""
    if not isinstance(limit, (Bound, Band)) or limit.unit != allowed.unit:
        return False
    values = [limit.value] if isinstance(limit, Bound) else [limit.low, limit.high]
    if isinstance(allowed, Band):
        return all(allowed.low <= value <= allowed.high for value in values)
    if not isinstance(allowed, Bound):
        return False
    return all(_HOLDS[allowed.operator](value, allowed.value) for value in values)


@check()
def unknown_variation(book: Handbook) -> Iterator[Finding]:
    """`may_vary` must name fields of the record, each with a limit or `any`.

    A range for something that is not there protects nothing.

    Bad:

        may_vary: { clauses.anwser.measure.limit: 2..5 rings }

    Good:

        may_vary: { clauses.answer.measure.limit: 2..5 rings }
    """
    for record in book.living:
        for name, allowed in record.may_vary.items():
            if at(record, name.split(".")) is None:
                yield record.place("may_vary", name), say("this record has no '{name}'", name=name)
            if allowed != ANY and not _is_limit(allowed):
                yield record.place("may_vary", name), say("neither a limit nor 'any': '{text}'", text=allowed)


def _is_limit(text: str) -> bool:
    try:
        parse_limit(text)
    except LimitError:
        return False
    return True
