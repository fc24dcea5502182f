"""The linked graph of one handbook on one day, and the questions pages and checks ask of it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator import prose
from generator.kinds import KINDS
from generator.kinds.classification import Class, Classification
from generator.kinds.location import Location
from generator.kinds.parts import Authority, Contact, Visibility
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record, leaves
from generator.kinds.role import Role
from generator.kinds.standard import Standard
from generator.limits import Limit
from generator.marks import Loc
from generator.settings import Pack, Settings
from generator.source import Source
from generator.values import SLUG, Prose, Ref

_ID = re.compile(rf"(?:({SLUG})/)?({SLUG})")
_R = TypeVar("_R", bound=Record)


class Link(NamedTuple):
    """A reference from a record, by a field or in its prose."""

    record: Record
    loc: Loc
    ref: Ref


class Said(NamedTuple):
    """A text in a record."""

    record: Record
    loc: Loc
    text: str


class Measured(NamedTuple):
    """A limit in a record."""

    record: Record
    loc: Loc
    limit: Limit


class Reach(NamedTuple):
    """How a post is reached at a location."""

    location: Location
    contact: Contact


class Decision(NamedTuple):
    """What a post may decide."""

    role: Role
    row: Authority


@dataclass(frozen=True)
class Handbook:
    """All records by id. `unread` holds ids whose files exist but could not be read;
    `figures` the paths of all images below the packs' figures/ folders."""

    settings: Settings
    packs: dict[str, Pack]
    records: dict[str, Record]
    today: date
    sources: dict[str, Source] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()

    def __getitem__(self, ref: str) -> Record:
        return self.records[ref]

    def get(self, ref: str | None) -> Record | None:
        """The record, or None."""
        return self.records.get(ref) if ref else None

    def each(self, kind: type[_R]) -> list[_R]:
        """All records of a kind, by id."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    def approved(self, kind: type[_R]) -> list[_R]:
        """The approved records of a kind, by id."""
        return [record for record in self.each(kind) if record.status == "approved"]

    def of_pack(self, pack: str, kind: type[_R]) -> list[_R]:
        """A pack's records of a kind, by id."""
        return [record for record in self.each(kind) if record.pack == pack]

    @cached_property
    def _by_kind(self) -> dict[type[Record], list[Record]]:
        found: dict[type[Record], list[Record]] = {kind: [] for kind in KINDS}
        for record in self.records.values():
            found[type(record)].append(record)
        return found

    @cached_property
    def contents(self) -> tuple[list[Link], list[Said], list[Measured]]:
        """Every reference, text and limit of every record, found in one walk."""
        links: list[Link] = []
        said: list[Said] = []
        limits: list[Measured] = []
        for record in self.records.values():
            for loc, value in leaves(record):
                if isinstance(value, str):
                    if type(value) is Ref:
                        links.append(Link(record, loc, value))
                        continue
                    said.append(Said(record, loc, value))
                    if type(value) is Prose and "[[" in value:
                        links.extend(_prose_links(record, loc, value))
                elif isinstance(value, Limit):
                    limits.append(Measured(record, loc, value))
        return links, said, limits

    @property
    def links(self) -> list[Link]:
        """Every reference."""
        return self.contents[0]

    @property
    def said(self) -> list[Said]:
        """Every text."""
        return self.contents[1]

    @property
    def limits(self) -> list[Measured]:
        """Every limit."""
        return self.contents[2]

    @cached_property
    def backlinks(self) -> dict[str, list[Record]]:
        """Id -> the records that refer to it, each once, by id."""
        found: dict[str, dict[str, Record]] = defaultdict(dict)
        for record, _, ref in self.links:
            if ref != record.id:
                found[ref][record.id] = record
        return {target: [sources[id] for id in sorted(sources)] for target, sources in found.items()}

    def users(self, record: Record) -> list[Record]:
        """The published records that refer to a record."""
        return [user for user in self.backlinks.get(record.id, []) if user.status == "approved"]

    @cached_property
    def _links_by_record(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            found[link.record.id].append(link)
        return found

    def links_of(self, record: Record) -> list[Link]:
        """The references a record holds."""
        return self._links_by_record.get(record.id, [])

    def visibility(self, record: Record) -> Visibility:
        """The record's own visibility, else its pack's."""
        return record.visibility or self.packs[record.pack].visibility

    @cached_property
    def published(self) -> list[Record]:
        """The records in force or coming, that readers get to see."""
        return [record for record in self.records.values() if record.status == "approved"]

    def roles_of(self, record: Record) -> list[Role]:
        """The roles a record concerns."""
        named: list[Ref] = list(getattr(record, "roles", []))
        if not named and record.distribution:
            named = record.distribution.roles
        return [role for role in map(self.get, dict.fromkeys(named)) if isinstance(role, Role)]

    @cached_property
    def _by_role(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.published:
            for role in self.roles_of(record):
                found[role.id].append(record)
        return found

    def of_role(self, role: Role, kind: type[_R]) -> list[_R]:
        """A role's records of a kind, by id."""
        return [record for record in self._by_role.get(role.id, []) if type(record) is kind]

    @cached_property
    def _reaches(self) -> dict[str, list[Reach]]:
        found: dict[str, list[Reach]] = defaultdict(list)
        for location in self.each(Location):
            for contact in location.contacts:
                found[contact.role].append(Reach(location, contact))
        return found

    def reach(self, role: str) -> list[Reach]:
        """How a post is reached, location by location."""
        return self._reaches.get(role, [])

    def deciders(self, remedy: str, pack: str | None = None) -> list[Decision]:
        """Every post that may offer a remedy, each before the one above it; of `pack`, its own ladder."""
        ladder = self._ladders.get(remedy, {})
        if pack is None:
            return list(ladder.values())
        wanted: set[str] = set()
        for start in [id for id, decision in ladder.items() if decision.role.pack == pack]:
            at: str | None = start
            while at in ladder and at not in wanted:
                wanted.add(at)
                at = ladder[at].row.above
        return [decision for id, decision in ladder.items() if id in wanted]

    @cached_property
    def _ladders(self) -> dict[str, dict[str, Decision]]:
        """Remedy -> role -> what it may decide, from the bottom up."""
        found: dict[str, dict[str, Decision]] = defaultdict(dict)
        for role in self.each(Role):
            for row in role.authority:
                found[row.remedy].setdefault(role.id, Decision(role, row))
        return {
            remedy: dict(sorted(ladder.items(), key=lambda entry: (-_height(ladder, entry[0]), entry[0])))
            for remedy, ladder in found.items()
        }

    @cached_property
    def emergencies(self) -> list[Procedure]:
        """The emergency procedures readers see, in the order of their document numbers."""
        found = [record for record in self.approved(Procedure) if record.emergency]
        return sorted(found, key=lambda record: (record.code or "~", record.id))

    @cached_property
    def complaint_topics(self) -> list[tuple[Classification, Class]]:
        """Every topic a customer may complain about."""
        return list(self._classes("complaint-topic"))

    @cached_property
    def severities(self) -> list[Class]:
        """The classes of complaint severity, lightest first."""
        return [item for _, item in self._classes("complaint-severity")]

    def _classes(self, purpose: str) -> Iterator[tuple[Classification, Class]]:
        for record in self.each(Classification):
            if record.purpose == purpose and record.status == "approved":
                yield from ((record, item) for item in record.classes)

    @cached_property
    def clauses(self) -> dict[str, list[str]]:
        """Id of a standard or classification -> its clauses or classes, as `record#item` names them."""
        standards = {record.id: [clause.id for clause in record.clauses] for record in self.each(Standard)}
        groups = {record.id: [item.id for item in record.classes] for record in self.each(Classification)}
        return standards | groups

    def address(self, ref: Ref) -> str:
        """The page and the place on it that a reference leads to; a complaint topic has its own page."""
        record = self[ref]
        if ref.item is None:
            return record.url
        if isinstance(record, Classification) and record.purpose == "complaint-topic":
            return f"{record.pack}/complaint/{ref.item}/"
        return f"{record.url}#{ref.item}"

    def heading(self, ref: Ref) -> str:
        """The title of what a reference leads to."""
        record = self[ref]
        classes = record.classes if isinstance(record, Classification) else []
        return next((item.title for item in classes if item.id == ref.item), record.title)


def _height(ladder: dict[str, Decision], role: str) -> int:
    """How many posts stand above a role."""
    seen = {role}
    above = ladder[role].row.above
    while above in ladder and above not in seen:
        seen.add(above)
        above = ladder[above].row.above
    return len(seen) + (above is not None and above not in seen)


def resolve(written: str, pack: str) -> Ref | None:
    """The full id of a link written in prose, or None where it is no id."""
    match = _ID.fullmatch(written)
    return Ref(f"{match[1] or pack}/{match[2]}") if match else None


def _prose_links(record: Record, loc: Loc, text: str) -> Iterator[Link]:
    for link in prose.links(text):
        if link.is_record:
            yield Link(record, loc, resolve(link.target, record.pack) or Ref(link.target))
