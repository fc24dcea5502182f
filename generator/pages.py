"""Which pages a handbook has: one row per page, in reading order, and what its template is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.checks import RULES
from generator.explain import page as rule_page
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.kinds.location import Location
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.kinds.term import Term
from generator.problems import Problem
from generator.view import RoleView

OWN_TEMPLATES = frozenset(
    ("role", "location", "standard", "procedure", "script", "classification", "form", "journey")
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
        record = self.values.get("record")
        if not isinstance(record, Record) or self.template == "topic":
            return {"title": self.title}
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


def pages(book: Handbook, warnings: Sequence[Problem] = ()) -> list[Page]:
    """Every page of the handbook; `warnings` are published on the page of what is not settled."""
    return [*_overviews(book, warnings), *_topics(book), *_packs(book), *_records(book)]


def navigation(book: Handbook) -> list[Entry]:
    """The navigation: few entries, since each page repeats it."""
    fixed = {page.url: page for page in _overviews(book)}
    packs = [Entry(page.title, page.file) for page in _packs(book)]
    roles = tuple(Entry(role.title, _record_page(book, role).file) for role in in_use(book))
    return [
        *(Entry(fixed[url].title, fixed[url].file) for url in ("", "emergency/", "complaint/")),
        *([Entry("岗位", entries=roles)] if len(roles) <= MOST_ROLES else []),
        Entry("业务", entries=tuple(packs)),
        Entry("查阅", entries=tuple(Entry(fixed[url].title, fixed[url].file) for url in _LOOK_UPS)),
    ]


MOST_ROLES = 60
"""With more roles than this, readers find theirs on the start page and in their pack."""

_LOOK_UPS = ("glossary/", "register/", "gaps/", "rules/")


def in_use(book: Handbook) -> list[Role]:
    """The roles that readers choose from: the packs' own before common ones, those at the counter first."""
    order = {name: pack.order for name, pack in book.packs.items()}
    roles = [role for role in book.approved(Role) if not role.external]
    return sorted(roles, key=lambda role: (-order[role.pack], -len(role.pinned), role.id))


def _overviews(book: Handbook, warnings: Sequence[Problem] = ()) -> Iterator[Page]:
    roles, locations = in_use(book), book.approved(Location)
    yield Page(
        "",
        book.settings.publications[book.settings.publish].title,
        "home",
        {"roles": roles, "locations": locations},
    )
    yield Page("emergency/", "紧急情况", "emergency")
    yield Page("complaint/", "客人投诉", "complaint")
    yield Page(
        "glossary/",
        "术语",
        "glossary",
        {"terms": book.approved(Term)},
    )
    yield Page("register/", "文件清单", "register", {"records": _by_code(book)})
    yield Page("gaps/", "尚未规定与豁免", "gaps", {"warnings": warnings})
    yield Page("rules/", "检查规则", "rules", {"rules": [rule_page(rule, "zh") for rule in RULES.values()]})


def _topics(book: Handbook) -> Iterator[Page]:
    for record, topic in book.complaint_topics:
        values = {"record": record, "topic": topic, "severities": book.severities}
        yield Page(f"{record.pack}/complaint/{topic.id}/", topic.title, "topic", values, record.path)


def _packs(book: Handbook) -> Iterator[Page]:
    for name, pack in sorted(book.packs.items(), key=lambda entry: entry[1].order):
        shelves = [(kind, [r for r in book.of_pack(name, kind) if r.status == "approved"]) for kind in KINDS]
        values = {"name": name, "pack": pack, "shelves": shelves}
        yield Page(f"{name}/", pack.title, "pack", values, f"standards/{name}/pack.yml")


def _records(book: Handbook) -> Iterator[Page]:
    for record in book.published:
        yield _record_page(book, record)


def _record_page(book: Handbook, record: Record) -> Page:
    if isinstance(record, Role):
        return Page(
            record.url, record.title, "role", {"record": record, "view": RoleView(book, record)}, record.path
        )
    template = record.kind if record.kind in OWN_TEMPLATES else "record"
    return Page(record.url, record.title, template, {"record": record}, record.path)


def _by_code(book: Handbook) -> list[Record]:
    return sorted((record for record in book.published if record.code), key=lambda record: record.code or "")
