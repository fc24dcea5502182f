"""What is set side by side: clauses of several business lines on one matter."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import standing
from generator.handbook import Handbook
from generator.kinds.comparison import Comparison
from generator.overviews import Part
from generator.pages import pages
from generator.publication import shown_in
from generator.render import Renderer
from generator.sides import ruled
from tests.vocabulary import BASE, Text

ROOT = Path(__file__).parents[1]
Make = Callable[[Mapping[str, Text]], Handbook]

STALL = """\
title: 摊位
summary: 摊位的服务。
order: {order}
owner: shop/manager
visibility: internal
"""
STANDARD = (
    BASE["envelope"].replace("manager", "shop/manager")
    + """\
roles: [shop/clerk]
nature: hard
aspect: time
expectation: 电话有人接
clauses:
  - { id: answer, level: must, text: 五声内接听, measure: { limit: <= 5 rings, attainment: ">= 90 %" } }
do: [{ id: smile, text: 微笑 }]
dont: [{ id: eat, text: 吃东西, reason: 听得见 }]
if_missed: 先道歉。
rationale: 顾客在等。
freedom: fixed
step: 3
sources: [{ reference: shop/source, clause: "1", basis: stated }]
"""
)
COMPARISON = "clauses: [stall/calls#answer, phone#answer]\nwhy: 摊位只有一个人。\n"


def files(order: int = 2) -> dict[str, Text]:
    return {
        "stall/pack.yml": {"whole": STALL.format(order=order)},
        "stall/standards/calls.yml": {"whole": STANDARD},
        "shop/comparisons/answered.yml": COMPARISON,
    }


def comparison(book: Handbook) -> Comparison:
    record = book["shop/answered"]
    assert isinstance(record, Comparison)
    return record


def page(book: Handbook, url: str) -> str:
    found = next(page for page in pages(book) if page.url == url)
    return Renderer(book, ROOT / "templates").markdown(found)


@pytest.mark.parametrize(
    ("order", "found"), [(2, ["shop/phone", "stall/calls"]), (0, ["stall/calls", "shop/phone"])]
)
def test_clauses_stand_in_the_order_of_the_packs(order: int, found: list[str], book: Make) -> None:
    made = book(files(order))
    assert [norm.standard.id for norm in ruled(made, comparison(made))] == found


def test_a_clause_that_is_not_in_force_is_left_out(book: Make) -> None:
    late = STANDARD.replace("effective: 2026-03-01", "effective: 2026-09-01")
    made = book({**files(), "stall/standards/calls.yml": {"whole": late}})
    assert [norm.standard.id for norm in ruled(made, comparison(made))] == ["shop/phone"]


def test_what_a_publication_hides_is_in_no_comparison(book: Make) -> None:
    handbook = BASE["files"]["handbook.yml"].replace(
        "publications: {", "publications: { guests: { title: 承诺, visibility: public, languages: [zh] }, "
    )
    shown = shown_in(
        book(
            {
                **files(),
                "handbook.yml": {"whole": handbook},
                "shop/comparisons/answered.yml": f"visibility: public\n{COMPARISON}",
                "shop/standards/phone.yml": "visibility: public\n",
            }
        ),
        "guests",
    )
    assert "五声" not in page(shown, "comparisons/")


def test_the_page_shows_each_business_with_its_number(book: Make) -> None:
    made = book(files())
    shown = page(made, "comparisons/")
    assert shown.index("3 声以内") < shown.index("5 声以内")
    assert 'data-side="stall"' in shown
    assert '<option value="stall">摊位</option>' in shown
    assert "至少 90% 做到" in page(made, "shop/comparisons/answered/")


def test_matters_on_which_most_rule_come_first(book: Make) -> None:
    own = "clauses: [phone#answer, phone#stand]\nwhy: 一家。\n"
    phone = """\
clauses:
  - { id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings } }
  - { id: stand, level: must, text: 接听时站着 }
"""
    made = book({**files(), "shop/standards/phone.yml": phone, "shop/comparisons/alone.yml": own})
    found = [row.told for row in standing.comparisons(made)]
    assert [(each.comparison.stem, each.businesses) for each in found] == [("answered", 2), ("alone", 1)]
    part = Part("shop", list(standing.comparisons(made)))
    assert standing.businesses(made, [part]) == ["shop", "stall"]
