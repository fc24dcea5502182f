"""Whatever stands in a text field stays text: on every page, in every feed, in the browser."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import markdown
import pytest
from mkdocs.config import load_config
from playwright.sync_api import Browser

import generator.build
import generator.site
from generator.build import build
from generator.examine import examine
from generator.handbook import Handbook
from generator.pages import Page, pages
from generator.render import Renderer
from generator.site import render_site
from generator.values import Prose, ProseText, Strict, Text
from tests.browser.reading import Reader, serving

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 28)

PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    '<iframe src="https://evil.example/"></iframe>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style>@import url(https://evil.example/x.css);</style>",
    '<form action="https://evil.example/"><button>go</button></form>',
    "<div style=position:fixed;inset:0>x</div>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "> <b>bold</b>",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:x 'title')",
    "![x](//evil.example/x.png)",
    "![x][1] [1]: https://evil.example/x.png",
    "<https://evil.example/> <javascript:alert(1)>",
    "https://evil.example/ www.evil.example",
    "[[x\"><script>alert(1)</script>|y]]",
    "[[../../../etc/passwd|x]] [x](file:///etc/passwd)",
    "{{ 7*7 }} {{ config.__class__ }}",
    "{% include '/etc/passwd' %} {# gone #}",
    "text {: onclick=alert(1) .evil #evil }",
    '--8<-- "mkdocs.yml"',
    "<!-- hidden --> <!DOCTYPE html> <?php x ?>",
    "]]> <![CDATA[ <b>x</b> ]]>",
    "&lt;script&gt; &#60;script&#62; &amp;lt; &quot;",
    "# heading ## again ~~~ ``` *[x]: y",
    "one\u2028<b>two</b>\u2029<i>three</i>\x85four",
    "java\tscript:alert(1) \u202egnp.exe \ufeff\u200b",
    "$(id) `id` ; rm -rf / \\\" \\<b>x</b> \\",
)  # fmt: skip
"""One attack each. Padded alike, so that what fits a first screen does not depend on them."""

PADDING = "文" * 140


def harmless(payload: str) -> str:
    """The same length and the same placeholders, and nothing that any reader could take for markup."""
    return re.sub(r"[^{}｛｝\s]", "文", payload)


BY_TEXT = re.compile("^(?:en/)?(history|compare)/|/references/")
"""Pages whose entries stand in the order of texts, or where two texts are equal; a payload moves them."""


class Place(NamedTuple):
    """Where a text stands: `home[key]`, to be replaced by a `kind` of text."""

    home: Any
    key: Any
    kind: type[str]


def places(value: Any) -> Iterator[Place]:
    """Every text field below, those left empty included."""
    if isinstance(value, Strict):
        hints = get_type_hints(type(value), include_extras=True)
        for name, held in value.__dict__.items():
            yield from _field(value.__dict__, name, held, hints.get(name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from places(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from places(item)


def _field(home: dict[str, Any], name: str, held: Any, hint: Any) -> Iterator[Place]:
    if hint in (Text, Text | None):
        yield Place(home, name, str)
    elif hint in (ProseText, ProseText | None):
        yield Place(home, name, Prose)
    elif hint == list[Text]:
        home[name] = [*held] or [""]
        yield from (Place(home[name], index, str) for index in range(len(home[name])))
    else:
        yield from places(held)


def plant(found: Sequence[Place], texts: Sequence[str]) -> None:
    """Put the texts into the places, in turn."""
    for index, (home, key, kind) in enumerate(found):
        home[key] = kind(texts[index % len(texts)] + PADDING)


DRAWN = {
    "g": {"transform"},
    "text": {"class", "x", "y", "text-anchor"},
    "tspan": {"x", "dy"},
    "path": {"class", "d"},
    "rect": {"class", "x", "y", "width", "height"},
    "circle": {"class", "cx", "cy", "r"},
}
"""What a drawing is made of, and the attributes each may have; how many depends on how a text wraps."""


class Shape(HTMLParser):
    """What a browser would make of a page, apart from its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[Any] = []
        self.heading = ""
        self._in_heading = False
        self._in_drawing = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._in_drawing and tag in DRAWN and {name for name, _ in attrs} <= DRAWN[tag]:
            return
        self._in_drawing = self._in_drawing or tag == "svg"
        self.parts.append((tag, [_attribute(name, value or "") for name, value in attrs]))
        self._in_heading = self._in_heading or (tag == "h1" and not self.heading)

    def handle_endtag(self, tag: str) -> None:
        if self._in_drawing and tag in DRAWN:
            return
        self._in_drawing = self._in_drawing and tag != "svg"
        self.parts.append(f"/{tag}")
        self._in_heading = self._in_heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.heading += data

    def handle_comment(self, data: str) -> None:
        self.parts.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(decl)

    def handle_pi(self, data: str) -> None:
        self.parts.append("instruction")

    def unknown_decl(self, data: str) -> None:
        self.parts.append("declaration")


def _attribute(name: str, value: str) -> tuple[str, str]:
    if name in ("class", "style", "rel", "type", "http-equiv", "target"):
        return name, value
    if name in ("href", "src", "action", "srcset", "xlink:href", "formaction"):
        return name, re.match(r"[\w+.-]*:|//|[/.#]?", value.strip())[0]  # type: ignore[index]
    return name, ""


@pytest.fixture
def book() -> Handbook:
    """The real handbook: every kind with nearly every field."""
    checked = examine(ROOT, TODAY)
    assert checked.book, checked.problems
    return checked.book


@pytest.fixture
def found(book: Handbook) -> list[Place]:
    return list(places([book.settings, list(book.packs.values()), list(book.records.values())]))


def fullest(book: Handbook) -> set[str]:
    """For each template, the page whose source is longest."""
    found: dict[str, tuple[int, str]] = {}
    for page in pages(book):
        size = (ROOT / page.source).stat().st_size if page.source else 0
        found[page.template] = max(found.get(page.template, (0, "")), (size, page.url))
    return {url for _, url in found.values()}


def test_every_payload_in_every_field_stays_text(book: Handbook, found: list[Place]) -> None:
    """The longest record of each kind, with one payload in all fields at a time."""
    assert len(set(PAYLOADS)) == 40
    config = load_config(config_file=str(ROOT / "mkdocs.yml"))
    reader = markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    renderer = Renderer(book, ROOT / "templates")
    long_lists = {"glossary/", "rules/", *(page.url for page in pages(book) if page.line)}
    chosen = fullest(book) - long_lists
    titled = {record.url for record in book.published} & chosen

    def shapes(text: str) -> dict[str, Shape]:
        plant(found, [text])
        return {
            page.url: Shape(reader.reset().convert(renderer.markdown(page)))
            for page in pages(book)
            if page.url in chosen
        }

    plain = shapes("文")
    for payload in PAYLOADS:
        expected = shapes(harmless(payload)) if re.search("[{}]", payload) else plain
        attacked = shapes(payload)
        for url in chosen:
            assert attacked[url].parts == expected[url].parts, (payload, url)
        for url in titled:
            assert attacked[url].heading.split() == (payload + PADDING).split(), (payload, url)


@pytest.fixture
def sites(
    book: Handbook, found: list[Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Path]:
    """The same small handbook twice, with harmless texts and with all payloads in turn."""
    kept = fullest(book)

    def some(of: Handbook, *rest: Any) -> list[Page]:
        return [
            page
            for page in pages(of, *rest)
            if page.url in kept or page.url.count("/") < 2 or page.template == "role"
        ]

    monkeypatch.setattr(generator.site, "pages", some)
    monkeypatch.setattr(generator.build, "make_site", lambda root, *_: render_site(book, root / "templates"))
    for name, texts in (("plain", [harmless(payload) for payload in PAYLOADS]), ("attacked", PAYLOADS)):
        plant(found, texts)
        build(ROOT, tmp_path / name, TODAY)
    return {name: tmp_path / name for name in ("plain", "attacked")}


def test_the_whole_site_stays_as_it_is(sites: dict[str, Path], browser: Browser) -> None:
    """The shell of every page, the search index, handbook.json; and what a browser makes of them."""
    files = [file.relative_to(sites["plain"]) for file in sorted(sites["plain"].rglob("*.html"))]
    assert len(files) > 30
    for file in files:
        plain, attacked = (Shape((sites[name] / file).read_text("utf-8")) for name in sites)
        if BY_TEXT.search(file.as_posix()):
            plain.parts, attacked.parts = (sorted({*map(str, one.parts)}) for one in (plain, attacked))
        assert attacked.parts == plain.parts, file
        assert "use_directory_urls" not in (sites["attacked"] / file).read_text("utf-8"), file
    for name in ("handbook.json", "search/core.js", "search/texts/*.js"):
        texts = [file.read_text("utf-8") for file in sites["attacked"].glob(name)]
        assert all(json.loads(text.removeprefix("handbookSearch(").removesuffix(")\n")) for text in texts)
        assert "<script>" in "".join(texts)

    with serving(sites["attacked"]) as address:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        reader = Reader(context.new_page(), address)
        for file in files[:: len(files) // 12]:
            reader.open(file.as_posix())
        reader.open("register/")
        reader.page.click(".hb-header__search")
        reader.page.keyboard.insert_text("script")
        reader.page.locator(".md-search-result__item").first.wait_for()
        assert (
            reader.page.locator(
                ".md-search-result img, .md-search-result script, .md-search-result b b"
            ).count()
            == 0
        )
        context.close()
    assert not [fault for fault in reader.faults if "404" not in fault]
