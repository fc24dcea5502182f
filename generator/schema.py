"""JSON Schemas of the files, for editors: committed ones without ids, local ones that complete ids."""

import json
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.settings import Pack, Settings
from generator.values import Strict
from generator.writing import write_all

COMMITTED = "schemas"
LOCAL = ".handbook/schemas"
MARK = ".handbook/schemas.sha256"
"""Tells from what the local schemas were made."""

MODELS: dict[str, type[Strict]] = {"handbook": Settings, "pack": Pack, **{kind.kind: kind for kind in KINDS}}

_HEAD = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$comment": "made by 'handbook schema'",
    "title": "",
}

_Ids = dict[tuple[str, str], list[str]]
_FORMS = {"record": "a", "item": "a#b", "major": "a@1"}
"""The forms of a reference, each with an example."""


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
    committed = {name: _committed(root, name) for name in MODELS}
    mark = sha256(repr((committed, ids)).encode()).hexdigest()
    if (root / MARK).is_file() and (root / MARK).read_text("utf-8") == mark:
        return []
    fresh = {f"{LOCAL}/{name}.json": _local(name, schema, ids) for name, schema in committed.items()}
    stale = _stale(root, fresh)
    write_all(root, {path: fresh[path] for path in stale} | {MARK: mark})
    return stale


def _fresh() -> dict[str, str]:
    return {f"{COMMITTED}/{name}.json": _text(_made(name)) for name in MODELS}


def _committed(root: Path, name: str) -> dict[str, Any]:
    """The committed schema, which is far quicker to read than to make; empty where there is none."""
    path = root / COMMITTED / f"{name}.json"
    try:
        schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return schema


def _made(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = _HEAD | json.loads(_pydantic(MODELS[name]))
    for block in _blocks(schema):
        _plain(block)
    return schema | {"title": name}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


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


def _ids(book: Handbook) -> _Ids:
    """(kind or "" for any, form) -> what may be written, bare and with its pack."""
    ids: _Ids = {}
    for record in book.records.values():
        for written in (record.stem, record.id):
            for kind in ("", record.kind):
                ids.setdefault((kind, "record"), []).append(written)
                pinned = [f"{written}@{other.version.major}" for other in book.revisions[record.id]]
                ids.setdefault((kind, "major"), []).extend(pinned)
            named = [f"{written}#{item}" for item in entries(record)]
            ids.setdefault((record.kind, "item"), []).extend(named)
    return ids


def _local(name: str, committed: dict[str, Any], ids: _Ids) -> str:
    """The schema with the known ids to choose from, each list of them once."""
    schema = committed or _made(name)
    lists: dict[str, Any] = {}
    for block in [block for block in _blocks(schema) if "x-kinds" in block]:
        _complete(block, ids, lists)
    schema["$defs"] = schema.get("$defs", {}) | lists
    return json.dumps(schema, ensure_ascii=False) + "\n"


def _complete(schema: dict[str, Any], ids: _Ids, lists: dict[str, Any]) -> None:
    """Offer the known ids; any other well-formed id stays allowed, since `check` judges references."""
    kinds = schema["x-kinds"] or [""]
    forms = [form for form, example in _FORMS.items() if re.search(schema["pattern"], example)]
    name = "-".join(["ids", *(schema["x-kinds"] or ["any"]), *(form for form in forms if form != "record")])
    if name not in lists:
        known = {written for kind in kinds for form in forms for written in ids.get((kind, form), [])}
        lists[name] = {"enum": sorted(known)}
    if lists[name]["enum"]:
        schema["anyOf"] = [{"$ref": f"#/$defs/{name}"}, {"pattern": schema.pop("pattern")}]
