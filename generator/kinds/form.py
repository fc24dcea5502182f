"""A form: inspection, audit, mystery visit, survey or record, with items tied to clauses."""

from typing import Literal

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import say
from generator.values import ClauseRef, FacilityEntryRef, Flag, Number, RoleRef, Slug, Strict, Text

Answer = Literal["yes-no", "in-place", "number", "score", "text", "choice"]


class Question(Strict):
    """One item to fill in."""

    id: Slug
    """Short name of the item, unique in the section."""
    text: Text
    """The item."""
    clause: ClauseRef | None = None
    """The clause it checks, as standard#clause."""
    facility: FacilityEntryRef | None = None
    """What it checks of a facility: an entry of its upkeep or a requirement, as facility#entry."""
    answer: Answer
    """yes-no; in-place (in place / not applicable / action needed); number; score; text; choice."""
    choices: list[Text] = []
    """The choices; required for `choice`."""
    points: Number | None = None
    """Points for a full answer."""
    critical: Flag = False
    """true: failing it fails the whole form."""
    evidence: Text | None = None
    """What to look at or attach."""


class Section(Strict):
    """A group of items."""

    id: Slug
    """Short name of the section, unique in the form."""
    title: Text
    """Heading."""
    items: list[Question]
    """The items in order."""


class Grading(Strict):
    """A result band."""

    id: Slug
    """Short name of the band, unique in the form."""
    title: Text
    """Name of the band."""
    limit: Limit
    """The share of points it needs, such as `>= 90 %`."""
    action: Text
    """What happens then."""


class Form(Record):
    """Something to fill in."""

    kind = "form"
    folder = "forms"
    label = say("form")

    purpose: Literal["inspection", "audit", "mystery-visit", "survey", "record"]
    """What it is for."""
    sections: list[Section]
    """The items in their sections; n.a. leaves the denominator."""
    bands: list[Grading] = []
    """How a result is judged."""
    frequency: Text
    """How often it is filled in."""
    method: Text
    """How it is filled in."""
    inspector: RoleRef
    """Who fills it in."""
    sample: Text | None = None
    """How many cases, how chosen."""
    channel: Text | None = None
    """Paper, tablet, telephone, web."""
    then: list[Item] = []
    """What to do with the result."""
