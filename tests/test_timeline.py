"""Which MAJOR counts on which day, held against a model that asks every day; files wrong together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
import yaml

from generator.handbook import Handbook
from tests.bad_input import handbook
from tests.vocabulary import HERE, TODAY, Text, write

Make = Callable[[Mapping[str, Text]], Handbook]


class Revision(NamedTuple):
    """All of a revision that decides when it counts."""

    major: int
    status: str
    effective: date
    ends: date | None


def revision(text: str) -> Revision:
    """`2 approved 2026-03-01..2026-06-30`; with nothing behind the dots it has no end."""
    major, status, days = text.split()
    first, _, last = days.partition("..")
    return Revision(int(major), status, date.fromisoformat(first), date.fromisoformat(last) if last else None)


def files(name: str, revisions: Sequence[Revision]) -> dict[str, Text]:
    """The files of a term with these revisions; the newest has the plain name."""
    newest = max(revision.major for revision in revisions)
    return {
        f"shop/terms/{name}{'' if each.major == newest else f'@{each.major}'}.yml": _text(each)
        for each in revisions
    }


def _text(each: Revision) -> str:
    ends = f"ends: {each.ends}\n" if each.ends else ""
    return f"version: {each.major}.0\nstatus: {each.status}\neffective: {each.effective}\n{ends}"


# The model: slow, and as the design says it in words -------------------------------------------------------

FIRST, LAST = date(2027, 11, 1), date(2028, 6, 30)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
"""With a turn of the year and a 29 February; nothing begins or ends outside of them."""


@cache
def counting(revisions: tuple[Revision, ...], day: date) -> int | None:
    """The MAJOR in force: the highest that is approved with effective <= day <= ends.

    A withdrawn MAJOR is in force until its end; from its first day on it keeps out all lower ones for ever.
    """
    for each in sorted(revisions, reverse=True):
        if each.status == "draft" or day < each.effective:
            continue
        if each.ends is not None and day <= each.ends:
            return each.major
        if each.status == "withdrawn":
            return None
        if each.ends is None:
            return each.major
    return None


def standing(revisions: tuple[Revision, ...], day: date) -> int:
    """The MAJOR that stands for all: in force, else next to come, else last that was, else the newest."""
    ahead = [other for other in DAYS if other >= day]
    past = [other for other in reversed(DAYS) if other < day]
    for other in (*ahead, *past):
        major = counting(revisions, other)
        if major is not None:
            return major
    majors = [each.major for each in revisions]
    return max([each.major for each in revisions if each.status != "draft"] or majors)


def coming(revisions: tuple[Revision, ...], day: date) -> int | None:
    """The MAJOR that is in force next, other than the one that stands for the record."""
    known = (None, standing(revisions, day))
    found = (counting(revisions, other) for other in DAYS if other > day)
    return next((major for major in found if major not in known), None)


# Random revisions on random days ---------------------------------------------------------------------------


def _revisions(random: Random) -> tuple[Revision, ...]:
    majors = sorted(random.sample(range(1, 12), random.randint(1, 4)))
    return tuple(_revision(random, major) for major in majors)


def _revision(random: Random, major: int) -> Revision:
    status = random.choices(["approved", "withdrawn", "draft"], [6, 2, 1])[0]
    inner = DAYS[20:-20]
    effective, later = sorted(random.choices(inner, k=2))
    return Revision(major, status, effective, random.choice([None, later, effective]))


RANDOM = {
    seed: {f"term-{number}": _revisions(Random(1000 * seed + number)) for number in range(40)}
    for seed in range(3)
}


@pytest.mark.parametrize("seed", RANDOM)
def test_every_day_has_the_answer_of_the_model(seed: int, book: Make) -> None:
    records = RANDOM[seed]
    linked = book({path: text for name, each in records.items() for path, text in files(name, each).items()})
    for day in Random(seed).sample(DAYS, 50):
        then = linked.on(day)
        for name, revisions in records.items():
            assert _answers(then, f"shop/{name}") == _expected(revisions, day), (name, day, revisions)


def _answers(then: Handbook, id: str) -> tuple[object, ...]:
    in_force = [record.version.major for record in then.revisions[id] if then.is_in_force(record)]
    ahead = then.coming(id)
    living = [record.version.major for record in then.living if record.id == id]
    current = [record.version.major for record in then.current if record.id == id]
    return in_force, current, then.records[id].version.major, ahead and ahead.version.major, living


def _expected(revisions: tuple[Revision, ...], day: date) -> tuple[object, ...]:
    major = counting(revisions, day)
    in_force = [] if major is None else [major]
    ahead = {counting(revisions, other) for other in DAYS if other >= day}
    living = [each.major for each in reversed(revisions) if each.status == "draft" or each.major in ahead]
    return in_force, in_force, standing(revisions, day), coming(revisions, day), living


@pytest.mark.parametrize("seed", RANDOM)
def test_no_day_belongs_to_two_revisions(seed: int, book: Make) -> None:
    records = RANDOM[seed]
    linked = book({path: text for name, each in records.items() for path, text in files(name, each).items()})
    for name, revisions in records.items():
        periods = sorted(linked.days_in_force(f"shop/{name}"))
        assert all(one.last < other.first for one, other in pairwise(periods))
        held = [day for day in DAYS if any(day in period for period in periods)]
        assert held == [day for day in DAYS if counting(revisions, day) is not None]


# What the words mean ---------------------------------------------------------------------------------------

MEANINGS = {
    "not-before-its-first-day": (["1 approved 2028-01-10.."], "2028-01-09", None),
    "from-its-first-day": (["1 approved 2028-01-10.."], "2028-01-10", 1),
    "on-its-last-day": (["1 approved 2028-01-10..2028-01-20"], "2028-01-20", 1),
    "not-after-its-end": (["1 approved 2028-01-10..2028-01-20"], "2028-01-21", None),
    "for-one-day": (["1 approved 2028-01-10..2028-01-10"], "2028-01-10", 1),
    "never-a-draft": (["1 draft 2028-01-10.."], "2028-01-15", None),
    "the-highest": (["1 approved 2028-01-01..", "2 approved 2028-01-10.."], "2028-01-10", 2),
    "the-older-until-then": (["1 approved 2028-01-01..", "2 approved 2028-01-10.."], "2028-01-09", 1),
    "a-draft-takes-no-place": (["1 approved 2028-01-01..", "2 draft 2028-01-10.."], "2028-01-15", 1),
    "the-older-again-after-an-end": (
        ["1 approved 2028-01-01..", "2 approved 2028-01-10..2028-01-20"],
        "2028-01-21",
        1,
    ),
    "none-after-a-withdrawal": (
        ["1 approved 2028-01-01..", "2 withdrawn 2028-01-10..2028-01-20"],
        "2028-01-21",
        None,
    ),
    "a-withdrawn-one-until-its-end": (["2 withdrawn 2028-01-10..2028-01-20"], "2028-01-20", 2),
    "the-older-before-a-withdrawn-one": (
        ["1 approved 2028-01-01..", "2 withdrawn 2028-01-10..2028-01-20"],
        "2028-01-09",
        1,
    ),
    "the-newer-beside-a-withdrawn-one": (
        ["1 withdrawn 2028-01-01..2028-01-20", "2 approved 2028-01-10.."],
        "2028-01-15",
        2,
    ),
    "10-is-higher-than-9": (["9 approved 2028-01-01..", "10 approved 2028-01-02.."], "2028-01-15", 10),
    "the-highest-though-it-began-earlier": (
        ["1 approved 2028-01-10..", "2 approved 2028-01-01.."],
        "2028-01-15",
        2,
    ),
    "on-the-last-day-of-the-year": (
        ["1 approved 2027-12-01..2027-12-31", "2 approved 2028-01-01.."],
        "2027-12-31",
        1,
    ),
    "on-the-first-day-of-the-year": (
        ["1 approved 2027-12-01..2027-12-31", "2 approved 2028-01-01.."],
        "2028-01-01",
        2,
    ),
    "on-29-february": (["1 approved 2028-01-01..2028-02-28", "2 approved 2028-02-29.."], "2028-02-29", 2),
    "not-on-a-29-february-left-out": (
        ["1 approved 2028-01-01..2028-02-28", "2 approved 2028-03-01.."],
        "2028-02-29",
        None,
    ),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_in_force(name: str, book: Make) -> None:
    texts, day, major = MEANINGS[name]
    revisions = tuple(revision(text) for text in texts)
    then = book(files("tone", revisions)).on(date.fromisoformat(day))
    found = [record.version.major for record in then.revisions["shop/tone"] if then.is_in_force(record)]
    assert found == ([] if major is None else [major])
    assert counting(revisions, then.today) == major


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2027-12-31", ["draft", "coming", "coming"]),
        ("2028-01-01", ["draft", "coming", "in-force"]),
        ("2028-01-09", ["draft", "coming", "in-force"]),
        ("2028-01-10", ["draft", "in-force", "over"]),
        ("2028-01-21", ["draft", "over", "over"]),
    ],
)
def test_states(day: str, states: list[str], book: Make) -> None:
    texts = ["1 approved 2028-01-01..", "2 withdrawn 2028-01-10..2028-01-20", "3 draft 2028-01-15.."]
    then = book(files("tone", [revision(text) for text in texts])).on(date.fromisoformat(day))
    assert [then.state(record) for record in then.revisions["shop/tone"]] == states


def test_the_days_of_a_turn_are_known(book: Make) -> None:
    texts = ["1 approved 2027-12-01..2027-12-31", "2 approved 2028-01-01..2028-02-28"]
    then = book(files("tone", [revision(text) for text in texts])).on(date(2027, 11, 1))
    kinds = {type(then["shop/tone"])}
    assert [str(day) for day in then.turns(kinds)] == ["2027-12-01", "2028-01-01", "2028-02-29"]
    assert then.turns(()) == []


# Files that are sound alone and wrong together -------------------------------------------------------------

TOGETHER = sorted((HERE / "cases" / "bad" / "together").glob("*.yml"))
"""Each holds files laid over the tiny handbook; beside it stands all that a check of them says."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", TOGETHER, ids=lambda case: case.stem)
def test_files_that_are_wrong_together(
    case: Path, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    write(tmp_path, yaml.safe_load(case.read_text("utf-8")))
    options = ("--root", str(tmp_path), "--as-of", str(TODAY), "--lang", language)
    code, out, err = handbook("check", *options, capsys=capsys)
    shown = f"{out}{err}exit code {code}\n"
    golden = case.with_suffix(f".{language}.txt")
    if update_golden:
        golden.write_text(shown, "utf-8", newline="\n")
    assert shown == golden.read_text("utf-8")
