"""What a notice makes of the records it overrides, as long as it is in force."""

from typing import NamedTuple

from pydantic import ValidationError

from generator.faults import value_problems
from generator.kinds.notice import Notice, Override
from generator.kinds.record import Record
from generator.overlay import Layer, lay_over
from generator.problems import Problem


class Laid(NamedTuple):
    """One revision with one override of a notice laid over it; `record` is None where they do not fit."""

    notice: Notice
    override: Override
    target: Record
    record: Record | None
    problems: list[Problem]


def laid_over(notice: Notice, index: int, target: Record) -> Laid:
    """`target` as it is while the override number `index` of the notice is in force."""
    loc = ("overrides", index, "fields")
    base = Layer(target.source, target.source.data, target.pack)
    over = Layer(notice.source, notice.overrides[index].fields, notice.pack, loc)
    source = lay_over(base, over, may_add=False)
    problems = [problem for problem in source.problems if problem not in notice.source.problems]
    try:
        record = type(target).model_validate(source.data, context={"pack": target.pack})
    except ValidationError as error:
        problems += value_problems(type(target), source, error.errors(include_url=False))
        return Laid(notice, notice.overrides[index], target, None, problems)
    record.settle(target.pack, target.stem, source)
    return Laid(notice, notice.overrides[index], target, record, problems)
