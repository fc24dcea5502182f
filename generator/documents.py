"""What the search knows of each page: its names, what it is for, and what else stands in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from generator import prose
from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds.classification import Class
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.term import Term
from generator.messages import tell
from generator.pages import Page
from generator.phrase import phrase
from generator.sounds import read_otherwise
from generator.texts import spoken
from generator.values import resolve

NAMES = ("title", "aliases", "asks")
"""What a record is looked for by."""
_NAMED = frozenset((*NAMES, "changes", "gaps", "synonyms"))
"""Fields that are found by name, or tell of the record rather than of the work."""
_ASIDE = frozenset(
    ("case", "comparison", "course", "finding", "location", "path", "reference", "role", "routine")
)
"""Kinds that tell of work which another record describes."""


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


class Documents:
    """The documents of a handbook: those of overviews, then those of records."""

    def __init__(self, book: Handbook, overviews: Sequence[Page], records: Sequence[Record]) -> None:
        self._book = book
        self._overviews = overviews
        self._records = records

    def __iter__(self) -> Iterator[Document]:
        others = foreign(self._book)
        yield from map(self._of_page, self._overviews)
        yield from (self._of_record(record, others[record.id]) for record in self._records)

    @cached_property
    def roles(self) -> dict[str, Record]:
        """The roles that records concern, in the order of their numbers, by id."""
        return {role.id: role for record in self._records for role in self._book.roles_of(record)}

    @cached_property
    def _number_of_role(self) -> dict[str, int]:
        return {id: number for number, id in enumerate(self.roles)}

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


def names_of(head: Mapping[str, Any]) -> list[str]:
    """The title and other names."""
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
