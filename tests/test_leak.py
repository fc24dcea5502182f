"""Nothing that a publication hides is in any byte of it: every file, every relation, every kind."""

import gzip
import shutil
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from generator.build import build
from generator.examine import Checked
from generator.handbook import Handbook
from generator.kinds.course import Course
from generator.kinds.envelope import Change, Figure
from generator.kinds.record import Record
from generator.load import link, load
from generator.messages import say
from generator.problems import Level, Problem
from generator.publication import shown_in
from generator.site import Order
from generator.source import Source
from generator.values import Prose, Ref, Strict, To, Version
from tests import vocabulary
from tests.test_injection import places

ROOT = Path(__file__).parents[1]
SECRET, INTERNAL = "zq7secret", "zq7inside"
"""Marks of what only few, and what only people at work, may see; they stand in ids, texts and images."""
ANSWER = "zq7answer"
"""Mark of the right answers in every course; they are for few, also where the course is for everybody."""

SETTINGS = """
publish: staff
publications:
  staff: { title: 手册, visibility: internal, languages: [zh, en], private_hosting: 示范 }
  guests: { title: 承诺, visibility: public, languages: [zh, en] }
  zq7secret: { title: zq7secret, visibility: restricted, languages: [zh, en], private_hosting: zq7secret }
"""
MORE = {"shop/notices/fair.yml": "overrides: [{ id: a, record: phone, fields: { expectation: 有人接 } }]\n"}


def png(text: str) -> bytes:
    """A picture of one pixel with `text` in its metadata."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    note = chunk(b"tEXt", b"Comment\0" + text.encode())
    return b"\x89PNG\r\n\x1a\n" + head + note + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def clone(record: Record, stem: str, visibility: str) -> Record:
    """The same record once more under another name."""
    path = f"standards/shop/{record.folder}/{stem}.yml"
    fresh = type(record).model_validate(record.source.data, context={"pack": "shop"})
    fresh.settle("shop", stem, Source(path, record.source.data, (), record.source.text))
    fresh.__dict__["visibility"] = visibility
    return fresh


def mark(record: Record, word: str) -> None:
    """Put `word` into every text, also into those that were left empty."""
    for home, key, kind in places(record):
        home[key] = kind(f"{home[key] or ''} {word}")
    record.__dict__["changes"] = [
        Change.model_construct(version=Version(1, 0), on=record.effective, note=word)
    ]
    record.__dict__["formerly"] = [f"{record.stem}-before"]
    record.__dict__["figures"] = [
        Figure.model_construct(file=f"{word}.png", alt=word, caption=word, licence=word)
    ]


def picture(name: str) -> Figure:
    return Figure.model_construct(file=f"{name}.png", alt=name, caption=name, licence=name)


def references(block: Strict) -> Iterator[tuple[dict[str, Any], str, Any, To]]:
    """Every field below that holds references: its home, name, value and kinds."""
    hints = get_type_hints(type(block), include_extras=True)
    for name, value in list(block.__dict__.items()):
        to = _to(hints.get(name))
        if to:
            yield block.__dict__, name, value, to
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, Strict):
                yield from references(child)


def _to(hint: Any) -> To | None:
    if get_origin(hint) is Annotated:
        return next((part for part in get_args(hint) if isinstance(part, To)), None)
    return next((to for part in get_args(hint) if (to := _to(part))), None)


def point(record: Record, records: dict[str, Record], prefix: str) -> None:
    """Lead every reference to the namesake with `prefix`, and every list and gap to the hidden ones too."""
    for home, name, value, to in references(record):
        hidden = [
            id
            for id, other in records.items()
            if _is_hidden(other) and other.kind in (to.kinds or [other.kind])
        ]
        if to.item == "major" or not hidden:
            continue
        if isinstance(value, list):
            home[name] = [*(_moved(ref, prefix) for ref in value), *map(Ref, hidden)]
            for ref in home[name]:
                ref.kinds = to.kinds
        else:
            home[name] = _moved(value, prefix) if value else Ref(hidden[0])
    links = " ".join(f"[[{id}|那里]] [[{id}]]" for id, other in records.items() if _is_hidden(other))
    record.__dict__["body"] = Prose(f"公开的话。{links}")


def _is_hidden(record: Record) -> bool:
    return SECRET in record.id or INTERNAL in record.id


def _moved(ref: Ref, prefix: str) -> Ref:
    moved = Ref(f"shop/{prefix}-{ref.stem}")
    moved.kinds, moved.item = ref.kinds, ref.item
    return moved


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Checked]:
    """Each record of the tiny handbook three times: for few, for people at work, for everybody."""
    root = tmp_path_factory.mktemp("leak")
    settings = vocabulary.BASE["files"]["handbook.yml"].split("publish:")[0]
    rest = vocabulary.BASE["files"]["handbook.yml"].split("lead_days:")[1]
    text = f"{settings}{SETTINGS}lead_days:{rest}"
    vocabulary.write(root, {"handbook.yml": {"whole": text}, **MORE})
    for name in ("templates", "site_overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    loaded = load(root)
    book = link(loaded, vocabulary.TODAY)
    assert book
    assert loaded.problems == []
    return root, _planted(root, loaded, book)


def _planted(root: Path, loaded: Any, book: Handbook) -> Checked:
    records: dict[str, Record] = {}
    for record in book.all:
        for prefix, visibility in ((SECRET, "restricted"), (INTERNAL, "internal"), ("open", "public")):
            made = clone(record, f"{prefix}-{record.stem}", visibility)
            if prefix != "open":
                mark(made, prefix)
            records[made.id] = made
    for record in records.values():
        point(record, records, record.stem.partition("-")[0])
        if isinstance(record, Course):
            record.__dict__["quiz"] = [
                question.model_copy(update={"answers": [ANSWER], "key": Prose(f"因为{ANSWER}。")})
                for question in record.quiz
            ]
    older = clone(next(r for r in book.all if r.kind == "script"), "open-greeting", "restricted")
    mark(older, SECRET)
    shown = records["shop/open-greeting"]
    shown.__dict__["version"] = Version(2, 0)
    shown.__dict__["figures"] = [
        Figure.model_construct(file="open.png", alt="图", caption="图", licence=None)
    ]
    figures = root / "standards/shop/figures"
    figures.mkdir()
    for word in (SECRET, INTERNAL, "open"):
        (figures / f"{word}.png").write_bytes(png(f"{SECRET} {INTERNAL}"))
    paths = dict.fromkeys(path.relative_to(root).as_posix() for path in figures.iterdir())
    revisions = {id: (record,) for id, record in records.items()}
    revisions["shop/open-greeting"] = (shown, older)
    whole = replace(book, revisions=revisions, figures=paths)
    warnings = [
        Problem(
            record.place("title"), "late", say("{id} {title}", id=other.id, title=other.title), Level.WARNING
        )
        for record in records.values()
        for other in (record, records[f"shop/{SECRET}-clerk"])
    ]
    return Checked(loaded, whole, warnings)


def everything(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its name; what is compressed also as it reads."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            name = path.relative_to(site).as_posix()
            yield name, name.encode() + (gzip.decompress(raw) if name.endswith(".gz") else raw)


def found(site: Path, word: str) -> list[str]:
    return [name for name, content in everything(site) if word.encode() in content]


@pytest.mark.parametrize(
    ("publication", "hidden", "shown"),
    [("staff", [SECRET, ANSWER], [INTERNAL]), ("guests", [SECRET, INTERNAL, ANSWER], [])],
)
def test_nothing_hidden_is_in_any_byte(
    planted: tuple[Path, Checked], publication: str, hidden: list[str], shown: list[str]
) -> None:
    root, checked = planted
    site = root / publication
    assert checked.book
    build(root, site, vocabulary.TODAY, checked, Order(publication=publication))
    assert {word: found(site, word) for word in hidden} == {word: [] for word in hidden}
    assert all(len(found(site, word)) > 20 for word in shown)
    assert (site / "shop/scripts/open-greeting/index.html").is_file()
    assert (site / "shop/figures/open.png").is_file()
    page = (site / "shop/scripts/open-greeting/index.html").read_text("utf-8")
    assert '<img src="../../../shop/figures/open.png"' in page


def test_right_answers_are_where_restricted_records_are(planted: tuple[Path, Checked]) -> None:
    root, checked = planted
    assert checked.book
    build(root, root / "few", vocabulary.TODAY, checked, Order(publication=SECRET))
    pages = [name for name in found(root / "few", ANSWER) if name.endswith(".html")]
    assert "shop/courses/open-basics/index.html" in pages
    page = (root / "few/shop/courses/open-basics/index.html").read_text("utf-8")
    assert "答案由培训人掌握" not in page
    build(root, root / "staff-again", vocabulary.TODAY, checked, Order(publication="staff"))
    page = (root / "staff-again/shop/courses/open-basics/index.html").read_text("utf-8")
    assert "答案由培训人掌握" in page


def test_every_kind_is_still_there_for_those_who_may_see_it(planted: tuple[Path, Checked]) -> None:
    _, checked = planted
    assert checked.book
    kinds = {record.kind for record in checked.book.all}
    left = shown_in(checked.book, "staff")
    assert {record.kind for record in left.all if INTERNAL in record.id} == kinds
    assert not [record.id for record in left.all if SECRET in record.id]
