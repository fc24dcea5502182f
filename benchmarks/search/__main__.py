"""Types the queries into the search box of the built site: python -m benchmarks.search [--all]"""

import argparse
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from playwright.sync_api import Page, sync_playwright

from generator.examine import examine
from tests.browser.reading import FLAGS, serving
from tools import chromium

ROOT = Path(__file__).resolve().parents[2]
QUERIES = Path(__file__).with_name("queries.yml")
FIRST = 3
PATIENCE = 3_000


class Typed(NamedTuple):
    """A query of a class, and at which place the first right record stood; None where none did."""

    sort: str
    query: str
    place: int | None
    found: bool


def main() -> None:
    """Print a table of hits by class, and what was found where nothing should be."""
    options = _options()
    asked = yaml.safe_load(QUERIES.read_text("utf-8"))
    checked = examine(ROOT, date.today())
    assert checked.book, checked.problems
    book = checked.book
    with serving(options.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}look-up/")
        page.locator("[data-md-component=search-query]").click()
        typed = []
        for entry in asked["queries"]:
            if options.all or int(entry["id"][1:]) % 2:
                urls = {book[id].url for id in entry["expects"]}
                found = [each.removeprefix(address) for each in _found(page, entry["query"])]
                place = next((n for n, each in enumerate(found) if each.split("?")[0] in urls), None)
                typed.append(Typed(entry["class"], entry["query"], place, bool(found)))
        wrong = sum(bool(_found(page, query)) for query in asked["nothing"])
        browser.close()
    print("\n".join(_table(typed)))
    print(f"\n{wrong} of {len(asked['nothing'])} queries that should find nothing found something.")
    for each in typed:
        if options.misses and (each.place is None or each.place >= FIRST):
            print(f"- {each.sort}: {each.query} ({'nowhere' if each.place is None else each.place + 1})")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--all", action="store_true", help="also the half that is set aside for the end")
    parser.add_argument("--misses", action="store_true", help="list what was not among the first three")
    return parser.parse_args()


def _found(page: Page, query: str) -> list[str]:
    """The addresses in the list once it has settled for a query."""
    box = page.locator("[data-md-component=search-query]")
    box.fill("")
    page.wait_for_function("() => !document.querySelector('.md-search-result__item')", timeout=PATIENCE)
    box.fill(query)
    page.wait_for_function(
        "() => !/^(键入以开始搜索|Type to start searching|)$/.test("
        "document.querySelector('.md-search-result__meta').textContent.trim())",
        timeout=PATIENCE,
    )
    links: Any = page.locator("a.md-search-result__link")
    return list(links.evaluate_all("all => all.map(each => each.href)"))


def _table(typed: list[Typed]) -> Iterator[str]:
    classes: dict[str, list[Typed]] = defaultdict(list)
    for each in typed:
        classes[each.sort].append(each)
    yield "| Class | Queries | First | First three | Nothing |"
    yield "|:--|--:|--:|--:|--:|"
    for name, own in [*classes.items(), ("all", typed)]:
        first, three = (
            sum(t.place == 0 for t in own),
            sum(t.place is not None and t.place < FIRST for t in own),
        )
        none = sum(not t.found for t in own)
        shares = " | ".join(f"{100 * count / len(own):.0f} %" for count in (first, three, none))
        yield f"| {name} | {len(own)} | {shares} |"


if __name__ == "__main__":
    main()
