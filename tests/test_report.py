"""The forms in which problems are reported."""

import json

from generator.messages import say
from generator.problems import Level, Place, Problem
from generator.report import FORMATS, as_github, as_json, as_sarif, lines, summary

PROBLEMS = (
    Problem(
        Place("standards/a,b.yml", 2, 3),
        "unknown-reference",
        say("no role '{id}'", id="x\n::y\x1b[31m"),
    ),
    Problem(Place("standards/酒.yml"), "no-such-rule", say("100 %"), Level.WARNING),
)


def test_text_is_one_line_each() -> None:
    assert list(lines(PROBLEMS, "en")) == [
        "standards/a,b.yml:2:3: error: no role 'x ::y [31m' [unknown-reference]",
        "standards/酒.yml:1:1: warning: 100 % [no-such-rule]",
    ]


def test_github_escapes_what_commands_are_made_of() -> None:
    assert as_github(PROBLEMS, "en").splitlines() == [
        "::error file=standards/a%2Cb.yml,line=2,col=3,title=unknown-reference::no role 'x%0A::y [31m'",
        "::warning file=standards/酒.yml,line=1,col=1,title=no-such-rule::100 %25",
    ]


def test_json_holds_every_part() -> None:
    first, second = json.loads(as_json(PROBLEMS, "en"))
    assert first["line"] == 2
    assert second == {
        "path": "standards/酒.yml",
        "line": 1,
        "column": 1,
        "level": "warning",
        "rule": "no-such-rule",
        "message": "100 %",
    }


def test_sarif_names_rules_and_places() -> None:
    [run] = json.loads(as_sarif(PROBLEMS, "en"))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["unknown-reference"]["shortDescription"]["text"].startswith("A reference must")
    assert [result["ruleId"] for result in run["results"]] == ["unknown-reference", "no-such-rule"]
    [location] = run["results"][1]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "standards/%E9%85%92.yml"


def test_nothing_found_is_still_well_formed() -> None:
    assert [FORMATS[form]((), "en") for form in ("text", "github")] == ["", ""]
    assert json.loads(as_json((), "en")) == []
    assert json.loads(as_sarif((), "en"))["runs"][0]["results"] == []
    assert summary((), 3, "en") == "files: 3, errors: 0, warnings: 0"
