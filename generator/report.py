"""The forms in which problems are reported."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from generator.checks import RULES
from generator.explain import page
from generator.messages import say
from generator.problems import Level, Problem

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def lines(problems: Sequence[Problem], language: str) -> Iterator[str]:
    """One line per problem: `path:line:column: level: message [rule]`."""
    for problem in problems:
        level = say(problem.level).in_language(language)
        message = problem.told.in_language(language)
        yield _one_line(f"{problem.place}: {level}: {message} [{problem.rule}]")


def as_text(problems: Sequence[Problem], language: str) -> str:
    """For people and editors."""
    return "".join(f"{line}\n" for line in lines(problems, language))


def as_json(problems: Sequence[Problem], language: str) -> str:
    """A list of objects, one per problem."""
    return _json([_plain(problem, language) for problem in problems])


def as_github(problems: Sequence[Problem], language: str) -> str:
    """Workflow commands that show each problem at its line in a pull request."""
    return "".join(_annotation(problem, language) + "\n" for problem in problems)


def as_sarif(problems: Sequence[Problem], language: str) -> str:
    """SARIF 2.1.0, for code scanning and editors."""
    names = sorted({*RULES, *(problem.rule for problem in problems)})
    driver = {"name": "handbook", "rules": [_sarif_rule(name, language) for name in names]}
    results = [_sarif_result(problem, language) for problem in problems]
    return _json(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
        }
    )


FORMATS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def summary(problems: Sequence[Problem], files: int, language: str) -> str:
    """The last line: how many files were read and what was found in them."""
    message = say(
        "files: {files}, errors: {errors}, warnings: {warnings}",
        files=files,
        errors=sum(problem.level is Level.ERROR for problem in problems),
        warnings=sum(problem.level is Level.WARNING for problem in problems),
    )
    return message.in_language(language)


def _plain(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "level": str(problem.level),
        "rule": problem.rule,
        "message": _one_line(problem.told.in_language(language)),
    }


def _annotation(problem: Problem, language: str) -> str:
    place = problem.place
    properties = {"file": place.path, "line": place.line, "col": place.column, "title": problem.rule}
    written = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items())
    return f"::{problem.level} {written}::{_escaped(problem.told.in_language(language))}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return _one_line(text)


def _sarif_rule(name: str, language: str) -> dict[str, Any]:
    rule = RULES.get(name)
    if rule is None:
        return {"id": name}
    shown = page(rule, language)
    return {
        "id": name,
        "shortDescription": {"text": shown.norm},
        "fullDescription": {"text": "\n\n".join([shown.norm, *shown.why])},
        "defaultConfiguration": {"level": str(rule.level)},
    }


def _sarif_result(problem: Problem, language: str) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": place.line, "startColumn": place.column}
    location = {"artifactLocation": {"uri": quote(place.path, errors="replace")}, "region": region}
    return {
        "ruleId": problem.rule,
        "level": str(problem.level),
        "message": {"text": _one_line(problem.told.in_language(language))},
        "locations": [{"physicalLocation": location}],
    }


def _one_line(text: str) -> str:
    """Content may hold line breaks and characters that steer a terminal; a report must not."""
    return _CONTROL.sub(" ", text)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
