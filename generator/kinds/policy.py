"""A policy: a regulation in chapters and numbered articles, and the bodies that keep it."""

from typing import Literal

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import FormRef, ProseText, RoleRef, Slug, Strict, Text, Whole

Power = Literal["write", "review", "approve", "train", "inspect", "handle"]


class Article(Strict):
    """One numbered article."""

    id: Slug
    """Short name of the article, unique in the policy."""
    number: Whole
    """Its number, counted through all chapters."""
    level: Literal["must", "must-not", "should", "may", "principle"]
    """must 必须, must-not 不得, should 应当, may 可以, or a principle."""
    text: ProseText
    """The article."""
    obliges: list[RoleRef] = []
    """Whom it binds; none means everybody in the scope."""


class Chapter(Strict):
    """One chapter."""

    id: Slug
    """Short name of the chapter, unique in the policy."""
    number: Whole
    """Its number."""
    title: Text
    """Heading."""
    articles: list[Article]
    """The articles in order."""


class Body(Strict):
    """A committee or department that keeps the policy."""

    id: Slug
    """Short name of the body, unique in the policy."""
    title: Text
    """Name of the body."""
    chair: RoleRef
    """Who leads it."""
    members: list[RoleRef] = []
    """Posts that belong to it."""
    chosen: Text | None = None
    """Members who are elected or sent, and by whom."""
    meets: Text | None = None
    """How often it meets."""
    powers: list[Power]
    """What it does for the policy: write, review, approve, train, inspect, handle complaints."""
    minutes: FormRef | None = None
    """Where its decisions are recorded."""


class Policy(Record):
    """Rules that bind an organisation as a whole."""

    kind = "policy"
    folder = "policies"
    label = say("policy")

    scope: Text
    """Where and for whom it holds."""
    roles: list[RoleRef] = []
    """Who must know it."""
    chapters: list[Chapter]
    """The chapters in order."""
    bodies: list[Body] = []
    """Who drafts, reviews, approves and inspects."""
    consultation: ProseText
    """How a change is discussed before it is approved."""
    principles: list[Item] = []
    """What the rules are to serve."""

    def holders(self, power: Power) -> list[Body]:
        """The bodies that hold a power."""
        return [body for body in self.bodies if power in body.powers]
