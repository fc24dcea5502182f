"""The revisions of each record, and which of them is in force when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.kinds.record import Record
from generator.messages import say
from generator.periods import FOR_EVER, Period, minus
from generator.problems import Problem

Revisions = dict[str, tuple[Record, ...]]
"""Id -> its revisions, the newest MAJOR first."""


def by_id(records: Iterable[Record]) -> Revisions:
    """The revisions of each id, in the order in which the ids come."""
    found: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.id].append(record)
    return {id: tuple(sorted(each, key=lambda record: -record.version.major)) for id, each in found.items()}


def in_force(revisions: Sequence[Record]) -> list[list[Period]]:
    """When each revision, newest first, is in force: its own days without those of newer ones.

    Where a newer MAJOR only ends, the one before it is in force again; where it is withdrawn, none is.
    """
    taken: list[Period] = []
    found = []
    for record in revisions:
        own = _own_days(record)
        found.append(minus(own, taken))
        if record.status == "withdrawn" and (own or record.ends is None):
            taken.append(Period(record.effective, FOR_EVER))
        taken += own
    return found


def _own_days(record: Record) -> list[Period]:
    """From the first day to the last; none while it is written, or where it was withdrawn before it began."""
    last = record.ends or FOR_EVER
    unknown = record.status == "withdrawn" and record.ends is None
    if record.status == "draft" or unknown or last < record.effective:
        return []
    return [Period(record.effective, last)]


def standing(revisions: Sequence[Record], periods: Sequence[list[Period]], day: date) -> Record:
    """The revision in force on `day`, else the next to come, else the last that was, else the newest."""
    coming: list[tuple[date, date, Record]] = []
    over: list[tuple[date, date, Record]] = []
    for record, days in zip(revisions, periods, strict=True):
        for period in days:
            if day in period:
                return record
            (coming if period.first > day else over).append((period.first, period.last, record))
    if coming:
        return min(coming, key=lambda entry: entry[0])[2]
    if over:
        return max(over, key=lambda entry: entry[1])[2]
    return next((record for record in revisions if record.status != "draft"), revisions[0])


def revision_problems(records: Sequence[Record], unread: Iterable[str]) -> Iterator[Problem]:
    """What is wrong between the files of one record; `unread` are ids of which some file is missing."""
    missing = set(unread)
    for revisions in by_id(records).values():
        newest = next((record for record in revisions if not record.kept), None)
        for record in revisions:
            if record.kept and record.id not in missing:
                yield from _kept_problems(record, newest)


def _kept_problems(record: Record, newest: Record | None) -> Iterator[Problem]:
    named = int(record.path.rpartition("@")[2].removesuffix(".yml"))
    if named != record.version.major:
        message = say(
            "the file's name says MAJOR {named}: got version '{version}'", named=named, version=record.version
        )
        yield Problem(record.place("version"), "wrong-revision", message)
    elif newest is None:
        message = say("no file {stem}.yml beside it; the newest MAJOR has the plain name", stem=record.stem)
        yield Problem(record.place(), "wrong-revision", message)
    elif newest.folder != record.folder:
        message = say("its newest MAJOR is in another folder: {path}", path=newest.path)
        yield Problem(record.place(), "wrong-revision", message)
    elif newest.version.major <= record.version.major:
        message = say(
            "MAJOR {major} is kept, but the newest file holds {version} ({place}); the newest must be higher",
            major=record.version.major,
            version=newest.version,
            place=newest.place("version"),
        )
        yield Problem(record.place("version"), "wrong-revision", message)
