"""A service standard: what must be so, how it is judged, what to do when it is missed."""

from typing import Literal

from generator.kinds.parts import Aspect, Avoid, Channel, Clause, Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import (
    Date,
    FormRef,
    ProseText,
    RoleRef,
    ScriptRef,
    StepNumber,
    Strict,
    Text,
    TouchpointRef,
)


class Promise(Strict):
    """What we have told the public; it must not say more than the standard holds."""

    text: Text
    """The promise in public words."""
    channel: Text
    """Where it is published."""
    since: Date
    """Since when."""
    evidence: Text
    """What shows that we keep it."""


class Standard(Record):
    """Requirements that the customer would recognise as good service."""

    kind = "standard"
    folder = "standards"
    label = say("standard")

    touchpoints: list[TouchpointRef] = []
    """Where it applies; none means everywhere the roles work."""
    roles: list[RoleRef]
    """Who keeps it."""
    nature: Literal["hard", "soft"]
    """hard: counted, timed or seen by an audit; soft: judged by opinion."""
    aspect: Aspect
    """What it is about."""
    channel: Channel | None = None
    """The channel, if it applies to one only."""
    expectation: Text
    """The customer's expectation that it serves."""
    clauses: list[Clause]
    """The requirements."""
    do: list[Item]
    """What good looks like."""
    dont: list[Avoid]
    """What to avoid, and why."""
    if_missed: ProseText
    """What to do at once when it was missed."""
    rationale: ProseText
    """Why the standard exists."""
    freedom: Literal["fixed", "ranged", "discretionary"]
    """fixed: as written; ranged: inside the limits; discretionary: by judgement."""
    exemptions: list[Item] = []
    """When it does not count."""
    step: StepNumber
    """Step 1 to 8 of the procedure for customer-defined standards that has been reached."""
    observed_by: Text | None = None
    """How a soft standard is judged: survey, observation, call-back; required when soft."""
    promise: Promise | None = None
    """The public promise behind it."""
    scripts: list[ScriptRef] = []
    """What to say."""
    forms: list[FormRef] = []
    """What it is checked with."""
