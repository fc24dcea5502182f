"""Give a record another name: its file moves, references follow, the old id is kept in `formerly`."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path, PurePosixPath

from generator.editing import Draft, Edit, claim, write_sound
from generator.examine import Checked, examine
from generator.fmt import formatted
from generator.handbook import Handbook
from generator.kinds.notice import Notice
from generator.kinds.record import Record, leaves
from generator.load import STANDARDS, model_of
from generator.marks import Loc
from generator.notices import laid_over
from generator.overlay import Overlaid
from generator.problems import HandbookError, Place, hint
from generator.source import Data
from generator.values import Ref, resolve

_PROSE_LINK = re.compile(r"\[\[\s*([a-z0-9/-]+)\s*(?=[\]|])")


def rename(root: Path, old: str, new: str, today: date) -> list[str]:
    """Rename `old` (pack/stem) to `new` everywhere; returns the changed files. No change on any doubt."""
    checked = examine(root, today)
    book, record, stem = _asked(checked, old, new)
    moved = {each.path: _moved(each.path, stem) for each in book.revisions[record.id]}
    places = _places(book, record.id)
    changed = {}
    for path in book.sources:
        draft = Draft.read(root, path)
        text = _renamed(draft, places.get(path, set()), record, stem, path in moved)
        if text != draft.text:
            changed[moved.get(path, path)] = text
    changed |= dict(_tables(root, book, record, stem))
    broken = write_sound(root, checked, today, changed, remove=moved)
    if broken:
        raise HandbookError(
            "renaming '{old}' would break [{rules}]; nothing was changed", old=old, rules=", ".join(broken)
        )
    return sorted(changed)


def _moved(path: str, stem: str) -> str:
    """Where a file of the record goes: `stem.yml`, or `stem@2.yml` for a revision that is kept."""
    file = PurePosixPath(path)
    _, mark, major = file.stem.partition("@")
    return str(file.with_stem(f"{stem}{mark}{major}"))


def _asked(checked: Checked, old: str, new: str) -> tuple[Handbook, Record, str]:
    """The graph, the record to rename and its new name; refuses what cannot be done safely."""
    book = checked.book
    if book is None or book.unread or checked.loaded.problems:
        raise HandbookError("some files cannot be read; mend what 'handbook check' reports first")
    record = book.get(old)
    if record is None:
        raise HandbookError("no record '{id}'{hint}", id=old, hint=hint(old, book.records))
    pack, slash, stem = new.rpartition("/")
    if slash and pack != record.pack:
        raise HandbookError(
            "a record stays in its pack: '{new}' is not in '{pack}'", new=new, pack=record.pack
        )
    claim(checked.loaded, record.pack, stem)
    return book, record, stem


def _renamed(draft: Draft, places: Collection[Loc], record: Record, stem: str, is_own: bool) -> str:
    """The text of one file with every reference to the record, and the record's own former name."""
    pack = _pack(draft.path)
    expected = deepcopy(draft.source.data)
    edits = []
    for loc in places:
        edits.append(_reference_edit(draft, loc, record.stem, stem))
        _put(expected, loc, _replaced(_at(expected, loc), record.stem, stem))
    edits += _prose_edits(draft.text, pack, record, stem)
    after = draft.edited(edits)
    expected = _prose_replaced(expected, pack, record, stem)
    if is_own:
        expected.setdefault("formerly", []).append(record.stem)
        after = _with_former_name(after, record.stem)
    if after.source.data != expected or after.source.problems:
        raise draft.doubt()
    return after.text


def _places(book: Handbook, id: str) -> dict[str, set[Loc]]:
    """File -> where typed references to the record are written in it."""
    found: dict[str, set[Loc]] = defaultdict(set)
    for path, loc, value in _written(book):
        if type(value) is Ref and value == id:
            found[path].add(loc)
    return found


def _written(book: Handbook) -> Iterator[tuple[str, Loc, object]]:
    """Every single value with the file that wrote it and the place there, also of what notices override."""
    yield f"{STANDARDS}/handbook.yml", ("ask_first",), book.settings.ask_first
    for name, pack in book.packs.items():
        yield f"{STANDARDS}/{name}/pack.yml", ("owner",), pack.owner
        yield f"{STANDARDS}/{name}/pack.yml", ("ask_first",), pack.ask_first
    for record in (*book.all, *_overridden(book)):
        for loc, value in leaves(record):
            source, inner = record.source.origin(loc)
            while isinstance(source, Overlaid):
                source, inner = source.origin(inner)
            yield source.path, inner, value


def _overridden(book: Handbook) -> Iterator[Record]:
    """What all notices, those that are over too, make of what they override."""
    for notice in (record for record in book.all if isinstance(record, Notice)):
        for index, override in enumerate(notice.overrides):
            for target in book.revisions.get(override.record, ()):
                laid = laid_over(notice, index, target)
                if laid.record:
                    yield laid.record


def _tables(root: Path, book: Handbook, record: Record, stem: str) -> Iterator[tuple[str, str]]:
    """The tables whose cells name the record, each with its new text."""
    found: dict[str, set[Place]] = defaultdict(set)
    for row in book.rows:
        for column, value in row.cells():
            if type(value) is Ref and value == record.id:
                found[row.place(column).path].add(row.place(column))
    cell = re.compile(rf"\"?\s*(?:[a-z0-9-]+/)?({record.stem})(?![a-z0-9-])")
    for path, places in found.items():
        parts = re.split("(\r\n|\r|\n)", (root / path).read_bytes().decode("utf-8"))
        for place in sorted(places, reverse=True):
            line = parts[2 * place.line - 2]
            match = cell.match(line, place.column - 1)
            if match is None:
                raise HandbookError("{path} cannot be changed safely; nothing was changed", path=path)
            parts[2 * place.line - 2] = line[: match.start(1)] + stem + line[match.end(1) :]
        yield path, "".join(parts)


def _reference_edit(draft: Draft, loc: Loc, old: str, new: str) -> Edit:
    start = draft.value_start(loc)
    match = re.compile(rf"(?<![a-z0-9-]){old}(?![a-z0-9-])").search(
        draft.text, start + _pack_width(draft, start, old)
    )
    if match is None:
        raise draft.doubt()
    return Edit(match.start(), match.end(), new)


def _pack_width(draft: Draft, start: int, old: str) -> int:
    """A pack may bear the record's own name: the part before the slash is passed over."""
    match = re.compile(r"[\s'\"]*[a-z0-9-]+/").match(draft.text, start)
    return match.end() - start if match else 0


def _prose_edits(text: str, pack: str, record: Record, stem: str) -> Iterator[Edit]:
    for match in _PROSE_LINK.finditer(text):
        if resolve(match[1], pack) == record.id:
            yield Edit(match.end(1) - len(record.stem), match.end(1), stem)


def _prose_replaced(data: Data, pack: str, record: Record, stem: str) -> Data:
    if isinstance(data, dict):
        return {key: _prose_replaced(value, pack, record, stem) for key, value in data.items()}
    if isinstance(data, list):
        return [_prose_replaced(value, pack, record, stem) for value in data]
    text: str = data
    for edit in sorted(_prose_edits(text, pack, record, stem), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _with_former_name(draft: Draft, old: str) -> Draft:
    former = draft.source.data.get("formerly", [])
    if former:
        start = draft.value_start(("formerly", len(former) - 1))
        line = draft.text[draft.text.rfind("\n", 0, start) + 1 : start]
        is_block = line.strip() == "-"
        end = draft.line_end(start) if is_block else draft.text.index("]", start)
        return draft.edited([Edit(end, end, f"{draft.line_break}{line}{old}" if is_block else f", {old}")])
    end = len(draft.text)
    gap = "" if draft.text.endswith("\n") else draft.line_break
    added = draft.edited([Edit(end, end, f"{gap}formerly: [{old}]{draft.line_break}")])
    model = model_of(Path(draft.path))
    tidy = formatted(draft.path, added.text, model) if model else None
    return Draft(draft.path, tidy) if tidy else added


def _pack(path: str) -> str:
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else "common"


def _at(data: Data, loc: Loc) -> Data:
    for part in loc:
        data = data[part]
    return data


def _put(data: Data, loc: Loc, value: Data) -> None:
    _at(data, loc[:-1])[loc[-1]] = value


def _replaced(written: str, old: str, new: str) -> str:
    pack, slash, name = written.rpartition("/")
    return f"{pack}{slash}{new}{name.removeprefix(old)}"
