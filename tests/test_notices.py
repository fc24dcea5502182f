"""Notices: what they make of the records they override, from when until when, and where the words stand."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from generator import report
from generator.handbook import Handbook
from generator.kinds.notice import Notice
from generator.kinds.procedure import Procedure
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.problems import Problem
from tests.vocabulary import Text

Make = Callable[[Mapping[str, Text]], Handbook]
Find = Callable[[Mapping[str, Text]], list[Problem]]

NOTE = "changes: [{ version: 2.0, on: 2026-02-01, note: 新的说法 }]\n"
LINE = "overrides: [{ id: line, record: greeting, fields: { first_line: 您好，请取号！ } }]\n"


def fair(text: str) -> dict[str, Text]:
    """A handbook with one notice, from March to June if it says nothing else."""
    return {"shop/notices/fair.yml": text}


def test_a_field_is_another_meanwhile(book: Make) -> None:
    linked = book(fair(LINE))
    [laid] = linked.laid
    assert isinstance(laid.record, Script)
    assert (laid.record.first_line, laid.record.close) == ("您好，请取号！", None)
    assert (laid.record.id, laid.target) == ("shop/greeting", linked["shop/greeting"])
    assert isinstance(laid.target, Script)
    assert laid.target.first_line == "您好，欢迎光临！"
    assert laid.problems == []


def test_entries_are_merged_dropped_and_put_in_their_place(book: Make) -> None:
    text = """\
overrides:
  - id: queue
    record: sale
    fields:
      steps:
        - { id: greet, drop: true }
        - { id: ticket, role: manager, action: 发号, after: pay }
        - { id: pay, action: 先收款 }
"""
    [laid] = book(fair(text)).laid
    assert isinstance(laid.record, Procedure)
    assert [(step.id, step.role, step.action) for step in laid.record.steps] == [
        ("pay", "shop/clerk", "先收款"),
        ("ticket", "shop/manager", "发号"),
    ]


def test_a_limit_inside_an_entry_is_another(book: Make) -> None:
    fields = "{ clauses: [{ id: answer, measure: { limit: <= 5 rings } }] }"
    [laid] = book(fair(f"overrides: [{{ id: rings, record: phone, fields: {fields} }}]\n")).laid
    assert isinstance(laid.record, Standard)
    [clause] = laid.record.clauses
    assert clause.measure
    assert (clause.text, str(clause.measure.limit)) == ("三声内接听", "<= 5 rings")


def test_each_override_is_laid_alone(book: Make) -> None:
    text = """\
overrides:
  - { id: line, record: greeting, fields: { first_line: 您好，请取号！ } }
  - { id: close, record: greeting, fields: { close: 请慢走！ } }
  - { id: word, record: ring, fields: { english: bell } }
"""
    linked = book(fair(text))
    assert [(laid.override.id, laid.target.id) for laid in linked.laid] == [
        ("line", "shop/greeting"),
        ("close", "shop/greeting"),
        ("word", "shop/ring"),
    ]
    assert [record.id for record in linked.variants[-3:]] == ["shop/greeting", "shop/greeting", "shop/ring"]


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        ("ends: 2026-05-31\n", 0),
        ("ends: 2026-06-01\n", 1),
        ("effective: 2026-12-01\nends: 2026-12-05\n", 1),
        ("status: draft\n", 1),
        ("status: withdrawn\nends: 2026-06-05\n", 1),
        ("status: withdrawn\nends: 2026-05-31\n", 0),
    ],
)
def test_only_what_is_in_force_or_coming_is_laid(text: str, laid: int, book: Make) -> None:
    assert len(book(fair(f"{text}{LINE}")).laid) == laid


def test_it_goes_by_itself(book: Make) -> None:
    linked = book(fair(f"ends: 2026-06-30\n{LINE}"))
    assert len(linked.on(date(2026, 6, 30)).laid) == 1
    assert linked.on(date(2026, 7, 1)).laid == []
    assert linked.on(date(2026, 7, 1)).state(linked["shop/fair"]) == "over"


@pytest.mark.parametrize(
    ("days", "majors"),
    [
        ("effective: 2026-06-10\nends: 2026-06-20\n", [1]),
        ("effective: 2026-06-10\nends: 2026-07-01\n", [2, 1]),
        ("effective: 2026-07-01\nends: 2026-07-20\n", [2]),
    ],
)
def test_every_major_it_meets_is_overridden(days: str, majors: list[int], book: Make) -> None:
    files: dict[str, Text] = {
        **fair(f"{days}{LINE}"),
        "shop/scripts/greeting@1.yml": "version: 1.0\n",
        "shop/scripts/greeting.yml": f"version: 2.0\neffective: 2026-07-01\n{NOTE}",
    }
    assert [laid.target.version.major for laid in book(files).laid] == majors


def test_words_stand_where_they_were_written(book: Make) -> None:
    linked = book(fair(LINE))
    [laid] = linked.laid
    assert laid.record
    line, situation = laid.record.place("first_line"), laid.record.place("situation")
    assert (str(line), line.via) == ("standards/shop/notices/fair.yml:1:65", "")
    assert str(situation) == str(laid.target.place("situation"))
    assert situation.via == "standards/shop/notices/fair.yml"


def test_what_a_notice_leads_to_is_checked(problems: Find) -> None:
    text = "overrides: [{ id: line, record: greeting, fields: { close: 没办法。, related: [nothing] } }]\n"
    fair_yml = "standards/shop/notices/fair.yml"
    assert list(report.lines(problems(fair(text)), "en")) == [
        f"{fair_yml}:1:60: error: '没办法' is forbidden in what we say [forbidden-phrase]",
        f"{fair_yml}:1:76: error: no record 'nothing' [unknown-reference]",
    ]


def test_a_fault_of_the_record_is_not_said_again_for_the_notice(problems: Find) -> None:
    files: dict[str, Text] = {**fair(LINE), "shop/scripts/greeting.yml": "close: 这不归我管。\n"}
    assert [str(problem.place) for problem in problems(files)] == ["standards/shop/scripts/greeting.yml:1:8"]


def test_a_tailored_record_may_be_overridden(book: Make) -> None:
    files: dict[str, Text] = {
        **fair("overrides: [{ id: line, record: evening, fields: { close: 晚安！ } }]\n"),
        "shop/scripts/evening.yml": "# without: situation, intent, roles, channel, mandatory, sources\n"
        "extends: greeting@1\nfirst_line: 晚上好！\n",
    }
    [laid] = book(files).laid
    assert isinstance(laid.record, Script)
    assert (laid.record.first_line, laid.record.close) == ("晚上好！", "晚安！")
    paths = [laid.record.place(key).path.rpartition("/")[2] for key in ("situation", "first_line", "close")]
    assert paths == ["greeting.yml", "evening.yml", "fair.yml"]


def test_ids_in_a_notice_mean_its_own_pack(book: Make) -> None:
    pack = "title: 摊位\nsummary: 摊位的服务。\norder: 2\nowner: shop/manager\nvisibility: internal\n"
    notice = f"""\
title: 展会
summary: 街上办展会。
status: approved
version: 1.0
effective: 2026-03-01
ends: 2026-06-30
review_by: 2027-03-01
owner: shop/manager
reason: 街上办展会
instruction: 多开一个柜台。
{LINE.replace("greeting", "shop/greeting").replace("您好，请取号！", "您好！, related: [clerk]")}"""
    linked = book({"stand/pack.yml": {"whole": pack}, "stand/notices/fair.yml": {"whole": notice}})
    [laid] = linked.laid
    assert laid.record
    assert (laid.record.related, laid.record.owner) == (["stand/clerk"], "shop/manager")


# What is not yet so ----------------------------------------------------------------------------------------


def test_what_is_laid_over_a_major_ends_with_it(problems: Find) -> None:
    files: dict[str, Text] = {
        **fair(f"effective: 2026-06-20\nends: 2026-07-10\n{LINE}"),
        "shop/terms/tone.yml": "ends: 2026-06-30\n",
        "shop/scripts/greeting@1.yml": "version: 1.0\nrelated: [tone]\n",
        "shop/scripts/greeting.yml": f"version: 2.0\neffective: 2026-07-01\n{NOTE}",
    }
    assert list(report.lines(problems(files), "en")) == []


def test_one_notice_may_override_two_procedures(problems: Find) -> None:
    text = """\
overrides:
  - { id: sale, record: sale, fields: { outcome: 顾客先走 } }
  - { id: refund, record: refund, fields: { outcome: 顾客后走 } }
"""
    assert (
        list(report.lines(problems({**fair(text), "shop/procedures/refund.yml": "title: 退货\n"}), "en"))
        == []
    )


def test_dropping_an_entry_is_changing_it(problems: Find) -> None:
    change = "overrides: [{{ id: greet, record: sale, fields: {{ steps: [{}] }} }}]\n"
    files: dict[str, Text] = {
        **fair(change.format("{ id: greet, drop: true }")),
        "shop/notices/storm.yml": change.format("{ id: greet, action: 先收伞 }"),
    }
    assert [problem.rule for problem in problems(files)] == ["overlapping-notices"]


def test_a_notice_does_not_contradict_itself(problems: Find) -> None:
    text = """\
overrides:
  - { id: one, record: greeting, fields: { first_line: 您好！ } }
  - { id: two, record: greeting, fields: { first_line: 欢迎！ } }
"""
    assert [problem.rule for problem in problems(fair(text))] == ["overlapping-notices"]


def test_a_fault_of_a_notice_is_said_once(problems: Find) -> None:
    files: dict[str, Text] = {
        **fair("ends: 2026-07-10\n" + LINE.replace("first_line", "fist_line")),
        "shop/scripts/greeting@1.yml": "version: 1.0\n",
        "shop/scripts/greeting.yml": f"version: 2.0\neffective: 2026-07-01\n{NOTE}",
    }
    assert len(problems(files)) == 1


def test_an_entry_that_is_not_there_is_said_once(problems: Find) -> None:
    fields = "{ clauses: [{ id: answr, measure: { limit: <= 5 rings } }] }"
    text = f"overrides: [{{ id: rings, record: phone, fields: {fields} }}]\n"
    assert len(problems(fair(text))) == 1


def test_a_notice_is_a_record_of_its_own(book: Make) -> None:
    notice = book({})["shop/fair"]
    assert isinstance(notice, Notice)
    assert (notice.nature, notice.overrides, notice.locations) == ("temporary", [], [])
