"""Trouble in content is data: a `Problem` with its place. Trouble of the operator is a `HandbookError`."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from generator.messages import Message, say


class Level(StrEnum):
    """How much a problem weighs: errors stop a build, warnings are published and counted."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True, order=True)
class Place:
    """A point in a file; path relative to the handbook's root with `/`, line and column from 1.

    `via` is the file that takes the value over from there, where that is another one.
    """

    path: str
    line: int = 1
    column: int = 1
    via: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in the content, as every reporter shows it."""

    place: Place
    rule: str
    message: Message
    level: Level = Level.ERROR

    @property
    def told(self) -> Message:
        """The message, with the file that takes the value over from where it stands."""
        if not self.place.via:
            return self.message
        return say("{message} (as taken over by {path})", message=self.message, path=self.place.via)


@dataclass(frozen=True)
class Rule:
    """A norm with its published page: first paragraph the norm, then why, then Bad and Good."""

    name: str
    doc: str
    level: Level = Level.ERROR


class HandbookError(Exception):
    """The operator's mistake: one sentence, exit code 2."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = say(template, **values)
        super().__init__(str(self.message))


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word a person most likely meant, or None."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.6)
    return close[0] if close else None


def hint(word: str, words: Iterable[str]) -> Message:
    """`; did you mean 'x'?` or nothing."""
    near = nearest(word, words)
    return say("; did you mean '{near}'?", near=near) if near else say("")
