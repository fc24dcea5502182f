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
ASKED = yaml.safe_load((ROOT / "benchmarks/search/queries.yml").read_text("utf-8"))
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
    counts = Counter(entry["class"] for entry in ASKED["queries"])
    assert set(counts) == set(CLASSES)
    assert min(counts.values()) >= 20
    assert sum(counts.values()) >= 240
    assert len(ASKED["nothing"]) >= 30


def test_each_class_is_halved_alike() -> None:
    halves = Counter((entry["class"], int(entry["id"][1:]) % 2) for entry in ASKED["queries"])
    assert all(halves[sort, 0] == halves[sort, 1] for sort in CLASSES)


def test_each_query_expects_records_that_are_there(real: Handbook) -> None:
    for entry in ASKED["queries"]:
        assert entry["expects"]
        assert not [id for id in entry["expects"] if id not in real.records], entry["query"]


def test_no_name_of_a_record_gives_a_hard_query_away(real: Handbook) -> None:
    names = {name for record in real.all for name in (record.title, *record.aliases, *record.asks)}
    for entry in ASKED["queries"]:
        if entry["class"] in HARD:
            query = entry["query"]
            assert query not in names
            assert not [name for name in names if len(CHINESE.findall(name)) >= LONGEST and name in query]
