"""Pages become Markdown: templates loop and print, this module escapes, links and phrases."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator import (
    filled,
    inspections,
    lessons,
    matrices,
    overviews,
    plots,
    posters,
    progress,
    prose,
    series,
    sides,
    standing,
    tallies,
    times,
    trace,
)
from generator.difference import Change, differences
from generator.drawing.blueprint import blueprint
from generator.drawing.ladder import authority_ladder, escalation_ladder
from generator.drawing.models import model_diagram
from generator.drawing.swimlane import swimlane
from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.envelope import Envelope
from generator.kinds.journey import Journey
from generator.kinds.notice import Notice
from generator.kinds.parts import Reply
from generator.kinds.record import Record
from generator.limits import Bound, Limit
from generator.messages import Message, speaking, spoken_language, tell
from generator.pages import Page, is_internal
from generator.phrase import Pieces, compared, day, long_day, long_month, phrase, weekday
from generator.posters import has_poster
from generator.texts import is_chinese, way
from generator.tongues import taught
from generator.values import Prose, Ref, Strict, resolve
from generator.words import FIELDS, WORDS

_SPACES = re.compile(r"^ +")


_QUERIES = (
    times.before,
    times.begins,
    times.counterparts,
    times.ends,
    times.history,
    times.laid_changes,
    times.meanwhile,
    times.overridden,
    times.pairs,
    times.places,
    sides.ruled,
    sides.tailored,
    posters.posters,
    standing.at_step,
    standing.businesses,
    overviews.present,
    matrices.posts,
    trace.trace,
    lessons.cases_on,
    lessons.courses_on,
    series.series,
    series.index,
    series.is_sample,
    filled.filled,
    filled.asked,
    tallies.complaints,
    inspections.inspected,
    progress.progress,
    progress.of_gap,
    progress.component,
    progress.repeats_of,
    plots.amount,
    plots.unit_word,
)
"""What templates may ask."""


def environment(templates: Path, language: str) -> Environment:
    """The templates of a folder in a language, to be rendered by one handbook after another."""
    made = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    taught(made, language)
    return made


class Renderer:
    """Renders the pages of one handbook with the templates of a folder."""

    def __init__(self, book: Handbook, templates: Path, env: Environment | None = None) -> None:
        self.book = book
        self.language = book.language
        self.env = env or environment(templates, self.language)
        self.env.globals.update(self._globals())
        self.env.filters.update(_FILTERS)
        self.env.filters.update(
            lookup=book.__getitem__,
            prose=self._prose,
            inline=self._inline,
            limit=self._limit,
            norm=self._norm,
            spoken=self._spoken,
            filled=self._filled,
            shown=self._shown,
            sides=self._sides,
            day=self._day,
        )

    def _globals(self) -> dict[str, Any]:
        """What every template may ask."""
        book = self.book
        return {
            "book": book,
            "settings": book.settings,
            "today": book.today,
            "link": self._link,
            "url": _url,
            "notices": book.in_force(Notice),
            "families": sides.families,
            **{query.__name__: partial(query, book) for query in _QUERIES},
            "quarter": overviews.quarter(book.today),
            "has_poster": has_poster,
            "untold": book.untold_of,
            "other_language": "zh" if self.language == "en" else "en",
            "spans": matrices.spans,
            "differences": partial(differences, without=times.UNTOLD),
            "internal": is_internal(book),
            "model_diagram": _drawn(model_diagram),
            "swimlane": _drawn(partial(swimlane, book)),
            "escalation_ladder": _drawn(partial(escalation_ladder, book)),
            "authority_ladder": _drawn(partial(authority_ladder, book)),
            "blueprint": self._blueprint,
            "metric_chart": _drawn(partial(plots.metric_chart, book)),
            "index_chart": _drawn(plots.index_chart),
            "share_bars": _drawn(plots.share_bars),
            "failure_bars": _drawn(plots.failure_bars),
            "complaint_bars": _drawn(plots.complaint_bars),
            "findings_chart": _drawn(plots.findings_chart),
        }

    def markdown(self, page: Page) -> str:
        """The page as Markdown with blocks of HTML."""
        template = self.env.get_template(f"{page.template}.md.j2")
        with speaking(self.language):
            return _tidy(template.render(page=page, here=page.url, **page.values))

    @pass_context
    def _blueprint(self, context: Context, journey: Journey) -> Markup:
        return Markup(blueprint(self.book, journey, partial(_url, context)))

    def _limit(self, limit: Limit) -> str:
        return phrase(limit, self.book.settings)

    def _norm(self, limit: Limit) -> str:
        """A clause's limit; where nothing may go wrong, just that: 0 次 would say the opposite beside it."""
        none_at_all = isinstance(limit, Bound) and limit.is_absolute
        return tell("零差错") if none_at_all else self._limit(limit)

    def _day(self, value: date) -> str:
        return day(value, self.book.today)

    @pass_context
    def _sides(self, context: Context, change: Change) -> tuple[Markup, Markup]:
        """What was and what is now, with what only one of them says marked."""
        old, new = change.old, change.new
        if old is None or new is None:
            return self._side(context, old, tell("无")), self._side(context, new, tell("取消"))
        if isinstance(new, str) and not isinstance(new, Ref) and "[[" not in old + new:
            before, after = compared(prose.plain(old), prose.plain(new))
            return _marked("del", before), _marked("ins", after)
        return (
            Markup("<del>%s</del>") % self._shown(context, old),
            Markup("<ins>%s</ins>") % self._shown(context, new),
        )

    def _side(self, context: Context, value: Any, nothing: str) -> Markup:
        return Markup(nothing) if value is None else self._shown(context, value)

    @pass_context
    def _filled(self, context: Context, line: str) -> str:
        """A line to say as plain text: the brand put in, other placeholders as an ellipsis."""
        brand = self._brand(context)
        return prose.SLOT.sub(lambda match: brand if match[1] == "brand" else "…", line)

    def _brand(self, context: Context) -> str:
        """The name that customers of the page's business line know."""
        record = context.get("record")
        return self.book.brand(record.pack if isinstance(record, Record) else "")

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
            return self._block(context, value)
        if isinstance(value, Ref):
            return self._link(context, value, self._named(value))
        if isinstance(value, Limit):
            return Markup(prose.escape(self._limit(value)))
        if isinstance(value, Prose):
            return self._inline(context, value)
        if isinstance(value, bool):
            return Markup(tell("是" if value else "否"))
        return Markup(prose.escape(_word(str(value))))

    def _block(self, context: Context, block: Strict) -> Markup:
        """A block in one line; where it has more than two values, all but the first are named."""
        parts = [(name, part) for name, part in _own(block) if name != "id"]
        told = [self._shown(context, value) for _, value in parts]
        if len(parts) < 3:
            return Markup(tell("：")).join(told)
        named = [
            Markup("<br><small>%s%s</small>%s") % (_field(name, type(block)), tell("："), text)
            for (name, _), text in zip(parts[1:], told[1:], strict=True)
        ]
        return Markup("").join([told[0], *named])

    def _named(self, ref: Ref) -> str | None:
        """The title of what a reference leads to, with the clause or class it names."""
        record = self.book.get(ref)
        if record is None or ref.item is None:
            return None
        entry = entries(record).get(ref.item)
        return tell("{title}：{part}", title=record.title, part=_name_of(entry)) if entry else record.title

    @pass_context
    def _spoken(self, context: Context, line: str) -> Markup:
        """A line to say: the brand put in, other placeholders marked."""
        parts = prose.SLOT.split(line)
        for index in range(1, len(parts), 2):
            name = parts[index]
            parts[index] = (
                prose.escape(self._brand(context))
                if name == "brand"
                else f'<span class="hb-slot">{prose.escape(name)}</span>'
            )
        parts[::2] = [prose.escape(text) for text in parts[::2]]
        return self._lingual(Markup("".join(parts)), line)

    @pass_context
    def _link(self, context: Context, target: str | Record, text: str | None = None) -> Markup:
        record = target if isinstance(target, Record) else self.book.get(target)
        if record is None or record.status == "draft":
            return Markup(prose.escape(text or str(target)))
        url = self.book.address(target) if isinstance(target, Ref) else record.url
        return self._lingual(_anchor(_address(context, url), text or record.title), text or record.title)

    @pass_context
    def _prose(self, context: Context, text: str, owner: Record | str | None = None) -> Markup:
        made = Markup(prose.html(text, self._linker(context, _writer(text) or owner)))
        return self._lingual(made, text, "div")

    @pass_context
    def _inline(self, context: Context, text: str, owner: Record | str | None = None) -> Markup:
        return self._lingual(Markup(prose.inline(text, self._linker(context, _writer(text) or owner))), text)

    def _lingual(self, made: Markup, text: str, tag: str = "span") -> Markup:
        """A text that is still in the first language, marked as such for whoever reads it aloud."""
        if self.language == "zh" or not is_chinese(text):
            return made
        return Markup(f'<{tag} lang="zh">%s</{tag}>') % made

    def _linker(self, context: Context, owner: Record | str | None) -> Callable[[str, str | None], str]:
        """Bare ids mean the pack of the record, or the pack, that wrote the text; by default the page's."""
        owner = owner or context.get("record") or ""
        pack = owner.pack if isinstance(owner, Record) else owner

        def linker(written: str, text: str | None) -> str:
            ref = resolve(written, pack)
            return self._link(context, ref or written, text)

        return linker


def _drawn(draw: Callable[..., str]) -> Callable[..., Markup]:
    """A drawing for templates; what it shows is escaped already."""
    return lambda *given: Markup(draw(*given))


def _writer(text: str) -> str:
    """The pack that wrote a text, where that is not the record's."""
    return text.pack if isinstance(text, Prose) else ""


def _trail(change: Change) -> list[str]:
    """Where a change stands, in words: what the entries around it say, and the name of its field."""
    trail = change.trail if isinstance(change.trail[-1], str) else change.trail[:-1]
    field = _field(str(trail[-1]), change.block)
    return [*(_name_of(part) for part in trail if isinstance(part, Strict)), field]


def _place_in(record: Record, field: str) -> str:
    """Where a field stands in a record, in words: 要求 › 第三声 › 数字."""
    told = []
    for turn in way(record, field.split(".")):
        named = isinstance(turn.holder, Strict)
        told.append(_field(turn.name, type(turn.holder)) if named else _name_of(turn.value))
    return " › ".join(told)


def _marked(tag: str, pieces: Pieces) -> Markup:
    """A text with what the other one lacks marked; its line breaks are kept."""
    return Markup("").join(_mark(tag, text, only) for text, only in pieces)


def _mark(tag: str, text: str, only: bool) -> Markup:
    told = Markup("<br>").join(Markup(prose.escape(line)) for line in text.split("\n"))
    return Markup(f"<{tag}>%s</{tag}>") % told if only and text else told


def _telling(changes: list[Change]) -> list[Change]:
    """The one change that a line can tell: the only one, or of several the first of a limit."""
    limits = [change for change in changes if isinstance(change.old, Limit) and isinstance(change.new, Limit)]
    return changes if len(changes) == 1 else limits[:1]


def _name_of(entry: Strict) -> str:
    """What a reader recognises an entry by."""
    for name in ("title", "text", "action", "heard", "say", "test", "when", "name", "point", "problem"):
        value = getattr(entry, name, None)
        if isinstance(value, str):
            return _shortened(prose.plain(value))
    return str(getattr(entry, "id", ""))


def _tidy(text: str) -> str:
    """Blank lines only around headings, so that a block of HTML stays one block."""
    lines = [line.strip() for line in text.split("\n")]
    return "\n".join(f"\n{line}\n" if line.startswith("#") else line for line in lines if line) + "\n"


def _finalize(value: Any) -> Markup:
    """Escape every printed value once, for HTML and Markdown alike; `Markup` is the renderer's own."""
    if isinstance(value, Markup):
        return value
    return _escaped(value.in_language(spoken_language()) if isinstance(value, Message) else str(value))


@lru_cache(maxsize=20_000)
def _escaped(text: str) -> Markup:
    """Titles, names and words stand on many pages."""
    return Markup(prose.escape(text))


@lru_cache(maxsize=20_000)
def _anchor(address: str, text: str) -> Markup:
    return Markup(f'<a href="{prose.escape(address)}">{prose.escape(text)}</a>')


def _address(context: Context, url: str) -> str:
    """The address of a page of the site, relative to the page that is being rendered."""
    return "../" * str(context["here"]).count("/") + url or "./"


@pass_context
def _url(context: Context, target: str | Record) -> str:
    return _address(context, target.url if isinstance(target, Record) else target)


def _word(value: str) -> str:
    return tell(WORDS[value]) if value in WORDS else value


def _field(name: str, block: type[Strict]) -> str:
    return tell(FIELDS.get(f"{block.__name__}.{name}") or FIELDS.get(name, name))


def _unquoted(text: str) -> str:
    """Without the quotation marks around it, since the page sets its own."""
    return text.strip('“”「」"')


def _unended(text: str) -> str:
    """Without the stop at its end, for a text that others follow in one line."""
    bare = text.rstrip("。.")
    return Prose.by(text.pack, bare) if isinstance(text, Prose) else bare


def _shortened(text: str) -> str:
    """The first clause of a sentence."""
    return re.split(r"[，。；：]|[;.:]\s", text, maxsplit=1)[0].removesuffix(".")


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
    "said": tell,
    "word": _word,
    "leading": _leading,
    "field": _field,
    "plain": _plain,
    "tel": _tel,
    "unended": _unended,
    "unquoted": _unquoted,
    "shortened": _shortened,
    "trail": _trail,
    "telling": _telling,
    "code": _code,
    "own": _own,
    "weekday": weekday,
    "long_day": long_day,
    "long_month": long_month,
    "place_in": _place_in,
    "period": plots.period,
    "figure": plots.figure,
}
