"""JSON Schemas of the files, for editors: committed ones without ids, local ones that complete ids."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
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

_HEAD = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$comment": "made by 'handbook schema'",
    "title": "",
}

_Change = Callable[[dict[str, Any]], None]


def write_schemas(root: Path) -> list[str]:
    """Write the committed schemas that are stale; returns their paths."""
    fresh = _fresh()
    stale = _stale(root, fresh)
    write_all(root, {path: fresh[path] for path in stale})
    return stale


def stale_schemas(root: Path) -> list[str]:
    """The paths of committed schemas that differ from what the kinds say today."""
    return _stale(root, _fresh())


def write_local_schemas(book: Handbook, root: Path) -> list[str]:
    """Write the schemas that complete the handbook's own ids; returns the paths of changed ones."""
    ids = _ids(book)

    def change(schema: dict[str, Any]) -> None:
        _plain(schema)
        if "x-kinds" in schema:
            _complete(schema, ids)

    fresh = {f"{LOCAL}/{name}.json": _text(name, change, _committed(root, name)) for name in MODELS}
    stale = _stale(root, fresh)
    write_all(root, {path: fresh[path] for path in stale})
    return stale


def _fresh() -> dict[str, str]:
    return {f"{COMMITTED}/{name}.json": _text(name, _plain, {}) for name in MODELS}


def _committed(root: Path, name: str) -> dict[str, Any]:
    """The committed schema, which is far quicker to read than to make; empty where there is none."""
    path = root / COMMITTED / f"{name}.json"
    try:
        schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return schema


def _text(name: str, change: _Change, schema: dict[str, Any]) -> str:
    schema = schema or _HEAD | {"title": name} | json.loads(_pydantic(MODELS[name]))
    for block in _blocks(schema):
        change(block)
    return json.dumps(schema | {"title": name}, ensure_ascii=False, indent=2) + "\n"


@cache
def _pydantic(model: type[Strict]) -> str:
    """As text, since every caller changes what it gets."""
    return json.dumps(model.model_json_schema())


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
            named = [f"{written}#{item}" for item in book.clauses.get(record.id, ())]
            ids.setdefault((record.kind, True), []).extend(named)
    return ids


def _complete(schema: dict[str, Any], ids: dict[tuple[str, bool], list[str]]) -> None:
    """Offer the known ids; any other well-formed id stays allowed, since `check` judges references."""
    kinds = schema["x-kinds"] or [""]
    forms = [item for item, example in ((False, "a"), (True, "a#b")) if re.search(schema["pattern"], example)]
    known = sorted({written for kind in kinds for item in forms for written in ids.get((kind, item), [])})
    if known:
        schema["anyOf"] = [{"enum": known}, {"pattern": schema.pop("pattern")}]
