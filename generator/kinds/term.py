"""A glossary term."""

from generator.kinds.record import Record
from generator.messages import say
from generator.values import ProseText, Strict, TermRef, Text


class Confusion(Strict):
    """A term that is often taken for this one."""

    term: TermRef
    """The other term."""
    difference: Text
    """How they differ."""


class Term(Record):
    """A word and what it means here."""

    kind = "term"
    folder = "terms"
    label = say("term")

    english: Text
    """The term in English."""
    definition: ProseText
    """What it means."""
    synonyms: list[Text] = []
    """Other words for the same; they feed the search."""
    not_to_confuse: list[Confusion] = []
    """Terms often taken for this one."""
