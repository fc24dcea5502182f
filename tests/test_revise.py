"""Revising: the MAJOR in force stays under its own name, the newest becomes a draft, nothing else moves."""

from datetime import date
from pathlib import Path

import pytest

from generator.examine import examine
from generator.problems import HandbookError, Level
from generator.revise import revise
from tests import vocabulary
from tests.bad_input import handbook
from tests.vocabulary import Text

DAY = vocabulary.TODAY
RECORD = "standards/shop/standards/phone.yml"
KEPT = "standards/shop/standards/phone@2.yml"
ENDING = "2027-05-31"
PHONE = f"""\
# 电话
title: 电话接听  # 常说的名字

# 状态
status: approved
version: '2.3'  # 大.小
effective: 2026-03-01
ends: {ENDING}
review_by: 2027-03-01

# 谁批准的
approved:
  on: 2026-02-01
  # 店长
  by: manager
  evidence: 会议纪要
reviewed: {{ on: 2026-05-01,
  by: manager }}
# 正文
"""
NOTES = """\
changes:
  # 最新的在上
  - version: 2.3
    on: 2026-01-10
    note: 改错字
"""
AFTER = """\
# 电话
title: 电话接听  # 常说的名字

# 状态
status: draft
version: 3.0  # 大.小
effective: 2026-12-01
review_by: 2027-03-01

# 谁批准的
# 正文
changes:
  - version: 3.0
    on: 2026-06-01
    note: 待填写
  # 最新的在上
  - version: 2.3
    on: 2026-01-10
    note: 改错字
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny handbook with a standard in its second MAJOR."""
    return written(tmp_path, {"shop/standards/phone.yml": PHONE + NOTES})


def written(root: Path, files: dict[str, Text]) -> Path:
    # The course teaches the standard all the time, which some tests here end.
    vocabulary.write(root, {"shop/courses/basics.yml": None, **files})
    return root


def texts(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yml")}


def errors(root: Path) -> list[str]:
    return [str(p) for p in examine(root, DAY).problems if p.level is Level.ERROR]


def test_the_older_is_kept_byte_for_byte_and_the_newest_opened(root: Path) -> None:
    before = texts(root)
    done = revise(root, "shop/phone", DAY, date(2026, 12, 1))
    after = texts(root)
    assert (done.path, done.kept, str(done.old), str(done.new)) == (RECORD, KEPT, "2.3", "3.0")
    assert after.pop(KEPT) == before[RECORD]
    tail = before[RECORD].decode().removeprefix(PHONE + NOTES)
    assert after.pop(RECORD).decode() == AFTER + tail
    assert after == {path: text for path, text in before.items() if path != RECORD}
    assert errors(root) == []


def test_the_older_stays_in_force_until_the_newer_is_approved(root: Path) -> None:
    revise(root, "shop/phone", DAY, date(2026, 12, 1))
    book = examine(root, DAY).book
    assert book
    assert str(book["shop/phone"].version) == "2.3"
    assert str(book.on(date(2027, 1, 1))["shop/phone"].version) == "2.3"
    path = root / RECORD
    approved = "status: approved\napproved: { on: 2026-06-02, by: manager, evidence: 纪要 }"
    path.write_text(path.read_text("utf-8").replace("status: draft", approved), "utf-8")
    book = examine(root, DAY).book
    assert book
    assert str(book.on(date(2026, 11, 30))["shop/phone"].version) == "2.3"
    assert str(book.on(date(2026, 12, 1))["shop/phone"].version) == "3.0"
    assert errors(root) == []


def test_the_day_leaves_time_to_train(root: Path) -> None:
    assert revise(root, "shop/phone", DAY).effective == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("changes: []\n", "changes: [{ version: 3.0, on: 2026-06-01, note: 待填写 }]\n"),
        (
            "changes: [{ version: 2.3, on: 2026-01-10, note: 改 }]\n",
            "changes: [{ version: 3.0, on: 2026-06-01, note: 待填写 }, "
            "{ version: 2.3, on: 2026-01-10, note: 改 }]\n",
        ),
        (
            "changes:\n- version: 2.3\n  on: 2026-01-10\n  note: 改\n",
            "changes:\n- version: 3.0\n  on: 2026-06-01\n  note: 待填写\n"
            "- version: 2.3\n  on: 2026-01-10\n  note: 改\n",
        ),
        (
            "formerly: [call]\n",
            "changes:\n  - version: 3.0\n    on: 2026-06-01\n    note: 待填写\nformerly: [call]\n",
        ),
    ],
)
def test_the_note_goes_on_top(before: str, after: str, tmp_path: Path) -> None:
    root = written(tmp_path, {"shop/standards/phone.yml": PHONE + before})
    path = root / RECORD
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("review_by: 2027-03-01\n", "review_by: 2027-03-01\ncode: A-1\n"), "utf-8")
    levels = root / "standards/handbook.yml"
    off = "levels: { change-note-missing: warning, empty-list: warning }\n"
    levels.write_text(levels.read_text("utf-8") + off, "utf-8")
    revise(root, "shop/phone", DAY)
    assert after in path.read_text("utf-8")
    assert errors(root) == []


def test_a_record_without_notes_gets_one_at_its_end(tmp_path: Path) -> None:
    root = written(tmp_path, {})
    revise(root, "shop/phone", DAY)
    text = (root / RECORD).read_text("utf-8")
    assert text.endswith("changes:\n  - version: 2.0\n    on: 2026-06-01\n    note: 待填写\n")
    assert errors(root) == []


def test_windows_line_ends_stay(root: Path) -> None:
    path = root / RECORD
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    revise(root, "shop/phone", DAY, date(2026, 12, 1))
    after = path.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    assert after.replace(b"\r\n", b"\n").decode().startswith(AFTER)


def test_a_tailored_record_keeps_its_base(tmp_path: Path) -> None:
    own = "extends: phone@1\ntitle: 二号店电话\nclauses: [{ id: answer, measure: { limit: <= 2 rings } }]\n"
    envelope = vocabulary.BASE["envelope"].replace("title: 名称\n", "").replace("summary: 一句话说明。\n", "")
    root = written(tmp_path, {"shop/standards/phone-two.yml": {"whole": own + envelope}})
    assert errors(root) == []
    revise(root, "shop/phone-two", DAY)
    revise(root, "shop/phone", DAY)
    book = examine(root, DAY).book
    assert book
    assert [record.extends for record in book.revisions["shop/phone-two"]] == ["shop/phone"] * 2
    assert [record.path for record in book.revisions["shop/phone"]] == [
        "standards/shop/standards/phone.yml",
        "standards/shop/standards/phone@1.yml",
    ]
    assert errors(root) == []


def test_a_notice_lasts_as_long_as_before(tmp_path: Path) -> None:
    root = written(tmp_path, {"shop/notices/fair.yml": "effective: 2026-05-01\nends: 2026-05-31\n"})
    revise(root, "shop/fair", DAY, date(2026, 6, 15))
    assert "ends: 2026-07-15\n" in (root / "standards/shop/notices/fair.yml").read_text("utf-8")
    assert errors(root) == []


def test_a_review_that_would_come_too_early_moves(root: Path) -> None:
    revise(root, "shop/phone", DAY, date(2027, 4, 1))
    assert "review_by: 2028-03-31\n" in (root / RECORD).read_text("utf-8")
    assert errors(root) == []


@pytest.mark.parametrize(
    ("id", "day", "text", "words"),
    [
        ("shop/phnoe", None, "", "no record 'shop/phnoe'; did you mean 'shop/phone'?"),
        ("shop/phone", None, "status: draft\n", "'shop/phone' 1.0 is still a draft; change standards/shop"),
        ("shop/phone", None, "roles: [clrek]\n", "'shop/phone' has errors; mend first"),
        ("shop/phone", None, "title：坏\n", "'shop/phone' has errors; mend first"),
        ("shop/phone", date(2026, 3, 1), "", "must come into force after the one before it, on 2026-03-01"),
        ("shop/phone", None, "{title: 电话}\n", "'shop/phone' has errors; mend first"),
    ],
)
def test_refused(id: str, day: date | None, text: str, words: str, tmp_path: Path) -> None:
    root = written(tmp_path, {"shop/standards/phone.yml": text})
    before = texts(root)
    with pytest.raises(HandbookError, match=words.replace("?", r"\?")):
        revise(root, id, DAY, day)
    assert texts(root) == before


def test_refused_where_the_older_is_kept_already(root: Path) -> None:
    (root / KEPT).write_text((root / RECORD).read_text("utf-8"), "utf-8")
    before = texts(root)
    with pytest.raises(HandbookError, match="has errors"):
        revise(root, "shop/phone", DAY)
    assert texts(root) == before


def test_refused_where_the_place_is_taken_by_no_record(root: Path) -> None:
    (root / KEPT).mkdir()
    with pytest.raises(HandbookError):
        revise(root, "shop/phone", DAY)


def test_refused_where_the_file_is_written_in_one_line(tmp_path: Path) -> None:
    root = written(tmp_path, {})
    path = root / "standards/shop/terms/ring.yml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("{ " + ", ".join(lines) + " }\n", "utf-8")
    assert errors(root) == []
    before = texts(root)
    with pytest.raises(HandbookError, match="cannot be changed safely"):
        revise(root, "shop/ring", DAY)
    assert texts(root) == before


def test_put_back_where_an_error_would_come(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(root)
    monkeypatch.setattr("generator.revise.TO_WRITE", "找张三 13800138000")
    with pytest.raises(HandbookError, match=r"would break \[restricted-word\]; nothing was changed"):
        revise(root, "shop/phone", DAY)
    assert texts(root) == before


def test_command(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    options = ("--root", str(root), "--lang", "en", "--effective", "2026-12-01")
    code, out, err = handbook("revise", "shop/phone", *options, capsys=capsys)
    assert (code, out) == (0, "")
    assert err == (
        f"{KEPT}: written\n{RECORD}: changed\n"
        f"2.3 stays in force until 3.0 is approved: change the text in {RECORD}, write the note under "
        "'changes', then add 'approved' and set 'status: approved'; it counts from 2026-12-01 on\n"
    )
    code, _, err = handbook("revise", "shop/phone", *options, capsys=capsys)
    assert (code, err) == (2, f"'shop/phone' 3.0 is still a draft; change {RECORD} as it stands\n")
    code, _, err = handbook("revise", "shop/phone", *options[:-1], "1.12.2026", capsys=capsys)
    assert (code, err) == (2, "the day must be a date such as 2026-12-01: got '1.12.2026'\n")
