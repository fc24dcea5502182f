"""The content as it was at a git commit, read without touching the work tree."""

import subprocess
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.load import STANDARDS, Loaded, load
from generator.problems import HandbookError

_FILES = ("100644", "100755")


class Commit(NamedTuple):
    """What the handbook held at a commit; `name` is the commit's short name."""

    name: str
    loaded: Loaded


def content_at(root: Path, ref: str) -> Commit:
    """The handbook of `root` where HEAD and `ref` parted, so that only this side's changes are seen."""
    if not _git(root, "rev-parse", "--git-dir"):
        reason = _run(root, "rev-parse", "--git-dir").stderr.decode("utf-8", "replace").partition("\n")[0]
        raise HandbookError("no git repository in {root}: {reason}", root=root.resolve(), reason=reason)
    commit = (
        "" if ref.startswith("-") else _git(root, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    )
    if not commit:
        _refuse_shallow(root)
        raise HandbookError("no commit '{ref}' in this git repository", ref=ref)
    base = _git(root, "merge-base", commit, "HEAD")
    if not base:
        _refuse_shallow(root)
        raise HandbookError("'{ref}' and HEAD have no commit in common", ref=ref)
    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        for path, content in _files(root, base):
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        loaded = load(Path(folder)) if Path(folder, STANDARDS).is_dir() else Loaded(Path(folder))
    return Commit(_git(root, "rev-parse", "--short", base), loaded)


def _files(root: Path, commit: str) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The YAML files of standards/ at a commit, by their paths from the root."""
    listed = _run(root, "ls-tree", "-r", "-z", commit, f"{STANDARDS}/").stdout
    rows = [entry.partition(b"\t") for entry in listed.split(b"\0") if entry]
    wanted = [
        (PurePosixPath(path.decode("utf-8", "surrogateescape")), about.split()[2])
        for about, _, path in rows
        if about.split()[0].decode() in _FILES and path.endswith((b".yml", b".yaml"))
    ]
    names = b"".join(b"%s\n" % name for _, name in wanted)
    told = BytesIO(_run(root, "cat-file", "--batch", given=names).stdout)
    for path, _ in wanted:
        size = int(told.readline().split()[2])
        content, _ = told.read(size), told.read(1)
        if ".." not in path.parts:
            yield path, content


def _refuse_shallow(root: Path) -> None:
    if _git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise HandbookError(
            "this clone lacks older commits; run 'git fetch --unshallow' (in a workflow: fetch-depth: 0)"
        )


def _git(root: Path, *arguments: str) -> str:
    """What git answers, or nothing where it refuses."""
    done = _run(root, *arguments)
    return "" if done.returncode else done.stdout.decode("utf-8", "replace").strip()


def _run(root: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False)
    except OSError as error:
        raise HandbookError("git cannot be run: {reason}", reason=error.strerror or "") from error
