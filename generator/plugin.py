"""The thin adapter to MkDocs: pages made in memory go in as virtual files, with edit links to their YAML."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.clock import clock
from generator.examine import examine
from generator.pages import Entry
from generator.problems import HandbookError, Level
from generator.prose import escape
from generator.report import lines
from generator.shards import WHOLE
from generator.shell import Shell
from generator.site import Order, Site, make_site
from generator.virtual import Headings, MadeFile, MadePage, OwnFile

log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in mkdocs.yml."""

    as_of = config_options.Optional(config_options.Type(str))
    """The day the handbook is built for, as 2026-12-01; default: SOURCE_DATE_EPOCH, else today."""
    publication = config_options.Optional(config_options.Type(str))
    """The publication that is built; default: the one that handbook.yml publishes."""


class HandbookPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Reads standards/ before anything is written; errors stop the build and leave the last site as it is."""

    given: Site | None = None
    """What has been read, checked and laid out already; without it, the plugin does so itself."""
    shard = WHOLE
    """The part of the site that is written."""
    shell: Shell | None = None
    """The theme's templates, new for each build where nobody keeps them."""
    site: Site
    names: set[str]
    """Every file of the site."""
    headings: Headings

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.site = self.given or self._made(self._root(config))
        if self.site.failed:
            errors = [problem for problem in self.site.problems if problem.level is Level.ERROR]
            for line in lines(errors, self.site.language):
                log.error(line)
            raise PluginError(f"{len(errors)} errors in standards/; nothing was built")
        config.nav = [_nav(entry) for entry in self.site.navigation]
        config.site_name = escape(self.site.title)
        config.theme["language"] = self.site.language
        if self.site.extra["edition"]:
            config.site_description = config.site_name
        make = config.theme.get_env
        config.theme.get_env = lambda: (self.shell or Shell()).over(make)  # type: ignore[method-assign]
        config.extra.update(self.site.extra)
        return config

    def _made(self, root: Path) -> Site:
        try:
            asked = clock(self.config.as_of) if self.config.as_of else None
            return make_site(root, examine(root, clock()), Order(self.config.publication, asked))
        except HandbookError as error:
            raise PluginError(str(error)) from error

    @staticmethod
    def _root(config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).resolve().parent

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        self.headings = Headings(config)
        for file in list(files.documentation_pages()):
            files.remove(file)
            if self.site.extra["internal"]:
                own = OwnFile.of(file)
                own.edit_uri = Path(config.docs_dir, file.src_uri).relative_to(self._root(config)).as_posix()
                files.append(own)
        for output in self.site.outputs:
            files.append(MadeFile(output, config))
        self._leave_to_others(files, config)
        self.names = {file.dest_uri for file in files}
        return files

    def _leave_to_others(self, files: Files, config: MkDocsConfig) -> None:
        """Keep only what belongs to the shard."""
        for number, file in enumerate(files.documentation_pages()):
            if isinstance(file, OwnFile):
                file.stale = file.stale and self.shard.holds(number)
        if not self.shard.first:
            config.theme.static_templates.clear()
            for file in [file for file in files if not file.is_documentation_page()]:
                files.remove(file)

    def on_page_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if isinstance(page, MadePage):
            self.headings.fill(page)
        return context

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        if isinstance(page, MadePage):
            page.clear()
        return output


def _nav(entry: Entry) -> Mapping[str, Any]:
    return {escape(entry.title): [_nav(child) for child in entry.entries] if entry.entries else entry.file}
