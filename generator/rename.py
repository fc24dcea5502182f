"""Give a record another name: its file moves, references follow, the old id is kept in `formerly`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path, PurePosixPath

from generator.editing import Draft, Edit, claim
from generator.examine import Checked, examine
from generator.fmt import formatted
from generator.handbook import Handbook, resolve
from generator.kinds.record import Record, leaves
from generator.load import model_of
from generator.marks import Loc
from generator.problems import HandbookError, hint
from generator.settings import Pack, Settings
from generator.source import Data
from generator.values import Ref
from generator.writing import write_all

_PROSE_LINK = re.compile(r"\[\[\s*([a-z0-9/-]+)\s*(?=[\]|])")


def rename(root: Path, old: str, new: str, today: date) -> list[str]:
    """Rename `old` (pack/stem) to `new` everywhere; returns the changed files. No change on any doubt."""
    checked = examine(root, today)
    book, record, stem = _asked(checked, old, new)
    drafts = {path: Draft.read(root, path) for path in book.sources}
    renamed = {path: _renamed(draft, book, record, stem) for path, draft in drafts.items()}
    changed = {path: text for path, text in renamed.items() if text != drafts[path].text}
    target = str(PurePosixPath(record.path).with_stem(stem))
    changed[target] = changed.pop(record.path)
    write_all(root, changed, remove=[record.path])
    worse = Counter(p.rule for p in examine(root, today).problems) - Counter(p.rule for p in checked.problems)
    if worse:
        before = {
            path: draft.text for path, draft in drafts.items() if path in changed or path == record.path
        }
        write_all(root, before, remove=[target])
        raise HandbookError(
            "renaming '{old}' would break [{rules}]; nothing was changed", old=old, rules=", ".join(worse)
        )
    return sorted(changed)


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


def _renamed(draft: Draft, book: Handbook, record: Record, stem: str) -> str:
    """The text of one file with every reference to the record, and the record's own former name."""
    pack = _pack(draft.path)
    expected = deepcopy(draft.source.data)
    edits = []
    for loc in _references(draft, book, record.id):
        edits.append(_reference_edit(draft, loc, record.stem, stem))
        _put(expected, loc, _replaced(_at(expected, loc), record.stem, stem))
    edits += _prose_edits(draft.text, pack, record, stem)
    after = draft.edited(edits)
    expected = _prose_replaced(expected, pack, record, stem)
    if draft.path == record.path:
        expected.setdefault("formerly", []).append(record.stem)
        after = _with_former_name(after, record.stem)
    if after.source.data != expected or after.source.problems:
        raise HandbookError(
            "the references in {path} cannot be changed safely; nothing was changed", path=draft.path
        )
    return after.text


def _references(draft: Draft, book: Handbook, id: str) -> Iterator[Loc]:
    """Where typed references to the record stand in one file."""
    path = Path(draft.path)
    if model_of(path) is Settings:
        yield from _named({("ask_first",): book.settings.ask_first}, id)
    elif model_of(path) is Pack:
        yield from _named({("owner",): book.packs[path.parts[1]].owner}, id)
    else:
        yield from _named(dict(leaves(book[f"{path.parts[1]}/{path.stem}"])), id)


def _named(values: Mapping[Loc, object], id: str) -> Iterator[Loc]:
    return (loc for loc, value in values.items() if type(value) is Ref and value == id)


def _reference_edit(draft: Draft, loc: Loc, old: str, new: str) -> Edit:
    start = draft.value_start(loc)
    match = re.compile(rf"(?<![a-z0-9-]){old}(?![a-z0-9-])").search(
        draft.text, start + _pack_width(draft, start, old)
    )
    if match is None:
        raise HandbookError(
            "the references in {path} cannot be changed safely; nothing was changed", path=draft.path
        )
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
    target, mark, item = written.partition("#")
    pack, slash, _ = target.rpartition("/")
    return f"{pack}{slash}{new}{mark}{item}"
