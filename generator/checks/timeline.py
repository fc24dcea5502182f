"""Time: every day has one valid answer, and what it leads to is valid on the same days."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.form import Form
from generator.kinds.metric import Metric
from generator.kinds.procedure import Procedure
from generator.kinds.record import Link, Record
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.kinds.touchpoint import Touchpoint
from generator.messages import Message, say
from generator.periods import FOR_EVER, Period, minus, since
from generator.problems import Level


@check(waivable=False)
def reference_not_in_force(book: Handbook) -> Iterator[Finding]:
    """What a record leads to must be in force on every day on which the record is.

    A link that works today and leads nowhere next month is found now, while there is time to mend it.

    Bad:

        script: summer-greeting   # ends: 2026-09-30, this record has no end

    Good:

        script: greeting          # in force as long as this record
    """
    always = {
        id: days[0].first
        for id in book.revisions
        if len(days := book.days_in_force(id)) == 1 and days[0].last == FOR_EVER
    }
    for link in book.links:
        start = always.get(link.ref)
        if start is not None and (start <= book.today or start <= link.record.effective):
            continue
        if link.record.status == "draft" or link.ref not in book.revisions:
            continue
        covered = book.days_in_force(link.ref)
        missing = minus(since(book.periods(link.record), book.today), covered)
        if covered and missing:
            yield link.record.place(*link.loc), _outside(book[link.ref], missing[0])


def _outside(target: Record, missing: Period) -> Message:
    ahead = missing.last < target.effective
    place = target.place("ends" if target.ends and not ahead else "effective")
    if missing.first == missing.last:
        return say(
            "'{id}' is not in force on {first} ({place})", id=target.id, first=missing.first, place=place
        )
    if missing.last == FOR_EVER:
        return say(
            "'{id}' is not in force from {first} on ({place})", id=target.id, first=missing.first, place=place
        )
    return say(
        "'{id}' is not in force from {first} to {last} ({place})",
        id=target.id,
        first=missing.first,
        last=missing.last,
        place=place,
    )


@check(waivable=False)
def effective_out_of_order(book: Handbook) -> Iterator[Finding]:
    """Each MAJOR must come into force later than the one before it.

    The highest MAJOR counts; one that starts earlier would take the place of the older one before its time.

    Bad:

        version: 3.0, effective: 2026-03-01    # check-in@2.yml: effective: 2026-06-01

    Good:

        version: 3.0, effective: 2026-12-01    # check-in@2.yml: effective: 2026-06-01
    """
    for revisions in book.revisions.values():
        for newer, older in pairwise(record for record in revisions if record.status != "draft"):
            if newer.effective <= older.effective:
                message = say(
                    "MAJOR {newer} comes into force on {day}, not after MAJOR {older} on {before} ({place})",
                    newer=newer.version.major,
                    day=newer.effective,
                    older=older.version.major,
                    before=older.effective,
                    place=older.place("effective"),
                )
                yield newer.place("effective"), message


@check(waivable=False)
def withdrawn_without_end(book: Handbook) -> Iterator[Finding]:
    """A withdrawn record must say under `ends` which was its last day.

    Whoever finds a printed sheet asks until when it was valid.

    Bad:

        status: withdrawn

    Good:

        status: withdrawn
        ends: 2026-11-30
    """
    for record in book.all:
        if record.status == "withdrawn" and record.ends is None:
            yield record.place("status"), say("until when was it valid? key 'ends' is missing")


_MEANT = (Touchpoint, Standard, Procedure, Script, Classification, Form, Metric)
"""Kinds whose change of meaning may make what refers to them wrong."""


@check(Level.WARNING)
def suspect_link(book: Handbook) -> Iterator[Finding]:
    """A record should be reviewed after something it leads to has changed its meaning.

    A new MAJOR of a standard may make the script that mentions it wrong, and nobody would notice.

    Bad:

        reviewed: { on: 2026-03-01, ... }      # phone-answering 2.0 was approved on 2026-11-18

    Good:

        reviewed: { on: 2026-11-20, ... }
    """
    changed = {id: later for id in book.revisions if (later := _changed(book, id))}
    told: set[tuple[str, str]] = set()
    for link in book.links:
        target, pair = changed.get(link.ref), (link.record.path, str(link.ref))
        if target is None or pair in told or link.loc[0] == "extends":
            continue
        if target.approved and target.id != link.record.id and _read_on(link) < target.approved.on:
            told.add(pair)
            yield (
                link.record.place(*link.loc),
                say(
                    "'{id}' has changed its meaning in {version}, approved on {on} ({place}); "
                    "read both, then set 'reviewed'",
                    id=target.id,
                    version=target.version,
                    on=target.approved.on,
                    place=target.place("approved"),
                ),
            )


def _changed(book: Handbook, id: str) -> Record | None:
    """The newest approved MAJOR of a record after its first one, if its kind carries meaning."""
    newest = next((record for record in book.revisions[id] if record.status == "approved"), None)
    return newest if newest and newest.version.major > 1 and isinstance(newest, _MEANT) else None


def _read_on(link: Link) -> date:
    """The day on which somebody last read the record as a whole; nobody needs to have read a draft."""
    events = (link.record.reviewed, link.record.approved)
    return max((event.on for event in events if event), default=FOR_EVER)
