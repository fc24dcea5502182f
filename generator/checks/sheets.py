"""Filled forms: answers that the form allows, with evidence, complete, and followed up."""

from collections import defaultdict
from collections.abc import Iterator

from generator import judging
from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.judging import held
from generator.kinds.form import Form, Question
from generator.messages import Message, say
from generator.problems import Level, hint
from generator.tables.result import Result


def _asked(form: Form) -> dict[tuple[str, str], Question]:
    return {(section.id, item.id): item for section in form.sections for item in section.items}


def _answers(book: Handbook) -> Iterator[tuple[Result, Question]]:
    """The answers to questions that were asked."""
    asked: dict[int, dict[tuple[str, str], Question]] = {}
    for row, form in held(book, Result, Form):
        questions = asked.setdefault(id(form), _asked(form))
        if question := questions.get((row.section, row.item)):
            yield row, question


@check(waivable=False)
def wrong_answer(book: Handbook) -> Iterator[Finding]:
    """An answer must be one that the question allows, in the version of the form in force on that day.

    Only answers in the form's own words can be added up.

    Bad:

        hotel/front-desk-inspection,...,welcome,name,差不多      # answer: yes-no

    Good:

        hotel/front-desk-inspection,...,welcome,name,yes
    """
    for row, question in _answers(book):
        if not judging.fits(question, row.answer):
            yield row.place("answer"), _misfit(question, row.answer)


def _misfit(question: Question, found: str) -> Message:
    choices = judging.WORDED.get(question.answer) or question.choices
    if choices:
        return say(
            "'answer' must be one of {choices}: got '{found}'{hint}",
            choices=", ".join(choices),
            found=found,
            hint=hint(found, choices),
        )
    if question.answer == "score" and question.points is not None:
        return say(
            "'answer' must be a number from 0 to {points}: got '{found}'", points=question.points, found=found
        )
    return say("'answer' must be a number in plain digits: got '{found}'", found=found)


@check()
def result_without_evidence(book: Handbook) -> Iterator[Finding]:
    """An answer must give its evidence where the question names one.

    Without it nobody can look again, and the answer is one person's word.

    Bad:

        ...,documents,every-guest,in-place,                # evidence: 在住表与登记记录

    Good:

        ...,documents,every-guest,in-place,10 月 12 日在住表第 2 页
    """
    for row, question in _answers(book):
        left_out = row.answer == "not-applicable"
        if question.evidence and row.evidence is None and not left_out:
            message = say(
                "the item asks for evidence ('{evidence}'): the cell is empty", evidence=question.evidence
            )
            yield row.place("answer"), message


@check(Level.WARNING)
def failure_without_finding(book: Handbook) -> Iterator[Finding]:
    """A failed critical item, or one where action is needed, should lead to a finding.

    A form that is filed away with a cross on it changes nothing.

    Bad:

        ...,documents,papers,action-needed,台面有登记单,

    Good:

        ...,documents,papers,action-needed,台面有登记单,registration-forms-on-desk
    """
    for row, question in _answers(book):
        if row.finding or not judging.fits(question, row.answer):
            continue
        failed = judging.verdict(book, question, row.answer, row.on) == "failed"
        if row.answer == "action-needed" or (failed and question.critical):
            yield row.place("answer"), say("failed, but what follows from it? name the 'finding'")


def _sheets(book: Handbook) -> dict[tuple[str, str], list[Result]]:
    """The rows of each filled form, by its pack and its name."""
    found: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for row in book.rows:
        if isinstance(row, Result):
            found[row.pack, row.sheet].append(row)
    return found


@check(waivable=False)
def mixed_sheet(book: Handbook) -> Iterator[Finding]:
    """All rows of one filled form must have the same form, day, location and inspector.

    Two forms under one number cannot be told apart again.

    Bad:

        desk-17,front-desk-inspection,2026-10-12,...
        desk-17,front-desk-inspection,2026-10-19,...

    Good:

        desk-17,front-desk-inspection,2026-10-12,...
        desk-18,front-desk-inspection,2026-10-19,...
    """
    for (_, sheet), (first, *rows) in _sheets(book).items():
        for row in rows:
            for column in ("form", "on", "location", "inspector"):
                here, there = getattr(row, column), getattr(first, column)
                if here != there:
                    message = say(
                        "sheet '{sheet}' has '{key}: {there}' ({place}): got '{here}'",
                        sheet=sheet,
                        key=column,
                        there=there or "",
                        place=first.place(column),
                        here=here or "",
                    )
                    yield row.place(column), message
                    break


@check(Level.WARNING)
def sheet_incomplete(book: Handbook) -> Iterator[Finding]:
    """A filled form should answer every item; what does not apply is answered so.

    An item left out is counted nowhere, and the share looks better than it was.

    Bad:

        desk-17,...,welcome,name,yes           # the only row of desk-17

    Good:

        desk-17,...,documents,papers,not-applicable
    """
    for (_, sheet), rows in _sheets(book).items():
        form = book.revision_on(rows[0].form, rows[0].on)
        if not isinstance(form, Form):
            continue
        answered = {(row.section, row.item) for row in rows}
        missing = [
            "/".join(key)
            for key, item in _asked(form).items()
            if key not in answered and item.answer != "text"
        ]
        if missing:
            message = say(
                "sheet '{sheet}' leaves out {count} of {all} items: {items}",
                sheet=sheet,
                count=len(missing),
                all=len(_asked(form)),
                items=_some(missing),
            )
            yield rows[0].place("sheet"), message


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
