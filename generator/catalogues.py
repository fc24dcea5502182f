"""The catalogues of standards/locales/: the texts of the records in another language, as gettext files."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, StringIO
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, normalize, read_po, unescape, write_po

from generator import prose
from generator.messages import Message, say
from generator.problems import Place, Problem

LOCALES = "standards/locales"
Key = tuple[str, str]
"""Where a text stands, as `hotel/check-in steps.greet.action`, and the text itself."""

_LINE = re.compile(r'|#.*|(?:msg(?:ctxt|id|str) +)?"(?:[^"\\]|\\.)*"')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_MARK = re.compile(r"^# (former-\d+)\n((?:#,.*\n)?)", re.MULTILINE)
"""Where a former text is to stand: Babel itself breaks one where it is long, within its quotes."""


class Entry(NamedTuple):
    """One text of a catalogue; `line` is where it begins in the file."""

    context: str
    text: str
    told: str
    fuzzy: bool = False
    before: str = ""
    """The text that was translated, where it has changed since."""
    line: int = 1

    @property
    def key(self) -> Key:
        return self.context, self.text

    @property
    def counts(self) -> bool:
        """Whether readers get to see the translation."""
        return bool(self.told) and not self.fuzzy


@dataclass(frozen=True)
class Catalogue:
    """A file: `standards/locales/<language>/<pack>.po`; that of handbook.yml is `handbook.po`."""

    path: str
    language: str
    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def told(self) -> dict[Key, str]:
        """What readers get to see."""
        return {entry.key: entry.told for entry in self.entries if entry.counts}

    def place(self, entry: Entry) -> Place:
        """Where an entry begins."""
        return Place(self.path, entry.line)


def read_catalogue(name: str, content: bytes) -> Catalogue | Problem:
    """A catalogue from the content of its file, or the one thing that keeps it from being read."""
    _, _, language, file = name.split("/")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return _unreadable(name, line, say("the file must be in UTF-8; save it again as such"))
    odd = next((n for n, line in enumerate(text.splitlines(), 1) if not _LINE.fullmatch(line.strip())), 0)
    if odd:
        return _unreadable(name, odd, say("a line is msgctxt, msgid or msgstr with one text in quotes"))
    try:
        read = read_po(StringIO(text), locale=language, abort_invalid=True)
    except PoFileError as error:
        reason = str(error).partition(": ")[2] or str(error)
        return _unreadable(
            name, error.lineno + 1, say("not readable as a catalogue: {reason}", reason=reason)
        )
    before = _before(text)
    entries = tuple(
        Entry(
            message.context or "",
            str(message.id),
            str(message.string or ""),
            message.fuzzy,
            before.get(message.lineno or 1, ""),
            message.lineno or 1,
        )
        for message in read
        if message.id
    )
    return Catalogue(name, language, file.removesuffix(".po"), entries)


def _before(text: str) -> dict[int, str]:
    """What the translated texts were before they changed, by the line of the text; Babel reads past it."""
    found: dict[int, str] = {}
    waiting: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith('#| msgid "') or (waiting and line.startswith('#| "')):
            waiting += map(unescape, _QUOTED.findall(line))
        elif line.startswith("msgid ") and waiting:
            found[number] = "".join(waiting)
            waiting = []
    return found


def _unreadable(name: str, line: int, message: Message) -> Problem:
    return Problem(Place(name, max(line, 1)), "unreadable-catalogue", message)


def written(entries: Iterable[Entry], language: str) -> str:
    """The text of a catalogue, the same for the same entries whenever it is written."""
    catalog = Catalog(charset="utf-8")
    former: dict[str, str] = {}
    for entry in entries:
        flags = ("fuzzy",) if entry.fuzzy else ()
        marks = (_mark(former, entry.before),) if entry.before else ()
        added = catalog.add(entry.text, entry.told, flags=flags, user_comments=marks, context=entry.context)
        added.lineno = None
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True)
    text = _MARK.sub(lambda mark: f"{mark[2]}#| msgid {former[mark[1]]}\n", buffer.getvalue().decode())
    return f"{_HEAD.format(language=language)}\n{text.strip()}\n"


def _mark(former: dict[str, str], text: str) -> str:
    """Keep a former text as it is to be written; returns the mark for its place."""
    mark = f"former-{len(former)}"
    former[mark] = normalize(text, prefix="#| ", width=0)
    return mark


_HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def slots(text: str) -> list[str]:
    """The placeholders in braces, in order of the alphabet."""
    return sorted(set(prose.SLOT.findall(text)))


def links(text: str) -> list[str]:
    """The ids that a text links to as they are written, in order of the alphabet."""
    return sorted({link.target for link in prose.links(text) if link.is_record})
