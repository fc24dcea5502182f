"""Every rule, by its case in tests/checks/: what is good, what is bad, and what is bad twice."""

import ast
import string
from collections.abc import Callable, Iterator, Mapping
from inspect import cleandoc
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import explain, limits, report
from generator.checks import CHECKS, RULES
from generator.kinds.parts import Visibility
from generator.messages import catalogue, say
from generator.problems import Level, Problem
from tests.vocabulary import HERE, Text

CASES = HERE / "checks"
GENERATOR = HERE.parent / "generator"

Find = Callable[[Mapping[str, Text]], list[Problem]]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    return yaml


def _read(rule: str) -> Any:
    return _yaml().load((CASES / f"{rule}.yml").read_text("utf-8"))


def _files(part: Any) -> dict[str, Text]:
    return {name: text for name, text in part.items() if name != "problems"}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("part", ["good", "bad", "twice"])
def test_rule(rule: str, part: str, problems: Find, update_golden: bool) -> None:
    case = _read(rule)
    found = list(report.lines(problems(_files(case[part])), "en"))
    if update_golden and part != "good":
        case[part]["problems"] = found
        stream = StringIO()
        _yaml().dump(case, stream)
        (CASES / f"{rule}.yml").write_text(stream.getvalue(), "utf-8")
    assert found == list(case[part].get("problems", []))


@pytest.mark.parametrize("rule", RULES)
def test_case_shows_its_rule(rule: str) -> None:
    case = _read(rule)
    assert list(case) == ["good", "bad", "twice"]
    assert len(_own(case["bad"], rule)) >= 1
    assert len(_own(case["twice"], rule)) >= 2


def _own(part: Any, rule: str) -> list[str]:
    return [line for line in part["problems"] if line.endswith(f" [{rule}]")]


def test_cases_name_rules() -> None:
    assert {path.stem for path in CASES.iterdir()} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_is_its_own_page(rule: Any) -> None:
    page = explain.page(rule, "en")
    assert page.norm.endswith(".")
    assert page.why
    assert page.bad
    assert page.good


@pytest.mark.parametrize("name", CHECKS)
def test_levels_come_from_the_settings(name: str, problems: Find) -> None:
    files = _files(_read(name)["bad"])
    if "handbook.yml" in files:
        pytest.skip("the case needs a handbook.yml of its own")
    levels = {"handbook.yml": f"levels: {{ {name}: off }}\n"}
    assert name not in {problem.rule for problem in problems({**files, **levels})}


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(GENERATOR.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        tables = [node.value for node in tree.body if isinstance(node, ast.Assign) and _is_table(node)]
        for node in (*ast.walk(tree), *(value for table in tables for value in ast.walk(table))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "HandbookError"):
                for literal in node.args[:1]:
                    if isinstance(literal, ast.Constant) and literal.value:
                        yield path.name, str(literal.value)
        for table in tables:
            assert isinstance(table, ast.Dict)
            yield from ((path.name, ast.literal_eval(value)) for value in table.values)


def _is_table(node: ast.Assign) -> bool:
    return [getattr(target, "id", "") for target in node.targets] == ["_TEMPLATES"]


def _words() -> Iterator[str]:
    """What is said without standing in a say(...) as text."""
    yield from ("draft", "approved", "withdrawn")
    yield from Visibility.__args__
    yield from Level
    yield from (form.__name__.lower() for form in limits.Limit.__subclasses__())


SAID = dict.fromkeys([*(template for _, template in _templates()), *_words()])


@pytest.mark.parametrize("template", SAID)
def test_every_message_is_said_in_chinese(template: str) -> None:
    assert template in catalogue("zh")


@pytest.mark.parametrize("template", catalogue("zh"))
def test_translation_keeps_the_values(template: str) -> None:
    assert _values(catalogue("zh")[template]) == _values(template)


def _values(template: str) -> set[str]:
    if template not in SAID:
        return set()
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_explained_in_chinese(rule: Any) -> None:
    page = explain.page(rule, "zh")
    assert [text for text in (page.norm, *page.why) if text.isascii()] == []


def test_no_translation_is_left_over() -> None:
    paragraphs = {
        " ".join(part.split()) for rule in RULES.values() for part in cleandoc(rule.doc).split("\n\n")
    }
    assert set(catalogue("zh")) - set(SAID) - paragraphs == set()


def test_chinese_message_reads_like_one() -> None:
    message = say("no {kind} '{id}'; did you mean '{near}'?", kind=say("procedure"), id="x", near="y")
    assert message.in_language("zh") == "没有名为 'x' 的流程；是不是想写 'y'？"
