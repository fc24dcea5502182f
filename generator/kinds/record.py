"""A record: an envelope with an identity and a place in the folders."""

from functools import cached_property
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import PrivateAttr

from generator import prose
from generator.kinds.envelope import Envelope
from generator.limits import Limit
from generator.marks import Loc
from generator.messages import Message
from generator.problems import Place
from generator.source import Source
from generator.values import Prose, Ref, Strict, resolve


class Link(NamedTuple):
    """A reference from a record, by a field or in its prose."""

    record: "Record"
    loc: Loc
    ref: Ref


class Said(NamedTuple):
    """A text in a record."""

    record: "Record"
    loc: Loc
    text: str


class Measured(NamedTuple):
    """A limit in a record."""

    record: "Record"
    loc: Loc
    limit: Limit


class Contents(NamedTuple):
    """What a record holds, found in one walk."""

    links: list[Link]
    said: list[Said]
    limits: list[Measured]


class Record(Envelope):
    """One file of standards/; `kind`, `folder` and `label` are the words that name the kind everywhere."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    label: ClassVar[Message]

    _identity: tuple[str, str, Source] = PrivateAttr()

    def __repr__(self) -> str:
        return f"<{self.kind} {self.title} {self.version}>"

    def settle(self, pack: str, stem: str, source: Source) -> None:
        """Give the record its identity, once, right after reading."""
        self._identity = (pack, stem, source)

    @cached_property
    def id(self) -> str:
        """`pack/stem`."""
        return f"{self.pack}/{self.stem}"

    @cached_property
    def pack(self) -> str:
        """The folder of its pack."""
        return self._identity[0]

    @cached_property
    def stem(self) -> str:
        """Its name in the pack."""
        return self._identity[1]

    @cached_property
    def source(self) -> Source:
        """The file it was read from."""
        return self._identity[2]

    @property
    def path(self) -> str:
        """The file, relative to the handbook's root."""
        return self.source.path

    @property
    def kept(self) -> bool:
        """Whether this is an older MAJOR, kept as `stem@MAJOR.yml` beside the newest."""
        return "@" in self.path

    @property
    def url(self) -> str:
        """The page's address relative to the site's root."""
        return f"{self.id.replace('/', f'/{self.folder}/')}/"

    @cached_property
    def learned(self) -> "Learned":
        """What has been found out about it once and for all."""
        return Learned(self)

    @property
    def contents(self) -> Contents:
        """Every reference, text and limit in it."""
        return self.learned.contents

    def changed(self, update: dict[str, Any]) -> Self:
        """A copy with other values, about which nothing is known yet."""
        copy = self.model_copy(update=update)
        vars(copy).pop("learned", None)
        return copy

    def place(self, *loc: str | int) -> Place:
        """Where the value at `loc` stands in the file."""
        return self.source.place(*loc)


class Learned:
    """What is found out about a record once: no field of it, and no part of comparing records."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.left: dict[frozenset[str], Record | None] = {}
        """What is left of it without references to some ids; None where it cannot do without one."""
        self.editions: dict[str, Any] = {}
        """What it is in another language, and what that was made of."""

    @cached_property
    def contents(self) -> Contents:
        """Every reference, text and limit in the record, found in one walk."""
        record, found = self._record, Contents([], [], [])
        for loc, value in leaves(record):
            if isinstance(value, Limit):
                found.limits.append(Measured(record, loc, value))
            if not isinstance(value, str):
                continue
            if type(value) is not Ref:
                found.said.append(Said(record, loc, value))
            found.links.extend(Link(record, loc, ref) for ref in refs(value, record.pack))
        return found


def refs(value: object, pack: str) -> list[Ref]:
    """The references that a single value is or holds; bare ids mean `pack`."""
    if type(value) is Ref:
        return [value]
    if type(value) is Prose and "[[" in value:
        links = [link for link in prose.links(value) if link.is_record]
        return [resolve(link.target, value.pack or pack) or Ref(link.target) for link in links]
    return []


def leaves(record: Strict) -> list[tuple[Loc, Any]]:
    """The single values inside a block's blocks and lists with their locations, in field order."""
    found: list[tuple[Loc, Any]] = []
    values = record.__dict__
    for name in type(record).model_fields:
        if values[name] is not None:
            _collect(values[name], (name,), found)
    return found


def _collect(value: Any, loc: Loc, found: list[tuple[Loc, Any]]) -> None:
    if isinstance(value, Strict):
        for name, child in value.__dict__.items():
            if child is not None:
                _collect(child, (*loc, name), found)
    elif type(value) is list:
        for index, child in enumerate(value):
            _collect(child, (*loc, index), found)
    else:
        found.append((loc, value))
