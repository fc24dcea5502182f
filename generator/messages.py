"""What we say to people: English sentences in the code, other languages in `locale/*.po`."""

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
