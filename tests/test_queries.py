"""The queries by which finding is measured are what people type, not what the records say of themselves."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.examine import examine
from generator.handbook import Handbook
from generator.texts import CHINESE

ROOT = Path(__file__).parents[1]
HALVES = yaml.safe_load((ROOT / "benchmarks/search/queries.yml").read_text("utf-8"))
ASKED = [entry for half in ("open", "aside") for entry in HALVES[half]["queries"]]
CLASSES = ("exact", "inside", "question", "synonym", "mixed", "pinyin", "initials", "typo", "english")
HARD = ("question", "synonym", "mixed")
LONGEST = 5
"""A name of so many characters in a query would give it away."""


@pytest.fixture(scope="module")
def real() -> Handbook:
    found = examine(ROOT, date(2026, 11, 28)).book
    assert found
    return found


def test_there_are_enough_of_each_class() -> None:
    counts = Counter(entry["class"] for entry in ASKED)
    assert set(counts) == set(CLASSES)
    assert min(counts.values()) >= 20
    assert sum(counts.values()) >= 240
    assert sum(len(half["nothing"]) for half in HALVES.values()) >= 30


def test_enough_of_each_class_is_set_aside() -> None:
    aside = Counter(entry["class"] for entry in HALVES["aside"]["queries"])
    assert set(aside) == set(CLASSES)
    assert min(aside.values()) >= 15
    assert sum(aside.values()) >= 240


def test_no_query_stands_there_twice() -> None:
    counts = Counter(entry["query"].lower().replace(" ", "") for entry in ASKED)
    assert [query for query, count in counts.items() if count > 1] == []
    ids = Counter(entry["id"] for entry in ASKED)
    assert max(ids.values()) == 1


def test_each_query_expects_records_that_are_there(real: Handbook) -> None:
    for entry in ASKED:
        assert entry["expects"]
        assert not [id for id in entry["expects"] if id not in real.records], entry["query"]


def test_no_name_of_a_record_gives_a_hard_query_away(real: Handbook) -> None:
    names = {name for record in real.all for name in (record.title, *record.aliases, *record.asks)}
    for entry in ASKED:
        if entry["class"] in HARD:
            query = entry["query"]
            assert query not in names
            assert not [name for name in names if len(CHINESE.findall(name)) >= LONGEST and name in query]
