"""Every rule at work on the real records: one edit in mutations.yml provokes it, and nothing but it."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import report, source
from generator.checks import BASE_CHECKS, RULES
from generator.examine import examine
from generator.problems import Problem
from tests.vocabulary import HERE

TODAY = date(2026, 11, 28)
HOW = """
Every rule has a row in tests/mutations.yml, an edit to a real record that provokes this rule and no other:

the-rule:
  file: hotel/scripts/check-in-greeting.yml
  set: { owner: front-office-manger }

The head of that file lists the other kinds of edits."""


def _read(text: str) -> Any:
    """As the handbook reads it: whatever is typed stays text."""
    return yaml.load(text, yaml.BaseLoader)


ROWS: dict[str, Any] = _read((HERE / "mutations.yml").read_text("utf-8"))
"""Rule -> its edit, or a list of edits."""


class RowError(Exception):
    """The row is wrong, or what it edits has changed since it was written."""


@dataclass(frozen=True)
class Edit:
    """One edit, as the row of `rule` in mutations.yml gives it."""

    rule: str
    file: str
    set: dict[str, Any] = field(default_factory=dict)
    add: dict[str, Any] = field(default_factory=dict)
    delete: list[str] = field(default_factory=list)
    append: str = ""
    copy_to: str | None = None
    remove: str | None = None
    also: list[str] = field(default_factory=list)

    def edited(self, text: str) -> str | None:
        """The text after the edit, or None where the file goes."""
        if self.remove:
            return None
        if self.set or self.add or self.delete:
            data = _read(text)
            self._edit(data)
            text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        return text + self.append

    def _edit(self, data: Any) -> None:
        for path, value in self.set.items():
            with self._following(path):
                block, key = _end(data, path)
                block[key] = value
        for path, entry in self.add.items():
            with self._following(path):
                block, key = _end(data, path)
                block[key].append(entry)
        for path in self.delete:
            with self._following(path):
                block, key = _end(data, path)
                del block[key]

    @contextmanager
    def _following(self, path: str) -> Iterator[None]:
        try:
            yield
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise self.misfit(f"nothing stands at '{path}' in {self.file}") from error

    def misfit(self, why: str) -> RowError:
        """What to say where the row cannot be followed."""
        return RowError(f"the row '{self.rule}' in tests/mutations.yml does not fit: {why}")


def _end(data: Any, path: str) -> tuple[Any, Any]:
    """What holds the last part of `path`, and the key or number of that part in it."""
    *above, last = path.split("/")
    for name in above:
        data = data[_key(data, name)]
    return data, _key(data, last)


def _key(block: Any, name: str) -> str | int:
    if isinstance(block, dict):
        return name
    ids = [entry.get("id") for entry in block]
    return ids.index(name) if name in ids else int(name)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A handbook with the real records, to be left as it was found."""
    folder = tmp_path_factory.mktemp("handbook")
    shutil.copytree(HERE.parent / "standards", folder / "standards")
    with pytest.MonkeyPatch.context() as patch:
        # Parsing is most of the time a run takes, and all files but one are the same every time.
        patch.setattr(source, "parse", cache(source.parse))
        yield folder


@pytest.fixture(scope="module")
def known(root: Path) -> frozenset[tuple[str, ...]]:
    """What is wrong with the records before any edit."""
    return frozenset(_lasting(problem) for problem in examine(root, TODAY).problems)


def _lasting(problem: Problem) -> tuple[str, ...]:
    """A problem without its line, which moves with every edit."""
    return problem.place.path, problem.rule, str(problem.message)


@pytest.mark.parametrize("rule", ROWS)
def test_edit_provokes_its_rule_only(rule: str, root: Path, known: frozenset[tuple[str, ...]]) -> None:
    row = ROWS[rule] if isinstance(ROWS[rule], list) else [ROWS[rule]]
    edits = [Edit(rule, **edit) for edit in row]
    with ExitStack() as done:
        for edit in edits:
            done.enter_context(_mutated(root / "standards", edit))
        problems = examine(root, TODAY).problems
    found = [problem for problem in problems if _lasting(problem) not in known]
    told = "".join(f"\n{line}" for line in report.lines(found, "en"))
    meant = {rule, *(other for edit in edits for other in edit.also)}
    assert {problem.rule for problem in found} == meant, told or "\nnothing was found"


@contextmanager
def _mutated(standards: Path, edit: Edit) -> Iterator[None]:
    """The records with `edit` for as long as the block lasts."""
    record = standards / edit.file
    if not record.is_file():
        raise edit.misfit(f"there is no {edit.file}")
    if edit.copy_to and (standards / edit.copy_to).exists():
        raise edit.misfit(f"there is a {edit.copy_to} already")
    before = record.read_bytes()
    after = edit.edited(before.decode())
    path = standards / (edit.copy_to or edit.file)
    _put(path, after.encode() if after is not None else None)
    try:
        yield
    finally:
        _put(path, None if edit.copy_to else before)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def test_every_rule_has_a_row() -> None:
    missing = [rule for rule in RULES if rule not in ROWS and rule not in BASE_CHECKS]
    unknown = [rule for rule in ROWS if rule not in RULES]
    assert not missing + unknown, f"no row for the rules {missing}, no rule for the rows {unknown}\n{HOW}"
