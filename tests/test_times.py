"""What one role has to know today."""

from collections.abc import Callable, Mapping

import pytest

from generator.handbook import Handbook
from generator.kinds.role import Role
from generator.times import DailySheet
from tests.vocabulary import Text

Make = Callable[[Mapping[str, Text]], Handbook]

STALL = """\
title: 摊位
summary: 摊位的服务。
order: 2
owner: shop/manager
visibility: internal
"""
MARKET = "address: 集市\npacks: [stall]\n"


def drilled(book: Handbook) -> str | None:
    clerk = book["shop/clerk"]
    assert isinstance(clerk, Role)
    script = DailySheet(book, clerk, ()).drill
    return script.stem if script else None


@pytest.mark.parametrize(
    ("places", "practised"),
    [([], "greeting"), (["store", "branch"], "greeting"), (["store"], None)],
    ids=["everywhere", "wherever-the-role-works", "at-one-place-only"],
)
def test_what_is_practised_is_said_wherever_the_role_works(
    places: list[str], practised: str | None, book: Make
) -> None:
    """The shop has two places, the market belongs to another pack."""
    said = f"distribution: {{ locations: [{', '.join(places)}] }}\n" if places else ""
    files: dict[str, Text] = {
        "stall/pack.yml": {"whole": STALL},
        "shop/locations/branch.yml": "address: 二号路\n",
        "shop/locations/market.yml": MARKET,
        "shop/scripts/greeting.yml": said,
    }
    assert drilled(book(files)) == practised
