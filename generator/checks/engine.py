"""Runs the rules over a handbook, stamps their findings, and holds the records' waivers against them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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
    turns: tuple[type[Record], ...]


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
SETTINGS = "standards/handbook.yml"
CHECKS: dict[str, Check] = {}
"""Rule name -> check, in the order of the family files."""


def check(
    level: Level = Level.ERROR, waivable: bool = True, turns: tuple[type[Record], ...] = ()
) -> Callable[[Finder], Finder]:
    """Make a generator function a rule; its name with hyphens is the rule's name.

    A rule that looks at several records of one day together names their kinds in `turns`: it is asked again
    for each coming day on which one of them changes.
    """

    def register(find: Finder) -> Finder:
        name = find.__name__.replace("_", "-")
        CHECKS[name] = Check(Rule(name, getdoc(find) or "", level), find, waivable, turns)
        return find

    return register


def run(book: Handbook, known_rules: Iterable[str]) -> list[Problem]:
    """Every problem of the handbook, waived ones left out, unsorted."""
    levels = book.settings.levels
    known = set(known_rules)
    problems = [
        Problem(book.sources[SETTINGS].place("levels", name), "undeclared-word", _no_rule(name, known))
        for name in levels
        if name not in known
    ]
    problems += [
        Problem(place, name, message, level)
        for name, entry in CHECKS.items()
        if (level := levels.get(name, entry.rule.level)) is not Level.OFF
        for place, message in _found(book, entry)
    ]
    return list(_waived(book, problems, known))


def _found(book: Handbook, entry: Check) -> Iterator[Finding]:
    """What the rule finds today, and what it finds besides on the days that change what it looks at."""
    told = set()
    for place, message in entry.find(book):
        told.add(place)
        yield place, message
    for day in book.turns(entry.turns):
        for place, message in entry.find(book.later(day)):
            if place not in told:
                told.add(place)
                yield place, say("from {day} on: {message}", day=day, message=message)


def _waived(book: Handbook, problems: list[Problem], known: set[str]) -> Iterator[Problem]:
    waivers = {
        (record.path, waiver.check): (record, index)
        for record in book.living
        for index, waiver in enumerate(record.waivers)
    }
    used: set[tuple[str, str]] = set()
    for problem in problems:
        key = next(
            (
                key
                for path in (problem.place.path, problem.place.via)
                if (key := (path, problem.rule)) in waivers
            ),
            None,
        )
        if key is None or not CHECKS[problem.rule].waivable:
            yield problem
        elif _over(book, *waivers[key]):
            # Only an edit may stop a build, never a day that has passed.
            yield replace(problem, level=Level.WARNING)
        else:
            used.add(key)
    level = book.settings.levels.get(UNUSED_WAIVER.name, UNUSED_WAIVER.level)
    for key, (record, index) in waivers.items():
        if key not in used and level is not Level.OFF:
            yield _unused(book, record, index, known, level)


def _over(book: Handbook, record: Record, index: int) -> bool:
    return record.waivers[index].until < book.today


def _no_rule(name: str, known: set[str]) -> Message:
    return say("no rule '{rule}'{hint}", rule=name, hint=hint(name, known))


def _unused(book: Handbook, record: Record, index: int, known: set[str], level: Level) -> Problem:
    waiver = record.waivers[index]
    if waiver.check not in known:
        message = _no_rule(waiver.check, known)
    elif waiver.check not in CHECKS or not CHECKS[waiver.check].waivable:
        message = say("rule '{rule}' cannot be waived", rule=waiver.check)
    elif _over(book, record, index):
        message = say("the waiver of '{rule}' ended on {until}", rule=waiver.check, until=waiver.until)
        level = Level.WARNING
    else:
        message = say("the waiver of '{rule}' waives nothing; delete it", rule=waiver.check)
    return Problem(record.place("waivers", index, "check"), UNUSED_WAIVER.name, message, level)
