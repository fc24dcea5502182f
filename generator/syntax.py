"""Syntax errors in words that people understand, seen from what they really type."""

import re
from collections.abc import Iterator

import yaml

from generator.messages import Message, say
from generator.problems import Place

CONTROL_CHARACTER = say("an invisible control character stands here; delete it")
_PLAIN_WORDS = {
    "mapping values are not allowed": say(
        "a second ': ' in this line, or the line is indented too far; put text that holds ': ' in quotes"
    ),
    "could not find expected ':'": say("this line is no 'key: value'; is the ': ' after the key missing?"),
    "found character that cannot start any token": say(
        "a value must not start with this character; put the text in quotes"
    ),
    "found a tab character": say("a tab stands here; indent with spaces"),
    "did not find expected key": say(
        "the indentation changes here; keys of one block start in the same column"
    ),
    "did not find expected '-' indicator": say(
        "an item of this list must start with '- ' in the same column"
    ),
    "block sequence entries are not allowed": say(
        "a list must start on a line of its own, not behind the key"
    ),
    "found unexpected end of stream": say("a quote or bracket that opens here is never closed"),
    "did not find expected ',' or ']'": say("a '[' is not closed with ']', or a comma is missing"),
    "did not find expected ',' or '}'": say("a '{' is not closed with '}', or a comma is missing"),
    "did not find expected <document start>": say(
        "text stands outside of any key; is the indentation right?"
    ),
    "did not find expected node content": say("a value is missing here"),
    "found unknown escape character": say(
        "a backslash in double quotes means something else; use single quotes"
    ),
    "control characters are not allowed": CONTROL_CHARACTER,
    "special characters are not allowed": CONTROL_CHARACTER,
    "did not find expected whitespace or line break": say(
        "a value must not start with '!'; put the text in quotes"
    ),
    "found incompatible YAML document": say("a line must not start with '%'; put the text in quotes"),
    "found unknown directive name": say("a line must not start with '%'; put the text in quotes"),
    "found undefined tag handle": say("a value must not start with '!'; put the text in quotes"),
    "did not find URI escape": say("a value must not start with '!'; put the text in quotes"),
    "did not find expected alphabetic or numeric character": say(
        "a value must not start with '*' or '&'; put the text in quotes"
    ),
    "did not find expected hexdecimal number": say(
        "a backslash in double quotes means something else; use single quotes"
    ),
    "did not find expected comment or line break": say(
        "after '|' or '>' the text must start on the next line"
    ),
}

_SHOWN_WHERE_IT_OPENS = (
    "found unexpected end of stream",
    "could not find expected ':'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)


_AFTER_QUOTE = re.compile(r"""[^"']*?:\s+(?:"[^"]*"|'[^']*')\s*[^\s#]""")
_PLAIN = re.compile(r"(?!.*:(?:\s|$))[^\s#'\"\[\]{}%-]")
_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- )?[A-Za-z_]+\s*：")
_NO_SPACE = re.compile(r"^\s*(?:- )?[A-Za-z_]+:[^\s:/]")


def syntax_place(name: str, error: yaml.MarkedYAMLError) -> Place:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(words in (error.problem or "") for words in _SHOWN_WHERE_IT_OPENS):
        mark = error.context_mark
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def syntax_message(text: str, error: yaml.MarkedYAMLError) -> Message:
    for hint in _suspicions(text, error):
        return hint
    problem = error.problem or ""
    for jargon, plain in _PLAIN_WORDS.items():
        if jargon in problem:
            return plain
    return say("not readable as YAML: {problem}", problem=problem)


def _suspicions(text: str, error: yaml.MarkedYAMLError) -> Iterator[Message]:
    """What people who type Chinese really do wrong, in the line where reading stopped or the one above."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("<<<<<<< "):
            yield say("line {line}: a merge conflict; keep one text and delete the marks", line=number + 1)
    for number in (mark.line, mark.line - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if _FULL_WIDTH_COLON.match(line):
            yield say("line {line}: full-width '：' after the key; type ': '", line=number + 1)
        if line.lstrip(" ").startswith("\u3000"):
            yield say("line {line}: a full-width space; indent with ordinary spaces", line=number + 1)
        if line[: len(line) - len(line.lstrip())].count("\t"):
            yield say("line {line}: a tab; indent with spaces", line=number + 1)
        if _AFTER_QUOTE.match(line):
            yield say("line {line}: text follows the closing quote; quote all of it or none", line=number + 1)
        if _NO_SPACE.match(line):
            yield say("line {line}: a space is missing after ':'", line=number + 1)
        if _PLAIN.match(line):
            yield say("line {line}: this is no 'key: value'; is the ': ' missing?", line=number + 1)
