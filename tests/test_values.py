"""The strict types of single values."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.values import (
    AnyRef,
    ClauseRef,
    Date,
    FigureFile,
    Flag,
    Number,
    Phone,
    ProseText,
    Slug,
    StepNumber,
    Strict,
    Text,
    VersionText,
    Whole,
    block_of,
)

GOOD: list[tuple[Any, str, object]] = [
    (Text, "  两\n  行 ", "两 行"),
    (ProseText, "\n一段\n\n两段\n", "一段\n\n两段"),
    (Slug, "check-in-2", "check-in-2"),
    (Slug, "1", "1"),
    (Date, "2024-02-29", date(2024, 2, 29)),
    (VersionText, "2.10", (2, 10)),
    (VersionText, "1.0", (1, 0)),
    (Flag, "true", True),
    (Flag, "false", False),
    (Whole, "0", 0),
    (StepNumber, "8", 8),
    (Number, "0.5", Decimal("0.5")),
    (Phone, "021-5555 6666", "021-5555 6666"),
    (Phone, "+86 21 5555 6666 转 8000", "+86 21 5555 6666 转 8000"),
    (Phone, "120", "120"),
    (FigureFile, "key-card.v2.png", "key-card.v2.png"),
    (AnyRef, "check-in", "hotel/check-in"),
    (AnyRef, "bank/queue", "bank/queue"),
    (ClauseRef, "phone#rings", "hotel/phone"),
]
BAD: list[tuple[Any, object]] = [
    *((Text, value) for value in ("", "  \n ", None, ["a"], {"a": "b"}, 3)),
    *((ProseText, value) for value in ("", "\n", None, ["a"])),
    *((Slug, value) for value in ("", "A", "a_b", "-a", "a-", "a--b", "a b", "敬语", "a" * 61, "a\n")),
    *(
        (Date, value)
        for value in ("2026-13-01", "2026-02-30", "2026-1-1", "2026年12月1日", "２０２６-12-01", "20260101")
    ),
    *((Date, value) for value in ("2026-01-01 ", "2026-01-01T00:00", "0000-01-01", "", None)),
    *(
        (VersionText, value)
        for value in ("2", "01.0", "1.00", "0.1", "1.0.0", "v1.0", "1．0", "１.0", "1,0", "")
    ),
    *((Flag, value) for value in ("yes", "no", "True", "是", "1", "", True)),
    *((Whole, value) for value in ("-1", "1.0", "01", "１", "一", "1e3", "1 000", "")),
    *((StepNumber, value) for value in ("0", "9", "10", "４")),
    *((Number, value) for value in ("-1", "1,5", ".5", "5.", "0x1", "NaN", "Infinity", "½")),
    *((Phone, value) for value in ("1", "八千", "０２１-5555", "021-5555 ext", "12; rm", "1" * 40)),
    *(
        (FigureFile, value)
        for value in ("../a.png", "a/b.png", ".png", "a.exe", "A.png", "a.png\n", "图.png")
    ),
    *((AnyRef, value) for value in ("Hotel/check-in", "a/b/c", "/a", "a/", "张三", "", "a#b", ["a"], None)),
    *((ClauseRef, value) for value in ("phone", "phone#", "#rings", "phone#a#b", "phone#三声")),
]


@pytest.mark.parametrize(("kind", "text", "value"), GOOD)
def test_good(kind: Any, text: str, value: object) -> None:
    assert TypeAdapter(kind).validate_python(text, context={"pack": "hotel"}) == value


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_bad(kind: Any, text: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(text, context={"pack": "hotel"})


def test_clause_reference_keeps_its_clause() -> None:
    ref = TypeAdapter(ClauseRef).validate_python("phone#rings", context={"pack": "hotel"})
    assert (ref.pack, ref.stem, ref.item, ref.kinds) == ("hotel", "phone", "rings", ("standard",))


def test_block_of() -> None:
    class Block(Strict):
        text: Text

    assert [block_of(form) for form in (Block, Block | None, list[Block], dict[str, Block], str)] == [
        Block
    ] * 4 + [None]
