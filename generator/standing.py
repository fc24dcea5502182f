"""How things stand: how far standards are made, how facilities are kept, what business lines rule."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.handbook import Handbook
from generator.inspections import inspected
from generator.kinds.comparison import Comparison
from generator.kinds.facility import Facility
from generator.kinds.parts import Step
from generator.kinds.procedure import Procedure
from generator.kinds.standard import Standard
from generator.overviews import Part, Row
from generator.sides import ruled
from generator.view import Norm


class Developed(NamedTuple):
    """A standard with the step that has been reached in making it, and the next one."""

    standard: Standard
    reached: Step | None
    next: Step | None


def development(book: Handbook) -> Iterator[Row]:
    """Every standard and how far it has been made; those with most to do come first."""
    for standard in sorted(book.in_force(Standard), key=lambda standard: (standard.step, standard.id)):
        made = book.development(standard.pack)
        if made:
            steps = dict(enumerate(made.steps, 1))
            developed = Developed(standard, steps.get(standard.step), steps.get(standard.step + 1))
            yield Row(standard.pack, "standards", developed)


def at_step(book: Handbook, procedure: Procedure) -> list[int]:
    """How many standards have reached each step of the procedure by which they are made, and no later one."""
    own = [
        book.development(standard.pack) is procedure and standard.step for standard in book.in_force(Standard)
    ]
    return [own.count(number) for number in range(1, len(procedure.steps) + 1)]


def facilities(book: Handbook) -> Iterator[Row]:
    """Every facility and how it was found when it was checked last."""
    for facility in book.in_force(Facility):
        yield Row(facility.pack, "facilities", inspected(book, facility))


class Ruled(NamedTuple):
    """A comparison and the clauses that it sets side by side."""

    comparison: Comparison
    norms: list[Norm]

    @property
    def businesses(self) -> int:
        """How many packs rule on the matter."""
        return len({norm.standard.pack for norm in self.norms})


def comparisons(book: Handbook) -> Iterator[Row]:
    """Every matter on which business lines rule, with what each says; first those on which most rule."""
    found = [Ruled(comparison, ruled(book, comparison)) for comparison in book.in_force(Comparison)]
    for row in sorted(found, key=lambda row: (-row.businesses, row.comparison.id)):
        yield Row(row.comparison.pack, "comparisons", row)


def businesses(book: Handbook, parts: Iterable[Part]) -> list[str]:
    """The packs whose clauses the comparisons set side by side, in the order of the packs."""
    norms = [norm for part in parts for row in part.rows("comparisons") for norm in row.norms]
    return sorted({norm.standard.pack for norm in norms}, key=lambda name: book.packs[name].order)
