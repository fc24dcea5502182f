"""A model: a way of thinking about service, with its components in order."""

from typing import Literal

from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import say
from generator.values import ModelRef, ProseText, Slug, Strict, Text, Whole


class Node(Strict):
    """Something that components lie between."""

    id: Slug
    """Short name of the node, unique in the model."""
    title: Text
    """Its name."""
    side: Literal["customer", "organisation"]
    """On whose side it is."""


class Component(Strict):
    """One component, in its place."""

    id: Slug
    """Short name of the component, unique in the model."""
    title: Text
    """Its name."""
    text: ProseText | None = None
    """What it means; none where the source does not say."""
    between: list[Slug] = []
    """The two nodes it lies between, as in a gap model."""


class Zone(Strict):
    """What a value of the formula means."""

    id: Slug
    """Short name of the zone, unique in the model."""
    limit: Limit
    """The values, such as `> 0`."""
    text: Text
    """What they mean."""


class Model(Record):
    """A model that the organisation works with."""

    kind = "model"
    folder = "models"
    label = say("model")

    diagram: Literal["list", "chain", "cycle", "gaps"]
    """How it is drawn: side by side, one after another, round, or as gaps between nodes."""
    count: Whole
    """How many components it has, as its name or its source says."""
    components: list[Component]
    """The components in order."""
    nodes: list[Node] = []
    """What the components lie between; required with `diagram: gaps`."""
    formula: Text | None = None
    """The formula in words."""
    zones: list[Zone] = []
    """What the values of the formula mean."""
    use: ProseText
    """What we do with it."""
    rivals: list[ModelRef] = []
    """Models that say something else about the same matter."""
