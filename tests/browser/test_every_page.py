"""What holds on every page: no fault, no request elsewhere, nothing sideways, no barrier."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.reading import DESKTOP, PHONE, Reader

_TAG = re.compile(r"<script.*?</script>|<[^>]*>", re.DOTALL)
_WORD = re.compile(r"[A-Za-z0-9_./&;:@+-]+")
ONE_OF_EACH = (
    "bank/procedures/rain-help-declined/",
    "call-centre/complaint/refund-or-post/",
    "express/ratings/service-index/",
    "en/?choose",
    "en/complaint/",
    "en/glossary/",
    "en/hotel/roles/receptionist/",
    "en/hotel/procedures/booking-not-found/",
    "en/hotel/standards/check-in-time/",
    "en/hotel/journeys/stay/",
    "en/bank/scripts/refuse-account-information/",
    "en/express/roles/courier/",
    "?choose",
    "changes/",
    "complaint/",
    "courses/",
    "coverage/",
    "emergency/",
    "gaps/",
    "glossary/",
    "look-up/",
    "metrics/",
    "references/",
    "register/",
    "responsibilities/",
    "reviews/",
    "rules/",
    "scripts/",
    "hotel/register/",
    "how-to-edit/",
    "404.html",
    "hotel/",
    "hotel/complaint/billing-error/",
    "hotel/roles/receptionist/",
    "hotel/roles/receptionist/#decide",
    "hotel/roles/receptionist/#journey",
    "hotel/locations/lakeside/",
    "hotel/journeys/stay/",
    "hotel/touchpoints/check-in-desk/",
    "hotel/standards/check-in-time/",
    "hotel/procedures/booking-not-found/",
    "hotel/procedures/guest-collapse/",
    "common/scripts/complaint-first-response/",
    "common/classifications/complaint-severity/",
    "hotel/forms/front-desk-inspection/",
    "hotel/metrics/bills-corrected/",
    "common/terms/hard-standard/",
    "common/references/source-000/",
    "hotel/roles/receptionist/#learn",
    "hotel/courses/check-in-and-telephone/",
    "common/cases/one-in-a-million/",
    "hotel/customer-groups/impaired-mobility/",
    "hotel/facilities/accessible-entrance/",
    "hotel/guides/regular-guest-care/",
    "common/policies/service-process-control/",
    "common/metrics/average-queue-time/",
    "hotel/classifications/complaint-topics/",
    "hotel/ratings/service-failure-index/",
    "common/ratings/express-rating/",
    "hotel/findings/waiting-guests-unattended/",
    "common/models/five-gaps/",
    "common/models/service-letters/",
)


# Puts the article of each page in the place of the one that is open, as readers with and without
# a script get to see it, and returns those wider than the screen.
_WIDE = """async urls => {
  const wide = [];
  let shown = document.getElementById("hb-main");
  for (const url of urls) {
    const text = await (await fetch(url)).text();
    const article = new DOMParser().parseFromString(text, "text/html").getElementById("hb-main");
    shown.replaceWith(article);
    shown = article;
    for (const state of ["js", "no-js"]) {
      document.documentElement.classList.remove("js", "no-js");
      document.documentElement.classList.add(state);
      const width = document.documentElement.scrollWidth;
      if (width > innerWidth) wide.push(`${url}: ${width} (${state})`);
    }
  }
  return wide;
}"""


def test_no_page_is_wider_than_a_phone(reader: Callable[..., Reader], site: Path) -> None:
    """Every page, its content alone: what stands around it is the same on all."""
    me = reader(PHONE)
    me.open("hotel/journeys/stay/")
    files = sorted(site.rglob("index.html"))
    urls = [f"/{file.relative_to(site).parent.as_posix()}/".replace("/./", "/") for file in files]
    assert len(urls) > 1000
    assert me.page.evaluate(_WIDE, urls) == []


def telling(site: Path) -> list[str]:
    """Every overview, of each kind in each pack the longest page, and of each kind the one hardest to fit."""
    found: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for file in sorted(site.rglob("*.html")):
        place = file.relative_to(site).parts[:-1]
        english, place = place[:1] == ("en",), place[place[:1] == ("en",) :]
        kind = place[1:2] if len(place) > 2 else place if not english else place[1:]
        found[("hardest", str(english), *kind)].append(file)
        found[("longest", str(english), *(kind if english else place[:2]))].append(file)
    chosen = {
        max(files, key=_longest_word if measure == "hardest" else _length)
        for (measure, *_), files in found.items()
    }
    return sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in chosen)


def _length(file: Path) -> int:
    return file.stat().st_size


def _longest_word(file: Path) -> int:
    """The longest run of letters that a browser does not break."""
    text = _TAG.sub(" ", file.read_text("utf-8").partition("<article")[2])
    return max(map(len, _WORD.findall(text)), default=0)


def test_no_telling_page_has_a_fault_or_is_wider_than_a_phone(
    reader: Callable[..., Reader], site: Path
) -> None:
    me = reader(PHONE)
    wide = []
    for url in telling(site):
        me.open(url or "?choose")
        width = me.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE[0]:
            wide.append(f"{url}: {width}")
    assert not wide
    assert not [fault for fault in me.faults if "404.html" not in fault]


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["light", "dark"])
def test_no_serious_barrier(size: tuple[int, int], scheme: str, reader: Callable[..., Reader]) -> None:
    """axe finds nothing serious or critical on one page of each type."""
    me = reader(size, scheme=scheme)
    barriers = []
    for url in ONE_OF_EACH:
        me.open(url)
        found = Axe().run(me.page).response["violations"]
        barriers += [
            f"{url}: {rule['id']}: {rule['nodes'][0]['html']}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
    assert not barriers
