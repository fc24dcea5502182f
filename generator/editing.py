"""Changes at exact places of a YAML text, so that comments and the rest stay as they were typed."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.examine import Checked, examine
from generator.load import Loaded, name_fault
from generator.marks import Loc
from generator.problems import HandbookError, Level
from generator.source import Source, parse
from generator.writing import write_all

_TOKEN = re.compile(r"""'[^'\n]*'|"[^"\n]*"|[^\s,#{}\[\]]+""")
_BEFORE_VALUE = re.compile(r"[:\s]*")


class Edit(NamedTuple):
    """Characters `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Draft:
    """A file in the making: its text as it is, what it holds and where each value stands."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.source: Source = parse(path, text)
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    @classmethod
    def read(cls, root: Path, path: str) -> "Draft":
        """The draft of a file below `root`, its line ends kept."""
        return cls(path, (root / path).read_bytes().decode("utf-8"))

    def value_start(self, loc: Loc) -> int:
        """Where the value at `loc` starts, or at the latest the end of its key."""
        key_line, key_column, line, column = self.source.marks[loc]
        start = self._starts[line] + column
        shown_at_key = (key_line, key_column) == (line, column) and isinstance(loc[-1], str)
        return start + len(str(loc[-1])) if shown_at_key else start

    def token(self, loc: Loc, text: str) -> Edit:
        """The edit by which the one word, number or day at `loc` becomes `text`."""
        before = _BEFORE_VALUE.match(self.text, self.value_start(loc))
        found = _TOKEN.match(self.text, before.end() if before else 0)
        if found is None:
            raise self.doubt()
        return Edit(found.start(), found.end(), text)

    def span(self, key: str) -> tuple[int, int]:
        """From the start of a key's line to the end of its value; what is written above it stays apart."""
        lines = sorted(self.source.marks[key,][0] for key in self.source.data)
        first = self.source.marks[key,][0]
        end = next((self._starts[line] for line in lines if line > first), len(self.text))
        kept = self.text[self._starts[first] : end].splitlines(keepends=True)
        while kept and (not kept[-1].strip() or kept[-1].startswith("#")):
            kept.pop()
        return self._starts[first], self._starts[first] + len("".join(kept))

    def doubt(self) -> HandbookError:
        """What to say where a change might alter what the file means."""
        return HandbookError("{path} cannot be changed safely; nothing was changed", path=self.path)

    def line_end(self, position: int) -> int:
        """The end of the line that holds `position`, before its line break."""
        end = next(start for start in self._starts[1:] if start > position or start == len(self.text))
        return position + len(self.text[position:end].rstrip("\r\n"))

    def column(self, position: int) -> int:
        """How many characters stand before `position` in its line."""
        return position - max(start for start in self._starts if start <= position)

    @property
    def line_break(self) -> str:
        """What ends the lines of this file."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def edited(self, edits: Iterable[Edit]) -> "Draft":
        """The draft after all edits; they must not overlap."""
        text = self.text
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return Draft(self.path, text)


def write_sound(
    root: Path, before: Checked, today: date, texts: Mapping[str, str], remove: Collection[str] = ()
) -> list[str]:
    """Write and remove files; where that brings new errors, put all back and return the rules broken."""
    paths = [path for path in (*texts, *remove) if (root / path).exists()]
    old = {path: (root / path).read_bytes().decode("utf-8") for path in paths}
    write_all(root, texts, remove=remove)
    worse = _errors(examine(root, today)) - _errors(before)
    if worse:
        write_all(root, old, remove=[path for path in texts if path not in old])
    return sorted(worse)


def _errors(checked: Checked) -> Counter[str]:
    return Counter(problem.rule for problem in checked.problems if problem.level is Level.ERROR)


def claim(loaded: Loaded, pack: str, stem: str) -> None:
    """Refuse an id that is malformed, reserved, taken or was ever used in the pack."""
    fault = name_fault(stem)
    if fault:
        raise HandbookError("{fault}", fault=fault)
    if pack not in loaded.packs:
        raise HandbookError("no pack '{pack}' that can be read", pack=pack)
    taken = next((name for name in loaded.sources if _is_record(name, pack, stem)), None)
    if taken:
        raise HandbookError("the id '{id}' is taken by {path}", id=f"{pack}/{stem}", path=taken)
    for record in loaded.records:
        if record.pack == pack and stem in record.formerly:
            raise HandbookError(
                "the id '{id}' was once the id of '{other}' and is never used again",
                id=f"{pack}/{stem}",
                other=record.id,
            )


def _is_record(name: str, pack: str, stem: str) -> bool:
    path = Path(name)
    return len(path.parts) == 4 and path.parts[1] == pack and path.stem.partition("@")[0] == stem
