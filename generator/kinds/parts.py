"""The parts that several kinds share."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from generator.limits import Bound, Limit, Window
from generator.values import (
    AnyRef,
    ClauseRef,
    FormRef,
    LocationRef,
    MetricRef,
    Phone,
    ProcedureRef,
    ProseText,
    RoleRef,
    ScriptRef,
    Slug,
    Strict,
    Text,
)

Aspect = Literal["language", "behaviour", "appearance", "facility", "time"]


Channel = Literal["face-to-face", "phone", "online", "letter"]


Visibility = Literal["public", "internal", "restricted"]
CEILINGS: tuple[Visibility, ...] = ("public", "internal", "restricted")
"""From what anyone may see to what few may see."""


Obligation = Literal["law", "regulator", "contract", "brand", "house"]


class Item(Strict):
    """One entry of a list that holds text."""

    id: Slug
    """Short name of the entry, unique in its list; never changed, so that links and translations hold."""
    text: ProseText
    """The entry itself."""


class Avoid(Strict):
    """Something not to say or do, and why."""

    id: Slug
    """Short name of the entry, unique in its list."""
    text: ProseText
    """What not to say or do."""
    reason: Text
    """Why not; people keep to what they understand."""


class Fallback(Strict):
    """What to do when a limit is missed."""

    when: Limit
    """The limit that has been passed, such as `> 5 rings`."""
    script: ScriptRef | None = None
    """What to say then."""
    procedure: ProcedureRef | None = None
    """What to do then."""


class Measure(Strict):
    """What is counted or timed, so that a hard clause can be judged."""

    limit: Limit
    """The limit, such as `<= 3 rings`."""
    ideal: Limit | None = None
    """The best value inside the limit."""
    attainment: Limit | None = None
    """In how many cases the limit must be kept, such as `>= 97 %`."""
    fallback: Fallback | None = None
    """What to do when the limit is missed."""
    exemptions: list[Item] = []
    """Cases that do not count against anyone."""
    metric: MetricRef | None = None
    """The metric that reports it."""


class Clause(Strict):
    """One requirement of a standard."""

    id: Slug
    """Short name of the clause, unique in the standard; forms refer to it as standard#clause."""
    level: Literal["must", "should", "may"]
    """must 必须, should 应当, may 可以."""
    text: ProseText
    """The requirement."""
    obligation: Obligation | None = None
    """Where the duty comes from, if it differs from the record's."""
    measure: Measure | None = None
    """What is counted or timed."""


class Branch(Strict):
    """If this happens, go on elsewhere; exactly one of goto, procedure, script, do."""

    id: Slug
    """Short name of the branch, unique in the step."""
    when: Text
    """What happens."""
    goto: Slug | None = None
    """The id of a step of this procedure."""
    procedure: ProcedureRef | None = None
    """Another procedure to go on with."""
    script: ScriptRef | None = None
    """What to say then."""
    do: ProseText | None = None
    """What to do then, if it is one action."""


class Handoff(Strict):
    """The case passes to another post."""

    to: RoleRef
    """The post that takes over."""
    by: Text
    """How: by phone, in person, in the log."""
    confirmed: Text
    """How you know it has been taken over."""
    within: Bound | None = None
    """Within which time."""


class Step(Strict):
    """One step of a procedure."""

    id: Slug
    """Short name of the step, unique in the procedure."""
    role: RoleRef
    """Who does it."""
    action: ProseText
    """What to do, starting with the verb."""
    sees: Text | None = None
    """What the customer sees or hears."""
    input: Text | None = None
    """What is needed for it."""
    output: Text | None = None
    """What exists afterwards."""
    within: Bound | None = None
    """Time limit, such as `<= 3 min`."""
    control: Text | None = None
    """Control point: what must be checked before going on."""
    standard: ClauseRef | None = None
    """The clause that rules this step, as standard#clause."""
    script: ScriptRef | None = None
    """What to say in this step."""
    form: FormRef | None = None
    """What to fill in."""
    system: Text | None = None
    """The system used."""
    if_system_down: ProseText | None = None
    """What to do when the system is down; required with `system`."""
    handoff: Handoff | None = None
    """To whom the case passes."""
    safety: Text | None = None
    """A danger to people or property, and how to avoid it."""
    branches: list[Branch] = []
    """What else may happen."""


class Authority(Strict):
    """What a post may decide on its own."""

    id: Slug
    """Short name of the row, unique in the role."""
    remedy: Slug
    """The remedy as declared in handbook.yml; the same word up the whole ladder."""
    limit: Limit
    """How much, such as `<= 200 yuan`, `<= 1 nights`, `<= 50 %`."""
    per: Literal["case", "guest", "day", "shift"]
    """What the limit counts for."""
    note: Text | None = None
    """A condition or an example."""
    recorded_on: FormRef
    """The form that records each use."""
    above: RoleRef | None = None
    """Who decides above the limit; none only at the top of the ladder."""
    locations: list[LocationRef] = []
    """The places the row is valid at; none means all."""


class Contact(Strict):
    """How to reach a post at a location; posts, never personal names."""

    id: Slug
    """Short name of the row, unique in the location."""
    role: RoleRef
    """The post."""
    phone: Phone
    """The number to call."""
    hours: Window
    """When somebody answers, such as `Mon-Sun 07:00-23:00`."""
    backup: Phone | None = None
    """The number to call when nobody answers."""
    then: RoleRef | None = None
    """The post to call outside the hours."""


class Tone(Strict):
    """The same line in another tone."""

    id: Slug
    """Short name of the variant, unique in the line."""
    tone: Text
    """When to use it: an angry guest, a regular, an elderly guest."""
    say: Text
    """The line in this tone."""


class Line(Strict):
    """One line of a script."""

    id: Slug
    """Short name of the line, unique in the script."""
    say: Text
    """What to say; placeholders in braces, such as {姓氏}."""
    movement: Text | None = None
    """What hands, eyes and body do meanwhile."""
    foreign: Text | None = None
    """The line in English, for foreign guests."""
    tones: list[Tone] = []
    """The line in other tones."""


class Reply(Strict):
    """If they say this, answer that."""

    id: Slug
    """Short name of the reply, unique in the script."""
    heard: Text
    """What the customer says."""
    reply: Text
    """What to answer."""
    foreign: Text | None = None
    """The answer in English."""
    goto: AnyRef | None = None
    """The record to go on with."""


class Placeholder(Strict):
    """A word in braces that the speaker replaces."""

    name: Text
    """The word as it stands between the braces."""
    meaning: Text
    """What to put there."""
    example: Text
    """An example."""


class Deadline(Strict):
    """A time limit, or the plain fact that it is not settled and whom to ask."""

    limit: Bound | None = None
    """The time limit, such as `<= 30 min`."""
    not_settled: RoleRef | None = None
    """The post to ask while no time limit is settled."""


def target_form(value: Any) -> str:
    """Which of the two forms of a metric's target a value has."""
    return "none" if value == "none" else "limit"


Target = Annotated[
    Annotated[Literal["none"], Tag("none")] | Annotated[Limit, Tag("limit")], Discriminator(target_form)
]
