"""One YAML file read into plain data, with the place of every key and value and every fault in it.

Scalars stay the text that was typed: no `no` that becomes false, no version 2.10 that becomes 2.1.
Works on the parser's events, since nodes overflow the C stack at deep nesting and hide anchors and tags.
"""

import os
import stat
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from generator.marks import Loc, Mark, find_marks, is_empty
from generator.messages import Message, say
from generator.problems import Place, Problem
from generator.syntax import CONTROL_CHARACTER, syntax_message, syntax_place

MAX_DEPTH = 50
MAX_BYTES = 1_000_000


Data = Any


_EMPTY_FILE = say("the file is empty; write the record or delete the file")


@dataclass(frozen=True, repr=False)
class Source:
    """A file as read: its plain data (dict, list, str; None where unreadable), its faults, its text."""

    path: str
    data: Data = None
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path}>"

    @cached_property
    def marks(self) -> dict[Loc, Mark]:
        """Where its keys and values stand; few files are ever asked."""
        return find_marks(self.text)

    def place(self, *loc: str | int) -> Place:
        """Where the value at `loc` stands, or its nearest parent."""
        mark = self._mark(loc)
        return Place(self.path, mark[2] + 1, mark[3] + 1)

    def key_place(self, *loc: str | int) -> Place:
        """Where the key of `loc` stands, or its nearest parent."""
        mark = self._mark(loc)
        return Place(self.path, mark[0] + 1, mark[1] + 1)

    def origin(self, loc: Loc) -> tuple["Source", Loc]:
        """The file that wrote the value at `loc`, and where in it."""
        return self, loc

    def holds(self, *loc: str | int) -> bool:
        """Whether somebody wrote a key or an entry at `loc`, if only without a value."""
        return loc in self.marks

    def _mark(self, loc: Loc) -> Mark:
        while loc and loc not in self.marks:
            loc = loc[:-1]
        return self.marks.get(loc, (0, 0, 0, 0))


def read_source(root: Path, path: Path, before: Source | None = None) -> Source:
    """Read one file below `root`; whatever is wrong with it comes back in `problems`.

    Where the text is still that of `before`, so is the answer.
    """
    name = path.relative_to(root).as_posix()
    try:
        text = _text(read_bytes(root, path))
    except Unreadable as fault:
        return Source(name, problems=(Problem(Place(name, fault.line), "unreadable-file", fault.message),))
    return before if before and before.text == text else parse(name, text)


def parse(name: str, text: str) -> Source:
    """Read YAML text; `name` is the path that places show."""
    builder = _Builder(name, text.encode("utf-8", "replace").decode())
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        builder.fault(syntax_place(name, error), "yaml-syntax", syntax_message(text, error))
        data = None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        builder.fault(Place(name, line), "yaml-syntax", CONTROL_CHARACTER)
        data = None
    except _Stop as stop:
        builder.problems.append(stop.problem)
        data = None
    return Source(name, data, tuple(builder.problems), builder.text)


class Unreadable(Exception):
    """A file of which nothing can be read, and why."""

    def __init__(self, message: Message, line: int = 1) -> None:
        self.message = message
        self.line = line


class _Stop(Exception):
    """A fault after which the rest of the file means nothing."""

    def __init__(self, place: Place, rule: str, message: Message) -> None:
        self.problem = Problem(place, rule, message)


def read_bytes(root: Path, path: Path) -> bytes:
    """A whole file below `root`; raises Unreadable for no file, a link out of its folder, or a large one."""
    home = _home(root, path.relative_to(root).parts[0])
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            if not os.path.realpath(path).startswith(home):
                raise Unreadable(say("a link that leads out of standards/; put the file itself here"))
            mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            raise Unreadable(say("not a file but a folder or a device; a record is one text file"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(say("cannot be read: {reason}", reason=error.strerror or "")) from error
    if len(raw) > MAX_BYTES:
        raise Unreadable(say("larger than {max} bytes; split it into several records", max=MAX_BYTES))
    return raw


def refuse_nul(raw: bytes) -> None:
    """Raises Unreadable at the first NUL."""
    if b"\0" in raw:
        raise Unreadable(
            say("holds a NUL byte; save it as UTF-8 text"), raw.count(b"\n", 0, raw.index(b"\0")) + 1
        )


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(say("starts with a byte order mark; save it as UTF-8 without BOM"))
    refuse_nul(raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(say("not UTF-8 text; save it as UTF-8 (often it is GBK)"), line) from error
    if not text.strip():
        raise Unreadable(_EMPTY_FILE)
    return text


@cache
def _home(root: Path, folder: str) -> str:
    """Where the files of a folder of `root` really lie, whatever links lead to them."""
    return os.path.realpath(root / folder) + os.sep


class _Builder:
    """Turns events into data; one instance per file."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.events: Any = yaml.CSafeLoader(text)  # its stubs know no kinds of events
        self.text = text
        self.problems: list[Problem] = []

    def fault(self, place: Place, rule: str, message: Message) -> None:
        self.problems.append(Problem(place, rule, message))

    def document(self) -> Data:
        get = self.events.get_event
        get()
        event = get()
        if type(event) is StreamEndEvent:
            raise _Stop(Place(self.path), "unreadable-file", _EMPTY_FILE)
        data = self._node(get(), 1)
        if data is None and not self.problems:
            raise _Stop(Place(self.path), "unreadable-file", _EMPTY_FILE)
        get()
        event = get()
        if type(event) is DocumentStartEvent:
            message = say("a second document starts here; one file holds one record")
            self.fault(self._place(event), "yaml-syntax", message)
        return data

    def _node(self, event: Any, depth: int) -> Data:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._feature(event, say("alias '*{name}'; write the text itself", name=event.anchor))
        if depth > MAX_DEPTH:
            message = say("nested deeper than {max} levels", max=MAX_DEPTH)
            raise _Stop(self._place(event), "unreadable-file", message)
        self._refuse_decoration(event)
        if kind is MappingStartEvent:
            return self._mapping(depth)
        return self._sequence(depth)

    def _scalar(self, event: Any) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        return None if is_empty(event) else event.value

    def _mapping(self, depth: int) -> dict[str, Data]:
        data: dict[str, Data] = {}
        lines: dict[str, int] = {}
        get = self.events.get_event
        event = get()
        while type(event) is not MappingEndEvent:
            key = self._key(event)
            if key in lines:
                self._duplicate(key, event, lines[key])
            lines.setdefault(key, event.start_mark.line + 1)
            value_event = get()
            is_scalar = type(value_event) is ScalarEvent
            value = self._scalar(value_event) if is_scalar else self._node(value_event, depth + 1)
            if value is None and is_scalar:
                self._empty(key, event)
            else:
                data.setdefault(key, value)
            event = get()
        return data

    def _sequence(self, depth: int) -> list[Data]:
        data: list[Data] = []
        get = self.events.get_event
        event = get()
        while type(event) is not SequenceEndEvent:
            value = self._node(event, depth + 1)
            if value is None and type(event) is ScalarEvent:
                message = say("a list item has no value; write one or delete it")
                self.fault(self._place(event), "empty-value", message)
            else:
                data.append(value)
            event = get()
        return data

    def _key(self, event: Any) -> str:
        if type(event) is not ScalarEvent:
            message = say("a key must be plain text, not a list or a block")
            raise _Stop(self._place(event), "yaml-syntax", message)
        if event.value == "<<":
            self._feature(event, say("merge key '<<'; write the text itself"))
        if event.anchor is not None or event.tag is not None:
            self._refuse_decoration(event)
        value: str = event.value
        return value

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor is not None:
            self._feature(event, say("anchor '&{name}'; write the text itself", name=event.anchor))
        if event.tag is not None:
            self._feature(
                event,
                say(
                    "tag '{name}'; put the text in quotes", name=event.tag.replace("tag:yaml.org,2002:", "!!")
                ),
            )

    def _feature(self, event: Event, message: Message) -> None:
        self.fault(self._place(event), "yaml-feature", message)

    def _duplicate(self, key: str, event: Event, first: int) -> None:
        message = say("key '{key}' stands here again, first on line {line}", key=key, line=first)
        self.fault(self._place(event), "duplicate-key", message)

    def _empty(self, key: str, event: Event) -> None:
        message = say("key '{key}' has no value; write one or delete the line", key=key)
        self.fault(self._place(event), "empty-value", message)

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
