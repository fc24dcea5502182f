"""How our search grows with the handbook: python -m benchmarks.search.sizes [--sizes 1000 10000]

The records are the real ones, and beyond them copies whose sentences are drawn anew (see `resample`). A copy
may get the title of a record that answers a query, and then answers it as well as that one: hits go by title.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.resample import Resampler
from benchmarks.search import rivals, visits
from generator.handbook import Handbook
from generator.pages import pages
from generator.publication import shown_in
from generator.search import search_files
from tests.browser.reading import FLAGS, serving
from tools import chromium

HEAD = (
    "| Records | Core, kB gzip | All files, MB | Index, CPU s | kB before the first result | most "
    "| kB per further query | most | First | First three | Nothing |\n"
    "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def main() -> None:
    """Print a row for each size."""
    options = _options()
    sample = Resampler(rivals.read(rivals.ROOT), rivals.ROOT)
    print(HEAD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        for size in options.sizes:
            with tempfile.TemporaryDirectory(prefix="handbook-search-", dir=options.work) as name:
                print(_row(sample, Path(name), size, browser), flush=True)
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search.sizes", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], help="numbers of records")
    parser.add_argument("--work", type=Path, help="where to put the handbooks; default: the system's place")
    return parser.parse_args()


def _row(sample: Resampler, folder: Path, size: int, browser: Browser) -> str:
    book = _grown(sample, folder, size)
    site = _site(book, folder / "site")
    titles = {record.url: record.title for record in book.shown}
    asked = [query for query in rivals.queries(rivals.ROOT)[0] if query.urls & titles.keys()]
    with serving(site) as address:
        visit = visits.Visit(browser, rivals.Ours(), site, address)
        fresh = [visit.fresh(query.text).kilobytes for query in asked[::15]]
        found, kilobytes = visit.answers([query.text for query in asked])
    by_title = [
        query._replace(urls=frozenset(titles[url] for url in query.urls if url in titles)) for query in asked
    ]
    told = rivals.hits(by_title, [[titles.get(url, url) for url in urls] for urls in found])["all"]
    shares = [f"{100 * count / told.queries:.0f} %" for count in told[1:]]
    figures = [
        f"{size:,}",
        f"{visits.packed(site / 'search/core.js') / 1000:.0f}",
        f"{sum(file.stat().st_size for file in (site / 'search').rglob('*.js')) / 1e6:.1f}",
        f"{rivals.index_seconds(book):.1f}",
        *(f"{value:.0f}" for value in (visits.median(fresh), max(fresh))),
        *(f"{value:.0f}" for value in (visits.median(kilobytes[1:]), max(kilobytes[1:]))),
        *shares,
    ]
    return f"| {' | '.join(figures)} |"


def _grown(sample: Resampler, folder: Path, size: int) -> Handbook:
    """What is shown of so many records, the real ones word for word; drawn sentences may break rules."""
    for path, text in sample.files(size, verbatim=frozenset(record.path for record in sample.book.all)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    book = rivals.read(folder)
    return shown_in(book, book.settings.publish)


def _site(book: Handbook, site: Path) -> Path:
    """The files of the search, and of the real site one page to type in."""
    real = rivals.Ours().prepare(rivals.ROOT, rivals.kept())
    for name in ("assets", "look-up"):
        shutil.copytree(real / name, site / name)
    for file, make in search_files(book, pages(book)).items():
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).write_text(make(), "utf-8")
    return site


if __name__ == "__main__":
    main()
