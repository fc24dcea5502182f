"""The small Markdown subset of prose fields, parsed and emitted by us: nothing else can get through.

Paragraphs, *emphasis*, **strong**, `- ` and `1. ` lists, tables with `|`, [links](https://...) and
[[references]] to records. Every other character is text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape as escape_html

SLOT = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")
"""A word in braces that whoever speaks replaces."""
SCHEMES = ("https://", "http://", "mailto:", "tel:")

Linker = Callable[[str, str | None], str]
"""(id as written, text or None) -> HTML of the link."""

_INLINE = re.compile(
    r"\\(?P<escaped>[\\*\[\]|])"
    r"|\[\[(?P<ref>[^\[\]|\n]+)(?:\|(?P<ref_text>[^\[\]\n]+))?\]\]"
    r"|\[(?P<text>[^\[\]\n]+)\]\((?P<url>[^()\s]+)\)"
    r"|\*\*(?=\S)(?P<strong>[^*]+)(?<=\S)\*\*"
    r"|\*(?=\S)(?P<em>[^*]+)(?<=\S)\*"
)
_SPECIAL = re.compile(r"[&<>\"'*_\[\]\\`#|~!{}()+\-=^$:@]")
_ITEM = re.compile(r"(?P<mark>[-*]|\d{1,3}[.)、]) +(?P<text>.*)")
_TABLE_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Link:
    """A link found in prose: a record's id as written, or a web address."""

    target: str
    is_record: bool


def links(text: str) -> Iterator[Link]:
    """Every link in the text, those inside emphasis included."""
    if "[" not in text:
        return
    for match in _INLINE.finditer(text):
        if match["ref"]:
            yield Link(match["ref"].strip(), True)
        elif match["url"]:
            yield Link(match["url"], False)
        elif match["strong"] or match["em"]:
            yield from links(match["strong"] or match["em"])


def safe_url(url: str) -> bool:
    """Whether a link may lead there."""
    return url.lower().startswith(SCHEMES)


def escape(text: str) -> str:
    """Text that neither HTML nor Markdown reads as anything but text, line breaks folded."""
    text = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)


def html(text: str, linker: Linker) -> str:
    """The text as HTML blocks, without blank lines."""
    return "".join(_block(lines, linker) for lines in _blocks(text))


def inline(text: str, linker: Linker) -> str:
    """The text as one run of HTML, its paragraphs joined by line breaks."""
    return "<br>".join(_inline(" ".join(lines), linker) for lines in _blocks(text))


def plain(text: str, name: Callable[[str], str] = str) -> str:
    """The text without its marks, for search and summaries; a reference is what `name` calls it."""

    def bare(match: re.Match[str]) -> str:
        inner = match["strong"] or match["em"]
        if inner:
            return plain(inner, name)
        ref = match["ref"] and name(match["ref"].strip())
        return match["escaped"] or match["ref_text"] or ref or match["text"]

    return _INLINE.sub(bare, text)


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if block and (not bare or _starts(bare, block[0])):
            yield block
            block = []
        if bare:
            block.append(bare)
    if block:
        yield block


def _starts(line: str, first: str) -> bool:
    """Whether a list or a table begins here, though no empty line stands before it."""
    if line.startswith("|"):
        return not first.startswith("|")
    return bool(_ITEM.match(line)) and not _ITEM.match(first)


def _block(lines: list[str], linker: Linker) -> str:
    if len(lines) > 1 and "|" in lines[0] and _TABLE_RULE.fullmatch(lines[1]):
        return _table(lines, linker)
    if _ITEM.match(lines[0]):
        return _list(lines, linker)
    return f"<p>{_inline(' '.join(lines), linker)}</p>"


def _list(lines: list[str], linker: Linker) -> str:
    items: list[str] = []
    for line in lines:
        match = _ITEM.match(line)
        if match:
            items.append(match["text"])
        else:
            items[-1] += " " + line
    tag = "ul" if lines[0][0] in "-*" else "ol"
    return f"<{tag}>" + "".join(f"<li>{_inline(item, linker)}</li>" for item in items) + f"</{tag}>"


def _table(lines: list[str], linker: Linker) -> str:
    head = _row(lines[0], "th", linker)
    body = "".join(_row(line, "td", linker) for line in lines[2:])
    return f'<div class="hb-table"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _row(line: str, tag: str, linker: Linker) -> str:
    cells = _CELL.split(line.strip().removeprefix("|").removesuffix("|"))
    return "<tr>" + "".join(f"<{tag}>{_inline(cell.strip(), linker)}</{tag}>" for cell in cells) + "</tr>"


def _inline(text: str, linker: Linker) -> str:
    parts: list[str] = []
    end = 0
    for match in _INLINE.finditer(text):
        parts += (escape(text[end : match.start()]), _span(match, linker))
        end = match.end()
    parts.append(escape(text[end:]))
    return "".join(parts)


def _span(match: re.Match[str], linker: Linker) -> str:
    if match["escaped"]:
        return escape(match["escaped"])
    if match["ref"]:
        return linker(match["ref"].strip(), match["ref_text"])
    if match["url"]:
        label = escape(match["text"])
        return f'<a href="{escape_html(match["url"])}">{label}</a>' if safe_url(match["url"]) else label
    if match["strong"]:
        return f"<strong>{_inline(match['strong'], linker)}</strong>"
    return f"<em>{_inline(match['em'], linker)}</em>"
