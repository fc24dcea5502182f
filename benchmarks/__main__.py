"""Prints what check and build cost as the handbook grows: python -m benchmarks [--sizes 100 1000 5000]"""

import argparse
import gzip
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from benchmarks.growth import TAILORED, Growth
from benchmarks.measure import Cost, Run, side_by_side
from benchmarks.plain import CONFIG, PRUNED, plain_pages
from benchmarks.resample import Resampler
from generator.examine import examine
from generator.handbook import Handbook
from generator.problems import Level
from generator.site import render_site

ROOT = Path(__file__).resolve().parent.parent
HANDBOOK = Path(sys.executable).with_name("handbook")
SETTINGS = ("templates", "site_overrides", "schemas", "mkdocs.yml")
LOAD = """\
import pathlib, yaml
for path in sorted(pathlib.Path("standards").rglob("*.yml")):
    with path.open("rb") as file:
        yaml.load(file, Loader=yaml.CSafeLoader)
"""
MAX_DRIFT = 0.15
"""How much better or worse the resampled text may compress than the real one."""
HEAD = """\
| Records | Command | CPU, s | Wall, s | Peak memory, MB | Written, MB | Ratio |
|--:|:--|--:|--:|--:|--:|:--|"""


def main() -> None:
    """Measure every size and print the table; how alike the text is goes to stderr."""
    options = _options()
    real = _read(ROOT)
    sample = Resampler(real, ROOT)
    print(HEAD)
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="handbook-bench-", dir=options.work) as name:
            folder = Path(name)
            book = _prepared(sample, folder, size)
            _compare(real, ROOT, book, folder / "base")
            for row in _rows(book, folder, size, options):
                print(row, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 5000], help="numbers of records")
    parser.add_argument("--times", type=int, default=3, help="runs of each command; the table shows medians")
    parser.add_argument("--most-plain", type=int, default=1000, help="largest size for plain MkDocs")
    parser.add_argument(
        "--engines",
        type=Path,
        default=ROOT / ".venv-bench/bin",
        help="where MkDocs with jieba and Zensical are",
    )
    parser.add_argument("--work", type=Path, help="where to put the handbooks; default: the system's place")
    return parser.parse_args()


def _read(root: Path) -> Handbook:
    checked = examine(root, date.today())
    errors = [str(problem.place) for problem in checked.problems if problem.level is Level.ERROR]
    if checked.book is None or errors:
        sys.exit(f"the handbook in {root} has {len(errors)} errors: {errors[:5]}")
    return checked.book


def _prepared(sample: Resampler, folder: Path, size: int) -> Handbook:
    """A handbook of one size in base/, and in grown/ the same with what years of use add to it."""
    base, grown = folder / "base", folder / "grown"
    base.mkdir()
    growth = Growth(_write_handbook(sample, base, size - int(size * TAILORED)), size)
    _write(base, growth.copies())
    shutil.copytree(base, grown)
    _write(grown, growth.tailored_copies())
    _write(grown, growth.second_revisions())
    _read(grown)
    return _read(base)


def _write_handbook(sample: Resampler, folder: Path, size: int) -> Handbook:
    """Write a handbook of one size; where a drawn sentence breaks a rule, the record keeps its own."""
    for name in SETTINGS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    _write(folder, sample.files(size))
    problems = examine(folder, date.today()).problems
    faulty = frozenset(problem.place.path for problem in problems if problem.level is Level.ERROR)
    _write(folder, sample.files(size, verbatim=faulty) if faulty else ())
    return _read(folder)


def _write(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    for path, text in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _compare(real: Handbook, real_root: Path, book: Handbook, root: Path) -> None:
    """Print how well text compresses, real and resampled, and stop where that differs too much."""
    for name, texts in (("YAML", _yaml), ("pages", _pages)):
        before, after = (_ratio(texts(*one)) for one in ((real, real_root), (book, root)))
        drift = after / before - 1
        line = f"{len(book.records)} records: {name} gzipped to {after:.1%}, real {before:.1%} ({drift:+.1%})"
        print(line, file=sys.stderr, flush=True)
        if abs(drift) > MAX_DRIFT:
            sys.exit("the resampled text is not like the real one")


def _yaml(book: Handbook, root: Path) -> Iterator[str]:
    return ((root / record.path).read_text("utf-8") for record in book.all)


def _pages(book: Handbook, root: Path) -> Iterator[str]:
    return (text for _, text in plain_pages(render_site(book, root / "templates").outputs))


def _ratio(texts: Iterator[str]) -> float:
    """Size gzipped by size, of each text alone, as a server sends it."""
    sizes = [(len(gzip.compress(text.encode())), len(text.encode())) for text in texts]
    return sum(packed for packed, _ in sizes) / sum(size for _, size in sizes)


def _rows(book: Handbook, folder: Path, size: int, options: argparse.Namespace) -> Iterator[str]:
    yield from _table(size, _checks(folder), options.times)
    builds = _builds(folder / "base", list(book.settings.publications)[:2])
    if size <= options.most_plain:
        pages = plain_pages(render_site(book, folder / "base/templates").outputs)
        builds += _plain(folder, list(pages), options.engines)
        builds[0] = replace(builds[0], beside=["plain mkdocs build"])
    yield from _table(size, builds, options.times)
    yield _edited(folder / "base", size)


def _plain(folder: Path, pages: Sequence[tuple[str, str]], engines: Path) -> list[Run]:
    """The record pages as plain Markdown, as MkDocs builds them and as Zensical does with less navigation."""
    runs = []
    for engine, config, option, name in (
        ("mkdocs", CONFIG, "--quiet", "plain mkdocs build"),
        ("zensical", PRUNED, "--clean", "plain zensical build, pruned"),
    ):
        place = folder / engine
        _write(place, [("mkdocs.yml", config), *((f"docs/{path}", text) for path, text in pages)])
        runs.append(Run(name, [engines / engine, "build", option], place, place / "site"))
    return runs


def _edited(base: Path, size: int) -> str:
    """A row for one saved change in the preview."""
    command = [sys.executable, "-m", "benchmarks.edits", str(base)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds, megabytes = map(float, told.split())
    return f"| {size:,} | an edit in the preview | {seconds:.2f} | | {megabytes:.0f} | | |"


def _checks(folder: Path) -> list[Run]:
    check = Run("handbook check", [HANDBOOK, "check"], folder / "base", beside=["yaml.load"])
    load = Run("yaml.load", [sys.executable, "-c", LOAD], folder / "base")
    return [check, load, replace(check, name="check, grown", folder=folder / "grown", beside=[check.name])]


def _builds(base: Path, publications: Sequence[str]) -> list[Run]:
    """Each publication alone in one language, one in two languages, then all together."""
    named = {name: ("--publication", name) for name in publications}
    one_language: list[str | Path] = [HANDBOOK, "build", "--edition", "zh"]
    alone = [
        Run(f"build {name}", [*one_language, "--processes", "1", *option], base, base / "sites" / name)
        for name, option in named.items()
    ]
    first, *rest = alone
    two = [*one_language, "--processes", "2", "--site", "two"]
    halves = Run(f"{first.name}, two processes", two, base, base / "two", [first.name], by_wall=True)
    one = ["--processes", "1", "--site", "together"]
    both = [*one_language, *one, *chain(*named.values())]
    together = Run("build both", both, base, base / "together", [run.name for run in alone])
    spoken: list[str | Path] = [HANDBOOK, "build", "--processes", "1", "--site", "spoken"]
    languages = Run(f"{first.name}, two languages", spoken, base, base / "spoken", [first.name])
    return [first, halves, languages, *rest, together]


def _table(size: int, runs: Sequence[Run], times: int) -> Iterator[str]:
    costs = dict(zip((run.name for run in runs), side_by_side(runs, times), strict=True))
    for run in runs:
        cost, written = costs[run.name], f"{_weight(run.output):.1f}" if run.output else ""
        ratio = _beside(run, costs)
        figures = f"{cost.seconds:.2f} | {cost.wall:.2f} | {cost.megabytes:.0f}"
        yield f"| {size:,} | {run.name} | {figures} | {written} | {ratio} |"


def _beside(run: Run, costs: Mapping[str, Cost]) -> str:
    if not run.beside:
        return ""
    others = [costs[name] for name in run.beside]
    names = " + ".join(run.beside)
    if run.by_wall:
        return f"{costs[run.name].wall / sum(cost.wall for cost in others):.2f} of the wall time of {names}"
    return f"{costs[run.name].seconds / sum(cost.seconds for cost in others):.2f} of {names}"


def _weight(site: Path) -> float:
    return sum(file.stat().st_size for file in site.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    main()
