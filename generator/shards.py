"""Parts of a site that are built apart, by several processes or machines, and joined again."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.problems import HandbookError

MARK = "shard.json"
"""The file that says which part of which site a folder holds."""


class Shard(NamedTuple):
    """Part `number` of `of`, counted from 1; the first also has everything that is no page."""

    number: int
    of: int

    def holds(self, page: int) -> bool:
        """Whether the page of this number, counted from 0, belongs to the part."""
        return page % self.of == self.number - 1

    @property
    def first(self) -> bool:
        return self.number == 1

    def divided(self, count: int) -> list["Shard"]:
        """The same pages in `count` parts."""
        return [Shard(self.number + self.of * turn, self.of * count) for turn in range(count)]


WHOLE = Shard(1, 1)


def shard_of(text: str) -> Shard:
    """Read `2/3`."""
    index, slash, of = text.partition("/")
    if slash and index.isdecimal() and of.isdecimal() and 1 <= int(index) <= int(of):
        return Shard(int(index), int(of))
    raise HandbookError("a shard is written as 2/3, the second of three: got '{text}'", text=text)


def mark_shard(folder: Path, shard: Shard, site: str) -> None:
    """Write down which part of which site a folder holds."""
    mark = {"shard": shard.number, "of": shard.of, "site": site}
    (folder / MARK).write_text(json.dumps(mark), "utf-8")


def join(parts: Sequence[Path], folder: Path) -> None:
    """Copy all parts of one site into `folder`, an empty one."""
    marks = [_mark(part) for part in parts]
    of = marks[0]["of"]
    missing = sorted({*range(1, of + 1)} - {mark["shard"] for mark in marks})
    if missing:
        numbers = ", ".join(map(str, missing))
        raise HandbookError("shards are missing: {missing} of {of}", missing=numbers, of=of)
    for part, mark in zip(parts, marks, strict=True):
        if {**mark, "shard": 0} != {**marks[0], "shard": 0}:
            raise HandbookError("{part} and {other} are not of one site", part=part, other=parts[0])
    if len(parts) > of:
        raise HandbookError("there are {count} folders for {of} shards", count=len(parts), of=of)
    for part in parts:
        shutil.copytree(part, folder, ignore=shutil.ignore_patterns(MARK), dirs_exist_ok=True)


def _mark(part: Path) -> dict[str, Any]:
    try:
        mark = json.loads((part / MARK).read_text("utf-8"))
        return {"shard": int(mark["shard"]), "of": int(mark["of"]), "site": str(mark["site"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HandbookError("{part} holds no shard of a site", part=part) from error
