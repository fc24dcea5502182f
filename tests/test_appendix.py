"""Nothing of the source documents is lost: every number, gap and trap stands where appendix.yml says."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.examine import examine
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.limits import Limit, parse_limit
from generator.texts import way

ROOT = Path(__file__).parent.parent
ITEMS: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/appendix.yml").read_text("utf-8"))
TODAY = date(2026, 11, 28)
ROWS = [f"S{number:02}" for number in range(1, 83)]
TRAPS = range(1, 19)
KINDS = ("limit", "number", "count", "text")

NUMBERED = "01 03 05 13 14 23 24 25 28 38 39 40 41 43 50 51 53 56 59 63 65 69 70 72 73 74 75 80 82"
"""The rows that appendix A lists."""
UNFINISHED = "01 03 07 08 09 11 17 18 29 31 32 33 34 35 36 39 41 51 52 53 63 64 72"
"""The rows that appendix B lists."""


@pytest.fixture(scope="module")
def real() -> Handbook:
    checked = examine(ROOT, TODAY)
    assert checked.book
    return checked.book


def faults(book: Handbook, items: list[dict[str, Any]]) -> Iterator[str]:
    """One line for each item that does not stand where it should, with its place in the record's file."""
    for item in items:
        record = book.get(item["record"])
        if record is None:
            yield f"{item['row']} {item['says']}: no record '{item['record']}'"
            continue
        fault = _fault(record, item)
        if fault:
            yield fault


def _fault(record: Record, item: dict[str, Any]) -> str | None:
    path = item["field"].split(".")
    turns = list(way(record, path))
    if len(turns) < len(path) or turns[-1].value in (None, [], ""):
        return f"{record.path}: {item['row']} {item['says']}: nothing stands at '{item['field']}'"
    value = turns[-1].value
    wanted = {kind: item[kind] for kind in KINDS if kind in item}
    for kind, told in wanted.items():
        if not _says(value, kind, told):
            found = len(value) if kind == "count" and isinstance(value, list) else value
            place = record.place(*_loc(record, path))
            return f"{place}: {item['row']} {item['says']}: {kind} must be '{told}': got '{_shown(found)}'"
    return None


def _says(value: Any, kind: str, told: Any) -> bool:
    if kind == "limit":
        return isinstance(value, Limit) and value == parse_limit(str(told))
    if kind == "number":
        return isinstance(value, (int, Decimal)) and Decimal(value) == Decimal(str(told))
    if kind == "count":
        return isinstance(value, list) and len(value) == told
    return str(told) in str(value)


def _shown(value: Any) -> str:
    return value.text if isinstance(value, Limit) else str(value)


def _loc(record: Record, path: list[str]) -> list[str | int]:
    """The path with numbers in place of the ids of entries, as places are looked up."""
    return [
        turn.holder.index(turn.value) if isinstance(turn.holder, list) else turn.name
        for turn in way(record, path)
    ]


def test_every_item_stands_where_it_should(real: Handbook) -> None:
    assert list(faults(real, ITEMS)) == []


def test_every_row_and_trap_of_the_appendix_has_its_items() -> None:
    numbered = {item["row"] for item in ITEMS if item["part"] == "A" and set(KINDS) & set(item)}
    assert {f"S{row}" for row in NUMBERED.split()} - numbered == set()
    unfinished = {item["row"] for item in ITEMS if item["part"] == "B"}
    assert {f"S{row}" for row in UNFINISHED.split()} - unfinished == set()
    assert {item["trap"] for item in ITEMS if item["part"] == "C"} == set(TRAPS)


def test_what_is_unfinished_is_a_gap_that_ends_in_a_person(real: Handbook) -> None:
    """Or a plain `none` or `not settled` in the field itself."""
    for item in (item for item in ITEMS if item["part"] == "B"):
        *_, last = way(real[item["record"]], item["field"].split("."))
        settled = getattr(last.value, "until_then", None) or getattr(last.value, "not_settled", None)
        assert settled or last.value == "none" or last.name in ("gaps", "not_settled"), item


def test_a_number_that_was_changed_is_told_with_its_place(real: Handbook) -> None:
    item = next(item for item in ITEMS if "limit" in item)
    told = list(faults(real, [{**item, "limit": "<= 99 h"}]))
    record = real[item["record"]]
    assert len(told) == 1
    assert told[0].startswith(f"{record.path}:")
    assert f"{item['row']} {item['says']}: limit must be '<= 99 h': got '" in told[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"record": "common/nothing"}, "no record 'common/nothing'"),
        ({"field": "title.x"}, "nothing stands at 'title.x'"),
        ({"count": 1000}, "count must be '1000': got '"),
        ({"text": "这里没有"}, "text must be '这里没有': got '"),
        ({"number": 7}, "number must be '7': got '"),
    ],
)
def test_what_is_wrong_with_an_item_is_told(real: Handbook, change: dict[str, Any], message: str) -> None:
    item = {"part": "A", "row": "S01", "says": "示例", "record": "common/five-gaps", "field": "components"}
    told = list(faults(real, [{**item, **change}, {**item, **change}]))
    assert len(told) == 2
    assert message in told[0]


@pytest.mark.parametrize("item", [item for item in ITEMS if "limit" in item], ids=itemgetter("says"))
def test_a_limit_of_an_item_is_one(item: dict[str, Any]) -> None:
    assert parse_limit(str(item["limit"])).text == str(item["limit"])


def test_every_row_has_its_facts_and_each_fact_its_field(real: Handbook) -> None:
    """That the fields exist is what the rule `unknown-field` checks."""
    sections = [section for record in real.in_force(Reference) for section in record.clauses if section.facts]
    told = {section.clause: section.facts for section in sections}
    assert [row for row in ROWS if len(told.get(row, ())) < 2] == []
    bare = [(row, fact.id) for row, facts in told.items() for fact in facts if not fact.carried]
    assert bare == []
