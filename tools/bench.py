"""Measures how the handbook grows: python tools/bench.py [RECORDS]   (`make bench` sets it up)

Clones the packs under standards/ until there are at least RECORDS of them (1,000 unless told), then times
a check, a build and, to compare, plain MkDocs over the same pages written out, its search splitting words
with jieba. Memory is the peak of one process; search is weighed gzipped, as a server sends it.
"""

import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = Path(sys.executable).parent
SOURCES = ("standards", "templates", "site_overrides", "mkdocs.yml")


def main(arguments: list[str]) -> int:
    """Print one line per measured command."""
    wanted = int(arguments[0]) if arguments else 1000
    with tempfile.TemporaryDirectory(prefix="handbook-bench-") as name:
        work = Path(name)
        records = _enlarge(work, wanted)
        print(f"{records} records, Python {platform.python_version()}, {os.cpu_count()} processors")
        _measure("handbook check", work, "handbook", "check")
        _measure("handbook build", work, "handbook", "build")
        _weigh(work / "site")
        _measure("handbook write", work, "handbook", "write", "plain")
        _measure("stock mkdocs", work / "plain", "mkdocs", "build", "--quiet")
        _weigh(work / "plain" / "site")
    return 0


def _enlarge(work: Path, wanted: int) -> int:
    """Copy the handbook to `work` and clone its packs; the number of records there."""
    for source in SOURCES:
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy2
        copy(ROOT / source, work / source)
    packs = sorted(manifest.parent for manifest in (work / "standards").glob("*/pack.yml"))
    if not packs:
        sys.exit("no pack under standards/: nothing to measure")
    round_number = 1
    while _count(work) < wanted:
        round_number += 1
        for pack in packs:
            _clone(pack, f"-{round_number}")
    return _count(work)


def _count(work: Path) -> int:
    return sum(1 for _ in (work / "standards").glob("*/*/*.yml"))


def _clone(pack: Path, suffix: str) -> None:
    """Copy a pack under another name; document numbers, which are unique, take the suffix too."""
    clone = pack.with_name(pack.name + suffix)
    shutil.copytree(pack, clone)
    for record in clone.glob("*/*.yml"):
        text = record.read_text(encoding="utf-8")
        record.write_text(re.sub(r"^(code: *\S+)", rf"\g<1>{suffix}", text, flags=re.M), encoding="utf-8")


def _measure(title: str, folder: Path, program: str, *arguments: str) -> None:
    """Run a command in `folder`; print its time and memory and, where it failed, its last words."""
    folder.mkdir(exist_ok=True)
    log = folder / "bench.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [COMMANDS / program, *arguments], cwd=folder, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    processor = usage.ru_utime + usage.ru_stime
    memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(f"{title:16}{seconds:8.1f} s{processor:8.1f} s CPU{memory:8.0f} MB", flush=True)
    if process.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        print(f"{'':16}exit {process.returncode}: " + " / ".join(last))


def _weigh(site: Path) -> None:
    """Print the size of a site and of its search data."""
    files = [file for file in site.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    search = [file for file in files if "search" in file.relative_to(site).parts[:-1]]
    packed = sum(len(gzip.compress(file.read_bytes())) for file in search)
    total = f"{len(files)} files, {size / 1e6:.1f} MB"
    print(f"{'':16}{total}; search {packed / 1e3:.0f} kB in {len(search)} files")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
