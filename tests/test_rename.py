"""Renaming: every place that names the record follows, nothing else moves."""

from datetime import date
from pathlib import Path

import pytest

from generator.problems import HandbookError
from generator.rename import rename
from tests.bad_input import ENVELOPE, SOUND, handbook, write

DAY = date(2026, 6, 1)
BRIEF = f"""\
# 值班经理 manager 的交接
title: manager 的交接
summary: 另见 [[manager]]，不是 managers
{ENVELOPE.replace("owner: manager", "owner: 'manager'  # manager")}english: manager
definition: |
  找 **[[manager|manager]]** 或 [[hotel/manager]]，
  不找 [[bank/manager]]。
not_to_confuse:
  - term:
      greeting
    difference: manager
related: [manager, "hotel/manager", greeting]
"""
OTHERS = {
    "hotel/terms/brief.yml": BRIEF.replace("，\n  不找 [[bank/manager]]", ""),
    "hotel/roles/clerk.yml": SOUND["hotel/roles/manager.yml"].replace("值班经理", "接待员")
    + "reports_to: manager\n",
}


def _texts(root: Path) -> dict[str, str]:
    files = sorted((root / "standards").rglob("*.yml"))
    return {path.relative_to(root / "standards").as_posix(): path.read_bytes().decode() for path in files}


def test_every_reference_follows(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND | OTHERS)
    changed = rename(root, "hotel/manager", "head", DAY)
    texts = _texts(root)
    assert "hotel/roles/manager.yml" not in texts
    assert texts["hotel/roles/head.yml"].endswith("formerly: [manager]\n")
    assert "owner: head\n" in texts["hotel/roles/head.yml"]
    assert "ask_first: hotel/head\n" in texts["handbook.yml"]
    assert "owner: head\n" in texts["hotel/pack.yml"]
    assert "owner: hotel/head\n" in texts["bank/pack.yml"]
    assert "reports_to: head\n" in texts["hotel/roles/clerk.yml"]
    expected = OTHERS["hotel/terms/brief.yml"]
    for before, after in (
        ("[[manager]]", "[[head]]"),
        ("owner: 'manager'", "owner: 'head'"),
        ("[[manager|manager]]", "[[head|manager]]"),
        ("[[hotel/manager]]", "[[hotel/head]]"),
        ('[manager, "hotel/manager", greeting]', '[head, "hotel/head", greeting]'),
    ):
        expected = expected.replace(before, after)
    assert texts["hotel/terms/brief.yml"] == expected
    assert len(changed) == 8


def test_a_second_former_name_joins_the_first(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    rename(root, "hotel/greeting", "salute", DAY)
    rename(root, "hotel/salute", "hotel/welcome", DAY)
    assert _texts(root)["hotel/terms/welcome.yml"].endswith("formerly: [greeting, salute]\n")


def test_a_block_of_former_names_grows(tmp_path: Path) -> None:
    name = "hotel/terms/greeting.yml"
    root = write(tmp_path, SOUND | {name: SOUND[name] + "formerly:\n  - hello  # 旧名\n"})
    rename(root, "hotel/greeting", "salute", DAY)
    assert _texts(root)["hotel/terms/salute.yml"].endswith("formerly:\n  - hello  # 旧名\n  - greeting\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hotel/manger", "head", "no record 'hotel/manger'; did you mean 'hotel/manager'"),
        ("hotel/manager", "greeting", "taken"),
        ("hotel/manager", "manager", "taken"),
        ("hotel/manager", "search", "reserved"),
        ("hotel/manager", "Head", "lower-case"),
        ("hotel/manager", "bank/head", "stays in its pack"),
        ("hotel/manager", "boss", "never used again"),
    ],
)
def test_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    name = "hotel/roles/manager.yml"
    root = write(tmp_path, SOUND | {name: SOUND[name] + "formerly: [boss]\n"})
    before = _texts(root)
    with pytest.raises(HandbookError, match=words):
        rename(root, old, new, DAY)
    assert _texts(root) == before


def test_refused_while_files_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, SOUND | {"hotel/terms/bad.yml": "title：坏\n"})
    before = _texts(root)
    arguments = ("--root", str(root), "--lang", "en")
    code, _, err = handbook("rename", "hotel/manager", "head", *arguments, capsys=capsys)
    assert (code, err) == (2, "some files cannot be read; mend what 'handbook check' reports first\n")
    assert _texts(root) == before


def test_put_back_where_the_new_name_breaks_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, SOUND)
    before = _texts(root)
    (root / "standards/hotel/terms/salute.yml").symlink_to("greeting.txt")
    with pytest.raises(HandbookError):
        rename(root, "hotel/greeting", "salute", DAY)
    (root / "standards/hotel/terms/salute.yml").unlink()
    assert _texts(root) == before
