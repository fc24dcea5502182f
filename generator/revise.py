"""The next MAJOR of a record: the one in force is kept under its own name, the newest opened for change."""

from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.editing import Draft, Edit, write_sound
from generator.examine import Checked, examine
from generator.handbook import Handbook
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.new import TO_WRITE
from generator.problems import HandbookError, Level, hint
from generator.source import Data
from generator.values import Version

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_NO_LONGER = ("approved", "reviewed")
"""What was done to the older MAJOR, and has to be done anew."""
_BELOW_CHANGES = ("formerly", "waivers", "body")


class Revised(NamedTuple):
    """What revising brought: the file to change, the file that keeps the older MAJOR, and both versions."""

    path: str
    kept: str
    old: Version
    new: Version
    effective: date


class _Plan(NamedTuple):
    """What the newest file gets."""

    record: Record
    version: Version
    effective: date
    review_by: date
    ends: date | None
    today: date


def revise(root: Path, id: str, today: date, effective: date | None = None) -> Revised:
    """Begin the next MAJOR of `id`, in force from `effective` on. No change on any doubt."""
    checked = examine(root, today)
    book, record = _asked(checked, id)
    plan = _planned(book, record, effective)
    draft = Draft.read(root, record.path)
    path = PurePosixPath(record.path)
    kept = str(path.with_stem(f"{record.stem}@{record.version.major}"))
    if (root / kept).exists():
        raise HandbookError("{path} exists already; nothing was changed", path=kept)
    broken = write_sound(root, checked, today, {kept: draft.text, record.path: _opened(draft, plan)})
    if broken:
        raise HandbookError(
            "revising '{id}' would break [{rules}]; nothing was changed", id=id, rules=", ".join(broken)
        )
    return Revised(record.path, kept, record.version, plan.version, plan.effective)


def _asked(checked: Checked, id: str) -> tuple[Handbook, Record]:
    """The graph and the newest revision; refuses what cannot be revised safely."""
    book = checked.book
    if book is None:
        raise HandbookError("the handbook cannot be read; run 'handbook check'")
    revisions = book.revisions.get(id)
    if revisions is None and id not in checked.loaded.unread:
        raise HandbookError("no record '{id}'{hint}", id=id, hint=hint(id, book.revisions))
    record = next((record for record in revisions or () if not record.kept), None)
    paths = {revision.path for revision in revisions or ()}
    errors = [problem.place for problem in checked.problems if problem.level is Level.ERROR]
    faulty = any(place.path in paths or place.via in paths for place in errors)
    if record is None or faulty or id in checked.loaded.unread:
        raise HandbookError("'{id}' has errors; mend first what 'handbook check' reports", id=id)
    if record.status == "draft":
        raise HandbookError(
            "'{id}' {version} is still a draft; change {path} as it stands",
            id=id,
            version=record.version,
            path=record.path,
        )
    return book, record


def _planned(book: Handbook, record: Record, asked: date | None) -> _Plan:
    lead = book.today + _DAY * (book.settings.lead_days + 1)
    day = asked or max(lead, record.effective + _DAY)
    if day <= record.effective:
        raise HandbookError(
            "the new MAJOR must come into force after the one before it, on {before}: got {day}",
            before=record.effective,
            day=day,
        )
    ends = None
    if isinstance(record, Notice) and record.ends:
        # A notice always ends; one that is moved lasts as long as before.
        ends = record.ends if record.ends >= day else day + (record.ends - record.effective)
    review_by = record.review_by if record.review_by > day else day + _YEAR
    return _Plan(record, Version(record.version.major + 1, 0), day, review_by, ends, book.today)


def _opened(draft: Draft, plan: _Plan) -> str:
    """The text of the newest file as a draft of the next MAJOR; comments and order stay."""
    data = draft.source.data
    words = {
        "status": "draft",
        "version": str(plan.version),
        "effective": plan.effective.isoformat(),
        "review_by": plan.review_by.isoformat(),
    }
    words |= {"ends": plan.ends.isoformat()} if plan.ends else {}
    gone = [key for key in (*_NO_LONGER, "ends") if key in data and key not in words]
    edits = [draft.token((key,), text) for key, text in words.items() if data[key] != text]
    edits += [Edit(*draft.span(key), "") for key in gone]
    note = {"version": str(plan.version), "on": plan.today.isoformat(), "note": TO_WRITE}
    after = draft.edited([*edits, _noted(draft, note)])
    expected = deepcopy(data) | words
    expected["changes"] = [note, *data.get("changes", [])]
    for key in gone:
        del expected[key]
    if after.source.problems or after.source.data != expected:
        raise draft.doubt()
    return after.text


def _noted(draft: Draft, note: dict[str, str]) -> Edit:
    """The edit that puts a change note above the others."""
    lines = [f"{key}: {value}" for key, value in note.items()]
    notes: list[Data] = draft.source.data.get("changes", [])
    if "changes" not in draft.source.data:
        start = _end_of_others(draft)
        gap = draft.line_break if start and not draft.text[:start].endswith(("\n", "\r")) else ""
        return Edit(start, start, gap + _block(["changes:", *_entry(lines, "  ")], draft))
    start, end = draft.span("changes")
    first = draft.text.find("[", start, draft.line_end(start))
    if not notes or draft.value_start(("changes",)) == first:
        return Edit(first + 1, first + 1, f"{{ {', '.join(lines)} }}{', ' if notes else ''}")
    begin = draft.line_end(start) + len(draft.line_break)
    dash = next((line for line in draft.text[begin:end].splitlines() if line.lstrip().startswith("-")), None)
    if dash is None:
        raise draft.doubt()
    indent = dash[: len(dash) - len(dash.lstrip())]
    return Edit(begin, begin, _block(_entry(lines, indent), draft))


def _end_of_others(draft: Draft) -> int:
    """Where the change notes belong: above what stands below them in every record."""
    below = [draft.span(key)[0] for key in _BELOW_CHANGES if key in draft.source.data]
    return min(below, default=len(draft.text))


def _entry(lines: list[str], indent: str) -> list[str]:
    return [f"{indent}{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _block(lines: list[str], draft: Draft) -> str:
    return "".join(f"{line}{draft.line_break}" for line in lines)
