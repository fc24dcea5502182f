"""The record pages as anybody would write them for MkDocs: Markdown with the same words."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from generator.site import Output

CONFIG = """\
site_name: 服务标准手册
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: zh
"""
"""Material and its search as they come; without `nav`, MkDocs puts every page into the navigation."""
PRUNED = CONFIG.replace("  font: false\n", "  font: false\n  features:\n    - navigation.prune\n")
"""The same with only the open branch of the navigation on each page."""

_HEADING = re.compile(r"^(#+) (.*)$", re.M)
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_STARTS = {"li": "- ", "tr": "- "} | {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = _STARTS.keys() | {"dd", "div", "dt", "figcaption", "figure", "p", "section", "summary", "table"}


def plain_pages(outputs: list[Output]) -> Iterator[tuple[str, str]]:
    """Path and Markdown of every record's page."""
    return (
        (output.file, _plain(output.content))
        for output in outputs
        if "record" in output.meta and isinstance(output.content, str)
    )


def _plain(page: str) -> str:
    reader = _Reader()
    reader.feed(_HEADING.sub(lambda match: f"<h{len(match[1])}>{match[2]}</h{len(match[1])}>", page))
    reader.close()
    return "\n\n".join(reader.blocks) + "\n"


class _Reader(HTMLParser):
    """Turns headings, list items and table rows into lines of Markdown and anything else into paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.start = ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._finish()
            self.start = _STARTS.get(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._finish()
        elif tag in ("td", "th"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        text = " ".join("".join(self.words).split())
        if text:
            self.blocks.append(self.start + _SPECIAL.sub(r"\\\1", text))
            self.start = ""
        self.words.clear()
