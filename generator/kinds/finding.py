"""A finding: where what happens differs from what should, why, and what is done about it."""

from typing import Literal

from generator.kinds.record import Record
from generator.messages import say
from generator.values import (
    CitedRef,
    Date,
    FindingRef,
    Flag,
    LocationRef,
    ModelRef,
    ProseText,
    RoleRef,
    Slug,
    Strict,
    Text,
    Whole,
)


class Verified(Strict):
    """Somebody has looked whether it worked."""

    on: Date
    """The day."""
    by: RoleRef
    """The post that looked, other than the one that did it."""
    effective: Flag
    """true: the fault has not come back; false: it has, or nothing changed."""


class Corrective(Strict):
    """One corrective action against the cause."""

    id: Slug
    """Short name of the action, unique in the finding."""
    text: ProseText
    """What is done, so that the fault does not come back."""
    who: RoleRef
    """The post that does it."""
    due: Date
    """The day by which it is done."""
    state: Literal["open", "under-way", "done", "dropped"]
    """How far it is."""
    evidence: Text | None = None
    """What shows that it was done; required when done."""
    verified: Verified | None = None
    """Whether it worked."""


class Finding(Record):
    """A gap between expected and actual, followed up until it is closed."""

    kind = "finding"
    folder = "findings"
    label = say("finding")

    found_on: Date
    """The day it was found."""
    found_by: Text
    """How it came to light: audit, complaint, measurement, a colleague."""
    location: LocationRef | None = None
    """Where."""
    model: ModelRef
    """The gap model by which it is classed."""
    gap: Slug
    """The component of that model."""
    about: list[CitedRef]
    """The records it concerns, or their clauses as standard#clause."""
    rank: Whole
    """Its place in the order of work, 1 first."""
    expected: Text
    """What should be."""
    actual: Text
    """What is."""
    root_cause: ProseText
    """Why, followed down to what can be changed."""
    correction: ProseText
    """What was done at once."""
    actions: list[Corrective]
    """What is done so that it does not come back."""
    repeat_of: FindingRef | None = None
    """The earlier finding that has come back."""
    decision: Text | None = None
    """What was decided, by whom, when."""
