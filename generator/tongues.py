"""Templates are written in Chinese; in another language their words are put in while they are compiled.

A run of words is what stands between two tags; what is printed in it becomes {1}, {2}: `由 {1} 处理{2}`. So
the templates stay plain, and a translation may put what is printed in another order. Words inside expressions
and attributes are runs of their own. Translations stand in `locale/<language>.po`, under the Chinese words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from generator.messages import catalogue

SPOKEN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""What only a text in Chinese holds: its characters and its full-width marks."""
_TAG = re.compile(r"(<[^<>]*(?:>|$))")
_IN_TAG = re.compile('[^"<>]*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef][^"<>]*')
_SLOT = re.compile(r"\{(\d+)\}")

Printed = list[Token]
"""The tokens from `{{` to `}}`."""
Said = Callable[[str], str]
"""Words in another language."""


class Tongue(Extension):
    """Puts the words of a language in, and notes which words there are."""

    language = "zh"

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.heard: set[str] = set()

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template with other words."""
        return _Runs(self._said).read(stream)

    def _said(self, words: str) -> str:
        self.heard.add(words)
        return catalogue(self.language).get(words, words)


def taught(environment: Environment, language: str) -> Tongue:
    """Have the templates of an environment speak a language."""
    environment.add_extension(Tongue)
    tongue = environment.extensions[Tongue.identifier]
    assert isinstance(tongue, Tongue)
    tongue.language = language
    return tongue


class _Runs:
    """Reads the tokens of one template and gathers its runs of words."""

    def __init__(self, said: Said) -> None:
        self._said = said
        self._run: list[str | Printed] = []
        self._in_tag = False
        self._line = 1

    def read(self, stream: Iterable[Token]) -> Iterator[Token]:
        tokens = iter(stream)
        for token in tokens:
            self._line = token.lineno
            if token.type == "data":
                yield from self._data(token.value)
            elif token.type == "variable_begin":
                yield from self._printed(_until(token, tokens, "variable_end"))
            elif token.type == "block_begin":
                yield from self._end()
                yield from map(self._word, _until(token, tokens, "block_end"))
            else:
                yield token
        yield from self._end()

    def _data(self, text: str) -> Iterator[Token]:
        for part in _parts(text, self._in_tag):
            if part.startswith("<") or self._in_tag:
                yield from self._end()
                self._in_tag = not part.endswith(">")
                yield self._token(_IN_TAG.sub(lambda match: self._spoken(match[0]), part))
            else:
                self._run.append(part)

    def _printed(self, tokens: Printed) -> Iterator[Token]:
        tokens = [self._word(token) for token in tokens]
        if self._in_tag:
            yield from tokens
        else:
            self._run.append(tokens)

    def _word(self, token: Token) -> Token:
        """A token with its words said, where it is a text."""
        return Token(token.lineno, token.type, self._spoken(token.value)) if token.type == "string" else token

    def _spoken(self, words: str) -> str:
        bare = words.strip()
        return words.replace(bare, self._said(bare)) if SPOKEN.search(bare) else words

    def _end(self) -> Iterator[Token]:
        """What the run becomes."""
        run, self._run = self._run, []
        printed = [part for part in run if isinstance(part, list)]
        numbers = iter(range(1, len(printed) + 1))
        words = "".join(part if isinstance(part, str) else f"{{{next(numbers)}}}" for part in run)
        for index, part in enumerate(_SLOT.split(self._spoken(words))):
            if index % 2:
                yield from printed[int(part) - 1]
            elif part:
                yield self._token(part)

    def _token(self, text: str) -> Token:
        return Token(self._line, "data", text)


def _until(first: Token, tokens: Iterator[Token], kind: str) -> Printed:
    found = [first]
    for token in tokens:
        found.append(token)
        if token.type == kind:
            break
    return found


def _parts(text: str, in_tag: bool) -> list[str]:
    """The text cut into tags and what stands between them; it may begin or end inside one."""
    parts = []
    if in_tag:
        tag, end, text = text.partition(">")
        parts.append(tag + end)
    return [part for part in (*parts, *_TAG.split(text)) if part]


def heard(templates: Path) -> set[str]:
    """All words of the templates in a folder, as a translation has to know them."""
    environment = Environment(loader=FileSystemLoader(templates), trim_blocks=True)
    tongue = taught(environment, "zh")
    for name in environment.list_templates():
        source = (templates / name).read_text("utf-8")
        environment.parse(source, name)
    return tongue.heard
