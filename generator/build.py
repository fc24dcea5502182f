"""Build and preview: MkDocs does the work; a build replaces the last site only when it has succeeded."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.examine import Checked, examine
from generator.plugin import HandbookPlugin
from generator.problems import HandbookError, Level
from generator.report import lines
from generator.shards import MARK as SHARD
from generator.shards import WHOLE, Shard, join, mark_shard
from generator.shell import Shell
from generator.site import Order, Site, make_site
from generator.workers import at_once
from generator.writing import replaced

MARKS = ("search/search_index.json", SHARD)
"""What a site or a shard of one holds and nothing else does."""
BEHIND = ("standards", "templates", "site_overrides", "mkdocs.yml")
"""The files that a site is made of, with all below them."""
FEWEST_PAGES = 200
"""From so many pages on it pays to start another process."""


class ContentError(HandbookError):
    """Errors in the content that leave nothing to be built; they have been reported as problems."""


def build(
    root: Path, site: Path, today: date, checked: Checked | None = None, order: Order | None = None
) -> int:
    """Build the handbook at `root` into `site`, left as it is on failure; returns the number of pages.

    `checked` is what has been read and checked already; without it, it is read and checked here.
    """
    return build_all(root, {site: order or Order()}, today, checked)[site]


def build_all(
    root: Path,
    orders: Mapping[Path, Order],
    today: date,
    checked: Checked | None = None,
    shard: Shard = WHOLE,
    processes: int = 1,
) -> dict[Path, int]:
    """Build each order into its folder, or none where one fails; returns the numbers of pages.

    Unless it asks for one language, each of its publication beyond the first has a folder of its own in it,
    as `en/`. A `shard` of a site is not a site yet: `merge` joins all of them.
    """
    config_file(root)
    checked = checked or examine(root, today)
    with ExitStack() as temporary:
        fresh = {site: temporary.enter_context(replaced(site, MARKS)) for site in orders}
        for site, order in orders.items():
            languages = editions(checked, order)
            for language, folder in languages:
                one = replace(order, language=language, is_one_of_several=len(languages) > 1)
                made = _made(root, checked, one)
                _write(root, fresh[site] / folder, made, shard, processes)
            if shard != WHOLE:
                mark_shard(fresh[site], shard, _fingerprint(root, order, today))
    return {site: sum(1 for _ in site.rglob("index.html")) for site in orders}


def editions(checked: Checked, order: Order) -> list[tuple[str, str]]:
    """The languages that are built, each with its folder in the site: the one ordered, or all."""
    if order.language or checked.book is None:
        return [(order.language or "zh", "")]
    known = checked.book.settings.publications
    publication = known.get(order.publication or checked.book.settings.publish)
    languages: list[str] = list(publication.languages) if publication else [checked.book.language]
    return [(language, language if number else "") for number, language in enumerate(languages)]


def merge(parts: Sequence[Path], site: Path) -> int:
    """Join the shards of one site into `site`; returns the number of pages."""
    with replaced(site, MARKS) as fresh:
        join(parts, fresh)
    return sum(1 for _ in site.rglob("index.html"))


def _made(root: Path, checked: Checked, order: Order) -> Site:
    made = make_site(root, checked, order)
    if made.failed:
        errors = [problem for problem in made.problems if problem.level is Level.ERROR]
        raise ContentError("{reason}", reason="; ".join(lines(errors[:5], made.language)))
    return made


def _fingerprint(root: Path, order: Order, today: date) -> str:
    """What only shards of one site have in common: the day, what is asked for, and every file behind it."""
    found = sha256(repr((order, today)).encode())
    for path in sorted(path for top in BEHIND for path in [root / top, *(root / top).rglob("*")]):
        if path.is_file():
            content = sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return found.hexdigest()


def _write(root: Path, fresh: Path, made: Site, shard: Shard, processes: int) -> None:
    """Write the pages of a shard, by several processes where it pays."""
    enough = len(made.outputs) >= FEWEST_PAGES * shard.of
    parts = shard.divided(processes if enough else 1)
    at_once([partial(write, root, fresh, made, part) for part in parts])


def write(
    root: Path, folder: Path, made: Site, shard: Shard = WHOLE, shell: Shell | None = None, address: str = ""
) -> set[str]:
    """Write what is stale of a site's shard into `folder`; returns the names of all files of the site.

    `shell` may be that of an earlier site with the same theme; `address` is where the site will stand.
    """
    with _warnings() as told:
        try:
            config = load_config(config_file=str(config_file(root)), site_dir=str(folder))
            if address:
                config.site_url = address
            if made.extra["edition"]:
                config.site_url = f"{(config.site_url or '').rstrip('/')}/{made.extra['edition']}/"
            plugin = _plugin(config)
            plugin.given, plugin.shard, plugin.shell = made, shard, shell or Shell()
            config.plugins.on_startup(command="build", dirty=True)
            mkdocs_build(config, dirty=True)
            config.plugins.on_shutdown()
        except MkDocsException as error:
            raise HandbookError("{reason}", reason="; ".join([*told[:5], str(error)])) from error
    if told:
        raise HandbookError("the site was not replaced: {reason}", reason="; ".join(told[:5]))
    return plugin.names


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, since its own --strict can pass over it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        # Pages are left out on purpose: they belong to another shard, or nothing about them has changed.
        if not line.startswith("A 'dirty' build"):
            self.lines.append(line)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    handler, logger = _Warnings(), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


def _plugin(config: MkDocsConfig) -> HandbookPlugin:
    plugin = config.plugins["handbook"]
    if not isinstance(plugin, HandbookPlugin):
        raise HandbookError("the plugin 'handbook' in mkdocs.yml is not ours")
    return plugin


def config_file(root: Path) -> Path:
    """The configuration of the handbook at `root`."""
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise HandbookError("no mkdocs.yml in {root}; run this in the handbook's folder", root=root)
    return path
