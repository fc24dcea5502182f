"""The rules that compare the content with what it was at a git commit: versions tell the truth."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from inspect import getdoc
from pathlib import PurePosixPath
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from generator.difference import Change, differences
from generator.git import Commit
from generator.handbook import Handbook
from generator.kinds.location import Location
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.term import Term
from generator.load import Loaded
from generator.messages import Message, say
from generator.problems import Level, Place, Problem, Rule
from generator.timeline import Revisions, by_id, in_force
from generator.values import ProseText, Ref, Strict, Text, block_of, resolve

_UNTOLD = ("version", "status", "review_by", "reviewed", "approved", "formerly", "waivers")
"""What may change without a new version: review, approval, and what tools and checks need."""
_IDENTITY = ("code", "replaces", "aliases", "asks", "extends", "may_vary", "visibility", "changes")
_PEOPLE = ("owner", "author", "reviewer", "retention", "obligation")
_NEARBY = ("sources", "gaps", "related", "figures")
MANAGED = frozenset((*_UNTOLD, *_IDENTITY, *_PEOPLE, *_NEARBY))
"""What people who work by a record need not learn anew."""
LOOKED_UP = (Location, Reference, Term)
"""Kinds that are looked up, not trained: in them any change may be a MINOR."""
_SHOWN = 3
_LINK = re.compile(r"(?<=\[\[)\s*([a-z0-9/-]+)\s*(?=[\]|])")


class Pair(NamedTuple):
    """One MAJOR then and now, and what is different in it."""

    old: Record
    new: Record
    changes: list[Change]


_Entry = tuple[tuple[str, ...], Any, Any]


@dataclass(frozen=True)
class Comparison:
    """The content then and now, on one day; `unread` holds ids that cannot be read now."""

    before: Revisions
    after: Revisions
    unread: frozenset[str]
    today: date
    commit: str

    @cached_property
    def names(self) -> dict[str, str]:
        """Former id -> the id now."""
        return {
            f"{record.pack}/{former}": record.id
            for revisions in self.after.values()
            for record in revisions
            for former in record.formerly
        }

    def now(self, id: str) -> str:
        """The id that a record has now."""
        return id if id in self.after else self.names.get(id, id)

    def major(self, revisions: Revisions, id: str, major: int | None) -> Record | None:
        """One MAJOR of a record."""
        return next((record for record in revisions.get(id, ()) if record.version.major == major), None)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every MAJOR that was published then and is still there."""
        found = []
        for id, revisions in self.before.items():
            for old in revisions:
                new = self.major(self.after, self.now(id), old.version.major)
                if new and old.status != "draft":
                    found.append(Pair(old, new, self._changes(old, new)))
        return found

    @cached_property
    def gone(self) -> list[Record]:
        """Every MAJOR that was published then and is not there now."""
        return [
            old
            for id, revisions in self.before.items()
            for old in revisions
            if old.status != "draft" and self.now(id) not in self.unread
            if self.major(self.after, self.now(id), old.version.major) is None
        ]

    def counts(self, old: Record) -> bool:
        """Whether a revision of then would be in force today or later."""
        revisions = self.before[old.id]
        days = in_force(revisions)[revisions.index(old)]
        return any(period.last >= self.today for period in days)

    def _changes(self, old: Record, new: Record) -> list[Change]:
        """What is different, without what is only renamed or comes with the MINOR of the base."""
        if type(old) is not type(new):
            return [Change(("kind",), ("kind",), (), old.kind, new.kind, type(new))]
        untold = (*_UNTOLD, "ends") if new.status == "withdrawn" else _UNTOLD
        taken = [entry for _, entry in self._inherited(old, new)]
        return [
            change
            for change, entry in self._entries(old, new, untold)
            if entry[1] != entry[2] and entry not in taken
        ]

    def _inherited(self, old: Record, new: Record) -> Iterator[tuple[Change, _Entry]]:
        """What is different in the base, where both are tailored from the same MAJOR."""
        if old.extends and new.extends:
            bases = (
                self.major(self.before, old.extends, old.extends.major),
                self.major(self.after, new.extends, new.extends.major),
            )
            if bases[0] and bases[1] and type(bases[0]) is type(bases[1]):
                yield from self._entries(bases[0], bases[1], ())

    def _entries(self, old: Record, new: Record, without: Container[str]) -> Iterator[tuple[Change, _Entry]]:
        """Each difference, also in a form in which it does not matter how an id is written."""
        for change in differences(old, new, without):
            yield (
                change,
                (change.path, self._plain(change.old, old.pack), self._plain(change.new, new.pack)),
            )

    def _plain(self, value: Any, pack: str) -> Any:
        if type(value) is Ref:
            return self.now(value), value.item
        if isinstance(value, str):
            return _LINK.sub(lambda match: self.now(resolve(match[1], pack) or match[1]), value)
        if isinstance(value, Strict):
            return {name: self._plain(part, pack) for name, part in value.__dict__.items()}
        return [self._plain(part, pack) for part in value] if isinstance(value, list) else value


Finding = tuple[Place, Message]
Finder = Callable[[Comparison], Iterator[Finding]]


@dataclass(frozen=True)
class BaseCheck:
    """A rule that needs the content of then, and the function that finds its faults."""

    rule: Rule
    find: Finder


BASE_CHECKS: dict[str, BaseCheck] = {}
"""Rule name -> check; they run only where the content of then is given, and no record waives them."""


def against_base(find: Finder) -> Finder:
    """Make a generator function a rule; its name with hyphens is the rule's name."""
    name = find.__name__.replace("_", "-")
    BASE_CHECKS[name] = BaseCheck(Rule(name, getdoc(find) or ""), find)
    return find


def compare(loaded: Loaded, book: Handbook, then: Commit) -> list[Problem]:
    """Every problem between the content of then and of now, unsorted."""
    comparison = Comparison(
        by_id(then.loaded.records), by_id(loaded.records), frozenset(loaded.unread), book.today, then.name
    )
    levels = book.settings.levels
    return [
        Problem(place, name, message, level)
        for name, entry in BASE_CHECKS.items()
        if (level := levels.get(name, entry.rule.level)) is not Level.OFF
        for place, message in entry.find(comparison)
    ]


@against_base
def version_not_moved(comparison: Comparison) -> Iterator[Finding]:
    """What has changed in content must have a new version.

    Whoever holds a printed sheet compares versions; two different texts with one version deceive him.

    Bad:

        version: 1.4    # before and after the change

    Good:

        version: 1.5    # only the words have changed
    """
    for old, new, changes in comparison.pairs:
        if changes and new.version <= old.version and not (new.kept and _meant(new, changes)):
            message = say(
                "{fields} changed, but the version is not above {old}; "
                "write {next} where only the words changed, else run 'handbook revise {id}' first",
                fields=_named(changes),
                old=old.version,
                next=old.version._replace(minor=old.version.minor + 1),
                id=new.id,
            )
            yield new.place("version"), message


@against_base
def meaning_with_minor(comparison: Comparison) -> Iterator[Finding]:
    """A change of meaning must be a new MAJOR: people have to read and to train again.

    Limits, references, flags, days in force and entries that come, go or move are meaning; words, other
    names, sources and what else only manages the record are not.

    Bad:

        version: 1.5    # before: 1.4
        clauses: [{ id: answer, measure: { limit: <= 2 rings } }]    # before: <= 3 rings

    Good:

        version: 2.0    # 1.4 is kept in phone-answering@1.yml
        clauses: [{ id: answer, measure: { limit: <= 2 rings } }]
    """
    for old, new, changes in comparison.pairs:
        meant = _meant(new, changes)
        if meant and not new.kept and new.version > old.version:
            message = say(
                "{fields} changed the meaning, but {old} became only {new}; "
                "take it back, run 'handbook revise {id}' and change it then",
                fields=_named(meant),
                old=old.version,
                new=new.version,
                id=new.id,
            )
            yield new.place("version"), message


@against_base
def kept_meaning_changed(comparison: Comparison) -> Iterator[Finding]:
    """A MAJOR that is kept beside a newer one must not change its meaning.

    It counts until the newer one does, and afterwards it says what counted then.

    Bad:

        # phone-answering@1.yml
        clauses: [{ id: answer, measure: { limit: <= 2 rings } }]    # before: <= 3 rings

    Good:

        # phone-answering.yml, version: 2.0
        clauses: [{ id: answer, measure: { limit: <= 2 rings } }]
    """
    for _, new, changes in comparison.pairs:
        meant = _meant(new, changes)
        if meant and new.kept:
            message = say(
                "{fields} changed the meaning of a MAJOR that is only kept; change the newest instead",
                fields=_named(meant),
            )
            yield new.place(*meant[0].loc), message


@against_base
def major_overwritten(comparison: Comparison) -> Iterator[Finding]:
    """A MAJOR that is in force or coming must be kept when a newer one takes its place in the file.

    Until the newer one is in force, people work by the older one and must be able to read it.

    Bad:

        # phone-answering.yml, no phone-answering@1.yml
        version: 2.0    # before: 1.4, in force

    Good:

        # phone-answering.yml, and 1.4 in phone-answering@1.yml
        version: 2.0
    """
    for old in comparison.gone:
        newest = next((new for new in comparison.after.get(comparison.now(old.id), ()) if not new.kept), None)
        if newest and not old.kept and comparison.counts(old):
            path = PurePosixPath(newest.path)
            message = say(
                "{old} was approved and is gone; 'handbook revise' would have kept it. "
                "To bring it back: git show {commit}:./{path} > {kept}",
                old=old.version,
                commit=comparison.commit,
                path=old.path,
                kept=path.with_stem(f"{newest.stem}@{old.version.major}"),
            )
            yield newest.place("version"), message


@against_base
def revision_removed(comparison: Comparison) -> Iterator[Finding]:
    """What was approved must not be deleted or become a draft again; it is withdrawn.

    Printed sheets and old links lead to it, and an id is never used again.

    Bad:

        # phone-answering.yml deleted

    Good:

        status: withdrawn
        ends: 2026-11-30
    """
    for old in comparison.gone:
        if comparison.now(old.id) not in comparison.after:
            message = say(
                "'{id}' {version} was approved and is deleted; bring it back (git show {commit}:./{path} > "
                "{path}) and set 'status: withdrawn' with 'ends'",
                **_lost(old, comparison.commit),
            )
            yield Place(old.path), message
        elif old.kept:
            message = say(
                "'{id}' {version} is no longer kept; bring it back: git show {commit}:./{path} > {path}",
                **_lost(old, comparison.commit),
            )
            yield Place(old.path), message
    for old, new, _ in comparison.pairs:
        if new.status == "draft":
            message = say(
                "{version} was approved and cannot be a draft again; run 'handbook revise {id}' to change it",
                version=old.version,
                id=new.id,
            )
            yield new.place("status"), message


def _lost(old: Record, commit: str) -> dict[str, object]:
    return {"id": old.id, "version": old.version, "commit": commit, "path": old.path}


def _named(changes: Sequence[Change]) -> str:
    """The fields that differ, the first few of them."""
    names = [f"'{'.'.join(change.path)}'" for change in changes[:_SHOWN]]
    return ", ".join(names) + (" …" if len(changes) > _SHOWN else "")


def _meant(record: Record, changes: Sequence[Change]) -> list[Change]:
    """The differences that change what the record means to people."""
    if isinstance(record, LOOKED_UP):
        return []
    return [
        change
        for change in changes
        if change.path[0] not in MANAGED and _is_meaning(_hint(type(record), change), change.old, change.new)
    ]


@cache
def _hints(model: type[Strict]) -> dict[str, Any]:
    return get_type_hints(model, include_extras=True)


def _hint(model: type[Strict], change: Change) -> Any:
    """How the field that holds the difference is declared."""
    block: type[Strict] | None = model
    hint = None
    for part in change.trail:
        if isinstance(part, str) and block:
            hint = _hints(block).get(part)
            block = block_of(hint)
    return hint


def _is_meaning(hint: Any, old: Any, new: Any) -> bool:
    """Whether more than words differ; entries that come or go are more than words."""
    if isinstance(old, list) and isinstance(new, list):
        pairs = list(zip(old, new, strict=False))
        inner = next(iter(get_args(_needed(hint))), None)
        return len(old) != len(new) or any(_is_meaning(inner, *pair) for pair in pairs if pair[0] != pair[1])
    if isinstance(old, Strict) and type(old) is type(new):
        names = [name for name in _hints(type(old)) if getattr(old, name) != getattr(new, name)]
        return any(
            _is_meaning(_hints(type(old))[name], getattr(old, name), getattr(new, name)) for name in names
        )
    return _needed(hint) not in (Text, ProseText)


def _needed(hint: Any) -> Any:
    """What a field holds where it holds anything."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    return parts[0] if get_origin(hint) in (Union, UnionType) and len(parts) == 1 else hint
