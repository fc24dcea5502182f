"""Limits as readers see them."""

from pathlib import Path

import pytest

from generator.limits import parse_limit
from generator.phrase import phrase
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
