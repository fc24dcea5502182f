"""A classification: ordered classes, each with a test question and what follows from it."""

from typing import Literal

from generator.kinds.parts import Deadline, Item
from generator.kinds.record import Record
from generator.messages import say
from generator.values import Flag, FormRef, ProcedureRef, RoleRef, ScriptRef, Slug, Strict, Text


class Class(Strict):
    """One class."""

    id: Slug
    """Short name of the class, unique in the classification."""
    title: Text
    """Name of the class."""
    test: Text
    """The question whose yes puts a case here."""
    examples: list[Item] = []
    """What customers say or what has happened."""
    red_flags: list[Item] = []
    """Facts that put a case here at once, whatever else."""
    handler: RoleRef
    """Who handles it first."""
    next: Slug | None = None
    """The class it moves to when it is not solved."""
    acknowledge: Deadline | None = None
    """Time to the first answer."""
    update: Deadline | None = None
    """Time to each further news."""
    resolve: Deadline | None = None
    """Time to the solution."""
    extension: Text | None = None
    """Who may extend, by how much."""
    remedies: list[Slug] = []
    """What may be offered, as declared in handbook.yml; how much is in each role's authority."""
    told: list[RoleRef] = []
    """Who must be told."""
    media: Flag = False
    """true where media are involved."""
    authority: Flag = False
    """true where an authority is involved."""
    procedure: ProcedureRef | None = None
    """What to do."""
    script: ScriptRef | None = None
    """What to say."""
    form: FormRef | None = None
    """What to fill in."""
    close_when: Text | None = None
    """When the case may be closed."""


class Classification(Record):
    """Classes in order, lightest first."""

    kind = "classification"
    folder = "classifications"
    label = say("classification")

    purpose: Literal["complaint-topic", "complaint-severity", "other"]
    """complaint-topic and complaint-severity make up the complaint look-up."""
    classes: list[Class]
    """The classes, lightest or most frequent first."""
