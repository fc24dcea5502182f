"""The language of limits."""

from decimal import Decimal

import pytest

from generator.limits import Band, Bound, Grade, Limit, LimitError, Presence, Season, Window, parse_limit

GOOD = {
    "<= 3 rings": Bound("<= 3 rings", "<=", Decimal(3), "rings"),
    "<=3rings": Bound("<=3rings", "<=", Decimal(3), "rings"),
    ">= 97 %": Bound(">= 97 %", ">=", Decimal(97), "%"),
    ">= 99.5%": Bound(">= 99.5%", ">=", Decimal("99.5"), "%"),
    "= 0": Bound("= 0", "=", Decimal(0), None),
    "24 h": Bound("24 h", "=", Decimal(24), "h"),
    "< 10 per million": Bound("< 10 per million", "<", Decimal(10), "per million"),
    "> 5 声": Bound("> 5 声", ">", Decimal(5), "声"),
    "18..26 °C": Band("18..26 °C", Decimal(18), Decimal(26), "°C"),
    "2 .. 5": Band("2 .. 5", Decimal(2), Decimal(5), None),
    "grade A": Grade("grade A", "A"),
    "grade A+": Grade("grade A+", "A+"),
    "08:00-18:00": Window("08:00-18:00", 0, 6, "08:00", "18:00"),
    "Sat 22:00-02:00": Window("Sat 22:00-02:00", 5, 5, "22:00", "02:00"),
    "Mon-Fri 00:00-24:00": Window("Mon-Fri 00:00-24:00", 0, 4, "00:00", "24:00"),
    "Nov-Feb": Season("Nov-Feb", 10, 1),
    "May": Season("May", 4, 4),
    "present": Presence("present"),
}
BAD = [
    *(
        "",
        "three",
        "<= three",
        "<= 3,5 rings",
        "<= -3",
        "<= 3 _",
        "3 4",
        "=< 3",
        "≤ 3",
        "<= ３",
        "5..2",
        "2...5",
    ),
    *("grade", "grade AA", "grade a", "8:00-18:00", "08:00-24:30", "25:00-26:00", "08:60-09:00", "Mon 08:00"),
    *("mon 08:00-09:00", "Apr-Mayo", "April", "Present", "present 3", "3 3", "+3", "٣"),
]


@pytest.mark.parametrize("text", GOOD)
def test_good(text: str) -> None:
    assert parse_limit(text) == GOOD[text]
    assert str(parse_limit(f"  {text} ")) == text


@pytest.mark.parametrize("text", BAD)
def test_bad(text: str) -> None:
    with pytest.raises(LimitError):
        parse_limit(text)


@pytest.mark.parametrize(
    ("text", "unit"), [("<= 3 rings", "rings"), ("2..5 min", "min"), ("= 0", None), ("May", None)]
)
def test_unit(text: str, unit: str | None) -> None:
    limit: Limit = parse_limit(text)
    assert limit.unit == unit


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5..2 min", "smaller"),
        ("≤ 3 rings", "type the sign"),
        ("=> 3 rings", "type the sign"),
        ("soon", "^$"),
    ],
)
def test_says_why(text: str, why: str) -> None:
    with pytest.raises(LimitError, match=why):
        parse_limit(text)
