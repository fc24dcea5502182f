"""Tidy files: items get their ids, the envelope its order. Meaning, comments and text stay.

The text is edited at exact places instead of being written anew, so a diff shows only what has changed.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from generator.editing import Draft, Edit
from generator.kinds import BY_FOLDER
from generator.kinds.envelope import Envelope
from generator.kinds.notice import Notice
from generator.load import STANDARDS, model_of
from generator.marks import Loc
from generator.problems import HandbookError
from generator.source import Data, read_source
from generator.values import MAX_SLUG, SLUG, Strict, block_of

_FIELDS = list(Envelope.model_fields)
_TAIL_FROM = _FIELDS.index("sources")
HEAD = _FIELDS[:_TAIL_FROM]
TAIL = _FIELDS[_TAIL_FROM:]

_WORDS = re.compile(r"[a-z0-9]+")
_RECORD = re.compile(rf"(?:({SLUG})/)?({SLUG})(?:@[0-9]+)?")
_STEERING = ("after", "drop")
"""What says where an entry goes, not what it is."""
_Missing = tuple[Loc, dict[str, Data], str]
"""Where an entry without an id stands, the entry, and the id it gets."""


class Tidied(NamedTuple):
    """Path -> tidy text of the files that were not tidy, and the files left because of a doubt."""

    texts: dict[str, str]
    left: list[str]


class _Other(NamedTuple):
    """Another record: what its files must hold, and every id in them."""

    model: type[Strict]
    ids: frozenset[str]


def tidy(root: Path, paths: Iterable[Path]) -> Tidied:
    """What the given files and folders (none: all of standards/) become."""
    tidied = Tidied({}, [])
    for path in _files(root, paths):
        name = path.relative_to(root.resolve()).as_posix()
        model = model_of(Path(name))
        if model is None or read_source(root.resolve(), path).problems:
            tidied.left.append(name)
            continue
        text = path.read_bytes().decode("utf-8")
        fresh = formatted(name, text, model, root)
        if fresh is None:
            tidied.left.append(name)
        elif fresh != text:
            tidied.texts[name] = fresh
    return tidied


def _files(root: Path, paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths or [root / STANDARDS]:
        full = path.resolve()
        if not full.exists() or not full.is_relative_to((root / STANDARDS).resolve()):
            raise HandbookError("no such file or folder in {folder}/: '{path}'", folder=STANDARDS, path=path)
        yield from [full] if full.is_file() else sorted(full.rglob("*.yml"))


def formatted(path: str, text: str, model: type[Strict], root: Path | None = None) -> str | None:
    """The tidy text; None where the file cannot be tidied without a doubt about its meaning.

    Entries that depart from those of another file below `root` get their ids only where that one is known.
    """
    draft = Draft(path, text)
    if draft.source.problems or not isinstance(draft.source.data, dict):
        return None
    expected = deepcopy(draft.source.data)
    edits = []
    for loc, item, id in _missing(path, expected, model, root):
        item["id"] = id
        edits.append(_id_edit(draft, loc, id))
    after = draft.edited(edits)
    if issubclass(model, Envelope):
        after = Draft(path, _ordered(after))
    return after.text if after.source.data == expected and not after.source.problems else None


def _missing(path: str, data: Data, model: type[Strict], root: Path | None) -> list[_Missing]:
    """Every entry of a file without the id it needs."""
    if "extends" not in data:
        found = list(_missing_ids(model, data))
    else:
        # An id that its base has already would make a new entry a change of the base's.
        base = _other(root, path, data["extends"])
        found = list(_missing_ids(model, data, reserved=base.ids)) if base else []
    overrides = data.get("overrides") if model is Notice else None
    for index, override in enumerate(overrides if isinstance(overrides, list) else []):
        target = _other(root, path, override.get("record")) if isinstance(override, dict) else None
        if target and isinstance(override.get("fields"), dict):
            loc = ("overrides", index, "fields")
            inner = _missing_ids(target.model, override["fields"], loc, target.ids)
            # Without `after`, nobody knows which entry of the record is meant.
            found += [entry for entry in inner if "after" in entry[1]]
    return found


def _other(root: Path | None, path: str, written: object) -> _Other | None:
    """What the files of the record hold that a file refers to, in all its revisions."""
    match = _RECORD.fullmatch(written) if isinstance(written, str) else None
    if root is None or match is None:
        return None
    pack = root.resolve() / STANDARDS / (match[1] or path.split("/")[1])
    files = sorted([*pack.glob(f"*/{match[2]}.yml"), *pack.glob(f"*/{match[2]}@*.yml")])
    models = [model for file in files if (model := BY_FOLDER.get(file.parent.name))]
    ids = frozenset(id for file in files for id in _all_ids(read_source(root.resolve(), file).data))
    return _Other(models[0], ids) if models else None


def _all_ids(data: Data) -> Iterator[str]:
    if isinstance(data, dict) and isinstance(data.get("id"), str):
        yield data["id"]
    for child in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _all_ids(child)


def _missing_ids(
    model: type[Strict], data: Data, loc: Loc = (), reserved: frozenset[str] = frozenset()
) -> Iterator[_Missing]:
    """Every entry of a block without the id it needs; `reserved` ids are not given."""
    if not isinstance(data, dict):
        return
    for name, field in model.model_fields.items():
        block, value = block_of(field.annotation), data.get(name)
        if block is None or value is None:
            continue
        if isinstance(value, list):
            yield from _of_list(block, value, (*loc, name), reserved)
        else:
            yield from _missing_ids(block, value, (*loc, name), reserved)


def _of_list(
    block: type[Strict], items: list[Data], loc: Loc, reserved: frozenset[str]
) -> Iterator[_Missing]:
    own = {item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)}
    taken = own | reserved
    for index, item in enumerate(items):
        yield from _missing_ids(block, item, (*loc, index), reserved)
        if "id" in block.model_fields and isinstance(item, dict) and item and "id" not in item:
            id = _free(_slug(item) or f"item-{index + 1}", taken)
            taken.add(id)
            yield (*loc, index), item, id


def _slug(item: dict[str, Data]) -> str | None:
    """A short name from the item's first text, if that is plain English."""
    texts = (value for key, value in item.items() if isinstance(value, str) and key not in _STEERING)
    first = next(texts, "")
    if not first.isascii():
        return None
    slug = ""
    for word in _WORDS.findall(first.lower()):
        if len(slug) + 1 + len(word) > MAX_SLUG // 2:
            break
        slug += f"-{word}" if slug else word
    return slug or None


def _free(id: str, taken: set[Any]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def _id_edit(draft: Draft, loc: Loc, id: str) -> Edit:
    start = draft.value_start(loc)
    if draft.text[start] == "{":
        first = len(draft.text) - len(draft.text[start + 1 :].lstrip())
        return Edit(first, first, f"id: {id}, ")
    return Edit(start, start, f"id: {id}{draft.line_break}{' ' * draft.column(start)}")


def _ordered(draft: Draft) -> str:
    """The lines with the envelope's keys first and its lists last; other keys keep the order they have."""
    head, chunks = _chunks(draft)
    keys = list(chunks)
    ranks = {key: (0, rank) for rank, key in enumerate(HEAD)} | {
        key: (2, rank) for rank, key in enumerate(TAIL)
    }
    keys.sort(key=lambda key: ranks.get(key, (1, 0)))
    return head + "".join(chunks[key] for key in keys)


def _chunks(draft: Draft) -> tuple[str, dict[str, str]]:
    """What stands before the first key, and each key's lines with the comments right above it."""
    lines = draft.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += draft.line_break
    starts = {draft.source.marks[key,][0]: key for key in draft.source.data}
    firsts = {_with_comments(lines, line): key for line, key in starts.items()}
    borders = [*sorted(firsts), len(lines)]
    chunks = {firsts[first]: "".join(lines[first:end]) for first, end in pairwise(borders)}
    return "".join(lines[: borders[0]]), chunks


def _with_comments(lines: list[str], line: int) -> int:
    while line > 0 and lines[line - 1].startswith("#"):
        line -= 1
    return line
