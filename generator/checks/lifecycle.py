"""Lifecycle: dates and versions that fit each other and the day of the build."""

from collections.abc import Iterator
from itertools import pairwise

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.reference import Reference
from generator.messages import say
from generator.problems import Level
from generator.values import Version

FIRST = Version(1, 0)


@check(Level.WARNING)
def overdue_review(book: Handbook) -> Iterator[Finding]:
    """An approved record should be reviewed by its `review_by` day.

    What nobody has looked at for a year is no longer what people do.

    Bad:

        review_by: 2025-12-31     # has passed

    Good:

        review_by: 2027-12-31
    """
    for record in book.published:
        if record.review_by < book.today:
            yield (
                record.place("review_by"),
                say("review overdue since {day}; ask '{owner}'", day=record.review_by, owner=record.owner),
            )


@check(waivable=False)
def effective_before_approval(book: Handbook) -> Iterator[Finding]:
    """A record must be approved before it comes into force.

    Nobody may be held to a rule on a day when it was not yet decided.

    Bad:

        effective: 2026-12-01
        approved: { on: 2026-12-05, ... }

    Good:

        effective: 2026-12-15
        approved: { on: 2026-12-05, ... }
    """
    for record in book.published:
        if record.approved and record.approved.on > record.effective:
            message = say(
                "in force from {effective}, approved only on {on}",
                effective=record.effective,
                on=record.approved.on,
            )
            yield record.place("effective"), message


@check(Level.WARNING)
def short_lead(book: Handbook) -> Iterator[Finding]:
    """Between approval and force should lie the lead days set in handbook.yml.

    People need time to read and to train. What is in force already is not reported any more.

    Bad:

        effective: 2026-12-06
        approved: { on: 2026-12-05, ... }

    Good:

        effective: 2026-12-15
        approved: { on: 2026-12-05, ... }
    """
    wanted = book.settings.lead_days
    for record in book.published:
        if record.approved and record.effective > book.today:
            days = (record.effective - record.approved.on).days
            if 0 <= days < wanted:
                yield (
                    record.place("effective"),
                    say(
                        "days between approval and force: {days}; handbook.yml sets {wanted}",
                        days=days,
                        wanted=wanted,
                    ),
                )


@check()
def ends_before_effective(book: Handbook) -> Iterator[Finding]:
    """The last day in force must not lie before the first.

    The record would never be in force at all.

    Bad:

        effective: 2026-12-01
        ends: 2026-11-30

    Good:

        effective: 2026-12-01
        ends: 2027-11-30
    """
    for record in book.all:
        if record.ends and record.ends < record.effective and record.status != "withdrawn":
            message = say(
                "ends on {ends}, before it starts on {effective}",
                ends=record.ends,
                effective=record.effective,
            )
            yield record.place("ends"), message


@check()
def review_before_effective(book: Handbook) -> Iterator[Finding]:
    """The day of the next review must lie after the first day in force.

    A review is about how the rule works, so it can only come later; mostly one of the years is mistyped.

    Bad:

        effective: 2026-12-01
        review_by: 2026-12-01

    Good:

        effective: 2026-12-01
        review_by: 2027-12-01
    """
    for record in book.living:
        if record.review_by <= record.effective:
            message = say(
                "review by {review}, but in force only from {effective}",
                review=record.review_by,
                effective=record.effective,
            )
            yield record.place("review_by"), message


@check()
def change_note_missing(book: Handbook) -> Iterator[Finding]:
    """Each version after 1.0 must say under `changes` what it changed.

    People who know the old version read only that.

    Bad:

        version: 2.0

    Good:

        version: 2.0
        changes: [{ version: 2.0, on: 2026-11-10, note: 接听时限由五声改为三声 }]
    """
    for record in book.published:
        if record.version != FIRST and record.version not in [change.version for change in record.changes]:
            message = say(
                "what is different in {version}? no such entry under 'changes'", version=record.version
            )
            yield record.place("version"), message


@check()
def change_notes_unordered(book: Handbook) -> Iterator[Finding]:
    """The entries of `changes` must run from the newest to the oldest, none newer than the record.

    The newest one is shown first; one above the record's own version means that `version` was forgotten.

    Bad:

        version: 1.1
        changes: [{ version: 1.0, ... }, { version: 1.1, ... }]

    Good:

        version: 1.1
        changes: [{ version: 1.1, ... }, { version: 1.0, ... }]
    """
    for record in book.living:
        for index, change in enumerate(record.changes):
            if change.version > record.version:
                message = say(
                    "{version} is above the record's version {own}",
                    version=change.version,
                    own=record.version,
                )
                yield record.place("changes", index, "version"), message
        for index, (newer, older) in enumerate(pairwise(record.changes), start=1):
            if older.version >= newer.version:
                message = say(
                    "{version} stands below {other}; newest first", version=older.version, other=newer.version
                )
                yield record.place("changes", index, "version"), message


@check(Level.WARNING)
def superseded_reference(book: Handbook) -> Iterator[Finding]:
    """A citation should lead to an edition that is still valid.

    A rule taken from a withdrawn edition may demand what is no longer demanded.

    Bad:

        sources: [{ reference: iso-9001-1994, ... }]    # standing: superseded

    Good:

        sources: [{ reference: iso-9001-2015, ... }]
    """
    for record in book.published:
        for index, citation in enumerate(record.sources):
            target = book.get(citation.reference)
            if isinstance(target, Reference) and target.standing == "superseded":
                place = record.place("sources", index, "reference")
                if target.superseded_by:
                    yield (
                        place,
                        say("'{id}' is superseded; see '{later}'", id=target.id, later=target.superseded_by),
                    )
                else:
                    yield place, say("'{id}' is superseded", id=target.id)
