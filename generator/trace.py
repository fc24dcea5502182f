"""From outside documents to records: who cites which clause, and which standard keeps which promise."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.handbook import Handbook
from generator.kinds.parts import Clause
from generator.kinds.record import Record
from generator.kinds.reference import Fact, Reference, Section
from generator.kinds.standard import Standard
from generator.overviews import Overview, Row, Table, in_parts

STANDINGS = ("superseded", "unverified", "current")
"""What needs looking after comes first."""


class Traced(NamedTuple):
    """A clause of an outside document, the records in force that cite it, and what it says, fact by fact.

    Untitled where the document does not list it.
    """

    clause: str
    title: str
    records: list[Record]
    facts: list[Fact]


class Citing(NamedTuple):
    """A record in force and a clause that it cites."""

    clause: str
    title: str
    record: Record


class Cited(NamedTuple):
    """An outside document: how many of its clauses are cited, how many are not, by how many records."""

    reference: Reference
    cited: int
    uncited: int
    records: int


class Promised(NamedTuple):
    """A public promise with the standard behind it and the clauses of it that are measured."""

    standard: Standard
    measured: list[Clause]


def trace(book: Handbook, reference: Reference) -> list[Traced]:
    """The clauses of an outside document in order, each with the records in force that cite it."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in book.users(reference):
        cited = (source.clause for source in record.sources if source.reference == reference.id)
        for clause in dict.fromkeys(cited):
            found[clause].append(record)
    listed = {section.clause: section for section in reference.clauses}
    return [
        Traced(
            clause,
            listed[clause].title if clause in listed else "",
            found.get(clause, []),
            _facts(listed, clause),
        )
        for clause in dict.fromkeys([*listed, *found])
    ]


def _facts(listed: dict[str, Section], clause: str) -> list[Fact]:
    return listed[clause].facts if clause in listed else []


MOST_CITING = 400
"""With more records than this, what cites an outside document stands pack by pack, off its own page."""


def citing(book: Handbook, reference: Reference) -> Overview:
    """What cites an outside document, by the pack of the record and clause by clause."""
    rows = [
        Row(record.pack, "citing", Citing(clause, title, record))
        for clause, title, records, _ in trace(book, reference)
        for record in records
    ]
    line = "每一条用在哪里。"
    table = Table(
        reference.url.rstrip("/"), reference.title, line, lambda _: rows, "citing", together=MOST_CITING
    )
    return Overview(table, in_parts(rows, book.packs))


def references(book: Handbook) -> Iterator[Row]:
    """Outside documents, those no longer sure first; then every public promise."""
    order = {standing: place for place, standing in enumerate(STANDINGS)}
    for reference in sorted(
        book.in_force(Reference), key=lambda reference: (order[reference.standing], reference.id)
    ):
        clauses = trace(book, reference)
        cited = [clause for clause in clauses if clause.records]
        citing = {record.id for clause in cited for record in clause.records}
        told = Cited(reference, len(cited), len(clauses) - len(cited), len(citing))
        yield Row(reference.pack, "references", told)
    for standard in book.in_force(Standard):
        if standard.promise:
            measured = [clause for clause in standard.clauses if clause.measure]
            yield Row(standard.pack, "promises", Promised(standard, measured))
