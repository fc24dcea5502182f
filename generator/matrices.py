"""Who does what, who learns what, and what each contact with the customer still lacks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard

from generator.handbook import Handbook
from generator.kinds.case import Case
from generator.kinds.course import Course
from generator.kinds.envelope import Gap
from generator.kinds.form import Form
from generator.kinds.journey import Journey
from generator.kinds.path import Path
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint
from generator.messages import tell
from generator.overviews import Row, contacts

COLUMNS = ("standard", "script", "do", "procedure", "form", "metric", "course", "case")
"""What a contact with the customer should have, in the order of the table."""


class Cell(NamedTuple):
    """What a contact has of one column: how much, in which records; `gap` where nothing is there yet."""

    column: str
    number: int
    records: list[Record]
    gap: Gap | None


class Covered(NamedTuple):
    """A contact with the customer, the stage of its journey, and what it has."""

    touchpoint: Touchpoint
    stage: str | None
    cells: list[Cell]


def coverage(book: Handbook) -> Iterator[Row]:
    """Every contact in the order of the journeys, with what it has and what it lacks."""
    stages: dict[str, str] = {
        id: stage.title
        for journey in reversed(book.in_force(Journey))
        for stage in reversed(journey.stages)
        for id in stage.touchpoints
    }
    index = _Index(book)
    for touchpoint in contacts(book).values():
        cells = [_cell(touchpoint, column, records) for column, records in index.of(touchpoint).items()]
        yield Row(touchpoint.pack, "contacts", Covered(touchpoint, stages.get(touchpoint.id), cells))


def _cell(touchpoint: Touchpoint, column: str, records: list[Record]) -> Cell:
    number = len(records)
    if column == "do":
        number = sum(len(one.do) + len(one.dont) for one in records if isinstance(one, Standard))
    named = [gap for gap in touchpoint.gaps if gap.id.split("-")[0] == column]
    return Cell(column, number, records, next(iter([*named, *touchpoint.gaps]), None) if not number else None)


class _Index:
    """What leads from a contact to its records; each list is made once for all contacts."""

    def __init__(self, book: Handbook) -> None:
        self.book = book
        self.at: dict[tuple[str, type[Record]], list[Record]] = defaultdict(list)
        met: list[Standard | Procedure | Script] = [
            *book.in_force(Standard),
            *book.in_force(Procedure),
            *book.in_force(Script),
        ]
        for record in met:
            for id in dict.fromkeys(record.touchpoints):
                self.at[id, type(record)].append(record)
        self.checked = checks(book)
        self.taught = _taught(book)
        self.told = _grouped((ref, case) for case in book.in_force(Case) for ref in case.teaches)

    def of(self, touchpoint: Touchpoint) -> dict[str, list[Record]]:
        """Column -> the records that a contact has in it."""
        standards = self.at[touchpoint.id, Standard]
        procedures, spoken = self.at[touchpoint.id, Procedure], self.at[touchpoint.id, Script]
        own = [touchpoint, *standards, *procedures, *spoken]
        said = [self.book.get(id) for record in standards for id in getattr(record, "scripts", [])]
        found = {
            "standard": standards,
            "script": [*spoken, *(record for record in said if record)],
            "do": standards,
            "procedure": procedures,
            "form": [form for record in standards for form in self.checked.get(record.id, [])],
            "metric": [metric for record in standards for metric in _metrics(self.book, record)],
            "course": [course for record in own for course in self.taught.get(record.id, [])],
            "case": [case for record in own for case in self.told.get(record.id, [])],
        }
        return {column: list({one.id: one for one in found[column]}.values()) for column in COLUMNS}


def checks(book: Handbook) -> dict[str, list[Record]]:
    """Standard -> the forms it is checked with: those it names and those that ask for one of its clauses."""
    named = ((standard.id, book.get(id)) for standard in book.in_force(Standard) for id in standard.forms)
    items = (
        (item.clause, form)
        for form in book.in_force(Form)
        for section in form.sections
        for item in section.items
        if item.clause
    )
    return _grouped([*((id, form) for id, form in named if form), *items])


def _taught(book: Handbook) -> dict[str, list[Record]]:
    return _grouped(
        (ref, course)
        for course in book.in_force(Course)
        for ref in [
            *(ref for module in course.modules for ref in module.records),
            *(question.cites for question in course.quiz),
        ]
    )


def _metrics(book: Handbook, standard: Record) -> list[Record]:
    clauses = standard.clauses if isinstance(standard, Standard) else []
    found = [book.get(clause.measure.metric) for clause in clauses if clause.measure]
    return [metric for metric in found if metric]


def _grouped(pairs: Iterable[tuple[str, Record]]) -> dict[str, list[Record]]:
    """Id -> its records, each once."""
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    for id, record in pairs:
        found[str(id)][record.id] = record
    return {id: list(records.values()) for id, records in found.items()}


# Who does what ---------------------------------------------------------------------------------------------


class Duty(NamedTuple):
    """A record and what each role has to do with it: role -> words, `steps` where it acts in some only."""

    record: Record
    parts: dict[str, list[str]]
    steps: dict[str, list[int]]
    unchecked: bool = False


def responsibilities(book: Handbook) -> Iterator[Row]:
    """For each procedure, standard and form: who does it, takes over, answers, approved and inspects."""
    inspected = checks(book)
    for procedure in book.in_force(Procedure):
        yield Row(procedure.pack, "procedures", _of_procedure(procedure))
    for standard in book.in_force(Standard):
        forms = [form for form in inspected.get(standard.id, []) if _inspects(form)]
        parts = _parts(standard, {"do": standard.roles, "inspect": [form.inspector for form in forms]})
        yield Row(standard.pack, "standards", Duty(standard, parts, {}, not forms))
    for form in book.in_force(Form):
        word = "inspect" if _inspects(form) else "fill-in"
        yield Row(form.pack, "forms", Duty(form, _parts(form, {word: [form.inspector]}), {}))


def _inspects(form: Record) -> TypeGuard[Form]:
    """Whether filling it in is looking at the work, not part of it."""
    return isinstance(form, Form) and form.purpose != "record"


def _of_procedure(procedure: Procedure) -> Duty:
    steps: dict[str, list[int]] = defaultdict(list)
    for number, step in enumerate(procedure.steps, 1):
        steps[step.role].append(number)
    taking_over = [step.handoff.to for step in procedure.steps if step.handoff]
    parts = _parts(procedure, {"do": list(steps), "take-over": taking_over})
    return Duty(procedure, parts, {role: numbers for role, numbers in steps.items() if len(steps) > 1})


def _parts(record: Record, found: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Role -> words, with the owner and who approved."""
    owners = [record.owner] if record.owner else []
    approvers = [record.approved.by] if record.approved else []
    parts: dict[str, list[str]] = defaultdict(list)
    for word, roles in {**found, "answer": owners, "approve": approvers}.items():
        for role in dict.fromkeys(roles):
            parts[role].append(word)
    return parts


def posts(book: Handbook, duties: Iterable[Duty]) -> list[Role]:
    """The roles that have anything to do with these records, the most concerned first."""
    counts = Counter(role for duty in duties for role in duty.parts)
    found = (book.get(id) for id in sorted(counts, key=lambda id: (-counts[id], id)))
    return [role for role in found if isinstance(role, Role)]


def spans(numbers: Iterable[int]) -> str:
    """Numbers in short: 1, 2, 3, 5 are `1–3、5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tell("、").join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


# Who learns what -------------------------------------------------------------------------------------------


class Learning(NamedTuple):
    """What a post has to learn: before it is taken, and in it; `paths` lead a newcomer there."""

    role: Role
    before: list[Course]
    during: list[Course]
    paths: list[Path]


def courses(book: Handbook) -> Iterator[Row]:
    """Each post with its courses, also a post without any; then the courses."""
    before = _by_role((role, course) for course in book.in_force(Course) for role in course.required_before)
    during = _by_role((role, course) for course in book.in_force(Course) for role in course.audience)
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in book.in_force(Path):
        for id in path.roles:
            paths[id].append(path)
    for role in book.in_force(Role):
        if not role.external:
            first = before.get(role.id, [])
            rest = [course for course in during.get(role.id, []) if course not in first]
            yield Row(role.pack, "posts", Learning(role, first, rest, paths.get(role.id, [])))
    for course in book.in_force(Course):
        yield Row(course.pack, "courses", course)


def _by_role(pairs: Iterable[tuple[str, Course]]) -> dict[str, list[Course]]:
    found: dict[str, list[Course]] = defaultdict(list)
    for role, course in pairs:
        found[role].append(course)
    return found
