"""A case: what happened, why, and what it teaches."""

from typing import Literal

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import CitedRef, ProseText, Text


class Case(Record):
    """A success or a failure worth learning from."""

    kind = "case"
    folder = "cases"
    label = say("case")

    industry: Text
    """The trade it happened in."""
    outcome: Literal["success", "failure"]
    """How it ended for the customer."""
    situation: ProseText
    """What happened, to whom, where."""
    action: ProseText
    """What was done or left undone."""
    cause: ProseText
    """Why it went well or wrong."""
    lesson: ProseText
    """What to do the same way, or otherwise."""
    factors: list[Item] = []
    """What made the difference."""
    costs: list[Item] = []
    """What it cost or saved, with the figures."""
    teaches: list[CitedRef]
    """The records it illustrates, or their clauses as standard#clause."""
    questions: list[Item] = []
    """Questions to discuss."""
