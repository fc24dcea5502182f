"""The state of facilities as the filled forms tell it."""

from collections.abc import Callable, Mapping

import pytest

from generator.handbook import Handbook
from generator.inspections import Inspected, inspected
from generator.kinds.facility import Facility
from generator.kinds.location import Location
from tests.vocabulary import Text

Make = Callable[[Mapping[str, Text]], Handbook]

RAMP = """\
upkeep:
  - { id: clear, text: 看有没有堆东西, cycle: 每天, method: 目测, role: clerk, form: record }
  - { id: bell, text: 按一次铃, cycle: 每天, method: 秒表, role: clerk, form: record, limit: <= 2 min }
  - { id: paint, text: 补漆, cycle: 每年, method: 外包, role: clerk }
"""
FORM = """\
sections:
  - id: ramp
    title: 坡道
    items:
      - { id: clear, text: 没堆东西, answer: in-place, facility: ramp#clear }
      - { id: bell, text: 几分钟有人来, answer: number, facility: ramp#bell }
"""
OTHER = """\
address: 二号路 2 号
"""
HEAD = "sheet,form,on,location,inspector,section,item,answer\n"


def sheet(name: str, day: str, place: str, clear: str, bell: str) -> str:
    start = f"{name},record,{day},{place},manager,ramp"
    return f"{start},clear,{clear}\n{start},bell,{bell}\n"


def laid(book: Make, rows: str) -> Handbook:
    return book(
        {
            "shop/facilities/ramp.yml": RAMP,
            "shop/forms/record.yml": FORM,
            "shop/locations/branch.yml": OTHER,
            "shop/data/results.csv": {"whole": HEAD + rows},
        }
    )


def state(made: Handbook) -> Inspected:
    ramp = made["shop/ramp"]
    assert isinstance(ramp, Facility)
    return inspected(made, ramp)


@pytest.fixture
def made(book: Make) -> Handbook:
    rows = (
        sheet("s1", "2026-04-01", "store", "action-needed", "3"),
        sheet("s3", "2026-05-20", "store", "in-place", "2"),
        sheet("s2", "2026-05-01", "store", "action-needed", "1"),
        sheet("s4", "2026-05-02", "branch", "not-applicable", "2.5"),
    )
    return laid(book, "".join(rows))


def test_the_last_check_counts_at_each_place(made: Handbook) -> None:
    found = {
        entry.id: [(check.location and check.location.stem, f"{check.on}", check.verdict) for check in checks]
        for entry, checks in state(made).upkeep
    }
    assert found == {
        "clear": [("branch", "2026-05-02", "left-out"), ("store", "2026-05-20", "kept")],
        "bell": [("branch", "2026-05-02", "failed"), ("store", "2026-05-20", "kept")],
        "paint": [],
    }


def test_what_has_to_be_mended_stands_first(book: Make) -> None:
    rows = sheet("s1", "2026-05-01", "store", "action-needed", "1")
    rows += sheet("s2", "2026-05-01", "branch", "in-place", "1")
    [(_, checks), *_] = state(laid(book, rows)).upkeep
    assert [check.row.location for check in checks] == ["shop/store", "shop/branch"]


def test_a_number_is_judged_by_the_limit_of_the_facility(made: Handbook) -> None:
    [(_, _), (_, checks), _] = state(made).upkeep
    assert [(check.row.answer, str(check.limit), check.verdict) for check in checks] == [
        ("2.5", "<= 2 min", "failed"),
        ("2", "<= 2 min", "kept"),
    ]


def test_a_place_sees_its_own_checks(made: Handbook) -> None:
    store = made["shop/store"]
    assert isinstance(store, Location)
    assert [check.verdict for check in state(made).at(store)] == ["kept", "kept"]


def test_what_was_left_out_does_not_hide_the_last_check(book: Make) -> None:
    rows = sheet("s1", "2026-05-01", "store", "action-needed", "1")
    rows += sheet("s2", "2026-05-02", "store", "not-applicable", "1")
    [(_, [check]), *_] = state(laid(book, rows)).upkeep
    assert (f"{check.on}", check.verdict) == ("2026-05-01", "failed")


def test_without_filled_forms_nothing_is_known(book: Make) -> None:
    made = book({"shop/facilities/ramp.yml": RAMP, "shop/forms/record.yml": FORM})
    assert [checks for _, checks in state(made).upkeep] == [[], [], []]
