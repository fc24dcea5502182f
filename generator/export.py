"""What the site offers to machines: handbook.json and the search index."""

import json
from typing import Any

from generator import prose
from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.kinds.script import Script
from generator.kinds.term import Term
from generator.pages import Page
from generator.periods import FOR_EVER

FORMAT = 1


def handbook_json(book: Handbook) -> str:
    """All published records, their identity, state, sources and references; format documented in README."""
    records = [_entry(book, record) for record in book.shown]
    data = {
        "format": FORMAT,
        "organisation": book.settings.organisation,
        "publication": book.settings.publish,
        "as_of": book.today.isoformat(),
        "records": records,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _entry(book: Handbook, record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "formerly": record.formerly,
        "kind": record.kind,
        "pack": record.pack,
        "code": record.code,
        "url": record.url,
        "title": record.title,
        "version": str(record.version),
        "state": book.state(record),
        "effective": record.effective.isoformat(),
        "ends": record.ends.isoformat() if record.ends else None,
        "revisions": [
            _revision(book, other) for other in book.revisions[record.id] if other.status != "draft"
        ],
        "owner": record.owner,
        "roles": [role.id for role in book.roles_of(record)],
        "visibility": book.visibility(record),
        "sources": [{"ref": c.reference, "clause": c.clause, "basis": c.basis} for c in record.sources],
        "references": sorted({ref for _, _, ref in book.links_of(record)}),
    }


def _revision(book: Handbook, record: Record) -> dict[str, Any]:
    """One MAJOR and the days on which it is in force, first and last; null where no last day is known."""
    days = [
        {
            "first": period.first.isoformat(),
            "last": None if period.last == FOR_EVER else period.last.isoformat(),
        }
        for period in book.periods(record)
    ]
    return {"version": str(record.version), "in_force": days}


def search_index(book: Handbook, overviews: list[Page]) -> str:
    """The index that the search worker reads: titles, other names, questions, codes."""
    config = {"lang": ["zh"], "separator": r"\s+", "pipeline": []}
    docs = [
        {"location": page.url, "title": page.title, "text": "", "kind": "", "asks": [], "aliases": []}
        for page in overviews
    ]
    docs += [_doc(book, record) for record in book.shown if not book.is_over(record)]
    return json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _doc(book: Handbook, record: Record) -> dict[str, Any]:
    return {
        "location": record.url,
        "title": record.title,
        "text": _excerpt(record),
        "kind": record.label.in_language(book.settings.languages[0]),
        "roles": [role.title for role in book.roles_of(record)],
        "code": record.code or "",
        "aliases": [*record.aliases, *(record.synonyms if isinstance(record, Term) else [])],
        "asks": record.asks,
    }


def _excerpt(record: Record) -> str:
    return record.first_line if isinstance(record, Script) else prose.plain(record.summary)
