"""Failures: how often each item of an index failed in a period."""

from datetime import date

from generator.tables.cells import Count, SpanText, WeightedRef
from generator.tables.row import Row
from generator.values import LocationRef, Ref


class Failure(Row):
    """One item of one rating at one place in one period; zero is written too."""

    table = "failures"
    key = ("item", "period", "location")
    subject_column = "item"

    item: WeightedRef
    """What failed, as rating#item."""
    period: SpanText
    """When, as long as the rating's period."""
    location: LocationRef
    """Where."""
    count: Count
    """How often; 0 where it did not."""

    @property
    def subject(self) -> Ref:
        return self.item

    @property
    def day(self) -> date:
        return self.period.last
