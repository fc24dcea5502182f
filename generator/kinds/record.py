"""A record: an envelope with an identity and a place in the folders."""

from functools import cached_property
from typing import Any, ClassVar

from pydantic import PrivateAttr

from generator.kinds.envelope import Envelope
from generator.marks import Loc
from generator.messages import Message
from generator.problems import Place
from generator.source import Source
from generator.values import Strict


class Record(Envelope):
    """One file of standards/; `kind`, `folder` and `label` are the words that name the kind everywhere."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    label: ClassVar[Message]

    _identity: tuple[str, str, Source] = PrivateAttr()

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

    def place(self, *loc: str | int) -> Place:
        """Where the value at `loc` stands in the file."""
        return self.source.place(*loc)


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
