"""Steps: procedures that work when things go otherwise."""

from collections.abc import Iterator, Sequence

from generator import prose
from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.facility import Facility, Upkeep
from generator.kinds.parts import Step
from generator.kinds.procedure import Procedure
from generator.kinds.role import Role
from generator.messages import say
from generator.problems import Level

MAX_FIRST_ACTIONS = 5
MAX_ACTION_LENGTH = 60


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
    for record in book.approved(Procedure):
        if not record.emergency:
            continue
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
    for record in book.approved(Procedure):
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
    for record in book.approved(Procedure):
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
    """Who does a step, or keeps a facility, should be listed among the roles of the record.

    A post's own page shows the records that list it; otherwise those who have to act do not find them.

    Bad:

        roles: [receptionist]
        steps: [{ id: carry, role: porter, action: 送行李 }]

    Good:

        roles: [receptionist, porter]
    """
    listed: list[tuple[Procedure | Facility, str, Sequence[Step | Upkeep]]] = [
        *((record, "steps", record.steps) for record in book.approved(Procedure)),
        *((record, "upkeep", record.upkeep) for record in book.approved(Facility)),
    ]
    for record, name, entries in listed:
        for index, entry in enumerate(entries):
            role = book.get(entry.role)
            if isinstance(role, Role) and not role.external and entry.role not in record.roles:
                message = say("'{role}' is not listed under 'roles'", role=entry.role)
                yield record.place(name, index, "role"), message
