"""Sheets: a shift's list is ticked and kept for the day, a path for good; each is one page of paper."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator

from generator.handbook import Handbook
from generator.kinds.path import Path as Onboarding
from generator.kinds.role import Role
from generator.kinds.routine import Routine
from tests.browser.conftest import TODAY
from tests.browser.reading import DESKTOP, PHONE, Reader, Size

ROLE, PLACE = "hotel/receptionist", "hotel/lakeside"
MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 6, 40)
NIGHT = datetime(TODAY.year, TODAY.month, TODAY.day, 23, 40)

_SHEET = re.compile(rb"/Type\s*/Page[^s]")


def routine(book: Handbook, overnight: bool = False) -> Routine:
    """A hotel list, over midnight or not, with a task that says what to do when it fails."""
    return next(
        record
        for record in book.of_pack("hotel", Routine)
        if (record.hours.opens > record.hours.closes) == overnight
        and record.hand_over_to
        and any(task.if_not_ok and task.report and book.reach(task.report) for task in record.tasks)
    )


def boxes(me: Reader) -> Locator:
    return me.page.locator("input[data-tick]")


def done(me: Reader) -> str:
    return me.page.locator(".hb-ticks__count strong").first.inner_text()


def sheets(me: Reader) -> int:
    """How many sheets of paper the open page takes."""
    return len(_SHEET.findall(me.page.pdf(format="A4")))


def test_ticks_are_kept_and_counted(reader: Callable[..., Reader], book: Handbook) -> None:
    """With a finger on the text and with the space bar; a reload changes nothing."""
    record = routine(book)
    me = reader(PHONE, ROLE, PLACE)
    me.open(record.url)
    total = len(record.tasks)
    assert done(me) == f"0/{total}"
    me.page.locator(".hb-task__text").nth(1).click(position={"x": 5, "y": 5})
    boxes(me).nth(2).focus()
    me.page.keyboard.press("Space")
    assert done(me) == f"2/{total}"
    me.page.reload()
    assert done(me) == f"2/{total}"
    assert [box.is_checked() for box in boxes(me).all()[:4]] == [False, True, True, False]
    boxes(me).nth(1).uncheck()
    me.page.reload()
    assert done(me) == f"1/{total}"
    assert not me.faults


def test_all_can_be_cleared_and_brought_back(reader: Callable[..., Reader], book: Handbook) -> None:
    me = reader(PHONE, ROLE, PLACE)
    me.open(routine(book).url)
    boxes(me).nth(0).check()
    boxes(me).nth(3).check()
    clear = me.page.locator("[data-ticks-clear]")
    clear.click()
    assert me.page.locator("input[data-tick]:checked").count() == 0
    assert done(me).startswith("0/")
    clear.click()
    assert done(me).startswith("2/")
    clear.click()
    boxes(me).nth(1).check()
    assert clear.inner_text() == "全部清空"
    me.page.reload()
    assert done(me).startswith("1/")
    me.page.evaluate("document.querySelector('[data-ticks-clear]').click()")
    assert me.page.evaluate("Object.keys(localStorage).filter(key => key.includes('ticks'))") == []


def test_tomorrow_starts_fresh(reader: Callable[..., Reader], book: Handbook) -> None:
    """Also on a page left open; what was ticked yesterday is gone."""
    me = reader(PHONE, ROLE, PLACE)
    me.page.clock.set_fixed_time(MORNING)
    me.open(routine(book).url)
    assert me.page.locator(".hb-ticks__kept").inner_text() == "只记在这部手机上，明天自动清空。"
    boxes(me).nth(0).check()
    me.page.clock.set_fixed_time(MORNING.replace(day=MORNING.day + 1))
    me.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert done(me).startswith("0/")
    me.page.reload()
    assert done(me).startswith("0/")
    assert me.page.evaluate("Object.keys(localStorage).filter(key => key.includes('ticks'))") == []


def test_a_night_is_one_shift(reader: Callable[..., Reader], book: Handbook) -> None:
    """What was ticked before midnight is there after it, and gone the next evening."""
    me = reader(PHONE, ROLE, PLACE)
    me.page.clock.set_fixed_time(NIGHT)
    me.open(routine(book, overnight=True).url)
    boxes(me).nth(0).check()
    me.page.clock.set_fixed_time(NIGHT.replace(day=NIGHT.day + 1, hour=5))
    me.page.reload()
    assert done(me).startswith("1/")
    me.page.clock.set_fixed_time(NIGHT.replace(day=NIGHT.day + 1))
    me.page.reload()
    assert done(me).startswith("0/")


def test_a_failed_task_says_what_to_do_and_whom_to_tell(
    reader: Callable[..., Reader], book: Handbook
) -> None:
    """Task 7: the night's handover, the item that failed, what to do and to write down."""
    record = routine(book)
    task = next(task for task in record.tasks if task.if_not_ok and task.report and book.reach(task.report))
    me = reader(PHONE, "hotel/cashier", PLACE)
    me.open(record.url)
    row = me.page.locator(f"#tasks_{task.id}")
    row.locator("summary").focus()
    me.page.keyboard.press("Enter")
    reach = next(reach for reach in book.reach(task.report or "") if reach.location.id == PLACE)
    assert (task.if_not_ok or "")[:8] in row.locator(".hb-task__do").inner_text()
    assert row.locator(f"a.hb-call[href='tel:{reach.contact.phone}']:visible").count() == 1
    row.locator("input[data-tick]").check()
    row.locator("input[data-tick-bad]").check()
    assert not row.locator("input[data-tick]").is_checked()
    assert me.page.locator(".hb-ticks__count").inner_text().endswith("不正常 1 项")
    me.page.reload()
    assert row.locator("input[data-tick-bad]").is_visible()
    assert row.locator("input[data-tick-bad]").is_checked()
    row.locator("input[data-tick]").check()
    assert not row.locator("input[data-tick-bad]").is_checked()
    assert me.page.locator("[data-ticks-bad]").is_hidden()
    assert not me.faults


def test_a_task_without_its_own_answer_has_the_routines(
    reader: Callable[..., Reader], book: Handbook
) -> None:
    found = [(r, t) for r in book.in_force(Routine) for t in r.tasks if not t.if_not_ok]
    record, task = found[0]
    me = reader(PHONE, ROLE, PLACE)
    me.open(record.url)
    row = me.page.locator(f"#tasks_{task.id}")
    row.locator("summary").click()
    assert record.if_not_ok[:8] in row.locator(".hb-task__do").inner_text()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_first_screen_says_when_what_and_to_whom(
    size: Size, reader: Callable[..., Reader], book: Handbook
) -> None:
    me = reader(size, ROLE, PLACE)
    for record in book.in_force(Routine):
        me.open(record.url)
        assert me.sees(me.page.locator(".hb-sheet__when")), record.id
        assert book.settings.shifts[record.shift].zh in me.page.locator(".hb-sheet__when").inner_text()
        assert me.sees(me.page.locator(".hb-task__text").nth(1)), record.id
        for role in filter(None, (record.hand_over_to, record.signed_by)):
            reach = [reach for reach in book.reach(role) if reach.location.id == PLACE]
            where = me.page.locator(".hb-sheet__facts dd", has_text=book[role].title).last
            assert me.sees(where), record.id
            assert all(reach.contact.phone in where.inner_text() for reach in reach)


def test_every_routine_is_one_sheet_of_paper(reader: Callable[..., Reader], book: Handbook) -> None:
    """With empty boxes, the code, the version and the day of printing, whatever was ticked."""
    me = reader(DESKTOP)
    me.page.clock.set_fixed_time(MORNING)
    for record in book.in_force(Routine):
        me.open(record.url)
        boxes(me).nth(0).check()
        assert sheets(me) == 1, record.id
        me.page.emulate_media(media="print")
        rows = me.page.locator(".hb-paper__table tbody tr")
        foot = me.page.locator(".hb-paper__foot").inner_text()
        assert rows.count() == len(record.tasks)
        assert me.page.locator(".hb-box:visible").count() == 2 * len(record.tasks)
        assert me.page.locator("input:visible").count() == 0
        assert all(said in foot for said in (record.code or record.id, f"版本 {record.version}"))
        assert TODAY.isoformat() in foot
        me.page.emulate_media(media="null")


def test_every_day_is_one_sheet_of_paper(reader: Callable[..., Reader], book: Handbook, site: Path) -> None:
    """The fullest, for readers of any location."""
    urls = [f"{role.url}today/" for role in book.in_force(Role) if not role.external]
    me = reader(PHONE)
    me.page.clock.set_fixed_time(MORNING)
    for url in sorted(urls, key=lambda url: -(site / url / "index.html").stat().st_size)[:4]:
        me.open(url)
        assert sheets(me) == 1, url


def test_the_day_shows_what_the_shift_must_know(reader: Callable[..., Reader], book: Handbook) -> None:
    """Task 6; empty blocks say so, also where all entries are meant for another location."""
    me = reader(PHONE, ROLE, PLACE)
    me.page.clock.set_fixed_time(MORNING)
    me.open(f"{book[ROLE].url}today/")
    assert f"{TODAY.month} 月 {TODAY.day} 日" in me.page.locator(".hb-today__date").inner_text()
    for block in me.page.locator(".hb-today__block").all():
        assert block.locator("article:visible, li:visible, .hb-say:visible, .hb-today__none:visible").count()
    assert me.page.locator("[data-day]").is_hidden()
    mine = [record for record in book.in_force(Routine) if ROLE in record.roles]
    assert me.page.locator(".hb-today .hb-list > li").count() == len(mine)
    for notice in me.page.locator(".hb-news--notice:visible").all():
        assert PLACE in (notice.get_attribute("data-for-location") or PLACE)
    nothing = me.page.locator("[data-or-else] + .hb-today__none").last
    assert nothing.is_visible() == (me.page.locator(".hb-news--notice:visible").count() == 0)
    assert me.page.locator(".hb-today .hb-say__text").is_visible()

    me.page.clock.set_fixed_time(MORNING.replace(day=MORNING.day + 1))
    me.page.reload()
    assert me.page.locator("[data-day]").is_visible()
    assert not me.faults


def test_a_path_is_ticked_for_good(reader: Callable[..., Reader], book: Handbook) -> None:
    record = book.in_force(Onboarding)[0]
    lessons = sum(len(stage.lessons) for stage in record.milestones)
    me = reader(PHONE, ROLE, PLACE)
    me.page.clock.set_fixed_time(MORNING)
    me.open(record.url)
    assert me.sees(me.page.locator(".hb-task__text").first)
    first = me.page.locator(f"#milestones_{record.milestones[0].id}")
    first.locator("input").first.check()
    me.page.locator(f"#milestones_{record.milestones[1].id} input").first.check()
    me.page.clock.set_fixed_time(MORNING.replace(month=12, day=24))
    me.page.reload()
    assert done(me) == f"2/{lessons}"
    assert f"1/{len(record.milestones[0].lessons)}" in me.page.locator(".hb-stages a").first.inner_text()
    assert first.locator("input").first.is_checked()
    me.page.emulate_media(media="print")
    assert me.page.locator(".hb-lesson__sign:visible").count() == lessons
    assert not me.faults


def test_nothing_of_it_needs_scripts(reader: Callable[..., Reader], book: Handbook) -> None:
    """The lists are whole, what to do opens, and no dead box or button shows."""
    me = reader(PHONE, scripts=False)
    record = routine(book)
    me.open(record.url)
    assert me.page.locator(".hb-task__text:visible").count() == len(record.tasks)
    assert me.page.locator(".hb-ticks input:visible, .hb-ticks button:visible").count() == 0
    me.page.locator(".hb-task summary").first.click()
    assert me.page.locator(".hb-task__do").first.is_visible()
    me.open(book.in_force(Onboarding)[0].url)
    assert me.page.locator(".hb-ticks input:visible, .hb-ticks button:visible").count() == 0
    me.open(f"{book[ROLE].url}today/")
    assert me.page.locator(".hb-today__block:visible").count() == 4


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light", "dark"])
def test_no_serious_barrier(size: Size, scheme: str, reader: Callable[..., Reader], book: Handbook) -> None:
    me = reader(size, ROLE, PLACE, scheme=scheme)
    barriers = []
    for url in (routine(book).url, book.in_force(Onboarding)[0].url, f"{book[ROLE].url}today/"):
        me.open(url)
        if me.page.locator(".hb-task summary").count():
            boxes(me).nth(0).check()
            me.page.locator(".hb-task summary").nth(1).click()
            me.page.locator(".hb-task__bad").nth(1).click()
        found = Axe().run(me.page).response["violations"]
        barriers += [
            f"{url}: {rule['id']}: {rule['nodes'][0]['html']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
    assert not barriers
