"""Traditional forms of Chinese characters, for those who type them."""

from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

from generator.texts import CHINESE


@cache
def _simplified() -> tuple[tuple[str, str], ...]:
    """Every character that has a simpler form, with that form."""
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = str(OpenCC("t2s").convert("\n".join(letters))).split("\n")
    return tuple(pair for pair in zip(letters, simple, strict=True) if pair[0] != pair[1])


def traditional(texts: Iterable[str]) -> tuple[str, str]:
    """The traditional forms of the characters that the texts are written in, and these, one for one."""
    written = {letter for text in texts for letter in CHINESE.findall(text)}
    pairs = [
        (letter, simple) for letter, simple in _simplified() if simple in written and letter not in written
    ]
    return "".join(letter for letter, _ in pairs), "".join(simple for _, simple in pairs)
