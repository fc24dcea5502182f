"""Completeness: an approved record says all that its readers need in order to act on it."""

from collections.abc import Iterator
from functools import cache
from typing import get_origin

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.comparison import Comparison
from generator.kinds.facility import Facility
from generator.kinds.form import Form
from generator.kinds.path import Path
from generator.kinds.role import Role
from generator.kinds.touchpoint import Touchpoint
from generator.marks import Loc
from generator.messages import say
from generator.problems import Level
from generator.values import Strict, block_of

SOURCED = (
    "standard",
    "procedure",
    "script",
    "form",
    "metric",
    "classification",
    "course",
    "case",
    "customer-group",
    "facility",
    "guide",
    "policy",
)


@check()
def missing_source(book: Handbook) -> Iterator[Finding]:
    """What people must keep to must say where it comes from.

    Only a rule with a source can be checked, defended and changed with it. Where the house decided by itself,
    the source is the document it started from, with basis `ours`.

    Bad:

        title: 电话接听

    Good:

        title: 电话接听
        sources: [{ reference: common/source-000, clause: S05, basis: stated }]
    """
    for record in book.published:
        if record.kind in SOURCED and not record.sources:
            message = say(
                "a {kind} must cite its source: key 'sources' is missing or empty", kind=record.label
            )
            yield record.place("sources"), message


@check()
def approval_missing(book: Handbook) -> Iterator[Finding]:
    """An approved record must name its author, its reviewer and its approval.

    Staff are held to it; so it must be plain who wrote it, who read it again and who put it in force.

    Bad:

        status: approved

    Good:

        status: approved
        author: front-office-manager
        reviewer: quality-manager
        approved: { on: 2026-11-10, by: general-manager, evidence: 标准评审会纪要 }
    """
    for record in book.published:
        missing = [key for key in ("author", "reviewer", "approved") if getattr(record, key) is None]
        if missing:
            yield (
                record.place("status"),
                say("approved, but without the keys {keys}", keys=", ".join(missing)),
            )


@check()
def empty_list(book: Handbook) -> Iterator[Finding]:
    """A list that a record must have needs at least one entry.

    A procedure without steps or a post without duties tells the reader nothing.

    Bad:

        steps: []

    Good:

        steps: [{ id: greet, role: receptionist, action: 起立问候 }]
    """
    for record in book.published:
        for loc in _empty(record, ()):
            yield record.place(*loc), say("'{key}' must have at least one entry", key=loc[-1])


def _empty(block: Strict, loc: Loc) -> Iterator[Loc]:
    """Where a list is empty that must not be, in the block or in the entries of its lists."""
    required, inner = _lists(type(block))
    for name in required:
        if not getattr(block, name):
            yield (*loc, name)
    for name in inner:
        for index, entry in enumerate(getattr(block, name)):
            yield from _empty(entry, (*loc, name, index))


@cache
def _lists(model: type[Strict]) -> tuple[list[str], list[str]]:
    """The lists that a block must have, and those whose entries have such lists themselves."""
    lists = {
        name: field for name, field in model.model_fields.items() if get_origin(field.annotation) is list
    }
    blocks = {name: block for name, field in lists.items() if (block := block_of(field.annotation))}
    required = [name for name, field in lists.items() if field.is_required()]
    return required, [name for name, block in blocks.items() if any(_lists(block))]


@check()
def critical_without_reason(book: Handbook) -> Iterator[Finding]:
    """A critical touchpoint must say why it is critical.

    If everything is a moment of truth, nothing is; the reason shows what to watch there.

    Bad:

        critical: true

    Good:

        critical: true
        why_critical: 客人在这里第一次见到我们，等待从这里算起
    """
    for record in book.approved(Touchpoint):
        if record.critical and record.why_critical is None:
            yield record.place("critical"), say("critical, but why? key 'why_critical' is missing")


@check()
def gap_without_closing(book: Handbook) -> Iterator[Finding]:
    """A touchpoint with a gap must say what closes it.

    A known gap that nobody works on teaches staff that the handbook is not meant.

    Bad:

        gap: 高峰时客人等 12 分钟

    Good:

        gap: 高峰时客人等 12 分钟
        closing: 15:00 起加开一个柜台
    """
    for record in book.approved(Touchpoint):
        if record.gap and record.closing is None:
            yield record.place("gap"), say("what closes the gap? key 'closing' is missing")


@check()
def choice_without_choices(book: Handbook) -> Iterator[Finding]:
    """An item answered by choice must list two choices or more, and no other item may.

    Whoever fills in the form can only tick what is printed.

    Bad:

        answer: choice

    Good:

        answer: choice
        choices: [满意, 一般, 不满意]
    """
    for record in book.approved(Form):
        for index, section in enumerate(record.sections):
            for number, item in enumerate(section.items):
                loc = ("sections", index, "items", number, "answer")
                if item.answer == "choice" and len(item.choices) < 2:
                    message = say(
                        "'answer: choice' needs two 'choices' or more: got {count}", count=len(item.choices)
                    )
                    yield record.place(*loc), message
                elif item.answer != "choice" and item.choices:
                    message = say("'choices' need 'answer: choice': got '{found}'", found=item.answer)
                    yield record.place(*loc), message


@check(Level.WARNING)
def path_without_exam(book: Handbook) -> Iterator[Finding]:
    """A path should end with an exam.

    Somebody has to say that the new colleague may work alone, and by what.

    Bad:

        milestones: [{ id: month, lessons: [{ id: alone, way: alone, ... }], ... }]

    Good:

        milestones: [{ id: month, lessons: [{ id: check-in-exam, way: exam, ... }], ... }]
    """
    for record in book.approved(Path):
        ways = {lesson.way for milestone in record.milestones[-1:] for lesson in milestone.lessons}
        if "exam" not in ways:
            yield record.place("milestones"), say("the last milestone has no lesson with 'way: exam'")


@check(Level.WARNING)
def role_without_page(book: Handbook) -> Iterator[Finding]:
    """A post inside the organisation should have something to read on its page.

    People open their post's page first; an empty one sends them away for good.

    Bad:

        title: 礼宾员              # no record lists it under roles, nothing is pinned

    Good:

        pinned: [{ id: taxi, heard: 帮我叫辆车, to: taxi-request }]
    """
    concerned = {role.id for record in book.published for role in book.roles_of(record)}
    for role in book.approved(Role):
        if not role.external and not role.pinned and role.id not in concerned:
            yield (
                role.place("title"),
                say("no record lists '{role}' under 'roles' and nothing is pinned", role=role.id),
            )


@check()
def upkeep_not_asked(book: Handbook) -> Iterator[Finding]:
    """Upkeep that is recorded on a form must be asked for by an item of that form.

    Otherwise nobody can see from the filled forms when the facility was checked last, and how it was.

    Bad:

        upkeep: [{ id: test, text: 按一次按钮, form: call-test, ... }]   # no item has help-call#test

    Good:

        items: [{ id: seconds, text: 几秒应答, answer: number, facility: help-call#test }]
    """
    asked = {
        (form.id, str(item.facility), item.facility.item)
        for form in book.current
        if isinstance(form, Form)
        for section in form.sections
        for item in section.items
        if item.facility
    }
    for facility in book.approved(Facility):
        for index, entry in enumerate(facility.upkeep):
            if entry.form and (str(entry.form), facility.id, entry.id) not in asked:
                message = say(
                    "no item of '{form}' has 'facility: {facility}#{entry}'",
                    form=entry.form,
                    facility=facility.id,
                    entry=entry.id,
                )
                yield facility.place("upkeep", index, "form"), message


@check()
def comparison_of_one(book: Handbook) -> Iterator[Finding]:
    """A comparison must set two clauses or more side by side.

    A number alone shows neither what others do nor why it differs.

    Bad:

        clauses: [common/phone-answering#answer]

    Good:

        clauses: [common/phone-answering#answer, call-centre/answering#rings]
    """
    for comparison in book.approved(Comparison):
        count = len({(ref, ref.item) for ref in comparison.clauses})
        if count < 2:
            yield (
                comparison.place("clauses"),
                say("a comparison needs two different clauses or more: got {count}", count=count),
            )
