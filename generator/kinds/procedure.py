"""A procedure: who does what, in which order, and what to do when things go otherwise."""

from generator.kinds.parts import Avoid, Item, Step
from generator.kinds.record import Record
from generator.limits import Bound
from generator.messages import say
from generator.values import Flag, Phone, RoleRef, Text, TouchpointRef


class Procedure(Record):
    """Steps from a trigger to an outcome."""

    kind = "procedure"
    folder = "procedures"
    label = say("procedure")

    trigger: Text
    """When to use it, in one line."""
    within: Bound | None = None
    """The time limit of the whole, shown in large type."""
    touchpoints: list[TouchpointRef] = []
    """Where it happens."""
    roles: list[RoleRef]
    """Who takes part; the first leads."""
    call: list[RoleRef]
    """Whom to call when stuck, in order."""
    number: Phone | None = None
    """The one outside number of an emergency, such as 120; required for emergencies."""
    first_actions: list[Item] = []
    """The first actions of an emergency, five at most; required for emergencies."""
    preconditions: list[Item] = []
    """What must be so before the first step."""
    steps: list[Step]
    """The steps in order."""
    outcome: Text
    """How you know it is done."""
    avoid: list[Avoid] = []
    """What not to do."""
    develops: Flag = False
    """true where standards are made by it: the `step` of a standard counts its steps."""
