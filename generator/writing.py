"""Files and folders written whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.exchange import put
from generator.problems import HandbookError


def write_all(root: Path, texts: Mapping[str, str], remove: Iterable[str] = ()) -> None:
    """Write every text to its path below `root`, first all beside their places, then into place."""
    waiting: list[tuple[str, Path]] = []
    try:
        for name, text in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_beside(path, text), path))
        for temporary, path in waiting:
            os.replace(temporary, path)
        for name in remove:
            (root / name).unlink(missing_ok=True)
    except OSError as error:
        raise HandbookError(
            "cannot write {path}: {reason}", path=error.filename, reason=error.strerror
        ) from error
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def content_of(path: Path) -> str | None:
    """The text of a file; None where there is none, or none that can be read."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None


def _beside(path: Path, text: str) -> str:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with open(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.chmod(temporary, path.stat().st_mode if path.exists() else 0o644)
    return temporary


@contextmanager
def replaced(place: Path, marks: Sequence[str]) -> Iterator[Path]:
    """A new folder beside `place` that takes its place at the end; whatever goes wrong, the last one stays.

    Raises HandbookError where `place` holds files but none of `marks`, which every folder of ours holds.
    """
    real = place.resolve()
    ours = any((real / mark).is_file() for mark in marks)
    if real.exists() and not ours and (not real.is_dir() or any(real.iterdir())):
        raise HandbookError("{folder} holds what was not written here; name another folder", folder=place)
    if (real / ".git").exists():
        template = "{folder} is a git repository, which would be lost; name another folder"
        raise HandbookError(template, folder=place)
    real.parent.mkdir(parents=True, exist_ok=True)
    _clear(real)
    prefix = f".{real.name}-{os.getpid()}-"
    with tempfile.TemporaryDirectory(dir=real.parent, prefix=prefix, ignore_cleanup_errors=True) as beside:
        fresh = Path(beside, real.name)
        fresh.mkdir()
        yield fresh
        put(fresh, real)


def _clear(place: Path) -> None:
    """Remove what a process has left behind that was killed while it wrote."""
    for left in place.parent.glob(f".{place.name}-*-*"):
        process = left.name.removeprefix(f".{place.name}-").partition("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]], mark: str) -> None:
    """Write a folder anew; `files` must bring `mark`. HandbookError as for `replaced`."""
    try:
        with replaced(folder, (mark,)) as fresh:
            for name, content in files:
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(content)
    except OSError as error:
        raise HandbookError(
            "cannot write {path}: {reason}", path=error.filename, reason=error.strerror
        ) from error
