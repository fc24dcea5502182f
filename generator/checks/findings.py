"""Models and findings: gaps are classed by a model that has them, and actions end in proof."""

from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.finding import Corrective, Verified
from generator.kinds.finding import Finding as FindingRecord
from generator.kinds.model import Model
from generator.messages import say
from generator.problems import Level, hint
from generator.progress import progress


@check(waivable=False, turns=(Model,))
def unknown_component(book: Handbook) -> Iterator[Finding]:
    """A finding's `gap` must be a component of its model.

    Gaps of two models must not be mixed: the third of five is not the third of four.

    Bad:

        model: common/five-gaps
        gap: delivry

    Good:

        model: common/five-gaps
        gap: delivery
    """
    for record in book.each(FindingRecord):
        model = book.get(record.model)
        if isinstance(model, Model):
            known = [component.id for component in model.components]
            if record.gap not in known:
                message = say(
                    "'{id}' has no component '{name}'{hint}",
                    id=model.id,
                    name=record.gap,
                    hint=hint(record.gap, known),
                )
                yield record.place("gap"), message


@check()
def action_unproved(book: Handbook) -> Iterator[Finding]:
    """A done action must give its evidence; whoever verifies it must be another post, and later.

    Whoever did something believes that it worked; that is why another post looks.

    Bad:

        actions:
          - { id: cards, who: front-office-manager, state: done, verified: { by: front-office-manager, ... } }

    Good:

        actions:
          - id: cards
            who: front-office-manager
            state: done
            evidence: 11 月 3 日照片
            verified: { on: 2026-11-20, by: quality-auditor, effective: true }
    """
    for record in book.approved(FindingRecord):
        for index, action in enumerate(record.actions):
            if action.state == "done" and action.evidence is None:
                yield (
                    record.place("actions", index, "state"),
                    say("done, but what shows it? key 'evidence' is missing"),
                )
            if action.verified:
                yield from _verification_faults(record, index, action, action.verified)


def _verification_faults(
    record: FindingRecord, index: int, action: Corrective, verified: Verified
) -> Iterator[Finding]:
    if action.state != "done":
        message = say("verified, but 'state: {state}'", state=action.state)
        yield record.place("actions", index, "verified"), message
    if verified.by == action.who:
        message = say("'{role}' has done it; another post must verify it", role=action.who)
        yield record.place("actions", index, "verified", "by"), message
    if verified.on < record.found_on:
        message = say(
            "verified on {on}, before it was found on {found}", on=verified.on, found=record.found_on
        )
        yield record.place("actions", index, "verified", "on"), message


@check(turns=(FindingRecord,))
def duplicate_rank(book: Handbook) -> Iterator[Finding]:
    """No two open findings of a pack may have the same rank.

    The rank says what to work on first; with two firsts nobody does either.

    Bad:

        rank: 1                   # slow-check-in.yml has rank 1 too

    Good:

        rank: 2
    """
    taken: dict[tuple[str, int], FindingRecord] = {}
    for record in book.in_force(FindingRecord):
        if progress(book, record) == "closed":
            continue
        first = taken.setdefault((record.pack, record.rank), record)
        if first is not record:
            yield (
                record.place("rank"),
                say("rank {rank} is taken by {place}", rank=record.rank, place=first.place("rank")),
            )


@check(Level.WARNING)
def overdue_action(book: Handbook) -> Iterator[Finding]:
    """An action should be done by its day, or get another one with the reason.

    An action that stays overdue tells everybody that findings do not matter.

    Bad:

        due: 2026-06-30
        state: open               # today is 2026-11-20

    Good:

        due: 2026-12-31
        state: under-way
    """
    for record in book.approved(FindingRecord):
        for index, action in enumerate(record.actions):
            if action.state in ("open", "under-way") and action.due < book.today:
                message = say(
                    "was due on {due}; 'state' is still {state}", due=action.due, state=action.state
                )
                yield record.place("actions", index, "due"), message


@check()
def unknown_node(book: Handbook) -> Iterator[Finding]:
    """`between` must name two nodes of the model; a diagram of gaps needs nodes, and each component its two.

    A gap is only understood by what lies on either side of it.

    Bad:

        diagram: gaps
        components: [{ id: knowledge, title: 认识差距 }]

    Good:

        diagram: gaps
        nodes: [{ id: expected, ... }, { id: believed, ... }]
        components: [{ id: knowledge, title: 认识差距, between: [expected, believed] }]
    """
    for record in book.approved(Model):
        known = [node.id for node in record.nodes]
        if record.diagram == "gaps" and not known:
            yield record.place("diagram"), say("'diagram: gaps' needs 'nodes'")
            continue
        for index, component in enumerate(record.components):
            for number, name in enumerate(component.between):
                if name not in known:
                    message = say("no node '{id}'{hint}", id=name, hint=hint(name, known))
                    yield record.place("components", index, "between", number), message
            wanted = (2,) if record.diagram == "gaps" else (0, 2)
            if len(component.between) not in wanted:
                message = say("'between' must name two nodes: got {count}", count=len(component.between))
                yield record.place("components", index), message


@check()
def component_unsettled(book: Handbook) -> Iterator[Finding]:
    """A component must say what it means, or `gaps` must have an entry with its id.

    A letter without its word is a hole that each reader fills in another way.

    Bad:

        components: [{ id: viewing, title: V }]

    Good:

        components: [{ id: viewing, title: V }]
        gaps: [{ id: viewing, text: V 代表什么？, until_then: quality-manager }]
    """
    for record in book.approved(Model):
        unsettled = {gap.id for gap in record.gaps}
        for index, component in enumerate(record.components):
            if component.text is None and component.id not in unsettled:
                message = say(
                    "what does '{title}' mean? give 'text', or a gap with the id '{id}'",
                    title=component.title,
                    id=component.id,
                )
                yield record.place("components", index), message
