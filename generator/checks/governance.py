"""Governance: policies that somebody keeps, and guides that say what helps."""

from collections import defaultdict
from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.guide import Guide
from generator.kinds.policy import Policy
from generator.messages import say
from generator.problems import Level


@check()
def policy_without_approver(book: Handbook) -> Iterator[Finding]:
    """A policy must name the body that approves its changes.

    Rules that nobody has to approve are changed by whoever works with them.

    Bad:

        bodies: [{ id: department, powers: [write, inspect], ... }]

    Good:

        bodies:
          - { id: committee, powers: [approve], ... }
          - { id: department, powers: [write, inspect], ... }
    """
    for record in book.approved(Policy):
        if not any("approve" in body.powers for body in record.bodies):
            yield record.place("bodies"), say("no body has the power 'approve'")


@check()
def powers_not_apart(book: Handbook) -> Iterator[Finding]:
    """In a policy one body writes, and another one approves.

    Where two bodies write, each waits for the other or undoes its work; where the writer approves, nobody
    has read it again.

    Bad:

        bodies:
          - { id: committee, powers: [write, approve], ... }
          - { id: department, powers: [write, inspect], ... }

    Good:

        bodies:
          - { id: committee, powers: [approve], ... }
          - { id: department, powers: [write, inspect], ... }
    """
    for record in book.approved(Policy):
        holders: dict[str, list[str]] = defaultdict(list)
        for index, body in enumerate(record.bodies):
            for number, power in enumerate(body.powers):
                place = record.place("bodies", index, "powers", number)
                if power in ("write", "approve") and holders[power]:
                    message = say(
                        "'{power}' is held by '{other}' already; one body has it",
                        power=power,
                        other=holders[power][0],
                    )
                    yield place, message
                holders[power].append(body.id)
            if {"write", "approve"} <= set(body.powers):
                yield (
                    record.place("bodies", index, "powers"),
                    say("'{body}' writes and approves; who approves should be another", body=body.id),
                )


@check()
def guide_without_content(book: Handbook) -> Iterator[Finding]:
    """A guide must have key points or problems.

    Experience that says neither what matters nor what goes wrong helps nobody.

    Bad:

        phase: 旺季

    Good:

        phase: 旺季
        points: [{ id: regulars, point: 老客人有固定的联系人, measure: 换人时当面介绍 }]
    """
    for record in book.approved(Guide):
        if not record.points and not record.problems:
            yield record.place("points"), say("a guide needs 'points' or 'problems'")


@check(Level.WARNING)
def point_without_measure(book: Handbook) -> Iterator[Finding]:
    """A key point should say what to do about it: a measure, a record, or a gap with the id of the point.

    A difficulty that is only named leaves the reader where he was; what is not settled yet needs a person.

    Bad:

        points: [{ id: turnover, point: 客人有固定的联系人, difficulty: 员工流动大 }]

    Good:

        points: [{ id: turnover, point: 客人有固定的联系人, difficulty: 员工流动大 }]
        gaps: [{ id: turnover, text: 换人时怎样交接客人？, until_then: front-office-manager }]
    """
    for record in book.approved(Guide):
        open_ends = {gap.id for gap in record.gaps}
        for index, point in enumerate(record.points):
            if point.measure is None and point.record is None and point.id not in open_ends:
                message = say("what helps? write 'measure', 'record' or a gap '{id}'", id=point.id)
                yield record.place("points", index), message
