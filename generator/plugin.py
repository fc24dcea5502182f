"""The thin adapter to MkDocs: pages made in memory go in as virtual files, with edit links to their YAML."""

import logging
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator.clock import clock
from generator.examine import Checked, examine
from generator.pages import Entry
from generator.problems import HandbookError, Level
from generator.prose import escape
from generator.report import lines
from generator.site import Order, Output, Site, make_site

_BLOCK = re.compile(r"(?:^[^#\n].*\n)+", re.MULTILINE)
_STAND_IN = "HTML-block-{}"

log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    as_of = config_options.Optional(config_options.Type(str))
    """The day the handbook is built for, as 2026-12-01; default: SOURCE_DATE_EPOCH, else today."""
    publication = config_options.Optional(config_options.Type(str))
    """The publication that is built; default: the one that handbook.yml publishes."""


class HandbookPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Reads standards/ before anything is written; errors stop the build and leave the last site as it is."""

    checked: Checked | None = None
    """What has been read and checked already; read anew where there is nothing."""
    order: Order | None = None
    """What is to be built; by default what the options say."""
    site: Site
    pages: dict[str, Output]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = self._root(config)
        try:
            day = clock(self.config.as_of)
            asked = day if self.config.as_of else None
            order = self.order or Order(self.config.publication, asked)
            checked = self.checked or examine(root, day if self.order else clock())
            self.site = make_site(root, checked, order)
        except HandbookError as error:
            raise PluginError(str(error)) from error
        if self.site.failed:
            errors = [problem for problem in self.site.problems if problem.level is Level.ERROR]
            for line in lines(errors, self.site.language):
                log.error(line)
            raise PluginError(f"{len(errors)} errors in standards/; nothing was built")
        config.nav = [_nav(entry) for entry in self.site.navigation]
        config.site_name = escape(self.site.title)
        config.extra.update(self.site.extra)
        return config

    @staticmethod
    def _root(config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).resolve().parent

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        for file in list(files.documentation_pages()):
            if not self.site.extra["internal"]:
                files.remove(file)
                continue
            file.edit_uri = Path(config.docs_dir, file.src_uri).relative_to(self._root(config)).as_posix()
        self.pages = {output.file: output for output in self.site.outputs}
        for output in self.site.outputs:
            file = File.generated(config, output.file, content=output.content)
            file.edit_uri = output.source
            files.append(file)
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return markdown
        page.meta.update(made.meta)
        return _headings(markdown)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        made = self.pages.get(page.file.src_uri)
        return _with_blocks(html, made.content) if made and isinstance(made.content, str) else html


def _headings(markdown: str) -> str:
    """A page's headings, and a stand-in for each block of HTML that Markdown would only keep."""
    numbers = count()
    return _BLOCK.sub(lambda _: f"\n{_STAND_IN.format(next(numbers))}\n", markdown)


def _with_blocks(html: str, markdown: str) -> str:
    """The blocks of HTML back in the place of their stand-ins."""
    for number, block in enumerate(_BLOCK.findall(markdown)):
        html = html.replace(f"<p>{_STAND_IN.format(number)}</p>", block, 1)
    return html


def _nav(entry: Entry) -> Mapping[str, Any]:
    return {escape(entry.title): [_nav(child) for child in entry.entries] if entry.entries else entry.file}
