"""Pages become Markdown: templates loop and print, this module escapes, links and phrases."""

import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator import prose
from generator.handbook import Handbook, resolve
from generator.kinds.envelope import Envelope
from generator.kinds.parts import Reply
from generator.kinds.record import Record
from generator.limits import Limit
from generator.messages import Message
from generator.pages import Page
from generator.phrase import phrase
from generator.values import Prose, Ref, Strict
from generator.words import FIELDS, WORDS

_SLOT = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")

_SPACES = re.compile(r"^ +")


class Renderer:
    """Renders the pages of one handbook with the templates of a folder."""

    def __init__(self, book: Handbook, templates: Path) -> None:
        self.book = book
        self.env = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            autoescape=True,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.globals.update(
            book=book, settings=book.settings, today=book.today, link=self._link, url=_url
        )
        self.env.filters.update(_FILTERS)
        self.env.filters.update(
            lookup=book.__getitem__,
            prose=self._prose,
            inline=self._inline,
            limit=self._limit,
            spoken=self._spoken,
            filled=self._filled,
            shown=self._shown,
        )

    def markdown(self, page: Page) -> str:
        """The page as Markdown with blocks of HTML."""
        template = self.env.get_template(f"{page.template}.md.j2")
        return _tidy(template.render(page=page, here=page.url, **page.values))

    def _limit(self, limit: Limit) -> str:
        return phrase(limit, self.book.settings)

    def _filled(self, line: str) -> str:
        """A line to say as plain text: the brand put in, other placeholders as an ellipsis."""
        return _SLOT.sub(lambda match: self.book.settings.brand if match[1] == "brand" else "…", line)

    @pass_context
    def _shown(self, context: Context, value: Any) -> Markup:
        """Any value of a record, for kinds that have no template of their own."""
        if isinstance(value, list):
            return (
                Markup("<ul>")
                + Markup("").join(Markup("<li>%s</li>") % self._shown(context, item) for item in value)
                + Markup("</ul>")
            )
        if isinstance(value, Strict):
            parts = [self._shown(context, part) for name, part in _own(value) if name != "id"]
            return Markup("：").join(parts)
        if isinstance(value, Ref):
            return self._link(context, value)
        if isinstance(value, Limit):
            return Markup(prose.escape(self._limit(value)))
        if isinstance(value, Prose):
            return self._inline(context, value)
        if isinstance(value, bool):
            return Markup("是" if value else "否")
        return Markup(prose.escape(_word(str(value))))

    def _spoken(self, line: str) -> Markup:
        """A line to say: the brand put in, other placeholders marked."""
        parts = _SLOT.split(line)
        for index in range(1, len(parts), 2):
            name = parts[index]
            parts[index] = (
                prose.escape(self.book.settings.brand)
                if name == "brand"
                else f'<span class="hb-slot">{prose.escape(name)}</span>'
            )
        parts[::2] = [prose.escape(text) for text in parts[::2]]
        return Markup("".join(parts))

    @pass_context
    def _link(self, context: Context, target: str | Record, text: str | None = None) -> Markup:
        record = target if isinstance(target, Record) else self.book.get(target)
        if record is None or record.status != "approved":
            return Markup(prose.escape(text or str(target)))
        url = self.book.address(target) if isinstance(target, Ref) else record.url
        return _anchor(_address(context, url), text or record.title)

    @pass_context
    def _prose(self, context: Context, text: str, owner: Record | str | None = None) -> Markup:
        return Markup(prose.html(text, self._linker(context, owner)))

    @pass_context
    def _inline(self, context: Context, text: str, owner: Record | str | None = None) -> Markup:
        return Markup(prose.inline(text, self._linker(context, owner)))

    def _linker(self, context: Context, owner: Record | str | None) -> Callable[[str, str | None], str]:
        """Bare ids mean the pack of the record, or the pack, that wrote the text; by default the page's."""
        owner = owner or context.get("record") or ""
        pack = owner.pack if isinstance(owner, Record) else owner

        def linker(written: str, text: str | None) -> str:
            ref = resolve(written, pack)
            return self._link(context, ref or written, text)

        return linker


def _tidy(text: str) -> str:
    """Blank lines only around headings, so that a block of HTML stays one block."""
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(f"\n{line}\n" if line.startswith("#") else line for line in lines if line) + "\n"


def _finalize(value: Any) -> Markup:
    """Escape every printed value once, for HTML and Markdown alike; `Markup` is the renderer's own."""
    if isinstance(value, Markup):
        return value
    return Markup(prose.escape(value.in_language("zh") if isinstance(value, Message) else str(value)))


def _anchor(address: str, text: str) -> Markup:
    return Markup(f'<a href="{prose.escape(address)}">{prose.escape(text)}</a>')


def _address(context: Context, url: str) -> str:
    """The address of a page of the site, relative to the page that is being rendered."""
    return "../" * str(context["here"]).count("/") + url or "./"


@pass_context
def _url(context: Context, target: str | Record) -> str:
    return _address(context, target.url if isinstance(target, Record) else target)


def _word(value: str) -> str:
    return WORDS.get(value, value)


def _field(name: str) -> str:
    return FIELDS.get(name, name)


def _unquoted(text: str) -> str:
    """Without the quotation marks around it, since the page sets its own."""
    return text.strip('“”「」"')


def _shortened(text: str) -> str:
    """The first clause of a sentence."""
    return re.split(r"[，。；：,;]", text, maxsplit=1)[0]


def _code(text: str) -> Markup:
    """A sample kept line by line; the lines are one line of HTML, so that no reader of Markdown splits it."""
    return Markup("<pre><code>%s</code></pre>") % Markup("&#10;").join(
        _finalize_line(line) for line in text.splitlines()
    )


def _finalize_line(line: str) -> Markup:
    return Markup(_SPACES.sub(lambda match: "&#32;" * len(match[0]), prose.escape(line)))


def _own(block: Strict) -> list[tuple[str, Any]]:
    """The filled fields of a block that the envelope does not have, in the order of the model."""
    names = [name for name in type(block).model_fields if name not in Envelope.model_fields]
    return [(name, value) for name in names if (value := getattr(block, name)) not in (None, [])]


def _plain(text: str) -> str:
    return prose.plain(text)


def _tel(phone: str) -> str:
    """The number as a tel: address."""
    return "tel:" + "".join(char for char in phone.partition("转")[0] if char.isdigit() or char == "+")


def _leading(items: list[Any], most: int, room: int) -> list[Any]:
    """The first items that fit a first screen: `most` items, `room` characters, and always one."""
    sizes = accumulate(len("".join(map(prose.plain, _texts(item)))) for item in items[:most])
    return [item for item, size in zip(items, sizes, strict=False) if size <= room] or items[:1]


def _texts(item: Any) -> list[str]:
    return [item.heard, item.reply] if isinstance(item, Reply) else [item.text]


_FILTERS = {
    "word": _word,
    "leading": _leading,
    "field": _field,
    "plain": _plain,
    "tel": _tel,
    "unquoted": _unquoted,
    "shortened": _shortened,
    "code": _code,
    "own": _own,
}
