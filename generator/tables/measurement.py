"""Measurements: what a metric came to in a period."""

from datetime import date

from generator.tables.cells import Amount, SpanText
from generator.tables.row import Row
from generator.values import LocationRef, MetricRef, Ref, Text


class Measurement(Row):
    """One metric at one place in one period."""

    table = "measurements"
    key = ("metric", "location", "period")
    subject_column = "metric"

    metric: MetricRef
    """What was measured."""
    location: LocationRef | None = None
    """Where; none means all places together."""
    period: SpanText
    """When, as long as the metric's period."""
    numerator: Amount
    """What was counted above the line."""
    denominator: Amount | None = None
    """What it is divided by."""
    value: Amount
    """The result in the metric's unit, without it."""
    note: Text | None = None
    """What a reader must know about this figure."""

    @property
    def subject(self) -> Ref:
        return self.metric

    @property
    def day(self) -> date:
        return self.period.last
