"""Tables: every fault of every row told at its place, and no file that stops the reading.

A case is a table in cases/tables with its golden output beside it; it is laid into the tiny data/ folder.
"""

import csv
import os
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from generator import report
from generator.load import load
from generator.problems import Problem
from generator.rename import rename
from generator.rows import Broken, Cell, scan
from generator.source import MAX_BYTES
from generator.tables import TABLES
from generator.tables.cells import Frequency, read_span, span_of
from generator.tables.measurement import Measurement
from tests import vocabulary
from tests.vocabulary import HERE, Text

CASES = HERE / "cases" / "tables"
HEAD = "metric,location,period,numerator,denominator,value,note\n"
SOUND = HEAD + "calls,store,2026-03,97,100,97,\n"

Find = Callable[[Mapping[str, Text]], list[Problem]]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.name)
def test_case(path: Path, problems: Find, update_golden: bool) -> None:
    name, language, _ = path.name.split(".")
    text = (CASES / f"{name}.csv").read_text("utf-8")
    found = "".join(
        f"{line}\n" for line in report.lines(problems({f"shop/data/{name}.csv": {"whole": text}}), language)
    )
    if update_golden:
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def test_every_case_has_its_output() -> None:
    assert [path.stem for path in CASES.glob("*.csv") if not path.with_suffix(".en.txt").exists()] == []


BYTES = {
    "gbk": (HEAD + "calls,store,2026-03,97,100,97,周末\n").encode("gbk"),
    "latin": (HEAD + "calls,store,2026-03,97,100,97,caf\xe9\xff\n").encode("latin-1"),
    "utf-16": SOUND.encode("utf-16"),
    "nul": SOUND.encode() + b"calls,store,2026-04,9\0,100,97,\n",
    "empty": b"",
    "blank": b"\n  \n",
    "large": SOUND.encode() + b"x" * MAX_BYTES,
}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "gbk",
            ":2:1: error: not UTF-8 but GBK, as plain 'CSV' of Excel or WPS is; in Excel or WPS, save it",
        ),
        ("latin", ":2:1: error: not UTF-8 text; in Excel or WPS, save it as 'CSV UTF-8 (comma delimited)'"),
        ("utf-16", ":1:1: error: saved as UTF-16; in Excel or WPS, save it"),
        ("nul", ":3:1: error: holds a NUL byte"),
        ("empty", ":1:1: error: the file is empty; its first line names the columns"),
        ("blank", ":1:1: error: the file is empty; its first line names the columns"),
        ("large", ":1:1: error: larger than 1000000 bytes"),
    ],
)
def test_what_is_no_text(name: str, told: str, tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {})
    path = tmp_path / "standards/shop/data/measurements.csv"
    path.parent.mkdir()
    path.write_bytes(BYTES[name])
    [line] = report.lines(load(tmp_path).problems, "en")
    assert line.startswith(f"standards/shop/data/measurements.csv{told}")
    assert line.endswith("[unreadable-file]")


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + SOUND.encode(),
        SOUND.replace("\n", "\r\n").encode(),
        SOUND.replace("\n", "\r").encode(),
        SOUND.rstrip("\n").encode(),
    ],
)
def test_what_spreadsheets_save_is_read(raw: bytes, tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {})
    path = tmp_path / "standards/shop/data/measurements.csv"
    path.parent.mkdir()
    path.write_bytes(raw)
    loaded = load(tmp_path)
    assert loaded.problems == []
    [row] = loaded.rows
    assert isinstance(row, Measurement)
    assert (row.metric, row.location, str(row.value), row.note) == ("shop/calls", "shop/store", "97", None)
    assert str(row.place("value")) == "standards/shop/data/measurements.csv:2:28"
    assert row.place("note") == row.place("metric")


@pytest.mark.parametrize(
    "name",
    [
        "measurements.CSV",
        "Measurements.csv",
        "measurments.csv",
        "measurements 2026.csv",
        "measurements-2026.csv.bak",
        "measurements.xlsx",
        "readme.md",
        "results-前台.csv",
    ],
)
def test_files_that_are_no_tables_are_told(name: str, tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {f"shop/data/{name}": {"whole": SOUND}})
    [problem] = load(tmp_path).problems
    assert (problem.place.path, problem.rule) == (f"standards/shop/data/{name}", "wrong-file-name")


@pytest.mark.parametrize("name", [".DS_Store", ".~lock.measurements.csv#", ".gitkeep"])
def test_hidden_files_are_passed_over(name: str, tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {f"shop/data/{name}": {"whole": "x"}})
    assert load(tmp_path).problems == []


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {"shop/data/.keep": {"whole": ""}})
    (tmp_path / "secret.csv").write_text(SOUND)
    os.symlink(tmp_path / "secret.csv", tmp_path / "standards/shop/data/measurements.csv")
    os.symlink(tmp_path, tmp_path / "standards/shop/data/results.csv")
    (tmp_path / "standards/shop/data/failures.csv").mkdir()
    assert [problem.rule for problem in load(tmp_path).problems] == ["unreadable-file"] * 3


def test_a_linked_data_folder_is_refused(tmp_path: Path) -> None:
    vocabulary.write(tmp_path, {})
    (tmp_path / "more").mkdir()
    (tmp_path / "more/measurements.csv").write_text(SOUND)
    os.symlink(tmp_path / "more", tmp_path / "standards/shop/data")
    loaded = load(tmp_path)
    assert (loaded.rows, [problem.rule for problem in loaded.problems]) == ([], ["unreadable-file"])


def test_every_table_says_what_its_columns_are() -> None:
    silent = [
        f"{table.table}.{name}"
        for table in TABLES
        for name, field in table.model_fields.items()
        if not field.description
    ]
    assert silent == []
    assert all(
        {*table.key, table.subject_column, table.day_column} <= set(table.columns()) for table in TABLES
    )


PLAIN = st.text(st.characters(exclude_characters='",\r\n', exclude_categories=["Z", "Cc", "Cs"]), max_size=5)
CELLS = st.lists(
    st.lists(PLAIN | st.sampled_from(['a"b', "a,b", '""', "a, b"]), min_size=2, max_size=4), max_size=5
)


@given(CELLS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_cells_are_those_of_the_standard_library(lines: list[list[str]], end: str, quoting: int) -> None:
    stream = StringIO()
    csv.writer(stream, lineterminator=end, quoting=quoting).writerows(lines)  # type: ignore[arg-type]
    written = stream.getvalue()
    found = [[cell.text for cell in line] for line in scan(written)]
    assert found == [line for line in lines if any(line)]


@given(st.text() | st.text(st.sampled_from('a,"\n\r \t')))
@example('"')
@example('a,"b\n')
def test_no_text_stops_the_scan(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: list[list[Cell]] = []
    places: list[tuple[int, int]] = []
    try:
        found.extend(scan(text))
    except Broken as broken:
        places.append((broken.line, broken.column))
    assert [plain[line - 1][column - 1] for line, column in places] == ['"'] * len(places)
    for cell in (cell for line in found for cell in line if cell.text):
        written = plain[cell.line - 1][cell.column - 1 :].lstrip()
        assert written.startswith((cell.text[0], '"'))


def test_a_megabyte_of_quotes_is_read_quickly() -> None:
    assert sum(1 for _ in scan('"a""b",c\n' * 100_000)) == 100_000


DAYS = st.dates(date(1900, 1, 10), date(9990, 1, 1))


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_every_day_lies_in_one_period_and_the_next_follows(day: date, every: Frequency) -> None:
    span = span_of(day, every)
    assert span.first <= day <= span.last
    assert read_span(span.text) == span
    assert span.following.first == span.last + timedelta(days=1)
    assert span.following.every == every


@pytest.mark.parametrize(
    "text",
    ["", "2026-", "26-10", "2026-1", "2026-10-5", "2026-Q0", "2026-W00", "2026-W60", "0000-01", None, 2026],
)
def test_what_is_no_period(text: object) -> None:
    with pytest.raises(PydanticCustomError):
        read_span(text)


def test_renaming_reaches_the_cells_that_name_a_record(tmp_path: Path) -> None:
    text = (
        "\ufeffmetric,location,period,numerator,value,note\r\n"
        'calls,store,2026-03,97,97,calls\r\n"shop/calls" , shop/store,2026-04,97,97,"calls, store"\r\n'
    )
    vocabulary.write(tmp_path, {"shop/data/measurements.csv": {"whole": text}})
    changed = rename(tmp_path, "shop/calls", "answered", vocabulary.TODAY)
    path = tmp_path / "standards/shop/data/measurements.csv"
    assert "standards/shop/data/measurements.csv" in changed
    expected = text.replace("\ncalls", "\nanswered").replace("shop/calls", "shop/answered")
    assert path.read_bytes().decode() == expected
    assert load(tmp_path).problems == []
