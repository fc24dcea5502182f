"""The site's files as MkDocs sees them: virtual, made only when they are written, then let go."""

import re
from itertools import chain, count, zip_longest
from typing import Any

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.site import Output

_BLOCK = re.compile(r"(?:^[^#\n].*\n)+", re.MULTILINE)
_STAND_IN = re.compile(r"<p>HTML-block-\d+</p>")


class OwnFile(File):
    """A file that is written when it is `stale`, whatever the dates on the disk say."""

    stale = True

    @classmethod
    def of(cls, file: File) -> "OwnFile":
        """The same file as one of ours."""
        own = cls(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)
        own.inclusion = file.inclusion
        return own

    def is_modified(self) -> bool:
        return self.stale


class MadeFile(OwnFile):
    """A file made from the handbook."""

    def __init__(self, output: Output, config: MkDocsConfig) -> None:
        super().__init__(output.file, None, config.site_dir, config.use_directory_urls)
        self.output = output
        self.stale = output.stale
        self.generated_by = "handbook"
        self.edit_uri = output.source
        if self.is_documentation_page():
            self.page = MadePage(self, config)

    @property
    def _content(self) -> str | bytes:  # type: ignore[override]
        return self.output.content


class MadePage(Page):
    """A page whose content exists only while it is being written."""

    def __init__(self, file: MadeFile, config: MkDocsConfig) -> None:
        super().__init__(file.output.meta["title"], file, config)
        self.output = file.output
        self.clear()

    def clear(self) -> None:
        """Let the content go."""
        self.content, self.toc = "", TableOfContents([])

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown, self.meta = "", dict(self.output.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing yet: no other page needs it."""


class Headings:
    """Markdown for the headings; blocks of HTML, which it would only keep, go around it."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )

    def fill(self, page: MadePage) -> None:
        """Give a page its content and its table of contents."""
        text = page.output.content
        assert isinstance(text, str)
        numbers = count()
        self._markdown.reset()
        made = self._markdown.convert(_BLOCK.sub(lambda _: f"\nHTML-block-{next(numbers)}\n", text))
        pieces: Any = zip_longest(_STAND_IN.split(made), _BLOCK.findall(text), fillvalue="")
        page.content = "".join(chain.from_iterable(pieces))
        page.toc = get_toc(getattr(self._markdown, "toc_tokens", []))
