"""What stands in which document, cut into files so small that a query loads only the few it needs.

The search worker cuts texts into tokens in the same way.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import sub
from sys import intern

STRONG, WEAK = 0, 1
"""What says what a document is for, and what else it says: the two places of each token in a file."""
TOKENS_IN_FILE = 512
"""About so many tokens stand in one file: some 6 kB gzip."""
KEPT = 1 << 13
"""So many texts keep their tokens from one build of a preview to the next."""

_HAN = "\u3400-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[a-z]+|[0-9]+(?:\.[0-9]+)?|%")
_COUNTED = re.compile(rf"([0-9]+(?:\.[0-9]+)?) ?([{_HAN}%])")
"""What is counted belongs to its number: 3 声 is not 3 天."""
_ENDING = re.compile("(?:ing|ed|es|s)$")

Postings = dict[str, tuple[list[int], list[int]]]
"""Token -> the numbers of the documents that hold it, ascending: STRONG, WEAK."""


def fold(text: str) -> str:
    """One width, case and compatibility form, so that ＶＩＰ, vip and VIP are one word."""
    return unicodedata.normalize("NFKC", text).lower().strip()


@cache
def stem(word: str) -> str:
    """An English word without its ending."""
    if len(word) > 4:
        return _ENDING.sub("", word)
    return word.removesuffix("s") if len(word) > 3 else word


def tokens(text: str) -> list[str]:
    """Chinese in pairs of characters; words, numbers and signs whole; numbers also with what they count."""
    folded = fold(text)
    return [*(token for run in _RUN.findall(folded) for token in _cut(run)), *_counts(folded)]


def _counts(folded: str) -> list[str]:
    return [number + unit for number, unit in _COUNTED.findall(folded)]


def _cut(run: str) -> list[str]:
    if run[0] < "\u3400":
        return [stem(run)]
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def postings(documents: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Postings:
    """Which tokens stand in which of the documents, each given by its strong and its weak texts."""
    found: Postings = defaultdict(lambda: ([], []))
    for number, (strong, weak) in enumerate(documents):
        first = _held("\n".join(strong), letters=True)
        for token in first:
            found[token][STRONG].append(number)
        for token in set(_held("\n".join(weak), letters=False)).difference(first):
            found[token][WEAK].append(number)
    return found


@lru_cache(KEPT)
def _held(text: str, *, letters: bool) -> tuple[str, ...]:
    """The tokens of a text, once each; with `letters` each Chinese character by itself too: 扶 is a word.

    Kept for a preview, where the next build has nearly the same texts; the tokens are shared among them.
    """
    folded = fold(text)
    held = set(_counts(folded))
    for run in _RUN.findall(folded):
        held.update(_cut(run))
        if letters and run[0] >= "\u3400":
            held.update(run)
    return tuple(map(intern, held))


def files_for(documents: int) -> int:
    """Into how many files, a power of two, the postings of so many documents are cut.

    Known before they are made: documents have some 35 tokens each that hardly another one has.
    """
    return 1 << max(0, (documents * 35 // TOKENS_IN_FILE).bit_length())


def shards(found: Postings, count: int) -> list[dict[str, list[list[int]]]]:
    """The postings in `count` parts; each list of numbers is the first one and the steps to the next ones."""
    parts: list[dict[str, list[list[int]]]] = [{} for _ in range(count)]
    for token in sorted(found):
        strong, weak = map(_steps, found[token])
        parts[place(token, count)][token] = [strong, weak] if weak else [strong]
    return parts


@lru_cache(KEPT * 32)
def place(token: str, count: int) -> int:
    """The part, of `count`, that holds a token."""
    value = 0
    for letter in token:
        value = (value * 131 + ord(letter)) & 0xFFFFFFFF
    return (value ^ value >> 15) & (count - 1)


def _steps(numbers: Sequence[int]) -> list[int]:
    return list(map(sub, numbers, [0, *numbers]))
