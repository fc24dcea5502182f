"""Rows of the tables: each fits the version in force on its day, and nothing is missing or said twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.judging import held
from generator.kinds.classification import Classification
from generator.kinds.form import Form
from generator.kinds.metric import Metric
from generator.kinds.rating import Rating
from generator.kinds.record import Record
from generator.messages import Message, say
from generator.problems import hint
from generator.tables.cells import Frequency
from generator.tables.complaint import Complaint
from generator.tables.failure import Failure
from generator.tables.measurement import Measurement
from generator.tables.result import Result


@check(waivable=False)
def row_not_in_force(book: Handbook) -> Iterator[Finding]:
    """What a row of a table is about must be in force on the row's day, the last day of its period.

    A figure can only be judged by the target, and an answer by the question, that people worked by then.

    Bad:

        calls-within-three-rings,lakeside,2026-01,930,960,96.9   # effective: 2026-03-01

    Good:

        calls-within-three-rings,lakeside,2026-03,930,960,96.9
    """
    for row in book.rows:
        target = book.get(row.subject)
        if target is None or book.revision_on(row.subject, row.day):
            continue
        first = min((period.first for period in book.days_in_force(row.subject)), default=None)
        place = row.place(row.day_column)
        if first:
            yield (
                place,
                say(
                    "no version of '{id}' is in force on {day}; the first is from {first} on",
                    id=row.subject,
                    day=row.day,
                    first=first,
                ),
            )
        else:
            yield place, say("no version of '{id}' is in force on {day}", id=row.subject, day=row.day)


@check(waivable=False)
def unknown_item(book: Handbook) -> Iterator[Finding]:
    """A row must name a class, an index item or a form's section and item of the version in force on its day.

    What the version of that day does not list was not asked and not counted.

    Bad:

        hotel/complaint-topics#wifi,2026-10,lakeside,3

    Good:

        hotel/complaint-topics#facility-broken,2026-10,lakeside,3
    """
    for complaint, record in held(book, Complaint, Classification):
        known = [item.id for item in record.classes]
        if complaint.sort.item not in known:
            yield complaint.place("class"), _no_item(record, complaint.sort.item, known)
    for failure, rating in held(book, Failure, Rating):
        known = [item.id for item in rating.items]
        if failure.item.item not in known:
            yield failure.place("item"), _no_item(rating, failure.item.item, known)
    for result, form in held(book, Result, Form):
        sections = {section.id: [item.id for item in section.items] for section in form.sections}
        if result.section not in sections:
            yield result.place("section"), _no_item(form, result.section, sections)
        elif result.item not in sections[result.section]:
            yield result.place("item"), _no_item(form, result.item, sections[result.section])


def _no_item(record: Record, name: str | None, known: Iterable[str]) -> Message:
    return say(
        "'{id}' {version} has no '{name}'{hint}",
        id=record.id,
        version=record.version,
        name=name,
        hint=hint(name or "", known),
    )


_LENGTHS: dict[Frequency, Message] = {
    "day": say("a day"),
    "week": say("a week"),
    "month": say("a month"),
    "quarter": say("a quarter"),
    "year": say("a year"),
}


@check(waivable=False)
def wrong_period(book: Handbook) -> Iterator[Finding]:
    """A row's period must be as long as that of its metric or rating.

    A week's figure beside those of months looks like a sudden fall.

    Bad:

        calls-within-three-rings,lakeside,2026-W41,230,240,95.8   # period: month

    Good:

        calls-within-three-rings,lakeside,2026-10,930,960,96.9
    """
    counted: list[tuple[Measurement | Failure, Metric | Rating]] = [
        *held(book, Measurement, Metric),
        *held(book, Failure, Rating),
    ]
    for row, record in counted:
        if record.period and row.period.every != record.period:
            message = say(
                "'{id}' {version} has 'period: {period}': got '{found}', {length}",
                id=record.id,
                version=record.version,
                period=record.period,
                found=row.period,
                length=_LENGTHS[row.period.every],
            )
            yield row.place("period"), message


@check(waivable=False)
def row_contradicts(book: Handbook) -> Iterator[Finding]:
    """The figures of a row must agree with each other and with their unit.

    A share of 104 %, or one that its own counts do not give, was typed wrong somewhere.

    Bad:

        calls-within-three-rings,lakeside,2026-10,930,960,99.6

    Good:

        calls-within-three-rings,lakeside,2026-10,930,960,96.9
    """
    for row, metric in held(book, Measurement, Metric):
        if row.denominator is not None and row.denominator <= 0:
            yield (
                row.place("denominator"),
                say("'denominator' must be more than 0: got '{found}'", found=row.denominator),
            )
        elif metric.unit == "%":
            yield from _share_faults(row)
    for complaint in (row for row in book.rows if isinstance(row, Complaint)):
        for column in ("in_time", "repeats"):
            part = getattr(complaint, column)
            if part is not None and part > complaint.count:
                message = say(
                    "'{key}' must not be more than 'count': {part} of {count}",
                    key=column,
                    part=part,
                    count=complaint.count,
                )
                yield complaint.place(column), message


def _share_faults(row: Measurement) -> Iterator[Finding]:
    if not 0 <= row.value <= 100:
        yield row.place("value"), say("a share must be from 0 to 100: got '{found}'", found=row.value)
    elif row.denominator:
        exact = 100 * row.numerator / row.denominator
        step = Decimal(1).scaleb(int(row.value.as_tuple().exponent))
        if abs(exact - row.value) * 2 > step:
            message = say(
                "{numerator} of {denominator} are {exact} %: got '{found}'",
                numerator=row.numerator,
                denominator=row.denominator,
                exact=f"{round(exact, max(1, -int(row.value.as_tuple().exponent)))}",
                found=row.value,
            )
            yield row.place("value"), message


@check()
def missing_zero(book: Handbook) -> Iterator[Finding]:
    """Each period of an index must have a row for each item; where nothing failed, its count is 0.

    An item without a row may have been forgotten, and the index would look better than it was.

    Bad:

        sqi#late,2026-10,lakeside,4            # the only row of 2026-10

    Good:

        sqi#late,2026-10,lakeside,4
        sqi#lost,2026-10,lakeside,0
    """
    counted: dict[tuple[str, str, str], list[Failure]] = defaultdict(list)
    for row, rating in held(book, Failure, Rating):
        counted[rating.id, row.period.text, row.location].append(row)
    for (id, period, location), rows in counted.items():
        version = book.revision_on(id, rows[0].day)
        named = {row.item.item for row in rows}
        missing = [item.id for item in getattr(version, "items", ()) if item.id not in named]
        if missing:
            message = say(
                "'{id}' in {period} at '{location}' lacks {items}; write 0 where nothing failed",
                id=id,
                period=period,
                location=location,
                items=", ".join(missing),
            )
            yield rows[0].place("period"), message
