"""What the search worker reads: a core of names, and in small files all that stands in the records.

Nothing but what the handbook shows: it is that of a publication.
"""

import json
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from typing import Any

from generator.documents import Document, Documents, names_of
from generator.forms import traditional
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.kinds.term import Term
from generator.pages import Page
from generator.postings import Postings, files_for, fold, postings, shards, tokens
from generator.sounds import sounds
from generator.texts import is_chinese

TEXTS_IN_FILE = 4
"""So many documents have their texts in one file."""
CALL = "handbookSearch"
"""What each file calls with its data, so that it can be read as a script where nothing can be fetched."""
_MANIFEST = '{"config":{"lang":["en"],"separator":" ","pipeline":[]},"docs":[]}'
"""All that Material itself needs: our worker loads the rest, as it alone knows what to do without it."""


def search_files(book: Handbook, rows: Sequence[Page]) -> dict[str, Callable[[], str]]:
    """File -> what makes its text; of all pages, `rows`, those of records are known from the records.

    The first file is what Material asks for, the second is it as a script.
    """
    overviews = [row for row in rows if "record" not in row.values or row.template == "topic"]
    records = [record for record in book.shown if not book.is_over(record)]
    documents = len(overviews) + len(records)
    words, texts = files_for(documents), -(-documents // TEXTS_IN_FILE)
    index = _Once(partial(_Index, book, overviews, records), 1 + words + texts)
    return {
        "search/search_index.json": partial(str, _MANIFEST),
        "search/search_index.js": partial(str, f"var __index = {_MANIFEST};\n"),
        "search/core.js": partial(index.ask, _Index.core),
        **{f"search/words/{n}.js": partial(index.ask, _Index.words, n) for n in range(words)},
        **{f"search/texts/{n}.js": partial(index.ask, _Index.texts, n) for n in range(texts)},
    }


class _Once:
    """One index for all its files: made for the first of them and let go after the last."""

    def __init__(self, make: Callable[[], "_Index"], files: int) -> None:
        self._make = make
        self._files = self._left = files
        self._index: _Index | None = None

    def ask(self, question: Callable[..., str], *arguments: int) -> str:
        """The text of one file."""
        self._index = self._index or self._make()
        text = question(self._index, *arguments)
        self._left -= 1
        if not self._left:
            self._index, self._left = None, self._files
        return text


class _Index:
    """The documents of a handbook and their files."""

    def __init__(self, book: Handbook, overviews: Sequence[Page], records: Sequence[Record]) -> None:
        self._book = book
        self._records = records
        self._source = Documents(book, overviews, records)
        self._word_files = files_for(len(overviews) + len(records))

    def core(self) -> str:
        """Names of all documents, how they sound, which words are equal; the mark of all files with it."""
        heads = [document.head for document in self._documents]
        return _called(
            {
                "mark": self._mark,
                "words": self._word_files,
                "texts": TEXTS_IN_FILE,
                "roles": [[role.id, role.title] for role in self._source.roles.values()],
                "packs": {key: pack.title for key, pack in self._book.packs.items()},
                "equal": self._equal,
                "sounds": sounds(name for head in heads for name in names_of(head)),
                "pairs": "".join(sorted(self._pairs)),
                "simple": traditional([*self._postings, *self._named]),
                "docs": heads,
            }
        )

    def words(self, number: int) -> str:
        """One part of the postings."""
        return _called({"mark": self._mark, "data": self._shards[number]})

    def texts(self, number: int) -> str:
        """The texts of some documents: lead, questions, names in other languages, parts."""
        first = number * TEXTS_IN_FILE
        some = self._documents[first : first + TEXTS_IN_FILE]
        return _called({"mark": self._mark, "data": [[d.lead, d.asks, d.foreign, d.parts] for d in some]})

    @cached_property
    def _documents(self) -> list[Document]:
        return list(self._source)

    @cached_property
    def _mark(self) -> str:
        """Files of the same mark number the same documents: a page may read older and newer ones together."""
        places = "\n".join(document.head["location"] for document in self._documents)
        return sha256(f"{self._word_files} {TEXTS_IN_FILE}\n{places}".encode()).hexdigest()[:12]

    @cached_property
    def _postings(self) -> Postings:
        return postings((each.strong, each.weak) for each in self._documents)

    @cached_property
    def _shards(self) -> list[dict[str, list[list[int]]]]:
        return shards(self._postings, self._word_files)

    @cached_property
    def _named(self) -> set[str]:
        """The tokens of titles and other names, which are in no posting."""
        return {token for each in self._documents for name in names_of(each.head) for token in tokens(name)}

    @cached_property
    def _pairs(self) -> set[str]:
        """Pairs of characters that stand in no name but in what several documents are for: they sound too."""
        common = {
            token
            for token, (strong, weak) in self._postings.items()
            if strong and len(strong) + len(weak) > 2 and len(token) == 2 and is_chinese(token)
        }
        return common - self._named

    @cached_property
    def _equal(self) -> list[list[str]]:
        """Groups of words that mean the same: those of handbook and packs that are of use, the glossary's."""
        terms = [record for record in self._records if isinstance(record, Term)]
        packs = dict.fromkeys(record.pack for record in self._records)
        said = chain(self._book.settings.synonyms, *(self._book.packs[name].synonyms for name in packs))
        groups = [group for group in said if any(map(self._stands, group))]
        groups += [[term.title, *term.synonyms] for term in terms]
        return [group for group in map(_apart, groups) if len(group) > 1]

    def _stands(self, word: str) -> bool:
        return all(token in self._named or token in self._postings for token in tokens(word))


def _called(data: Any) -> str:
    return f"{CALL}({json.dumps(data, ensure_ascii=False, separators=(',', ':'))})\n"


def _apart(words: Sequence[str]) -> list[str]:
    """The words, folded, that hold no other one of their group: those are found by it anyway."""
    folded = list(dict.fromkeys(map(fold, words)))
    return [word for word in folded if not any(other in word for other in folded if other != word)]
