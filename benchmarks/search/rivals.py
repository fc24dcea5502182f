"""Our search and others on the same records, and the queries that they are asked.

Each of them is a `Rival`: `prepare` builds what it needs and says which folder to serve, `open` and `found`
ask it. All read the plain pages of `benchmarks.plain`, one for each record of the default publication.
"""

import json
import shutil
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Page

from benchmarks.measure import Run, side_by_side
from benchmarks.plain import CONFIG, plain_pages
from benchmarks.search import minisearch, visits
from generator.documents import NAMES as FIELDS
from generator.documents import foreign
from generator.examine import examine
from generator.handbook import Handbook
from generator.pages import pages
from generator.publication import shown_in
from generator.search import search_files
from generator.site import render_site

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
QUERIES = HERE / "queries.yml"
JUDGED = HERE / "judged.yml"
FIRST = 3
INDEX = """\
const fs = require("fs");
const [library, options, documents, index] = process.argv.slice(1);
const MiniSearch = require(library);
require(options);
const made = new MiniSearch(minisearchOptions);
made.addAll(JSON.parse(fs.readFileSync(documents, "utf8")));
fs.writeFileSync(index, JSON.stringify(made));
"""


class Content(NamedTuple):
    """The handbook as it is shown, and by the address of each record's page what is in it."""

    book: Handbook
    pages: dict[str, str]
    """Plain Markdown."""
    names: dict[str, list[str]]
    """What the page does not show: typical questions, and names in other languages."""


class Query(NamedTuple):
    """What is typed, of which class it is, and the addresses that serve the need."""

    id: str
    sort: str
    text: str
    urls: frozenset[str]
    """As labelled before anything was measured."""
    more: frozenset[str]
    """And those that were judged to serve it too, once some search had brought them up."""


class Hits(NamedTuple):
    """How many queries of a class there are, and of how many of them what is true."""

    queries: int
    first: int
    three: int
    nothing: int


class Rival(ABC):
    """A search that is built from the pages and asked in a page of its site."""

    name: str
    box: str
    """Selector of the field in which one types."""
    links: str
    """Selector of the links to what was found, in order."""
    own: tuple[str, ...]
    """How the paths of those files begin that nobody would load without the search."""
    told: str = ""
    """A script that marks the root of the page with the query that is answered, where the page does not."""

    @abstractmethod
    def prepare(self, root: Path, work: Path) -> Path:
        """The folder to be served; what `work` still holds from an earlier run is taken as it is."""

    @abstractmethod
    def start(self, site: Path) -> str:
        """The address, in the site, of a page with the field."""

    @abstractmethod
    def seconds(self, work: Path) -> float:
        """CPU of making the index, for that alone."""

    def open(self, page: Page, address: str, site: Path) -> None:
        """Go to where one searches and put the cursor into the field."""
        self.enter(page)
        page.goto(address + self.start(site))
        page.locator(self.box).click()

    def enter(self, page: Page) -> None:
        """Put into the page, before it is loaded, what tells which query it has answered."""
        page.add_init_script(self.told)

    def found(self, page: Page, query: str) -> list[str]:
        """Addresses of pages, relative to the site, as they stand in the list; each once."""
        for text in ("", query):
            visits.typed(page, self.box, text)
        links = page.locator(self.links).evaluate_all("all => all.map(each => each.href)")
        return list(dict.fromkeys(urlsplit(link).path.lstrip("/") for link in links))


class Material(Rival):
    """Material's own search as it comes, its words split by jieba; `named`: the pages end with all names."""

    box = "[data-md-component=search-query]"
    links = "a.md-search-result__link"
    own = ("search/", "assets/javascripts/workers/", "assets/javascripts/lunr/")
    told = visits.WORKER

    def __init__(self, named: bool = False) -> None:
        self.named = named
        self.name = "Material, jieba" + ", named" * named
        self.stock = "stock" + "-named" * named

    def prepare(self, root: Path, work: Path) -> Path:
        folder = work / self.stock
        _kept(folder / "build-seconds", lambda: self._build(root, folder))
        return folder / "site"

    def _build(self, root: Path, folder: Path) -> float:
        shown = content(root)
        for url, text in shown.pages.items():
            if self.named:
                text = "\n".join([text, *(f"- {name}" for name in shown.names[url])]) + "\n"
            file = folder / f"docs/{url.removesuffix('/')}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        (folder / "mkdocs.yml").write_text(f"{CONFIG}hooks:\n  - {HERE / 'timed.py'}\n", "utf-8")
        return _cpu("mkdocs build", [_engine(root, "mkdocs"), "build", "--quiet"], folder)

    def start(self, site: Path) -> str:
        return f"{min(site.rglob('*/*/*/index.html')).parent.relative_to(site).as_posix()}/"

    def seconds(self, work: Path) -> float:
        return float((work / self.stock / "search-seconds").read_text("utf-8"))


class Ours(Rival):
    """The search of the handbook itself, built in one language; anew each time, since it is what changes."""

    name = "Handbook"
    box = "[data-md-component=search-query]"
    links = ".md-search-result__item > a"
    own: tuple[str, ...] = ("search/", "assets/search-worker.js", "assets/search.js")
    told = visits.ANSWERS

    def prepare(self, root: Path, work: Path) -> Path:
        site = work / "ours"
        handbook = Path(sys.executable).with_name("handbook")
        command: list[str | Path] = [handbook, "build", "--edition", "zh", "--site", site]
        _cpu("handbook build", command, root)
        return site

    def start(self, site: Path) -> str:
        return "look-up/"

    def seconds(self, work: Path) -> float:
        return index_seconds(content(ROOT).book)


def index_seconds(book: Handbook) -> float:
    """CPU of making all files of our index."""
    rows = pages(book)
    started = time.process_time()
    for make in search_files(book, rows).values():
        make()
    return time.process_time() - started


class _Asked(Rival):
    """One that comes without a page of its own to type in."""

    folder: str
    box = "#query"
    links = "#found a"

    def start(self, site: Path) -> str:
        return f"{self.folder}/ask.html"

    def _write_page(self, site: Path, script: str) -> None:
        folder = site / self.folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HERE / "rival.html", folder / "ask.html")
        shutil.copy2(HERE / script, folder / "rival.js")


class Pagefind(_Asked):
    """Pagefind over the articles of the stock site, words split by its extended build."""

    folder = "pagefind-rival"
    own = ("pagefind/", "pagefind-rival/rival.js")

    def __init__(self, named: bool = False) -> None:
        self.name = "Pagefind" + ", named" * named
        self.stock = Material(named)

    def prepare(self, root: Path, work: Path) -> Path:
        site = self.stock.prepare(root, work)
        # The navigation, which is the same on all pages, and the page for errors would only be in its way.
        only = ["--root-selector", "article.md-content__inner", "--glob", "**/index.html"]
        run: list[str | Path] = [_engine(root, "python"), "-m", "pagefind", "--site", site, "--quiet", *only]
        _kept(site.with_name("pagefind-seconds"), lambda: _cpu("pagefind", run, work))
        self._write_page(site, "pagefind.js")
        return site

    def seconds(self, work: Path) -> float:
        return float((work / self.stock.stock / "pagefind-seconds").read_text("utf-8"))


class MiniSearch(_Asked):
    """MiniSearch over the same pages and the names of the records; `minisearch.py` says how it was tuned."""

    name = "MiniSearch"
    folder = "minisearch"
    own = (
        "minisearch/rival.js",
        "minisearch/library.js",
        "minisearch/minisearch-options.js",
        "minisearch/index.json",
    )

    def prepare(self, root: Path, work: Path) -> Path:
        site = work / "mini"
        self._write_page(site, "minisearch.js")
        shutil.copy2(HERE / "minisearch-options.js", site / self.folder)
        (site / self.folder / "library.js").write_bytes(minisearch.library(work / "cache"))
        _kept(work / "minisearch-seconds", lambda: self._index(root, work, site / self.folder))
        return site

    def _index(self, root: Path, work: Path, folder: Path) -> float:
        shown = content(root)
        documents = work / "minisearch.json"
        made = list(minisearch.documents(shown.book, shown.pages))
        documents.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        node = shutil.which("node") or sys.exit(
            "MiniSearch makes its index with node, which is not installed"
        )
        scripts = [folder / "library.js", folder / "minisearch-options.js"]
        return _cpu("minisearch", [node, "-e", INDEX, *scripts, documents, folder / "index.json"], work)

    def seconds(self, work: Path) -> float:
        return float((work / "minisearch-seconds").read_text("utf-8"))


RIVALS: tuple[Rival, ...] = (Material(), Pagefind(), MiniSearch(), Ours())
NAMED: tuple[Rival, ...] = (Material(named=True), Pagefind(named=True))
"""The same with what MiniSearch is given besides the pages."""


@cache
def content(root: Path) -> Content:
    """What all rivals are made from; pages that a record has beside its own are left out."""
    book = read(root)
    book = shown_in(book, book.settings.publish)
    urls = {record.url for record in book.shown if not book.is_over(record)}
    outputs = [each for each in render_site(book, root / "templates").outputs if _url(each.file) in urls]
    others = foreign(book)
    names = {
        record.url: [*record.asks, *(name for field in FIELDS for name in others[record.id][field])]
        for record in book.shown
        if record.url in urls
    }
    return Content(book, {_url(path): text for path, text in plain_pages(outputs)}, names)


def read(root: Path) -> Handbook:
    """The whole handbook."""
    checked = examine(root, date.today())
    assert checked.book, checked.problems
    return checked.book


HALVES = {"open": ("open",), "aside": ("aside",), "both": ("open", "aside")}
"""What may be looked at while ranking is made, and what is set aside for the end."""


def queries(root: Path, half: str = "open") -> tuple[list[Query], list[str]]:
    """The queries of a half, and those that should find nothing."""
    asked = yaml.safe_load(QUERIES.read_text("utf-8"))
    some = [asked[name] for name in HALVES[half]]
    judged = yaml.safe_load(JUDGED.read_text("utf-8"))
    book = content(root).book

    def urls(ids: Iterable[str]) -> frozenset[str]:
        return frozenset(book[id].url for id in ids if id in book.records)

    return [
        Query(
            entry["id"],
            entry["class"],
            entry["query"],
            labelled,
            labelled | urls(judged.get(entry["id"], ())),
        )
        for each in some
        for entry in each["queries"]
        for labelled in [urls(entry["expects"])]
    ], [text for each in some for text in each["nothing"]]


def hits(asked: Sequence[Query], found: Sequence[list[str]], judged: bool = False) -> dict[str, Hits]:
    """Class -> how often a right page stood first, among the first three, and nothing at all; then all.

    Right is what was labelled, or what was `judged` so later too.
    """
    sorts = [*dict.fromkeys(query.sort for query in asked), "all"]
    pairs = list(zip(asked, found, strict=True))
    return {sort: _hits([pair for pair in pairs if sort in (pair[0].sort, "all")], judged) for sort in sorts}


def _hits(pairs: Sequence[tuple[Query, list[str]]], judged: bool) -> Hits:
    three = [[url in (query.more if judged else query.urls) for url in urls[:FIRST]] for query, urls in pairs]
    return Hits(
        queries=len(pairs),
        first=sum(right[:1] == [True] for right in three),
        three=sum(any(right) for right in three),
        nothing=sum(not urls for _, urls in pairs),
    )


def kept() -> Path:
    """Where what is built once is kept."""
    return ROOT / ".cache/rivals"


def _url(file: str) -> str:
    return file.removesuffix(".md") + "/"


def _engine(root: Path, name: str) -> Path:
    found = root / ".venv-bench/bin" / name
    if not found.exists():
        sys.exit(f"{found} is missing: make VENV=.venv-bench .venv-bench/.bench-packages")
    return found


def _cpu(name: str, command: Sequence[str | Path], folder: Path) -> float:
    return side_by_side([Run(name, command, folder)], 1)[0].seconds


def _kept(file: Path, make: Callable[[], float]) -> None:
    """Make something and write into `file` its CPU seconds, or leave what an earlier run made."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(make()), "utf-8")
