"""Plain data laid over other plain data: what a tailored record or a notice writes, over what it starts from.

Blocks merge key by key, lists of entries with ids entry by entry, everything else is replaced. In a list of
entries `drop: true` leaves one out, `after: ID` says where one stands. Every value keeps its file and place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import Place, Problem, hint
from generator.source import Data, Source
from generator.values import Told

Origins = dict[Loc, tuple[Source, Loc]]
"""Where in the merged data -> in which file and where in it the value and all below it were written."""


@dataclass(frozen=True)
class Layer:
    """Data and where it stands: below `loc` of `source`, written by `pack`."""

    source: Source
    data: Data
    pack: str
    loc: Loc = ()


@dataclass(frozen=True)
class Overlaid(Source):
    """A file together with what it departs from; places lead to the file that wrote the value."""

    origins: Origins = field(default_factory=dict)

    def place(self, *loc: str | int) -> Place:
        source, inner = self.origin(loc)
        return self._through(source.place(*inner))

    def key_place(self, *loc: str | int) -> Place:
        source, inner = self.origin(loc)
        return self._through(source.key_place(*inner))

    def origin(self, loc: Loc) -> tuple[Source, Loc]:
        cut = len(loc)
        while loc[:cut] not in self.origins:
            cut -= 1
        source, inner = self.origins[loc[:cut]]
        return source, inner + loc[cut:]

    def holds(self, *loc: str | int) -> bool:
        source, inner = self.origin(loc)
        return source.holds(*inner)

    def _through(self, place: Place) -> Place:
        via = "" if place.path == self.path else self.path
        return Place(place.path, place.line, place.column, via)


def lay_over(base: Layer, over: Layer, may_add: bool = True) -> Overlaid:
    """`over` laid over `base`; the faults of its file and of its fitting are the result's problems.

    Without `may_add`, an entry may only be new where `after` says where it stands.
    """
    merging = _Merging(base, over, may_add)
    data = merging.block(base.data, over.data, (), base.loc, over.loc)
    merging.origins[()] = (over.source, over.loc)
    problems = (*over.source.problems, *merging.problems)
    return Overlaid(over.source.path, data, problems, over.source.text, merging.origins)


class _Merging:
    """One merge; collects where each value came from and what was wrong."""

    def __init__(self, base: Layer, over: Layer, may_add: bool) -> None:
        self.base, self.over, self.may_add = base, over, may_add
        self.origins: Origins = {}
        self.problems: list[Problem] = []

    def block(self, old: Data, new: Data, here: Loc, old_loc: Loc, new_loc: Loc) -> dict[str, Data]:
        merged: dict[str, Data] = {}
        for key in dict.fromkeys([*old, *new]):
            spot = ((*here, key), (*old_loc, key), (*new_loc, key))
            if key not in new:
                merged[key] = self._kept(old[key], spot[0], spot[1])
            elif key not in old and not _has_controls(new[key]):
                merged[key] = self._written(new[key], spot[0], spot[2])
            else:
                merged[key] = self._value(old.get(key, []), new[key], *spot)
        return merged

    def _value(self, old: Data, new: Data, here: Loc, old_loc: Loc, new_loc: Loc) -> Data:
        if isinstance(old, dict) and isinstance(new, dict):
            self.origins[here] = (self.over.source, new_loc)
            return self.block(old, new, here, old_loc, new_loc)
        if (_has_ids(old) or old == []) and _has_ids(new):
            self.origins[here] = (self.over.source, new_loc)
            return self._entries(old, new, here, old_loc, new_loc)
        return self._written(new, here, new_loc)

    def _kept(self, value: Data, here: Loc, loc: Loc) -> Data:
        self.origins[here] = (self.base.source, loc)
        return told(value, self.base.pack)

    def _written(self, value: Data, here: Loc, loc: Loc) -> Data:
        self.origins[here] = (self.over.source, loc)
        return told(value, self.over.pack)

    def _entries(self, old: Data, new: Data, here: Loc, old_loc: Loc, new_loc: Loc) -> list[Data]:
        known = {entry["id"]: index for index, entry in enumerate(old)}
        merged: list[Data] = []
        for id, number in self._order(list(known), new, new_loc):
            spot = (*here, len(merged))
            if number is None:
                merged.append(self._kept(old[known[id]], spot, (*old_loc, known[id])))
            elif id in known and number == _first(new, id):
                self.origins[spot] = (self.over.source, (*new_loc, number))
                at = (spot, (*old_loc, known[id]), (*new_loc, number))
                merged.append(self.block(old[known[id]], _plain(new[number]), *at))
            else:
                merged.append(self._written(_plain(new[number]), spot, (*new_loc, number)))
        return merged

    def _order(self, known: list[str], new: Data, loc: Loc) -> Iterator[tuple[str, int | None]]:
        """The entries in their new order, each with its number in `new` if it stands there."""
        order: list[tuple[str, int | None]] = [(id, None) for id in known]
        for number, entry in enumerate(new):
            faults = list(self._faults(known, new, number, (*loc, number)))
            self.problems.extend(faults)
            if entry["id"] in known and number == _first(new, entry["id"]):
                order[[id for id, _ in order].index(entry["id"])] = (entry["id"], number)
            elif not any(fault.place == self.over.source.place(*loc, number, "id") for fault in faults):
                order.append((entry["id"], number))
        moved = [(entry["id"], number) for number, entry in enumerate(new) if "after" in entry]
        for id, number in _in_turn(moved, {id: new[number]["after"] for id, number in moved}):
            _move(order, (id, number), new[number]["after"])
        return ((id, number) for id, number in order if number is None or new[number].get("drop") != "true")

    def _faults(self, known: list[str], new: Data, number: int, loc: Loc) -> Iterator[Problem]:
        entry, id = new[number], new[number]["id"]
        ids = [*known, *(other["id"] for other in new)]
        if "drop" in entry and entry["drop"] != "true":
            yield self._fault(loc, "drop", say("'drop' can only be true: got '{found}'", found=entry["drop"]))
        elif "drop" in entry and len(entry) > 2:
            yield self._fault(loc, "drop", say("'{id}' is left out; delete its other keys", id=id))
        if id not in known and ("drop" in entry or not (self.may_add or "after" in entry)):
            yield self._fault(loc, "id", self._no_entry(id, known))
        if "after" in entry and (entry["after"] not in ids or entry["after"] == id):
            yield self._fault(loc, "after", self._no_entry(entry["after"], [i for i in ids if i != id]))

    def _no_entry(self, id: object, known: list[str]) -> Message:
        near = hint(str(id), known)
        return say("no entry '{id}' in {path}{hint}", id=id, path=self.base.source.path, hint=near)

    def _fault(self, loc: Loc, key: str, message: Message) -> Problem:
        return Problem(self.over.source.place(*loc, key), "wrong-overlay", message)


def told(value: Data, pack: str) -> Data:
    """The same data, each text knowing the pack that wrote it, so that a bare id keeps its meaning."""
    if isinstance(value, dict):
        return {key: told(child, pack) for key, child in value.items()}
    if isinstance(value, list):
        return [told(child, pack) for child in value]
    return value if isinstance(value, Told) else Told.by(pack, value)


def _has_ids(value: Data) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_entry(entry) for entry in value)


def _is_entry(entry: Data) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("id"), str)


def _has_controls(value: Data) -> bool:
    """Whether entries say how they stand to others, though there are none."""
    return _has_ids(value) and any("drop" in entry or "after" in entry for entry in value)


def _first(new: Data, id: str) -> int:
    """Where an id stands first; a second entry with it is one too many, which a rule reports."""
    return next(number for number, entry in enumerate(new) if entry["id"] == id)


def _in_turn(moved: list[tuple[str, int]], after: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    """Each entry once the one it follows has its place; those that follow each other keep theirs."""
    waiting = list(moved)
    while ready := [entry for entry in waiting if after[entry[0]] not in {id for id, _ in waiting}]:
        yield from ready
        waiting = [entry for entry in waiting if entry not in ready]


def _move(order: list[tuple[str, int | None]], entry: tuple[str, int | None], after: object) -> None:
    ids = [id for id, _ in order]
    if entry in order and after in ids and after != entry[0]:
        order.remove(entry)
        order.insert([id for id, _ in order].index(str(after)) + 1, entry)


def _plain(entry: dict[str, Data]) -> dict[str, Data]:
    return {key: value for key, value in entry.items() if key not in ("drop", "after")}
