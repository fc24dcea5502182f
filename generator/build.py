"""Build and preview: MkDocs does the work; a build replaces the last site only when it has succeeded."""

import logging
import shutil
import tempfile
from datetime import date
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.examine import Checked
from generator.plugin import HandbookPlugin
from generator.problems import HandbookError


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, since its own --strict can pass over it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def build(root: Path, site: Path, today: date, checked: Checked | None = None) -> int:
    """Build the handbook at `root` into `site`, left as it is on failure; returns the number of pages.

    `checked` is what has been read and checked already; without it, the plugin reads and checks.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site.parent, prefix=f".{site.name}-") as folder:
        fresh = Path(folder, "site")
        _run(root, fresh, today, checked)
        _replace(fresh, site, Path(folder, "last"))
    return sum(1 for _ in site.rglob("index.html"))


def serve(root: Path, address: str) -> None:
    """Preview the handbook at `root`; pages follow every saved change."""
    mkdocs_serve(config_file=str(_config_file(root)), dev_addr=address)


def _run(root: Path, fresh: Path, today: date, checked: Checked | None) -> None:
    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    try:
        config = load_config(config_file=str(_config_file(root)), site_dir=str(fresh))
        plugin = config.plugins["handbook"]
        if not isinstance(plugin, HandbookPlugin):
            raise HandbookError("the plugin 'handbook' in mkdocs.yml is not ours")
        plugin.config["as_of"], plugin.checked = today.isoformat(), checked
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        raise HandbookError("{reason}", reason="; ".join([*warnings.lines[:5], str(error)])) from error
    finally:
        logger.removeHandler(warnings)
    if warnings.lines:
        raise HandbookError("the site was not replaced: {reason}", reason="; ".join(warnings.lines[:5]))


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
