"""Each operating page shows its answer without scrolling or opening anything."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.handbook import Handbook
from generator.kinds.location import Location
from generator.kinds.procedure import Procedure
from generator.kinds.role import Role
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from tests.browser.reading import DESKTOP, PHONE, Reader, Size

ROLE, PLACE = "hotel/receptionist", "hotel/lakeside"

# What must be on the screen, by the page's template; `?` marks what a record may lack.
WANTED = {
    "procedure": (".hb-when", ".hb-now:visible", ".hb-limit__value ?", "a.hb-call:visible"),
    "emergency": (".hb-when", ".hb-steps--now li:nth-child(3)", "a.hb-call--danger", "a.hb-call:visible"),
    "script": (".hb-when", ".hb-say__text", ".hb-reply dd ?", ".hb-never li ?"),
    "standard": (".hb-limit__value, .hb-now", ".hb-do li", ".hb-dont li", ".hb-missed"),
    "topic": (".hb-say__text", ".hb-limit__value:visible", "a.hb-call:visible"),
}


_FIRST = re.compile(r'<section class="hb-first.*?</section>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def fullest(site: Path, urls: list[str], most: int) -> list[str]:
    """The pages with the most text on their first screen."""

    def text(url: str) -> int:
        first = _FIRST.search((site / url / "index.html").read_text("utf-8"))
        return len(_TAG.sub("", first[0])) if first else 0

    return sorted(urls, key=text, reverse=True)[:most]


def place_of(book: Handbook, pack: str) -> str:
    """A location where a pack is used; what all share is read at the hotel."""
    places = [location.id for location in book.in_force(Location) if pack in location.packs]
    return PLACE if PLACE in places else places[0]


def operating_pages(book: Handbook) -> dict[str, str]:
    """Address -> template of every page somebody works by."""
    found = {f"{record.pack}/complaint/{topic.id}/": "topic" for record, topic in book.complaint_topics}
    for record in book.published:
        if isinstance(record, Procedure):
            found[record.url] = "emergency" if record.emergency else "procedure"
        elif isinstance(record, (Script, Standard)):
            found[record.url] = record.kind
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("template", WANTED)
def test_the_answer_is_on_the_first_screen(
    template: str, size: Size, reader: Callable[..., Reader], book: Handbook, site: Path
) -> None:
    """The fullest pages of the kind, as somebody at a location of their business sees them."""
    urls = [url for url, name in operating_pages(book).items() if name == template]
    assert urls
    missing = []
    for url in fullest(site, urls, 6):
        me = reader(size, ROLE, place_of(book, url.partition("/")[0]))
        me.open(url)
        panel = me.page.locator(".hb-first:visible").first
        bottom = panel.evaluate("element => element.getBoundingClientRect().bottom")
        if bottom > size[1]:
            missing.append(f"{url}: ends at {bottom:.0f}")
        for wanted in WANTED[template]:
            what = panel.locator(wanted.removesuffix(" ?"))
            if not (wanted.endswith("?") and not what.count()) and not me.sees(what):
                missing.append(f"{url}: {wanted}")
        missing += me.faults
    assert not missing


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_red_flags_stand_above_and_change_the_answer(size: Size, reader: Callable[..., Reader]) -> None:
    me = reader(size, ROLE, PLACE)
    me.open("hotel/complaint/billing-error/")
    flag = me.page.locator(".hb-flags label", has_text="受伤")
    assert me.sees(flag)
    flag.click()
    grave = me.page.locator("[data-severity=major]")
    assert me.sees(grave.locator(".hb-say__text"))
    assert grave.locator("a.hb-call:visible").count() == 1
    assert me.page.locator("[data-severity=general]").is_hidden()


def test_only_my_first_step_shows(reader: Callable[..., Reader], book: Handbook) -> None:
    """Mine where I take part, else that of whoever starts; without JavaScript that of whoever starts."""
    procedure = next(
        record
        for record in book.each(Procedure)
        if not record.emergency and record.steps[0].role != ROLE and any(s.role == ROLE for s in record.steps)
    )
    stranger = next(role.id for role in book.each(Role) if all(s.role != role.id for s in procedure.steps))
    for scripts, role, shown in ((True, ROLE, ROLE), (True, stranger, None), (False, "", None)):
        me = reader(PHONE, role, scripts=scripts)
        me.open(procedure.url)
        lines = me.page.locator(".hb-now:visible")
        assert lines.count() == 1
        assert lines.get_attribute("data-mine-for") == (shown or procedure.steps[0].role)


def test_nobody_is_told_to_call_themselves(reader: Callable[..., Reader], book: Handbook) -> None:
    procedure = next(
        record for record in book.each(Procedure) if len(record.call) > 1 and book.reach(record.call[0])
    )
    me = reader(PHONE, procedure.call[0], PLACE)
    me.open(procedure.url)
    assert book[procedure.call[0]].title not in me.page.locator("a.hb-call:visible").all_inner_texts()
    assert book[procedure.call[1]].title in me.page.locator(".hb-calls:visible").inner_text()
