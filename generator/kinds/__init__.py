"""The kinds of records, in the order the handbook shows them."""

from generator.kinds.classification import Classification
from generator.kinds.form import Form
from generator.kinds.journey import Journey
from generator.kinds.location import Location
from generator.kinds.metric import Metric
from generator.kinds.notice import Notice
from generator.kinds.path import Path
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.role import Role
from generator.kinds.routine import Routine
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.term import Term
from generator.kinds.touchpoint import Touchpoint

KINDS: tuple[type[Record], ...] = (
    Role,
    Location,
    Journey,
    Touchpoint,
    Standard,
    Procedure,
    Script,
    Notice,
    Routine,
    Path,
    Classification,
    Form,
    Metric,
    Term,
    Reference,
)
BY_FOLDER = {kind.folder: kind for kind in KINDS}
BY_NAME = {kind.kind: kind for kind in KINDS}
