"""Texts: what they state is so, and what they must not hold is not there."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.model import Model
from generator.kinds.policy import Policy
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.marks import Loc
from generator.messages import say
from generator.problems import Level, Place


@check(Level.WARNING)
def english_missing(book: Handbook) -> Iterator[Finding]:
    """A script that starts in English should go on in English.

    A foreign guest who hears one English sentence answers in English; then the next one is needed.

    Bad:

        foreign: Good morning, how may I help you?
        lines: [{ id: passport, say: 请出示护照 }]

    Good:

        foreign: Good morning, how may I help you?
        lines: [{ id: passport, say: 请出示护照, foreign: "May I see your passport, please?" }]
    """
    for record in book.approved(Script):
        said: dict[Loc, str | None] = {("first_line",): record.foreign}
        said |= {("lines", index, "say"): line.foreign for index, line in enumerate(record.lines)}
        said |= {
            ("if_they_say", index, "reply"): reply.foreign for index, reply in enumerate(record.if_they_say)
        }
        missing = [loc for loc, foreign in said.items() if foreign is None]
        if missing and len(missing) < len(said):
            message = say(
                "{missing} of {all} sentences have no 'foreign', this is the first",
                missing=len(missing),
                all=len(said),
            )
            yield record.place(*missing[0]), message


_DIGITS = "一二三四五六七八九"
_COUNT = rf"(?<![第下上每进这那前后头最\d.{_DIGITS}两十])(?P<count>\d+|[{_DIGITS}两十]+)\s*"


_COUNTED: dict[type[Record], tuple[str, re.Pattern[str]]] = {
    Procedure: ("steps", re.compile(rf"{_COUNT}个?步(?![以之内外远行伐])")),
    Standard: ("clauses", re.compile(rf"{_COUNT}条(?=要求|规定|标准|准则|守则|原则|底线|$|[，。；：、])")),
    Classification: (
        "classes",
        re.compile(
            rf"[分共][为成有]?\s*{_COUNT}个?[类级]"
            rf"|{_COUNT.replace('count', 'kinds')}[类级]分[类级]"
        ),
    ),
    Model: ("components", re.compile(rf"{_COUNT}[个大处]?(?:差距|缺口|要素|部分|字母)")),
}


_LETTERS = re.compile(r"(?<![A-Za-z0-9.])(?P<count>[2-9])S(?![A-Za-z0-9])(?!\s*店)")


@check()
def stated_count(book: Handbook) -> Iterator[Finding]:
    """A number in the title or the summary, and a model's `count`, must be the number of entries.

    A "6S" with five entries makes every reader look for the sixth.

    Bad:

        title: 入住登记七步
        steps: [...]              # six steps

    Good:

        title: 入住登记六步
    """
    for kind, (key, pattern) in _COUNTED.items():
        for record in book.approved(kind):
            lengths = {len(value) for value in record.__dict__.values() if type(value) is list}
            found = [("title", match) for match in _LETTERS.finditer(record.title)]
            found += [
                (name, match)
                for name in ("title", "summary")
                for match in pattern.finditer(getattr(record, name))
            ]
            for name, match in found:
                count = _number(next(filter(None, match.groupdict().values())))
                if count > 1 and count not in lengths:
                    listed = len(getattr(record, key))
                    message = say(
                        "'{stated}', but entries under '{key}': {count}",
                        stated=match[0],
                        key=key,
                        count=listed,
                    )
                    yield record.place(name), message
    for model in book.approved(Model):
        if model.count != len(model.components):
            message = say(
                "'{stated}', but entries under '{key}': {count}",
                stated=f"count: {model.count}",
                key="components",
                count=len(model.components),
            )
            yield model.place("count"), message


def _number(text: str) -> int:
    """A count up to 99 in digits or in Chinese."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    return (_digit(tens, 1) * 10 if ten else 0) + _digit(ones, 0)


def _digit(text: str, empty: int) -> int:
    return _DIGITS.index(text[0]) + 1 if text else empty


_NUMBERED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){2,}|\d{1,2}(?:\.\d{1,2})+(?=\s+[^\W\d])|\d{1,2}(?=[、.．)）]))"
    r"(?!\s*(?:米|分|秒|小时|元|天|个|人|%|度|公|厘|倍|万|平))(?!\.?\d)"
)


@check()
def numbering_gap(book: Handbook) -> Iterator[Finding]:
    """Numbers of entries must follow one another; those of a policy's chapters and articles start at 1.

    A reader of 6.4.1 and 6.4.3, or of articles 3 and 5, believes that a page is missing.

    Bad:

        - { id: book, title: 6.4.1 预订 }
        - { id: serve, title: 6.4.3 服务 }

    Good:

        - { id: book, title: 6.4.1 预订 }
        - { id: serve, title: 6.4.2 服务 }
    """
    lists: dict[tuple[int, Loc], list[tuple[Place, str]]] = defaultdict(list)
    for record, loc, text in book.said:
        if text[0].isdecimal() and loc[-1] in ("title", "text", "action") and len(loc) > 2:
            match = _NUMBERED.match(text)
            if match and record.status == "approved":
                lists[id(record), loc[:-2]].append((record.place(*loc), match[1]))
    for numbered in lists.values():
        for (_, previous), (place, number) in pairwise(numbered):
            before, last = previous.split("."), number.split(".")
            expected = ".".join([*before[:-1], str(int(before[-1]) + 1)])
            if before[:-1] == last[:-1] and number != expected:
                message = say(
                    "{number} follows {previous}: {expected} was expected",
                    number=number,
                    previous=previous,
                    expected=expected,
                )
                yield place, message
    for policy in book.approved(Policy):
        yield from _misnumbered(policy)


def _misnumbered(policy: Policy) -> Iterator[Finding]:
    chapters = list(enumerate(policy.chapters))
    articles: list[tuple[Loc, int]] = [
        (("chapters", index, "articles", place, "number"), article.number)
        for index, chapter in chapters
        for place, article in enumerate(chapter.articles)
    ]
    for numbered in ([(("chapters", index, "number"), each.number) for index, each in chapters], articles):
        expected = 1
        for loc, number in numbered:
            if number != expected:
                message = say(
                    "number {number}, where {expected} was expected", number=number, expected=expected
                )
                yield policy.place(*loc), message
            expected = number + 1


_MOBILE = r"(?<![\d.])1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"
_IDENTITY = r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
_PERSONAL = re.compile(rf"(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})")
_LONG_NUMBER = re.compile(r"\d[\d -]{9}")
_PHONE_KEYS = ("phone", "backup", "emergency_phone", "number")


@check()
def restricted_word(book: Handbook) -> Iterator[Finding]:
    """No text may hold a mobile number or an identity number.

    The handbook names posts, not people; private numbers belong in no document that many read.

    Bad:

        text: 找王经理，手机 138 0000 0000

    Good:

        text: 找值班经理，分机 8001
    """
    for record, loc, text in book.said:
        if loc[-1] in _PHONE_KEYS or not _LONG_NUMBER.search(text):
            continue
        for match in _PERSONAL.finditer(text):
            hidden = match[0][:3] + "…" + match[0][-2:]
            if match["mobile"]:
                yield (
                    record.place(*loc),
                    say("a mobile number in a text: '{hidden}'; name the post instead", hidden=hidden),
                )
            else:
                yield (
                    record.place(*loc),
                    say("an identity number in a text: '{hidden}'; delete it", hidden=hidden),
                )
