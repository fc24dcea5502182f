"""What holds on every page: no fault, no request elsewhere, nothing sideways, no barrier."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.reading import DESKTOP, PHONE, Reader

ONE_OF_EACH = (
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


def test_no_page_has_a_fault_or_is_wider_than_a_phone(reader: Callable[..., Reader], site: Path) -> None:
    me = reader(PHONE)
    wide = []
    for file in sorted(site.rglob("*.html")):
        url = file.relative_to(site).as_posix().removesuffix("index.html")
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
