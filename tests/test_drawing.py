"""Drawings: sound XML that stays inside its frame whatever the content, and the same bytes every time.

Goldens are in tests/golden/drawing/, one tag a line; `pytest --update-golden` rewrites them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.drawing.blueprint import blueprint
from generator.drawing.canvas import SIZE, SMALL, escape, leading, num, width_of, wrap
from generator.drawing.charts import Bar, Dot, Line, bar_chart, series_chart
from generator.drawing.ladder import authority_ladder, escalation_ladder
from generator.drawing.models import model_diagram
from generator.drawing.swimlane import swimlane
from generator.examine import examine
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.journey import Journey
from generator.kinds.model import Component, Model, Node
from generator.kinds.procedure import Procedure
from generator.kinds.role import Role
from generator.publication import shown_in
from tests.vocabulary import Text

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden" / "drawing"
TODAY = date(2026, 11, 28)
HOSTILE = '</svg><script>alert("1")</script>&amp;<!--\x00\x1b]]>{{ brand }}\u2028'
LONG = (
    "客人在柜台等了很久仍没有人出来说明原因又要求当场退还全部房费"
    "并且书面道歉还说要发到网上去让大家都来评一评这个道理究竟在哪一边呢"
)

Make = Callable[[Mapping[str, Text]], Handbook]


class Rect(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Rect") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Rect", slack: float = 0.6) -> bool:
        return (
            self.left <= other.left + slack
            and other.right <= self.right + slack
            and self.top <= other.top + slack
            and other.bottom <= self.bottom + slack
        )


def bare(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def moved(element: ElementTree.Element) -> tuple[float, float]:
    """How far a group is moved."""
    found = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def shapes(
    element: ElementTree.Element, x: float = 0, y: float = 0
) -> Iterator[tuple[ElementTree.Element, float, float]]:
    """Every element with how far the groups around it are moved."""
    dx, dy = moved(element)
    yield element, x + dx, y + dy
    for child in element:
        yield from shapes(child, x + dx, y + dy)


def box_of(rect: ElementTree.Element) -> Rect:
    x, y, width, height = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
    return Rect(x, y, x + width, y + height)


def lines_of(text: ElementTree.Element, dx: float, dy: float) -> Iterator[Rect]:
    """The place of each line of a text, by the width that was estimated for it."""
    kind = text.get("class", "")
    size = SMALL if "small" in kind else SIZE
    x, y = float(text.get("x", "")) + dx, float(text.get("y", "")) + dy
    for line in [text.text, *(part.text for part in text)]:
        width = width_of(line or "", size)
        start = {"middle": x - width / 2, "end": x - width}.get(text.get("text-anchor", ""), x)
        yield Rect(start, y - 10, start + width, y + 2)
        y += leading(kind)


def sound(svg: str) -> ElementTree.Element:
    """The parsed drawing, after everything that must hold for each has been asserted."""
    root = ElementTree.fromstring(svg)
    assert svg.count("<svg") == 1
    frame = Rect(0, 0, *map(float, root.get("viewBox", "").split()[2:]))
    found = list(shapes(root))
    assert not [element for element, _, _ in found if "style" in element.attrib or bare(element) == "script"]
    title, described = root[0], root[1]
    assert (bare(title), bare(described)) == ("title", "desc")
    assert title.text
    assert described.text
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (
        title.get("id"),
        described.get("id"),
    )
    links = [element for element, _, _ in found if bare(element) == "a"]
    assert root.get("role") == ("group" if links else "img") or "hb-svg--blueprint" in svg
    boxes = [
        box_of(element)
        for element, _, _ in found
        if bare(element) == "rect" and {"box", "plain"} & set(element.get("class", "").split())
    ]
    assert all(frame.holds(box) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    for element, dx, dy in found:
        if bare(element) != "text":
            continue
        lines = list(lines_of(element, dx, dy))
        assert all(frame.holds(line, 2) for line in lines), ElementTree.tostring(element, "unicode")
        if "on" not in element.get("class", "").split():
            around = [box for box in boxes if box.overlaps(lines[0])]
            assert all(box.holds(line) for box in around for line in lines)
    return root


def said(root: ElementTree.Element) -> str:
    """All visible words, in the order of the drawing."""
    return "".join("".join(e.itertext()) for e, _, _ in shapes(root) if bare(e) == "text")


# Canvas -----------------------------------------------------------------------------------------------------


@given(st.text(max_size=80), st.integers(14, 300))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    told = " ".join(re.sub("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+", " ", text).split())
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", told)
    assert all(width_of(line) <= width or len(line) == 1 for line in lines)


def test_no_line_starts_with_a_closing_mark() -> None:
    assert wrap("问好，请坐，倒水。", 39) == ["问好，", "请坐，", "倒水。"]


def test_times_and_latin_words_stay_whole() -> None:
    assert wrap("次日 08:30 前复核", 60) == ["次日", "08:30 前", "复核"]


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = wrap(LONG, 100, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert width_of(lines[1]) <= 100


def test_escape_keeps_one_line_and_drops_what_xml_cannot_hold() -> None:
    assert escape('a\x00b\n<"&>') == "a b &lt;&quot;&amp;&gt;"


@pytest.mark.parametrize(
    ("value", "told"), [(1, "1"), (1.25, "1.2"), (-0.01, "0"), (10.0, "10"), (-3.5, "-3.5")]
)
def test_lengths_are_short(value: float, told: str) -> None:
    assert num(value) == told


# Charts -----------------------------------------------------------------------------------------------------

TARGET, ALERT = Line(Decimal(97), "≥ 97 %", "target"), Line(Decimal(95), "< 95 %", "alert")


def dots(*values: str | None) -> list[Dot]:
    return [
        Dot(f"{n} 月", Decimal(v) if v else None, f"{v} %", Decimal(v) >= 97 if v else None)
        for n, v in enumerate(values, 1)
    ]


def sample_series() -> str:
    return series_chart(
        "接听率", "%", [dots("95.2", "97.4", "98"), dots("96.5", None, "99")], [TARGET, ALERT]
    )


def sample_bars() -> str:
    bars = [
        Bar("账单", Decimal(14), "14 条"),
        Bar("态度", Decimal(7), "7 条", True),
        Bar("等候", Decimal(9), "9 条", False),
    ]
    return bar_chart("各类投诉", bars)


def test_good_and_bad_differ_in_shape_and_words() -> None:
    root = sound(sample_series())
    drawn = {e.get("class"): bare(e) for e, _, _ in shapes(root) if e.get("class") in ("good", "bad", "open")}
    assert drawn == {"good": "circle", "bad": "path"}
    assert "没达到" in said(root)
    assert "1 月 95.2 %（没达到）" in (root[1].text or "")
    assert "9 条 ✕ 没达到" in said(sound(sample_bars()))


def test_a_change_of_version_breaks_the_line_and_is_told() -> None:
    whole, broken = (
        series_chart("甲", "%", [dots("97", "98")], []),
        series_chart("甲", "%", [dots("97"), dots("98")], []),
    )
    assert 'class="run"' in whole
    assert 'class="run"' not in broken
    assert "改版" in said(sound(broken))
    assert "前后不能相比" in (ElementTree.fromstring(broken)[1].text or "")


def test_nothing_measured_leaves_a_hole() -> None:
    root = sound(series_chart("甲", "%", [dots("97", None, "98")], []))
    assert 'class="run"' not in ElementTree.tostring(root, "unicode")
    assert "无" in said(root)
    assert "2 月 没有数据" in (root[1].text or "")


def test_two_targets_make_a_band() -> None:
    band = [Line(Decimal(2), "2–5 分", "target"), Line(Decimal(5), "2–5 分", "target")]
    drawn = series_chart("等候", "分", [[Dot("1 月", Decimal(3), "3 分", True)]], band)
    assert drawn.count('class="band"') == 1
    assert 'class="band"' not in series_chart(
        "等候", "分", [[Dot("1 月", Decimal(3), "3 分", True)]], band[:1]
    )
    assert said(sound(drawn)).count("2–5 分") == 1


@given(
    st.lists(st.lists(st.decimals(-1000, 100000, places=2) | st.none(), max_size=14), max_size=4),
    st.lists(st.decimals(0, 200, places=1), max_size=3),
    st.text(max_size=70),
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_series_is_sound(values: list[list[Decimal | None]], levels: list[Decimal], title: str) -> None:
    stretches = [
        [
            Dot(f"{n} 月", value, f"{value} 次", None if value is None else value > 50)
            for n, value in enumerate(run)
        ]
        for run in values
    ]
    lines = [Line(level, f"{level}", "target" if n != 1 else "alert") for n, level in enumerate(levels)]
    root = sound(series_chart(f"数{title}", "次", stretches, lines))
    told = root[1].text or ""
    assert all(f"{value} 次" in told for run in values for value in run if value is not None)


@given(st.lists(st.tuples(st.text(max_size=60), st.decimals(-50, 5000, places=1)), max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_bars_are_sound(rows: list[tuple[str, Decimal]]) -> None:
    root = sound(bar_chart(LONG, [Bar(label, value, f"{value} 条", value > 9) for label, value in rows]))
    assert all(f"{value} 条" in said(root) for _, value in rows)


# Models -----------------------------------------------------------------------------------------------------

NODES = [
    ("hopes", "期望的服务", "customer"),
    ("feels", "感知到的服务", "customer"),
    ("serves", "实际提供的服务", "organisation"),
    ("says", "对外宣传", "organisation"),
    ("rules", "服务标准", "organisation"),
    ("thinks", "对期望的理解", "organisation"),
]
GAPS = [
    ("认知差距", "管理者没弄清客人要什么。", ["hopes", "thinks"]),
    ("标准差距", "标准没写成客人要的样子。", ["thinks", "rules"]),
    ("执行差距", None, ["rules", "serves"]),
    ("沟通差距", "说的比做的多。", ["serves", "says"]),
    ("总差距", "没有得到期望的。", ["hopes", "feels"]),
]


def model(diagram: str, parts: Sequence[Any], nodes: Sequence[Any] = ()) -> Model:
    """A model with these components and nodes, and nothing else of a record."""
    bare_model: Any = Model.model_construct
    made = bare_model(
        title="模型",
        diagram=diagram,
        count=len(parts),
        components=[
            Component.model_construct(id=f"c{n}", title=title, text=text, between=between)
            for n, (title, text, between) in enumerate(parts)
        ],
        nodes=[Node.model_construct(id=id, title=title, side=side) for id, title, side in nodes],
    )
    assert isinstance(made, Model)
    return made


@pytest.mark.parametrize("diagram", ["list", "chain", "cycle", "gaps"])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 14])
def test_every_model_shows_all_components_in_order(diagram: str, count: int) -> None:
    parts: list[Any] = [
        (f"{n} 号{LONG[: n * 5]}", None if n % 3 == 0 else LONG * 2, []) for n in range(1, count + 1)
    ]
    root = sound(model_diagram(model(diagram, parts, NODES)))
    told = root[1].text or ""
    assert [told.index(f"{n} {n} 号") for n in range(1, count + 1)] == sorted(
        told.index(f"{n} {n} 号") for n in range(1, count + 1)
    )
    assert said(root).count("未载明") == count // 3


def test_gaps_lie_between_their_nodes_on_both_sides_of_the_line() -> None:
    root = sound(model_diagram(model("gaps", GAPS, NODES)))
    tops = {"".join(e.itertext()): float(e.get("y", "")) for e, _, _ in shapes(root) if bare(e) == "text"}
    line = tops["组织这一边"]
    assert tops["感知到的服务"] < line < tops["实际提供的服务"]
    assert tops["感知到的服务"] > tops["5"] > tops["期望的服务"]
    assert tops["期望的服务"] < tops["1"] < tops["对期望的理解"]
    assert "认知差距（期望的服务与对期望的理解之间）" in (root[1].text or "")


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_gaps_never_lie_on_each_other(ends: list[tuple[int, int]]) -> None:
    ids = [id for id, _, _ in NODES] + ["unknown"]
    parts = [("差距", None, [ids[one], ids[other]]) for one, other in ends]
    root = sound(model_diagram(model("gaps", parts, NODES)))
    badges = [(e.get("cx"), e.get("cy")) for e, _, _ in shapes(root) if e.get("class") == "badge"]
    assert len(set(badges)) == len(badges)


# Blueprint --------------------------------------------------------------------------------------------------

MARKS = "waits: [{ id: w, text: 排队 }], fails: [{ id: f, text: 算错 }]"
BEHIND = "back: [{ id: b, text: 补货 }], support: [{ id: s, text: 收银机 }]"
JOURNEY: dict[str, Text] = {
    "shop/journeys/visit.yml": (
        "stages:\n"
        "  - { id: buy, title: 购买, touchpoints: [counter, till] }\n"
        f"  - {{ id: pay, title: 付款, touchpoints: [counter], {MARKS}, {BEHIND} }}\n"
    ),
    "shop/touchpoints/till.yml": "title: 收银台\ncritical: true\nwhy_critical: 最后一面。\n",
}


def sample_blueprint(book: Handbook) -> str:
    return blueprint(book, book.in_force(Journey)[0], lambda contact: f"../{contact.url}")


def test_blueprint_has_lanes_marks_and_links(book: Make) -> None:
    made = book(JOURNEY)
    root = sound(sample_blueprint(made))
    words = said(root)
    assert all(word in words for word in ("客人", "前台", "后台", "支持", "以下客人看不到"))
    assert all(word in words for word in ("等候：排队", "易出错：算错", "补货", "收银机", "★ 最影响评价"))
    assert "触点" not in words
    assert "关键时刻" not in words
    marks = [e.get("class") for e, _, _ in shapes(root) if bare(e) in ("circle", "path")]
    assert ("open" in marks, "alarm" in marks) == (True, True)
    hrefs = [e.get("href") for e, _, _ in shapes(root) if bare(e) == "a"]
    assert hrefs == [f"../shop/touchpoints/{stem}/" for stem in ("counter", "till", "counter")]


def test_lanes_that_nobody_fills_are_left_out(book: Make) -> None:
    words = said(sound(sample_blueprint(book({}))))
    assert "后台" not in words
    assert "支持" not in words
    assert "以下客人看不到" not in words


def test_a_contact_that_this_publication_may_not_show_is_not_drawn(book: Make) -> None:
    files = {**JOURNEY, "shop/touchpoints/till.yml": "title: 收银台\nvisibility: restricted\n"}
    drawn = sample_blueprint(shown_in(book(files), "staff"))
    assert "收银台" not in drawn
    assert "touchpoints/till" not in drawn


# Swimlane ---------------------------------------------------------------------------------------------------

SALE = """\
roles: [clerk, manager]
steps:
  - id: greet
    role: clerk
    action: 问候
    within: <= 3 min
    control: 顾客点头
    branches:
      - { id: gone, when: 顾客走了, goto: pay }
      - { id: angry, when: 顾客生气, script: greeting }
      - { id: other, when: 要退货, procedure: sale }
      - { id: here, when: 要发票, do: 当场开 }
    handoff: { to: manager, by: 当面, confirmed: 店长复述, within: <= 2 min }
  - { id: pay, role: manager, action: 收款 }
"""


def sample_swimlane(book: Handbook) -> str:
    return swimlane(book, book.in_force(Procedure)[0])


def procedure(book: Make, text: str) -> Handbook:
    return book({"shop/procedures/sale.yml": text})


def test_swimlane_shows_lanes_limits_exits_and_handoffs(book: Make) -> None:
    root = sound(sample_swimlane(procedure(book, SALE)))
    words = said(root)
    assert "顾客走了 → 第 2 步" in words
    assert "顾客生气 → 话术：" in words
    assert "要退货 → 转到：" in words
    assert "要发票" not in words
    assert "3 分钟以内" in words
    assert "◆ 先确认：顾客点头" in words
    assert "交给名称：当面。确认：店长复述（2 分钟以内）" in words
    assert "arrow dashes" in ElementTree.tostring(root, "unicode")
    numbers = [e for e, _, _ in shapes(root) if e.get("class") == "small on"]
    assert ["".join(e.itertext()) for e in numbers] == ["1", "2"]
    assert float(numbers[0].get("y", "")) < float(numbers[1].get("y", ""))


def test_a_handover_to_a_post_without_the_next_step_is_an_exit(book: Make) -> None:
    steps = (
        "steps: [{ id: a, role: clerk, action: 做, handoff: { to: manager, by: 电话, confirmed: 复述 } }]\n"
    )
    drawn = sample_swimlane(procedure(book, steps))
    assert "交给名称：电话。确认：复述" in said(sound(drawn))
    assert "arrow dashes" not in drawn


def test_one_post_that_goes_straight_through_needs_no_drawing(book: Make) -> None:
    assert sample_swimlane(book({})) == ""


def test_what_this_publication_may_not_show_is_not_drawn(book: Make) -> None:
    files = {
        "shop/procedures/sale.yml": SALE,
        "shop/scripts/greeting.yml": "title: 秘密话术\nvisibility: restricted\n",
    }
    assert "秘密话术" in sample_swimlane(book(files))
    assert "秘密话术" not in sample_swimlane(shown_in(book(files), "staff"))


@pytest.mark.parametrize("posts", [2, 3, 6, 9])
def test_fourteen_long_steps_in_many_lanes(book: Make, posts: int) -> None:
    roles = [f"post-{n}" for n in range(posts)]
    steps = "".join(
        f"  - id: s{n}\n    role: {roles[n * 5 % posts]}\n    action: {LONG}\n    control: {LONG}\n"
        f"    branches: [{{ id: b, when: {LONG}, goto: s1 }}, {{ id: c, when: {LONG}, goto: s2 }}]\n"
        f"    handoff: {{ to: {roles[(n + 1) * 5 % posts]}, by: {LONG}, confirmed: {LONG} }}\n"
        for n in range(14)
    )
    files: dict[str, Text] = {f"shop/roles/{id}.yml": f"title: {LONG[:30]}\n" for id in roles}
    files["shop/procedures/sale.yml"] = f"title: {LONG}\nroles: [{', '.join(roles)}]\nsteps:\n{steps}"
    root = sound(sample_swimlane(book(files)))
    assert len([e for e, _, _ in shapes(root) if e.get("class") == "badge"]) == 14


# Ladders ----------------------------------------------------------------------------------------------------

COMPLAINTS = """\
purpose: complaint-severity
classes:
  - { id: light, title: 一般, test: 小事吗, handler: clerk, next: heavy, acknowledge: { limit: <= 3 min } }
  - { id: odd, title: 特别, test: 少见吗, handler: clerk, next: light, resolve: { not_settled: manager } }
  - { id: heavy, title: 重大, test: 大事吗, handler: manager, red_flags: [{ id: hurt, text: 有人受伤 }] }
"""


def sample_escalation(book: Handbook) -> str:
    return escalation_ladder(book, book.in_force(Classification)[0])


def test_escalation_shows_handlers_deadlines_and_what_goes_straight_up(book: Make) -> None:
    root = sound(sample_escalation(book({"shop/classifications/complaints.yml": COMPLAINTS})))
    words = said(root)
    assert "首次答复：3 分钟以内" in words
    assert "处理意见：尚未规定，先问名称" in words
    assert "▲ 直接按本级：有人受伤" in words
    assert "1 一般，小事吗，由名称处理，首次答复：3 分钟以内，解决不了：重大" in (root[1].text or "")


def test_classes_that_lead_nowhere_need_no_ladder(book: Make) -> None:
    flat = COMPLAINTS.replace(", next: heavy", "").replace(", next: light", "")
    assert sample_escalation(book({"shop/classifications/complaints.yml": flat})) == ""


def test_authority_climbs_from_the_post_upwards(book: Make) -> None:
    made = book({"shop/roles/clerk.yml": "title: 店员\n", "shop/roles/manager.yml": "title: 店长\n"})
    words = said(sound(authority_ladder(made, "shop/clerk", "discount")))
    assert words.index("店员50 元以内，每单") < words.index("店长500 元以内，每单")
    assert authority_ladder(made, "shop/manager", "discount") == ""
    assert authority_ladder(made, "shop/nobody", "discount") == ""


# All of them ------------------------------------------------------------------------------------------------


def samples(book: Make) -> dict[str, Callable[[], str]]:
    made = book(
        {**JOURNEY, "shop/procedures/sale.yml": SALE, "shop/classifications/complaints.yml": COMPLAINTS}
    )
    return {
        "series": sample_series,
        "bars": sample_bars,
        **{
            kind: partial(model_diagram, model(kind, GAPS, NODES))
            for kind in ("list", "chain", "cycle", "gaps")
        },
        "blueprint": partial(sample_blueprint, made),
        "swimlane": partial(sample_swimlane, made),
        "escalation": partial(sample_escalation, made),
        "authority": partial(authority_ladder, made, "shop/clerk", "discount"),
    }


def test_goldens(book: Make, update_golden: bool) -> None:
    drawn = {name: draw().replace("><", ">\n<") + "\n" for name, draw in samples(book).items()}
    if update_golden:
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for name, svg in drawn.items():
            (GOLDEN / f"{name}.svg").write_text(svg, "utf-8")
    assert {path.stem: path.read_text("utf-8") for path in GOLDEN.glob("*.svg")} == drawn


def test_every_class_has_its_look(book: Make) -> None:
    css = (ROOT / "site_overrides/theme/assets/drawings.css").read_text("utf-8")
    drawn = "".join(draw() for draw in samples(book).values())
    used = {name for found in re.findall(r'class="([^"]+)"', drawn) for name in found.split()}
    plain = {name for name in used if not name.startswith("hb-svg--") and f".{name} " not in css}
    assert len(used) > 25
    assert plain == set()


def test_the_same_data_gives_the_same_bytes_and_other_data_another_id(book: Make) -> None:
    once, again = samples(book), samples(book)
    drawn = [once[name]() for name in once]
    assert drawn == [again[name]() for name in again]
    ids = [re.findall(r'id="(\w+)"', svg) for svg in drawn]
    assert len({id for found in ids for id in found}) == 2 * len(drawn)


def test_hostile_text_stays_text(book: Make) -> None:
    quoted = "'" + "".join(c for c in HOSTILE if c.isprintable()).replace("'", "''") + "'"
    files: dict[str, Text] = {
        "shop/roles/clerk.yml": f"title: {quoted}\n",
        "shop/touchpoints/counter.yml": f"title: {quoted}\nexpectation: {quoted}\n",
        "shop/journeys/visit.yml": f"title: {quoted}\n",
        "shop/procedures/sale.yml": f"title: {quoted}\n{SALE.replace('action: 问候', f'action: {quoted}')}",
        "shop/classifications/complaints.yml": COMPLAINTS.replace("test: 小事吗", f"test: {quoted}"),
    }
    made = book(files)
    drawn = [
        series_chart(
            HOSTILE,
            HOSTILE,
            [[Dot(HOSTILE, Decimal(1), HOSTILE, False)]],
            [Line(Decimal(2), HOSTILE, "alert")],
        ),
        bar_chart(HOSTILE, [Bar(HOSTILE, Decimal(1), HOSTILE)]),
        model_diagram(
            model(
                "gaps",
                [(HOSTILE, HOSTILE, ["a", "b"])],
                [("a", HOSTILE, "customer"), ("b", HOSTILE, "organisation")],
            )
        ),
        blueprint(made, made.in_force(Journey)[0], lambda _: f'"><script>{HOSTILE}'),
        sample_swimlane(made),
        sample_escalation(made),
        authority_ladder(made, "shop/clerk", "discount"),
    ]
    for svg in drawn:
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert svg.count("</svg>") == 1
        assert "&lt;script&gt;" in svg
        assert not re.search("[\x00-\x1f]", svg)


# The real handbook ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Handbook:
    checked = examine(ROOT, TODAY)
    assert checked.book
    return shown_in(checked.book, checked.book.settings.publish)


def test_every_real_swimlane_is_sound_and_small(real: Handbook) -> None:
    for record in real.in_force(Procedure):
        svg = swimlane(real, record)
        if svg:
            sound(svg)
            assert len(svg.encode()) <= 8000 or len(record.steps) > 8, record.id


def test_every_real_journey_ladder_and_model_is_sound(real: Handbook) -> None:
    journeys = real.in_force(Journey)
    assert journeys
    for journey in journeys:
        root = sound(blueprint(real, journey, lambda contact: contact.url))
        hrefs = {e.get("href") for e, _, _ in shapes(root) if bare(e) == "a"}
        assert hrefs == {real[ref].url for stage in journey.stages for ref in stage.touchpoints}
    ladders = [escalation_ladder(real, record) for record in real.in_force(Classification)]
    ladders += [
        authority_ladder(real, role.id, row.remedy) for role in real.in_force(Role) for row in role.authority
    ]
    drawn = [*filter(None, ladders), *map(model_diagram, real.in_force(Model))]
    assert len(drawn) > 20
    for svg in drawn:
        sound(svg)
