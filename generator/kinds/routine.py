"""A routine: the list a shift ticks off, opening, closing, handover or briefing."""

from typing import Literal

from generator.kinds.record import Record
from generator.limits import Window
from generator.messages import say
from generator.values import AnswerRef, FormRef, ProseText, RoleRef, Slug, Strict, Text


class Task(Strict):
    """One thing to do or to look at."""

    id: Slug
    """Short name of the task, unique in the routine."""
    text: ProseText
    """What to do or to look at, so that the answer is done or not."""
    at: Text | None = None
    """When exactly, such as 22:30 or 接班后."""
    by: AnswerRef | None = None
    """What it is done or judged by: a procedure, script, form or standard#clause."""
    form: FormRef | None = None
    """Where the result is written down."""
    if_not_ok: ProseText | None = None
    """What to do when it is not in order."""
    report: RoleRef | None = None
    """Whom to tell when it is not in order."""


class Routine(Record):
    """A list for one shift, in the order of work; it fits one sheet of paper."""

    kind = "routine"
    folder = "routines"
    label = say("routine")

    occasion: Literal["opening", "shift", "handover", "closing", "briefing"]
    """Which part of the day it serves."""
    shift: Slug
    """The shift, as declared in handbook.yml."""
    hours: Window
    """Which days and between which hours it is done."""
    roles: list[RoleRef]
    """Who does it."""
    tasks: list[Task]
    """The tasks in order."""
    if_not_ok: ProseText
    """What to do with a failed task that says nothing of its own."""
    form: FormRef | None = None
    """The form on which the signed list is kept."""
    signed_by: RoleRef
    """Who signs the finished list."""
    hand_over_to: RoleRef | None = None
    """Who takes over what is left open."""
