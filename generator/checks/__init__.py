"""The rules. Each is one generator function in a family file; its docstring is its published page."""

from generator.against import BASE_CHECKS
from generator.checks import (
    catalogues,
    completeness,
    cycles,
    data,
    findings,
    governance,
    identity,
    ladders,
    lifecycle,
    measures,
    notices,
    ratings,
    references,
    sheets,
    steps,
    tailoring,
    teaching,
    texts,
    timeline,
    visibility,
    wording,
)
from generator.checks.engine import CHECKS, UNUSED_WAIVER, Check, check, run
from generator.problems import Rule
from generator.rules import LOADING_RULES, READING_RULES

FAMILIES = (
    references,
    identity,
    cycles,
    visibility,
    completeness,
    measures,
    ratings,
    findings,
    data,
    sheets,
    steps,
    ladders,
    texts,
    lifecycle,
    timeline,
    notices,
    tailoring,
    teaching,
    governance,
    catalogues,
    wording,
)
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        *READING_RULES,
        *LOADING_RULES,
        *(entry.rule for entry in CHECKS.values()),
        *(entry.rule for entry in BASE_CHECKS.values()),
        UNUSED_WAIVER,
    )
}

__all__ = ["BASE_CHECKS", "CHECKS", "RULES", "Check", "check", "run"]
