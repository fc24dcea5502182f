"""A script (话术): the sentence to say, what they may answer, and what never to promise."""

from generator.kinds.parts import Avoid, Channel, Item, Line, Placeholder, Reply
from generator.kinds.record import Record
from generator.limits import Season
from generator.messages import say
from generator.values import Flag, RoleRef, Text, TouchpointRef


class Script(Record):
    """What to say in one situation."""

    kind = "script"
    folder = "scripts"
    label = say("script")

    situation: Text
    """When to say it."""
    intent: Text
    """What it is meant to achieve."""
    roles: list[RoleRef]
    """Who says it."""
    touchpoints: list[TouchpointRef] = []
    """Where it is said."""
    channel: Channel
    """How it is said."""
    mandatory: Flag
    """true: word for word; false: in one's own words."""
    first_line: Text
    """The first sentence, short enough to read aloud at once."""
    foreign: Text | None = None
    """The first sentence in English."""
    lines: list[Line] = []
    """What follows."""
    if_they_say: list[Reply] = []
    """What they may say, and the answer."""
    never_promise: list[Item] = []
    """What never to promise."""
    never_reveal: list[Item] = []
    """What never to tell."""
    avoid: list[Avoid] = []
    """Words to avoid, and why."""
    close: Text | None = None
    """The last sentence."""
    placeholders: list[Placeholder] = []
    """The words in braces."""
    season: Season | None = None
    """The months in which it is used."""
