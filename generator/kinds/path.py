"""A path: how somebody new grows into a post."""

from typing import Literal

from generator.kinds.record import Record
from generator.limits import Bound
from generator.messages import say
from generator.values import AnyRef, FormRef, ProseText, RoleRef, Slug, Strict, Text


class Lesson(Strict):
    """One thing to learn or to show."""

    id: Slug
    """Short name of the lesson, unique in its milestone."""
    way: Literal["read", "with-mentor", "alone", "exam"]
    """read; do with the mentor; do alone under the mentor's eyes; exam."""
    text: ProseText
    """What to read, do or show, so that it can be ticked off."""
    record: AnyRef | None = None
    """The record it is about."""


class Milestone(Strict):
    """A stretch of the path and the day by which it is done."""

    id: Slug
    """Short name of the milestone, unique in the path."""
    title: Text
    """Heading, such as 第一天."""
    within: Bound
    """Until when after the first day, such as `<= 7 days`."""
    lessons: list[Lesson]
    """The lessons in order."""
    passed: ProseText
    """What the new colleague can then do without help."""


class Path(Record):
    """The onboarding of a post, from the first day to working alone."""

    kind = "path"
    folder = "paths"
    label = say("path")

    roles: list[RoleRef]
    """The posts it leads to."""
    mentor: RoleRef
    """Who accompanies."""
    examiner: RoleRef
    """Who decides that it is passed."""
    form: FormRef | None = None
    """Where each lesson is signed."""
    milestones: list[Milestone]
    """The milestones in order."""
    if_failed: ProseText
    """What follows when a milestone is not passed."""
    retrain: list[Text] = []
    """What makes a trained colleague come back to the path."""
