"""How Chinese is read aloud, for those who type by sound, or another character that sounds alike."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from pypinyin import lazy_pinyin

from generator.texts import CHINESE


@cache
def _common() -> frozenset[str]:
    """The characters that an input method offers: those of GB 2312."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(letter for code in codes for letter in code.decode("gb2312", "ignore"))


@cache
def _alone(letter: str) -> str:
    return str(lazy_pinyin(letter)[0])


def sounds(texts: Iterable[str]) -> dict[str, str]:
    """Syllable without tone, ü as v -> characters read so by themselves: common ones, those of texts."""
    found: dict[str, list[str]] = defaultdict(list)
    for letter in sorted(_common().union(*map(CHINESE.findall, texts))):
        found[_alone(letter)].append(letter)
    return {sound: "".join(letters) for sound, letters in sorted(found.items())}


@cache
def read_otherwise(text: str) -> str | None:
    """The syllables of a text where a character is read otherwise than by itself, as 行 is in 银行."""
    letters = CHINESE.findall(text)
    whole = lazy_pinyin(text, errors="ignore")
    return " ".join(whole) if whole != [_alone(letter) for letter in letters] else None
