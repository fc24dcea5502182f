"""Renaming: every place that names the record follows, nothing else moves."""

from datetime import date
from pathlib import Path

import pytest

from generator.examine import examine
from generator.problems import HandbookError, Level
from generator.rename import rename
from tests import vocabulary
from tests.bad_input import ENVELOPE, SOUND, handbook, write
from tests.vocabulary import Text

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


def _shop(root: Path, files: dict[str, Text]) -> dict[str, str]:
    """The texts after 'shop/phone' has become 'shop/call' in the tiny handbook with `files` laid over it."""
    vocabulary.write(root, files)
    problems = examine(root, vocabulary.TODAY).problems
    assert [str(problem) for problem in problems if problem.level is Level.ERROR] == []
    rename(root, "shop/phone", "call", vocabulary.TODAY)
    problems = examine(root, vocabulary.TODAY).problems
    assert [str(problem) for problem in problems if problem.level is Level.ERROR] == []
    return _texts(root)


NEWER = "version: 2.0\neffective: 2026-12-01\nchanges: [{ version: 2.0, on: 2026-02-01, note: 改 }]\n"
OWN = vocabulary.BASE["envelope"].replace("title: 名称\nsummary: 一句话说明。\n", "")


def test_kept_revisions_move_along(tmp_path: Path) -> None:
    files: dict[str, Text] = {
        "shop/standards/phone.yml": NEWER + "body: 以前见 [[phone]]。\n",
        "shop/standards/phone@1.yml": "body: 见 [[phone]]。\n",
    }
    texts = _shop(tmp_path, files)
    assert {path for path in texts if "standards/" in path} == {
        "shop/standards/call.yml",
        "shop/standards/call@1.yml",
    }
    for path, words in (("call.yml", "以前见 [[call]]"), ("call@1.yml", "body: 见 [[call]]")):
        assert words in texts[f"shop/standards/{path}"]
        assert "formerly: [phone]\n" in texts[f"shop/standards/{path}"]


def test_references_of_kept_revisions_follow(tmp_path: Path) -> None:
    files: dict[str, Text] = {
        "shop/terms/ring.yml": NEWER + "related: [phone]\n",
        "shop/terms/ring@1.yml": "related: [counter, shop/phone]\n",
    }
    texts = _shop(tmp_path, files)
    assert texts["shop/terms/ring.yml"].startswith(NEWER + "related: [call]\n")
    assert texts["shop/terms/ring@1.yml"].startswith("related: [counter, shop/call]\n")


def test_pins_follow(tmp_path: Path) -> None:
    files: dict[str, Text] = {
        "shop/standards/phone.yml": NEWER,
        "shop/standards/phone@1.yml": "",
        "shop/standards/own.yml": {"whole": f"extends: phone@1  # 固定\ntitle: 自己的\n{OWN}"},
        "shop/standards/other.yml": {"whole": f"extends: 'shop/phone@2'\ntitle: 别的\n{OWN}"},
    }
    texts = _shop(tmp_path, files)
    assert texts["shop/standards/own.yml"].startswith("extends: call@1  # 固定\n")
    assert texts["shop/standards/other.yml"].startswith("extends: 'shop/call@2'\n")


def test_tailored_files_change_only_what_they_wrote(tmp_path: Path) -> None:
    own = (
        f"extends: greeting@1\ntitle: 自己的\n{OWN}related: [ring, phone]\n"
        "lines:\n  - { id: more, say: 您好。, after: first }\n  - { id: first, drop: true }\n"
        "body: 见 [[phone]]。\n"
    )
    files: dict[str, Text] = {
        "shop/scripts/greeting.yml": "related: [phone]\nbody: 见 [[phone|电话]]。\n"
        "lines: [{ id: first, say: 早。 }, { id: second, say: 您早。 }]\n",
        "shop/scripts/own.yml": {"whole": own},
        "shop/scripts/plain.yml": {"whole": f"extends: greeting@1\ntitle: 平常\n{OWN}"},
    }
    texts = _shop(tmp_path, files)
    assert texts["shop/scripts/own.yml"] == own.replace("phone", "call")
    assert texts["shop/scripts/plain.yml"] == files["shop/scripts/plain.yml"]["whole"]  # type: ignore[index]
    assert texts["shop/scripts/greeting.yml"].startswith("related: [call]\nbody: 见 [[call|电话]]。\n")


@pytest.mark.parametrize("ends", ["2026-06-30", "2026-05-31"], ids=["in-force", "over"])
def test_notices_follow(ends: str, tmp_path: Path) -> None:
    notice = (
        f"ends: {ends}\neffective: 2026-05-01\ntouches: [sale, phone]\noverrides:\n"
        "  - id: phone\n    record: phone\n    fields:\n      if_missed: 见 [[phone]]。\n"
        "  - id: ring\n    record: ring\n    fields: { related: [counter, phone] }\n"
    )
    texts = _shop(tmp_path, {"shop/notices/fair.yml": notice})
    expected = notice.replace("phone", "call").replace("id: call", "id: phone")
    assert texts["shop/notices/fair.yml"].startswith(expected)


def test_the_name_of_a_kept_revision_is_taken(tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {"shop/standards/phone.yml": NEWER, "shop/standards/phone@1.yml": ""})
    with pytest.raises(HandbookError, match="taken"):
        rename(tmp_path, "shop/ring", "phone", vocabulary.TODAY)
