"""Several processes for one piece of work; what has been read is shared, not copied."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from generator.problems import HandbookError

FORKS = hasattr(os, "fork") and sys.platform != "darwin"
"""Elsewhere a new process would have to read everything anew."""


def at_once(jobs: Sequence[Callable[[], object]]) -> None:
    """Do all jobs, the first here and each other one in a process of its own; the first error counts."""
    if len(jobs) == 1 or not FORKS:
        for job in jobs:
            job()
        return
    context = multiprocessing.get_context("fork")
    started = []
    try:
        for job in jobs[1:]:
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_reported, args=(job, there), daemon=True)
            process.start()
            there.close()
            started.append((process, here))
        jobs[0]()
        for process, here in started:
            _finished(process, here)
    finally:
        for process, _ in started:
            process.terminate()
            process.join()


def _reported(job: Callable[[], object], there: Connection) -> None:
    try:
        job()
    except HandbookError as error:
        there.send(error.message)
    else:
        there.send(None)


def _finished(process: "multiprocessing.process.BaseProcess", here: Connection) -> None:
    try:
        reason = here.recv()
    except EOFError:
        process.join()
        raise ChildProcessError(f"a process ended with exit code {process.exitcode}") from None
    if reason:
        raise HandbookError("{reason}", reason=reason)
