"""All revisions of all records, and which of them counts on one day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, Self, TypeVar

from generator.catalogues import Catalogue
from generator.kinds import KINDS
from generator.kinds.notice import Notice
from generator.kinds.parts import Visibility
from generator.kinds.record import Record
from generator.messages import Message
from generator.notices import Laid, laid_over
from generator.periods import FOR_EVER, Period, common, following, since
from generator.settings import Pack, Settings
from generator.source import Source
from generator.tables.row import Row
from generator.timeline import Revisions, in_force, standing

_R = TypeVar("_R", bound=Record)
_T = TypeVar("_T", bound=Row)
State = Literal["draft", "coming", "in-force", "over"]


@dataclass(frozen=True, repr=False)
class Shelf:
    """All revisions of all records. `unread` holds ids of which a file exists but could not be read;
    `figures` are the images below the packs' figures/ folders by path, each with why it is unfit to be shown,
    or None; `rows` are what their tables hold; `catalogues` are the translations of their texts.
    An edition in another language has in `untold` how many texts of each file are not translated, and of how
    many.
    """

    settings: Settings
    packs: dict[str, Pack]
    revisions: Revisions
    today: date
    sources: dict[str, Source] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    figures: Mapping[str, Message | None] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    untold: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    timeless: ClassVar[tuple[str, ...]] = (
        "all",
        "_periods",
        "living",
        "laid",
        "variants",
        "_by_kind",
        "published",
    )
    """What rules look at in the same way whatever the day."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.revisions)} records, {self.today}>"

    def __getitem__(self, ref: str) -> Record:
        return self.records[ref]

    @property
    def language(self) -> str:
        """The language that readers see."""
        return self.settings.languages[0]

    def untold_of(self, record: Record) -> tuple[int, int]:
        """How many texts of a revision are not translated in this edition, of how many."""
        return self.untold.get(record.path, (0, 0))

    def catalogue(self, language: str, name: str) -> Catalogue | None:
        """The translations into a language for a pack, or for `handbook`."""
        return next(
            (each for each in self.catalogues if (each.language, each.name) == (language, name)), None
        )

    def get(self, ref: str | None) -> Record | None:
        """The record, or None."""
        return self.records.get(ref) if ref else None

    def revisions_of(self, id: str) -> tuple[Record, ...]:
        """Every revision of a record, the newest first."""
        return self.revisions[id]

    def turns(self, kinds: Collection[type[Record]]) -> list[date]:
        """The days after today on which another revision of a record of these kinds is in force."""
        days = {
            day
            for record in (self.living if kinds else ())
            if type(record) in kinds
            for period in self.periods(record)
            for day in (period.first, following(period.last))
            if self.today < day < FOR_EVER
        }
        return sorted(days)

    def on(self, day: date) -> Self:
        """The same handbook on another day."""
        return replace(self, today=day)

    def later(self, day: date) -> Self:
        """The same handbook on a later day, but still with everything that is living now."""
        other = self.on(day)
        vars(other).update({name: vars(self)[name] for name in self.timeless if name in vars(self)})
        return other

    # Every revision: what the rules look at ------------------------------------------------------------

    @cached_property
    def all(self) -> list[Record]:
        """Every revision of every record, the newest of each first."""
        return [record for revisions in self.revisions.values() for record in revisions]

    @cached_property
    def _periods(self) -> dict[str, list[list[Period]]]:
        return {id: in_force(revisions) for id, revisions in self.revisions.items()}

    def periods(self, record: Record) -> list[Period]:
        """The days on which a revision is in force."""
        for revision, days in zip(self.revisions[record.id], self._periods[record.id], strict=True):
            if revision is record:
                return days
        laid = next((laid for laid in self.laid if laid.record is record), None)
        return common(self.periods(laid.notice), self.periods(laid.target)) if laid else []

    def revision_on(self, id: str, day: date) -> Record | None:
        """The revision in force on a day, or None."""
        for record, days in zip(self.revisions.get(id, ()), self._periods.get(id, ()), strict=True):
            if any(day in period for period in days):
                return record
        return None

    @cached_property
    def _rows_by_subject(self) -> dict[tuple[type[Row], str], list[Row]]:
        found: dict[tuple[type[Row], str], list[Row]] = {}
        for row in sorted(self.rows, key=lambda row: row.day):
            if row.day <= self.today and self.revision_on(row.subject, row.day):
                found.setdefault((type(row), row.subject), []).append(row)
        return found

    def rows_of(self, table: type[_T], id: str) -> list[_T]:
        """The rows about a record that readers get to see today, the oldest first."""
        return self._rows_by_subject.get((table, id), [])  # type: ignore[return-value]

    def days_in_force(self, id: str) -> list[Period]:
        """The days on which some revision of a record is in force."""
        return [period for days in self._periods[id] for period in days]

    @cached_property
    def living(self) -> list[Record]:
        """Every revision that is in force, coming or being written."""
        found = []
        for id, revisions in self.revisions.items():
            for record, days in zip(revisions, self._periods[id], strict=True):
                if record.status == "draft" or any(period.last >= self.today for period in days):
                    found.append(record)
        return found

    @cached_property
    def laid(self) -> list[Laid]:
        """What the living notices, also those being written, make of the revisions they override."""
        return [
            laid_over(notice, index, target)
            for notice in self.living
            if isinstance(notice, Notice)
            for index, override in enumerate(notice.overrides)
            for target in self.revisions.get(override.record, ())
            if self._meet(notice, target)
        ]

    def _meet(self, notice: Notice, target: Record) -> bool:
        """Whether both are in force on some day from today on."""
        written = [Period(notice.effective, notice.ends or FOR_EVER)]
        days = since(written if notice.status == "draft" else self.periods(notice), self.today)
        return any(day.meets(other) for day in days for other in self.periods(target))

    @cached_property
    def variants(self) -> list[Record]:
        """The living revisions, and what notices make of some of them."""
        return [*self.living, *(laid.record for laid in self.laid if laid.record)]

    def each(self, kind: type[_R]) -> list[_R]:
        """The variants of a kind."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def _by_kind(self) -> dict[type[Record], list[Record]]:
        found: dict[type[Record], list[Record]] = {kind: [] for kind in KINDS}
        for record in self.variants:
            found[type(record)].append(record)
        return found

    @cached_property
    def published(self) -> list[Record]:
        """Every variant that readers get to see, now or on its day."""
        return [record for record in self.variants if record.status != "draft"]

    def approved(self, kind: type[_R]) -> list[_R]:
        """The published variants of a kind."""
        return [record for record in self.each(kind) if record.status != "draft"]

    # One revision of each record: the handbook of one day ----------------------------------------------

    @cached_property
    def records(self) -> dict[str, Record]:
        """Id -> the revision in force today, else the next to come, else the last that was."""
        return {
            id: standing(revisions, self._periods[id], self.today) for id, revisions in self.revisions.items()
        }

    def all_of(self, kind: type[_R]) -> list[_R]:
        """The records of a kind that readers get to see: in force, coming and over."""
        return [record for record in self.shown if isinstance(record, kind)]

    def is_in_force(self, record: Record) -> bool:
        """Whether the revision is in force today."""
        return any(self.today in period for period in self.periods(record))

    def is_over(self, record: Record) -> bool:
        """Whether the revision was in force and will not be again, or was withdrawn before it ever was."""
        return record.status != "draft" and not any(p.last >= self.today for p in self.periods(record))

    def state(self, record: Record) -> State:
        """draft, coming, in-force or over."""
        if record.status == "draft":
            return "draft"
        if self.is_in_force(record):
            return "in-force"
        return "over" if self.is_over(record) else "coming"

    @cached_property
    def current(self) -> list[Record]:
        """The records in force today, by id."""
        return [record for record in self.records.values() if self.is_in_force(record)]

    @cached_property
    def _current_by_kind(self) -> dict[type[Record], list[Record]]:
        found: dict[type[Record], list[Record]] = {kind: [] for kind in KINDS}
        for record in self.current:
            found[type(record)].append(record)
        return found

    def in_force(self, kind: type[_R]) -> list[_R]:
        """The records of a kind in force today, by id."""
        return self._current_by_kind[kind]  # type: ignore[return-value]

    def coming(self, id: str) -> Record | None:
        """The next revision of a record that is not in force yet, or None."""
        ahead = [
            (period.first, record)
            for record, days in zip(self.revisions[id], self._periods[id], strict=True)
            for period in days
            if period.first > self.today and record is not self.records[id]
        ]
        return min(ahead, key=lambda entry: entry[0])[1] if ahead else None

    @cached_property
    def shown(self) -> list[Record]:
        """The records with a page: in force, coming or over, but nothing that is only being written."""
        return [record for record in self.records.values() if record.status != "draft"]

    def of_pack(self, pack: str, kind: type[_R]) -> list[_R]:
        """A pack's records of a kind in force today, by id."""
        return [record for record in self.in_force(kind) if record.pack == pack]

    def visibility(self, record: Record) -> Visibility:
        """The record's own visibility, else its pack's."""
        return record.visibility or self.packs[record.pack].visibility

    def base_of(self, record: Record) -> Record | None:
        """The revision that a record is tailored from."""
        wanted = record.extends
        revisions = self.revisions.get(wanted, ()) if wanted else ()
        return next((base for base in revisions if wanted and base.version.major == wanted.major), None)
