"""MiniSearch as a rival: its library, fetched once, and the records as its documents.

What was chosen, so that it does as well as it can:

- The body is the plain page that the other rivals have too; with the bare texts of the record instead, it
  finds fewer answers to questions. Names in other languages come from the catalogues.
- Pinyin and initials are those of the title and of other names. MiniSearch looks for beginnings of words, so
  the syllables stand in the index from each one to the end of the name.
- Pairs of characters for Chinese: with single characters besides, less stands in the first three places.
- What is only alike weighs .2 in place of .45, or the initials of one name pass for those of another. Other
  weights of fields and other parameters of its ranking gained nothing.
- The index is made beforehand: it is larger than the texts, but the page reads it in a third of the time in
  which it would make it.
- `fuzzy` does not touch pairs of characters, as a fifth of two is rounded to none. A mistyped character is
  found by the pairs around it alone: nothing in MiniSearch knows how a query sounds.
"""

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pypinyin import lazy_pinyin

from generator.documents import NAMES, foreign
from generator.handbook import Handbook
from generator.kinds.term import Term

PACKAGE = "minisearch@7.2.0"
LIBRARY = "package/dist/umd/index.js"
SHA256 = "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
"""Of the library, not of the archive around it."""


def library(cache: Path) -> bytes:
    """The script that npm hands out, from `cache` where it has been fetched before."""
    kept = cache / "minisearch-7.2.0.js"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(_fetched(cache))
    script = kept.read_bytes()
    if hashlib.sha256(script).hexdigest() != SHA256:
        kept.unlink()
        sys.exit(f"{PACKAGE}: {LIBRARY} is not the file that was measured")
    return script


def _fetched(cache: Path) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("MiniSearch comes through npm, which is not installed")
    packed = subprocess.run(
        [npm, "pack", PACKAGE, "--silent"], cwd=cache, check=True, capture_output=True, text=True
    )
    archive = cache / packed.stdout.split()[-1]
    with tarfile.open(archive) as files:
        script = files.extractfile(LIBRARY) or io.BytesIO()
        found = script.read()
    archive.unlink()
    return found


def documents(book: Handbook, pages: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The fields of each record, lists as lines of one text; `pages` are address and Markdown of its page."""
    others = foreign(book)
    for record in book.shown:
        if page := pages.get(record.url):
            aliases = [*record.aliases, *(record.synonyms if isinstance(record, Term) else [])]
            yield {
                "url": record.url,
                "title": record.title,
                "aliases": "\n".join(aliases),
                "asks": "\n".join(record.asks),
                "code": record.code or "",
                "lead": record.summary,
                "body": page.partition("\n")[2].strip(),
                **_sounds([record.title, *aliases]),
                "english": "\n".join(name for field in NAMES for name in others[record.id][field]),
            }


def _sounds(names: list[str]) -> dict[str, str]:
    """Syllables of names without tones, and the first letters of each, a line for each name."""
    read = [lazy_pinyin(name, errors="ignore") for name in names]
    return {
        "pinyin": "\n".join(" ".join(syllables) for syllables in read if syllables),
        "initials": "\n".join("".join(each[0] for each in syllables) for syllables in read if syllables),
    }
