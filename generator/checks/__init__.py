"""The rules. Each is one generator function in a family file; its docstring is its published page."""

from generator.checks import (
    completeness,
    cycles,
    identity,
    ladders,
    lifecycle,
    measures,
    references,
    steps,
    texts,
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
    steps,
    ladders,
    texts,
    lifecycle,
    wording,
)
RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (*READING_RULES, *LOADING_RULES, *(entry.rule for entry in CHECKS.values()), UNUSED_WAIVER)
}

__all__ = ["CHECKS", "RULES", "Check", "check", "run"]
