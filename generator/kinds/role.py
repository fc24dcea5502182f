"""A post at work: what it does, what it may decide, and where it starts."""

from typing import Literal

from generator.kinds.parts import Authority, Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import AnswerRef, Flag, RoleRef, Slug, Strict, Text


class Pin(Strict):
    """A situation on the role's first page, in the customer's words."""

    id: Slug
    """Short name of the pin, unique in the role."""
    heard: Text
    """What the customer says or does, in their words."""
    to: AnswerRef
    """The record that answers it."""


class Role(Record):
    """A post, never a person."""

    kind = "role"
    folder = "roles"
    label = say("role")

    duties: list[Item]
    """What the post answers for."""
    reports_to: RoleRef | None = None
    """The post above."""
    deputies: list[RoleRef] = []
    """Posts that stand in."""
    abilities: list[Item] = []
    """What one must be able to do before taking the post."""
    external: Flag = False
    """true for people outside the organisation: customer, companion, police."""
    appointed: Literal["appointed", "elected"] = "appointed"
    """How the post is filled."""
    pinned: list[Pin] = []
    """The situations on the role's first page, most frequent first."""
    authority: list[Authority] = []
    """What the post may decide without asking."""
