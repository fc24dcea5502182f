"""A contact between customer and staff, with the seven questions of the moment-of-truth worksheet."""

from generator.kinds.parts import Channel
from generator.kinds.record import Record
from generator.messages import say
from generator.values import Flag, ProseText, RoleRef, Text


class Touchpoint(Record):
    """A contact on the journey."""

    kind = "touchpoint"
    folder = "touchpoints"
    label = say("touchpoint")

    roles: list[RoleRef]
    """Who serves the customer here."""
    channel: Channel
    """How they meet."""
    customers: Text
    """Who the customers are here and what marks them."""
    expectation: Text
    """What the customer expects."""
    critical: Flag = False
    """true for a moment of truth: what happens here decides the customer's judgement."""
    why_critical: Text | None = None
    """Why it decides; required when critical."""
    current: ProseText
    """What we do today."""
    gap: ProseText | None = None
    """How it differs from what the customer expects."""
    closing: ProseText | None = None
    """What closes the gap; required with `gap`."""
