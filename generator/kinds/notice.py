"""A temporary instruction: what is different, from when until when, where and for whom."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from generator.kinds.record import Record
from generator.messages import say
from generator.values import AnyRef, LocationRef, ProseText, RoleRef, Slug, Strict, Text


def _patch(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        raise PydanticCustomError("model_type", "not a block of keys", {"found": value})
    return value


Patch = Annotated[dict[str, Any], BeforeValidator(_patch)]
"""Keys of a record as its own file would write them; entries of lists are named by their id."""


class Override(Strict):
    """What a notice changes in one record as long as it is in force."""

    id: Slug
    """Short name of the change, unique in the notice."""
    record: AnyRef
    """The record that is different meanwhile."""
    fields: Patch
    """Only the keys that differ, written as in the record; an entry of a list is named by its id."""


class Notice(Record):
    """In force from `effective` to `ends`; then it goes by itself and stays in the history."""

    kind = "notice"
    folder = "notices"
    label = say("notice")

    nature: Literal["temporary", "pilot"] = "temporary"
    """temporary: for an occasion; pilot: tried out at some locations first."""
    reason: Text
    """Why it is needed."""
    instruction: ProseText
    """What to do meanwhile, starting with the verb."""
    locations: list[LocationRef] = []
    """Where it applies; none means everywhere."""
    roles: list[RoleRef] = []
    """Whom it concerns; none means everyone."""
    touches: list[AnyRef] = []
    """Records whose pages show the notice, besides those it overrides."""
    overrides: list[Override] = []
    """What is different meanwhile, record by record."""
