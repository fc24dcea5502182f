"""A guide: key points with their difficulties and measures, or problems with their remedies."""

from generator.kinds.record import Record
from generator.messages import say
from generator.values import AnyRef, ProseText, RoleRef, Slug, Strict, Text


class Point(Strict):
    """A key point, what makes it hard, and what helps."""

    id: Slug
    """Short name of the entry, unique in the guide."""
    point: Text
    """What matters."""
    difficulty: Text | None = None
    """What makes it hard."""
    measure: ProseText | None = None
    """What to do about it."""
    record: AnyRef | None = None
    """The record that settles it."""


class Trouble(Strict):
    """A problem, where it comes from, what it does, and what cures it."""

    id: Slug
    """Short name of the entry, unique in the guide."""
    problem: Text
    """What goes wrong."""
    cause: Text
    """Why."""
    effect: Text
    """What it does to customers or to us."""
    remedy: ProseText
    """What to do."""
    record: AnyRef | None = None
    """The record that settles it."""


class Guide(Record):
    """What experience says about a piece of work."""

    kind = "guide"
    folder = "guides"
    label = say("guide")

    roles: list[RoleRef]
    """Whom it helps."""
    phase: Text | None = None
    """The stretch of time or the part of the site it is for."""
    points: list[Point] = []
    """Key point, difficulty, measure."""
    problems: list[Trouble] = []
    """Problem, cause, effect, remedy."""
