"""What a change touches: every group once, sorted, with places, for people and for programs."""

import json
from pathlib import Path

import pytest

from tests import vocabulary
from tests.bad_input import handbook
from tests.vocabulary import Text

OWN = vocabulary.BASE["envelope"].replace("title: 名称\nsummary: 一句话说明。\n", "title: 二号店电话\n")
FILES: dict[str, Text] = {
    "shop/standards/phone.yml": "title: 电话接听\nversion: 2.0\neffective: 2026-12-01\nscripts: [greeting]\n"
    "related: [ring]\nchanges: [{ version: 2.0, on: 2026-02-01, note: 改 }]\n",
    "shop/standards/phone@1.yml": "title: 电话接听\n",
    "shop/standards/two.yml": {"whole": f"extends: phone@1\n{OWN}related: [phone]\n"},
    "shop/scripts/greeting.yml": "title: 问候\nbody: 见 [[phone]]。\n",
    "shop/routines/morning.yml": "title: 早班\ntasks: [{ id: ring, text: 试电话, by: phone#answer }]\n",
    "shop/notices/fair.yml": "title: 展会\nends: 2026-06-30\n"
    "overrides: [{ id: phone, record: phone, fields: { if_missed: 记下号码。 } }]\n",
    "shop/terms/bad.yml": "title：坏\n",
    "shop/courses/basics.yml": None,
}
TEXT = """\
shop/phone  电话接听

Revisions (2)
  standards/shop/standards/phone.yml:1:1: shop/phone  2.0  coming  2026-12-01 ..
  standards/shop/standards/phone@1.yml:1:1: shop/phone  1.0  in force  2026-03-01 ..

Refers to it: standard (1)
  standards/shop/standards/two.yml:11:11: shop/two  二号店电话  [related]

Refers to it: script (1)
  standards/shop/scripts/greeting.yml:2:7: shop/greeting  问候  [body]

Refers to it: notice (1)
  standards/shop/notices/fair.yml:3:34: shop/fair  展会  [overrides.record]

Refers to it: routine (1)
  standards/shop/routines/morning.yml:2:36: shop/morning  早班  [tasks.by]

It refers to (4)
  standards/shop/standards/phone.yml:7:15: shop/counter  名称  [touchpoints]
  standards/shop/standards/phone@1.yml:2:15: shop/counter  名称  [touchpoints]
  standards/shop/standards/phone.yml:4:11: shop/greeting  问候  [scripts]
  standards/shop/standards/phone.yml:5:11: shop/ring  名称  [related]

Tailored from it (1)
  standards/shop/standards/two.yml:1:10: shop/two  二号店电话  [extends]

Notices that change it or stand on its page (1)
  standards/shop/notices/fair.yml:1:1: shop/fair  展会  in force  2026-03-01 .. 2026-06-30

Roles that work by it (1)
  shop/clerk  名称  (shop/greeting, shop/morning, shop/phone, shop/two)

Who answers for what is touched (1)
  shop/manager  名称  (shop/fair, shop/greeting, shop/morning, shop/phone, shop/two)

not looked at, since they cannot be read: shop/bad
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny handbook with a standard that much hangs on."""
    vocabulary.write(tmp_path, FILES)
    return tmp_path


def told(root: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    arguments = ("impact", "--root", str(root), "--lang", "en", "--as-of", "2026-06-01", *options)
    return handbook(*arguments, capsys=capsys)


def test_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(root, "shop/phone", capsys=capsys) == (0, TEXT, "")


def test_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(root, "shop/phone", "--format", "json", capsys=capsys)
    data = json.loads(out)
    assert code == 0
    assert {key: len(value) for key, value in data.items() if isinstance(value, list)} == {
        "revisions": 2,
        "referrers": 4,
        "leads_to": 4,
        "tailored": 1,
        "notices": 1,
        "roles": 1,
        "owners": 1,
        "unread": 1,
    }
    assert data["referrers"][1] == {
        "kind": "script",
        "id": "shop/greeting",
        "title": "问候",
        "field": "body",
        "place": {"path": "standards/shop/scripts/greeting.yml", "line": 2, "column": 7},
    }
    assert data["revisions"][0]["state"] == "coming"


def test_a_role_is_named_in_settings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = told(root, "shop/manager", capsys=capsys)[1]
    assert "Refers to it: settings (2)\n  standards/handbook.yml:6:12: " in out
    assert "  standards/shop/pack.yml:4:8: " in out


def test_a_record_nothing_hangs_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vocabulary.write(tmp_path, {})
    out = told(tmp_path, "shop/ring", capsys=capsys)[1]
    assert [line for line in out.splitlines() if line and not line.startswith(" ")] == [
        "shop/ring  名称",
        "Revisions (1)",
        "Who answers for what is touched (1)",
    ]


def test_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(root, "shop/phnoe", capsys=capsys) == (
        2,
        "",
        "no record 'shop/phnoe'; did you mean 'shop/phone'?\n",
    )
    (root / "standards/handbook.yml").write_text("organisation：坏\n", "utf-8")
    assert told(root, "shop/phone", capsys=capsys) == (
        2,
        "",
        "the handbook cannot be read; run 'handbook check'\n",
    )
