"""The words tests are written in: a handbook is a mapping of file -> text, laid over a tiny one."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.examine import judged
from generator.handbook import Handbook
from generator.load import Loaded, link, load
from generator.problems import Problem

HERE = Path(__file__).parent
TODAY = date(2026, 6, 1)
BASE: dict[str, Any] = yaml.safe_load((HERE / "base.yml").read_text("utf-8"))

Text = str | dict[str, str] | None
"""Text laid over the base; `{whole: ...}` a file as it is; `{gbk: ...}` one in that encoding; None no file.

A comment `# without: key, key` takes keys of the base away."""

_BLOCK = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
_WITHOUT = re.compile(r"# without: (.*)")


def write(root: Path, files: Mapping[str, Text]) -> None:
    """Write the tiny handbook with `files` laid over it; paths are relative to standards/."""
    for name, text in {**dict.fromkeys(BASE["files"], ""), **files}.items():
        if text is None:
            continue
        path = root / "standards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, dict):
            [(encoding, whole)] = text.items()
            path.write_bytes(whole.encode("utf-8" if encoding == "whole" else encoding))
        else:
            path.write_text(_over_base(name, text), "utf-8")


def _over_base(name: str, text: str) -> str:
    """The text, followed by the keys of the base that it lacks: its own lines keep their numbers."""
    known = BASE["files"]
    folder = name.rpartition("/")[0]
    like = name if name in known else next((other for other in known if other.startswith(f"{folder}/")), "")
    below = known.get(like, "") + (BASE["envelope"] if name.count("/") == 2 else "")
    without = _WITHOUT.search(text)
    taken = {_key(block) for block in _blocks(text)} | set(without[1].split(", ") if without else ())
    return text + "".join(block for block in _blocks(below) if _key(block) not in taken)


def _blocks(text: str) -> list[str]:
    return [block for block in _BLOCK.split(text) if _BLOCK.match(block)]


def _key(block: str) -> str:
    return block.partition(":")[0]


def read(root: Path, files: Mapping[str, Text]) -> tuple[Loaded, Handbook | None]:
    """The handbook that `files` make, as far as it can be read."""
    write(root, files)
    loaded = load(root)
    return loaded, link(loaded, TODAY)


def find(root: Path, files: Mapping[str, Text]) -> list[Problem]:
    """Every problem of the handbook that `files` make, sorted."""
    return judged(*read(root, files))
