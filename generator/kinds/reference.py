"""An outside document that records cite: law, standard, textbook, source file."""

from typing import Literal

from generator.kinds.record import Record
from generator.messages import say
from generator.values import Date, ReferenceRef, Strict, Text


class Section(Strict):
    """A clause of the document."""

    clause: Text
    """Its number or mark, as citations name it."""
    title: Text
    """What it is about."""


class Reference(Record):
    """A document we cite and do not own."""

    kind = "reference"
    folder = "references"
    label = say("reference")

    publisher: Text
    """Who published it."""
    edition: Text
    """The edition or date."""
    standing: Literal["current", "superseded", "unverified"]
    """Whether the edition is current, as of `checked_on`."""
    clauses: list[Section] = []
    """The clauses that may be cited."""
    superseded_by: ReferenceRef | None = None
    """The later edition."""
    checked_on: Date
    """The day the standing was last checked."""
