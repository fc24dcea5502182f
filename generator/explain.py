"""The page of a rule: its docstring taken apart and translated, for the terminal and for the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from itertools import groupby

from generator.messages import catalogue
from generator.problems import Level, Rule


@dataclass(frozen=True)
class RulePage:
    """A rule as people read it; `bad` and `good` are YAML or a sentence that shows the case."""

    name: str
    level: Level
    norm: str
    why: tuple[str, ...]
    bad: str
    good: str


def page(rule: Rule, language: str) -> RulePage:
    """The published page of a rule; paragraphs without a translation stay English."""
    translated = catalogue(language)
    text: list[str] = []
    samples = {"Bad:": "", "Good:": ""}
    part = None
    for paragraph in _paragraphs(rule.doc):
        if paragraph in samples:
            part = paragraph
        elif part:
            samples[part] += ("\n\n" if samples[part] else "") + cleandoc("\n" + paragraph)
        else:
            folded = " ".join(paragraph.split())
            text.append(translated.get(folded, folded))
    norm, *why = text or [""]
    return RulePage(rule.name, rule.level, norm, tuple(why), samples["Bad:"], samples["Good:"])


def _paragraphs(doc: str) -> Iterator[str]:
    for blank, lines in groupby(cleandoc(doc).splitlines(), key=lambda line: not line.strip()):
        if not blank:
            yield "\n".join(lines)
