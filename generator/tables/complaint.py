"""Complaints: how many there were of each class in a period."""

from datetime import date

from pydantic import Field

from generator.tables.cells import ClassRef, Count, SpanText
from generator.tables.row import Row
from generator.values import LocationRef, Ref


class Complaint(Row):
    """The complaints of one class at one place in one period."""

    table = "complaints"
    key = ("class", "period", "location")
    subject_column = "class"

    sort: ClassRef = Field(alias="class")
    """The class, as classification#class."""
    period: SpanText
    """When."""
    location: LocationRef
    """Where."""
    count: Count
    """How many."""
    in_time: Count | None = None
    """How many of them were answered within the class's deadline."""
    repeats: Count | None = None
    """How many came from somebody who had complained about the same before."""

    @property
    def subject(self) -> Ref:
        return self.sort

    @property
    def day(self) -> date:
        return self.period.last
