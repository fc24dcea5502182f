"""What the site offers to machines: handbook.json, the feed of changes, the reviews."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from generator.handbook import Handbook
from generator.kinds.record import Record
from generator.messages import tell
from generator.overviews import Due, Noted, changes, reviews
from generator.pages import is_internal
from generator.periods import FOR_EVER

FORMAT = 1


def handbook_json(book: Handbook) -> str:
    """All published records, their identity, state, sources and references; format documented in README."""
    head = {
        "format": FORMAT,
        "organisation": book.settings.organisation,
        "publication": book.settings.publish,
        "language": book.language,
        "as_of": book.today.isoformat(),
    }
    records = ",\n".join(_line(_entry(book, record)) for record in book.shown)
    return f'{_line(head)[:-1]}, "records": [\n{records}\n]}}\n'


def _line(data: dict[str, Any]) -> str:
    """One record to a line: quick to write, and a line-by-line comparison names the records that differ."""
    return json.dumps(data, ensure_ascii=False)


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


def feeds(book: Handbook) -> dict[str, str]:
    """File -> text: what people subscribe to. Whose review is due is for people at work only."""
    found = {}
    noted = [row.told for row in changes(book) if isinstance(row.of, str)]
    if noted:
        found["changes.xml"] = changes_feed(book, noted)
    if is_internal(book):
        due = [row.told for row in reviews(book) if isinstance(row.told, Due)]
        found["reviews.ics"] = review_calendar(book, due)
    return found


def changes_feed(book: Handbook, noted: list[Noted]) -> str:
    """The changes as an Atom feed (RFC 4287); addresses are relative to the feed's own."""
    title = book.settings.publications[book.settings.publish].title
    entries = "".join(_atom_entry(book, each) for each in noted)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_urn(book, 'changes')}</id>\n<title>{_xml(tell('{title}：改了什么', title=title))}</title>\n"
        f"<updated>{max(each.day for each in noted)}T00:00:00Z</updated>\n"
        f"<author><name>{_xml(book.settings.organisation)}</name></author>\n"
        f'<link rel="self" href="changes.xml"/>\n<link href="changes/"/>\n{entries}</feed>\n'
    )


def _atom_entry(book: Handbook, noted: Noted) -> str:
    record, version = noted.record, noted.change.version
    return (
        f"<entry>\n<id>{_urn(book, f'{_first_id(record)}@{version}')}</id>\n"
        f"<title>{_xml(f'{record.title} {version}')}</title>\n<updated>{noted.day}T00:00:00Z</updated>\n"
        f"<link href={quoteattr(record.url)}/>\n<summary>{_xml(noted.change.note)}</summary>\n</entry>\n"
    )


def review_calendar(book: Handbook, due: list[Due]) -> str:
    """The days by which records must be reviewed, as a calendar (RFC 5545) with the owner as category."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//handbook//reviews//ZH", "CALSCALE:GREGORIAN"]
    for each in due:
        lines += _event(book, each.record)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(book: Handbook, record: Record) -> Iterator[str]:
    """One day; its stamp is when the record was last reviewed or came into force, not when it was built."""
    owner = book.get(record.owner)
    touched = record.reviewed.on if record.reviewed else record.effective
    yield "BEGIN:VEVENT"
    yield f"UID:{_urn(book, _first_id(record)).removeprefix('urn:uuid:')}@handbook"
    yield f"DTSTAMP:{touched:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{record.review_by:%Y%m%d}"
    yield f"SUMMARY:{_ics(tell('复审：{title}', title=record.title))}"
    yield f"DESCRIPTION:{_ics(' '.join(filter(None, [record.code, str(record.version), record.url])))}"
    if owner:
        yield f"CATEGORIES:{_ics(owner.title)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _first_id(record: Record) -> str:
    """The id a record had first, which it keeps for those who know it by that."""
    return f"{record.pack}/{record.formerly[0]}" if record.formerly else record.id


def _urn(book: Handbook, name: str) -> str:
    """A name for ever, the same in every build of a publication."""
    return uuid5(NAMESPACE_URL, f"{book.settings.organisation}/{book.settings.publish}/{name}").urn


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _ics(text: str) -> str:
    """A text value; controls other than line breaks have no place in one."""
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, cut between characters."""
    if len(line.encode()) <= 75:
        return line
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece])
