"""A customer group: people with a need in common, and how to serve them with dignity."""

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import FacilityRef, ProcedureRef, ProseText, RoleRef, ScriptRef, Slug, Strict, Text


class Variation(Strict):
    """What is different for this group."""

    id: Slug
    """Short name of the entry, unique in the group."""
    when: Text
    """In which situation."""
    do: ProseText
    """What is done differently."""
    procedure: ProcedureRef | None = None
    """The procedure to follow."""
    script: ScriptRef | None = None
    """What to say."""


class Declined(Strict):
    """What to do when somebody does not want help."""

    do: ProseText
    """What to do and what to leave alone."""
    script: ScriptRef | None = None
    """What to say then."""


class CustomerGroup(Record):
    """Who they are, what helps, and how their wish comes first."""

    kind = "customer-group"
    folder = "customer-groups"
    label = say("customer group")

    roles: list[RoleRef]
    """Who serves them."""
    recognise: list[Item]
    """How to recognise the need without asking for proof."""
    dignity: list[Item]
    """What to do and never to do, so that nobody is shamed."""
    facilities: list[FacilityRef] = []
    """What must be in place for them."""
    variations: list[Variation] = []
    """What is done differently."""
    declined: Declined
    """What to do when they want no help."""
