"""The small Markdown subset: what is understood, and that nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import prose


def linker(target: str, text: str | None) -> str:
    return f"<a {target}>{prose.escape(text or target)}</a>"


def html(text: str) -> str:
    return prose.html(text, linker)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一段。", "<p>一段。</p>"),
        ("第一行\n第二行", "<p>第一行 第二行</p>"),
        ("一段。\n\n又一段。", "<p>一段。</p><p>又一段。</p>"),
        ("**“前台”**是", "<p><strong>“前台”</strong>是</p>"),
        ("先*停*再说", "<p>先<em>停</em>再说</p>"),
        ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("1. 甲\n2. 乙\n   续", "<ol><li>甲</li><li>乙 续</li></ol>"),
        (
            "如下：\n| 项 |\n|---|\n| 甲 |",
            '<p>如下：</p><div class="hb-table"><table><thead><tr><th>项</th></tr></thead>'
            "<tbody><tr><td>甲</td></tr></tbody></table></div>",
        ),
        ("如下：\n- 甲", "<p>如下：</p><ul><li>甲</li></ul>"),
        ("见[[check-in]]。", "<p>见<a check-in>check&#45;in</a>。</p>"),
        ("见[[hotel/check-in|入住]]", "<p>见<a hotel/check-in>入住</a></p>"),
        ("[网页](https://example.com/a?b=1&c)", '<p><a href="https://example.com/a?b=1&amp;c">网页</a></p>'),
        ("\\*不是强调\\*", "<p>&#42;不是强调&#42;</p>"),
    ],
)
def test_understood(text: str, expected: str) -> None:
    assert html(text) == expected


def test_table() -> None:
    text = "| 项 | 数 |\n|---|---|\n| 甲 | 1 |"
    assert html(text) == (
        '<div class="hb-table"><table><thead><tr><th>项</th><th>数</th></tr></thead>'
        "<tbody><tr><td>甲</td><td>1</td></tr></tbody></table></div>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[点](javascript:alert(1))",
        "![图](https://example.com/x.png)",
        "[点](data:text/html,x)",
        "[点](/etc/passwd)",
        "x{: onclick=alert(1)}",
        "&lt;b&gt;",
    ],
)
def test_not_understood_stays_text(text: str) -> None:
    found = html(text)
    assert "<script" not in found
    assert "javascript:" not in found.replace("&#58;", ":") or "<a" not in found
    assert "<img" not in found
    assert "<b>" not in found


@given(st.text())
def test_escaped_text_holds_no_mark_of_html_or_markdown(text: str) -> None:
    escaped = prose.escape(text)
    assert not set("<>\"'*_[]`\\|\n") & set(escaped)


@given(st.text(alphabet="*[]()|-1. \n<>甲&\\"))
def test_any_text_is_rendered(text: str) -> None:
    found = html(text)
    assert found.count("<p>") == found.count("</p>")
    assert "\n" not in found


def test_links_are_found_inside_emphasis() -> None:
    found = list(prose.links("**见 [[a]]** 和 [[b|乙]] 和 [c](https://c.example)"))
    assert found == [prose.Link("a", True), prose.Link("b", True), prose.Link("https://c.example", False)]


def test_plain_drops_the_marks() -> None:
    assert prose.plain("**先** [[check-in|登记]] 再 [付款](https://a.example)") == "先 登记 再 付款"
