"""A new record: a well-formed file that says, key by key, what to write."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from generator.editing import claim
from generator.kinds import BY_NAME
from generator.kinds.notice import Notice
from generator.kinds.parts import Target
from generator.kinds.routine import Routine
from generator.limits import Bound, Limit, Window
from generator.load import STANDARDS, load
from generator.messages import catalogue
from generator.problems import HandbookError
from generator.source import parse
from generator.values import (
    Date,
    Flag,
    Number,
    Phone,
    ProseText,
    RoleRef,
    Slug,
    StepNumber,
    Strict,
    Text,
    To,
    VersionText,
    Whole,
)
from generator.writing import write_all

TO_WRITE = "待填写"
_UNKNOWN = "to-be-written"
_YEAR = timedelta(days=365)
_WEEK = timedelta(days=7)


def new(root: Path, kind: str, id: str, title: str, today: date) -> str:
    """Write the file of a new record; returns its path."""
    loaded = load(root)
    pack, slash, stem = id.partition("/")
    if not slash:
        raise HandbookError("the id must be pack/name, such as hotel/check-in: got '{id}'", id=id)
    claim(loaded, pack, stem)
    owner = loaded.packs[pack].owner
    owner_written = owner.stem if owner.pack == pack else str(owner)
    path = f"{STANDARDS}/{pack}/{BY_NAME[kind].folder}/{stem}.yml"
    shifts = loaded.settings.shifts if loaded.settings else {}
    text = text_of(kind, pack, title, owner_written, today, next(iter(shifts), None))
    write_all(root, {path: text})
    return path


def text_of(kind: str, pack: str, title: str, owner: str, today: date, shift: str | None = None) -> str:
    """The text of a new record's file; `shift` is one that handbook.yml declares."""
    given = {
        "title": _scalar(title),
        "effective": today.isoformat(),
        "review_by": (today + _YEAR).isoformat(),
    }
    if kind == Notice.kind:
        given["ends"] = (today + _WEEK).isoformat()
    if kind == Routine.kind and shift:
        given["shift"] = shift
    lines = _Writer(owner, pack, today).lines(BY_NAME[kind], given)
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes required keys with defaults; each line ends with what its key is for."""

    def __init__(self, owner: str, pack: str, today: date) -> None:
        self.samples: dict[Any, str] = {
            Text: TO_WRITE,
            ProseText: TO_WRITE,
            Slug: pack,
            Date: today.isoformat(),
            VersionText: "1.0",
            Flag: "false",
            Whole: "0",
            StepNumber: "1",
            Number: "1",
            Phone: "000",
            RoleRef: owner,
            Target: "none",
            Limit: "present",
            Bound: "<= 1 min",
            Window: "Mon-Sun 00:00-24:00",
        }

    def lines(self, model: type[Strict], given: dict[str, str]) -> list[str]:
        """The block's required keys and those given, one or more lines each."""
        hints = get_type_hints(model, include_extras=True)
        lines: list[str] = []
        for name, field in model.model_fields.items():
            if field.is_required() or name in given:
                key = f"{name}: {given[name]}" if name in given else f"{name}:"
                value = [] if name in given else self._value(hints[name], name)
                if len(value) == 1 and not value[0].startswith(("-", " ")):
                    key, value = f"{key} {value[0]}", []
                lines += [f"{key}{_comment(field.description)}", *value]
        return lines

    def _value(self, annotation: Any, name: str) -> list[str]:
        """One line for a single value, or the lines of a block or a list, indented below the key."""
        if name == "id":
            return ["item-1"]
        if annotation in self.samples:
            return [self.samples[annotation]]
        if get_origin(annotation) is list:
            first, *rest = self._item(get_args(annotation)[0])
            return [f"  - {first}", *(f"    {line}" for line in rest)]
        if get_origin(annotation) is Literal:
            return [str(get_args(annotation)[0])]
        if isinstance(annotation, type) and issubclass(annotation, Strict):
            return [f"  {line}" for line in self.lines(annotation, {})]
        target = next(part for part in get_args(annotation) if isinstance(part, To))
        return [f"{_UNKNOWN}#item-1" if target.item == "required" else _UNKNOWN]

    def _item(self, annotation: Any) -> list[str]:
        if isinstance(annotation, type) and issubclass(annotation, Strict):
            return self.lines(annotation, {})
        return self._value(annotation, "")


def _comment(description: str | None) -> str:
    text = catalogue("zh").get(description or "", description or "")
    return f"  # {text}" if text else ""


def _scalar(text: str) -> str:
    """The text as a YAML value on one line."""
    folded = " ".join(text.split())
    if not folded:
        raise HandbookError("the title must not be empty")
    plain = parse("", f"title: {folded}")
    is_plain = not plain.problems and plain.data == {"title": folded}
    return folded if is_plain else json.dumps(folded, ensure_ascii=False)
