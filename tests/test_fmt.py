"""Tidying: before and after."""

from pathlib import Path

import pytest

from generator.fmt import formatted, tidy
from generator.kinds.role import Role
from generator.kinds.standard import Standard
from generator.problems import HandbookError
from tests import vocabulary
from tests.bad_input import SOUND, handbook, write
from tests.vocabulary import Text

PATH = "standards/hotel/roles/a.yml"

IDS = [
    (
        "duties:\n  - text: Say good morning, always\n",
        "duties:\n  - id: say-good-morning-always\n    text: Say good morning, always\n",
    ),
    ("duties:\n  - text: 问好  # 先问好\n", "duties:\n  - id: item-1\n    text: 问好  # 先问好\n"),
    ("duties:\n- text: 一\n- text: 二\n", "duties:\n- id: item-1\n  text: 一\n- id: item-2\n  text: 二\n"),
    (
        "duties:\n  - id: item-2\n    text: 一\n  - text: 二\n",
        "duties:\n  - id: item-2\n    text: 一\n  - id: item-2-2\n    text: 二\n",
    ),
    ("duties: [{text: 一}, { text: 二 }]\n", "duties: [{id: item-1, text: 一}, { id: item-2, text: 二 }]\n"),
    ("duties:\r\n  - text: 一\r\n", "duties:\r\n  - id: item-1\r\n    text: 一\r\n"),
    ("duties:\n  -\n    # 一条\n    text: 一\n", "duties:\n  -\n    # 一条\n    id: item-1\n    text: 一\n"),
    (
        "duties:\n  - text: |\n      一\n      二\n",
        "duties:\n  - id: item-1\n    text: |\n      一\n      二\n",
    ),
    ("authority:\n  - remedy: room-change\n", "authority:\n  - id: room-change\n    remedy: room-change\n"),
]
ORDER = [
    ("summary: 二\ntitle: 一\n", "title: 一\nsummary: 二\n"),
    (
        "# 文件说明\n\n# 总结\nsummary: |\n  二\n\n# 标题\ntitle: 一  # 短\nrelated: [a]\nduties: []\n",
        "# 文件说明\n\n# 标题\ntitle: 一  # 短\n# 总结\nsummary: |\n  二\n\nduties: []\nrelated: [a]\n",
    ),
    ("body: 三\ntitle: 一", "title: 一\nbody: 三\n"),
    ("unknown: 三\ntitle: 一\n", "title: 一\nunknown: 三\n"),
]
LEFT = [
    "title：一\n",
    "- 一\n",
    "title: 一\ntitle: 二\n",
    "title: &a 一\n",
    "summary: |+\n  一\n\n\ntitle: 二\n...\n",
]


@pytest.mark.parametrize(("before", "after"), IDS + ORDER)
def test_before_and_after(before: str, after: str) -> None:
    assert formatted(PATH, before, Role) == after
    assert formatted(PATH, after, Role) == after


@pytest.mark.parametrize("text", LEFT)
def test_left_on_any_doubt(text: str) -> None:
    assert formatted(PATH, text, Role) in (None, text)


def test_items_in_items() -> None:
    before = "clauses:\n  - text: 三声内\n    measure:\n      exemptions:\n        - text: fire\n"
    after = (
        "clauses:\n  - id: item-1\n    text: 三声内\n    measure:\n      exemptions:\n"
        "        - id: fire\n          text: fire\n"
    )
    assert formatted("standards/hotel/standards/a.yml", before, Standard) == after


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "hotel/terms/greeting.yml"
    tidy_text = SOUND[name]
    root = write(tmp_path, SOUND | {name: "status: draft\n" + tidy_text.replace("status: draft\n", "")})
    arguments = ("--root", str(root), "--lang", "en")
    code, _, err = handbook("fmt", "--check", *arguments, capsys=capsys)
    assert (code, err) == (1, f"standards/{name}: untidy; run 'handbook fmt'\n")
    code, _, err = handbook("fmt", *arguments, capsys=capsys)
    assert (code, err) == (0, f"standards/{name}: tidied\n")
    assert (root / "standards" / name).read_text("utf-8") == tidy_text
    assert handbook("fmt", "--check", *arguments, capsys=capsys)[0] == 0


def test_only_inside_standards(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    with pytest.raises(HandbookError, match="no such file"):
        tidy(root, [Path("/etc")])


def _tidied(root: Path, files: dict[str, Text], name: str) -> str:
    """The text of one file of the tiny handbook once tidied; '' where it was tidy, '?' where it was left."""
    vocabulary.write(root, files)
    done = tidy(root, [root / "standards" / name])
    return done.texts.get(f"standards/{name}", "") or ("?" if done.left else "")


def test_a_kept_revision_is_tidied(tmp_path: Path) -> None:
    files: dict[str, Text] = {
        "shop/standards/phone.yml": "version: 2.0\n",
        "shop/standards/phone@1.yml": "do: [{ text: smile }]\n",
    }
    text = _tidied(tmp_path, files, "shop/standards/phone@1.yml")
    assert "do: [{ id: smile, text: smile }]\n" in text
    assert text.startswith("title: ")


TAILORED = "title: 自己的\n{}effective: 2026-03-01\nreview_by: 2027-03-01\nowner: manager\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("do:\n  - { id: smile, drop: true }\n", ""),
        ("do:\n  - id: smile\n    after: stand\n", ""),
        # An id of the base would make the new entry a change of the base's.
        ("do:\n  - text: smile\n", "do:\n  - id: smile-2\n    text: smile\n"),
        ("do:\n  - text: 站\n", "do:\n  - id: item-1-2\n    text: 站\n"),
        ("do:\n  - after: smile\n    text: Sit\n", "do:\n  - id: sit\n    after: smile\n    text: Sit\n"),
    ],
)
def test_entries_of_a_tailored_file(before: str, after: str, tmp_path: Path) -> None:
    head = "status: draft\nversion: 1.0\n"
    files: dict[str, Text] = {
        "shop/standards/phone.yml": "do: [{ id: smile, text: smile }, { id: item-1, text: 站 }]\n",
        "shop/standards/own.yml": {"whole": "extends: phone@1\n" + TAILORED.format(head) + before},
    }
    tidy_text = TAILORED.format("extends: phone@1\n" + head) + after
    text = _tidied(tmp_path, files, "shop/standards/own.yml")
    assert text == (tidy_text if after else TAILORED.format("extends: phone@1\n" + head) + before)


def test_entries_of_overridden_fields(tmp_path: Path) -> None:
    override = "overrides:\n  - record: phone\n    fields:\n      do:\n"
    entries = "        - id: smile\n          text: 笑\n        - after: smile\n          text: Sit\n"
    left = "      dont:\n        - text: 站\n"
    files: dict[str, Text] = {"shop/notices/fair.yml": override + entries + left}
    text = _tidied(tmp_path, files, "shop/notices/fair.yml")
    assert "  - id: phone\n    record: phone\n" in text
    assert "        - id: sit\n          after: smile\n          text: Sit\n" in text
    assert left in text


def test_overridden_fields_of_an_unknown_record_are_left(tmp_path: Path) -> None:
    override = "overrides: [{ id: a, record: phnoe, fields: { do: [{ after: smile, text: Sit }] } }]\n"
    assert "fields: { do: [{ after: smile" in _tidied(
        tmp_path, {"shop/notices/fair.yml": override}, "shop/notices/fair.yml"
    )
