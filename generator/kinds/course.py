"""A course: what is taught to whom, practised and examined."""

from decimal import Decimal

from generator.kinds.parts import Item
from generator.kinds.record import Record
from generator.limits import Bound
from generator.messages import say
from generator.values import (
    AnyRef,
    CitedRef,
    Number,
    ProseText,
    RoleRef,
    Slug,
    Strict,
    Text,
)


class Module(Strict):
    """One part of a course."""

    id: Slug
    """Short name of the module, unique in the course."""
    title: Text
    """Heading."""
    within: Bound | None = None
    """How long it takes, such as `<= 30 min`."""
    records: list[AnyRef] = []
    """The records it teaches."""
    text: ProseText | None = None
    """What the trainer explains, shows or asks besides."""


class Choice(Strict):
    """One answer to choose."""

    id: Slug
    """Short name of the answer, unique in the question."""
    text: Text
    """The answer."""


class Quiz(Strict):
    """One question of the examination."""

    id: Slug
    """Short name of the question, unique in the course."""
    text: Text
    """The question."""
    choices: list[Choice] = []
    """The answers to choose from; none makes it an open question."""
    answers: list[Slug] = []
    """The right ones among the choices; shown only where restricted records may be shown."""
    key: ProseText | None = None
    """What a right answer says, and why; shown only where restricted records may be shown."""
    cites: CitedRef
    """Where it stands: the record, or the clause as standard#clause."""
    points: Number | None = None
    """Points for a right answer; 1 where nothing is said."""


class Course(Record):
    """A lesson plan with its examination."""

    kind = "course"
    folder = "courses"
    label = say("course")

    audience: list[RoleRef]
    """The posts it is made for."""
    objectives: list[Item]
    """What the participants can do afterwards."""
    key_points: list[Item] = []
    """What matters most."""
    difficulties: list[Item] = []
    """What participants find hard, and how the trainer helps."""
    method: Text
    """How it is taught: lecture, demonstration, role play, on the job."""
    trainer: RoleRef
    """Who teaches it."""
    modules: list[Module]
    """The parts in order."""
    practice: list[Item] = []
    """What each participant does under the trainer's eyes."""
    quiz: list[Quiz] = []
    """The questions of the examination."""
    pass_mark: Bound | None = None
    """The share of points that passes, such as `>= 80 %`; required with `quiz`."""
    required_before: list[RoleRef] = []
    """The posts that nobody may take without having passed."""
    renewal: Bound | None = None
    """How long a pass counts, such as `12 months`."""
    retrain: list[Item] = []
    """What makes somebody take it again before that."""

    @property
    def taught(self) -> set[str]:
        """The records that it teaches or examines."""
        listed = {str(ref) for module in self.modules for ref in module.records}
        return listed | {str(question.cites) for question in self.quiz}

    @property
    def full_marks(self) -> Decimal:
        """The points of a paper without a mistake."""
        return sum((Decimal(1) if item.points is None else item.points for item in self.quiz), Decimal())

    @property
    def minutes(self) -> Decimal | None:
        """How long all modules take; None where one does not say, or says it otherwise."""
        bounds = [module.within for module in self.modules]
        known = [bound.value for bound in bounds if bound and bound.unit == "min"]
        return sum(known, Decimal()) if len(known) == len(bounds) else None
