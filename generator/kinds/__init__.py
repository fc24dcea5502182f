"""The kinds of records, in the order the handbook shows them."""

from generator.kinds.case import Case
from generator.kinds.classification import Classification
from generator.kinds.comparison import Comparison
from generator.kinds.course import Course
from generator.kinds.customer_group import CustomerGroup
from generator.kinds.facility import Facility
from generator.kinds.finding import Finding
from generator.kinds.form import Form
from generator.kinds.guide import Guide
from generator.kinds.journey import Journey
from generator.kinds.location import Location
from generator.kinds.metric import Metric
from generator.kinds.model import Model
from generator.kinds.notice import Notice
from generator.kinds.path import Path
from generator.kinds.policy import Policy
from generator.kinds.procedure import Procedure
from generator.kinds.rating import Rating
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
    Course,
    Case,
    CustomerGroup,
    Facility,
    Guide,
    Policy,
    Classification,
    Form,
    Metric,
    Rating,
    Comparison,
    Finding,
    Model,
    Term,
    Reference,
)
BY_FOLDER = {kind.folder: kind for kind in KINDS}
BY_NAME = {kind.kind: kind for kind in KINDS}
