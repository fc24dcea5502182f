"""What changes from day to day: notices, what is coming, what was, what is different where."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.build import build
from generator.site import Order
from tests import vocabulary
from tests.browser.reading import DESKTOP, PHONE, Reader, Size, serving

ROOT = Path(__file__).parents[2]
DAY = date(2026, 6, 1)
STORE, HARBOUR = "shop/store", "shop/harbour"

FILES = {
    "shop/locations/harbour.yml": "title: 港口店\npacks: [shop, pier]\n",
    "shop/locations/store.yml": "title: 街边店\n",
    "pier/pack.yml": {
        "whole": "title: 港口\nsummary: 港口店。\norder: 2\nowner: shop/manager\nvisibility: internal\n"
    },
    "pier/standards/phone.yml": {
        "whole": """extends: shop/phone@2
title: 港口店接电话
status: approved
version: 1.0
effective: 2026-05-10
review_by: 2027-03-01
owner: shop/manager
author: shop/manager
reviewer: shop/manager
approved: { on: 2026-05-01, by: shop/manager, evidence: 会议纪要 }
clauses: [{ id: answer, text: 四声内接听, measure: { limit: <= 4 rings } }]
"""
    },
    "shop/standards/phone@1.yml": """title: 接电话
code: SH-1
version: 1.0
clauses: [{ id: answer, level: must, text: 五声内接听, measure: { limit: <= 5 rings } }]
""",
    "shop/standards/phone@2.yml": """title: 接电话
code: SH-1
version: 2.1
effective: 2026-05-01
approved: { on: 2026-04-01, by: manager, evidence: 会议纪要 }
may_vary: { title: any, clauses: any }
changes:
  - { version: 2.1, on: 2026-05-03, note: 措辞。 }
  - { version: 2.0, on: 2026-04-01, note: 五声改为三声。 }
""",
    "shop/standards/phone.yml": """title: 接电话
code: SH-1
version: 3.0
effective: 2026-07-01
approved: { on: 2026-05-20, by: manager, evidence: 会议纪要 }
changes: [{ version: 3.0, on: 2026-05-20, note: 三声改为两声。 }]
clauses: [{ id: answer, level: must, text: 两声内接听, measure: { limit: <= 2 rings } }]
""",
    "shop/procedures/sale.yml": """title: 卖东西
formerly: [selling]
within: <= 10 min
""",
    "shop/notices/fair.yml": """title: 展会
effective: 2026-05-25
ends: 2026-06-30
locations: [store]
roles: [clerk]
overrides: [{ id: faster, record: sale, fields: { within: <= 5 min } }]
""",
    "shop/notices/flood.yml": "title: 大水\neffective: 2026-04-10\nends: 2026-04-20\nreason: 下雨\n",
    "shop/scripts/hello.yml": """title: 问好
code: SH-9
status: withdrawn
ends: 2026-05-15
""",
    "shop/scripts/greeting.yml": "title: 欢迎\nreplaces: [SH-9]\neffective: 2026-05-16\n",
}
PAGES = (
    "",
    "notices/",
    "coming/",
    "history/",
    "compare/",
    "shop/notices/fair/",
    "shop/notices/flood/",
    "shop/procedures/sale/",
    "shop/scripts/hello/",
    "shop/standards/phone/",
    "shop/standards/phone/coming/",
    "shop/standards/phone/history/",
    "pier/standards/phone/",
    "shop/roles/clerk/",
)


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny handbook with a past and a future, with the real templates and theme."""
    root = tmp_path_factory.mktemp("time")
    vocabulary.write(root, FILES)
    for name in ("templates", "site_overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture(scope="module")
def address(handbook: Path) -> Iterator[str]:
    """Where it is served."""
    build(handbook, handbook / "site", DAY)
    with serving(handbook / "site") as served:
        yield served


def test_a_notice_shows_where_it_counts(reader: Callable[..., Reader]) -> None:
    """Old beside new in the bar, and the new number in the place of the old one."""
    here, there = reader(PHONE, location=STORE), reader(PHONE, location=HARBOUR)
    for me, counts in ((here, True), (there, False)):
        me.open("shop/procedures/sale/")
        assert me.page.locator(".hb-bar--notice").is_visible() == counts
        shown = me.page.locator(".hb-limit__value:visible")
        assert shown.all_inner_texts() == ["5 分钟以内" if counts else "10 分钟以内"]
    bar = here.page.locator(".hb-bar--notice")
    assert bar.locator("del").inner_text() == "10 分钟以内"
    assert bar.locator("ins").inner_text() == "5 分钟以内"
    assert "6 月 30 日" in bar.inner_text()
    bar.locator("summary").click()
    assert here.sees(bar.get_by_text("多开一个柜台"))
    assert not here.faults + there.faults


@pytest.mark.parametrize("page", ["", "shop/roles/clerk/"])
def test_notices_stand_on_the_first_pages(page: str, reader: Callable[..., Reader]) -> None:
    for role, location, counts in (
        ("shop/clerk", STORE, True),
        ("shop/clerk", HARBOUR, False),
        ("", "", True),
    ):
        me = reader(PHONE, role, location)
        me.open(page or "?choose")
        assert me.page.locator(".hb-notices a", has_text="展会").is_visible() == counts
    me = reader(PHONE, "shop/manager", STORE)
    me.open("?choose")
    assert me.page.locator(".hb-notices a", has_text="展会").is_hidden()


def test_the_board_tells_what_is_over(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("notices/")
    heads = me.page.locator("h2").all_inner_texts()
    assert [head.strip() for head in heads] == ["现在有效", "已结束"]
    me.tap(me.page.get_by_role("link", name="大水"))
    assert me.sees(me.page.get_by_text("4 月 20 日以后不再执行"))


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_coming_stands_beside_what_is(size: Size, reader: Callable[..., Reader]) -> None:
    me = reader(size, location=STORE)
    me.open("shop/standards/phone/")
    bar = me.page.locator(".hb-bar--coming")
    assert me.sees(bar.get_by_text("从 7 月 1 日 起改为 3.0"))
    assert me.sees(bar.locator(".hb-change del"))
    assert me.page.locator(".hb-limit__value").inner_text() == "3 声以内"
    bar.locator("summary").click()
    old = bar.locator(".hb-changes__old", has_text="3 声以内").bounding_box()
    new = bar.locator(".hb-changes__new", has_text="2 声以内").bounding_box()
    assert old
    assert new
    assert (old["y"] < new["y"]) == (size == PHONE)
    assert (old["x"] < new["x"]) == (size == DESKTOP)
    me.tap(bar.get_by_role("link", name="看 3.0 全文"))
    assert me.sees(me.page.get_by_text("还没有执行"))
    assert me.page.locator(".hb-limit__value").inner_text() == "2 声以内"
    me.open("coming/")
    assert me.sees(me.page.get_by_text("6 月 30 日学会"))
    assert not me.faults


def test_any_two_versions_are_compared(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("shop/standards/phone/history/")
    heads = me.page.locator("summary h2").all_inner_texts()
    assert heads == ["3.0 与 2.1 的不同", "3.0 与 1.0 的不同", "2.1 与 1.0 的不同"]
    assert me.page.locator("details.hb-more[open]").count() == 1
    states = me.page.locator("tbody .hb-badge").all_inner_texts()
    assert states == ["还没有执行", "现在有效", "已失效"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("SH-1 2.1", "有效"),
        ("sh1 2.0", "有效"),
        ("ＳＨ－１　１．０", "2026-04-30 以后不能再用"),
        ("SH-1 · shop/phone · 版本 1.0", "2026-04-30 以后不能再用"),
        ("SH-1 3", "还没有执行"),
        ("SH-9 1.0", "2026-05-15 以后不能再用"),
    ],
)
def test_a_printed_sheet_is_still_valid_or_not(typed: str, said: str, reader: Callable[..., Reader]) -> None:
    """Number and version, as they stand at the foot of the sheet, however they are typed."""
    me = reader(PHONE)
    me.open("history/")
    me.page.locator(".hb-filter input").fill(typed)
    assert me.page.locator(".hb-versions > li:visible").count() == 1
    hit = me.page.locator(".hb-versions__row--hit")
    assert said in hit.inner_text()
    assert me.sees(hit)


def test_what_has_changed_since_is_one_tap_away(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("history/")
    me.page.locator(".hb-filter input").fill("SH-1 1.0")
    hit = me.page.locator(".hb-versions__row--hit")
    assert "五声改为三声" in hit.inner_text()
    me.tap(hit.get_by_role("link", name="改了什么"))
    assert me.page.get_by_role("heading", name="2.1 与 1.0 的不同").is_visible()
    assert me.sees(me.page.locator("details[open] ins", has_text="3 声以内"))


def test_unknown_numbers_are_said_to_be_unknown(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("history/")
    status = me.page.locator("[data-filter-status]")
    for typed, said in (("SH-77", "没有找到"), ("SH-1 9.0", "从来没有这一版")):
        me.page.locator(".hb-filter input").fill(typed)
        assert said in status.inner_text()


def test_what_is_over_leads_to_what_replaced_it(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("shop/scripts/hello/")
    assert me.sees(me.page.get_by_text("5 月 15 日以后不再执行"))
    me.tap(me.page.get_by_role("link", name="欢迎"))
    me.page.wait_for_url("**/shop/scripts/greeting/")


def test_a_former_address_leads_on(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("shop/procedures/selling/")
    me.page.wait_for_url("**/shop/procedures/sale/")
    assert me.sees(me.page.locator(".hb-first"))


def test_each_location_is_led_to_its_own_version(reader: Callable[..., Reader]) -> None:
    """The role page lists the one that counts; base and variant lead to each other."""
    for location, mine, other in ((HARBOUR, "港口店接电话", "接电话"), (STORE, "接电话", "港口店接电话")):
        me = reader(PHONE, "shop/clerk", location)
        me.open("shop/roles/clerk/#journey")
        assert me.page.locator("#journey").get_by_role("link", name=mine, exact=True).is_visible()
        assert me.page.locator("#journey").get_by_role("link", name=other, exact=True).count() == 0
    me = reader(PHONE, "shop/clerk", HARBOUR)
    me.open("shop/standards/phone/")
    me.tap(me.page.locator(".hb-bar").get_by_role("link", name="港口店接电话"))
    bar = me.page.locator(".hb-bar--place")
    assert me.sees(bar.locator("del", has_text="3 声以内"))
    me.open("compare/")
    assert me.page.get_by_role("rowheader", name="三声内接听").is_visible()


def test_another_day_is_said_to_be_another_day(handbook: Path, reader: Callable[..., Reader]) -> None:
    day = date(2026, 4, 15)
    build(handbook, handbook / "as-of", DAY, order=Order(as_of=day))
    with serving(handbook / "as-of") as served:
        me = reader(PHONE)
        for url in ("?choose", "shop/standards/phone/"):
            me.page.goto(served + url)
            assert me.sees(me.page.locator(".hb-banner", has_text="2026-04-15"))
        assert me.page.locator(".hb-limit__value").inner_text() == "5 声以内"


def test_today_has_no_banner(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("?choose")
    assert me.page.locator(".hb-banner").count() == 0


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light", "dark"])
def test_no_barrier_and_nothing_sideways(size: Size, scheme: str, reader: Callable[..., Reader]) -> None:
    """With everything unfolded: axe finds nothing serious, no page is wider than the screen."""
    me = reader(size, scheme=scheme)
    faults = []
    for url in PAGES:
        me.open(url)
        me.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        width = me.page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{url}: {width} wide"] if width > size[0] else []
        faults += [
            f"{url}: {rule['id']}: {rule['nodes'][0]['html']}"
            for rule in Axe().run(me.page).response["violations"]
            if rule["impact"] in ("serious", "critical")
        ]
    assert not faults
    assert not me.faults
