"""Every link inside the site leads to a page, and to a place on it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

_CANONICAL = re.compile(r'<link rel="(?:canonical|prev|next)"[^>]*>')
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "use": "href"}
"""What a browser fetches by itself, and where its address stands."""


class Anchors(HTMLParser):
    """The links of a page and the places on it that links may name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.twice: set[str] = set()
        self.foreign: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if LOADED.get(tag) == name and urlsplit(value or "").netloc:
                self.foreign.add(f"{tag} {value}")
            if name == "href" and value and tag == "a":
                self.links.append(value)
            elif name == "id" and value:
                (self.twice if value in self.places else self.places).add(value)


def test_links_lead_somewhere(site: Path) -> None:
    pages = {
        file.relative_to(site).as_posix(): Anchors(file.read_text("utf-8"))
        for file in site.rglob("*.html")
        if file.name != "404.html"
    }
    dead = [
        f"{name}: {link}"
        for name, page in pages.items()
        for link in page.links
        if not urlsplit(link).scheme and not _leads(link, name, pages, site)
    ]
    assert dead == []


def _leads(link: str, name: str, pages: dict[str, Anchors], site: Path) -> bool:
    parts = urlsplit(link)
    target = normpath(f"{Path(name).parent.as_posix()}/{unquote(parts.path)}") if parts.path else name
    if parts.path.endswith(("/", ".")):
        target = normpath(f"{target}/index.html")
    place = unquote(parts.fragment)
    if target not in pages:
        return not place and (site / target).is_file()
    return not place or place in pages[target].places


def test_no_place_is_named_twice_on_a_page(site: Path) -> None:
    twice = {
        file.relative_to(site).as_posix(): found
        for file in site.rglob("*.html")
        if (found := Anchors(file.read_text("utf-8")).twice)
    }
    assert twice == {}


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    """The canonical address is named, not loaded."""
    foreign = {
        file.relative_to(site).as_posix(): found
        for file in site.rglob("*.html")
        if (found := Anchors(_CANONICAL.sub("", file.read_text("utf-8"))).foreign)
    }
    assert foreign == {}
