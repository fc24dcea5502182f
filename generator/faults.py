"""Wrong values in words that people understand: the place, the norm, what was found, the way out."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.limits import EXAMPLES
from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import Problem, hint
from generator.source import Source
from generator.values import MAX_SLUG, Strict, block_of


def value_problems(
    model: type[BaseModel], source: Source, errors: Iterable[ErrorDetails]
) -> Iterator[Problem]:
    faulty = {fault.place for fault in source.problems}
    emptied = {fault.place.line for fault in source.problems if fault.rule == "empty-value"}
    for error in errors:
        loc = tuple(
            part
            for part in error["loc"]
            if part not in ("none", "limit") or part in _keys(source, error["loc"])
        )
        unknown_or_missing = error["type"] in ("extra_forbidden", "missing")
        place = source.key_place(*loc) if unknown_or_missing else source.place(*loc)
        if place in faulty and error["type"] != "missing":
            continue
        if error["type"] == "missing" and emptied and source.holds(*loc):
            continue
        yield Problem(place, "wrong-value", value_message(model, loc, error))


def _keys(source: Source, loc: tuple[int | str, ...]) -> set[str | int]:
    """The parts of `loc` that are keys in the file, and not names of a union's forms."""
    kept: Loc = ()
    for part in loc:
        if source.holds(*kept, part):
            kept = (*kept, part)
    return set(kept)


def value_message(model: type[BaseModel], loc: Loc, error: ErrorDetails) -> Message:
    """What is wrong with one value, in words."""
    found = _shown(error.get("ctx", {}).get("found", error["input"]))
    key = _key_name(loc)
    match error["type"]:
        case "missing":
            return say("key '{key}' is missing", key=key)
        case "extra_forbidden":
            fields = _fields(model, loc)
            return say("unknown key '{key}'{hint}", key=key, hint=hint(str(key), fields))
        case "literal_error" | "enum":
            choices = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
            return say(
                "'{key}' must be one of {choices}: got '{found}'{hint}",
                key=key,
                choices=", ".join(choices),
                found=found,
                hint=hint(found, choices),
            )
    template = _TEMPLATES.get(error["type"])
    if template is None:
        return say("'{key}': {problem}: got '{found}'", key=key, problem=error["msg"], found=found)
    message = say(template, key=key, found=found, **_extra(error))
    why = error["ctx"].get("why") if error["type"] == "limit" else None
    return say("{message}; {why}", message=message, why=say(why)) if why else message


def _key_name(loc: Loc) -> object:
    """The key as written; for a list entry, the list's key with the entry's number."""
    if loc and isinstance(loc[-1], int):
        return f"{next((part for part in reversed(loc) if isinstance(part, str)), '')} ({loc[-1] + 1})"
    return loc[-1] if loc else ""


def _extra(error: ErrorDetails) -> dict[str, object]:
    if error["type"] == "limit":
        return {"examples": EXAMPLES}
    if error["type"] == "limit_form":
        return {"form": _FORMS[error["ctx"]["form"]]}
    if error["type"] == "slug":
        return {"max": MAX_SLUG}
    if "plain" in error.get("ctx", {}):
        return {"plain": error["ctx"]["plain"]}
    return {}


_TEMPLATES = {
    "text": "'{key}' must be text: got a list or a block",
    "text_empty": "'{key}' must not be empty",
    "slug": "'{key}' must be lower-case letters, digits and hyphens, {max} at most: got '{found}'",
    "ref": "'{key}' must be an id such as check-in or hotel/check-in: got '{found}'",
    "item_ref": "'{key}' must be an id with its clause, such as check-in#greeting: got '{found}'",
    "base_ref": "'{key}' must be an id with its MAJOR, such as common/phone-answering@2: got '{found}'",
    "date": "'{key}' must be a date such as 2026-12-01: got '{found}'",
    "date_unreal": "'{key}' must be a day that exists: got '{found}'",
    "version": "'{key}' must be a version such as 2.0: got '{found}'",
    "flag": "'{key}' must be true or false: got '{found}'",
    "whole": "'{key}' must be a whole number in plain digits: got '{found}'",
    "step_number": "'{key}' must be a step from 1 to 8: got '{found}'",
    "number": "'{key}' must be a number in plain digits: got '{found}'",
    "address": "'{key}' must be a https, http or mailto address: got '{found}'",
    "phone": "'{key}' must be a telephone number in plain digits: got '{found}'",
    "figure_file": "'{key}' must be the name of an image in figures/, without a folder: got '{found}'",
    "limit": "'{key}' must be a limit such as {examples}: got '{found}'",
    "limit_form": "'{key}' must be {form}: got '{found}'",
    "span": "'{key}' must be a period such as 2026, 2026-Q3, 2026-10, 2026-W41 or 2026-10-05: got '{found}'",
    "span_unreal": "'{key}' must be a period that exists: got '{found}'",
    "plain_day": "'{key}' must be in plain form: got '{found}'; write {plain}, "
    "and keep spreadsheets from changing it",
    "amount": "'{key}' must be a number in plain digits, 12 before the point and 6 after it at most: "
    "got '{found}'",
    "count": "'{key}' must be a whole number in plain digits, 12 at most: got '{found}'",
    "percent_sign": "'{key}' must be a number without a percent sign: got '{found}'; write {plain}",
    "grouped_digits": "'{key}' must be a number without separators: got '{found}'; write {plain}",
    "plain_form": "'{key}' must be a number in plain digits: got '{found}'; write {plain}",
    "list_type": "'{key}' must be a list, one '- ' line per entry: got '{found}'",
    "model_type": "'{key}' must be a block of keys: got '{found}'",
    "model_attributes_type": "'{key}' must be a block of keys: got '{found}'",
    "dict_type": "'{key}' must be a block of keys: got '{found}'",
}


_FORMS = {
    "bound": say("an amount such as <= 3 min"),
    "band": say("a range such as 2..5 min"),
    "grade": say("a grade such as grade A"),
    "window": say("hours such as Mon-Sun 08:00-18:00"),
    "season": say("months such as Apr-May"),
    "presence": say("the word present"),
}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:3]) + "}"
    text = "[" + ", ".join(map(str, value[:3])) + "]" if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _fields(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys known at the block that holds `loc`."""
    current: Any = model
    for part in loc[:-1]:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, BaseModel):
            current = (
                block_of(current.model_fields[part].annotation) if part in current.model_fields else None
            )
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, Strict) else []
