"""Pages become Markdown: templates loop and print, this module escapes, links and phrases."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator import prose
from generator.handbook import Handbook, resolve
from generator.kinds import Record
from generator.kinds.parts import Envelope
from generator.limits import Limit
from generator.messages import Message
from generator.pages import Page
from generator.phrase import phrase
from generator.values import Prose, Ref, Strict

_SLOT = re.compile(r"[{｛]([^{}｛｝]+)[}｝]")

_SPACES = re.compile(r"^ +")

WORDS = {
    "must": "必须",
    "should": "应当",
    "may": "可以",
    "case": "每单",
    "guest": "每位客人",
    "day": "每天",
    "shift": "每班",
    "draft": "草稿",
    "approved": "已批准",
    "withdrawn": "已废止",
    "public": "公开",
    "internal": "内部",
    "restricted": "受限",
    "stated": "来源写明",
    "derived": "由来源推出",
    "ours": "本手册自定",
    "law": "法律法规",
    "regulator": "监管要求",
    "contract": "合同约定",
    "brand": "品牌要求",
    "house": "本单位规定",
    "hard": "硬性（可计数、可计时）",
    "soft": "软性（靠感受判断）",
    "fixed": "照此执行",
    "ranged": "在范围内可调",
    "discretionary": "由当班人判断",
    "language": "语言",
    "behaviour": "行为",
    "appearance": "仪容",
    "facility": "设施",
    "time": "时间",
    "face-to-face": "当面",
    "phone": "电话",
    "online": "线上",
    "letter": "书面",
    "yes-no": "是 / 否",
    "in-place": "已做到 / 不适用 / 需改进",
    "number": "填数字",
    "score": "打分",
    "text": "填文字",
    "choice": "选择",
    "inspection": "检查表",
    "audit": "审核表",
    "mystery-visit": "暗访表",
    "survey": "问卷",
    "record": "记录表",
    "up": "越高越好",
    "down": "越低越好",
    "band": "过高过低都不好",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "year": "每年",
    "current": "现行",
    "superseded": "已被替代",
    "unverified": "未核实",
    "appointed": "任命",
    "elected": "推选",
    "none": "不设目标",
    "role": "岗位",
    "location": "地点",
    "journey": "旅程",
    "touchpoint": "接触点",
    "standard": "标准",
    "procedure": "流程",
    "script": "话术",
    "classification": "分类",
    "form": "表单",
    "metric": "指标",
    "term": "术语",
    "reference": "依据文件",
    "roles": "岗位",
    "channel": "方式",
    "customers": "客人",
    "expectation": "客人期望",
    "critical": "最影响评价",
    "why_critical": "为什么",
    "current": "现在怎么做",
    "gap": "与期望的差距",
    "closing": "怎样补上",
    "formula": "公式",
    "numerator": "分子",
    "denominator": "分母",
    "unit": "单位",
    "period": "统计周期",
    "direction": "方向",
    "target": "目标",
    "alert": "警戒值",
    "on_breach": "超出警戒时",
    "data_source": "数据来源",
    "exemptions": "不计入",
    "english": "英文",
    "definition": "含义",
    "synonyms": "也叫",
    "not_to_confuse": "不同于",
    "publisher": "发布者",
    "edition": "版本或日期",
    "standing": "状态",
    "clauses": "条目",
    "superseded_by": "替代文件",
    "checked_on": "核对日期",
}
"""Words of the model as readers see them."""


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
            keep_trailing_newline=False,
        )
        self.env.globals.update(
            book=book,
            settings=book.settings,
            today=book.today,
            link=self._link,
            url=_url,
        )
        self.env.filters.update(
            prose=self._prose, inline=self._inline, limit=self._limit, word=_word, plain=_plain, tel=_tel, spoken=self._spoken
        )
        self.env.filters.update(
            lookup=book.__getitem__, filled=self._filled, unquoted=_unquoted, shortened=_shortened, code=_code, own=_own, shown=self._shown
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
            return Markup("<ul>") + Markup("").join(Markup("<li>%s</li>") % self._shown(context, item) for item in value) + Markup("</ul>")
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
            parts[index] = prose.escape(self.book.settings.brand) if name == "brand" else f'<span class="hb-slot">{prose.escape(name)}</span>'
        parts[::2] = [prose.escape(text) for text in parts[::2]]
        return Markup("".join(parts))

    @pass_context
    def _link(self, context: Context, target: str | Record, text: str | None = None) -> Markup:
        record = target if isinstance(target, Record) else self.book.get(target)
        if record is None or record.status != "approved":
            return Markup(prose.escape(text or str(target)))
        return _anchor(_address(context, record.url), text or record.title)

    @pass_context
    def _prose(self, context: Context, text: str) -> Markup:
        return Markup(prose.html(text, self._linker(context)))

    @pass_context
    def _inline(self, context: Context, text: str) -> Markup:
        return Markup(prose.inline(text, self._linker(context)))

    def _linker(self, context: Context) -> Callable[[str, str | None], str]:
        owner = context.get("record")
        pack = owner.pack if isinstance(owner, Record) else ""

        def linker(written: str, text: str | None) -> str:
            ref = resolve(written, pack)
            return self._link(context, ref or written, text)

        return linker


def _tidy(text: str) -> str:
    """One line per line of the template, blank lines only around headings, so that a block of HTML stays one block."""
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(f"\n{line}\n" if line.startswith("#") else line for line in lines if line) + "\n"


def _finalize(value: Any) -> Markup:
    """Escape every printed value once, for HTML and Markdown alike; what the renderer made itself is `Markup`."""
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


def _unquoted(text: str) -> str:
    """Without the quotation marks around it, since the page sets its own."""
    return text.strip("“”「」\"")


def _shortened(text: str) -> str:
    """The first clause of a sentence."""
    return re.split(r"[，。；：,;]", text, maxsplit=1)[0]


def _code(text: str) -> Markup:
    """A sample kept line by line; the lines are one line of HTML, so that no reader of Markdown splits it."""
    return Markup("<pre><code>%s</code></pre>") % Markup("&#10;").join(_finalize_line(line) for line in text.splitlines())


def _finalize_line(line: str) -> Markup:
    return Markup(_SPACES.sub(lambda match: "&#32;" * len(match[0]), prose.escape(line)))


def _own(block: Strict) -> list[tuple[str, Any]]:
    """The filled fields of a block that the envelope does not have, in the order of the model."""
    return [(name, value) for name, value in block.__dict__.items() if name not in Envelope.model_fields and value not in (None, [])]


def _plain(text: str) -> str:
    return prose.plain(text)


def _tel(phone: str) -> str:
    """The number as a tel: address."""
    return "tel:" + "".join(char for char in phone.partition("转")[0] if char.isdigit() or char == "+")
