"""A rating: weighted items that make an index, or grades that thresholds decide."""

from typing import Literal

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import say
from generator.values import Number, ProcedureRef, ProseText, Slug, StandardRef, Strict, Text, Whole


class Weighted(Strict):
    """One item of an index."""

    id: Slug
    """Short name of the item, unique in the rating; failure counts name it as rating#item."""
    text: Text
    """What is counted."""
    weight: Number
    """How much one of it counts."""
    standard: StandardRef | None = None
    """The standard that it breaks, or the clause as standard#clause."""


class Threshold(Strict):
    """One condition of a grade."""

    id: Slug
    """Short name of the condition, unique in the grade."""
    text: Text
    """What is looked at."""
    limit: Limit
    """What it must reach, such as `>= 95 %`."""


class Grade(Strict):
    """One grade of an axis."""

    id: Slug
    """Short name of the grade, unique in the axis."""
    title: Text
    """Name of the grade, such as A or 五星."""
    meets: Literal["all", "any"] = "all"
    """all: every threshold must be reached; any: one is enough."""
    thresholds: list[Threshold] = []
    """What it takes; none where the scheme does not say."""


class Axis(Strict):
    """One scale of grades, such as size or service."""

    id: Slug
    """Short name of the axis, unique in the rating."""
    title: Text
    """What it judges."""
    grades: list[Grade]
    """The grades, best first."""


class Rating(Record):
    """How a whole is judged from its parts: an index, a scheme of grades, or both."""

    kind = "rating"
    folder = "ratings"
    label = say("rating")

    publisher: Text
    """Who issues it."""
    combine: Literal["sum", "mean"] | None = None
    """sum: count times weight, added up; mean: the weighted mean; required with `items`."""
    items: list[Weighted] = []
    """The weighted items of the index."""
    total: Number | None = None
    """The sum of all weights as somebody states it."""
    weights_version: Whole | None = None
    """Moves whenever an item or a weight changes, as two series are never joined; required with `items`."""
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    """How often the index is worked out; required with `items`."""
    direction: Literal["up", "down"] | None = None
    """up: more is better; down: less is better; required with `items`."""
    ideal: Number | None = None
    """The best value of the index."""
    axes: list[Axis] = []
    """The scales of grades."""
    eligibility: list[Item] = []
    """Who or what may be rated."""
    limitations: list[Item] = []
    """What the rating does not say, and what is said against it."""
    on_worse: ProseText | None = None
    """What to do when the index or the grade gets worse."""
    procedure: ProcedureRef | None = None
    """The procedure to follow then."""
