"""What the shell remembers, finds, opens and prints."""

from collections.abc import Callable

from generator.handbook import Handbook
from generator.kinds.location import Location
from tests.browser.reading import DESKTOP, PHONE, Reader

ROLE = "hotel/receptionist"
ROLE_PAGE = "hotel/roles/receptionist/"


def test_the_choice_is_remembered(reader: Callable[..., Reader]) -> None:
    """Home asks once, then opens on the role; `?choose` asks again."""
    me = reader(PHONE)
    me.open()
    me.page.select_option("select[name=role]", ROLE)
    me.page.select_option("select[name=location]", "hotel/lakeside")
    me.page.click("[data-choice] button")
    me.page.wait_for_url(f"**/{ROLE_PAGE}")
    assert me.page.locator("[data-chip-text]").inner_text() == "前台接待 · 湖滨店"

    me.open("register/")
    assert me.page.locator("[data-chip-text]").inner_text() == "前台接待 · 湖滨店"
    me.open()
    me.page.wait_for_url(f"**/{ROLE_PAGE}")

    me.page.click("[data-chip]")
    me.page.wait_for_url("**/?choose")
    assert me.page.locator("select[name=role]").input_value() == ROLE
    me.page.select_option("select[name=role]", "")
    me.open()
    assert me.page.locator("[data-choice]").is_visible()
    assert not me.faults


def test_a_tile_chooses_too(reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP)
    me.open()
    me.page.locator(".hb-line-of-business > summary", has_text="酒店").first.click()
    me.page.click(f"[data-choose-role='{ROLE}']")
    me.page.wait_for_url(f"**/{ROLE_PAGE}")
    me.open()
    me.page.wait_for_url(f"**/{ROLE_PAGE}")
    assert me.page.locator("html").get_attribute("data-role") == ROLE


def test_other_locations_numbers_are_hidden(reader: Callable[..., Reader], book: Handbook) -> None:
    places = [place for place in book.in_force(Location) if "hotel" in place.packs]
    assert len(places) > 1
    for chosen in places:
        me = reader(PHONE, ROLE, chosen.id)
        me.open("hotel/procedures/booking-not-found/")
        for place in places:
            shown = me.page.locator(f"[data-for-location='{place.id}']:visible").count()
            assert bool(shown) == (place == chosen)


def test_tabs_answer_the_keyboard(reader: Callable[..., Reader]) -> None:
    me = reader(DESKTOP, ROLE)
    me.open(ROLE_PAGE)
    tabs = me.page.get_by_role("tab")
    tabs.first.focus()
    me.page.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert me.page.get_by_role("tabpanel").count() == 1
    me.page.keyboard.press("End")
    assert tabs.last.get_attribute("aria-selected") == "true"
    me.page.keyboard.press("ArrowRight")
    assert tabs.first.get_attribute("aria-selected") == "true"
    me.open(ROLE_PAGE + "#decide")
    assert me.page.locator("#decide").is_visible()
    assert me.page.locator("#now").is_hidden()


def test_an_address_opens_what_hides_it(reader: Callable[..., Reader], book: Handbook) -> None:
    row = book[ROLE].authority[0]  # type: ignore[attr-defined]
    me = reader(PHONE, ROLE)
    me.open(f"{ROLE_PAGE}#authority_{row.id}")
    assert me.sees(me.page.locator(f"#authority_{row.id} th"))


def test_paper_shows_everything(reader: Callable[..., Reader]) -> None:
    """Tabs, others' steps and folded blocks are all printed; the shell is not."""
    me = reader(DESKTOP, ROLE, "hotel/lakeside")
    me.open(ROLE_PAGE)
    me.page.emulate_media(media="print")
    me.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (
        me.page.locator(".hb-tabs > section:visible").count() == me.page.locator(".hb-tabs > section").count()
    )
    assert me.page.locator("details:not([open])").locator("visible=true").count() == 0
    assert me.page.locator(".md-header").is_hidden()
    me.page.evaluate("dispatchEvent(new Event('afterprint'))")

    me.open("hotel/procedures/booking-not-found/")
    bodies = me.page.locator(".hb-step__body")
    assert me.page.locator(".hb-step__body:visible").count() == bodies.count()


def test_folded_matter_is_remembered(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE)
    me.open("hotel/standards/check-in-time/")
    block = me.page.locator("details.hb-admin")
    assert block.get_attribute("open") is None
    block.locator("summary").click()
    me.open("hotel/procedures/booking-not-found/")
    assert me.page.locator("details.hb-admin").get_attribute("open") is not None
    me.page.locator("details.hb-admin summary").click()
    me.open("hotel/standards/check-in-time/")
    assert block.get_attribute("open") is None


def test_others_steps_unfold(reader: Callable[..., Reader]) -> None:
    me = reader(PHONE, ROLE, "hotel/lakeside")
    me.open("hotel/procedures/booking-not-found/")
    step = me.page.locator("#no-room")
    assert step.locator(".hb-step__body").is_hidden()
    step.get_by_role("button", name="展开").click()
    assert step.locator(".hb-step__body").is_visible()


def test_nothing_needs_scripts(reader: Callable[..., Reader]) -> None:
    """Without JavaScript every tab is open, every role a link, and no dead button shows."""
    me = reader(PHONE, scripts=False)
    me.open()
    assert me.page.locator("[data-choice]").is_hidden()
    me.page.locator(".hb-line-of-business > summary", has_text="酒店").first.click()
    me.page.click(f"[data-choose-role='{ROLE}']")
    me.page.wait_for_url(f"**/{ROLE_PAGE}")
    assert (
        me.page.locator(".hb-tabs > section:visible").count() == me.page.locator(".hb-tabs > section").count()
    )
    assert me.page.locator("button:visible").count() == 0
