"""Limits as readers see them."""

from datetime import date
from pathlib import Path

import pytest

from generator.limits import parse_limit
from generator.phrase import compared, day, phrase
from tests import vocabulary


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<= 3 rings", "3 声以内"),
        (">= 97 %", "至少 97%"),
        ("< 10 rings", "少于 10 声"),
        ("> 5 rings", "超过 5 声"),
        ("= 0", "0"),
        ("2..5 min", "2–5 分钟"),
        ("24 furlongs", "24 furlongs"),
        ("grade A", "A 级"),
        ("Mon-Sun 08:00-18:00", "每天 08:00–18:00"),
        ("Mon-Sun 00:00-24:00", "24 小时"),
        ("Mon-Fri 09:00-17:30", "周一至周五 09:00–17:30"),
        ("Sat 09:00-12:00", "周六 09:00–12:00"),
        ("Apr-May", "4–5 月"),
        ("Dec", "12 月"),
        ("present", "必须有"),
    ],
)
def test_phrase(tmp_path: Path, typed: str, read: str) -> None:
    _, book = vocabulary.read(tmp_path, {})
    assert book
    assert phrase(parse_limit(typed), book.settings) == read


def test_a_day_says_its_year_only_where_it_is_another() -> None:
    assert day(date(2026, 12, 15), date(2026, 11, 28)) == "12 月 15 日"
    assert day(date(2027, 1, 1), date(2026, 11, 28)) == "2027 年 1 月 1 日"


def test_what_only_one_text_says_is_marked() -> None:
    old, new = compared("三声内接听，先问好。", "两声内接听，先问好。")
    assert old == [("三声内接听，", True), ("先问好。", False)]
    assert new == [("两声内接听，", True), ("先问好。", False)]
