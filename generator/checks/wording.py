"""Wording: what people read is measurable, what they say is decent, and braces are filled."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.location import Location
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.script import Script
from generator.kinds.standard import Standard
from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import Level, hint

MAX_FIRST_LINE = 40

_Text = tuple[Loc, str]

_INSIDE = {
    "及时": ("以涉提顾论触波普", "间"),
    "适时": ("合舒", "间"),
    "适当": ("合", "天日年月事"),
    "酌情": ("斟", "况"),
    "不可能": ("可", ""),
    "尽量": ("", "程"),
}
"""Word -> the characters before and after it that make it a part of others: 以及时间, 合适时间, 斟酌情况."""
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"")
_NOT_SAID = re.compile(r"(?:不|别|勿|避免|禁|代替)[^，。；“”]{0,6}$")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words, the longest first; what merely contains one does not count."""
    return re.compile("|".join(map(_whole, sorted(words, key=len, reverse=True))) or r"(?!)")


def _whole(word: str) -> str:
    if word.isascii():
        return rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])"
    before, after = _INSIDE.get(word, ("", ""))
    return (f"(?<![{before}])" if before else "") + re.escape(word) + (f"(?![{after}])" if after else "")


def _unquoted(text: str) -> str:
    """The text without what it only quotes: a rule may name the word that it forbids."""
    return _QUOTED.sub("", text)


def _current(book: Handbook) -> Iterator[Record]:
    return (record for record in book.living if record.status != "withdrawn")


@check()
def vague_clause(book: Handbook) -> Iterator[Finding]:
    """A must of a hard standard must not rest on a vague word.

    "In time" means five minutes to one and an hour to the other, and nobody can audit it. Say how long, then
    in how many cases: within 30 minutes, in at least 95 % of cases.

    Bad:

        level: must
        text: 及时回复客人

    Good:

        level: must
        text: 30 分钟内回复客人
        measure: { limit: <= 30 min, attainment: ">= 95 %" }
    """
    yield from _vague_clauses(book, "hard")


@check(Level.WARNING)
def vague_word(book: Handbook) -> Iterator[Finding]:
    """A must of a soft standard and the action of a step should not rest on a vague word.

    Where no number fits, say what one would see: whom to tell, what to do first, what to leave out.

    Bad:

        action: 尽快通知客房部

    Good:

        action: 通知客房部
        within: <= 2 min
    """
    yield from _vague_clauses(book, "soft")
    vague = _pattern(book.settings.wording.vague)
    for record in book.each(Procedure):
        if record.status == "withdrawn":
            continue
        for index, step in enumerate(record.steps):
            found = None if step.within else vague.search(_unquoted(step.action))
            if found:
                message = say(
                    "'{word}' sets no limit; add 'within', such as '<= 5 min', or say what exactly",
                    word=found[0],
                )
                yield record.place("steps", index, "action"), message


def _vague_clauses(book: Handbook, nature: str) -> Iterator[Finding]:
    vague = _pattern(book.settings.wording.vague)
    for record in book.each(Standard):
        if record.nature != nature or record.status == "withdrawn":
            continue
        for index, clause in enumerate(record.clauses):
            if clause.level == "must" and clause.measure is None:
                for word in dict.fromkeys(vague.findall(_unquoted(clause.text))):
                    yield record.place("clauses", index, "text"), _way_out(word)


def _way_out(word: str) -> Message:
    return say(
        "'{word}' cannot be judged; say how long, how much or which, and in how many cases (>= 95 %)",
        word=word,
    )


def _spoken(script: Script) -> Iterator[_Text]:
    """What the script tells people to say."""
    yield ("first_line",), script.first_line
    for index, line in enumerate(script.lines):
        yield ("lines", index, "say"), line.say
        for number, tone in enumerate(line.tones):
            yield ("lines", index, "tones", number, "say"), tone.say
    for index, reply in enumerate(script.if_they_say):
        yield ("if_they_say", index, "reply"), reply.reply
    if script.close:
        yield ("close",), script.close


@check()
def forbidden_phrase(book: Handbook) -> Iterator[Finding]:
    """What we tell people to say must not hold a phrase that handbook.yml forbids.

    Staff repeat what is printed. Under `avoid`, `dont` and `heard` the phrase may stand, and in a `do` only
    what stands in quotation marks is meant to be said.

    Bad:

        reply: 这不是我的事，您找前台吧

    Good:

        reply: 我马上帮您联系前台，请稍等
    """
    forbidden = _pattern(book.settings.wording.forbidden)
    for record in book.each(Script):
        if record.status != "withdrawn":
            for loc, text in _spoken(record):
                for phrase in forbidden.findall(text):
                    yield record.place(*loc), say("'{phrase}' is forbidden in what we say", phrase=phrase)
    for standard in book.each(Standard):
        if standard.status != "withdrawn":
            for index, item in enumerate(standard.do):
                for phrase in forbidden.findall("\n".join(_sayings(item.text))):
                    place = standard.place("do", index, "text")
                    yield place, say("'{phrase}' is forbidden in what we say", phrase=phrase)


def _sayings(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        if not _NOT_SAID.search(text, 0, match.start()):
            yield match[0]


@check()
def backstage_word(book: Handbook) -> Iterator[Finding]:
    """What is read at the counter must not hold a word of our trade.

    Words such as 触点 or MOT help those who write standards; on the first screen they cost the reader a
    second thought. They are welcome in `rationale`, `body` and in touchpoints.

    Bad:

        title: 前台触点问候话术

    Good:

        title: 前台问候
    """
    backstage = _pattern(book.settings.wording.backstage)
    for record in _current(book):
        for loc, text in _first_layer(record):
            for word in dict.fromkeys(backstage.findall(_unquoted(text))):
                yield (
                    record.place(*loc),
                    say("'{word}' is not for the counter; use an everyday word", word=word),
                )


def _first_layer(record: Record) -> Iterator[_Text]:
    if isinstance(record, Role | Procedure | Script | Location):
        yield ("title",), record.title
    if isinstance(record, Role):
        yield from ((("pinned", index, "heard"), pin.heard) for index, pin in enumerate(record.pinned))
    if isinstance(record, Procedure):
        yield ("trigger",), record.trigger
        yield from (
            (("first_actions", index, "text"), item.text) for index, item in enumerate(record.first_actions)
        )
        yield from ((("steps", index, "action"), step.action) for index, step in enumerate(record.steps))
    if isinstance(record, Script):
        yield ("situation",), record.situation
        yield from _spoken(record)


_BRACES = re.compile(r"\{([^{}]*)\}")
_WIDE_BRACES = re.compile(r"｛[^｛｝]*｝")


def _with_braces(script: Script) -> Iterator[_Text]:
    """What the speaker says in either language."""
    yield from _spoken(script)
    if script.foreign:
        yield ("foreign",), script.foreign
    for index, line in enumerate(script.lines):
        if line.foreign:
            yield ("lines", index, "foreign"), line.foreign
    for index, reply in enumerate(script.if_they_say):
        if reply.foreign:
            yield ("if_they_say", index, "foreign"), reply.foreign


@check()
def undeclared_placeholder(book: Handbook) -> Iterator[Finding]:
    """A word in braces must be listed under `placeholders`.

    The list tells the speaker what to put there; without it somebody will read the braces aloud.

    Bad:

        first_line: "{姓氏}先生，早上好！"

    Good:

        first_line: "{姓氏}先生，早上好！"
        placeholders: [{ name: 姓氏, meaning: 客人的姓, example: 王 }]
    """
    for record in book.each(Script):
        names = [placeholder.name for placeholder in record.placeholders]
        for loc, text in _with_braces(record) if record.status != "withdrawn" else ():
            for name in _BRACES.findall(text):
                if name not in names:
                    message = say(
                        "'{name}' is not listed under 'placeholders'{hint}", name=name, hint=hint(name, names)
                    )
                    yield record.place(*loc), message
            for wide in _WIDE_BRACES.findall(text):
                yield (
                    record.place(*loc),
                    say("full-width braces '{found}'; type {braces}", found=wide, braces="{ }"),
                )


@check(Level.WARNING)
def unused_placeholder(book: Handbook) -> Iterator[Finding]:
    """A word listed under `placeholders` should stand in braces in what is said.

    Either the list is out of date, or the braces are missing and the word will be said as it stands.

    Bad:

        first_line: 先生，早上好！
        placeholders: [{ name: 姓氏, meaning: 客人的姓, example: 王 }]

    Good:

        first_line: "{姓氏}先生，早上好！"
        placeholders: [{ name: 姓氏, meaning: 客人的姓, example: 王 }]
    """
    for record in book.each(Script):
        if record.placeholders and record.status != "withdrawn":
            used = {name for _, text in _with_braces(record) for name in _BRACES.findall(text)}
            for index, placeholder in enumerate(record.placeholders):
                if placeholder.name not in used:
                    message = say("'{name}' stands nowhere in braces", name=placeholder.name)
                    yield record.place("placeholders", index, "name"), message


@check()
def do_is_dont(book: Handbook) -> Iterator[Finding]:
    """The same sentence must not stand under `do` and under `dont`.

    One of the two is a slip of copying, and the reader cannot know which one.

    Bad:

        do: [{ id: smile, text: 微笑问候 }]
        dont: [{ id: smile, text: 微笑问候。, reason: ... }]

    Good:

        dont: [{ id: no-smile, text: 板着脸问候, reason: 客人会以为不受欢迎 }]
    """
    for record in book.each(Standard):
        dos = defaultdict(list)
        for index, item in enumerate(record.do):
            dos[_folded(item.text)].append(index)
        for index, avoid in enumerate(record.dont):
            for number in dos.get(_folded(avoid.text), ()):
                line = record.place("do", number, "text").line
                yield (
                    record.place("dont", index, "text"),
                    say("the same stands under 'do' on line {line}", line=line),
                )


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))


@check(Level.WARNING)
def long_first_line(book: Handbook) -> Iterator[Finding]:
    """The first sentence of a script should fit into one breath.

    It is read aloud with the customer waiting; after forty characters one is still reading while they answer.

    Bad:

        first_line: 您好，欢迎光临，我是前台接待员，很高兴为您服务，请问您今天是办理入住登记还是咨询其他事项？

    Good:

        first_line: 您好，欢迎光临！请问是办理入住吗？
    """
    for record in book.each(Script):
        if len(record.first_line) > MAX_FIRST_LINE and record.status != "withdrawn":
            count = len(record.first_line)
            message = say(
                "{max} characters at most: got {count}; move the rest to 'lines'",
                max=MAX_FIRST_LINE,
                count=count,
            )
            yield record.place("first_line"), message
