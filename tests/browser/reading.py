"""Somebody who reads the site: opens pages, taps, looks at what is on the screen."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, Request

Size = tuple[int, int]

PHONE: Size = (390, 844)
DESKTOP: Size = (1366, 768)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Every line of text of the element lies inside the window and nothing covers its middle.
_ON_SCREEN = """element => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || box.top < 0 || box.bottom > innerHeight + 1 || box.left < 0) return false;
  if (box.right > innerWidth + 1) return false;
  const on_top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return Boolean(on_top) && (element.contains(on_top) || on_top.contains(element));
}"""


@dataclass
class Reader:
    """One reader with one open page; `taps` counts, `faults` lists what the browser complained about."""

    page: Page
    address: str
    taps: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._watch)
        self.page.on(
            "dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{self.page.url}: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:" + self.address)):
            self.faults.append(f"{self.page.url} asks for {request.url}")

    def remember(self, **choices: str) -> None:
        """Have chosen before."""
        for name, value in choices.items():
            self.page.add_init_script(f"(key => localStorage[key] ??= '{value}')('handbook.{name}')")

    def open(self, url: str = "") -> None:
        self.page.goto(self.address + url)

    def tap(self, target: Locator) -> None:
        """One tap on something that is on the screen (or that the finger scrolls to)."""
        target.click()
        self.page.wait_for_load_state()
        self.taps += 1

    def sees(self, target: Locator) -> bool:
        """Whether it is on the screen, whole, without scrolling; a page may take two seconds to settle."""
        for _ in range(40):
            if target.count() and target.first.evaluate(_ON_SCREEN):
                return True
            self.page.wait_for_timeout(50)
        return False


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
