"""Plain data over plain data: what comes of it, and that every value still knows its file, place and pack."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from generator.marks import Loc
from generator.overlay import Layer, Overlaid, lay_over, told
from generator.source import Data, Source, parse
from generator.values import ProseText, RoleRef

BASE = "standards/common/procedures/sale.yml"
OVER = "standards/shop/procedures/sale.yml"


def laid(base: str, over: str, may_add: bool = True) -> Overlaid:
    """What the pack `shop` writes over what the pack `common` has written."""
    below, above = parse(BASE, base), parse(OVER, over)
    return lay_over(Layer(below, below.data, "common"), Layer(above, above.data, "shop"), may_add)


STEPS = """\
steps:
  - { id: greet, role: clerk, action: say hello }
  - { id: pay, role: clerk, action: take money }
  - { id: bag, role: clerk, action: pack it }
"""

MERGES = {
    "nothing-written": ("a: one\nb: two\n", "{}\n", "a: one\nb: two\n"),
    "a-key-replaced": ("a: one\nb: two\n", "b: three\n", "a: one\nb: three\n"),
    "a-key-added": ("a: one\n", "b: two\n", "a: one\nb: two\n"),
    "a-block-merged": (
        "a: { x: one, y: two }\n",
        "a: { y: three, z: four }\n",
        "a: { x: one, y: three, z: four }\n",
    ),
    "a-block-in-a-block": (
        "a: { x: { k: one, l: two } }\n",
        "a: { x: { l: three } }\n",
        "a: { x: { k: one, l: three } }\n",
    ),
    "a-block-over-a-text": ("a: one\n", "a: { x: two }\n", "a: { x: two }\n"),
    "a-text-over-a-block": ("a: { x: one }\n", "a: two\n", "a: two\n"),
    "a-plain-list-replaced": ("a: [one, two]\n", "a: [three]\n", "a: [three]\n"),
    "a-list-emptied": (STEPS, "steps: []\n", "steps: []\n"),
    "a-list-filled": (
        "steps: []\n",
        "steps: [{ id: pay, action: b }]\n",
        "steps: [{ id: pay, action: b }]\n",
    ),
    "entries-without-ids-replaced": (
        "a: [{ x: one }, { x: two }]\n",
        "a: [{ x: three }]\n",
        "a: [{ x: three }]\n",
    ),
    "ids-over-no-ids-replaced": ("a: [{ x: one }]\n", "a: [{ id: b, x: two }]\n", "a: [{ id: b, x: two }]\n"),
    "an-entry-merged": (
        STEPS,
        "steps: [{ id: pay, action: take cards }]\n",
        STEPS.replace("take money", "take cards"),
    ),
    "an-entry-given-a-key": (
        "steps: [{ id: pay, action: b }]\n",
        "steps: [{ id: pay, within: <= 3 min }]\n",
        "steps: [{ id: pay, action: b, within: <= 3 min }]\n",
    ),
    "an-entry-dropped": (
        STEPS,
        "steps: [{ id: pay, drop: true }]\n",
        STEPS.replace("  - { id: pay, role: clerk, action: take money }\n", ""),
    ),
    "all-entries-dropped": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: b, drop: true }, { id: a, drop: true }]\n",
        "steps: []\n",
    ),
    "an-entry-at-the-end": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: c }]\n",
        "steps: [{ id: a }, { id: b }, { id: c }]\n",
    ),
    "an-entry-after-another": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: c, after: a }]\n",
        "steps: [{ id: a }, { id: c }, { id: b }]\n",
    ),
    "new-entries-after-each-other": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: c, after: a }, { id: d, after: c }, { id: e }]\n",
        "steps: [{ id: a }, { id: c }, { id: d }, { id: b }, { id: e }]\n",
    ),
    "an-entry-moved-down": (
        "steps: [{ id: a, x: one }, { id: b }, { id: c }]\n",
        "steps: [{ id: a, after: b }]\n",
        "steps: [{ id: b }, { id: a, x: one }, { id: c }]\n",
    ),
    "an-entry-moved-up": (
        "steps: [{ id: a }, { id: b }, { id: c }]\n",
        "steps: [{ id: c, after: a, x: two }]\n",
        "steps: [{ id: a }, { id: c, x: two }, { id: b }]\n",
    ),
    "entries-written-in-another-order": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: b, x: two }, { id: a, x: one }]\n",
        "steps: [{ id: a, x: one }, { id: b, x: two }]\n",
    ),
    "entries-in-entries": (
        "steps: [{ id: a, branches: [{ id: p, do: wait }, { id: q, do: ask }] }]\n",
        "steps: [{ id: a, branches: [{ id: q, drop: true }, { id: p, do: call }] }]\n",
        "steps: [{ id: a, branches: [{ id: p, do: call }] }]\n",
    ),
    "a-plain-list-in-an-entry": (
        "items: [{ id: a, choices: [good, bad] }]\n",
        "items: [{ id: a, choices: [fine] }]\n",
        "items: [{ id: a, choices: [fine] }]\n",
    ),
}
NOT_YET = {
    "in-the-place-of-one-that-is-dropped": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: a, drop: true }, { id: c, after: a }]\n",
        "steps: [{ id: c }, { id: b }]\n",
    ),
    "after-one-that-is-written-below": (
        "steps: [{ id: a }, { id: b }]\n",
        "steps: [{ id: d, after: c }, { id: c, after: a }]\n",
        "steps: [{ id: a }, { id: c }, { id: d }, { id: b }]\n",
    ),
}
"""Places that are asked for and silently not given: the entry lands at the end."""


@pytest.mark.parametrize("name", MERGES)
def test_merged(name: str) -> None:
    base, over, merged = MERGES[name]
    whole = laid(base, over)
    assert whole.data == parse("merged", merged).data
    assert whole.problems == ()


@pytest.mark.parametrize("name", MERGES)
def test_keys_keep_the_order_of_the_base(name: str) -> None:
    base, over, merged = MERGES[name]
    assert list(laid(base, over).data) == list(parse("merged", merged).data)


@pytest.mark.parametrize("name", NOT_YET)
def test_place_is_given(name: str) -> None:
    base, over, merged = NOT_YET[name]
    assert laid(base, over).data == parse("merged", merged).data


@pytest.mark.parametrize("name", MERGES)
def test_every_value_knows_where_it_was_written(name: str) -> None:
    base, over, _ = MERGES[name]
    lines = {BASE: base.splitlines(), OVER: over.splitlines()}
    whole = laid(base, over)
    for loc, value in _texts(whole.data):
        place = whole.place(*loc)
        assert lines[place.path][place.line - 1][place.column - 1 :].startswith(value)
        assert place.via == ("" if place.path == OVER else OVER)
        assert value.pack == ("shop" if place.path == OVER else "common")


def _texts(value: Data, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _texts(child, (*loc, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _texts(child, (*loc, index))
    else:
        yield loc, value


def test_what_is_merged_stands_where_it_was_written_over() -> None:
    whole = laid("title: a\nmeasure:\n  limit: <= 3 rings\n", "version: 1.0\nmeasure:\n  ideal: <= 2 rings\n")
    assert str(whole.place("measure")) == f"{OVER}:2:1"
    assert str(whole.key_place("measure", "limit")) == f"{BASE}:3:3"
    assert str(whole.key_place("measure", "ideal")) == f"{OVER}:3:3"


def test_what_nobody_wrote_is_missed_where_the_record_is() -> None:
    whole = laid("title: a\nmeasure: { limit: <= 3 rings }\n", "version: 1.0\n")
    assert str(whole.key_place("owner")) == f"{OVER}:1:1"
    assert whole.holds("measure", "limit")
    assert not whole.holds("measure", "ideal")
    assert not whole.holds("owner")


def test_what_lies_over_two_others_leads_to_each() -> None:
    whole = laid("a: one\nb: two\nc: three\n", "b: four\n")
    notice = parse("standards/shop/notices/fair.yml", "fields: { c: five }\n")
    twice = lay_over(
        Layer(whole, whole.data, "shop"), Layer(notice, notice.data["fields"], "shop", ("fields",))
    )
    assert [str(twice.place(key)) for key in "abc"] == [f"{BASE}:1:4", f"{OVER}:1:4", f"{notice.path}:1:14"]
    assert [twice.place(key).via for key in "abc"] == [notice.path, notice.path, ""]
    assert [twice.data[key].pack for key in "abc"] == ["common", "shop", "shop"]


def test_prose_knows_the_pack_that_wrote_it() -> None:
    whole = laid("body: 见 [[clerk]]。\n\ntitle: one\n", "rationale: 见 [[sale]]。\n")
    read = TypeAdapter(ProseText).validate_python
    assert [read(whole.data[key]).pack for key in ("body", "rationale")] == ["common", "shop"]
    assert read("见 [[clerk]]。").pack == ""


def test_bare_ids_mean_the_pack_that_wrote_them() -> None:
    whole = laid("owner: manager\nroles: [clerk, bank/clerk]\n", "author: manager\n")
    read = TypeAdapter(RoleRef).validate_python
    ids = [whole.data["owner"], *whole.data["roles"], whole.data["author"]]
    assert [read(id, context={"pack": "shop"}) for id in ids] == [
        "common/manager",
        "common/clerk",
        "bank/clerk",
        "shop/manager",
    ]


def test_the_first_pack_that_wrote_a_text_stays() -> None:
    assert told(told(["clerk"], "common"), "shop")[0].pack == "common"


FAULTS = {
    "drop-unknown": (
        "steps: [{ id: grete, drop: true }]",
        "1:15: no entry 'grete' in {base}; did you mean 'greet'?",
    ),
    "drop-no": ("steps: [{ id: pay, drop: no }]", "1:26: 'drop' can only be true: got 'no'"),
    "drop-and-more": (
        "steps: [{ id: pay, drop: true, after: bag }]",
        "1:26: 'pay' is left out; delete its other keys",
    ),
    "after-unknown": ("steps: [{ id: pay, after: begin }]", "1:27: no entry 'begin' in {base}"),
    "after-itself": ("steps: [{ id: pay, after: pay }]", "1:27: no entry 'pay' in {base}"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault(name: str) -> None:
    over, message = FAULTS[name]
    assert _said(laid(STEPS, over)) == [f"{OVER}:{message.format(base=BASE)}"]


def test_what_may_not_be_added() -> None:
    added = "steps:\n  - { id: ticket, action: a number }\n  - { id: coat, action: a coat, after: pay }\n"
    assert _said(laid(STEPS, added, may_add=False)) == [f"{OVER}:2:11: no entry 'ticket' in {BASE}"]
    assert _said(laid(STEPS, added)) == []


def _said(source: Source) -> list[str]:
    return [f"{problem.place}: {problem.message}" for problem in source.problems]
