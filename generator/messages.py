"""What we say to people, with its translations in `locale/*.po`.

Problems and messages are English sentences in the code. What pages say is Chinese there, as in the templates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True, order=True)
class Message:
    """One sentence with its values; `template` is the English text and the key of its translations."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """The sentence in `language`, in English where no translation exists."""
        template = catalogue(language).get(self.template, self.template)
        values = {name: _spoken(value, language) for name, value in self.values}
        return template.format(**values) if values else template


def say(template: str, **values: object) -> Message:
    """A message; values may be messages themselves and are then said in the same language."""
    return Message(template, tuple(values.items()))


_SPOKEN: ContextVar[str] = ContextVar("language", default="zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What pages say meanwhile is said in `language`."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken_language() -> str:
    """The language in which pages speak just now."""
    return _SPOKEN.get()


def tell(words: str, **values: object) -> str:
    """Words of a page, written in Chinese in the code, in the language that is being spoken."""
    return say(words, **values).in_language(_SPOKEN.get())


@cache
def catalogue(language: str) -> dict[str, str]:
    """English sentence -> sentence in `language`; empty for English and for languages we do not have."""
    path = LOCALE / f"{language}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def _spoken(value: object, language: str) -> object:
    return value.in_language(language) if isinstance(value, Message) else value
