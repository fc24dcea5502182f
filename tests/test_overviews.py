"""The overviews: what their rows say, how they part into pages, what a publication leaves out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import generator.pages
from generator import matrices, overviews, standing, trace
from generator.export import feeds
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.kinds.location import Location
from generator.kinds.procedure import Procedure
from generator.kinds.reference import Reference
from generator.load import RESERVED
from generator.messages import say
from generator.overviews import Overview, Part, Row, Table, in_parts, sheets
from generator.pages import TABLES, navigation, pages
from generator.problems import Level, Place, Problem
from generator.publication import shown_in
from generator.render import Renderer
from tests.vocabulary import BASE, Text

ROOT = Path(__file__).parents[1]
Make = Callable[[Mapping[str, Text]], Handbook]

OVERVIEWS = {
    *("scripts", "forms", "courses", "responsibilities", "coverage", "metrics", "register"),
    *("changes", "reviews", "references", "gaps"),
}
MEASURED = """\
clauses:
  - { id: answer, level: must, text: 三声内接听, measure: { limit: <= 3 rings, metric: calls } }
"""
COURSE = """\
audience: [clerk]
objectives: [{ id: greet, text: 会问候 }]
method: 对练
trainer: manager
modules: [{ id: one, title: 问候, records: [phone] }]
required_before: [clerk]
renewal: 12 months
"""
CASE = """\
industry: 零售
outcome: failure
situation: 没人接电话。
action: 等。
cause: 没人值班。
lesson: 安排值班。
teaches: [phone#answer]
"""


LEFT_OUT = ("courses", "cases", "customer-groups", "facilities", "guides", "policies", "models")


@pytest.fixture
def book(book: Make) -> Make:
    """The tiny handbook without the kinds that the tests lay over it themselves."""
    bare = {name: None for name in BASE["files"] if name.split("/")[-2:][0] in LEFT_OUT}
    return lambda files: book({**bare, **files})


def rows(found: Any, table: str = "") -> list[Any]:
    return [row.told for row in found if table in ("", row.table)]


def page(book: Handbook, url: str, problems: tuple[Problem, ...] = ()) -> str:
    """A page as it is rendered."""
    found = next(page for page in pages(book, problems) if page.url == url)
    return Renderer(book, ROOT / "templates").markdown(found)


def urls(book: Handbook) -> list[str]:
    return [page.url for page in pages(book)]


# Coverage --------------------------------------------------------------------------------------------------


def covered(book: Handbook) -> dict[str, tuple[int, str | None]]:
    """Column -> how much the only contact has of it, and whom to ask where it has nothing."""
    [contact] = rows(matrices.coverage(book))
    return {cell.column: (cell.number, cell.gap.until_then if cell.gap else None) for cell in contact.cells}


def test_a_contact_has_what_leads_to_it(book: Make) -> None:
    found = covered(book({"shop/standards/phone.yml": MEASURED}))
    assert found == {
        "standard": (1, None),
        "script": (0, None),
        "do": (2, None),
        "procedure": (0, None),
        "form": (0, None),
        "metric": (1, None),
        "course": (0, None),
        "case": (0, None),
    }


@pytest.mark.parametrize(
    ("column", "files"),
    [
        ("script", {"shop/scripts/greeting.yml": "touchpoints: [counter]\n"}),
        ("script", {"shop/standards/phone.yml": "scripts: [greeting]\n"}),
        ("procedure", {"shop/procedures/sale.yml": "touchpoints: [counter]\n"}),
        ("form", {"shop/standards/phone.yml": "forms: [record]\n"}),
        (
            "form",
            {
                "shop/forms/record.yml": "sections: [{ id: a, title: 一, items: "
                "[{ id: b, text: 接了吗, clause: phone#answer, answer: yes-no }] }]\n"
            },
        ),
        ("course", {"shop/courses/first.yml": COURSE}),
        ("case", {"shop/cases/lost.yml": CASE}),
    ],
)
def test_what_fills_a_hole(column: str, files: dict[str, Text], book: Make) -> None:
    assert covered(book({}))[column] == (0, None)
    assert covered(book(files))[column] == (1, None)


def test_a_hole_with_a_gap_names_the_person(book: Make) -> None:
    gaps = "gaps: [{ id: queue, text: 排几个人？, until_then: manager }"
    files = {"shop/touchpoints/counter.yml": f"{gaps}]\n"}
    assert covered(book(files))["case"] == (0, "shop/manager")
    assert "缺</span><small> 先问" in page(book(files), "coverage/")
    named = {
        "shop/touchpoints/counter.yml": f"{gaps}, {{ id: case-none, text: 哪个案例？, until_then: clerk }}]\n"
    }
    assert covered(book(named))["case"] == (0, "shop/clerk")
    assert covered(book(named))["standard"] == (1, None)


def test_contacts_stand_in_the_order_of_the_journey(book: Make) -> None:
    stages = "stages: [{ id: a, title: 来, touchpoints: [zebra, counter] }]\n"
    files = dict.fromkeys(("shop/touchpoints/zebra.yml", "shop/touchpoints/apart.yml"), "")
    handbook = book({**files, "shop/journeys/visit.yml": stages})
    found = rows(matrices.coverage(handbook))
    assert [(one.touchpoint.stem, one.stage) for one in found] == [
        ("zebra", "来"),
        ("counter", "来"),
        ("apart", None),
    ]


# Responsibilities ------------------------------------------------------------------------------------------


def duties(book: Handbook, table: str) -> dict[str, dict[str, list[str]]]:
    return {duty.record.stem: duty.parts for duty in rows(matrices.responsibilities(book), table)}


def test_who_does_and_who_takes_over(book: Make) -> None:
    steps = """\
roles: [clerk, manager]
steps:
  - { id: greet, role: clerk, action: 问候 }
  - { id: ask, role: clerk, action: 问, handoff: { to: manager, by: 当面, confirmed: 点头 } }
  - { id: pay, role: manager, action: 收款 }
  - { id: bye, role: clerk, action: 道别 }
"""
    handbook = book({"shop/procedures/sale.yml": steps})
    assert duties(handbook, "procedures")["sale"] == {
        "shop/clerk": ["do"],
        "shop/manager": ["do", "take-over", "answer", "approve"],
    }
    shown = page(handbook, "responsibilities/")
    assert "做 1–2、4" in shown
    assert "做 3、接手、负责、批准" in shown


def test_who_inspects(book: Make) -> None:
    inspection = {
        "shop/standards/phone.yml": "forms: [record]\n",
        "shop/forms/record.yml": "purpose: inspection\n",
    }
    assert duties(book({}), "standards")["phone"] == {
        "shop/clerk": ["do"],
        "shop/manager": ["answer", "approve"],
    }
    assert "没有人检查" in page(book({}), "responsibilities/")
    assert duties(book(inspection), "standards")["phone"]["shop/manager"] == ["inspect", "answer", "approve"]
    assert duties(book(inspection), "forms")["record"]["shop/manager"] == ["inspect", "answer", "approve"]
    assert "没有人检查" not in page(book(inspection), "responsibilities/")


def test_a_record_that_is_filled_in_inspects_nobody(book: Make) -> None:
    handbook = book({"shop/standards/phone.yml": "forms: [record]\n"})
    assert "inspect" not in duties(handbook, "standards")["phone"]["shop/manager"]
    assert duties(handbook, "forms")["record"]["shop/manager"] == ["fill-in", "answer", "approve"]


@pytest.mark.parametrize(
    ("numbers", "said"), [([], ""), ([2], "2"), ([1, 2, 3], "1–3"), ([1, 2, 4, 6, 7], "1–2、4、6–7")]
)
def test_numbers_in_short(numbers: list[int], said: str) -> None:
    assert matrices.spans(numbers) == said


# Courses ---------------------------------------------------------------------------------------------------


def test_posts_without_a_course_are_told(book: Make) -> None:
    found = {
        row.role.stem: row
        for row in rows(matrices.courses(book({"shop/courses/first.yml": COURSE})), "posts")
    }
    assert [course.stem for course in found["clerk"].before] == ["first"]
    assert (found["clerk"].during, [path.stem for path in found["clerk"].paths]) == ([], ["newcomer"])
    assert (found["manager"].before, found["manager"].during) == ([], [])
    assert page(book({"shop/courses/first.yml": COURSE}), "courses/").count("还没有课程") == 1


def test_a_course_that_is_not_asked_for_first_is_learned_in_the_post(book: Make) -> None:
    handbook = book(
        {"shop/courses/first.yml": COURSE.replace("required_before: [clerk]", "# without: required_before")}
    )
    [clerk, _] = rows(matrices.courses(handbook), "posts")
    assert (clerk.before, [course.stem for course in clerk.during]) == ([], ["first"])


# Development -----------------------------------------------------------------------------------------------

DEVELOPS = """\
develops: true
steps:
  - { id: list, role: clerk, action: 列出接触，一处一行 }
  - { id: choose, role: manager, action: 挑出要定的 }
  - { id: measure, role: clerk, action: 定数 }
  - { id: judge, role: manager, action: 评一次 }
"""


def test_where_each_standard_stands(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/procedures/sale.yml": DEVELOPS,
        "shop/standards/bell.yml": "step: 2\n",
        "shop/standards/door.yml": "step: 4\n",
    }
    handbook = book(files)
    found = [
        (one.standard.stem, one.reached and one.reached.id, one.next and one.next.id)
        for one in rows(standing.development(handbook))
    ]
    assert found == [("bell", "choose", "measure"), ("phone", "measure", "judge"), ("door", "judge", None)]
    shown = page(handbook, "development/")
    assert "已到第 2 步：挑出要定的" in shown
    assert "第 4 步：评一次" in shown
    assert "按期复审" in shown


def test_the_procedure_counts_the_standards_at_each_step(book: Make) -> None:
    handbook = book({"shop/procedures/sale.yml": DEVELOPS, "shop/standards/bell.yml": "step: 3\n"})
    procedure = handbook["shop/sale"]
    assert isinstance(procedure, Procedure)
    assert standing.at_step(handbook, procedure) == [0, 0, 2, 0]
    assert "2 份标准走到这一步" in page(handbook, "shop/procedures/sale/")


def test_without_such_a_procedure_nobody_counts_steps(book: Make) -> None:
    assert rows(standing.development(book({}))) == []
    assert "走到哪一步" not in page(book({}), "shop/procedures/sale/")
    assert "第 3 步，共 8 步" in page(book({}), "shop/standards/phone/")


# Changes and reviews ---------------------------------------------------------------------------------------

NOTES = """\
version: 1.2
changes:
  - { version: 1.2, on: 2026-05-20, note: 新说法 }
  - { version: 1.1, on: 2025-03-02, note: 旧说法 }
"""


def test_changes_of_the_last_year_and_of_the_years_before(book: Make) -> None:
    handbook = book({"shop/terms/ring.yml": NOTES})
    found = [(row.of, row.told.change.note) for row in overviews.changes(handbook)]
    assert found == [("shop", "新说法"), (2025, "旧说法")]
    assert "新说法" in page(handbook, "changes/")
    assert "旧说法" not in page(handbook, "changes/")
    assert "旧说法" in page(handbook, "changes/2025/")
    assert 'href="../changes/2025/"' in page(handbook, "changes/")


def test_a_past_years_page_holds_the_whole_year(book: Make) -> None:
    late = NOTES.replace("2026-05-20", "2025-11-30")
    found = [(row.of, row.told.change.note) for row in overviews.changes(book({"shop/terms/ring.yml": late}))]
    assert found == [("shop", "新说法"), (2025, "新说法"), (2025, "旧说法")]


def test_no_change_is_told_twice(book: Make) -> None:
    kept = "version: 1.1\nchanges: [{ version: 1.1, on: 2026-04-01, note: 改字 }]\n"
    new = """\
version: 2.0
effective: 2026-07-01
review_by: 2027-07-01
changes:
  - { version: 2.0, on: 2026-05-20, note: 改意思 }
  - { version: 1.1, on: 2026-04-01, note: 改字 }
"""
    handbook = book({"shop/terms/ring@1.yml": kept, "shop/terms/ring.yml": new})
    found = rows(overviews.changes(handbook))
    assert [(one.change.note, one.record.version.major) for one in found] == [("改意思", 2), ("改字", 1)]
    assert "从 7 月 1 日起" in page(handbook, "changes/")


def test_reviews_are_late_due_or_later(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/terms/late.yml": "review_by: 2026-05-31\n",
        "shop/terms/due.yml": "review_by: 2026-06-30\n",
        "shop/terms/later.yml": "review_by: 2026-07-01\n",
        "shop/terms/over.yml": "status: withdrawn\nends: 2026-04-01\nreview_by: 2026-05-01\n",
        "shop/terms/fresh.yml": "effective: 2026-05-01\n",
    }
    found = list(overviews.reviews(book(files)))
    assert [row.told.record.stem for row in found if row.table == "late"] == ["late"]
    assert [row.told.record.stem for row in found if row.table == "due"] == ["due"]
    assert "later" in [row.told.record.stem for row in found if row.table == "later"]
    assert [row.told.stem for row in found if row.table == "fresh"] == ["fresh"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-06-01", "2026-04-01", "2026-06-30"),
        ("2026-12-31", "2026-10-01", "2026-12-31"),
        ("2024-01-01", "2024-01-01", "2024-03-31"),
    ],
)
def test_quarters(day: str, first: str, last: str) -> None:
    assert overviews.quarter(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))


# Scripts, metrics, forms, references, gaps, facilities -----------------------------------------------------


def test_scripts_in_the_order_in_which_they_are_met(book: Make) -> None:
    files = {"shop/scripts/bye.yml": "touchpoints: [counter]\n", "shop/scripts/any.yml": ""}
    found = rows(overviews.scripts(book(files)), "scripts")
    assert [(one.script.stem, one.touchpoint.stem if one.touchpoint else "") for one in found] == [
        ("bye", "counter"),
        ("any", ""),
        ("greeting", ""),
    ]


def test_the_season_of_this_month_comes_first(book: Make) -> None:
    seasons = {"spring": "Apr-May", "now": "Jun", "winter": "Nov-Jun", "next": "Jul"}
    files = {f"shop/scripts/{name}.yml": f"season: {season}\n" for name, season in seasons.items()}
    found = rows(overviews.scripts(book(files)), "outbound")
    assert [(one.script.stem, one.due) for one in found] == [
        ("now", True),
        ("winter", True),
        ("next", False),
        ("spring", False),
    ]


def test_metrics_name_their_clauses_and_say_where_no_target_is(book: Make) -> None:
    [reported] = rows(overviews.metrics(book({"shop/standards/phone.yml": MEASURED})))
    assert [(norm.standard.stem, norm.clause.id) for norm in reported.norms] == [("phone", "answer")]
    assert rows(overviews.metrics(book({"shop/standards/phone.yml": ""})))[0].norms == []
    assert "不设目标</span>" not in page(book({}), "metrics/")
    assert "不设目标</span>" in page(book({"shop/metrics/calls.yml": "target: none\n"}), "metrics/")


def test_forms_by_purpose(book: Make) -> None:
    files = {"shop/forms/zoo.yml": "purpose: inspection\n"}
    assert [form.stem for form in rows(overviews.forms(book(files)))] == ["zoo", "record"]


def test_clauses_and_the_records_that_cite_them(book: Make) -> None:
    clauses = 'clauses: [{ clause: "2", title: 送别 }, { clause: "1", title: 接待 }]\n'
    handbook = book({"shop/references/source.yml": clauses})
    source = handbook["shop/source"]
    assert isinstance(source, Reference)
    found = {one.clause: {record.stem for record in one.records} for one in trace.trace(handbook, source)}
    assert list(found) == ["2", "1"]
    assert found["2"] == set()
    assert found["1"] >= {"phone", "sale", "greeting", "complaints", "record", "calls"}
    [cited] = rows(trace.references(handbook), "references")
    assert (cited.cited, cited.uncited, cited.records) == (1, 1, len(found["1"]))
    assert "没有用到" in page(handbook, "shop/references/source/")


def test_a_much_cited_document_lists_its_users_pack_by_pack(
    book: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook = book({})
    assert 'shop/scripts/greeting/"' in page(handbook, "shop/references/source/").split("hb-admin")[0]
    monkeypatch.setattr(trace, "MOST_CITING", 3)
    own = page(handbook, "shop/references/source/").split("hb-admin")[0]
    assert 'shop/scripts/greeting/"' not in own
    assert 'href="../../../shop/shop/references/source/"' in own
    assert 'shop/scripts/greeting/"' in page(handbook, "shop/shop/references/source/")


def test_what_is_no_longer_sure_comes_first(book: Make) -> None:
    files = {
        "shop/references/apt.yml": "",
        "shop/references/old.yml": "standing: superseded\nsuperseded_by: apt\n",
        "shop/references/new.yml": "standing: unverified\n",
    }
    found = rows(trace.references(book(files)), "references")
    assert [one.reference.stem for one in found] == ["old", "new", "apt", "source"]


def test_promises_lead_to_their_standard(book: Make) -> None:
    promise = "promise: { text: 三声内接听, channel: 官网, since: 2026-03-01, evidence: 月报 }\n"
    assert rows(trace.references(book({})), "promises") == []
    [promised] = rows(trace.references(book({"shop/standards/phone.yml": promise})), "promises")
    assert (promised.standard.stem, [clause.id for clause in promised.measured]) == ("phone", ["answer"])


def test_gaps_stubs_waivers_and_warnings(book: Make) -> None:
    model = """\
diagram: list
count: 2
components: [{ id: a, title: 有, text: 说明。 }, { id: b, title: 没写 }]
use: 讨论。
waivers: [{ check: vague-word, reason: 引文, until: 2026-09-01 }]
"""
    guide = (
        "roles: [clerk]\npoints: [{ id: a, point: 只有一句 }, { id: b, point: 有办法, measure: 去做。 }]\n"
    )
    handbook = book(
        {"shop/models/triangle.yml": {"whole": model + BASE["envelope"]}, "shop/guides/opening.yml": guide}
    )
    warning = Problem(Place("standards/shop/terms/ring.yml", 1, 1), "late", say("late"), Level.WARNING)
    found = [*overviews.gaps(handbook), *overviews.warnings([warning])]
    assert sorted(row.told.title for row in found if row.table == "stubs") == ["只有一句", "没写"]
    assert [row.told.waiver.check for row in found if row.table == "waivers"] == ["vague-word"]
    assert [row.told for row in found if row.table == "warnings"] == [warning]
    assert "standards/shop/terms/ring.yml" in page(handbook, "gaps/", (warning,))


def test_a_location_names_its_facilities(book: Make) -> None:
    facility = """\
roles: [clerk]
requirements: [{ id: one, level: must, text: 有一把 }]
upkeep: [{ id: look, text: 看一眼, cycle: 每天, method: 目测, role: clerk }]
if_broken: 换。
"""
    elsewhere = facility + "distribution: { locations: [kiosk] }\n"
    handbook = book(
        {
            "shop/facilities/chair.yml": facility,
            "shop/facilities/lamp.yml": elsewhere,
            "shop/locations/kiosk.yml": "",
        }
    )
    store = handbook["shop/store"]
    assert isinstance(store, Location)
    assert [one.stem for one in overviews.present(handbook, store)] == ["chair"]
    assert "facilities/chair/" in page(handbook, "shop/locations/store/")


# Pages -----------------------------------------------------------------------------------------------------


def overview(*sizes: int, most: int = 400) -> Overview:
    parts = [Part(f"pack{n}", [Row(f"pack{n}", "t", i) for i in range(size)]) for n, size in enumerate(sizes)]
    return Overview(Table("metrics", "指标", "", lambda book: (), most=most), parts)


def part_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every pack of every overview on its own page, as in a handbook too long for one."""
    monkeypatch.setattr(Overview, "apart", property(lambda self: self.parts))


def parted(made: Overview) -> dict[str, list[int]]:
    """Address -> the sizes of the parts that stand there."""
    return {sheet.url: [len(part.lines) for part in sheet.parts] for sheet in sheets(made)}


def test_what_is_short_stands_on_one_page() -> None:
    made = overview(100, 50)
    assert parted(made) == {"metrics/": [100, 50]}
    assert made.address(made.parts[1]) == "metrics/#pack1"


def test_what_is_long_stands_pack_by_pack() -> None:
    made = overview(100, 51)
    assert parted(made) == {"metrics/": [], "pack0/metrics/": [100], "pack1/metrics/": [51]}
    assert made.address(made.parts[1]) == "pack1/metrics/"


def test_what_is_longer_goes_on_on_the_next_page() -> None:
    found = parted(overview(1000))
    assert found == {
        "metrics/": [],
        "pack0/metrics/": [400],
        "pack0/metrics/page_2/": [400],
        "pack0/metrics/page_3/": [200],
    }
    rows_of = [row.told for sheet in sheets(overview(1000)) for part in sheet.parts for row in part.lines]
    assert rows_of == list(range(1000))


def test_pages_name_each_other(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    part_all(monkeypatch)
    files = {f"shop/metrics/m{number}.yml": "" for number in range(5)}
    handbook = book(files)
    assert "shop/metrics/" in urls(handbook)
    assert 'href="../shop/metrics/"' in page(handbook, "metrics/")
    assert "m4" not in page(handbook, "metrics/")
    assert 'href="../../shop/metrics/m4/"' in page(handbook, "shop/metrics/")
    assert 'href="../shop/metrics/"' in page(handbook, "shop/")


def test_packs_stand_in_their_order() -> None:
    class Fake:
        def __init__(self, order: int) -> None:
            self.order = order

    packs: Any = {"a": Fake(2), "b": Fake(1)}
    found = in_parts([Row(2024, "t", 1), Row("a", "t", 2), Row("b", "t", 3), Row(2025, "t", 4)], packs)
    assert [part.of for part in found] == ["b", "a", 2025, 2024]


def test_no_two_pages_have_one_address(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    part_all(monkeypatch)
    found = pages(book({"shop/terms/ring.yml": NOTES, "shop/courses/first.yml": COURSE}))
    files = [page.file for page in found]
    assert sorted(set(files)) == sorted(files)


def test_names_of_overviews_are_reserved() -> None:
    assert {*OVERVIEWS, "look-up"} <= RESERVED
    shared = OVERVIEWS & {kind.folder for kind in KINDS}
    assert shared == {"scripts", "forms", "courses", "metrics", "references"}


def test_the_look_up_page_leads_to_every_overview(book: Make) -> None:
    handbook = book({"shop/terms/ring.yml": NOTES})
    shown = page(handbook, "look-up/")
    assert [name for name in OVERVIEWS if f'href="../{name}/"' not in shown] == []
    assert [page.url for page in pages(handbook) if page.url.rstrip("/") in OVERVIEWS and not page.line] == []


def test_what_would_be_empty_is_left_out(book: Make) -> None:
    assert "metrics/" not in urls(book({"shop/metrics/calls.yml": None}))
    assert "changes/" not in urls(book({}))
    assert {"register/", "gaps/"} <= set(urls(book({})))


def test_the_navigation_stays_small(book: Make) -> None:
    look_ups = next(entry for entry in navigation(book({})) if entry.title == "查阅")
    assert [entry.file for entry in look_ups.entries] == [
        "look-up/index.md",
        "coming/index.md",
        "history/index.md",
        "glossary/index.md",
    ]
    files = {page.file for page in pages(book({}))}
    assert {entry.file for entry in look_ups.entries} <= files


# Publications ----------------------------------------------------------------------------------------------

TWO = """\
publish: staff
publications:
  staff: { title: 手册, visibility: internal, languages: [zh], private_hosting: 示范 }
  guests: { title: 承诺, visibility: public, languages: [zh] }
"""


def test_the_public_gets_no_table_for_people_at_work(book: Make) -> None:
    handbook = book({"handbook.yml": TWO, "shop/terms/ring.yml": f"visibility: public\n{NOTES}"})
    names = {url.partition("/")[0] for url in urls(shown_in(handbook, "guests"))}
    assert names & OVERVIEWS == {"changes"}
    assert {url.partition("/")[0] for url in urls(shown_in(handbook, "staff"))} >= OVERVIEWS


def test_what_is_hidden_is_in_no_count(book: Make) -> None:
    files: dict[str, Text] = {
        "handbook.yml": TWO,
        "shop/standards/phone.yml": "scripts: [greeting, secret]\n" + MEASURED,
        "shop/scripts/secret.yml": "visibility: restricted\ntouchpoints: [counter]\n" + NOTES,
    }
    whole = book(files)
    shown = shown_in(whole, "staff")
    assert covered(whole)["script"] == (2, None)
    assert covered(shown)["script"] == (1, None)
    assert rows(overviews.changes(shown)) == []
    [before], [after] = (rows(trace.references(one), "references") for one in (whole, shown))
    hidden = {record.id for record in whole.users(whole["shop/source"])} - set(shown.records)
    assert "shop/secret" in hidden
    assert before.records - after.records == len(hidden)
    assert "secret" not in "".join(page(shown, f"{name}/") for name in sorted(OVERVIEWS - {"changes"}))


def test_a_sheet_of_paper_is_looked_up_pack_by_pack(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    handbook = book({"shop/terms/ring.yml": "code: A-1\n", "shop/terms/bell.yml": "code: A-2\n"})
    assert page(handbook, "history/").count("data-filter-code") == 2
    part_all(monkeypatch)
    assert 'data-filter-text="A&#45;1 A&#45;2"' in page(handbook, "history/")
    assert "A&#45;1 到 A&#45;2，2 份" in page(handbook, "history/")
    assert page(handbook, "shop/history/").count("data-filter-code") == 2


def test_a_big_overview_is_made_once(book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask for the rows of an overview once, however many pages it has."""
    part_all(monkeypatch)
    calls = []

    def counted(book: Handbook) -> Any:
        calls.append(book)
        return overviews.metrics(book)

    tables = tuple(replace(table, rows=counted) if table.name == "metrics" else table for table in TABLES)
    monkeypatch.setattr(generator.pages, "TABLES", tables)
    assert len([page for page in pages(book({})) if page.template == "metrics"]) == 2
    assert len(calls) == 1


# Feeds -----------------------------------------------------------------------------------------------------

ATOM = "{http://www.w3.org/2005/Atom}"
ODD = """\
title: '<b>&"名,称;'
version: 1.1
code: A-1
changes: [{ version: 1.1, on: 2026-05-20, note: "<i>&amp; 新" }]
"""


def events(calendar: str) -> list[dict[str, str]]:
    """The events of a calendar, read as RFC 5545 says: unfolded first, then name and value."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name.partition(";")[0]] = re.sub(r"\\([\\;,])", r"\1", value)
    return found


def test_the_feed_of_changes_is_atom(book: Make) -> None:
    feed = ElementTree.fromstring(feeds(book({"shop/terms/ring.yml": ODD}))["changes.xml"])
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == '<b>&"名,称; 1.1'
    assert entry.findtext(f"{ATOM}summary") == "<i>&amp; 新"
    assert entry.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}updated") == "2026-05-20T00:00:00Z"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "shop/terms/ring/"


def test_names_in_feeds_outlive_a_new_name(book: Make) -> None:
    def ids(made: Handbook) -> set[str]:
        feed = ElementTree.fromstring(feeds(made)["changes.xml"])
        return {entry.findtext(f"{ATOM}id") or "" for entry in feed.iter(f"{ATOM}entry")}

    moved = {"shop/terms/ring.yml": None, "shop/terms/bell.yml": ODD + "formerly: [ring]\n"}
    made = book(moved)
    assert ids(made) == ids(book({"shop/terms/ring.yml": ODD, "shop/terms/bell.yml": ""}))


def test_the_reviews_are_a_calendar(book: Make) -> None:
    calendar = feeds(book({"shop/terms/ring.yml": ODD + f"summary: {'长' * 90}\n"}))["reviews.ics"]
    found = {event["SUMMARY"]: event for event in events(calendar)}
    event = found['复审：<b>&"名,称;']
    assert event["DTSTART"] == "20270301"
    assert event["DTSTAMP"] == "20260301T000000Z"
    assert event["CATEGORIES"] == "名称"
    assert event["DESCRIPTION"] == "A-1 1.1 shop/terms/ring/"
    assert len({event["UID"] for event in events(calendar)}) == len(events(calendar))


def test_lines_of_a_calendar_are_short(book: Make) -> None:
    text = ODD.replace("名,称", "长" * 90)
    calendar = feeds(book({"shop/terms/ring.yml": text}))["reviews.ics"]
    assert 72 < max(len(line.encode()) for line in calendar.split("\r\n")) <= 75
    assert any("长" * 90 in event["SUMMARY"] for event in events(calendar))


def test_feeds_are_for_their_publication(book: Make) -> None:
    handbook = book(
        {"handbook.yml": TWO, "shop/terms/ring.yml": ODD, "shop/terms/bell.yml": ODD.replace("A-1", "A-2")}
    )
    assert feeds(shown_in(handbook, "guests")) == {}
    shown = book({"handbook.yml": TWO, "shop/terms/bell.yml": f"visibility: public\n{ODD}"})
    made = feeds(shown_in(shown, "guests"))
    assert list(made) == ["changes.xml"]
    assert "terms/bell/" in made["changes.xml"]
    assert "terms/ring/" not in made["changes.xml"]
