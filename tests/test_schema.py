"""JSON Schemas for editors."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from generator.load import link, load
from generator.schema import LOCAL, MODELS, stale_schemas, write_local_schemas, write_schemas
from tests.bad_input import SOUND, write

ROOT = Path(__file__).parent.parent


def _schema(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_the_committed_ones_are_fresh() -> None:
    assert stale_schemas(ROOT) == []


def test_they_hold_no_ids_and_no_made_up_titles() -> None:
    text = (ROOT / "schemas/term.json").read_text("utf-8")
    schema = json.loads(text)
    assert schema["properties"]["title"]["description"] == "Name as people at work say it."
    assert "title" not in schema["$defs"]["Gap"]
    assert schema["properties"]["version"]["type"] == ["string", "number"]
    assert '"null"' not in text


def test_written_once(tmp_path: Path) -> None:
    assert sorted(write_schemas(tmp_path)) == sorted(f"schemas/{name}.json" for name in MODELS)
    assert write_schemas(tmp_path) == []
    (tmp_path / "schemas/term.json").write_text("{}")
    assert stale_schemas(tmp_path) == ["schemas/term.json"]


def test_local_ones_complete_ids(tmp_path: Path) -> None:
    book = link(load(write(tmp_path, SOUND)), date(2026, 6, 1))
    assert book
    assert write_local_schemas(book, tmp_path)
    assert write_local_schemas(book, tmp_path) == []
    schema = _schema(tmp_path / LOCAL / "term.json")
    assert schema["properties"]["owner"]["anyOf"][0] == {"$ref": "#/$defs/ids-role"}
    assert schema["$defs"]["ids-role"] == {"enum": ["hotel/manager", "manager"]}
    any_record = schema["$defs"]["ids-any"]["enum"]
    assert {"queue", "bank/queue", "greeting"} <= set(any_record)
