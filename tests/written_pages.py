"""What a reader gets from HTML, whichever engine made it: its headings, text, links and places to jump to."""

import re
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

SITE = "https://example.org/book/"
_INLINE = frozenset(("a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small"))
_INLINE |= {"span", "strong", "sub", "sup", "time", "u"}
_UNSEEN = frozenset(("script", "style", "template", "svg"))
_HEADING = re.compile(r"h[1-6]")
_CONTENT = re.compile(r'<article\b[^>]*\bid="hb-main"[^>]*>(.*)</article>', re.DOTALL)


@dataclass(frozen=True)
class Seen:
    """Headings as (level, text, id), the text with folded spaces, links and images as full addresses, ids."""

    headings: tuple[tuple[str, str, str], ...]
    text: str
    links: tuple[str, ...]
    ids: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[tuple[str, str, str]] = []
        self.unseen = 0
        self.begun: tuple[int, str] | None = None
        """Where in `words` the heading that is being read begins, and its id."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.unseen += tag in _UNSEEN
        if tag not in _INLINE:
            self.words.append(" ")
        if _HEADING.fullmatch(tag):
            self.begun = len(self.words), given.get("id", "")
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("http-equiv") == "refresh":
            self.links.append(urljoin(self.address, given["content"].partition("url=")[2]))
        name = {"a": "href", "img": "src"}.get(tag)
        if name in given:
            self.links.append(urljoin(self.address, given[name]))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        if _HEADING.fullmatch(tag) and self.begun:
            start, id = self.begun
            self.headings.append((tag, _folded(self.words[start:]), id))
            self.begun = None
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)


def _folded(words: list[str]) -> str:
    return " ".join("".join(words).split())


@cache
def seen(html: str, url: str) -> Seen:
    """Read HTML that stands on the page at `url`, relative to the site."""
    reader = _Reader(urljoin(SITE, url))
    reader.feed(html)
    reader.close()
    return Seen(tuple(reader.headings), _folded(reader.words), tuple(reader.links), tuple(reader.ids))


def sources(site: Path) -> dict[str, str]:
    """The HTML of every page of a built site, by the page's address."""
    found = {path.parent.relative_to(site).as_posix(): path for path in sorted(site.rglob("index.html"))}
    return {"" if name == "." else f"{name}/": path.read_text("utf-8") for name, path in found.items()}


def content(html: str) -> str:
    """The content of a page, without the theme around it."""
    match = _CONTENT.search(html)
    assert match, "no content"
    return match[1]


def shell(html: str) -> str:
    """What the theme puts around the content: title, header, crumbs, navigation, banners, footer."""
    return _CONTENT.sub("", html)
