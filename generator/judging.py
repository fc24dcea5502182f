"""Judging rows, figures and answers: by the version in force, by a limit, by the clause that is checked."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from typing import Literal, NamedTuple, TypeVar

from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.facility import Requirement, Upkeep
from generator.kinds.form import Question
from generator.kinds.parts import Clause
from generator.kinds.record import Record
from generator.limits import Band, Bound, Limit
from generator.tables.cells import AMOUNT
from generator.tables.row import Row

Verdict = Literal["kept", "failed", "left-out", "open"]
"""left-out: not applicable, so out of the denominator; open: nothing to judge it by."""

WORDED = {"yes-no": ("yes", "no"), "in-place": ("in-place", "not-applicable", "action-needed")}
"""The answers that questions of a kind allow."""

_VERDICTS: dict[str, Verdict] = {
    "yes": "kept",
    "no": "failed",
    "in-place": "kept",
    "not-applicable": "left-out",
    "action-needed": "failed",
}
_OPERATORS = {"<=": le, ">=": ge, "<": lt, ">": gt, "=": eq}
_SCORE = re.compile(AMOUNT)


_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T", bound=Row)


def held(book: Handbook, table: type[_T], kind: type[_R]) -> Iterator[tuple[_T, _R]]:
    """The rows of a table, each with the version of its subject in force on its day."""
    for row in book.rows:
        if isinstance(row, table):
            version = book.revision_on(row.subject, row.day)
            if isinstance(version, kind):
                yield row, version


class Points(NamedTuple):
    """Points reached of the points that could be."""

    reached: Decimal
    possible: Decimal


NO_POINTS = Points(Decimal(0), Decimal(0))


def holds(limit: Limit, value: Decimal) -> bool | None:
    """Whether a value keeps a limit; None where the limit is no number."""
    if isinstance(limit, Bound):
        return bool(_OPERATORS[limit.operator](value, limit.value))
    return limit.low <= value <= limit.high if isinstance(limit, Band) else None


def fits(question: Question, answer: str) -> bool:
    """Whether the answer is one that the question allows."""
    if question.answer in WORDED:
        return answer in WORDED[question.answer]
    if question.answer == "choice":
        return answer in question.choices
    if question.answer == "text":
        return True
    if not _SCORE.fullmatch(answer):
        return False
    most = question.points if question.answer == "score" else None
    return question.answer == "number" or (Decimal(answer) >= 0 and (most is None or Decimal(answer) <= most))


def verdict(book: Handbook, question: Question, answer: str, day: date) -> Verdict:
    """What a fitting answer says, judged by the clause in force on that day."""
    if question.answer in WORDED:
        return _VERDICTS[answer]
    if question.answer == "score":
        return "kept" if Decimal(answer) else "failed"
    limit = limit_of(book, question, day) if question.answer == "number" else None
    kept = holds(limit, Decimal(answer)) if limit else None
    return "open" if kept is None else "kept" if kept else "failed"


def limit_of(book: Handbook, question: Question, day: date) -> Limit | None:
    """The limit of the clause that a question checks, or else of the entry of a facility."""
    ref = question.clause or question.facility
    record = book.revision_on(ref, day) if ref else None
    entry = entries(record).get(ref.item or "") if record and ref else None
    if isinstance(entry, Clause):
        return entry.measure.limit if entry.measure else None
    return entry.limit if isinstance(entry, (Requirement, Upkeep)) else None


def points(question: Question, answer: str, judged: Verdict) -> Points:
    """The points of one answer; what is left out or open counts on neither side."""
    if question.points is None or judged in ("left-out", "open"):
        return NO_POINTS
    if question.answer == "score":
        return Points(Decimal(answer), question.points)
    return Points(question.points if judged == "kept" else Decimal(0), question.points)
