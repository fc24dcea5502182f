"""What the search worker reads: names of records in all languages, and how they sound."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from generator import prose
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.term import Term
from generator.pages import Page
from generator.sounds import read_otherwise, sounds

NAMES = ("title", "aliases", "asks")
"""What a record is looked for by."""


def search_index(book: Handbook, overviews: Sequence[Page]) -> str:
    """Titles, other names, questions, codes, summaries; names in other languages; how characters are read.

    Nothing but what the handbook shows: it is that of a publication.
    """
    foreign = _foreign(book)
    docs: list[dict[str, Any]] = [
        {"location": page.url, "title": page.title, "text": page.line, "kind": "", "asks": [], "aliases": []}
        for page in overviews
    ]
    docs += [_doc(book, record, foreign[record.id]) for record in book.shown if not book.is_over(record)]
    texts = [text for doc in docs for text in (doc["title"], doc["text"], *doc["aliases"], *doc["asks"])]
    config = {"lang": ["zh"], "separator": r"\s+", "pipeline": [], "sounds": sounds(texts)}
    return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _doc(book: Handbook, record: Record, foreign: list[str]) -> dict[str, Any]:
    aliases = [*record.aliases, *(record.synonyms if isinstance(record, Term) else [])]
    read = {text: said for text in (record.title, *aliases) if (said := read_otherwise(text))}
    return {
        "location": record.url,
        "title": record.title,
        "text": record.first_line if isinstance(record, Script) else prose.plain(record.summary),
        "kind": record.label.in_language(book.settings.languages[0]),
        "roles": [role.title for role in book.roles_of(record)],
        "code": record.code or "",
        "aliases": aliases,
        "asks": record.asks,
        **({"foreign": foreign} if foreign else {}),
        **({"read": read} if read else {}),
    }


def _foreign(book: Handbook) -> dict[str, list[str]]:
    """Record id -> its names in the languages that this edition is not in, from their catalogues."""
    found: dict[str, list[str]] = defaultdict(list)
    for catalogue in book.catalogues:
        if catalogue.language == book.language:
            continue
        for entry in catalogue.entries:
            id, _, field = entry.context.partition(" ")
            if field in NAMES and entry.counts:
                found[id] += entry.told.split("\n")
    return found
