"""The linked graph of one handbook on one day, and the questions pages and checks ask of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from generator.entries import entries
from generator.kinds.classification import Class, Classification
from generator.kinds.course import Course
from generator.kinds.location import Location
from generator.kinds.notice import Notice
from generator.kinds.parts import Authority, Contact
from generator.kinds.procedure import Procedure
from generator.kinds.record import Contents, Link, Measured, Record, Said, leaves, refs
from generator.kinds.role import Role
from generator.marks import Loc
from generator.notices import Laid
from generator.problems import Place
from generator.shelf import Shelf
from generator.values import Ref, Strict

_R = TypeVar("_R", bound=Record)


class Named(NamedTuple):
    """A reference outside the records: where it stands, in which pack, at which key."""

    place: Place
    pack: str
    loc: Loc
    ref: Ref


class Reach(NamedTuple):
    """How a post is reached at a location."""

    location: Location
    contact: Contact


class Decision(NamedTuple):
    """What a post may decide."""

    role: Role
    row: Authority


FEW_PLACES = 4
"""At so many places all numbers of a post may stand on a page."""


@dataclass(frozen=True, repr=False)
class Handbook(Shelf):
    """The links between the records, and the questions that pages and rules ask."""

    timeless = (*Shelf.timeless, "contents")

    @cached_property
    def in_use(self) -> list[Laid]:
        """What the notices in force today make of the records in force."""
        return [
            laid
            for laid in self.laid
            if self.is_in_force(laid.notice) and self.records.get(laid.target.id) is laid.target
        ]

    @cached_property
    def _notices_on(self) -> dict[str, list[Notice]]:
        found: dict[str, list[Notice]] = defaultdict(list)
        for notice in self.in_force(Notice):
            for id in dict.fromkeys([*(o.record for o in notice.overrides), *notice.touches]):
                found[id].append(notice)
        return found

    def notices_on(self, record: Record) -> list[Notice]:
        """The notices in force today that change a record or are shown on its page."""
        return self._notices_on.get(record.id, [])

    def laid_on(self, record: Record, notice: Notice | None = None) -> list[Laid]:
        """What notices in force, or one of them, make of a record in force today."""
        return [
            laid
            for laid in self.in_use
            if laid.target is record and (notice is None or laid.notice is notice)
        ]

    @cached_property
    def _tailored(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.current:
            if record.extends:
                found[record.extends].append(record)
        return found

    def tailored_from(self, record: Record) -> list[Record]:
        """The records in force that are tailored from a record."""
        return self._tailored.get(record.id, [])

    def only_at(self, record: Record) -> list[str]:
        """The locations at which a record counts; none means everywhere, `-` alone nowhere.

        Where a record tailored from it counts, the base does not.
        """
        if id(record) not in self._counts_at:
            self._counts_at[id(record)] = self._left_places(record)
        return self._counts_at[id(record)]

    @cached_property
    def _counts_at(self) -> dict[int, list[str]]:
        """What `only_at` has answered already; pages ask it of the same record many times."""
        return {}

    def _left_places(self, record: Record) -> list[str]:
        everywhere = [location.id for location in self.in_force(Location)]
        own = set(self._own_places(record))
        places = [id for id in everywhere if id in own]
        taken = {id for other in self.tailored_from(record) for id in self._own_places(other)}
        left = [id for id in places if id not in taken]
        return [] if left == everywhere or not places else left or ["-"]

    def _own_places(self, record: Record) -> list[str]:
        named = record.distribution.locations if record.distribution else []
        if isinstance(record, Notice):
            named = record.locations
        return list(named) or self._places_of_pack[record.pack]

    @cached_property
    def _places_of_pack(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for location in self.in_force(Location):
            for pack in location.packs:
                found[pack].append(location.id)
        return found

    @cached_property
    def contents(self) -> Contents:
        """Every reference, text and limit of every variant."""
        found = [record.contents for record in self.variants]
        return Contents(
            links=[link for contents in found for link in contents.links],
            said=[said for contents in found for said in contents.said],
            limits=[limit for contents in found for limit in contents.limits],
        )

    @cached_property
    def named(self) -> list[Named]:
        """Every reference in handbook.yml, the packs' pack.yml and their tables."""
        files: list[tuple[str, str, Strict]] = [("standards/handbook.yml", "common", self.settings)]
        files += [(f"standards/{name}/pack.yml", name, pack) for name, pack in self.packs.items()]
        found = [
            Named(self.sources[path].place(*loc), pack, loc, ref)
            for path, pack, model in files
            for loc, value in leaves(model)
            for ref in refs(value, pack)
        ]
        found += [
            Named(row.place(column), row.pack, (column,), value)
            for row in self.rows
            for column, value in row.cells()
            if type(value) is Ref
        ]
        return found

    @property
    def links(self) -> list[Link]:
        """Every reference."""
        return self.contents.links

    @property
    def said(self) -> list[Said]:
        """Every text."""
        return self.contents.said

    @property
    def limits(self) -> list[Measured]:
        """Every limit."""
        return self.contents.limits

    @cached_property
    def backlinks(self) -> dict[str, list[Record]]:
        """Id -> the records in force that refer to it, each once, by id."""
        found: dict[str, dict[str, Record]] = defaultdict(dict)
        in_force = set(map(id, self.current))
        for record, _, ref in self.links:
            if ref != record.id and id(record) in in_force:
                found[ref][record.id] = record
        return {target: [sources[name] for name in sorted(sources)] for target, sources in found.items()}

    def users(self, record: Record) -> list[Record]:
        """The records in force that refer to a record."""
        return self.backlinks.get(record.id, [])

    def links_of(self, record: Record) -> list[Link]:
        """The references a revision holds."""
        return record.contents.links

    def roles_of(self, record: Record) -> list[Role]:
        """The roles a record concerns."""
        field = "audience" if isinstance(record, Course) else "roles"
        named: list[Ref] = list(getattr(record, field, []))
        if not named and record.distribution:
            named = record.distribution.roles
        return [role for role in map(self.get, dict.fromkeys(named)) if isinstance(role, Role)]

    @cached_property
    def _by_role(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.current:
            for role in self.roles_of(record):
                found[role.id].append(record)
        return found

    def all_of_role(self, role: Role) -> list[Record]:
        """Everything that concerns a role and is in force today, by id."""
        return self._by_role.get(role.id, [])

    def of_role(self, role: Role, kind: type[_R]) -> list[_R]:
        """A role's records of a kind in force today, by id."""
        return [record for record in self._by_role.get(role.id, []) if type(record) is kind]

    @cached_property
    def _reaches(self) -> dict[str, list[Reach]]:
        found: dict[str, list[Reach]] = defaultdict(list)
        for location in self.in_force(Location):
            for contact in location.contacts:
                found[contact.role].append(Reach(location, contact))
        return found

    def reach(self, role: str) -> list[Reach]:
        """How a post is reached, location by location."""
        return self._reaches.get(role, [])

    def is_reached_widely(self, role: str) -> bool:
        """Whether a post has numbers at so many places that a reader wants to choose one first."""
        return len(self.reach(role)) > FEW_PLACES

    def answers_otherwise(self, role: str, reach: Reach) -> bool:
        """Whether a post is reached at the same location at other hours."""
        others = [other for other in self.reach(role) if other.location.id == reach.location.id]
        return any(other.contact.hours != reach.contact.hours for other in others)

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
        for role in self.in_force(Role):
            for row in role.authority:
                found[row.remedy].setdefault(role.id, Decision(role, row))
        return {
            remedy: dict(sorted(ladder.items(), key=lambda entry: (-_height(ladder, entry[0]), entry[0])))
            for remedy, ladder in found.items()
        }

    @cached_property
    def emergencies(self) -> list[Procedure]:
        """The emergency procedures in force, in the order of their document numbers."""
        found = [record for record in self.in_force(Procedure) if record.emergency]
        return sorted(found, key=lambda record: (record.code or "~", record.id))

    @cached_property
    def complaint_topics(self) -> list[tuple[Classification, Class]]:
        """Every topic a customer may complain about."""
        return list(self._classes("complaint-topic"))

    @cached_property
    def topics_by_pack(self) -> dict[str, list[tuple[Classification, Class]]]:
        """The topics a customer may complain about, pack by pack in their order."""
        found: dict[str, list[tuple[Classification, Class]]] = defaultdict(list)
        for record, topic in self.complaint_topics:
            found[record.pack].append((record, topic))
        return {name: found[name] for name in self.business_lines if name in found}

    def severities_of(self, pack: str) -> list[Class]:
        """The classes of severity that a pack works by, lightest first: its own, else the common ones."""
        found = list(self._classes("complaint-severity"))
        for name in (pack, "common"):
            own = [item for record, item in found if record.pack == name]
            if own:
                return own
        return [item for _, item in found]

    @cached_property
    def business_lines(self) -> list[str]:
        """The packs in their order, what all share at the end."""
        return sorted(self.packs, key=lambda name: (name == "common", self.packs[name].order, name))

    def brand(self, pack: str) -> str:
        """The name of a business line as spoken to its customers."""
        return (self.packs[pack].brand if pack in self.packs else None) or self.settings.brand

    def development(self, pack: str) -> Procedure | None:
        """The procedure by which the standards of a pack are made: its own, or that of another pack."""
        made = [procedure for procedure in self.in_force(Procedure) if procedure.develops]
        return min(made, key=lambda procedure: (procedure.pack != pack, procedure.id), default=None)

    def ask_first(self, pack: str) -> Ref | None:
        """The post to ask wherever nothing is settled; None where readers may not know of it."""
        own = self.packs[pack].ask_first if pack in self.packs else None
        return own or self.settings.ask_first

    def _classes(self, purpose: str) -> Iterator[tuple[Classification, Class]]:
        for record in self.in_force(Classification):
            if record.purpose == purpose:
                yield from ((record, item) for item in record.classes)

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
        return str(getattr(entries(record).get(ref.item or ""), "title", record.title))


def _height(ladder: dict[str, Decision], role: str) -> int:
    """How many posts stand above a role."""
    seen = {role}
    above = ladder[role].row.above
    while above in ladder and above not in seen:
        seen.add(above)
        above = ladder[above].row.above
    return len(seen) + (above is not None and above not in seen)
