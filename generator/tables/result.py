"""Results: filled forms, a row per answered item."""

from datetime import date

from generator.tables.cells import Day
from generator.tables.row import Row
from generator.values import FindingRef, FormRef, LocationRef, Ref, RoleRef, Slug, Text


class Result(Row):
    """The answer to one item of one filled form."""

    table = "results"
    key = ("form", "sheet", "section", "item")
    subject_column = "form"
    day_column = "on"

    sheet: Slug
    """Name or number of the filled form, the same in all of its rows."""
    form: FormRef
    """The form that was filled in."""
    on: Day
    """The day."""
    location: LocationRef | None = None
    """Where."""
    inspector: RoleRef
    """The post that filled it in."""
    section: Slug
    """The section of the form."""
    item: Slug
    """The item in the section."""
    answer: Text
    """The answer, in the words of the item's kind of answer."""
    evidence: Text | None = None
    """What was seen, or where it is kept; required where the item names evidence."""
    finding: FindingRef | None = None
    """The finding that follows from it."""

    @property
    def subject(self) -> Ref:
        return self.form

    @property
    def day(self) -> date:
        return self.on
