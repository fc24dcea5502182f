"""JSON Schemas of the files, for editors: committed ones without ids, local ones that complete ids."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.settings import Pack, Settings
from generator.values import Strict
from generator.writing import write_all

COMMITTED = "schemas"
LOCAL = ".handbook/schemas"

MODELS: dict[str, type[Strict]] = {"handbook": Settings, "pack": Pack, **{kind.kind: kind for kind in KINDS}}

_Change = Callable[[dict[str, Any]], None]


def write_schemas(root: Path) -> list[str]:
    """Write the committed schemas that are stale; returns their paths."""
    fresh = _texts(COMMITTED, _plain)
    stale = _stale(root, fresh)
    write_all(root, {path: fresh[path] for path in stale})
    return stale


def stale_schemas(root: Path) -> list[str]:
    """The paths of committed schemas that differ from what the kinds say today."""
    return _stale(root, _texts(COMMITTED, _plain))


def write_local_schemas(book: Handbook, root: Path) -> list[str]:
    """Write the schemas that complete the handbook's own ids; returns the paths of changed ones."""
    ids = _ids(book)

    def change(schema: dict[str, Any]) -> None:
        _plain(schema)
        if "x-kinds" in schema:
            _complete(schema, ids)

    fresh = _texts(LOCAL, change)
    stale = _stale(root, fresh)
    write_all(root, {path: fresh[path] for path in stale})
    return stale


def _texts(folder: str, change: _Change) -> dict[str, str]:
    return {f"{folder}/{name}.json": _text(name, model, change) for name, model in MODELS.items()}


def _text(name: str, model: type[Strict], change: _Change) -> str:
    schema = model.model_json_schema()
    for block in _blocks(schema):
        change(block)
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "made by 'handbook schema'",
        "title": name,
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


def _stale(root: Path, fresh: dict[str, str]) -> list[str]:
    return [
        path
        for path, text in fresh.items()
        if not (root / path).is_file() or (root / path).read_text("utf-8") != text
    ]


def _blocks(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping inside the schema, itself included."""
    if isinstance(value, dict):
        yield value
        for child in list(value.values()):
            yield from _blocks(child)
    elif isinstance(value, list):
        for child in value:
            yield from _blocks(child)


def _plain(schema: dict[str, Any]) -> None:
    """Drop what pydantic makes up: titles (a property named title is a mapping and stays) and null values."""
    if isinstance(schema.get("title"), str):
        del schema["title"]
    if "default" in schema and schema["default"] is None:
        del schema["default"]
    forms = [form for form in schema.get("anyOf", []) if form != {"type": "null"}]
    if len(forms) == 1:
        del schema["anyOf"]
        schema.update(forms[0] | schema)


def _ids(book: Handbook) -> dict[tuple[str, bool], list[str]]:
    """(kind or "" for any, whether `record#item` is meant) -> what may be written, bare and with its pack."""
    ids: dict[tuple[str, bool], list[str]] = {}
    for record in book.records.values():
        for written in (record.stem, record.id):
            for kind in ("", record.kind):
                ids.setdefault((kind, False), []).append(written)
            items = book.clauses.get(record.id, {})
            ids.setdefault((record.kind, True), []).extend(f"{written}#{item}" for item in items)
    return ids


def _complete(schema: dict[str, Any], ids: dict[tuple[str, bool], list[str]]) -> None:
    """Offer the known ids; any other well-formed id stays allowed, since `check` judges references."""
    kinds = schema["x-kinds"] or [""]
    item = "#" in schema["pattern"]
    known = sorted({written for kind in kinds for written in ids.get((kind, item), [])})
    if known:
        schema["anyOf"] = [{"enum": known}, {"pattern": schema.pop("pattern")}]
