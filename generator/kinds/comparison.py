"""A comparison: what several business lines rule on one matter, clause beside clause."""

from generator.kinds.record import Record
from generator.messages import say
from generator.values import ClauseRef, ProseText


class Comparison(Record):
    """One matter and the clauses that rule on it, of business lines, places or both."""

    kind = "comparison"
    folder = "comparisons"
    label = say("comparison")

    clauses: list[ClauseRef]
    """The clauses side by side, as standard#clause; two or more."""
    why: ProseText
    """Why they differ, or what keeps them alike."""
