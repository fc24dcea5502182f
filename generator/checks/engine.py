"""Runs the rules over a handbook, stamps their findings, and holds the records' waivers against them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import getdoc

from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.messages import Message, say
from generator.problems import Level, Place, Problem, Rule, hint

Finding = tuple[Place, Message]
Finder = Callable[[Handbook], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A rule and the function that finds its faults."""

    rule: Rule
    find: Finder
    waivable: bool


UNUSED_WAIVER = Rule(
    "unused-waiver",
    """A waiver must name a rule that may be waived, lie in the future and waive something.

    A waiver that is no longer needed would hide the next fault of its kind.

    Bad:

        waivers: [{ check: long-first-lines, reason: 法定用语, until: 2027-12-31 }]

    Good:

        waivers: [{ check: long-first-line, reason: 法定用语, until: 2027-12-31 }]
    """,
)
CHECKS: dict[str, Check] = {}
"""Rule name -> check, in the order of the family files."""


def check(level: Level = Level.ERROR, waivable: bool = True) -> Callable[[Finder], Finder]:
    """Make a generator function a rule; its name with hyphens is the rule's name."""

    def register(find: Finder) -> Finder:
        name = find.__name__.replace("_", "-")
        CHECKS[name] = Check(Rule(name, getdoc(find) or "", level), find, waivable)
        return find

    return register


def run(book: Handbook, known_rules: Iterable[str]) -> list[Problem]:
    """Every problem of the handbook, waived ones left out, unsorted."""
    levels = book.settings.levels
    problems = [
        Problem(place, name, message, level)
        for name, entry in CHECKS.items()
        if (level := levels.get(name, entry.rule.level)) is not Level.OFF
        for place, message in entry.find(book)
    ]
    return list(_waived(book, problems, set(known_rules)))


def _waived(book: Handbook, problems: list[Problem], known: set[str]) -> Iterator[Problem]:
    waivers = {
        (record.path, waiver.check): (record, index)
        for record in book.records.values()
        for index, waiver in enumerate(record.waivers)
    }
    used: set[tuple[str, str]] = set()
    for problem in problems:
        key = (problem.place.path, problem.rule)
        if key in waivers and CHECKS[problem.rule].waivable and not _over(book, *waivers[key]):
            used.add(key)
        else:
            yield problem
    level = book.settings.levels.get(UNUSED_WAIVER.name, UNUSED_WAIVER.level)
    for key, (record, index) in waivers.items():
        if key not in used and level is not Level.OFF:
            yield _unused(book, record, index, known, level)


def _over(book: Handbook, record: Record, index: int) -> bool:
    return record.waivers[index].until < book.today


def _unused(book: Handbook, record: Record, index: int, known: set[str], level: Level) -> Problem:
    waiver = record.waivers[index]
    if waiver.check not in known:
        message = say("no rule '{rule}'{hint}", rule=waiver.check, hint=hint(waiver.check, known))
    elif waiver.check not in CHECKS or not CHECKS[waiver.check].waivable:
        message = say("rule '{rule}' cannot be waived", rule=waiver.check)
    elif _over(book, record, index):
        message = say("the waiver of '{rule}' ended on {until}", rule=waiver.check, until=waiver.until)
    else:
        message = say("the waiver of '{rule}' waives nothing; delete it", rule=waiver.check)
    return Problem(record.place("waivers", index, "check"), UNUSED_WAIVER.name, message, level)
