"""Build and preview: MkDocs does the work; a build replaces the last site only when it has succeeded."""

import logging
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.examine import Checked
from generator.plugin import HandbookPlugin
from generator.problems import HandbookError
from generator.site import Order

MARK = "search/search_index.json"
"""What every site holds and nothing else does."""


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, since its own --strict can pass over it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class ContentError(HandbookError):
    """Errors in the content that leave nothing to be built; they have been reported as problems."""


def build(
    root: Path, site: Path, today: date, checked: Checked | None = None, order: Order | None = None
) -> int:
    """Build the handbook at `root` into `site`, left as it is on failure; returns the number of pages.

    `checked` is what has been read and checked already; without it, the plugin reads and checks.
    """
    return build_all(root, {site: order or Order()}, today, checked)[site]


def build_all(
    root: Path, orders: Mapping[Path, Order], today: date, checked: Checked | None = None
) -> dict[Path, int]:
    """Build each order into its folder, or none where one fails; returns the numbers of pages."""
    with ExitStack() as temporary:
        fresh = {site: _beside(temporary, site) for site in orders}
        for site, order in orders.items():
            _run(root, fresh[site] / "site", today, checked, order)
        for site, folder in fresh.items():
            _replace(folder / "site", site, folder / "last")
    return {site: sum(1 for _ in site.rglob("index.html")) for site in orders}


def _beside(temporary: ExitStack, site: Path) -> Path:
    """A folder next to the site, gone afterwards; refuses to put a site in the place of something else."""
    if site.exists() and not (site / MARK).is_file() and (not site.is_dir() or any(site.iterdir())):
        raise HandbookError("{site} holds something else than a site; name another folder", site=site)
    site.parent.mkdir(parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(dir=site.parent, prefix=f".{site.name}-")
    return Path(temporary.enter_context(folder))


def serve(root: Path, address: str) -> None:
    """Preview the handbook at `root`; pages follow every saved change."""
    mkdocs_serve(config_file=str(_config_file(root)), dev_addr=address)


def _run(root: Path, fresh: Path, today: date, checked: Checked | None, order: Order) -> None:
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    plugin = None
    try:
        config = load_config(config_file=str(_config_file(root)), site_dir=str(fresh))
        plugin = _plugin(config)
        plugin.config["as_of"], plugin.checked, plugin.order = today.isoformat(), checked, order
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        made = getattr(plugin, "site", None)
        told = "; ".join([*warnings.lines[:5], str(error)])
        if made and made.failed:
            raise ContentError("{reason}", reason=told) from error
        raise HandbookError("{reason}", reason=told) from error
    finally:
        logger.removeHandler(warnings)
    if warnings.lines:
        raise HandbookError("the site was not replaced: {reason}", reason="; ".join(warnings.lines[:5]))


def _plugin(config: MkDocsConfig) -> HandbookPlugin:
    plugin = config.plugins["handbook"]
    if not isinstance(plugin, HandbookPlugin):
        raise HandbookError("the plugin 'handbook' in mkdocs.yml is not ours")
    return plugin


def _replace(fresh: Path, site: Path, last: Path) -> None:
    if site.exists():
        site.rename(last)
    fresh.rename(site)
    shutil.rmtree(last, ignore_errors=True)


def _config_file(root: Path) -> Path:
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise HandbookError("no mkdocs.yml in {root}; run this in the handbook's folder", root=root)
    return path
