"""Filled forms: points, bands, critical items, and how often each item failed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from generator import judging
from generator.handbook import Handbook
from generator.kinds.form import Form, Grading, Question, Section
from generator.kinds.location import Location
from generator.series import percent, version_on
from generator.tables.result import Result


class Failed(NamedTuple):
    """An item that a filled form found wanting."""

    question: Question
    row: Result


class Filled(NamedTuple):
    """One filled form, judged by the version of the form in force on its day."""

    sheet: str
    form: Form
    on: date
    location: Location | None
    inspector: str
    reached: Decimal
    possible: Decimal
    failed: list[Failed]

    @property
    def share(self) -> Decimal | None:
        """Points reached in percent of those possible; what does not apply is in neither."""
        return percent(self.reached, self.possible) if self.possible else None

    @property
    def critical(self) -> list[Failed]:
        """The critical items that failed, any of which fails the whole form."""
        return [failed for failed in self.failed if failed.question.critical]

    @property
    def band(self) -> Grading | None:
        """The band that the share reaches; with a critical item failed the last one."""
        if self.share is None or not self.form.bands:
            return None
        if self.critical:
            return self.form.bands[-1]
        return next((band for band in self.form.bands if judging.holds(band.limit, self.share)), None)


class Asked(NamedTuple):
    """How an item of a form fared in all filled forms."""

    section: Section
    question: Question
    judged: int
    failed: int

    @property
    def share(self) -> Decimal:
        """How often it failed, in percent of how often it was judged."""
        return percent(self.failed, self.judged)


def filled(book: Handbook, form: Form) -> list[Filled]:
    """The filled forms, the newest first."""
    sheets: dict[str, list[Result]] = defaultdict(list)
    for row in book.rows_of(Result, form.id):
        sheets[row.sheet].append(row)
    found = [_filled_form(book, version_on(book, Form, form, rows[0].on), rows) for rows in sheets.values()]
    return sorted(found, key=lambda sheet: (sheet.on, sheet.sheet), reverse=True)


def _filled_form(book: Handbook, form: Form, rows: Sequence[Result]) -> Filled:
    reached = possible = Decimal(0)
    failed = []
    for row, question, verdict in judged(book, form, rows):
        got = judging.points(question, row.answer, verdict)
        reached, possible = reached + got.reached, possible + got.possible
        if verdict == "failed":
            failed.append(Failed(question, row))
    place = book.get(rows[0].location)
    location = place if isinstance(place, Location) else None
    return Filled(rows[0].sheet, form, rows[0].on, location, rows[0].inspector, reached, possible, failed)


def judged(
    book: Handbook, form: Form, rows: Iterable[Result]
) -> list[tuple[Result, Question, judging.Verdict]]:
    """Answers that fit the questions of a version of a form, each with what it says."""
    questions = {(section.id, item.id): item for section in form.sections for item in section.items}
    return [
        (row, question, judging.verdict(book, question, row.answer, row.on))
        for row in rows
        if (question := questions.get((row.section, row.item))) and judging.fits(question, row.answer)
    ]


def asked(book: Handbook, form: Form) -> list[Asked]:
    """The items of the form that were ever judged, those that failed most often first."""
    told: dict[tuple[str, str], list[judging.Verdict]] = defaultdict(list)
    for row in book.rows_of(Result, form.id):
        for _, _, verdict in judged(book, version_on(book, Form, form, row.on), [row]):
            told[row.section, row.item].append(verdict)
    found = []
    for section in form.sections:
        for item in section.items:
            verdicts = told[section.id, item.id]
            failed = verdicts.count("failed")
            found.append(Asked(section, item, failed + verdicts.count("kept"), failed))
    return sorted((item for item in found if item.judged), key=lambda item: -item.share)
