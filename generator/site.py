"""One handbook made into the files of a site: pages as Markdown, data as JSON."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import prose
from generator.examine import Checked
from generator.export import handbook_json, search_index
from generator.handbook import Handbook
from generator.pages import Entry, Page, navigation, pages
from generator.problems import Problem
from generator.render import Renderer


@dataclass(frozen=True)
class Output:
    """A file of the site; `source` is the YAML file behind it, `meta` what the theme shows around it."""

    file: str
    text: str
    source: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """The files of a site, or only the problems where there are errors."""

    problems: list[Problem]
    title: str = ""
    language: str = "zh"
    outputs: list[Output] = field(default_factory=list)
    navigation: list[Entry] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


def make_site(root: Path, checked: Checked) -> Site:
    """Render what was checked, with the templates at `root`; only the problems where there are errors."""
    if checked.book is None or checked.failed:
        return Site(checked.problems)
    return render_site(checked.book, root / "templates", checked.problems)


def render_site(book: Handbook, templates: Path, problems: list[Problem]) -> Site:
    """Render every page of a handbook without errors."""
    renderer = Renderer(book, templates)
    rows = pages(book, problems)
    outputs = [Output(page.file, renderer.markdown(page), page.source, _meta(book, page)) for page in rows]
    overviews = [page for page in rows if "record" not in page.values or page.template == "topic"]
    outputs += [
        Output("handbook.json", handbook_json(book)),
        Output("search/search_index.json", search_index(book, overviews)),
    ]
    title = book.settings.publications[book.settings.publish].title
    extra = {"built": book.today.isoformat(), "report_url": book.settings.report_to}
    return Site(problems, title, book.settings.languages[0], outputs, navigation(book), extra)


def _meta(book: Handbook, page: Page) -> dict[str, Any]:
    """The page's meta with every text safe for the theme, which escapes nothing."""
    meta = {key: prose.escape(value) for key, value in page.meta.items()}
    pack = page.meta.get("pack") or ("" if page.template == "pack" else page.url.partition("/")[0])
    if pack in book.packs:
        return {**meta, "crumbs": [{"title": prose.escape(book.packs[pack].title), "url": f"{pack}/"}]}
    return {**meta, "hide": ["path"]} if not page.url else meta
