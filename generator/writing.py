"""Files written whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

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


def _beside(path: Path, text: str) -> str:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with open(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.chmod(temporary, path.stat().st_mode if path.exists() else 0o644)
    return temporary
