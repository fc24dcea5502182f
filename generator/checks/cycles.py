"""Ways through a record or up a ladder: they lead on, and they end."""

from collections.abc import Callable, Iterator, Mapping

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.finding import Finding as FindingRecord
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.role import Role
from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import hint


@check(waivable=False, turns=(Role, Reference, FindingRecord))
def reference_cycle(book: Handbook) -> Iterator[Finding]:
    """Ladders must end: reports_to, above, next, superseded_by and repeat_of must not lead back.

    An employee who asks upwards would be sent round in a circle.

    Bad:

        receptionist reports_to duty-manager, duty-manager reports_to receptionist

    Good:

        receptionist reports_to front-office-manager, front-office-manager reports_to general-manager
    """
    yield from _ladder(book, Role, lambda role: role.reports_to, ("reports_to",))
    yield from _ladder(book, Reference, lambda reference: reference.superseded_by, ("superseded_by",))
    yield from _ladder(book, FindingRecord, lambda finding: finding.repeat_of, ("repeat_of",))
    for remedy in book.settings.remedies:
        steps = {d.role.id: (d.role, d.role.authority.index(d.row)) for d in book.deciders(remedy)}
        chains = {id: role.authority[index].above for id, (role, index) in steps.items()}
        for id in _looping(chains):
            role, index = steps[id]
            yield role.place("authority", index, "above"), _circle(chains, id)
    for record in book.each(Classification):
        classes = {item.id: item.next for item in record.classes}
        for id in _looping(classes):
            index = list(classes).index(id)
            yield record.place("classes", index, "next"), _circle(classes, id)


def _ladder(
    book: Handbook, kind: type[Record], above: Callable[..., str | None], loc: Loc
) -> Iterator[Finding]:
    chains = {record.id: above(record) for record in book.in_force(kind)}
    for id in _looping(chains):
        yield book[id].place(*loc), _circle(chains, id)


def _looping(chains: Mapping[str, str | None]) -> Iterator[str]:
    """The first of each circle, by name."""
    told: set[str] = set()
    for start in sorted(chains):
        seen: list[str] = []
        at: str | None = start
        while at is not None and at in chains and at not in seen:
            seen.append(at)
            at = chains[at]
        if at == start and not told & set(seen):
            told |= set(seen)
            yield start


def _circle(chains: Mapping[str, str | None], start: str) -> Message:
    path = [start]
    while (at := chains[path[-1]]) and at != start:
        path.append(at)
    return say("goes round in a circle: {path}", path=" -> ".join([*path, start]))


@check(waivable=False)
def dead_goto(book: Handbook) -> Iterator[Finding]:
    """A branch or a next class must lead to a step or class of the same record.

    Whoever follows it would look for a step that is not there, with the customer waiting.

    Bad:

        branches: [{ id: no-room, when: 没有空房, goto: relocat }]

    Good:

        branches: [{ id: no-room, when: 没有空房, goto: relocate }]
    """
    for procedure in book.each(Procedure):
        steps = [step.id for step in procedure.steps]
        for index, step in enumerate(procedure.steps):
            for number, branch in enumerate(step.branches):
                if branch.goto is not None and branch.goto not in steps:
                    place = procedure.place("steps", index, "branches", number, "goto")
                    yield place, say("no step '{id}'{hint}", id=branch.goto, hint=hint(branch.goto, steps))
    for record in book.each(Classification):
        ids = [item.id for item in record.classes]
        for index, item in enumerate(record.classes):
            if item.next is not None and item.next not in ids:
                place = record.place("classes", index, "next")
                yield place, say("no class '{id}'{hint}", id=item.next, hint=hint(item.next, ids))
