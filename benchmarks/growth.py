"""What years of use add to a handbook: second revisions, and records tailored from others.

Nobody has to review anything because of them: what they cost is reading and checking, not reporting.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from generator.handbook import Handbook
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.tailor import OWN

SECOND = 0.10
"""How many of the records get a second revision; a fifth of these is still to come."""
TAILORED = 0.06
"""How many of the records are like another one but for the title and the first entry of a list."""

Files = Iterable[tuple[str, str]]
"""Paths and texts."""
_ENTRIES = {Standard: ("clauses", "text"), Procedure: ("steps", "action"), Script: ("lines", "say")}
_NOT_COPIED = ("replaces", "may_vary", "formerly", "changes")
_YEAR = timedelta(days=365)
_WAVES = 4
"""On how many days the revisions to come are in force first."""


class Growth:
    """What `size` records will have besides, some of which `book` holds already."""

    def __init__(self, book: Handbook, size: int) -> None:
        self.book = book
        self.second = int(size * SECOND)
        self.tailored = int(size * TAILORED)

    def copies(self) -> Files:
        """Records like others, each written in full."""
        return ((_beside(base, "-branch"), _yaml(_copy(base))) for base in self._bases)

    def tailored_copies(self) -> Files:
        """The same records, each with nothing but what differs from its base."""
        return ((_beside(base, "-branch"), _yaml(_tailored(base))) for base in self._bases)

    def second_revisions(self) -> Files:
        """Both files of each record that has a second revision."""
        first = min(record.approved.on for record in self.book.all if record.approved)
        for index, record in enumerate(self._revised):
            wave = index // 5 % _WAVES + 1
            coming = None if index % 5 else self.book.today + timedelta(days=7 * wave)
            yield _beside(record, f"@{record.version.major}"), _yaml(_kept(record, first, coming))
            yield record.path, _yaml(_newest(record, first, coming))

    @cached_property
    def _plain(self) -> list[Record]:
        """Those with one revision only that others do not depart from, nor they from others."""
        bases = {record.extends for record in self.book.all} | {laid.target.id for laid in self.book.laid}
        return [
            record
            for record in self.book.current
            if len(self.book.revisions[record.id]) == 1
            and not (record.extends or record.ends or record.id in bases)
        ]

    @cached_property
    def _revised(self) -> list[Record]:
        return _spread(self._plain, self.second)

    @cached_property
    def _bases(self) -> list[Record]:
        revised = {record.id for record in self._revised}
        fitting = [
            record
            for record in self._plain
            if type(record) in _ENTRIES and not record.waivers and record.id not in revised
        ]
        return _spread([record for record in fitting if _entries(record)], self.tailored)


def _copy(base: Record) -> dict[str, Any]:
    data, (key, field) = base.source.data, _ENTRIES[type(base)]
    first, *others = data[key]
    named = {
        "title": f"{data['title']}（分店）",
        "version": "1.0",
        "code": f"{data.get('code', base.stem)}-T",
    }
    entries = [first | {field: f"{data['title']}：{first[field]}"}, *others]
    return {name: data[name] for name in data if name not in _NOT_COPIED} | named | {key: entries}


def _tailored(base: Record) -> dict[str, Any]:
    data, (key, field) = _copy(base), _ENTRIES[type(base)]
    own = {name: value for name, value in data.items() if name in OWN or name == "title"}
    entry = {name: data[key][0][name] for name in ("id", field)}
    return own | {"extends": f"{base.stem}@{base.version.major}", key: [entry]}


def _entries(record: Record) -> list[Any]:
    return list(getattr(record, _ENTRIES[type(record)][0]))


def _kept(record: Record, first: date, coming: date | None) -> dict[str, Any]:
    """The older revision: in force until the newest one is."""
    data: dict[str, Any] = record.source.data
    if coming:
        return data
    return data | {"effective": f"{record.effective - _YEAR}"} | _approved(data, first - _YEAR)


def _newest(record: Record, first: date, coming: date | None) -> dict[str, Any]:
    """The newer revision, approved on the `first` day of all, so that nobody has been reviewed before it."""
    data: dict[str, Any] = record.source.data
    version = f"{record.version.major + 1}.0"
    note = {"version": version, "on": f"{first}", "note": data["summary"]}
    new = {"version": version, "changes": [note, *data.get("changes", [])]}
    if coming:
        new |= {"effective": f"{coming}", "review_by": f"{coming + _YEAR}"}
    return data | new | _approved(data, first)


def _approved(data: dict[str, Any], day: date) -> dict[str, Any]:
    return {"approved": data["approved"] | {"on": f"{day}"}}


def _beside(record: Record, end: str) -> str:
    return f"{Path(record.path).with_suffix('').as_posix()}{end}.yml"


def _spread(records: Sequence[Record], number: int) -> list[Record]:
    """So many of them, evenly from all."""
    return [records[index * len(records) // number] for index in range(number)]


class _Dumper(yaml.CSafeDumper):
    """Writes all text as it is, as people do; what it means is for the reader to say."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way


def _yaml(data: object) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 20))
