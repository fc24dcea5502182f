"""What is found, and what it costs, by our search and by others: python -m benchmarks.search

The queries are typed into the box of each search in a real Chromium. Beside the table of hits by what was
labelled before anything was measured stands another one by what was judged later too (see README.md).
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.search import visits
from benchmarks.search.rivals import (
    FIRST,
    HALVES,
    NAMED,
    RIVALS,
    ROOT,
    Hits,
    Query,
    Rival,
    hits,
    kept,
    queries,
)
from tests.browser.reading import FLAGS, serving
from tools import chromium


def main() -> None:
    """Print how the rivals find, and what they cost."""
    options = _options()
    asked, nothing = queries(ROOT, options.half)
    answers: dict[str, list[list[str]]] = {}
    wrong: list[str] = []
    costs: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        for rival in _asked(options):
            site = rival.prepare(ROOT, options.work)
            with serving(site) as address:
                visit = visits.Visit(browser, rival, site, address)
                found, kilobytes = visit.answers([query.text for query in asked])
                answers[rival.name] = found
                count = sum(map(bool, visit.answers(nothing)[0]))
                wrong.append(f"{rival.name} {count}")
                if not options.quick:
                    costs.append(_cost(rival, visit, kilobytes, asked, options))
            print(f"{rival.name}: measured", file=sys.stderr, flush=True)
        browser.close()
    for judged in (False, True):
        print("\n".join(found_table({name: hits(asked, found, judged) for name, found in answers.items()})))
        print()
    if options.misses:
        print("\n".join(line for found in answers.values() for line in _misses(asked, found)))
    if options.pool:
        options.pool.write_text("".join(pool(asked, answers)), "utf-8")
    print(
        f"\nOf {len(nothing)} queries that should find nothing, so many found something: {', '.join(wrong)}\n"
    )
    print("\n".join([*COST_HEAD, *costs] if costs else ()))


def _asked(options: argparse.Namespace) -> list[Rival]:
    every = [*RIVALS, *(NAMED if options.named else ())]
    return [rival for rival in every if not options.only or rival.name in options.only]


def _misses(asked: Sequence[Query], found: Sequence[list[str]]) -> Iterator[str]:
    for query, urls in zip(asked, found, strict=True):
        if not query.more.intersection(urls[:FIRST]):
            place = next((f"{n}." for n, url in enumerate(urls, 1) if url in query.more), "nowhere")
            yield f"- {query.sort}: {query.text} ({place}; first: {' '.join(urls[:FIRST])})"


def pool(asked: Sequence[Query], answers: Mapping[str, Sequence[list[str]]]) -> Iterator[str]:
    """What any search put among its first three and nobody has labelled yet, by address: for a judge.

    Nothing tells which search brought it up, or at which place.
    """
    for number, query in enumerate(asked):
        found = {url for each in answers.values() for url in each[number][:FIRST]} - query.more
        if found:
            yield (
                json.dumps({"id": query.id, "query": query.text, "found": sorted(found)}, ensure_ascii=False)
                + "\n"
            )


COST_HEAD = [
    "| Search | Index, CPU s | kB before the first result | kB for each further query | Ready, s"
    " | of it the page, s | Ready, slowed, s | List painted, ms: median | p95 | p95, slowed |",
    "|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
]


def found_table(told: dict[str, dict[str, Hits]]) -> Iterator[str]:
    """Class x approach; each cell: first / among the first three / nothing at all, in per cent."""
    yield f"| Class | Queries | {' | '.join(told)} |"
    yield "|:--|--:|" + "--:|" * len(told)
    for sort, some in next(iter(told.values())).items():
        cells = [_cell(own[sort]) for own in told.values()]
        yield f"| {sort} | {some.queries} | {' | '.join(cells)} |"


def _cell(own: Hits) -> str:
    return " / ".join(f"{100 * count / own.queries:.0f}" for count in own[1:])


def _cost(
    rival: Rival,
    visit: visits.Visit,
    kilobytes: list[float],
    asked: Sequence[Query],
    options: argparse.Namespace,
) -> str:
    """A row of costs, measured with some of the queries."""
    few = [query.text for query in asked[:: options.every]]
    fresh = [visit.fresh(text) for text in few]
    slow = [visit.fresh(text, options.slower) for text in few]
    quick, slowed = visit.keystrokes(few), visit.keystrokes(few, options.slower)
    figures = [
        f"{rival.seconds(options.work):.1f}",
        f"{visits.median(each.kilobytes for each in fresh):,.0f}",
        f"{sum(kilobytes[1:]) / len(kilobytes[1:]):,.0f}",
        f"{visits.median(each.ready for each in fresh):.2f}",
        f"{visits.median(each.page for each in fresh):.2f}",
        f"{visits.median(each.ready for each in slow):.2f}",
        *(f"{value:.0f}" for value in (visits.median(quick), visits.p95(quick), visits.p95(slowed))),
    ]
    return f"| {rival.name} | {' | '.join(figures)} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=kept(), help="what is built is kept here; remove it to build anew"
    )
    parser.add_argument(
        "--slower", type=float, default=4, help="how much slower the CPU is to be where it is slowed"
    )
    parser.add_argument("--half", choices=HALVES, default="open", help="which queries; default: %(default)s")
    parser.add_argument("--only", nargs="+", help="names of searches, such as Handbook")
    parser.add_argument("--misses", action="store_true", help="list what was not among the first three")
    parser.add_argument("--pool", type=Path, help="write there what is to be judged")
    parser.add_argument("--quick", action="store_true", help="no times, only what is found")
    parser.add_argument(
        "--every", type=int, default=15, help="costs are measured with one of so many queries"
    )
    parser.add_argument(
        "--named", action="store_true", help="also those that are given all names on the pages"
    )
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    main()
