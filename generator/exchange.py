"""One folder put in the place of another in a single step, so that there is never neither."""

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are relative to the working folder."""
_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


def put(fresh: Path, place: Path) -> None:
    """Put `fresh` in its place; what was there is then where `fresh` was, or nowhere if there was nothing."""
    if not place.exists():
        fresh.rename(place)
    elif not _swapped(fresh, place):
        _turned(fresh, place)


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system and the disk can."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        return bool(library.renameat2(_HERE, first, _HERE, second, _SWAP) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(first, second, _SWAP) == 0)
    return False


def _turned(fresh: Path, place: Path) -> None:
    """The same in two steps, undone where the second fails."""
    last = fresh.with_name(f"{fresh.name}.last")
    place.rename(last)
    try:
        fresh.rename(place)
    except BaseException:
        last.rename(place)
        raise
