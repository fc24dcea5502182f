"""Records tailored from others: what comes from the base, what never does, and where its words then stand."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import report
from generator.handbook import Handbook
from generator.kinds.script import Script
from generator.kinds.term import Term
from generator.problems import Problem
from generator.tailor import OWN
from tests.vocabulary import Text, read

Make = Callable[[Mapping[str, Text]], Handbook]
Find = Callable[[Mapping[str, Text]], list[Problem]]

NOTE = "changes: [{ version: 2.0, on: 2026-02-01, note: 新的说法 }]\n"
ALL_OF_IT = "# without: situation, intent, roles, channel, mandatory, first_line, sources\n"
STAND: dict[str, Text] = {
    "stand/pack.yml": {
        "whole": "title: 摊位\nsummary: 摊位的服务。\norder: 2\nowner: shop/manager\nvisibility: internal\n"
    },
    "stand/roles/clerk.yml": {
        "whole": """\
title: 摊主
summary: 守摊位的人。
status: draft
version: 1.0
effective: 2026-03-01
review_by: 2027-03-01
owner: shop/manager
duties: [{ id: sell, text: 叫卖 }]
"""
    },
}
"""Another pack, with a clerk of its own."""


def of_stand(text: str) -> Text:
    """A draft of the pack `stand`."""
    envelope = "status: draft\nversion: 1.0\neffective: 2026-03-01\nreview_by: 2027-03-01\nowner: clerk\n"
    return {"whole": envelope + text}


def test_what_is_not_written_comes_from_the_base(book: Make) -> None:
    evening = book({"shop/scripts/evening.yml": f"{ALL_OF_IT}extends: greeting@1\nclose: 晚安！\n"})[
        "shop/evening"
    ]
    assert isinstance(evening, Script)
    assert (evening.first_line, evening.close) == ("您好，欢迎光临！", "晚安！")
    assert evening.id == "shop/evening"
    assert evening.path == "standards/shop/scripts/evening.yml"


KEPT_TO_ITSELF = {
    "code": "CM-1",
    "replaces": "[旧说法]",
    "may_vary": "{ english: any }",
    "visibility": "restricted",
    "aliases": "[铃声]",
    "asks": "[响几声]",
    "formerly": "[bell]",
    "waivers": "[{ check: overdue-review, reason: 正在写, until: 2027-01-01 }]",
    "ends": "2027-12-31",
    "reviewed": "{ on: 2026-02-01, by: manager }",
    "approved": "{ on: 2026-02-01, by: manager, evidence: 会议纪要 }",
    "changes": "[{ version: 1.0, on: 2026-02-01, note: 第一版 }]",
    "author": "manager",
    "figures": "[{ file: bell.png, alt: 铃, caption: 门口的铃 }]",
    "reviewer": "manager",
    "distribution": "{ roles: [clerk] }",
}
"""Keys that a record may do without, each with a value for the base."""
WRITTEN_BY_EACH = ("status", "version", "effective", "review_by", "owner")


def test_every_own_key_is_tried() -> None:
    assert {"extends", *KEPT_TO_ITSELF, *WRITTEN_BY_EACH} == OWN


@pytest.mark.parametrize("key", KEPT_TO_ITSELF)
def test_what_is_its_own_does_not_come_from_the_base(key: str, book: Make) -> None:
    without = f"# without: english, definition, {key}\n"
    files = {
        "shop/terms/ring.yml": f"{key}: {KEPT_TO_ITSELF[key]}\n",
        "shop/terms/tone.yml": f"{without}extends: ring@1\n",
    }
    handbook = book(files)
    assert getattr(handbook["shop/ring"], key)
    assert getattr(handbook["shop/tone"], key) == Term.model_fields[key].get_default(
        call_default_factory=True
    )


@pytest.mark.parametrize("key", WRITTEN_BY_EACH)
def test_what_is_its_own_must_be_written(key: str, problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/terms/tone.yml": f"# without: english, definition, {key}\nextends: ring@1\n"
    }
    assert list(report.lines(problems(files), "en")) == [
        f"standards/shop/terms/tone.yml:1:1: error: key '{key}' is missing [wrong-value]"
    ]


def test_what_nobody_wrote_is_missed_in_the_tailored_file(problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/terms/ring.yml": "# without: definition\nenglish: ring\n",
        "shop/terms/tone.yml": "# without: english, definition\nextends: ring@1\n",
    }
    assert list(report.lines(problems(files), "en")) == [
        f"standards/shop/terms/{name}.yml:1:1: error: key 'definition' is missing [wrong-value]"
        for name in ("ring", "tone")
    ]


def test_ids_and_links_keep_the_pack_that_wrote_them(book: Make) -> None:
    texts = "extends: shop/greeting@1\ntitle: 摊位问候\nroles: [clerk]\nbody: 见 [[clerk]]。\n"
    files = {
        **STAND,
        "shop/scripts/greeting.yml": "related: [ring]\n",
        "stand/scripts/hello.yml": of_stand(texts),
    }
    handbook = book(files)
    links = {(link.loc, str(link.ref)) for link in handbook.links_of(handbook["stand/hello"])}
    assert {link for link in links if link[0][0] in ("roles", "related", "body", "owner")} == {
        (("roles", 0), "stand/clerk"),
        (("owner",), "stand/clerk"),
        (("body",), "stand/clerk"),
        (("related", 0), "shop/ring"),
    }
    assert handbook["stand/hello"].pack == "stand"


def test_links_in_the_prose_of_the_base_lead_where_they_led(book: Make) -> None:
    files = {
        **STAND,
        "shop/terms/ring.yml": "definition: 见 [[clerk]] 和 [[stand/clerk|摊主]]。\n",
        "stand/terms/tone.yml": of_stand("extends: shop/ring@1\ntitle: 音调\nsummary: 说话的音调。\n"),
    }
    handbook = book(files)
    found = [
        str(link.ref) for link in handbook.links_of(handbook["stand/tone"]) if link.loc == ("definition",)
    ]
    assert found == ["shop/clerk", "stand/clerk"]


def test_the_pinned_major_counts_with_its_newest_minor(book: Make) -> None:
    changes = "changes: [{ version: 1.4, on: 2026-02-01, note: 改错字 }]\n"
    files: dict[str, Text] = {
        "shop/terms/ring@1.yml": f"version: 1.4\neffective: 2026-02-01\n{changes}english: first\n",
        "shop/terms/ring.yml": f"version: 2.0\n{NOTE}english: second\n",
        "shop/terms/tone.yml": "# without: english, definition\nextends: ring@1\n",
        "shop/terms/bell.yml": "# without: english, definition\nextends: ring@2\n",
    }
    handbook = book(files)
    assert [_english(handbook, name) for name in ("tone", "bell")] == ["first", "second"]
    bases = [handbook.base_of(handbook[f"shop/{name}"]) for name in ("tone", "bell", "ring")]
    assert [base and str(base.version) for base in bases] == ["1.4", "2.0", None]


def _english(handbook: Handbook, name: str) -> str:
    record = handbook[f"shop/{name}"]
    assert isinstance(record, Term)
    return record.english


def test_each_major_of_a_tailored_record_has_its_own_base(book: Make) -> None:
    files: dict[str, Text] = {
        "shop/terms/ring@1.yml": "effective: 2026-02-01\nenglish: first\n",
        "shop/terms/ring.yml": f"version: 2.0\n{NOTE}english: second\n",
        "shop/terms/tone@1.yml": "# without: english, definition\nextends: ring@1\neffective: 2026-02-01\n",
        "shop/terms/tone.yml": f"# without: english, definition\nextends: ring@2\nversion: 2.0\n{NOTE}",
    }
    revisions = book(files).revisions["shop/tone"]
    assert [(str(record.version), getattr(record, "english", None)) for record in revisions] == [
        ("2.0", "second"),
        ("1.0", "first"),
    ]


TOLD_OF_THE_BASE: dict[str, Text] = {
    "shop/procedures/night-sale.yml": "# without: trigger, steps, call, outcome, sources\n"
    "extends: sale@1\nroles: [manager]\ntitle: 夜里的销售\n"
}
"""The steps of the base are for the clerk, whom the tailored record no longer lists."""


def test_a_problem_stands_where_the_words_stand(problems: Find) -> None:
    via = "standards/shop/procedures/night-sale.yml"
    said = f"warning: 'shop/clerk' is not listed under 'roles' (as taken over by {via}) [role-not-listed]"
    assert list(report.lines(problems(TOLD_OF_THE_BASE), "en")) == [
        f"standards/shop/procedures/sale.yml:4:{column}: {said}" for column in (28, 66)
    ]


def test_a_waiver_of_the_tailored_record_counts_for_words_of_the_base(problems: Find) -> None:
    waiver = "waivers: [{ check: role-not-listed, reason: 夜里只有店长, until: 2026-12-31 }]\n"
    files = {name: f"{text}{waiver}" for name, text in TOLD_OF_THE_BASE.items()}
    assert problems(files) == []


def test_a_record_whose_base_is_missing_is_known_to_others(tmp_path: Path) -> None:
    files: dict[str, Text] = {
        "shop/scripts/evening.yml": f"{ALL_OF_IT}extends: nothing@1\n",
        "shop/terms/ring.yml": "related: [evening]\n",
    }
    loaded, handbook = read(tmp_path, files)
    assert handbook
    assert handbook.unread == {"shop/evening"}
    assert [problem.rule for problem in loaded.problems] == ["unknown-base"]


def test_a_base_that_cannot_be_read_is_named(problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/scripts/farewell.yml": "title：道别\n",
        "shop/scripts/evening.yml": f"{ALL_OF_IT}extends: farewell@1\n",
    }
    [told] = [problem for problem in problems(files) if problem.rule == "unknown-base"]
    assert str(told.message) == "its base standards/shop/scripts/farewell.yml cannot be read"


def test_an_older_major_of_itself_is_no_base(problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/terms/ring@1.yml": "effective: 2026-02-01\n",
        "shop/terms/ring.yml": f"# without: english, definition\nversion: 2.0\n{NOTE}extends: ring@1\n",
    }
    assert [problem.rule for problem in problems(files)] == ["unknown-base"]


def test_a_range_that_is_no_limit_is_said_and_no_crash(problems: Find) -> None:
    fields = "touchpoints, roles, nature, aspect, expectation, do, dont, if_missed, rationale, freedom, step"
    files: dict[str, Text] = {
        "shop/standards/phone.yml": "may_vary: { clauses.answer.measure.limit: about 5 rings }\n",
        "shop/standards/hotline.yml": f"# without: {fields}, sources\nextends: phone@1\n"
        "clauses: [{ id: answer, measure: { limit: <= 8 rings } }]\n",
    }
    assert [problem.rule for problem in problems(files)] == ["unknown-variation"]


def test_an_empty_key_is_not_also_missing(problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/terms/tone.yml": "# without: english, definition\nowner:\nextends: ring@1\n"
    }
    assert [problem.rule for problem in problems(files)] == ["empty-value"]


def test_a_wrong_value_of_the_base_is_said_once(problems: Find) -> None:
    files: dict[str, Text] = {
        "shop/scripts/farewell.yml": "mandatory: maybe\n",
        "shop/scripts/evening.yml": f"{ALL_OF_IT}extends: farewell@1\n",
    }
    assert len(problems(files)) == 1


def test_dropping_from_a_list_that_the_base_has_not(problems: Find) -> None:
    text = f"{ALL_OF_IT}extends: greeting@1\nlines: [{{ id: help, drop: true }}]\n"
    assert [problem.rule for problem in problems({"shop/scripts/evening.yml": text})] == ["wrong-overlay"]
