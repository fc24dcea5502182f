"""Visits to a site with a search: what the browser loads, how long one waits for a list."""

import gzip
import os
import signal
import statistics
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

WORKER = """\
// Says on the root of the page which query has been answered, once the page has drawn what its worker sent.
const Native = Worker;
window.Worker = class extends Native {
  asked = [];
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({ data }) => {
      if (data.type !== 3) return;
      const query = this.asked.shift();
      setTimeout(() => { document.documentElement.dataset.answered = query; });
    });
  }
  postMessage(message, ...more) {
    if (message.type === 2) this.asked.push(message.data);
    super.postMessage(message, ...more);
  }
};
"""
ANSWERS = """\
// The same for our search, which tells it beside the list.
addEventListener("DOMContentLoaded", () => {
  const told = document.querySelector(".md-search-result__meta");
  new MutationObserver(() => {
    if ("answers" in told.dataset) document.documentElement.dataset.answered = told.dataset.answers;
  }).observe(told, { attributes: true, attributeFilter: ["data-answers"] });
});
"""
_TYPE = """\
async ([selector, query, patience]) => {
  let box;
  while (!(box = document.querySelector(selector))) await new Promise(requestAnimationFrame);
  const root = document.documentElement;
  const started = performance.now();
  if (box.value === query) return [0, started];
  delete root.dataset.answered;
  box.focus();
  box.value = query;
  const answered = new Promise((done, fail) => {
    new MutationObserver((_, self) => {
      if (root.dataset.answered !== query) return;
      self.disconnect();
      done();
    }).observe(root, { attributes: true });
    setTimeout(() => fail(new Error(`no answer to ${query}`)), patience);
  });
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  await answered;
  await new Promise(requestAnimationFrame);
  await new Promise(done => setTimeout(done));
  return [performance.now() - started, performance.now()];
}
"""
_PAGE = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
_NOWHERE = "nowhere"
_TURN = 0.02
"""Seconds of one stop and go of a slowed CPU."""
_PATIENCE = 180_000
"""Milliseconds until there is an answer."""


class Searched(Protocol):
    """What a visit has to know of a search; see `rivals.Rival`."""

    box: str
    own: tuple[str, ...]

    def start(self, site: Path) -> str: ...
    def open(self, page: Page, address: str, site: Path) -> None: ...
    def enter(self, page: Page) -> None: ...
    def found(self, page: Page, query: str) -> list[str]: ...


class Fresh(NamedTuple):
    """A first visit, nothing in the cache."""

    kilobytes: float
    """Of the files of the search alone, gzipped."""
    ready: float
    """Seconds from going to the page to its first list painted, the query typed as soon as it can be."""
    page: float
    """Seconds of it until the page itself is read and its scripts have run."""


class Visit:
    """Goes to one site, as often as wanted, each time with an empty cache."""

    def __init__(self, browser: Browser, search: Searched, site: Path, address: str) -> None:
        self._browser = browser
        self._search = search
        self._site = site
        self._address = address

    def answers(self, queries: Sequence[str]) -> tuple[list[list[str]], list[float]]:
        """In one visit: what each query finds, and the kB that it loads beyond what is there already."""
        found, kilobytes = [], []
        with self._page() as page:
            loaded = self._listen(page)
            self._search.open(page, self._address, self._site)
            before: set[str] = set()
            for query in queries:
                found.append(self._search.found(page, query))
                kilobytes.append(self._weight(loaded - before))
                before = set(loaded)
        return found, kilobytes

    def fresh(self, query: str, slower: float = 1) -> Fresh:
        """A visit with one query, on a CPU that is `slower` times as slow for the page and its workers."""
        with self._page(slower) as page:
            loaded = self._listen(page)
            self._search.enter(page)
            page.goto(self._address + self._search.start(self._site), wait_until="commit")
            _, ready = typed(page, self._search.box, query)
            return Fresh(self._weight(loaded), ready / 1000, page.evaluate(_PAGE) / 1000)

    def keystrokes(self, queries: Sequence[str], slower: float = 1) -> list[float]:
        """Milliseconds from each character typed to the list painted; the next one is typed when it is."""
        with self._page(slower) as page:
            self._search.open(page, self._address, self._site)
            typed(page, self._search.box, queries[0])
            return list(self._typed(page, queries))

    def _typed(self, page: Page, queries: Sequence[str]) -> Iterator[float]:
        for query in queries:
            typed(page, self._search.box, "")
            for end in range(1, len(query) + 1):
                if query[:end].strip() == query[:end]:
                    yield typed(page, self._search.box, query[:end])[0]

    @contextmanager
    def _page(self, slower: float = 1) -> Iterator[Page]:
        context = self._browser.new_context()
        page = context.new_page()
        # What is not there loads nothing, yet the process in which the site runs is known from then on.
        page.goto(f"{self._address}{_NOWHERE}")
        with _slowed(self._browser, slower):
            yield page
        context.close()

    def _listen(self, page: Page) -> set[str]:
        """The paths that are asked for, growing."""
        loaded: set[str] = set()
        page.on("request", lambda request: loaded.add(unquote(urlsplit(request.url).path).lstrip("/")))
        return loaded

    def _weight(self, paths: Iterable[str]) -> float:
        own = [path for path in paths if path.startswith(self._search.own)]
        return sum(packed(self._site / path) for path in own) / 1000


@contextmanager
def _slowed(browser: Browser, slower: float) -> Iterator[None]:
    """Let the processes of pages run for a part of the time only, with all their threads.

    What the browser offers for this, Emulation.setCPUThrottlingRate, leaves workers as fast as they are.
    """
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    ids = [process["id"] for process in told["processInfo"] if process["type"] == "renderer"]
    ended = threading.Event()
    brake = threading.Thread(target=_stop_and_go, args=(ids, slower, ended))
    if slower > 1:
        brake.start()
    try:
        yield
    finally:
        ended.set()
        if slower > 1:
            brake.join()


def _stop_and_go(ids: Sequence[int], slower: float, ended: threading.Event) -> None:
    while not ended.is_set():
        for sent, part in ((signal.SIGSTOP, 1 - 1 / slower), (signal.SIGCONT, 1 / slower)):
            for id in ids:
                with suppress(ProcessLookupError):
                    os.kill(id, sent)
            time.sleep(_TURN * part)


def typed(page: Page, box: str, query: str) -> tuple[float, float]:
    """Put a query into the field; milliseconds from then, and from going to the page, to its list painted."""
    took, since = page.evaluate(_TYPE, [box, query, _PATIENCE])
    return took, since


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


@cache
def packed(file: Path) -> int:
    """Bytes as a server sends them that gzips what gets smaller by it."""
    text = file.read_bytes()
    return min(len(text), len(gzip.compress(text)))
