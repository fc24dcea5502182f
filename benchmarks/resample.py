"""A handbook of any size out of the real one: its kinds, its structure and its sentences, under new ids.

It is made of rounds, each a copy of all packs under new names. Every sentence is drawn anew from the real
sentences of the same kind and field and of about the same length, so that it reads and compresses alike.
"""

import random
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from generator.handbook import Handbook, resolve
from generator.kinds.classification import Classification
from generator.kinds.location import Location
from generator.kinds.record import Record
from generator.kinds.role import Role
from generator.marks import Loc

_SENTENCE = re.compile(r"\n|[^。！？；!?;\n]+[。！？；!?;]*")
_END = re.compile(r"[。！？；!?;：:]*$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_STAYS = re.compile(r"[\[{|]|^\s*(?:[-*] |\d+[.)、]|$)")
"""Sentences with links or placeholders, list items and lines without words stay where they are."""
_LINKED = re.compile(r"\[\[([^\[\]|\n]+)")
_ID = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")
_CITED = ("name", "clause", "unit")
"""Fields that others repeat word by word."""
_KEPT = ("reference", "location", "journey", "classification")
"""Kinds that are few and much referred to; a round that is not whole keeps them all."""
_NEAR = 12
"""How far from its own place among the sentences of its field, by length, a sentence is replaced."""

_Field = tuple[str, Loc]


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
        self.texts: dict[str, dict[Loc, str]] = defaultdict(dict)
        for record, loc, text in book.said:
            self.texts[record.id][loc] = text
        self.fields = _text_fields(book)
        self.pools = _pools(book, self.fields)

    def files(self, wanted: int, verbatim: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
        """Path and text of every file for `wanted` records; the `verbatim` paths keep their own sentences."""
        yield "standards/handbook.yml", self._real("standards/handbook.yml")
        for turn in _rounds(self.book, wanted):
            for pack in self.book.packs:
                yield f"standards/{pack}{turn.suffix}/pack.yml", self._pack(pack, turn)
            for record in self.book.records.values():
                if record.id not in turn.stand_ins:
                    path = f"standards/{record.pack}{turn.suffix}/{record.folder}/{record.stem}.yml"
                    yield path, self._record(record, turn, None if path in verbatim else random.Random(path))

    def _real(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def _pack(self, pack: str, turn: Round) -> str:
        def named(match: re.Match[str]) -> str:
            return turn.named(match[0], pack) if match[0] in self.book.records else match[0]

        return _ID.sub(named, self._real(f"standards/{pack}/pack.yml"))

    def _record(self, record: Record, turn: Round, dice: random.Random | None) -> str:
        node = yaml.compose(self._real(record.path), Loader=yaml.CSafeLoader)
        texts = self.texts[record.id]
        for link in self.book.links_of(record):
            if link.loc not in texts:
                _set(node, link.loc, self._reference(link.ref, link.ref.item, record.pack, turn))
        for loc, text in texts.items():
            field = _field(record, loc)
            if field in self.fields:
                fresh = self._drawn(field, text, dice) if dice else text
                _set(node, loc, _LINKED.sub(lambda match: self._link(match[1], record.pack, turn), fresh))
        for loc, value in _identity(record, turn.suffix):
            _set(node, loc, value)
        if turn.stand_ins:
            _drop_repeated(node)
        return str(yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True, width=1 << 20))

    def _reference(self, id: str, item: str | None, home: str, turn: Round) -> str:
        if item and id in turn.stand_ins:
            item = next(iter(self.book.clauses[turn.stand_ins[id]]))
        return turn.named(id, home) + (f"#{item}" if item else "")

    def _link(self, written: str, home: str, turn: Round) -> str:
        return "[[" + turn.named(resolve(written.strip(), home) or written, home)

    def _drawn(self, field: _Field, text: str, dice: random.Random) -> str:
        return _SENTENCE.sub(lambda match: self._sentence(field, match[0], dice), text)

    def _sentence(self, field: _Field, sentence: str, dice: random.Random) -> str:
        pool = self.pools.get((*field, _end(sentence)))
        if not pool or _STAYS.search(sentence):
            return sentence
        place = bisect_left(pool, (len(sentence), sentence)) + dice.randint(-_NEAR, _NEAR)
        return pool[min(max(place, 0), len(pool) - 1)][1]


def _field(record: Record, loc: Loc) -> _Field:
    return record.kind, tuple(part for part in loc if isinstance(part, str))


def _end(sentence: str) -> str:
    match = _END.search(sentence)
    return match[0] if match else ""


def _text_fields(book: Handbook) -> set[_Field]:
    """The fields that hold text of people, neither a word of the model nor a name."""
    said = ((_field(record, loc), text) for record, loc, text in book.said)
    return {
        field
        for field, text in said
        if field[1][-1] not in _CITED and (_CHINESE.search(text) or field[1][-1] == "foreign")
    }


def _pools(book: Handbook, fields: set[_Field]) -> dict[tuple[str, Loc, str], list[tuple[int, str]]]:
    """Kind, field and closing mark -> all the sentences that stand there, by length."""
    pools: dict[tuple[str, Loc, str], list[tuple[int, str]]] = defaultdict(list)
    for record, loc, text in book.said:
        field = _field(record, loc)
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
    """Keep each reference of a list once and one contact per post, though one may stand in for several."""
    if isinstance(node, yaml.MappingNode):
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
        free = [record for record in left.values() if _free(book, record, left)]
        out.append(
            left.pop(max(free, key=lambda record: (still[record.kind] / all_of[record.kind], record.id)).id)
        )
    by_kind = {kind: cycle([id for id, record in left.items() if record.kind == kind]) for kind in all_of}
    found: dict[str, str] = {}
    for record in reversed(out):
        above = record.reports_to if isinstance(record, Role) else None
        found[record.id] = found.get(above, str(above)) if above else next(by_kind[record.kind])
    return found


def _free(book: Handbook, record: Record, left: dict[str, Record]) -> bool:
    """Whether a record may be left out: no ladder of those left leads over it."""
    if not isinstance(record, Role):
        return record.kind not in _KEPT
    needed: set[str | None] = {book.settings.ask_first, *(pack.owner for pack in book.packs.values())}
    for role in left.values():
        if isinstance(role, Role):
            needed.update((role.reports_to, *(row.above for row in role.authority)))
    return bool(record.reports_to) and record.id not in needed
