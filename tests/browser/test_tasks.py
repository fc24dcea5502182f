"""The tasks by which the handbook is judged, as far as they can be done yet, in taps from the start page."""

from collections.abc import Callable

import pytest

from generator.handbook import Handbook
from generator.kinds.location import Location
from generator.kinds.procedure import Procedure
from generator.kinds.role import Role
from generator.kinds.routine import Routine
from generator.kinds.standard import Standard
from tests.browser.reading import DESKTOP, PHONE, Reader, Size

sizes = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


@sizes
@pytest.mark.parametrize(
    ("way", "most"), [(["投诉", "账单不对"], 2), (["「账单不对！」"], 1)], ids=["topic", "pin"]
)
def test_shouting_about_a_wrong_bill(
    way: list[str], most: int, size: Size, reader: Callable[..., Reader], book: Handbook
) -> None:
    """The first sentence, what I may waive myself, and whom to call here; three taps are allowed."""
    me = reader(size)
    me.open()
    me.page.select_option("select[name=role]", "hotel/receptionist")
    me.page.select_option("select[name=location]", "hotel/lakeside")
    me.page.click("[data-choice] button")
    me.page.wait_for_url("**/hotel/roles/receptionist/")

    me.open()
    me.page.wait_for_url("**/hotel/roles/receptionist/")
    for name in way:
        me.tap(me.page.get_by_role("link", name=name).filter(visible=True).first)
    me.page.wait_for_url("**/complaint/billing-error/")
    assert me.taps == most
    sees_what_helps_with_a_wrong_bill(me, book)


@sizes
def test_shouting_about_a_wrong_bill_by_search_alone(
    size: Size, reader: Callable[..., Reader], book: Handbook
) -> None:
    """One tap into the box of the start page, what was shouted, Enter."""
    me = on_the_page_of_a_receptionist(reader, size)
    search(me, "账单不对")
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**/complaint/billing-error/")
    assert me.taps == 1
    sees_what_helps_with_a_wrong_bill(me, book)


def on_the_page_of_a_receptionist(reader: Callable[..., Reader], size: Size) -> Reader:
    """Who has chosen role and place starts there."""
    me: Reader = reader(size, "hotel/receptionist", "hotel/lakeside")
    me.open()
    me.page.wait_for_url("**/hotel/roles/receptionist/")
    return me


def search(me: Reader, text: str) -> None:
    """One tap into the box of the page, and what comes to mind."""
    me.tap(me.page.locator(".hb-search"))
    me.page.keyboard.insert_text(text)
    me.page.locator(f".md-search-result__meta[data-answers='{text}']").wait_for()


def sees_what_helps_with_a_wrong_bill(me: Reader, book: Handbook) -> None:
    """The first sentence, what a receptionist may waive, the number of the post above, without scrolling."""
    receptionist, lakeside = book["hotel/receptionist"], book["hotel/lakeside"]
    assert isinstance(receptionist, Role)
    assert isinstance(lakeside, Location)
    waive = next(row for row in receptionist.authority if row.remedy == "bill-adjustment")
    phone = next(contact.phone for contact in lakeside.contacts if contact.role == waive.above)
    first = me.page.locator(".hb-first:visible")
    assert me.sees(first.locator(".hb-say__text"))
    assert me.sees(first.locator(".hb-limit:visible", has_text=f"{waive.limit.value} 元"))
    assert me.sees(first.locator(f"a.hb-call[href='tel:{phone}']:visible"))
    assert first.locator("a.hb-call:visible").count() == 1
    assert not me.faults


@sizes
def test_a_guest_collapses(size: Size, reader: Callable[..., Reader]) -> None:
    """The first three actions and the number within two taps, without JavaScript."""
    me = reader(size, scripts=False)
    me.open()
    me.tap(me.page.get_by_role("link", name="紧急", exact=True))
    me.tap(me.page.locator(".hb-jump").get_by_role("link", name="客人昏倒"))
    section = me.page.locator("#hotel_guest-collapse")
    assert me.taps <= 2
    for index in range(3):
        assert me.sees(section.locator("li").nth(index))
    assert me.sees(section.locator("a[href='tel:120']"))


@sizes
def test_a_foreign_guests_booking_cannot_be_found(
    size: Size, reader: Callable[..., Reader], book: Handbook
) -> None:
    """The English line fills the screen; the step for a full house is one more tap away."""
    me = on_the_page_of_a_receptionist(reader, size)
    search(me, "找不到预订")
    me.page.keyboard.press("Enter")
    me.taps += 1
    me.page.wait_for_url("**/*booking-not-found*/**")

    me.tap(me.page.locator(".hb-first:visible [data-show]"))
    line = me.page.locator(".hb-show__text")
    assert line.get_attribute("lang") == "en"
    assert line.inner_text() == getattr(book["hotel/booking-not-found-words"], "foreign", "")
    screen = me.page.locator(".hb-show").bounding_box()
    assert screen
    assert (screen["width"], screen["height"]) == size
    me.page.keyboard.press("Escape")
    assert me.page.locator(".hb-show").count() == 0
    assert me.taps <= 3

    procedure = me.page.locator(".md-content a[href$='procedures/booking-not-found/']:visible")
    if procedure.count():
        me.tap(procedure.first)
    me.page.wait_for_url("**/procedures/booking-not-found/**")
    me.tap(me.page.locator("a[href='#no-room']:visible"))
    assert me.sees(me.page.locator("#no-room .hb-step__do"))
    assert me.taps <= 5
    assert not me.faults


@sizes
def test_what_failed_at_the_end_of_the_night(
    size: Size, reader: Callable[..., Reader], book: Handbook
) -> None:
    """By today's sheet to the hand-over list: what to do, where to write it, whom to tell."""
    routine, lakeside = book["hotel/desk-night-handover"], book["hotel/lakeside"]
    assert isinstance(routine, Routine)
    assert isinstance(lakeside, Location)
    task = routine.tasks[0]
    me = reader(size, "hotel/night-auditor", "hotel/lakeside")
    me.open("hotel/roles/night-auditor/")
    me.tap(me.page.locator(".md-content").get_by_role("link", name="今天", exact=True).first)
    me.tap(me.page.locator(".md-content").get_by_role("link", name=routine.title).first)
    row = me.page.locator(f"#tasks_{task.id}")
    me.tap(row.locator("summary", has_text="不正常"))
    phone = next(contact.phone for contact in lakeside.contacts if contact.role == task.report)
    assert me.taps == 3
    assert me.sees(row.locator(".hb-task__do"))
    assert me.sees(row.locator(".hb-task__mend").get_by_role("link", name=book[task.form or ""].title))
    assert me.sees(row.locator(f"a[href='tel:{phone}']:visible"))
    assert not me.faults


@sizes
def test_a_sheet_found_behind_the_counter(size: Size, reader: Callable[..., Reader], book: Handbook) -> None:
    """The number and version from its foot tell whether it is in force, until when, and what changed."""
    older, newer = sorted(book.revisions["hotel/check-in-time"], key=lambda record: record.version)
    assert isinstance(newer, Standard)
    me = reader(size)
    me.open("?choose")
    me.tap(me.page.get_by_role("link", name="手里这张纸还有效吗"))
    me.page.locator(".hb-filter input").fill(f"{older.code} {older.version}")
    assert me.page.locator("#packs > li:visible").count() == 1
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**/hotel/history/*")
    last = book.periods(older)[0].last.isoformat()
    row = me.page.locator(".hb-versions__row:visible", has_text=str(older.version)).first
    assert me.sees(row.get_by_text(last))
    me.page.locator(".hb-filter input").fill(f"{newer.code} {newer.version}")
    row = me.page.locator(".hb-versions__row:visible", has_text=str(newer.version)).first
    assert me.sees(row.get_by_text("有效", exact=True))
    me.open(f"{newer.url}history/")
    assert me.page.get_by_role("heading", name=f"{newer.version} 与 {older.version} 的不同").is_visible()
    assert me.page.locator(".md-content del:visible").count() > 0
    assert not me.faults


def test_rain_and_help_declined(reader: Callable[..., Reader], book: Handbook) -> None:
    """The lobby manager's first pin: what to say, what not to do, and what must be in place."""
    procedure = book["bank/rain-help-declined"]
    assert isinstance(procedure, Procedure)
    me = reader(PHONE, "bank/lobby-manager", "bank/lakeside-branch")
    me.open()
    me.page.wait_for_url("**/bank/roles/lobby-manager/")
    me.tap(me.page.get_by_role("link", name="下着雨，坐轮椅的客户说").filter(visible=True).first)
    me.page.wait_for_url("**/bank/procedures/rain-help-declined/")
    first = me.page.locator(".hb-first:visible")
    assert me.taps == 1
    assert me.sees(first.locator(".hb-say__text"))
    assert me.sees(first.get_by_text("手不碰轮椅").first)
    assert me.sees(me.page.get_by_text(procedure.preconditions[0].text).first)
    assert not me.faults


def test_a_refund_outside_policy_with_the_keyboard_alone(
    reader: Callable[..., Reader], book: Handbook
) -> None:
    """From the team leader's start page by Tab and Enter: class, sentence, whom to call, deadline."""
    centre = book["call-centre/centre"]
    assert isinstance(centre, Location)
    me = reader(DESKTOP, "call-centre/team-leader", "call-centre/centre")
    me.open()
    me.page.wait_for_url("**/call-centre/roles/team-leader/")
    pin = me.page.get_by_role("link", name="过期也得退").first
    for _ in range(60):
        me.page.keyboard.press("Tab")
        if pin.evaluate("element => element === document.activeElement"):
            break
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**/call-centre/complaint/refund-or-post/")
    sees_what_helps_with_a_refund(me)
    assert not me.faults


def test_a_refund_outside_policy_by_search_and_keyboard_alone(reader: Callable[..., Reader]) -> None:
    """What the customer says, four steps down the list, one of them the folded places of a page, Enter."""
    me = reader(DESKTOP, "call-centre/team-leader", "call-centre/centre")
    me.open()
    me.page.wait_for_url("**/call-centre/roles/team-leader/")
    me.page.keyboard.press("/")
    me.page.keyboard.insert_text("不退我就发到网上")
    me.page.locator(".md-search-result__meta[data-answers='不退我就发到网上']").wait_for()
    for key in (*["ArrowDown"] * 4, "Enter"):
        me.page.keyboard.press(key)
    me.page.wait_for_url("**/call-centre/complaint/refund-or-post/")
    sees_what_helps_with_a_refund(me)
    assert not me.faults


def sees_what_helps_with_a_refund(me: Reader) -> None:
    """Class, sentence, whom to call, deadline, without scrolling."""
    first = me.page.locator(".hb-first:visible")
    assert me.page.get_by_role("heading", name="敏感投诉").first.is_visible()
    assert me.sees(first.locator(".hb-say__text"))
    assert me.sees(first.locator("a.hb-call:visible").first)
    assert me.sees(first.locator(".hb-limit:visible", has_text="处理意见"))


@sizes
def test_the_same_page_in_english_and_back(size: Size, reader: Callable[..., Reader]) -> None:
    """One tap each way, the chosen role kept; what is not translated is marked as Chinese."""
    me = reader(size, "hotel/receptionist", "hotel/lakeside")
    me.open("hotel/procedures/booking-not-found/")
    me.tap(me.page.get_by_role("link", name="English", exact=True))
    me.page.wait_for_url("**/en/hotel/procedures/booking-not-found/")
    assert me.page.locator("html").get_attribute("lang") == "en"
    assert me.sees(me.page.locator(".hb-first:visible .hb-say__text"))
    assert me.page.get_by_text("not translated").count() == 0
    me.tap(me.page.get_by_role("link", name="Emergency", exact=True))
    me.page.wait_for_url("**/en/emergency/")
    me.tap(me.page.get_by_role("link", name="中文", exact=True))
    me.page.wait_for_url(lambda url: url.endswith("/emergency/") and "/en/" not in url)
    me.open("en/property/procedures/home-handover-visit/")
    assert me.page.locator(".hb-bar--untold").is_visible()
    assert me.page.locator(".hb-step [lang=zh]").count() > 0
    assert not me.faults
