"""One handbook made into the files of a site: pages as Markdown, data as JSON."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from generator import prose
from generator.editions import in_language
from generator.examine import Checked
from generator.export import feeds, handbook_json
from generator.figures import FigureError, published
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.memory import Memory
from generator.messages import speaking
from generator.pages import Entry, Page, is_internal, navigation, pages
from generator.problems import HandbookError, Level, Problem, hint
from generator.publication import shown_in, sound, told_to
from generator.render import Renderer
from generator.search import search_files


@dataclass(frozen=True)
class Order:
    """What is to be built.

    `publication` None means the one that handbook.yml publishes. `as_of` is the day that readers are to see,
    where it is not the day of the check: what was in force then need not keep the rules of today.
    `on_schedule` means that nobody is there to mend errors: what is sound is published without the rest.
    """

    publication: str | None = None
    as_of: date | None = None
    on_schedule: bool = False
    language: str | None = None
    """The edition; None means the language that the handbook is written in."""
    is_one_of_several: bool = False
    """Whether the publication's other editions will stand beside it, so that its pages may lead to them."""


DEFAULT = Order()


@dataclass(frozen=True)
class Output:
    """A file of the site; `source` is the YAML file behind it, `meta` what the theme shows around it.

    Its content is made when it is asked for, so that a large site never stands in memory as a whole.
    """

    file: str
    make: Callable[[], str | bytes]
    source: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    stale: bool = True
    """Whether it differs from the last site, where there was one."""

    @property
    def content(self) -> str | bytes:
        """Pages are Markdown with blocks of HTML."""
        return self.make()


@dataclass(frozen=True)
class Site:
    """The files of a site, or only the problems where errors forbid it."""

    problems: list[Problem]
    failed: bool = False
    title: str = ""
    language: str = "zh"
    outputs: list[Output] = field(default_factory=list)
    navigation: list[Entry] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


def make_site(root: Path, checked: Checked, order: Order, memory: Memory | None = None) -> Site:
    """Lay out what was checked, with the templates at `root`; only the problems where errors forbid it.

    With the `memory` of the last site, only what would come out otherwise is stale.
    """
    if checked.book is None or (checked.failed and not (order.on_schedule and _can_be_parted(checked))):
        return Site(checked.problems, failed=True)
    name = order.publication or checked.book.settings.publish
    known = checked.book.settings.publications
    if name not in known:
        raise HandbookError(
            "no publication '{name}' in handbook.yml{hint}", name=name, hint=hint(name, known)
        )
    faulty = {path for problem in _errors(checked) for path in (problem.place.path, problem.place.via)}
    wanted = checked.book.on(order.as_of) if order.as_of else checked.book
    wanted = in_language(wanted, order.language or wanted.language)
    book = shown_in(sound(wanted, faulty) if faulty else wanted, name)
    withheld = _withheld(shown_in(wanted, name), book) if faulty else []
    problems = told_to(book, checked.book, checked.problems)
    with speaking(book.language):
        site = render_site(book, root / "templates", problems, order, withheld, memory)
    site.outputs.extend(_images(root, book))
    return site


def _images(root: Path, book: Handbook) -> Iterator[Output]:
    """The images that the records show, each beside its pack."""
    for name in sorted(book.figures):
        _, pack, _, file = name.split("/")
        image = partial(_image, root, name)
        image()
        yield Output(f"{pack}/figures/{file}", image)


def _image(root: Path, name: str) -> bytes:
    try:
        return published(name.rpartition("/")[2], (root / name).read_bytes())
    except FigureError as error:
        raise HandbookError("{path}: {reason}", path=name, reason=error.message) from error


def _errors(checked: Checked) -> list[Problem]:
    return [problem for problem in checked.problems if problem.level is Level.ERROR]


def _can_be_parted(checked: Checked) -> bool:
    """Whether every error lies in a record's file, so that the rest can be told from it."""
    return all(problem.place.path.count("/") == 3 for problem in _errors(checked))


def _withheld(wanted: Handbook, left: Handbook) -> list[Record]:
    """What readers would get to see if it were sound."""
    return [record for record in wanted.shown if record.id not in left.records]


def render_site(
    book: Handbook,
    templates: Path,
    problems: Sequence[Problem] = (),
    order: Order = DEFAULT,
    withheld: Sequence[Record] = (),
    memory: Memory | None = None,
) -> Site:
    """Lay out every page of what one publication shows."""
    asked = memory.follow(book) if memory else book
    renderer = _renderer(asked, templates, memory)
    rows = pages(asked, problems, withheld)
    site = _without_files(book, problems, order, withheld)
    if memory:
        memory.surround((site.title, site.language, site.navigation, site.extra))
    for page in rows:
        output = _output(book, renderer, page)
        site.outputs.append(_remembered(memory, output, page) if memory else output)
    site.outputs.extend(_data(book, rows))
    return site


def _data(book: Handbook, rows: Sequence[Page]) -> Iterator[Output]:
    """What the site offers beside pages."""
    yield Output("handbook.json", partial(handbook_json, book))
    for file, make in search_files(book, rows).items():
        yield Output(file, make)
    for file, text in feeds(book).items():
        yield Output(file, partial(str, text))


def _renderer(book: Handbook, templates: Path, memory: Memory | None) -> Renderer:
    if memory is None:
        return Renderer(book, templates)
    return memory.keeping(lambda kept: Renderer(book, templates, kept))


def _without_files(
    book: Handbook, problems: Sequence[Problem], order: Order, withheld: Sequence[Record]
) -> Site:
    title = book.settings.publications[book.settings.publish].title
    extra = _extra(book, order, withheld)
    return Site(list(problems), False, title, book.language, [], navigation(book), extra)


def _remembered(memory: Memory, output: Output, page: Page) -> Output:
    """A page that is stale only where it would come out otherwise than last time."""
    what = (page, output.source, output.meta)
    make = partial(memory.make, output.file, what, output.make)
    return replace(output, make=make, stale=memory.is_stale(output.file, what))


def _extra(book: Handbook, order: Order, withheld: Sequence[Record]) -> dict[str, Any]:
    """What the theme shows on every page."""
    internal = is_internal(book)
    languages = book.settings.publications[book.settings.publish].languages
    return {
        "built": book.today.isoformat(),
        "as_of": order.as_of is not None,
        "withheld": len(withheld),
        "internal": internal,
        "emergency": bool(book.emergencies) or internal,
        "complaint": bool(book.complaint_topics) or internal,
        "report_url": book.settings.report_to if internal else "",
        "edition": book.language if order.is_one_of_several and book.language != languages[0] else "",
        "editions": others(book.language, languages) if order.is_one_of_several else [],
    }


NAMES = {"zh": "中文", "en": "English"}


def others(language: str, languages: Sequence[str]) -> list[dict[str, str]]:
    """The other editions: name, language, and the way to them from the root of this one."""
    up = "" if language == languages[0] else "../"
    return [
        {"name": NAMES[other], "lang": other, "link": up + (f"{other}/" if number else "")}
        for number, other in enumerate(languages)
        if other != language
    ]


def _output(book: Handbook, renderer: Renderer, page: Page) -> Output:
    source = page.source if is_internal(book) else None
    return Output(page.file, partial(renderer.markdown, page), source, _meta(book, page))


def _meta(book: Handbook, page: Page) -> dict[str, Any]:
    """The page's meta with every text safe for the theme, which escapes nothing."""
    meta = {key: prose.escape(value) for key, value in page.meta.items()}
    pack = page.meta.get("pack") or ("" if page.template == "pack" else page.url.partition("/")[0])
    if pack in book.packs:
        return {**meta, "crumbs": [{"title": prose.escape(book.packs[pack].title), "url": f"{pack}/"}]}
    return {**meta, "hide": ["path"]} if not page.url else meta
