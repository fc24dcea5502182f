"""A handbook of any size out of the real one: its kinds, its structure and its sentences, under new ids.

It is made of rounds, each a copy of all packs under new names. Every sentence is drawn anew from the real
sentences of the same kind and field and of about the same length, so that it reads and compresses alike.
A record is an id: its kept revisions come with it, a tailored record is one of its own.
"""

import re
import zlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.classification import Classification
from generator.kinds.location import Location
from generator.kinds.notice import Notice
from generator.kinds.record import Record, leaves
from generator.kinds.role import Role
from generator.marks import Loc
from generator.notices import laid_over
from generator.periods import FOR_EVER, Period, minus
from generator.values import Ref, resolve

_SENTENCE = re.compile(r"\n|[^。！？；!?;\n]+[。！？；!?;]*")
_END = re.compile(r"[。！？；!?;：:]*$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_STAYS = re.compile(r"[\[{|]|^\s*(?:[-*] |\d+[.)、]|$)")
"""Sentences with links or placeholders, list items and lines without words stay where they are."""
_LINKED = re.compile(r"\[\[([^\[\]|\n]+)")
_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_CITED = ("name", "clause", "unit", "field")
"""Fields that others repeat word by word."""
_KEPT = ("reference", "location", "journey", "path", "classification")
"""Kinds that are few and much referred to; a round that is not whole keeps them all."""
_NEAR = 12
"""How far from its own place among the sentences of its field, by length, a sentence is replaced."""

_Field = tuple[str, Loc]


class Spot(NamedTuple):
    """A text or a reference of a file: the kind and field of the record it is read into, and its value."""

    field: _Field
    value: str


@dataclass(frozen=True)
class Round:
    """One copy of the packs: what their names end in, and who stands in for each record left out."""

    suffix: str
    stand_ins: dict[str, str]

    def named(self, id: str, home: str) -> str:
        """The id as a record of pack `home` writes it in this round."""
        pack, _, stem = self.stand_ins.get(id, id).partition("/")
        return stem if pack == home else f"{pack}{self.suffix}/{stem}"


class Resampler:
    """Makes handbooks from a real one, always the same for the same size."""

    def __init__(self, book: Handbook, root: Path) -> None:
        self.book = book
        self.root = root
        self.spots = _spots(book)
        texts = [
            spot for spots in self.spots.values() for spot in spots.values() if type(spot.value) is not Ref
        ]
        self.fields = _text_fields(texts)
        self.pools = _pools(texts, self.fields)

    def files(self, wanted: int, verbatim: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """Path and text of every file for `wanted` records; the `verbatim` paths keep their own sentences."""
        yield "standards/handbook.yml", self._real("standards/handbook.yml")
        for turn in _rounds(self.book, wanted):
            for pack in self.book.packs:
                yield f"standards/{pack}{turn.suffix}/pack.yml", self._pack(pack, turn)
            for record in self.book.all:
                if record.id not in turn.stand_ins:
                    name = record.path.rpartition("/")[2]
                    path = f"standards/{record.pack}{turn.suffix}/{record.folder}/{name}"
                    yield path, self._file(record, turn, path not in verbatim)

    def _real(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def _pack(self, pack: str, turn: Round) -> str:
        def named(match: re.Match[str]) -> str:
            return turn.named(match[0], pack) if match[0] in self.book.records else match[0]

        return _ID.sub(named, self._real(f"standards/{pack}/pack.yml"))

    def _file(self, record: Record, turn: Round, draw: bool) -> str:
        node = yaml.compose(self._real(record.path), Loader=yaml.CSafeLoader)
        for loc, (field, value) in self.spots[record.path].items():
            if isinstance(value, Ref):
                _set(node, loc, self._reference(value, record.pack, turn))
            elif field in self.fields:
                fresh = self._drawn(field, value, record.id + turn.suffix) if draw else value
                _set(node, loc, _LINKED.sub(lambda match: self._link(match[1], record.pack, turn), fresh))
        for loc, value in _identity(record, turn.suffix):
            _set(node, loc, value)
        if turn.stand_ins:
            _drop_repeated(node)
        return str(yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True, width=1 << 20))

    def _reference(self, ref: Ref, home: str, turn: Round) -> str:
        item = ref.item
        if item and ref in turn.stand_ins:
            item = next(iter(entries(self.book[turn.stand_ins[ref]])))
        return turn.named(ref, home) + (f"#{item}" if item else "") + (f"@{ref.major}" if ref.major else "")

    def _link(self, written: str, home: str, turn: Round) -> str:
        return "[[" + turn.named(resolve(written.strip(), home) or written, home)

    def _drawn(self, field: _Field, text: str, seed: str) -> str:
        return _SENTENCE.sub(lambda match: self._sentence(field, match[0], seed), text)

    def _sentence(self, field: _Field, sentence: str, seed: str) -> str:
        """Another sentence of the field, always the same in all revisions of a record."""
        pool = self.pools.get((*field, _end(sentence)))
        if not pool or _STAYS.search(sentence):
            return sentence
        step = zlib.crc32((seed + sentence).encode()) % (2 * _NEAR + 1) - _NEAR
        place = bisect_left(pool, (len(sentence), sentence)) + step
        return pool[min(max(place, 0), len(pool) - 1)][1]


def _spots(book: Handbook) -> dict[str, dict[Loc, Spot]]:
    """File -> where in it texts and references stand, also those that another file's record takes over."""
    found: dict[str, dict[Loc, Spot]] = defaultdict(dict)
    for record in [*book.all, *_overridden(book)]:
        for loc, value in leaves(record):
            if isinstance(value, str):
                source, inner = record.source.origin(loc)
                found[source.path].setdefault(inner, Spot(_field(record, loc), value))
    return found


def _overridden(book: Handbook) -> Iterator[Record]:
    """What notices, past ones too, make of other records."""
    for notice in (record for record in book.all if isinstance(record, Notice)):
        for index, override in enumerate(notice.overrides):
            for target in book.revisions[override.record]:
                record = laid_over(notice, index, target).record
                if record:
                    yield record


def _field(record: Record, loc: Loc) -> _Field:
    return record.kind, tuple(part for part in loc if isinstance(part, str))


def _end(sentence: str) -> str:
    match = _END.search(sentence)
    return match[0] if match else ""


def _text_fields(texts: list[Spot]) -> set[_Field]:
    """The fields that hold text of people, neither a word of the model nor a name."""
    return {
        field
        for field, text in texts
        if field[1][-1] not in _CITED and (_CHINESE.search(text) or field[1][-1] == "foreign")
    }


def _pools(texts: list[Spot], fields: set[_Field]) -> dict[tuple[str, Loc, str], list[tuple[int, str]]]:
    """Kind, field and closing mark -> all the sentences that stand there, by length."""
    pools: dict[tuple[str, Loc, str], list[tuple[int, str]]] = defaultdict(list)
    for field, text in texts:
        for sentence in _SENTENCE.findall(text) if field in fields else ():
            if not _STAYS.search(sentence):
                pools[(*field, _end(sentence))].append((len(sentence), sentence))
    return {key: sorted(pool) for key, pool in pools.items()}


def _identity(record: Record, suffix: str) -> Iterator[tuple[Loc, str]]:
    """What must differ from round to round: document numbers, packs and, since a house has one ladder, it."""
    if record.code:
        yield ("code",), record.code + suffix.upper()
    if isinstance(record, Location):
        yield from ((("packs", index), pack + suffix) for index, pack in enumerate(record.packs))
    if isinstance(record, Classification) and suffix and record.purpose == "complaint-severity":
        yield ("purpose",), "other"


def _set(node: Any, loc: Loc, value: str) -> None:
    """Put text in place of the scalar at `loc`."""
    for part in loc:
        if isinstance(part, int):
            node = node.value[part]
        else:
            node = next(child for key, child in node.value if key.value == part)
    if node.value != value:
        node.value, node.tag = value, "tag:yaml.org,2002:str"


def _drop_repeated(node: Any) -> None:
    """Keep each reference of a list once and one contact per post, though one may stand in for several.

    Facts go, since they name fields, which who stands in for a record may lack.
    """
    if isinstance(node, yaml.MappingNode):
        node.value = [(key, child) for key, child in node.value if key.value != "facts"]
        for key, child in node.value:
            _drop_repeated(child)
            if key.value == "contacts":
                child.value = list({dict(_scalars(row))["role"]: row for row in child.value}.values())
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _drop_repeated(child)
        if all(isinstance(child, yaml.ScalarNode) for child in node.value):
            node.value = list({child.value: child for child in node.value}.values())


def _scalars(node: Any) -> Iterator[tuple[str, str]]:
    return ((key.value, child.value) for key, child in node.value if isinstance(child, yaml.ScalarNode))


def _rounds(book: Handbook, wanted: int) -> Iterator[Round]:
    number = 1
    while wanted > 0:
        stand_ins = _stand_ins(book, wanted)
        yield Round(f"-{number}" if number > 1 else "", stand_ins)
        wanted -= len(book.records) - len(stand_ins)
        number += 1


def _stand_ins(book: Handbook, wanted: int) -> dict[str, str]:
    """Leave records out until `wanted` are left, each kind in proportion; left out -> who takes the place."""
    left, all_of = dict(book.records), Counter(record.kind for record in book.records.values())
    out: list[Record] = []
    while len(left) > wanted:
        still = Counter(record.kind for record in left.values())
        needed = _needed(book, left)
        free = [record for record in left.values() if record.id not in needed and record.kind not in _KEPT]
        out.append(
            left.pop(max(free, key=lambda record: (still[record.kind] / all_of[record.kind], record.id)).id)
        )
    by_kind = {kind: cycle(_fitting(book, left, kind)) for kind in all_of}
    found: dict[str, str] = {}
    for record in reversed(out):
        above = record.reports_to if isinstance(record, Role) else None
        found[record.id] = found.get(above, str(above)) if above else next(by_kind[record.kind])
    return found


def _needed(book: Handbook, left: Collection[str]) -> set[str | None]:
    """Whom none may stand in for: ladders lead over them, others depart from them, anybody may read them."""
    needed: set[str | None] = {book.settings.ask_first, *(pack.owner for pack in book.packs.values())}
    for record in (record for id in left for record in book.revisions[id]):
        needed.add(record.extends)
        if isinstance(record, Role):
            needed.update((record.reports_to or record.id, *(row.above for row in record.authority)))
        if isinstance(record, Notice):
            needed.update(override.record for override in record.overrides)
        if book.visibility(record) == "public":
            needed.add(record.id)
    return needed


def _fitting(book: Handbook, left: Collection[str], kind: str) -> list[str]:
    """Who of a kind may stand in for others: in force from today on, and for all who read the others."""
    always = [Period(book.today, FOR_EVER)]
    found = [id for id in left if book[id].kind == kind]
    return [
        id
        for id in found
        if not minus(always, book.days_in_force(id)) and book.visibility(book[id]) != "restricted"
    ] or found
