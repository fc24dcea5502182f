"""A metric: how a standard's result is counted."""

from typing import Literal

from generator.kinds.parts import Item, Target
from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import say
from generator.values import ProseText, Text


class Metric(Record):
    """A number reported each period."""

    kind = "metric"
    folder = "metrics"
    label = say("metric")

    formula: Text
    """The formula in words."""
    numerator: Text
    """What is counted above the line."""
    denominator: Text | None = None
    """What it is divided by."""
    unit: Text
    """The unit as declared in handbook.yml."""
    period: Literal["day", "week", "month", "quarter", "year"]
    """How often it is reported."""
    direction: Literal["up", "down", "band"]
    """up: more is better; down: less is better; band: both sides harm."""
    target: Target
    """The target as a limit, or `none` where none is set."""
    alert: Limit | None = None
    """The value that calls for action."""
    on_breach: ProseText
    """What to do when the alert is passed."""
    data_source: Text
    """Where the numbers come from."""
    exemptions: list[Item] = []
    """Cases that do not count."""
