"""What is different between two records: field by field, entry by entry, and where it stands."""

from collections.abc import Callable, Mapping

import pytest

from generator.difference import differences
from generator.handbook import Handbook
from generator.kinds.parts import Clause
from generator.kinds.record import Record
from generator.kinds.standard import Standard
from generator.tailor import OWN
from tests.vocabulary import Text

Make = Callable[[Mapping[str, Text]], Handbook]

OLDER = """\
expectation: 电话有人接
do: [{ id: smile, text: 微笑 }, { id: nod, text: 点头 }, { id: ask, text: 询问 }]
clauses:
  - { id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings } }
  - { id: name, level: must, text: 报店名 }
"""


def pair(book: Make, newer: str) -> tuple[Record, Record]:
    """Two standards that differ in what `newer` writes."""
    linked = book({"shop/standards/phone.yml": OLDER, "shop/standards/desk.yml": newer + _rest(newer)})
    return linked["shop/phone"], linked["shop/desk"]


def _rest(newer: str) -> str:
    """The keys of the older one that the newer one does not write itself."""
    written = {line.partition(":")[0] for line in newer.splitlines()}
    head, clauses = OLDER.split("clauses:\n")
    rest = [line for line in head.splitlines() if line.partition(":")[0] not in written]
    return "".join(f"{line}\n" for line in rest) + ("" if "clauses" in written else f"clauses:\n{clauses}")


CASES = {
    "nothing": ("", []),
    "a-text": ("expectation: 马上有人接\n", ["expectation: 电话有人接 -> 马上有人接"]),
    "a-field-added": ("body: 背景\n", ["body: None -> 背景"]),
    "an-entry-changed": (
        "do: [{ id: smile, text: 微笑 }, { id: nod, text: 点点头 }, { id: ask, text: 询问 }]\n",
        ["do.nod.text: 点头 -> 点点头"],
    ),
    "an-entry-added": (
        "do:\n  - { id: smile, text: 微笑 }\n  - { id: nod, text: 点头 }\n"
        "  - { id: bow, text: 欠身 }\n  - { id: ask, text: 询问 }\n",
        ["do.bow: None -> bow"],
    ),
    "an-entry-gone": ("do: [{ id: smile, text: 微笑 }, { id: ask, text: 询问 }]\n", ["do.nod: nod -> None"]),
    "another-order": (
        "do: [{ id: nod, text: 点头 }, { id: smile, text: 微笑 }, { id: ask, text: 询问 }]\n",
        ["do: smile, nod, ask -> nod, smile, ask"],
    ),
    "gone-added-and-in-another-order": (
        "do: [{ id: ask, text: 询问 }, { id: bow, text: 欠身 }, { id: smile, text: 微笑 }]\n",
        ["do.nod: nod -> None", "do.bow: None -> bow", "do: smile, ask -> ask, smile"],
    ),
    "all-entries-gone": ("do: []\n", [f"do.{id}: {id} -> None" for id in ("smile", "nod", "ask")]),
    "a-limit-in-a-block-in-an-entry": (
        "clauses:\n  - { id: answer, level: must, text: 三声内接听, measure: { limit: <= 5 rings } }\n"
        "  - { id: name, level: must, text: 报店名 }\n",
        ["clauses.answer.measure.limit: <= 3 rings -> <= 5 rings"],
    ),
    "a-block-added": (
        "clauses:\n  - { id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings } }\n"
        "  - { id: name, level: must, text: 报店名, measure: { limit: = 1 rings } }\n",
        ["clauses.name.measure: None -> = 1 rings"],
    ),
    "a-block-gone": (
        "clauses: [{ id: answer, level: must, text: 三声内接听 }, { id: name, level: must, text: 报店名 }]\n",
        ["clauses.answer.measure: <= 3 rings -> None"],
    ),
    "a-plain-list": ("roles: [clerk, manager]\n", ["roles: shop/clerk -> shop/clerk, shop/manager"]),
}


@pytest.mark.parametrize("name", CASES)
def test_differences(name: str, book: Make) -> None:
    newer, expected = CASES[name]
    found = differences(*pair(book, newer), without=OWN)
    told = [f"{'.'.join(change.path)}: {_short(change.old)} -> {_short(change.new)}" for change in found]
    assert told == expected


def _short(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_short(entry) for entry in value)
    for name in ("id", "limit"):
        value = getattr(value, name, value)
    return str(value)


@pytest.mark.parametrize(
    "name", [name for name in CASES if name not in ("an-entry-gone", "all-entries-gone")]
)
def test_a_change_stands_in_the_newer_record(name: str, book: Make) -> None:
    older, newer = pair(book, CASES[name][0])
    for change in differences(older, newer, without=OWN):
        place = newer.place(*change.loc)
        assert place.path == newer.path
        assert place.line <= max(1, len(CASES[name][0].splitlines()))


def test_a_trail_holds_the_entries_themselves(book: Make) -> None:
    older, newer = pair(book, CASES["a-limit-in-a-block-in-an-entry"][0])
    [change] = differences(older, newer, without=OWN)
    assert isinstance(newer, Standard)
    assert change.trail == ("clauses", newer.clauses[0], "measure", "limit")
    assert isinstance(change.trail[1], Clause)
    assert change.loc == ("clauses", 0, "measure", "limit")


def test_what_is_left_out_is_not_compared(book: Make) -> None:
    older, newer = pair(book, "expectation: 马上有人接\nbody: 背景\ntitle: 柜台\n")
    assert [change.path for change in differences(older, newer, without={*OWN, "body", "title"})] == [
        ("expectation",)
    ]
