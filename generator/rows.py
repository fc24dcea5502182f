"""Tables read into typed rows: every cell with its place, every fault of every row told."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from generator.faults import value_message
from generator.messages import Message, say
from generator.problems import Place, Problem, hint
from generator.source import Unreadable, read_bytes, refuse_nul
from generator.tables import BY_TABLE
from generator.tables.row import Row
from generator.values import Ref

_FILE = re.compile(rf"({'|'.join(BY_TABLE)})(?:-[a-z0-9]+(?:-[a-z0-9]+)*)?\.csv")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"[ \t]*')
_PLAIN = re.compile(r"[^,\n]*")
_OTHER_SEPARATORS = re.compile("[;\t，；、|]")
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_SIGNED = re.compile(r"[+\-＋－][0-9０-９][0-9０-９.,，%％]*")
_SAVE_AS = say("in Excel or WPS, save it as 'CSV UTF-8 (comma delimited)'")


class Cell(NamedTuple):
    """A cell as typed, without the blanks around it, and where it starts."""

    text: str
    line: int
    column: int

    def place(self, path: str) -> Place:
        return Place(path, self.line, self.column)


class Broken(Exception):
    """The point from which a table cannot be read."""

    def __init__(self, line: int, column: int, message: Message) -> None:
        self.line = line
        self.column = column
        self.message = message


def read_tables(root: Path, folder: Path) -> tuple[list[Row], list[Problem]]:
    """Every table of a pack's data/ folder; files that are none are told."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        match = _FILE.fullmatch(path.name)
        if match:
            table = _Table(root, path, BY_TABLE[match[1]])
            rows += table.rows()
            problems += table.problems
        else:
            problems.append(_unknown_file(path.relative_to(root).as_posix(), path.name))
    return rows, problems


def repeated(rows: Iterable[Row]) -> Iterator[Problem]:
    """Rows that say again what another one says, if only with other figures."""
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        first = seen.setdefault(_key(row), row)
        if first is not row:
            columns = ", ".join(row.key)
            message = say(
                "a row with the same {columns} stands at {place}", columns=columns, place=first.place()
            )
            yield Problem(row.place(), "duplicate-row", message)


def _key(row: Row) -> tuple[object, ...]:
    cells = dict(row.cells())
    values = (cells[column] for column in row.key)
    return (row.table, *((value, value.item) if type(value) is Ref else value for value in values))


def _unknown_file(path: str, name: str) -> Problem:
    message = say(
        "a table must be standards/<pack>/data/<table>.csv or <table>-<name>.csv, a-z, digits and hyphens, "
        "with a table of {tables}{hint}",
        tables=", ".join(BY_TABLE),
        hint=hint(name.partition(".")[0], BY_TABLE),
    )
    return Problem(Place(path), "wrong-file-name", message)


class _Table:
    """Reads one file."""

    def __init__(self, root: Path, path: Path, table: type[Row]) -> None:
        self.path = path.relative_to(root).as_posix()
        self.pack = path.parts[-3]
        self.table = table
        self.problems: list[Problem] = []
        try:
            self.lines = list(scan(_text(read_bytes(root, path))))
        except Unreadable as fault:
            self.lines = []
            self._tell(Place(self.path, fault.line), "unreadable-file", fault.message)
        except Broken as fault:
            self.lines = []
            self._tell(Place(self.path, fault.line, fault.column), "table-syntax", fault.message)

    def rows(self) -> Iterator[Row]:
        """The rows that can be read."""
        head, *lines = self.lines or [[]]
        known = len(self.problems)
        self._check_head(head)
        if len(self.problems) > known:
            return
        for line in lines:
            if len(line) != len(head):
                message = say(
                    "the line has {found} cells, the first line has {expected}",
                    found=len(line),
                    expected=len(head),
                )
                self._tell(line[0].place(self.path), "table-syntax", message)
            elif row := self._row(
                {name.text: cell for name, cell in zip(head, line, strict=True) if cell.text}
            ):
                yield row

    def _check_head(self, head: Sequence[Cell]) -> None:
        columns = self.table.columns()
        if len(head) == 1 and (other := _OTHER_SEPARATORS.search(head[0].text)):
            found = say("a tab") if other[0] == "\t" else other[0]
            message = say("cells must be parted by ',': got '{found}'", found=found)
            self._tell(head[0].place(self.path), "table-syntax", message)
            return
        seen: set[str] = set()
        for cell in head:
            if cell.text in seen:
                self._tell(cell.place(self.path), "wrong-column", say("column '{key}' again", key=cell.text))
            elif cell.text not in columns:
                message = say("unknown column '{key}'{hint}", key=cell.text, hint=hint(cell.text, columns))
                self._tell(cell.place(self.path), "wrong-column", message)
            seen.add(cell.text)
        for name in [name for name, required in columns.items() if required and head and name not in seen]:
            self._tell(Place(self.path), "wrong-column", say("column '{key}' is missing", key=name))

    def _row(self, cells: dict[str, Cell]) -> Row | None:
        """The row, or None where it has a fault or holds nothing."""
        if not cells:
            return None
        told = set(self._refused(cells))
        values = {name: cell.text for name, cell in cells.items()}
        try:
            row = self.table.model_validate(values, context={"pack": self.pack})
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                name = str(fault["loc"][0])
                if name not in told:
                    place = self._place(cells, name)
                    self._tell(place, "wrong-value", value_message(self.table, (name,), fault))
            return None
        row.settle(self.pack, {name: cell.place(self.path) for name, cell in cells.items()})
        return None if told else row

    def _refused(self, cells: dict[str, Cell]) -> Iterator[str]:
        """The columns whose cells are formulas, or empty where they must not be."""
        for name, cell in cells.items():
            if _FORMULA.match(cell.text) and not _SIGNED.fullmatch(cell.text):
                message = say(
                    "'{key}' must not begin with '{sign}': got '{found}'; spreadsheets take it for a formula",
                    key=name,
                    sign=cell.text[0],
                    found=cell.text[:60],
                )
                self._tell(cell.place(self.path), "formula-cell", message)
                yield name
        for name, required in self.table.columns().items():
            if required and name not in cells:
                message = say("the cell of '{key}' must not be empty", key=name)
                self._tell(self._place(cells, name), "wrong-value", message)
                yield name

    def _place(self, cells: dict[str, Cell], name: str) -> Place:
        """The cell's place; of an empty one that of the first that is filled."""
        return cells.get(name, next(iter(cells.values()))).place(self.path)

    def _tell(self, place: Place, rule: str, message: Message) -> None:
        self.problems.append(Problem(place, rule, message))


def _plain(text: str, at: int) -> re.Match[str]:
    match = _PLAIN.match(text, at)
    assert match, "a cell may be empty"
    return match


def scan(text: str) -> Iterator[list[Cell]]:
    """The lines of a table that hold anything; raises Broken where a quote does not close."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at, line, start = 0, 1, 0
    cells: list[Cell] = []
    while True:
        first_line, column = line, at - start + 1
        if text.startswith('"', at):
            match = _closed(text, at, line, column)
            value = match[1].replace('""', '"')
            line += value.count("\n")
            start = text.rfind("\n", 0, match.end()) + 1
        else:
            match = _plain(text, at)
            value = match[0]
        cells.append(Cell(" ".join(value.strip().splitlines()), first_line, column))
        at = match.end() + 1
        if match.end() == len(text) or text[match.end()] == "\n":
            if any(cell.text for cell in cells):
                yield cells
            if match.end() == len(text):
                return
            cells, line, start = [], line + 1, at


def _closed(text: str, at: int, line: int, column: int) -> re.Match[str]:
    match = _QUOTED.match(text, at)
    if match is None:
        raise Broken(line, column, say("the quote that opens here is never closed"))
    if match.end() < len(text) and text[match.end()] not in ",\n":
        message = say("text follows a closing quote; a quote inside a cell is written twice")
        raise Broken(line, column, message)
    return match


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(say("saved as UTF-16; {save_as}", save_as=_SAVE_AS))
    refuse_nul(raw)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Unreadable(_encoding_message(raw), line) from error
    if not text.strip():
        raise Unreadable(say("the file is empty; its first line names the columns"))
    return text


def _encoding_message(raw: bytes) -> Message:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return say("not UTF-8 text; {save_as}", save_as=_SAVE_AS)
    return say("not UTF-8 but GBK, as plain 'CSV' of Excel or WPS is; {save_as}", save_as=_SAVE_AS)
