"""What one role gets to see: its journey, steps, limits, forms, courses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.handbook import Handbook
from generator.kinds.course import Course
from generator.kinds.customer_group import CustomerGroup
from generator.kinds.facility import Facility
from generator.kinds.form import Form
from generator.kinds.guide import Guide
from generator.kinds.journey import Journey, Stage
from generator.kinds.parts import Clause
from generator.kinds.path import Path
from generator.kinds.policy import Policy
from generator.kinds.procedure import Procedure
from generator.kinds.role import Role
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint


class Contact(NamedTuple):
    """A contact with the customer and what the role needs there."""

    touchpoint: Touchpoint
    standards: list[Standard]
    procedures: list[Procedure]
    scripts: list[Script]

    @property
    def records(self) -> list[Standard | Procedure | Script]:
        """All of it."""
        return [*self.standards, *self.procedures, *self.scripts]


class Part(NamedTuple):
    """A stage of a journey as one role meets it."""

    journey: Journey
    stage: Stage
    contacts: list[Contact]


class Norm(NamedTuple):
    """A clause with a limit that the role keeps."""

    standard: Standard
    clause: Clause


@dataclass(frozen=True)
class RoleView:
    """The handbook as one role sees it. A view, not access control."""

    book: Handbook = field(compare=False)
    role: Role

    @cached_property
    def standards(self) -> list[Standard]:
        return self.book.of_role(self.role, Standard)

    @cached_property
    def procedures(self) -> list[Procedure]:
        return self.book.of_role(self.role, Procedure)

    @cached_property
    def scripts(self) -> list[Script]:
        return self.book.of_role(self.role, Script)

    @cached_property
    def stages(self) -> list[Part]:
        """The stages of every journey in which the role meets the customer."""
        return [
            Part(journey, stage, contacts)
            for journey in self.book.in_force(Journey)
            for stage in journey.stages
            if (contacts := list(self._contacts(stage)))
        ]

    @property
    def has_cards(self) -> bool:
        """Whether there is anything to put on cards for the role."""
        return bool(self.role.pinned or self.role.authority or self.stages)

    @cached_property
    def elsewhere(self) -> list[Standard | Procedure | Script]:
        """What the role keeps that belongs to none of its contacts on a journey."""
        placed = {
            record.id for part in self.stages for contact in part.contacts for record in contact.records
        }
        mine: list[Standard | Procedure | Script] = [*self.standards, *self.procedures, *self.scripts]
        return [record for record in mine if record.id not in placed and not record.emergency]

    def _contacts(self, stage: Stage) -> Iterator[Contact]:
        for ref in stage.touchpoints:
            touchpoint = self.book.get(ref)
            if isinstance(touchpoint, Touchpoint) and self.role.id in touchpoint.roles:
                yield Contact(
                    touchpoint,
                    [record for record in self.standards if ref in record.touchpoints],
                    [record for record in self.procedures if ref in record.touchpoints],
                    [record for record in self.scripts if ref in record.touchpoints],
                )

    @cached_property
    def courses(self) -> list[Course]:
        """The courses for the role, those it must have passed first."""
        mine = self.book.of_role(self.role, Course)
        return sorted(mine, key=lambda course: not self.must_pass(course))

    def must_pass(self, course: Course) -> bool:
        """Whether nobody takes the post without having passed the course."""
        return self.role.id in course.required_before

    @cached_property
    def paths(self) -> list[Path]:
        """The paths that lead into the post."""
        return self.book.of_role(self.role, Path)

    @cached_property
    def groups(self) -> list[CustomerGroup]:
        """The customers that the role serves with particular care."""
        return self.book.of_role(self.role, CustomerGroup)

    @cached_property
    def facilities(self) -> list[Facility]:
        """What the role uses or looks after."""
        return self.book.of_role(self.role, Facility)

    @cached_property
    def guides(self) -> list[Guide]:
        """What experience says about the role's work."""
        return self.book.of_role(self.role, Guide)

    @cached_property
    def policies(self) -> list[Policy]:
        """The rules that the role must know, also those for everybody."""
        return [
            policy
            for policy in self.book.in_force(Policy)
            if not policy.roles or self.role.id in policy.roles
        ]

    @cached_property
    def limits(self) -> list[Norm]:
        """Every limit the role keeps."""
        return [
            Norm(standard, clause)
            for standard in self.standards
            for clause in standard.clauses
            if clause.measure
        ]

    @cached_property
    def forms(self) -> list[Form]:
        """The forms the role fills in: as inspector, in its steps, for its decisions."""
        ids = {form.id for form in self.book.in_force(Form) if form.inspector == self.role.id}
        ids |= {row.recorded_on for row in self.role.authority}
        for procedure in self.procedures:
            ids |= {step.form for step in procedure.steps if step.form and step.role == self.role.id}
        return [form for form in self.book.in_force(Form) if form.id in ids]
