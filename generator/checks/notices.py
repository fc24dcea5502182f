"""Notices: they end, they fit what they change, and two of them never contradict each other."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from generator.checks.engine import Finding, check
from generator.difference import differences
from generator.handbook import Handbook
from generator.kinds.notice import Notice
from generator.messages import say
from generator.notices import Laid
from generator.problems import Place
from generator.tailor import OWN


@check(waivable=False)
def notice_without_end(book: Handbook) -> Iterator[Finding]:
    """A notice must say under `ends` which is its last day.

    A temporary instruction that nobody takes down becomes a rule that nobody has decided.

    Bad:

        effective: 2026-12-01

    Good:

        effective: 2026-12-01
        ends: 2026-12-05
    """
    for notice in book.living:
        if isinstance(notice, Notice) and notice.ends is None:
            yield notice.place("effective"), say("until when? key 'ends' is missing")


@check(waivable=False)
def wrong_override(book: Handbook) -> Iterator[Finding]:
    """What a notice overrides must be there, and the new value must fit.

    A notice that changes nothing looks like an instruction and is none.

    Bad:

        overrides: [{ id: queue, record: queueing, fields: { clauses: [{ id: wait, text: ... }] } }]
        # queueing has no clause 'wait'

    Good:

        overrides: [{ id: queue, record: queueing, fields: { clauses: [{ id: waiting, text: ... }] } }]
    """
    yield from dict.fromkeys(finding for laid in book.laid for finding in _misfits(laid))


def _misfits(laid: Laid) -> Iterator[Finding]:
    yield from ((problem.place, problem.message) for problem in laid.problems)
    loc = ("overrides", laid.notice.overrides.index(laid.override), "fields")
    for name in laid.override.fields:
        if name in OWN:
            yield laid.notice.place(*loc, name), say("'{key}' cannot be overridden; delete it", key=name)
    if laid.record and not laid.problems and not differences(laid.target, laid.record):
        path = laid.target.path
        message = say("nothing is different from {path}; write what changes or delete it", path=path)
        yield laid.notice.place(*loc), message


class _Touch(NamedTuple):
    """One value that a notice changes, and where the notice says so."""

    laid: Laid
    path: tuple[str, ...]
    place: Place


@check(waivable=False)
def overlapping_notices(book: Handbook) -> Iterator[Finding]:
    """Two notices must not change the same value on the same days at the same place.

    Staff could not know which of the two counts.

    Bad:

        notices/fair.yml and notices/storm.yml both set clauses.wait on 2026-12-03

    Good:

        notices/fair.yml ends on 2026-12-02, notices/storm.yml starts on 2026-12-03
    """
    touches: dict[str, list[_Touch]] = defaultdict(list)
    for laid in book.laid:
        for change in differences(laid.target, laid.record) if laid.record else ():
            place = laid.record.place(*change.loc) if laid.record else laid.notice.place()
            touches[laid.target.path].append(_Touch(laid, change.path, place))
    for path, meeting in touches.items():
        for first, second in combinations(meeting, 2):
            if _same_value(first.path, second.path) and _meet(book, first.laid, second.laid):
                message = say(
                    "'{name}' of {path} is changed at the same time and place by {other}; "
                    "end one before the other starts",
                    name=".".join(second.path),
                    path=path,
                    other=first.place,
                )
                yield second.place, message


def _same_value(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one is the other or holds it."""
    return all(mine == theirs for mine, theirs in zip(one, other, strict=False))


def _meet(book: Handbook, first: Laid, second: Laid) -> bool:
    if first.override is second.override:
        return False
    places = [set(laid.notice.locations) for laid in (first, second)]
    days = [book.periods(laid.notice) for laid in (first, second)]
    same_place = not all(places) or bool(places[0] & places[1])
    return same_place and any(one.meets(other) for one in days[0] for other in days[1])
