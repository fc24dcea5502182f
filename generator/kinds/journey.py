"""The customer's way through the service, stage by stage."""

from generator.kinds.parts import Channel, Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import Slug, Strict, Text, TouchpointRef


class Stage(Strict):
    """A part of the journey."""

    id: Slug
    """Short name of the stage, unique in the journey."""
    title: Text
    """Name of the stage, from the customer's side."""
    touchpoints: list[TouchpointRef]
    """The contacts of the stage in order."""
    back: list[Item] = []
    """What goes on meanwhile where the customer does not see it."""
    support: list[Item] = []
    """The systems, supplies and outside firms it rests on."""
    waits: list[Item] = []
    """Where the customer waits."""
    fails: list[Item] = []
    """Where it goes wrong most often."""


class Journey(Record):
    """Ordered stages of touchpoints."""

    kind = "journey"
    folder = "journeys"
    label = say("journey")

    channel: Channel
    """How customer and staff mostly meet."""
    stages: list[Stage]
    """The stages in order."""
    first_contact: TouchpointRef
    """Where the customer first meets us."""
    last_contact: TouchpointRef
    """The last impression."""
