"""Read, link and check one handbook: what every command begins with."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.checks import RULES, run
from generator.handbook import Handbook
from generator.load import Loaded, link, load
from generator.problems import Level, Problem


@dataclass(frozen=True)
class Checked:
    """What reading and checking brought; `book` is None where the settings could not be read."""

    loaded: Loaded
    book: Handbook | None
    problems: list[Problem]

    @property
    def failed(self) -> bool:
        """Whether anything must be mended before the handbook can be built."""
        return any(problem.level is Level.ERROR for problem in self.problems)


def examine(root: Path, today: date, before: Checked | None = None) -> Checked:
    """Read and check the handbook at `root`; problems come sorted by place.

    What is as it was `before` is not read again.
    """
    with no_collecting():
        loaded = load(root, before.loaded if before else None)
        book = link(loaded, today)
        return Checked(loaded, book, judged(loaded, book))


def judged(loaded: Loaded, book: Handbook | None) -> list[Problem]:
    """Every problem of what was read, sorted by place."""
    found = _told_once([*loaded.problems, *(run(book, RULES) if book else ())])
    return sorted(found, key=lambda problem: (problem.place, problem.rule, str(problem.message)))


def _told_once(problems: list[Problem]) -> list[Problem]:
    """Without what a file takes over from another that has the same problem itself."""
    told = {(problem.place, problem.rule) for problem in problems if not problem.place.via}
    return [
        problem
        for problem in problems
        if not problem.place.via or (replace(problem.place, via=""), problem.rule) not in told
    ]


@contextmanager
def no_collecting() -> Iterator[None]:
    """All that is read stays alive, so looking for garbage meanwhile only costs time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.enable()
