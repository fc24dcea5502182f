"""Which pages a handbook has: one row per page, in reading order, and what its template is given."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator import matrices, overviews, standing, trace
from generator.checks import RULES
from generator.explain import page as rule_page
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.kinds.location import Location
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.role import Role
from generator.kinds.term import Term
from generator.messages import spoken_language, tell
from generator.overviews import Overview, Sheet, Table, in_parts, sheets
from generator.posters import posters
from generator.problems import Problem
from generator.times import DailySheet, arrivals, history, notice_board
from generator.view import RoleView

OWN_TEMPLATES = frozenset(
    (
        "role",
        "location",
        "journey",
        "touchpoint",
        "standard",
        "procedure",
        "script",
        "notice",
        "routine",
        "path",
        "classification",
        "course",
        "case",
        "customer-group",
        "facility",
        "guide",
        "policy",
        "form",
        "reference",
        "metric",
        "rating",
        "finding",
        "model",
        "comparison",
    )
)
"""Kinds with a template of their own name; record.md.j2 renders the others."""


@dataclass(frozen=True)
class Page:
    """A page to be rendered; `url` is relative to the site's root, `source` is the file to edit.

    `line` says what a page that belongs to no record is for.
    """

    url: str
    title: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)
    source: str | None = None
    line: str = ""

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
    made = list(_overviews(book, problems))
    tables = [_of_sheet(book, sheet) for overview in made for sheet in sheets(overview)]
    look_ups = list(_look_ups(book))
    listed = [*look_ups, *(page for page in tables if page.values["sheet"].part is None)]
    return [
        *_front(book),
        Page("look-up/", tell("全部总览"), "look-up", {"look_ups": listed}),
        *look_ups,
        *tables,
        *_topics(book),
        *_packs(book, made),
        *_posters(book),
        *_records(book),
        *_moved(book),
        *(Page(record.url, record.title, "withheld", {"record": record}, record.path) for record in withheld),
    ]


def navigation(book: Handbook) -> list[Entry]:
    """The navigation: few entries, since each page repeats it."""
    packs = [Entry(page.title, page.file) for page in _packs(book)]
    roles = tuple(Entry(role.title, _record_page(role, book).file) for role in in_use(book))
    look_ups = [("look-up/", "全部总览"), ("coming/", "即将执行"), ("history/", "版本核对")]
    look_ups += [("glossary/", "术语")] if book.in_force(Term) else []
    return [
        *(Entry(page.title, page.file) for page in _front(book)),
        *([Entry(tell("岗位"), entries=roles)] if 0 < len(roles) <= MOST_ROLES else []),
        *([Entry(tell("业务"), entries=tuple(packs))] if packs else []),
        Entry(tell("查阅"), entries=tuple(Entry(tell(title), f"{url}index.md") for url, title in look_ups)),
    ]


MOST_NOTED = 200
"""With more records of a kind than this, a pack's page names them without saying what each is for."""

MOST_TILES = 36
"""With more roles than this, the start page shows them business line by business line, folded."""

MOST_ROLES = 60
"""With more roles than this, readers find theirs on the start page and in their pack."""


def in_use(book: Handbook) -> list[Role]:
    """The roles that readers choose from: the packs' own before common ones, those at the counter first."""
    roles = [role for role in book.in_force(Role) if not role.external]
    place = {name: number for number, name in enumerate(book.business_lines)}
    return sorted(roles, key=lambda role: (place[role.pack], -len(role.pinned), role.id))


def _front(book: Handbook) -> Iterator[Page]:
    """The pages that every page leads to; one that would be empty is left out."""
    publication = book.settings.publications[book.settings.publish]
    values = {"roles": in_use(book), "locations": book.in_force(Location), "most": MOST_TILES}
    yield Page("", publication.title, "home", values)
    if book.emergencies or is_internal(book):
        yield Page("emergency/", tell("紧急情况"), "emergency")
    if book.complaint_topics or is_internal(book):
        yield Page("complaint/", tell("客人投诉"), "complaint")
    if book.all_of(Notice):
        yield Page("notices/", tell("临时通知"), "notices", {"shelves": notice_board(book)})


def _look_ups(book: Handbook) -> Iterator[Page]:
    """What is looked up on one page; one that would be empty is left out."""
    coming = {"arrivals": arrivals(book)}
    yield Page("coming/", tell("即将执行"), "coming", coming, line=tell("哪天起改，改什么。"))
    if terms := book.in_force(Term):
        line = tell("一个词在这里是什么意思。")
        yield Page("glossary/", tell("术语"), "glossary", {"terms": terms}, line=line)
    if is_internal(book):
        rules = [rule_page(rule, spoken_language()) for rule in RULES.values()]
        line = tell("每次修改都自动检查什么。")
        yield Page("rules/", tell("检查规则"), "rules", {"rules": rules}, line=line)


TABLES = (
    Table(
        "history",
        "版本核对",
        "手里这张纸还有效吗，按编号和版本核对。",
        overviews.register,
        template="versions",
        is_public=True,
        is_always=True,
        together=600,
    ),
    Table(
        "compare",
        "各处不同",
        "同一件事，各处怎么规定。",
        overviews.compared,
        is_public=True,
        together=60,
        most=60,
    ),
    Table(
        "comparisons",
        "几家对照",
        "同一件事，几家各定多少。",
        standing.comparisons,
        is_public=True,
    ),
    Table("scripts", "话术：按情况查", "遇到什么情况，第一句怎么说。", overviews.scripts),
    Table("forms", "表单", "有哪些表，谁填，多久填一次。", overviews.forms),
    Table("courses", "岗位要学什么", "上岗前要通过什么，在岗要学什么，多久再学。", matrices.courses),
    Table(
        "responsibilities",
        "谁做、谁负责",
        "每件事由谁做、谁接手、谁负责、谁批准、谁检查。",
        matrices.responsibilities,
    ),
    Table(
        "coverage",
        "哪里还缺",
        "客人走过的每一处，标准、话术、流程、表单齐不齐。",
        matrices.coverage,
        together=100,
        most=100,
    ),
    Table(
        "development",
        "标准做到哪一步",
        "每份标准定到第几步，下一步做什么、谁来做。",
        standing.development,
        together=400,
    ),
    Table("facilities", "设施和检查", "该有什么设施，多久查一次，上次查下来怎么样。", standing.facilities),
    Table("metrics", "指标", "看哪些数，目标多少，管哪条要求。", overviews.metrics),
    Table("findings", "问题整改", "发现了什么问题，先改哪个，改到哪一步。", overviews.findings),
    Table(
        "register", "文件清单", "按编号查文件：版本、执行日期、负责岗位。", overviews.register, is_always=True
    ),
    Table("changes", "改了什么", "每次改动的说明，最新的在前。", overviews.changes, is_public=True),
    Table("reviews", "复审日历", "哪些文件到期要复审，由谁负责。", overviews.reviews),
    Table(
        "references", "依据文件", "依据哪些外部文件，哪条用在哪里，对外承诺由哪份标准兑现。", trace.references
    ),
    Table(
        "gaps",
        "尚未规定与豁免",
        "什么还没有定、先问谁，哪些检查暂时不做。",
        overviews.gaps,
        is_always=True,
    ),
)
"""The overviews in the order in which they are listed."""


def _overviews(book: Handbook, problems: Sequence[Problem]) -> Iterator[Overview]:
    """The overviews of the handbook; those for people at work are in no public publication."""
    internal = is_internal(book)
    for table in TABLES:
        if internal or table.is_public:
            more = overviews.warnings(problems) if table.rows is overviews.gaps else ()
            parts = in_parts([*table.rows(book), *more], book.packs)
            if parts or table.is_always:
                yield Overview(table, parts)


def _of_sheet(book: Handbook, sheet: Sheet) -> Page:
    """The page of an overview, or of one of its parts."""
    table = sheet.overview.table
    title = tell(table.title)
    if sheet.part:
        of = sheet.part.of
        part = book.packs[of].title if isinstance(of, str) else tell("{year} 年", year=of)
        title = tell("{title}：{part}", title=title, part=part)
    if sheet.number > 1:
        title = tell("{title}（第 {number} 页）", title=title, number=sheet.number)
    return Page(sheet.url, title, table.template or table.name, {"sheet": sheet}, line=tell(table.line))


def is_internal(book: Handbook) -> bool:
    """Whether the publication is for people at work, who need more than what anyone may see."""
    return book.settings.publications[book.settings.publish].visibility != "public"


def _topics(book: Handbook) -> Iterator[Page]:
    for record, topic in book.complaint_topics:
        values = {"record": record, "topic": topic, "severities": book.severities_of(record.pack)}
        yield Page(f"{record.pack}/complaint/{topic.id}/", topic.title, "topic", values, record.path)


def _packs(book: Handbook, made: Sequence[Overview] = ()) -> Iterator[Page]:
    """A page per pack; `made` are the overviews, which it leads to."""
    shelves: dict[str, dict[type[Record], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for record in book.current:
        shelves[record.pack][type(record)].append(record)
    for name, pack in sorted(book.packs.items(), key=lambda entry: entry[1].order):
        own = [(overview, part) for overview in made for part in overview.parts if part.of == name]
        kinds = [(kind, shelves[name][kind]) for kind in KINDS if shelves[name][kind]]
        values = {"name": name, "pack": pack, "shelves": kinds, "overviews": own, "most": MOST_NOTED}
        yield Page(f"{name}/", pack.title, "pack", values, f"standards/{name}/pack.yml")


def _posters(book: Handbook) -> Iterator[Page]:
    """A page per pack with what is put up on the wall."""
    for name, pack in book.packs.items():
        sorts = posters(book, name)
        if is_internal(book) and any(sorts.values()):
            title = tell("{title}：墙上海报", title=pack.title)
            yield Page(f"{name}/posters/", title, "posters", {"name": name, "sorts": sorts})


def _records(book: Handbook) -> Iterator[Page]:
    ahead = arrivals(book)
    for record in book.shown:
        if book.is_over(record):
            yield Page(record.url, record.title, "over", {"record": record}, record.path)
        else:
            yield _record_page(record, book)
        if isinstance(record, Reference) and is_internal(book):
            cited = trace.citing(book, record)
            yield from (_of_sheet(book, sheet) for sheet in sheets(cited) if sheet.part)
        coming = book.coming(record.id)
        if coming:
            yield _record_page(coming, book, f"{record.url}coming/")
        if len(history(book, record)) > 1:
            title = tell("{title}：版本", title=record.title)
            yield Page(f"{record.url}history/", title, "history", {"record": record})
        if isinstance(record, Role) and book.is_in_force(record) and not record.external:
            sheet = DailySheet(book, record, ahead)
            title = tell("{title}：今日", title=record.title)
            yield Page(f"{record.url}today/", title, "today", {"record": record, "sheet": sheet})
            title = tell("{title}：卡片", title=record.title)
            view = RoleView(book, record)
            if is_internal(book) and view.has_cards:
                yield Page(f"{record.url}cards/", title, "cards", {"record": record, "view": view})


def _record_page(record: Record, book: Handbook, url: str = "") -> Page:
    template = record.kind if record.kind in OWN_TEMPLATES else "record"
    values: dict[str, Any] = {"record": record}
    if isinstance(record, Role):
        values["view"] = RoleView(book, record)
    if isinstance(record, Reference):
        values["citing"] = trace.citing(book, record)
    return Page(url or record.url, record.title, template, values, record.path)


def _moved(book: Handbook) -> Iterator[Page]:
    """A page at each address that a record had before."""
    for record in book.shown:
        for stem in record.formerly:
            url = f"{record.pack}/{record.folder}/{stem}/"
            yield Page(url, record.title, "moved", {"target": record})
