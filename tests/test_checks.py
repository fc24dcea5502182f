"""Every rule, by its case in tests/checks/: what is good, what is bad, and what is bad twice."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import explain, report
from generator.checks import BASE_CHECKS, CHECKS, RULES
from generator.kinds.parts import Visibility
from generator.messages import catalogue, say
from generator.problems import Level, Problem
from tests.vocabulary import HERE, Text

CASES = HERE / "checks"
GENERATOR = HERE.parent / "generator"

WITHOUT_BASE = [rule for rule in RULES if rule not in BASE_CHECKS]
"""The rules that need no git commit to compare with; test_against.py has the others."""

SPEAKERS = ("say", "HandbookError", "LimitError")
"""What takes an English sentence as its first argument."""

Find = Callable[[Mapping[str, Text]], list[Problem]]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    return yaml


def _read(rule: str) -> Any:
    return _yaml().load((CASES / f"{rule}.yml").read_text("utf-8"))


def _files(part: Any) -> dict[str, Text]:
    return {name: text for name, text in part.items() if name != "problems"}


@pytest.mark.parametrize("rule", WITHOUT_BASE)
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


@pytest.mark.parametrize("rule", WITHOUT_BASE)
def test_case_shows_its_rule(rule: str) -> None:
    case = _read(rule)
    assert list(case) == ["good", "bad", "twice"]
    assert len(_own(case["bad"], rule)) >= 1
    assert len(_own(case["twice"], rule)) >= 2


def _own(part: Any, rule: str) -> list[str]:
    return [line for line in part["problems"] if line.endswith(f" [{rule}]")]


def test_cases_name_rules() -> None:
    assert {path.stem for path in CASES.iterdir()} == set(WITHOUT_BASE)


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
    settings = f"{files.get('handbook.yml', '')}levels: {{ {name}: off }}\n"
    assert name not in {problem.rule for problem in problems({**files, "handbook.yml": settings})}


def _templates() -> Iterator[str]:
    """Every English sentence that the generator says."""
    for path in sorted(GENERATOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKERS:
                yield from _texts(node.args[:1])
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "template":
                yield from _texts([node.value])
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_TEMPLATES":
                assert isinstance(node.value, ast.Dict)
                yield from _texts(node.value.values)


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.IfExp):
            yield from _texts([node.body, node.orelse])
        elif isinstance(node, ast.Constant) and node.value:
            yield str(node.value)


def _words() -> Iterator[str]:
    """What is said without standing in a say(...) as text."""
    yield from ("draft", "approved", "withdrawn")
    yield from Visibility.__args__
    yield from Level


SAID = dict.fromkeys([*_templates(), *map(str, _words())])


def test_every_message_is_said_in_chinese() -> None:
    assert [template for template in SAID if template not in catalogue("zh")] == []


def test_translations_keep_the_values() -> None:
    chinese = catalogue("zh")
    assert [
        template for template in SAID if _values(chinese.get(template, template)) != _values(template)
    ] == []


def _values(template: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{([a-z_]+)\}", template))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_explained_in_chinese(rule: Any) -> None:
    page = explain.page(rule, "zh")
    assert [text for text in (page.norm, *page.why) if text.isascii()] == []


def test_no_translation_is_left_over() -> None:
    pages = [explain.page(rule, "en") for rule in RULES.values()]
    paragraphs = {text for page in pages for text in (page.norm, *page.why)}
    assert set(catalogue("zh")) - set(SAID) - paragraphs == set()


def test_chinese_message_reads_like_one() -> None:
    message = say("no {kind} '{id}'; did you mean '{near}'?", kind=say("procedure"), id="x", near="y")
    assert message.in_language("zh") == "没有名为 'x' 的流程；是不是想写 'y'？"
