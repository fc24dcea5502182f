"""The texts of a block that readers see: where each stands, and the block with other texts in their place."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from generator.values import Prose, ProseText, Strict, Text, block_of

Sort = Literal["text", "lines", "inner"]
Path = tuple[str, ...]
"""Names of fields and, in place of numbers, ids of entries: they hold when something is put in between."""
Say = Callable[[Path, str], str | None]
"""What a text is in another language, by where it stands; None where nobody has said it yet."""

UNTOLD = frozenset(
    (
        "approved",
        "clause",
        "code",
        "conditions",
        "distribution",
        "english",
        "facts",
        "field",
        "foreign",
        "icon",
        "levels",
        "may_vary",
        "overrides",
        "private_hosting",
        "remedies",
        "replaces",
        "shifts",
        "sources",
        "unit",
        "units",
        "waivers",
        "wording",
    )
)
"""Fields of which the texts are marks, proofs of origin, or in both languages already."""
BESIDE = {"first_line": "foreign", "say": "foreign", "reply": "foreign", "title": "english"}
"""Field -> the field beside it that says the same in the other language."""
_NAMES = ("id", "name", "clause", "version", "file")
"""What an entry of a list is known by, the first that it has."""
CHINESE = re.compile("[\u4e00-\u9fff]")


class Said(NamedTuple):
    """A text and where it stands."""

    path: Path
    text: str


def texts(block: Strict, path: Path = ()) -> Iterator[Said]:
    """Every text that is to be translated, in the order of the fields; lists of texts are one text by lines.

    What holds no Chinese character, such as 06:30-10:00, reads alike in every language.
    """
    for name, sort in _fields(type(block)):
        value, here = getattr(block, name), (*path, name)
        if not value or (sort == "text" and _beside(block, name)):
            continue
        if sort == "inner":
            for key, inner in _entries(value):
                yield from texts(inner, (*here, key) if key else here)
        elif is_chinese(text := value if sort == "text" else "\n".join(value)):
            yield Said(here, text)


def spoken(block: Strict, without: Collection[str] = ()) -> Iterator[str]:
    """Every text that readers see, whatever its language, but for some fields of the block itself."""
    for name, sort in _shown(type(block)):
        value = getattr(block, name)
        if not value or name in without:
            continue
        if sort == "inner":
            for _, inner in _entries(value):
                yield from spoken(inner)
        elif sort == "text":
            yield value
        else:
            yield from value


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return bool(CHINESE.search(text))


def retold(block: Strict, say: Say, path: Path = ()) -> dict[str, Any]:
    """The fields of a block that are other in another language, each with its value there.

    Where both languages stand beside each other, they change places.
    """
    changed: dict[str, Any] = {}
    for name, sort in _fields(type(block)):
        value, here = getattr(block, name), (*path, name)
        if not value:
            continue
        other = _beside(block, name)
        if sort == "text" and other:
            changed[name], changed[BESIDE[name]] = _as(value, getattr(block, other)), str(value)
        elif (new := _retold(value, sort, say, here)) is not value:
            changed[name] = new
    return changed


def _retold(value: Any, sort: Sort, say: Say, path: Path) -> Any:
    if sort == "text":
        told = say(path, value)
        return value if told is None else _as(value, told)
    if sort == "lines":
        told = say(path, "\n".join(value))
        return value if told is None else told.split("\n")
    if isinstance(value, Strict):
        return _copy(value, retold(value, say, path))
    inner = [_copy(each, retold(each, say, (*path, key))) for key, each in _entries(value)]
    return dict(zip(value, inner, strict=True)) if isinstance(value, dict) else inner


def _copy(block: Strict, changed: dict[str, Any]) -> Strict:
    return block.model_copy(update=changed) if changed else block


def _as(old: str, told: str) -> str:
    """The text as what the old one was: links in prose keep the pack that they are written from."""
    return Prose.by(old.pack, told) if isinstance(old, Prose) else told


def _beside(block: Strict, name: str) -> str | None:
    """The field that says the same in the other language, if it is filled."""
    other = BESIDE.get(name, "")
    return other if getattr(block, other, None) else None


def _entries(value: Any) -> list[tuple[str, Strict]]:
    if isinstance(value, Strict):
        return [("", value)]
    if isinstance(value, dict):
        return list(value.items())
    return [(_key(entry, number), entry) for number, entry in enumerate(value)]


class Turn(NamedTuple):
    """One part of a path: its name, what has it, and what stands there."""

    name: str
    holder: Any
    value: Any


def way(value: Any, path: Iterable[str]) -> Iterator[Turn]:
    """The parts of a path through a record; it ends where there is no such field or entry."""
    for name in path:
        holder, value = value, _part(value, name)
        if value is None:
            return
        yield Turn(name, holder, value)


def _part(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return next((entry for number, entry in enumerate(value) if _key(entry, number) == name), None)
    if isinstance(value, dict):
        return value.get(name)
    return getattr(value, name) if name in getattr(type(value), "model_fields", ()) else None


def at(value: Any, path: Sequence[str]) -> Any:
    """The value at a path; None where there is no such field or entry, or nothing in it."""
    turns = list(way(value, path))
    found = turns[-1].value if len(turns) == len(path) else None
    return None if found in ([], {}) else found


def _key(entry: Strict, number: int) -> str:
    found = next((name for name in _NAMES if name in getattr(type(entry), "model_fields", ())), None)
    return str(getattr(entry, found)) if found else str(number)


@cache
def _fields(block: type[Strict]) -> tuple[tuple[str, Sort], ...]:
    """The fields that hold texts to be translated."""
    return tuple(field for field in _all_fields(block) if field[0] not in UNTOLD)


@cache
def _shown(block: type[Strict]) -> tuple[tuple[str, Sort], ...]:
    """The fields that hold texts in whatever language."""
    return tuple(field for field in _all_fields(block) if field[0] not in UNTOLD - {*BESIDE.values()})


def _all_fields(block: type[Strict]) -> Iterator[tuple[str, Sort]]:
    """The fields that hold texts, each with how, in the order of the model."""
    for name, field in block.model_fields.items():
        annotation = field.annotation
        if _READERS & {id(mark) for mark in field.metadata} or _is_text(annotation):
            yield name, "text"
        elif get_origin(annotation) is list and _is_text(get_args(annotation)[0]):
            yield name, "lines"
        elif block_of(annotation):
            yield name, "inner"


_READERS = {id(mark) for form in (Text, ProseText) for mark in get_args(form)[1:]}


def _is_text(annotation: Any) -> bool:
    if annotation in (Text, ProseText):
        return True
    return get_origin(annotation) in (Union, UnionType) and any(map(_is_text, get_args(annotation)))
