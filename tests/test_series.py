"""What the tables add up to, against sums worked out the slow way."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import prose
from generator.filled import asked, filled
from generator.handbook import Handbook
from generator.judging import holds
from generator.kinds.classification import Classification
from generator.kinds.finding import Finding
from generator.kinds.form import Form
from generator.kinds.metric import Metric
from generator.kinds.model import Model
from generator.kinds.rating import Rating, Weighted
from generator.limits import parse_limit
from generator.pages import pages
from generator.plots import (
    complaint_bars,
    failure_bars,
    figure,
    index_chart,
    metric_chart,
    period,
    share_bars,
)
from generator.progress import component, of_gap, progress, ranked, repeats_of
from generator.publication import shown_in, sound
from generator.render import Renderer
from generator.series import (
    Index,
    IndexPoint,
    Series,
    index,
    is_sample,
    parts,
    percent,
    series,
    untargeted,
)
from generator.tables.cells import read_span
from generator.tables.complaint import Complaint
from generator.tables.failure import Failure
from generator.tables.measurement import Measurement
from generator.tables.result import Result
from generator.tallies import complaints, tally
from tests.vocabulary import BASE, HERE, Text

Make = Callable[[Mapping[str, Text]], Handbook]

CALLS = "metric,location,period,numerator,denominator,value\n"
FAILED = "item,period,location,count\n"
SECOND = "version: 2.0\nchanges: [{ version: 2.0, on: 2026-02-01, note: 改 }]\neffective: 2026-05-01\n"
ENDS = "effective: 2026-01-01\n"


def whole(text: str) -> Text:
    return {"whole": text}


def metric(book: Handbook, name: str = "shop/calls") -> list[Series]:
    record = book[name]
    assert isinstance(record, Metric)
    return series(book, record)


def failures(book: Handbook) -> list[Index]:
    record = book["shop/failures"]
    assert isinstance(record, Rating)
    return index(book, record)


def row(item: str, count: int) -> Failure:
    return Failure.model_validate(
        {"item": f"shop/failures#{item}", "period": "2026-03", "location": "shop/store", "count": str(count)},
        context={"pack": "shop"},
    )


def rated(items: list[Weighted], combine: str) -> Rating:
    """A rating with just what an index is worked out from."""
    values: dict[str, Any] = {"items": items, "combine": combine}
    return Rating.model_construct(None, **values)


def counted(count: int, in_time: int | None, repeats: int | None) -> Complaint:
    values: dict[str, Any] = {"count": count, "in_time": in_time, "repeats": repeats}
    return Complaint.model_construct(None, **values)


WEIGHTS = st.decimals(0, 1000, places=2)
COUNTS = st.integers(0, 10**12 - 1)


@given(st.lists(st.tuples(WEIGHTS, COUNTS), min_size=1, max_size=30), st.sampled_from(["sum", "mean"]))
def test_an_index_is_the_slow_sum(pairs: list[tuple[Decimal, int]], combine: str) -> None:
    items = [
        Weighted.model_construct(id=f"i{n}", text="x", weight=weight) for n, (weight, _) in enumerate(pairs)
    ]
    rating = rated(items, combine)
    rows = [row(f"i{n}", count) for n, (_, count) in enumerate(pairs)]
    found = parts(rating, reversed(rows))
    total = sum(Fraction(weight) * count for weight, count in pairs)
    weights = sum(Fraction(weight) for weight, _ in pairs)
    assert sum((Fraction(part.weighted) for part in found), Fraction(0)) == total
    if combine == "mean" and weights:
        total /= weights
    value = IndexPoint(read_span("2026-03"), rating, found).value
    assert value is not None
    assert abs(Fraction(value) - total) <= total / 10**20
    shares = sum((part.share for part in found), Decimal(0))
    assert shares == 0 if not any(part.weighted for part in found) else abs(shares - 100) < Decimal("1e-20")


@given(st.lists(st.tuples(COUNTS, st.none() | COUNTS, st.none() | COUNTS), max_size=20))
def test_a_tally_is_the_slow_sum(rows: list[tuple[int, int | None, int | None]]) -> None:
    found = tally(counted(*row) for row in rows)
    assert found.count == sum(a for a, _, _ in rows)
    known = [b for _, b, _ in rows if b is not None]
    assert found.in_time == (sum(known) if rows and len(known) == len(rows) else None)
    if found.in_time is not None and found.count:
        assert found.share is not None
        exact = Fraction(100 * found.in_time, found.count)
        assert abs(Fraction(found.share) - exact) <= exact / 10**20
    else:
        assert found.share is None


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_percent_of_nothing_is_zero(part: int, all_of_it: int) -> None:
    assert percent(part, 0) == 0
    if all_of_it:
        exact = Fraction(100 * part, all_of_it)
        assert abs(Fraction(percent(part, all_of_it)) - exact) <= exact / 10**20


@pytest.mark.parametrize(
    ("limit", "value", "kept"),
    [
        (">= 97 %", "97", True),
        (">= 97 %", "96.9", False),
        ("< 10 per million", "10", False),
        ("2..5 min", "5", True),
        ("2..5 min", "1.99", False),
        ("= 0", "0", True),
        ("24 h", "23", False),
        ("grade A", "1", None),
        ("present", "1", None),
    ],
)
def test_a_limit_holds(limit: str, value: str, kept: bool | None) -> None:
    assert holds(parse_limit(limit), Decimal(value)) is kept


def test_a_series_breaks_where_the_meaning_changed_and_shows_what_is_missing(book: Make) -> None:
    data = CALLS + "".join(
        f"calls,store,{span},{n},100,{n}\n" for span, n in (("2026-05", 96), ("2026-03", 98), ("2026-01", 97))
    )
    made = book(
        {
            "shop/metrics/calls.yml": SECOND + 'target: ">= 95 %"\nalert: < 90 %\n',
            "shop/metrics/calls@1.yml": ENDS,
            "shop/data/measurements.csv": whole(data),
        }
    )
    [one] = metric(made)
    told = [
        [(str(point.span), point.row and int(point.row.value), point.good) for point in s]
        for s in one.stretches
    ]
    assert told == [
        [("2026-01", 97, True), ("2026-02", None, None), ("2026-03", 98, True)],
        [("2026-05", 96, True)],
    ]
    assert one.location is made["shop/store"]
    assert (one.latest.alarm, str(one.latest.span)) == (False, "2026-05")
    svg = metric_chart(made, one)
    assert svg.startswith("<svg")
    assert "\n\n" not in svg


def test_places_stand_apart_and_all_of_them_together_first(book: Make) -> None:
    data = CALLS + "calls,store,2026-03,96,100,96\ncalls,,2026-03,97,100,97\n"
    assert [
        one.location and one.location.id for one in metric(book({"shop/data/measurements.csv": whole(data)}))
    ] == [
        None,
        "shop/store",
    ]


def test_rows_after_the_shown_day_or_of_no_version_are_not_shown(book: Make) -> None:
    data = CALLS + "calls,store,2026-06,97,100,97\ncalls,store,2026-02,97,100,97\n"
    made = book({"shop/data/measurements.csv": whole(data)})
    assert metric(made) == []
    [one] = metric(made.on(date(2026, 6, 30)))
    assert [str(point.span) for stretch in one.stretches for point in stretch] == ["2026-06"]


def test_a_long_gap_breaks_a_series(book: Make) -> None:
    files = {
        "shop/metrics/calls.yml": ENDS + "period: day\n",
        "shop/data/measurements.csv": whole(
            CALLS + "".join(f"calls,store,2026-{day},97,100,97\n" for day in ("01-05", "01-07", "03-05"))
        ),
    }
    [one] = metric(book(files))
    assert [len(stretch) for stretch in one.stretches] == [3, 1]


def test_an_index_breaks_where_the_weights_change(book: Make) -> None:
    data = FAILED + "".join(
        f"failures#{item},{span},store,{count}\n"
        for span in ("2026-04", "2026-05")
        for item, count in (("late", 3), ("lost", 2))
    )
    made = book(
        {
            "shop/ratings/failures.yml": SECOND + "weights_version: 2\ntotal: 12\n"
            "items: [{ id: late, text: 晚, weight: 2 }, { id: lost, text: 丢, weight: 10 }]\n",
            "shop/ratings/failures@1.yml": ENDS,
            "shop/data/failures.csv": whole(data),
        }
    )
    [one] = failures(made)
    assert [[(str(point.span), str(point.value)) for point in stretch] for stretch in one.stretches] == [
        [("2026-04", "13")],
        [("2026-05", "26")],
    ]
    assert [(part.item.id, figure(part.share)) for part in one.latest.parts] == [
        ("late", "23.1"),
        ("lost", "76.9"),
    ]
    assert index_chart(one).startswith("<svg")
    assert "20 分" in share_bars(one.latest)


def test_an_index_without_an_item_has_no_value(book: Make) -> None:
    [one] = failures(book({"shop/data/failures.csv": whole(FAILED + "failures#late,2026-03,store,3\n")}))
    assert (one.latest.value, one.latest.parts) == (None, [])


FORM = """\
sections:
  - id: desk
    title: 柜台
    items:
      - { id: smile, text: 微笑, answer: yes-no, points: 5, critical: true }
      - { id: sheet, text: 单据, answer: in-place, points: 10 }
      - { id: taste, text: 味道, answer: score, points: 10 }
      - { id: rings, text: 几声, answer: number, clause: phone#answer, points: 5 }
      - { id: time, text: 几分钟, answer: number, points: 5 }
      - { id: mood, text: 气氛, answer: text }
bands:
  - { id: good, title: 好, limit: ">= 80 %", action: 表扬 }
  - { id: poor, title: 差, limit: "< 80 %", action: 重练 }
"""
ANSWERS = ("smile", "sheet", "taste", "rings", "time", "mood")


def results(*sheets: tuple[str, ...]) -> str:
    return "sheet,form,on,location,inspector,section,item,answer\n" + "".join(
        f"s{number},record,2026-03-{number + 1:02},store,manager,desk,{item},{answer}\n"
        for number, answers in enumerate(sheets)
        for item, answer in zip(ANSWERS, answers, strict=True)
    )


def test_filled_forms_are_judged(book: Make) -> None:
    data = results(
        ("yes", "not-applicable", "8", "3", "9", "好"),
        ("no", "in-place", "10", "3", "9", "好"),
        ("yes", "action-needed", "0", "4", "9", "好"),
    )
    made = book({"shop/forms/record.yml": FORM, "shop/data/results.csv": whole(data)})
    form = made["shop/record"]
    assert isinstance(form, Form)
    newest, second, first = filled(made, form)
    assert [(sheet.sheet, int(sheet.reached), int(sheet.possible)) for sheet in (first, second, newest)] == [
        ("s0", 18, 20),
        ("s1", 25, 30),
        ("s2", 5, 30),
    ]
    assert [sheet.band and sheet.band.id for sheet in (first, second, newest)] == ["good", "poor", "poor"]
    assert [failed.question.id for failed in second.critical] == ["smile"]
    assert [failed.question.id for failed in newest.failed] == ["sheet", "taste", "rings"]
    shares = {item.question.id: (item.failed, item.judged) for item in asked(made, form)}
    assert shares == {"sheet": (1, 2), "smile": (1, 3), "taste": (1, 3), "rings": (1, 3)}
    assert "50%" in failure_bars(asked(made, form))


def test_what_nobody_scored_has_no_share(book: Make) -> None:
    data = "sheet,form,on,inspector,section,item,answer\ns1,record,2026-03-05,manager,facts,what,停电\n"
    made = book({"shop/data/results.csv": whole(data)})
    form = made["shop/record"]
    assert isinstance(form, Form)
    [sheet] = filled(made, form)
    assert (sheet.share, sheet.band, sheet.location) == (None, None, None)
    assert asked(made, form) == []
    assert failure_bars([]) == ""


def test_complaints_are_counted_by_class_and_period(book: Make) -> None:
    data = (
        "class,period,location,count,in_time,repeats\ncomplaints#minor,2026-03,store,4,3,\n"
        "complaints#minor,2026-04,store,6,6,1\n"
    )
    made = book({"shop/data/complaints.csv": whole(data)})
    record = made["shop/complaints"]
    assert isinstance(record, Classification)
    [one] = complaints(made, record)
    assert [(item.id, own.count, str(own.share)) for item, own in one.classes] == [("minor", 10, "90")]
    assert [(str(span), own.count, own.repeats) for span, own in one.spans] == [
        ("2026-03", 4, None),
        ("2026-04", 6, 1),
    ]
    assert one.whole.repeats is None
    assert "10 起" in complaint_bars(one)


ACTION = "actions: [{{ id: a, text: 改, who: clerk, due: 2026-05-01, state: {} }}]\n"
PROVED = "done, evidence: 照片, verified: { on: 2026-05-10, by: manager, effective: true }"


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("open", "overdue"),
        ("done, evidence: 照片", "unproved"),
        ("dropped", "unproved"),
        (PROVED, "closed"),
        (PROVED.replace("true", "false"), "unproved"),
    ],
)
def test_how_far_a_finding_is(state: str, told: str, book: Make) -> None:
    made = book({"shop/findings/slow.yml": ACTION.format(state)})
    finding = made["shop/slow"]
    assert isinstance(finding, Finding)
    assert progress(made, finding) == told


def test_findings_stand_by_rank_closed_ones_last(book: Make) -> None:
    made = book(
        {
            "shop/findings/slow.yml": "rank: 1\n" + ACTION.format(PROVED),
            "shop/findings/late.yml": "rank: 3\nrepeat_of: slow\n",
            "shop/findings/odd.yml": "rank: 2\ngap: doing\n",
        }
    )
    assert [finding.stem for finding, _ in ranked(made, "shop")] == ["odd", "late", "slow"]
    model, slow = made["shop/two-gaps"], made["shop/slow"]
    assert isinstance(model, Model)
    assert isinstance(slow, Finding)
    assert [finding.stem for finding, _ in of_gap(made, model, "setting")] == ["late", "slow"]
    assert [finding.stem for finding in repeats_of(made, slow)] == ["late"]
    found = component(made, slow)
    assert found
    assert found.title == "标准"


def test_metrics_without_a_target_are_listed(book: Make) -> None:
    made = book(
        {
            "shop/metrics/calls.yml": "target: none\n",
            "shop/data/measurements.csv": whole(CALLS + "calls,store,2026-03,97,100,97\n"),
        }
    )
    assert [record.id for record in untargeted(made)] == ["shop/calls"]
    [one] = metric(made)
    assert one.latest.good is None


def test_sample_figures_are_known(book: Make) -> None:
    data = whole(CALLS + "calls,store,2026-03,97,100,97\n")
    made = book({"shop/data/measurements.csv": data, "shop/pack.yml": "demonstration: true\n"})
    assert is_sample(made, made["shop/calls"])
    assert not is_sample(made, made["shop/phone"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026", "2026 年"),
        ("2026-Q3", "2026 年三季度"),
        ("2026-10", "2026 年 10 月"),
        ("2026-W01", "2026 年第 1 周"),
        ("2026-10-05", "2026 年 10 月 5 日"),
    ],
)
def test_periods_in_words(text: str, words: str) -> None:
    assert period(read_span(text)) == words


# Publications -----------------------------------------------------------------------------------------------

HANDBOOK = BASE["files"]["handbook.yml"].replace(
    "private_hosting: 示范 } }",
    "private_hosting: 示范 }, guests: { title: 承诺, visibility: public, languages: [zh] } }",
)


def two_shops(book: Make, files: Mapping[str, Text]) -> Handbook:
    data = CALLS + "calls,store,2026-04,97,100,97\ncalls,vault,2026-04,1,100,1\ncalls,,2026-04,98,100,98\n"
    return book(
        {
            "handbook.yml": whole(HANDBOOK),
            "shop/locations/vault.yml": "visibility: restricted\npacks: []\n",
            "shop/data/measurements.csv": whole(data),
            **files,
        }
    )


def test_rows_of_hidden_places_are_gone(book: Make) -> None:
    left = shown_in(two_shops(book, {}), "staff")
    assert [one.location and one.location.id for one in metric(left)] == [None, "shop/store"]
    assert len(left.rows) == 2


def test_rows_of_hidden_records_are_gone(book: Make) -> None:
    left = shown_in(two_shops(book, {"shop/metrics/calls.yml": "visibility: restricted\n"}), "staff")
    assert left.rows == ()


def test_rows_of_a_hidden_version_are_gone(book: Make) -> None:
    files = {"shop/metrics/calls.yml": SECOND, "shop/metrics/calls@1.yml": "visibility: restricted\n"}
    assert shown_in(two_shops(book, files), "staff").rows == ()


def test_a_row_loses_its_hidden_finding_only(book: Make) -> None:
    head = "sheet,form,on,inspector,section,item,answer,finding\n"
    data = f"{head}s1,record,2026-03-05,manager,facts,what,停电,slow\n"
    files = {"shop/findings/slow.yml": "visibility: restricted\n", "shop/data/results.csv": whole(data)}
    [row] = [row for row in shown_in(two_shops(book, files), "staff").rows if isinstance(row, Result)]
    assert (row.answer, row.finding, row.pack) == ("停电", None, "shop")


def test_rows_of_a_faulty_table_are_left_out(book: Make) -> None:
    made = two_shops(book, {})
    assert sound(made, {"standards/shop/data/measurements.csv"}).rows == ()
    assert [type(row) for row in sound(made, set()).rows] == [Measurement] * 3


MARKS = ("73.219", "61.7", "zq7note", "zq7sheet", "zq7choice", "4711", "851")


def rendered(book: Handbook) -> str:
    """Every page as one text."""
    renderer = Renderer(book, HERE.parent / "templates")
    return "\n".join(renderer.markdown(page) for page in pages(book))


def test_hidden_rows_leave_no_byte(book: Make) -> None:
    """Each row is hidden by something else: its place, its record, its version."""
    files: dict[str, Text] = {
        "handbook.yml": whole(HANDBOOK.replace("visibility: public", "visibility: restricted")),
        "shop/locations/vault.yml": "visibility: restricted\npacks: []\n",
        "shop/metrics/quits.yml": SECOND,
        "shop/metrics/quits@1.yml": "visibility: restricted\n",
        "shop/forms/secret.yml": "visibility: restricted\n",
        "shop/data/measurements.csv": whole(
            "metric,location,period,numerator,value,note\ncalls,vault,2026-04,1,73.219,zq7note\n"
            "calls,store,2026-04,1,55.5,seen\nquits,store,2026-04,1,61.7,\n"
        ),
        "shop/data/results.csv": whole(
            "sheet,form,on,inspector,section,item,answer\nzq7sheet,secret,2026-04-01,manager,facts,what,zq7choice\n"
        ),
        "shop/data/failures.csv": whole(
            FAILED + "failures#late,2026-04,vault,4711\nfailures#lost,2026-04,vault,0\n"
        ),
        "shop/data/complaints.csv": whole(
            "class,period,location,count\ncomplaints#minor,2026-04,vault,851\n"
        ),
    }
    made = book(files)
    hidden, told = rendered(shown_in(made, "staff")), rendered(shown_in(made, "guests"))
    assert [mark for mark in MARKS if mark in hidden] == []
    assert "55.5" in hidden
    assert [
        mark for mark in ("73.219", "61.7", "zq7note", "zq7sheet", "4711", "851") if mark not in told
    ] == []


def test_no_answer_or_note_is_markup(book: Make) -> None:
    note = "<b>x</b> **y** ]]> {{ 7 }}"
    files = {
        "shop/data/measurements.csv": whole(f"metric,period,numerator,value,note\ncalls,2026-04,1,1,{note}\n")
    }
    told = rendered(book(files))
    assert "<b>x</b>" not in told
    assert prose.escape(note) in told
