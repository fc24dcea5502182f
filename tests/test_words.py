"""Every field has a name that readers understand."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from generator.kinds import KINDS
from generator.kinds.record import Record
from generator.values import Strict
from generator.words import FIELDS, WORDS


def blocks(hint: Any) -> Iterator[type[Strict]]:
    """The blocks that a type is made of."""
    if isinstance(hint, type) and issubclass(hint, Strict):
        yield hint
    for part in get_args(hint):
        yield from blocks(part)


def models(kind: type[Strict], seen: set[type[Strict]]) -> set[type[Strict]]:
    """A kind and every part inside it."""
    seen.add(kind)
    for field in kind.model_fields.values():
        for part in set(blocks(field.annotation)) - seen:
            models(part, seen)
    return seen


def literals(hint: Any) -> Iterator[str]:
    """The values that a type allows, where they are listed."""
    for part in get_args(hint):
        if get_origin(hint) is Literal:
            yield part
        elif not isinstance(part, str):
            yield from literals(part)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_field_has_a_chinese_name(kind: type[Record]) -> None:
    names = {name for model in models(kind, set()) for name in model.model_fields}
    assert sorted(names - set(FIELDS)) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_every_value_has_a_chinese_word(kind: type[Record]) -> None:
    hints = [field.annotation for model in models(kind, set()) for field in model.model_fields.values()]
    assert sorted({value for hint in hints for value in literals(hint)} - set(WORDS)) == []


def test_no_name_is_for_a_field_that_is_gone() -> None:
    blocks = {model for kind in KINDS for model in models(kind, set())}
    names = {name for model in blocks for name in model.model_fields}
    qualified = {f"{model.__name__}.{name}" for model in blocks for name in model.model_fields}
    assert sorted(set(FIELDS) - names - qualified) == []
