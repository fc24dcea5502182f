"""What is set side by side: clauses of business lines on one matter, standards of packs and places."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.comparison import Comparison
from generator.kinds.parts import Clause
from generator.kinds.record import Record
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint
from generator.view import Norm


def ruled(book: Handbook, comparison: Comparison) -> list[Norm]:
    """The clauses of a comparison that are in force, pack by pack in the order of the packs."""
    found = []
    for ref in comparison.clauses:
        standard = book.get(ref)
        clause = entries(standard).get(ref.item or "") if standard else None
        if isinstance(standard, Standard) and isinstance(clause, Clause) and book.is_in_force(standard):
            found.append(Norm(standard, clause))
    return sorted(found, key=lambda norm: book.packs[norm.standard.pack].order)


class Shared(NamedTuple):
    """Records of several packs or places for the same contact with the customer, side by side."""

    touchpoint: Touchpoint
    standards: list[Standard]


def shared(book: Handbook) -> list[Shared]:
    """Every touchpoint for which standards of more than one pack are in force."""
    standards: dict[str, list[Standard]] = defaultdict(list)
    for standard in book.in_force(Standard):
        for id in standard.touchpoints:
            standards[id].append(standard)
    return [
        Shared(touchpoint, standards[touchpoint.id])
        for touchpoint in book.in_force(Touchpoint)
        if len({standard.pack for standard in standards[touchpoint.id]}) > 1
    ]


class Family(NamedTuple):
    """Standards tailored from one another; each row holds one clause of each, None where it has none."""

    standards: list[Standard]
    rows: list[list[Clause | None]]


def families(standards: Sequence[Standard]) -> list[Family]:
    """Standards side by side where they are tailored from one another, the others each alone."""
    found: dict[str, list[Standard]] = defaultdict(list)
    for standard in standards:
        found[standard.extends or standard.id].append(standard)
    return [Family(each, _rows(each)) for each in sorted(found.values(), key=len, reverse=True)]


def _rows(standards: Sequence[Standard]) -> list[list[Clause | None]]:
    clauses = [{clause.id: clause for clause in standard.clauses} for standard in standards]
    ids = dict.fromkeys(id for each in clauses for id in each)
    return [[each.get(id) for each in clauses] for id in ids]


def tailored(book: Handbook) -> list[Record]:
    """Every record in force that is tailored from another."""
    return [record for record in book.current if record.extends]
