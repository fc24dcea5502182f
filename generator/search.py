"""What the search worker reads: a core of names, and in small files all that stands in the records.

Nothing but what the handbook shows: it is that of a publication.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from generator import prose
from generator.entries import entries
from generator.forms import traditional
from generator.handbook import Handbook
from generator.kinds.classification import Class
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.term import Term
from generator.messages import tell
from generator.pages import Page
from generator.phrase import phrase
from generator.postings import Postings, files_for, fold, postings, shards, tokens
from generator.sounds import read_otherwise, sounds
from generator.texts import is_chinese, spoken
from generator.values import resolve

NAMES = ("title", "aliases", "asks")
"""What a record is looked for by."""
TEXTS_IN_FILE = 4
"""So many documents have their texts in one file."""
CALL = "handbookSearch"
"""What each file calls with its data, so that it can be read as a script where nothing can be fetched."""
_NAMED = frozenset((*NAMES, "changes", "gaps", "synonyms"))
"""Fields that are found by name, or tell of the record rather than of the work."""
_ASIDE = frozenset(
    ("case", "comparison", "course", "finding", "location", "path", "reference", "role", "routine")
)
"""Kinds that tell of work which another record describes."""
_MANIFEST = '{"config":{"lang":["en"],"separator":" ","pipeline":[]},"docs":[]}'
"""All that Material itself needs: our worker loads the rest, as it alone knows what to do without it."""


class Document(NamedTuple):
    """A page to be found: its names, for the core; what it is for, and what else stands in it."""

    head: dict[str, Any]
    strong: list[str]
    weak: list[str]
    lead: str
    """The sentence to say, the first step, or what it is for."""
    asks: list[str]
    foreign: list[str]
    """Its names in other languages, the title aside."""
    parts: list[tuple[str, str]]
    """Anchor and text of each entry that has an anchor; what stands outside of them has none."""


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
        self._overviews = overviews
        self._records = records
        self._word_files = files_for(len(overviews) + len(records))

    def core(self) -> str:
        """Names of all documents, how they sound, which words are equal; the mark of all files with it."""
        heads = [document.head for document in self._documents]
        return _called(
            {
                "mark": self._mark,
                "words": self._word_files,
                "texts": TEXTS_IN_FILE,
                "roles": [[role.id, role.title] for role in self._roles.values()],
                "packs": {key: pack.title for key, pack in self._book.packs.items()},
                "equal": self._equal,
                "sounds": sounds(name for head in heads for name in _names(head)),
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
        others = foreign(self._book)
        return [
            *map(self._of_page, self._overviews),
            *(self._of_record(record, others[record.id]) for record in self._records),
        ]

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
        return {token for each in self._documents for name in _names(each.head) for token in tokens(name)}

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

    @cached_property
    def _roles(self) -> dict[str, Record]:
        return {role.id: role for record in self._records for role in self._book.roles_of(record)}

    @cached_property
    def _number_of_role(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self._roles)}

    def _of_page(self, page: Page) -> Document:
        head: dict[str, Any] = {"location": page.url, "title": page.title, "kind": "", "aliases": []}
        topic, record = page.values.get("topic"), page.values.get("record")
        if not (isinstance(record, Record) and isinstance(topic, Class)):
            return Document(head, [page.line], [], page.line, [], [], [])
        head |= {"kind": tell("投诉"), "version": str(record.version), "roles": self._handling(topic)}
        said = [example.text.strip("“”") for example in topic.examples]
        other = [text for text in spoken(topic, _NAMED) if text.strip("“”") not in said]
        parts = [("", text) for text in other]
        return Document(head, [page.line, topic.test, *said], other, page.line, said, [], parts)

    def _handling(self, topic: Class) -> list[int]:
        """The numbers of the roles that a complaint concerns: those of its procedure and of its script."""
        named = [self._book.get(ref) for ref in (topic.procedure, topic.script) if ref]
        roles = {role.id: role for record in named if record for role in self._book.roles_of(record)}
        return [self._number_of_role[id] for id in roles if id in self._number_of_role]

    def _of_record(self, record: Record, foreign: Mapping[str, list[str]]) -> Document:
        summary, lead = self._plain(record, record.summary), self._plain(record, _lead(record))
        parts = [(anchor, self._plain(record, text)) for anchor, text in _parts(record)]
        limits = [phrase(measured.limit, self._book.settings) for measured in record.contents.limits]
        names = [*foreign["aliases"], *foreign["asks"]]
        return Document(
            head=self._head(record, foreign["title"]),
            strong=[*record.asks, *names, *foreign["summary"], summary, lead],
            weak=[*(text for _, text in parts), *limits, *foreign["else"]],
            lead=lead,
            asks=record.asks,
            foreign=names,
            parts=parts,
        )

    def _head(self, record: Record, foreign: list[str]) -> dict[str, Any]:
        aliases = [*record.aliases, *(record.synonyms if isinstance(record, Term) else [])]
        more = {
            "roles": [self._number_of_role[role.id] for role in self._book.roles_of(record)],
            "code": record.code,
            "read": {text: said for text in (record.title, *aliases) if (said := read_otherwise(text))},
            "first": record in self._book.emergencies,
            "foreign": foreign,
            "aside": record.kind in _ASIDE,
        }
        return {
            "location": record.url,
            "title": record.title,
            "kind": record.label.in_language(self._book.language),
            "version": str(record.version),
            "aliases": aliases,
            **{name: value for name, value in more.items() if value},
        }

    def _plain(self, record: Record, text: str) -> str:
        return " ".join(prose.plain(text, partial(self._name, record)).split())

    def _name(self, record: Record, target: str) -> str:
        ref = resolve(target, record.pack)
        return self._book.heading(ref) if ref and ref in self._book.records else target


def _called(data: Any) -> str:
    return f"{CALL}({json.dumps(data, ensure_ascii=False, separators=(',', ':'))})\n"


def _names(head: Mapping[str, Any]) -> list[str]:
    return [head["title"], *head["aliases"]]


def _lead(record: Record) -> str:
    """What somebody in a hurry reads: the sentence, the first step with whom to ring, or what it is for."""
    if isinstance(record, Script):
        return record.first_line
    if isinstance(record, Procedure):
        first = record.first_actions[0].text if record.first_actions else record.steps[0].action
        return f"{record.number} · 1. {first}" if record.number else f"1. {first}"
    return record.summary


def _parts(record: Record) -> Iterator[tuple[str, str]]:
    """The texts of each entry that has an anchor, then all others; what is found by name is left out."""
    inside: set[str] = set()
    for anchor, entry in entries(record).items():
        found = list(spoken(entry))
        inside.update(found)
        if found:
            yield anchor, " ".join(found)
    rest = [text for text in spoken(record, _NAMED) if text not in inside]
    if rest:
        yield "", " ".join(rest)


def _apart(words: Sequence[str]) -> list[str]:
    """The words, folded, that hold no other one of their group: those are found by it anyway."""
    folded = list(dict.fromkeys(map(fold, words)))
    return [word for word in folded if not any(other in word for other in folded if other != word)]


def foreign(book: Handbook) -> dict[str, dict[str, list[str]]]:
    """Record id -> field -> what it says in languages that this edition is not in; "else": no name."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for record in book.shown:
        if isinstance(record, Term) and record.english != record.title:
            found[record.id]["title"].append(record.english)
    for catalogue in book.catalogues:
        if catalogue.language == book.language:
            continue
        for entry in catalogue.entries:
            id, _, field = entry.context.partition(" ")
            if entry.counts:
                texts = found[id][field if field in (*NAMES, "summary") else "else"]
                texts += [told for told in entry.told.split("\n") if told not in texts]
    return found
