"""Reading: the place of everything, and no text that stops it."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.source import parse

TEXT = """\
# comment
title: 入住
steps:
  - id: greet
    action: |
      起身，
      问好
  - {id: ask, role: receptionist}
plain:
  on the next line
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        (("title",), (2, 8), (2, 1)),
        (("steps",), (3, 1), (3, 1)),
        (("steps", 0), (4, 5), (4, 5)),
        (("steps", 0, "action"), (5, 13), (5, 5)),
        (("steps", 1, "role"), (8, 21), (8, 15)),
        (("plain",), (9, 1), (9, 1)),
        (("steps", 0, "missing", 3), (4, 5), (4, 5)),
        (("missing",), (1, 1), (1, 1)),
    ],
)
def test_places(loc: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
    source = parse("a.yml", TEXT)
    place, key_place = source.place(*loc), source.key_place(*loc)
    assert (place.line, place.column) == value
    assert (key_place.line, key_place.column) == key


def test_scalars_stay_as_typed() -> None:
    text = "a: no\nb: 2.10\nc: 2026-01-01\nd: 0x1F\ne: 1_000\nf: .inf\ng: '~'\nh: =\n"
    source = parse("a.yml", text)
    assert source.problems == ()
    assert list(source.data.values()) == ["no", "2.10", "2026-01-01", "0x1F", "1_000", ".inf", "~", "="]


def test_the_first_of_two_keys_counts() -> None:
    source = parse("a.yml", "a: one\na: two\n")
    assert source.data == {"a": "one"}
    assert [str(problem.place) for problem in source.problems] == ["a.yml:2:1"]


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "{" * 1_000_000, "- " * 500_000, "? " * 500_000, "a: &a " + "*a " * 300_000]
)
def test_traps_end_within_a_second(text: str) -> None:
    start = time.process_time()
    assert parse("a.yml", text).problems
    assert time.process_time() - start < 1


_PIECES = st.sampled_from(
    [
        *"abc 01:-?,[]{}#&*!|>'\"%@`~\n\t\r<=\\/：　“”\u2028\ufeff\x00\x1b\ud800",
        "\n  ",
        "\n- ",
        ": ",
        "---\n",
        "...\n",
        "<<: ",
    ]
)


@given(st.text() | st.lists(_PIECES).map("".join))
@example("\ud800")
@example("? \n: \n")
@example("!<a> b")
@example("%TAG ! x\n---\n!a b")
def test_whatever_the_text_it_returns(text: str) -> None:
    source = parse("a.yml", text)
    assert source.data is not None or source.problems
    assert all(problem.place.line >= 1 and str(problem.message) for problem in source.problems)
