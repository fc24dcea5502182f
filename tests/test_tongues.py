"""Templates are written in Chinese; their words are put in while they are compiled."""

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator import tongues
from generator.messages import catalogue, speaking, tell
from generator.tongues import heard, taught
from tests.said import words

ENGLISH = {
    "客人": "Guest",
    "由 {1} 处理{2}": "Handled by {1}{2}",
    "{2}发现 {1}": "{1} found by {2}",
    "共 {1} 项": "{1} items",
    "平时": "Usually",
    "哪种情况": "Which case",
    "，": ", ",
}


def rendered(monkeypatch: pytest.MonkeyPatch, template: str, language: str = "en", **values: object) -> str:
    monkeypatch.setattr(tongues, "catalogue", lambda _: ENGLISH if language == "en" else {})
    environment = Environment(loader=DictLoader({"page": template}), autoescape=True)
    taught(environment, language)
    return environment.get_template("page").render(**values)


@pytest.mark.parametrize(
    ("template", "english"),
    [
        ("<p>客人</p>", "<p>Guest</p>"),
        ("<p> 客人 </p>", "<p> Guest </p>"),
        ("<p>由 {{ a }} 处理{{ b }}</p>", "<p>Handled by 12</p>"),
        ("{{ a }}发现 {{ b }}", "{{ a }}发现 {{ b }}"),
        ("<b>共 {{ a }} 项</b>共 {{ b }} 项", "<b>1 items</b>2 items"),
        ('{{ "平时" }}{{ "，" if a }}', "Usually, "),
        ("{% if a %}客人{% else %}平时{% endif %}", "Guest"),
        ('{% set was = "平时" %}{{ was }}', "Usually"),
        ('<nav aria-label="哪种情况" class="a">x</nav>', '<nav aria-label="Which case" class="a">x</nav>'),
        ('<a href="{{ a }}">客人</a>', '<a href="1">Guest</a>'),
        ('<a title="{{ a }}，{{ b }}">x</a>', '<a title="1, 2">x</a>'),
        ("<p>没有译文</p>", "<p>没有译文</p>"),
        ("<p>plain &lt; text</p>", "<p>plain &lt; text</p>"),
    ],
)
def test_words_are_put_in(template: str, english: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = english.replace("{{ a }}", "1").replace("{{ b }}", "2")
    assert rendered(monkeypatch, template, a=1, b=2) == expected


def test_a_translation_may_print_in_another_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGLISH, "{1}发现 {2}", "{2} found by {1}")
    assert (
        rendered(monkeypatch, "<i>{{ a }}发现 {{ b }}</i>", a="<A>", b="B") == "<i>B found by &lt;A&gt;</i>"
    )


def test_in_chinese_a_template_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    template = '<p title="平时">由 {{ a }} 处理</p>'
    assert rendered(monkeypatch, template, "zh", a=1) == '<p title="平时">由 1 处理</p>'


def test_heard_names_every_run_once(tmp_path: Path) -> None:
    (tmp_path / "a.md.j2").write_text("<p>客人</p>{% if x %}由 {{ x }} 处理{{ y }}{% endif %}", "utf-8")
    (tmp_path / "b.md.j2").write_text('<p title="客人">{{ "平时" | upper }}</p>', "utf-8")
    assert heard(tmp_path) == {"客人", "由 {1} 处理{2}", "平时"}


def test_every_word_of_the_pages_has_its_english_and_none_is_left_over() -> None:
    said, known = words(), set(catalogue("en"))
    assert said - known == set()
    assert known - said - set("一二三四") == set()


def test_a_translation_prints_only_what_the_words_print() -> None:
    for chinese, english in catalogue("en").items():
        for slot in (r"\{\d+\}", r"\{[a-z]+\}", "%s"):
            assert sorted(re.findall(slot, english)) == sorted(re.findall(slot, chinese)), chinese


def test_code_speaks_the_language_of_the_page() -> None:
    assert tell("{count} 天", count=3) == "3 天"
    with speaking("en"):
        assert tell("{count} 天", count=3) == "3 days"
        with speaking("zh"):
            assert tell("没有数据") == "没有数据"
        assert tell("没有数据") == "No data"
