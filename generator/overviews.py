"""What the overviews tell: the handbook as rows of tables, pack by pack, cut into pages that stay small."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, get_args

from generator.handbook import Handbook
from generator.kinds.envelope import Change, Gap, Waiver
from generator.kinds.facility import Facility
from generator.kinds.finding import Finding
from generator.kinds.form import Form
from generator.kinds.guide import Guide
from generator.kinds.journey import Journey
from generator.kinds.location import Location
from generator.kinds.metric import Metric
from generator.kinds.model import Model
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint
from generator.limits import Season
from generator.problems import Problem
from generator.progress import Progress, ranked
from generator.settings import Pack
from generator.sides import shared, tailored
from generator.view import Norm

MOST_TOGETHER = 150
"""With more rows than this, an overview only names the packs, and each pack has a page of its own."""

MOST_ROWS = 400
"""So many rows stand on one page; a longer table goes on on the next."""

YEAR = timedelta(days=365)
"""For so long a change stands in the change log itself; then on the page of its year."""


class Row(NamedTuple):
    """One line of an overview: the pack, or the year, it belongs to, its table, and what it tells."""

    of: str | int
    table: str
    told: Any


class Part(NamedTuple):
    """What an overview holds of one pack, or of one year."""

    of: str | int
    lines: list[Row]

    def rows(self, table: str) -> list[Any]:
        """What the rows of one of its tables tell."""
        return [row.told for row in self.lines if row.table == table]


@dataclass(frozen=True)
class Table:
    """An overview to be made of what `rows` tells; `line` says what it is for.

    `name` is its address and, unless `template` says otherwise, its template. It is for people at work unless
    `is_public`, and left out where it is empty unless `is_always`. `together` and `most` bound its pages.
    """

    name: str
    title: str
    line: str
    rows: Callable[[Handbook], Iterable[Row]] = field(compare=False)
    template: str = ""
    is_public: bool = False
    is_always: bool = False
    together: int = MOST_TOGETHER
    most: int = MOST_ROWS


@dataclass(frozen=True)
class Overview:
    """What a table tells, in parts, and where these stand."""

    table: Table
    parts: list[Part]

    @cached_property
    def apart(self) -> list[Part]:
        """The parts with a page of their own: past years, and the packs where they are long together."""
        packs = [part for part in self.parts if isinstance(part.of, str)]
        together = sum(len(part.lines) for part in packs) <= self.table.together
        return [part for part in self.parts if not together or isinstance(part.of, int)]

    def address(self, part: Part) -> str:
        """Where a part stands, relative to the site's root."""
        if part not in self.apart:
            return f"{self.table.name}/#{part.of}"
        return (
            f"{part.of}/{self.table.name}/" if isinstance(part.of, str) else f"{self.table.name}/{part.of}/"
        )


@dataclass(frozen=True)
class Sheet:
    """One page of an overview; `part` is the one that it shows alone, `number` counts its pages from 1.

    Where two sheets of one part are compared, what the other parts hold does not count.
    """

    overview: Overview = field(compare=False)
    url: str
    parts: list[Part]
    part: Part | None = None
    number: int = 1
    pages: int = 1
    whole: Overview | None = field(default=None, repr=False)
    """The overview where the page tells of all its parts."""

    def page(self, number: int) -> str:
        """The address of another page of the same part."""
        assert self.part
        return _page(self.overview.address(self.part), number)


def in_parts(rows: Iterable[Row], packs: dict[str, Pack]) -> list[Part]:
    """The rows in parts: packs in their order, then years, the last first; rows keep their order."""
    found: dict[str | int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.of].append(row)
    order = sorted(packs, key=lambda name: (packs[name].order, name))
    years = sorted((of for of in found if isinstance(of, int)), reverse=True)
    return [Part(of, found[of]) for of in [*order, *years] if of in found]


def sheets(overview: Overview) -> Iterator[Sheet]:
    """The pages of an overview: its own, and those of the parts that stand apart."""
    together = [part for part in overview.parts if part not in overview.apart]
    yield Sheet(overview, f"{overview.table.name}/", together, whole=overview)
    for part in overview.apart:
        starts = range(0, len(part.lines), overview.table.most)
        for number, start in enumerate(starts, 1):
            piece = Part(part.of, part.lines[start : start + overview.table.most])
            url = _page(overview.address(part), number)
            yield Sheet(overview, url, [piece], part, number, len(starts))


def _page(address: str, number: int) -> str:
    """No record is named with an underscore, so no page of a list takes a record's address."""
    return address if number == 1 else f"{address}page_{number}/"


# Documents: register, changes, reviews ---------------------------------------------------------------------


def register(book: Handbook) -> Iterator[Row]:
    """Every record with a document number, by number."""
    for record in sorted(book.shown, key=lambda record: (record.code or "", record.id)):
        if record.code:
            yield Row(record.pack, "records", record)


def compared(book: Handbook) -> Iterator[Row]:
    """Contacts for which several packs have standards; then what is tailored from a common record."""
    for contact in shared(book):
        yield Row(contact.touchpoint.pack, "contacts", contact)
    for record in tailored(book):
        yield Row(record.pack, "tailored", record)


class Noted(NamedTuple):
    """What a version changed, as its writer noted it; `record` is the revision where it still exists."""

    day: date
    record: Record
    change: Change


def changes(book: Handbook) -> Iterator[Row]:
    """Every change note, newest first: by pack those of the last year, by year those of the years before."""
    recent = book.today - YEAR
    noted = sorted(_noted(book), key=lambda each: (each.record.id, each.change.version), reverse=True)
    noted.sort(key=lambda each: each.day, reverse=True)
    for each in noted:
        if each.day > recent:
            yield Row(each.record.pack, "changes", each)
    for each in noted:
        if each.day.year <= recent.year:
            yield Row(each.day.year, "changes", each)


def _noted(book: Handbook) -> Iterator[Noted]:
    for revisions in book.revisions.values():
        written = [record for record in revisions if record.status != "draft"]
        majors = {record.version.major: record for record in reversed(written)}
        told = {change.version: change for record in reversed(written) for change in record.changes}
        for version, change in told.items():
            yield Noted(change.on, majors.get(version.major, written[0]), change)


class Due(NamedTuple):
    """A record to be reviewed by a day of a month; `month` is its first day."""

    month: date
    record: Record


class Ending(NamedTuple):
    """A waiver of a record."""

    record: Record
    waiver: Waiver


def reviews(book: Handbook) -> Iterator[Row]:
    """What the owners have to review: late, this quarter, later; what is new and what ends this quarter."""
    first, last = quarter(book.today)
    kept = [record for record in book.shown if not book.is_over(record) and not isinstance(record, Notice)]
    for record in sorted(kept, key=lambda record: (record.review_by, record.id)):
        day = record.review_by
        table = "late" if day < book.today else "due" if day <= last else "later"
        yield Row(record.pack, table, Due(day.replace(day=1), record))
    for record in kept:
        if first <= record.effective <= book.today:
            yield Row(record.pack, "fresh", record)
        for waiver in record.waivers:
            if waiver.until <= last:
                yield Row(record.pack, "ending", Ending(record, waiver))


def quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter that a day is in."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    return first, (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)


# Scripts, metrics, forms -----------------------------------------------------------------------------------


class Seasonal(NamedTuple):
    """A script that is used in some months; `due` where this is one of them."""

    script: Script
    due: bool


class Spoken(NamedTuple):
    """A script and the contact at which it is said first, if at any."""

    script: Script
    touchpoint: Touchpoint | None


def scripts(book: Handbook) -> Iterator[Row]:
    """Scripts of the season, the next ones first; then all, in the order in which customers meet them."""
    seasonal = [script for script in book.in_force(Script) if script.season]
    for script in sorted(seasonal, key=lambda script: (_months_ahead(script.season, book.today), script.id)):
        yield Row(script.pack, "outbound", Seasonal(script, _months_ahead(script.season, book.today) == 0))
    order = contacts(book)
    places = {id: place for place, id in enumerate(order)}
    at = [*order.values(), None]
    spoken = [
        (min((places[id] for id in script.touchpoints if id in places), default=len(order)), script)
        for script in book.in_force(Script)
    ]
    for place, script in sorted(spoken, key=lambda entry: (entry[0], entry[1].id)):
        yield Row(script.pack, "scripts", Spoken(script, at[place]))


def _months_ahead(season: Season | None, today: date) -> int:
    """After how many months the season begins; 0 in its months."""
    assert season
    month = today.month - 1
    inside = (month - season.first) % 12 <= (season.last - season.first) % 12
    return 0 if inside else (season.first - month) % 12


def contacts(book: Handbook) -> dict[str, Touchpoint]:
    """The touchpoints in force by id, in the order of the journeys; those on no journey last."""
    ids = [id for journey in book.in_force(Journey) for stage in journey.stages for id in stage.touchpoints]
    known = {touchpoint.id: touchpoint for touchpoint in book.in_force(Touchpoint)}
    return {id: known[id] for id in dict.fromkeys([*ids, *known]) if id in known}


class Ranked(NamedTuple):
    """A finding in its place; `days` from the day it was found until it was closed, or until today."""

    finding: Finding
    progress: Progress
    days: int


def findings(book: Handbook) -> Iterator[Row]:
    """The findings as an overview, by rank."""
    for finding, state in ranked(book):
        proofs = [action.verified.on for action in finding.actions if action.verified]
        last = max(proofs, default=book.today) if state == "closed" else book.today
        yield Row(finding.pack, "findings", Ranked(finding, state, (last - finding.found_on).days))


class Reported(NamedTuple):
    """A metric and the clauses that it reports on."""

    metric: Metric
    norms: list[Norm]


def metrics(book: Handbook) -> Iterator[Row]:
    """Every metric with the clauses it reports on."""
    found: dict[str, list[Norm]] = defaultdict(list)
    for standard in book.in_force(Standard):
        for clause in standard.clauses:
            if clause.measure and clause.measure.metric:
                found[clause.measure.metric].append(Norm(standard, clause))
    for metric in book.in_force(Metric):
        yield Row(metric.pack, "metrics", Reported(metric, found.get(metric.id, [])))


def forms(book: Handbook) -> Iterator[Row]:
    """Every form, by what it is for."""
    order = get_args(Form.model_fields["purpose"].annotation)
    for form in sorted(book.in_force(Form), key=lambda form: (order.index(form.purpose), form.id)):
        yield Row(form.pack, "forms", form)


def present(book: Handbook, location: Location) -> list[Facility]:
    """The facilities that a location has to have: those of its packs that count there."""
    return [
        facility
        for facility in book.in_force(Facility)
        if facility.pack in location.packs
        and (not book.only_at(facility) or location.id in book.only_at(facility))
    ]


# What is not settled ---------------------------------------------------------------------------------------


class Open(NamedTuple):
    """Something not settled, and where."""

    record: Record
    gap: Gap


class Stub(NamedTuple):
    """Something named and not explained."""

    record: Record
    title: str


def gaps(book: Handbook) -> Iterator[Row]:
    """What is not settled, what is only named, and which checks are waived."""
    for record in book.current:
        yield from (Row(record.pack, "gaps", Open(record, gap)) for gap in record.gaps)
        yield from (Row(record.pack, "stubs", Stub(record, title)) for title in _stubs(record))
        yield from (Row(record.pack, "waivers", Ending(record, waiver)) for waiver in record.waivers)


def warnings(problems: Iterable[Problem]) -> Iterator[Row]:
    """What the checks warn of, each in the pack of its file."""
    for problem in problems:
        yield Row(problem.place.path.split("/")[1], "warnings", problem)


def _stubs(record: Record) -> list[str]:
    if isinstance(record, Model):
        return [component.title for component in record.components if not component.text]
    if isinstance(record, Guide):
        return [point.point for point in record.points if not point.measure and not point.record]
    return []
