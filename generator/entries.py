"""The entries of a record that `record#entry` may name; on its page each has its id as anchor.

Where two lists of a record hold one id, it names the entry of the later one.
"""

from generator.kinds.case import Case
from generator.kinds.classification import Classification
from generator.kinds.course import Course
from generator.kinds.customer_group import CustomerGroup
from generator.kinds.facility import Facility
from generator.kinds.finding import Finding
from generator.kinds.form import Form
from generator.kinds.guide import Guide
from generator.kinds.journey import Journey
from generator.kinds.model import Model
from generator.kinds.policy import Policy
from generator.kinds.procedure import Procedure
from generator.kinds.rating import Rating
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.values import Strict

_LISTS: dict[type[Record], tuple[str, ...]] = {
    Journey: ("stages",),
    Standard: ("clauses",),
    Procedure: ("steps",),
    Script: ("lines",),
    Course: ("modules",),
    Case: ("factors",),
    CustomerGroup: ("variations",),
    Facility: ("requirements", "upkeep"),
    Guide: ("points", "problems"),
    Policy: ("chapters.articles",),
    Classification: ("classes",),
    Form: ("sections",),
    Rating: ("items",),
    Finding: ("actions",),
    Model: ("components",),
}
"""Kind -> the lists whose entries references name; a dot leads into the entries of a list."""


def entries(record: Record) -> dict[str, Strict]:
    """The entries by id, in order; none for kinds that are only named as a whole."""
    found: list[Strict] = []
    for path in _LISTS.get(type(record), ()):
        blocks: list[Strict] = [record]
        for name in path.split("."):
            blocks = [entry for block in blocks for entry in getattr(block, name)]
        found += blocks
    return {str(getattr(entry, "id", "")): entry for entry in found}
