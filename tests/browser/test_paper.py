"""Cards to carry, four to a sheet, and posters to put up, one to a sheet; each can be printed alone."""

import re
from collections.abc import Callable
from math import ceil

import pytest

from generator.handbook import Handbook
from generator.pages import pages
from tests.browser.reading import DESKTOP, Reader, Size

# An A4 sheet without its margins of 15 mm, in CSS pixels.
SHEET: Size = (680, 1009)
CARD = SHEET[1] // 2
PLACE = "hotel/lakeside"

_SHEET = re.compile(rb"/Type\s*/Page[^s]")
_TOO_HIGH = """([sort, most]) => Array.from(document.querySelectorAll(sort))
  .filter(each => each.offsetHeight > most || each.scrollWidth > each.clientWidth + 1)
  .map(each => `${each.id}: ${each.offsetHeight}`)"""
_VISIBLE = """sort => Array.from(document.querySelectorAll(sort))
  .filter(each => each.offsetParent).map(each => each.id)"""


@pytest.fixture
def paper(reader: Callable[..., Reader]) -> Reader:
    """A reader at the hotel by the lake who looks at the print as it will come out."""
    me = reader(SHEET, "", PLACE)
    me.page.emulate_media(media="print")
    return me


def sheets(me: Reader) -> int:
    """How many sheets of paper the open page takes."""
    return len(_SHEET.findall(me.page.pdf(format="A4", prefer_css_page_size=True)))


def addresses(book: Handbook, template: str) -> list[str]:
    return [page.url for page in pages(book) if page.template == template]


def test_every_card_is_a_quarter_of_a_sheet(paper: Reader, book: Handbook) -> None:
    found = addresses(book, "cards")
    assert len(found) > 90
    high = []
    for url in found:
        paper.open(url)
        high += [f"{url} {each}" for each in paper.page.evaluate(_TOO_HIGH, [".hb-slip", CARD])]
    assert high == []
    assert not paper.faults


def test_every_poster_is_one_sheet(paper: Reader, book: Handbook) -> None:
    found = addresses(book, "posters")
    assert len(found) == len(book.packs)
    high = []
    for url in found:
        paper.open(url)
        high += [f"{url} {each}" for each in paper.page.evaluate(_TOO_HIGH, [".hb-poster", SHEET[1]])]
    assert high == []
    assert not paper.faults


def test_the_printer_takes_as_many_sheets(reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP, "", PLACE)
    me.open("hotel/roles/receptionist/cards/")
    cards = me.page.locator(".hb-slip").count()
    assert cards > 4
    assert sheets(me) == ceil(cards / 4)
    me.open("bank/posters/")
    assert sheets(me) == me.page.locator(".hb-poster:visible").count() > 10


@pytest.mark.parametrize(
    ("url", "sort"), [("hotel/roles/receptionist/cards/", ".hb-slip"), ("common/posters/", ".hb-poster")]
)
def test_one_can_be_printed_alone(url: str, sort: str, reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP, "", PLACE)
    me.page.add_init_script(f"window.print = () => {{ window.printed = ({_VISIBLE})('{sort}'); }}")
    me.open(url)
    whole = me.page.evaluate(_VISIBLE, sort)
    second = me.page.locator(f"{sort}:visible").nth(1)
    name = second.get_attribute("id")
    me.page.emulate_media(media="print")
    me.page.locator(f"#{name} [data-print-one]").evaluate("button => button.click()")
    assert me.page.evaluate("window.printed") == [name]
    me.page.locator("[data-print-all]").evaluate("button => button.click()")
    assert me.page.evaluate("window.printed") == whole


def test_a_card_names_the_documents_it_was_made_from(reader: Callable[..., Reader], book: Handbook) -> None:
    """So that whoever finds it behind the counter can check whether it still counts."""
    me = reader(DESKTOP, "", PLACE)
    me.open("hotel/posters/")
    record = book["hotel/appearance"]
    foot = me.page.locator("#standards_appearance .hb-slip__foot").inner_text()
    assert f"{record.code} {record.version}" in foot
    me.open(record.url)
    me.page.locator("a", has_text="打印成海报").click()
    me.page.wait_for_url("**/hotel/posters/#standards_appearance")


def test_two_businesses_are_set_side_by_side(reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP)
    me.open("comparisons/")
    rows = me.page.locator("[data-side]:visible")
    total, matters = rows.count(), me.page.locator("[data-sides-of]:visible").count()
    me.page.locator("select[name=one]").select_option("hotel")
    me.page.locator("select[name=other]").select_option("bank")
    assert set(rows.evaluate_all("all => all.map(each => each.dataset.side)")) == {"hotel", "bank"}
    both = me.page.locator("[data-sides-of]:visible").count()
    assert 3 <= both < matters
    assert me.page.locator("[data-sides-told]").inner_text() == f"{both} 件事，选的都有规定"
    assert me.page.url.endswith("?one=hotel&other=bank")
    me.page.reload()
    assert set(rows.evaluate_all("all => all.map(each => each.dataset.side)")) == {"hotel", "bank"}
    for name in ("one", "other"):
        me.page.locator(f"select[name={name}]").select_option("")
    assert rows.count() == total
    assert not me.faults
