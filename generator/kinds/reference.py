"""An outside document that records cite: law, standard, textbook, source file."""

from typing import Literal

from generator.kinds.record import Record
from generator.messages import say
from generator.values import AnyRef, Date, ReferenceRef, Slug, Strict, Text


class Carrier(Strict):
    """The place in a record that carries a fact."""

    record: AnyRef
    """The record."""
    field: Text
    """The field, with ids of entries, such as `clauses.answer.measure.limit`."""


class Fact(Strict):
    """Something that a clause says, with the records that carry it."""

    id: Slug
    """Short name of the fact, unique in the clause."""
    text: Text
    """What the clause says, in our words."""
    carried: list[Carrier]
    """Where it stands in the handbook."""


class Section(Strict):
    """A clause of the document."""

    clause: Text
    """Its number or mark, as citations name it."""
    title: Text
    """What it is about."""
    facts: list[Fact] = []
    """What it says, fact by fact."""


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
