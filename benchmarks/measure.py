"""What a command costs: CPU and peak memory as the system counts them for the ended process.

Run as a script it starts one command and prints both: a child counts the memory of the process it was forked
from as its own, so that process must be small.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10
_ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True)
class Run:
    """A command to be measured: what it is called, where it runs, what it writes."""

    name: str
    command: Sequence[str | Path]
    folder: Path
    output: Path | None = None
    beside: Sequence[str] = ()
    """The runs, by name, that it is compared with, their costs added up."""
    by_wall: bool = False
    """Whether it is to take less time, not less work."""


@dataclass(frozen=True)
class Cost:
    """The medians of some runs."""

    seconds: float
    """CPU of the process and of those that it started."""
    megabytes: float
    """Of the largest of them."""
    wall: float
    """Seconds from start to end."""


def side_by_side(runs: Sequence[Run], times: int) -> list[Cost]:
    """Run all in turn, `times` times, so that what else the machine does meets each of them alike."""
    costs: list[list[Cost]] = [[] for _ in runs]
    for _ in range(times):
        for run, found in zip(runs, costs, strict=True):
            found.append(_once(run))
    return [
        Cost(
            statistics.median(cost.seconds for cost in found),
            max(cost.megabytes for cost in found),
            statistics.median(cost.wall for cost in found),
        )
        for found in costs
    ]


def _once(run: Run) -> Cost:
    starter = [sys.executable, "-I", "-S", __file__, *run.command]
    ended = subprocess.run(starter, cwd=run.folder, env=_ENVIRONMENT, capture_output=True, text=True)
    *said, cost = ended.stdout.splitlines()
    if ended.returncode:
        sys.exit(f"{run.name}: exit {ended.returncode}\n" + "\n".join([*said[-5:], ended.stderr[-2000:]]))
    return Cost(*map(float, cost.split()))


def _start(command: list[str]) -> int:
    started = time.monotonic()
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ), 0)
    wall = time.monotonic() - started
    print(f"\n{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss / _MEGABYTE} {wall}")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_start(sys.argv[1:]))
