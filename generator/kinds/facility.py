"""A facility: equipment or a room that the service needs, where it stands and how it is kept."""

from typing import Literal

from generator.kinds.parts import Item, Obligation
from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import say
from generator.values import FormRef, ProseText, RoleRef, Slug, Strict, Text, TouchpointRef


class Requirement(Strict):
    """One requirement that the facility must fulfil."""

    id: Slug
    """Short name of the requirement, unique in the facility."""
    level: Literal["must", "should", "may"]
    """must 必须, should 应当, may 可以."""
    text: ProseText
    """The requirement."""
    limit: Limit | None = None
    """Quantity, area or state, such as `>= 400 m2`, `>= 1 pieces` or `present`."""
    when: Slug | None = None
    """The condition, declared in handbook.yml, under which it counts, such as rain."""
    obligation: Obligation | None = None
    """Where the duty comes from, if it differs from the record's."""


class Upkeep(Strict):
    """How the facility is checked and kept."""

    id: Slug
    """Short name of the entry, unique in the facility."""
    text: ProseText
    """What is checked or done."""
    cycle: Text
    """How often."""
    method: Text
    """How: by eye, by test call, by a service firm."""
    role: RoleRef
    """Who does it."""
    limit: Limit | None = None
    """What the check must show, such as `<= 1 min`."""
    form: FormRef | None = None
    """Where it is recorded."""


class Facility(Record):
    """Something that must be in place, and stay in working order."""

    kind = "facility"
    folder = "facilities"
    label = say("facility")

    roles: list[RoleRef]
    """Who looks after it and who uses it."""
    touchpoints: list[TouchpointRef] = []
    """Where customers meet it."""
    requirements: list[Requirement]
    """What must be there."""
    siting: list[Item] = []
    """Where it stands, and near or far from what."""
    signage: list[Item] = []
    """What signs say, and where they hang."""
    upkeep: list[Upkeep]
    """How it is kept."""
    if_broken: ProseText
    """What to do at once when it is missing or does not work."""
