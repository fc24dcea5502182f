"""Which pages a handbook has: one row per page, in reading order, and what its template is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.checks import RULES
from generator.explain import page as rule_page
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.kinds.location import Location
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.term import Term
from generator.problems import Problem
from generator.times import DailySheet, arrivals, comparisons, history, notice_board
from generator.view import RoleView

OWN_TEMPLATES = frozenset(
    (
        "role",
        "location",
        "journey",
        "standard",
        "procedure",
        "script",
        "notice",
        "routine",
        "path",
        "classification",
        "form",
    )
)
"""Kinds with a template of their own name; record.md.j2 renders the others."""


@dataclass(frozen=True)
class Page:
    """A page to be rendered; `url` is relative to the site's root, `source` is the file to edit."""

    url: str
    title: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    source: str | None = None

    @property
    def meta(self) -> dict[str, Any]:
        """What the theme shows around the page: crumbs, and the record's identity in print and reports."""
        target = self.values.get("target")
        if isinstance(target, Record):
            return {"title": self.title, "redirect": target.url}
        record = self.values.get("record")
        if not isinstance(record, Record) or self.template == "topic":
            return {"title": self.title}
        if self.template in ("over", "withheld", "history"):
            return {"title": self.title, "pack": record.pack}
        return {
            "title": self.title,
            "record": record.id,
            "version": str(record.version),
            "code": record.code or "",
            "pack": record.pack,
        }

    @property
    def file(self) -> str:
        """The Markdown file that stands for it."""
        return f"{self.url.rstrip('/')}.md" if self.url.count("/") > 1 else f"{self.url}index.md"


@dataclass(frozen=True)
class Entry:
    """A line of the navigation: a page's file, or a group of entries."""

    title: str
    file: str = ""
    entries: tuple["Entry", ...] = ()


def pages(book: Handbook, problems: Sequence[Problem] = (), withheld: Sequence[Record] = ()) -> list[Page]:
    """Every page of the handbook; `problems` are published on the page of what is not settled.

    `withheld` are records that are being mended; in their place stands whom to ask.
    """
    return [
        *_overviews(book, problems),
        *_topics(book),
        *_packs(book),
        *_records(book),
        *_moved(book),
        *(Page(record.url, record.title, "withheld", {"record": record}, record.path) for record in withheld),
    ]


def navigation(book: Handbook) -> list[Entry]:
    """The navigation: few entries, since each page repeats it."""
    fixed = {page.url: Entry(page.title, page.file) for page in _overviews(book)}
    packs = [Entry(page.title, page.file) for page in _packs(book)]
    roles = tuple(Entry(role.title, _record_page(role, book).file) for role in in_use(book))
    look_ups = tuple(fixed[url] for url in _LOOK_UPS if url in fixed)
    return [
        *(fixed[url] for url in ("", "emergency/", "complaint/", "notices/") if url in fixed),
        *([Entry("岗位", entries=roles)] if 0 < len(roles) <= MOST_ROLES else []),
        *([Entry("业务", entries=tuple(packs))] if packs else []),
        *([Entry("查阅", entries=look_ups)] if look_ups else []),
    ]


MOST_ROLES = 60
"""With more roles than this, readers find theirs on the start page and in their pack."""

_LOOK_UPS = ("coming/", "history/", "compare/", "glossary/", "register/", "gaps/", "rules/")


def in_use(book: Handbook) -> list[Role]:
    """The roles that readers choose from: the packs' own before common ones, those at the counter first."""
    order = {name: pack.order for name, pack in book.packs.items()}
    roles = [role for role in book.in_force(Role) if not role.external]
    return sorted(roles, key=lambda role: (-order[role.pack], -len(role.pinned), role.id))


def _overviews(book: Handbook, problems: Sequence[Problem] = ()) -> Iterator[Page]:
    """The pages that belong to no record; one that would be empty is left out."""
    publication = book.settings.publications[book.settings.publish]
    yield Page("", publication.title, "home", {"roles": in_use(book), "locations": book.in_force(Location)})
    if book.emergencies or is_internal(book):
        yield Page("emergency/", "紧急情况", "emergency")
    if book.complaint_topics or is_internal(book):
        yield Page("complaint/", "客人投诉", "complaint")
    if book.all_of(Notice):
        yield Page("notices/", "临时通知", "notices", {"shelves": notice_board(book)})
    yield Page("coming/", "即将执行", "coming", {"arrivals": arrivals(book)})
    yield Page("history/", "版本核对", "versions", {"records": _by_code(book)})
    if comparisons(book):
        yield Page("compare/", "各处不同", "compare", {"comparisons": comparisons(book)})
    if book.in_force(Term):
        yield Page("glossary/", "术语", "glossary", {"terms": book.in_force(Term)})
    if is_internal(book):
        yield Page("register/", "文件清单", "register", {"records": _by_code(book)})
        yield Page("gaps/", "尚未规定与豁免", "gaps", {"warnings": problems})
        rules = [rule_page(rule, "zh") for rule in RULES.values()]
        yield Page("rules/", "检查规则", "rules", {"rules": rules})


def is_internal(book: Handbook) -> bool:
    """Whether the publication is for people at work, who need more than what anyone may see."""
    return book.settings.publications[book.settings.publish].visibility != "public"


def _topics(book: Handbook) -> Iterator[Page]:
    for record, topic in book.complaint_topics:
        values = {"record": record, "topic": topic, "severities": book.severities}
        yield Page(f"{record.pack}/complaint/{topic.id}/", topic.title, "topic", values, record.path)


def _packs(book: Handbook) -> Iterator[Page]:
    for name, pack in sorted(book.packs.items(), key=lambda entry: entry[1].order):
        shelves = [(kind, book.of_pack(name, kind)) for kind in KINDS]
        values = {"name": name, "pack": pack, "shelves": shelves}
        yield Page(f"{name}/", pack.title, "pack", values, f"standards/{name}/pack.yml")


def _records(book: Handbook) -> Iterator[Page]:
    ahead = arrivals(book)
    for record in book.shown:
        if book.is_over(record):
            yield Page(record.url, record.title, "over", {"record": record}, record.path)
        else:
            yield _record_page(record, book)
        coming = book.coming(record.id)
        if coming:
            yield _record_page(coming, book, f"{record.url}coming/")
        if len(history(book, record)) > 1:
            yield Page(f"{record.url}history/", f"{record.title}：版本", "history", {"record": record})
        if isinstance(record, Role) and book.is_in_force(record) and not record.external:
            sheet = DailySheet(book, record, ahead)
            yield Page(
                f"{record.url}today/", f"{record.title}：今日", "today", {"record": record, "sheet": sheet}
            )


def _record_page(record: Record, book: Handbook, url: str = "") -> Page:
    template = record.kind if record.kind in OWN_TEMPLATES else "record"
    values: dict[str, Any] = {"record": record}
    if isinstance(record, Role):
        values["view"] = RoleView(book, record)
    return Page(url or record.url, record.title, template, values, record.path)


def _moved(book: Handbook) -> Iterator[Page]:
    """A page at each address that a record had before."""
    for record in book.shown:
        for stem in record.formerly:
            url = f"{record.pack}/{record.folder}/{stem}/"
            yield Page(url, record.title, "moved", {"target": record})


def _by_code(book: Handbook) -> list[Record]:
    return sorted((record for record in book.shown if record.code), key=lambda record: record.code or "")
