"""New records read at once, whatever their kind."""

from datetime import date
from pathlib import Path

import pytest

from generator.examine import examine
from generator.kinds import KINDS
from generator.load import load
from generator.new import new, text_of
from generator.problems import HandbookError
from tests import vocabulary
from tests.bad_input import SOUND, handbook, write

DAY = date(2026, 6, 1)


@pytest.mark.parametrize("kind", [kind.kind for kind in KINDS])
def test_every_kind_reads(kind: str, tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    path = new(root, kind, "bank/fresh", "标题: # 'a' \"b\"", DAY)
    loaded = load(root)
    assert [problem for problem in loaded.problems if problem.place.path == path] == []
    [record] = [record for record in loaded.records if record.id == "bank/fresh"]
    assert (record.title, record.owner, record.review_by) == (
        "标题: # 'a' \"b\"",
        "hotel/manager",
        date(2027, 6, 1),
    )


@pytest.mark.parametrize("kind", ["notice", "routine", "path"])
def test_what_is_new_has_no_errors(kind: str, tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {})
    path = new(tmp_path, kind, "shop/fresh", "新的", vocabulary.TODAY)
    problems = examine(tmp_path, vocabulary.TODAY).problems
    assert [str(problem) for problem in problems if problem.place.path == path] == []


def test_text() -> None:
    lines = text_of("term", "hotel", "敬语", "manager", DAY).splitlines()
    assert [line.partition("  #")[0] for line in lines] == [
        "title: 敬语",
        "summary: 待填写",
        "status: draft",
        "version: 1.0",
        "effective: 2026-06-01",
        "review_by: 2027-06-01",
        "owner: manager",
        "english: 待填写",
        "definition: 待填写",
    ]


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("fresh", "pack/name"),
        ("hotel/greeting", "taken by standards/hotel/terms/greeting.yml"),
        ("hotel/manager", "taken by standards/hotel/roles/manager.yml"),
        ("hotel/search", "reserved"),
        ("hotel/Fresh One", "lower-case"),
        ("hotel/../../x", "lower-case"),
        ("shop/fresh", "no pack 'shop'"),
        ("hotel/salute", "never used again"),
    ],
)
def test_refused(id: str, words: str, tmp_path: Path) -> None:
    greeting = "hotel/terms/greeting.yml"
    root = write(tmp_path, SOUND | {greeting: SOUND[greeting] + "formerly: [salute]\n"})
    before = sorted(root.rglob("*"))
    with pytest.raises(HandbookError, match=words):
        new(root, "term", id, "标题", DAY)
    assert sorted(root.rglob("*")) == before


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, SOUND)
    arguments = ("--root", str(root), "--lang", "en", "--title", "敬语")
    assert handbook("new", "term", "hotel/honorific", *arguments, capsys=capsys)[0] == 0
    code, _, err = handbook("new", "term", "hotel/honorific", *arguments, capsys=capsys)
    assert (code, err) == (2, "the id 'hotel/honorific' is taken by standards/hotel/terms/honorific.yml\n")
    code, _, err = handbook("new", "term", "hotel/a", *arguments[:-1], " ", capsys=capsys)
    assert (code, err) == (2, "the title must not be empty\n")
