"""What is different between two records of one kind, field by field and entry by entry."""

from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from generator.kinds.record import Record
from generator.marks import Loc
from generator.values import Ref, Strict

_NOTHING: tuple[Any, ...] = (None, [], {})


class Change(NamedTuple):
    """One value that differs; `old` or `new` is None where there is none.

    `path` holds names of fields and ids of entries, `trail` the same with the entries themselves.
    `loc` is where the value stands in the newer record, or where it would; `block` has the last field named.
    """

    path: tuple[str, ...]
    trail: tuple[str | Strict, ...]
    loc: Loc
    old: Any
    new: Any
    block: type[Strict]


class _Spot(NamedTuple):
    block: type[Strict]
    path: tuple[str, ...] = ()
    trail: tuple[str | Strict, ...] = ()
    loc: Loc = ()

    def at(self, name: str, entry: str | Strict, part: str | int) -> "_Spot":
        return _Spot(self.block, (*self.path, name), (*self.trail, entry), (*self.loc, part))

    def change(self, old: Any, new: Any) -> Change:
        return Change(self.path, self.trail, self.loc, old, new, self.block)


def differences(old: Record, new: Record, without: Container[str] = ()) -> list[Change]:
    """What `new` has otherwise than `old`, in the order of the fields, `without` some fields."""
    names = [name for name in type(new).model_fields if name not in without]
    return list(_fields(old, new, names, _Spot(type(new))))


def _fields(old: Strict, new: Strict, names: Sequence[str], spot: _Spot) -> Iterator[Change]:
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        if not _same(before, after):
            yield from _value(before, after, spot._replace(block=type(new)).at(name, name, name))


def _value(old: Any, new: Any, spot: _Spot) -> Iterator[Change]:
    if isinstance(old, Strict) and type(old) is type(new):
        yield from _fields(old, new, list(type(new).model_fields), spot)
    elif _entries(old) and _entries(new):
        yield from _listed(old, new, spot)
    else:
        yield spot.change(None if old in _NOTHING else old, None if new in _NOTHING else new)


def _listed(old: list[Any], new: list[Any], spot: _Spot) -> Iterator[Change]:
    before = {entry.id: entry for entry in old}
    after = {entry.id: (number, entry) for number, entry in enumerate(new)}
    for id, entry in before.items():
        if id not in after:
            yield spot._replace(path=(*spot.path, id), trail=(*spot.trail, entry)).change(entry, None)
    for id, (number, entry) in after.items():
        inner = spot.at(id, entry, number)
        if id not in before:
            yield inner.change(None, entry)
        elif not _same(before[id], entry):
            yield from _value(before[id], entry, inner)
    kept = [entry for id, entry in before.items() if id in after]
    order = [entry for id, (_, entry) in after.items() if id in before]
    if [entry.id for entry in kept] != [entry.id for entry in order]:
        yield spot.change(kept, order)


def _same(old: Any, new: Any) -> bool:
    """Whether two values say the same; ids also name an entry or a MAJOR."""
    if isinstance(old, Ref) and isinstance(new, Ref):
        return (old, old.item, old.major) == (new, new.item, new.major)
    if isinstance(old, Strict) and type(old) is type(new):
        return all(_same(getattr(old, name), getattr(new, name)) for name in type(old).model_fields)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    return bool(old == new)


def _entries(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, Strict) and hasattr(entry, "id") for entry in value
    )
