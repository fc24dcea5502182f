"""What a change of a record touches: who refers to it, whom it concerns, what is made from it."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.kinds.notice import Notice
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.role import Role
from generator.load import STANDARDS
from generator.marks import Loc
from generator.messages import Message, say
from generator.problems import HandbookError, Place, hint

_LABELS = {kind.kind: kind.label for kind in KINDS}
_STATES = {
    "draft": say("draft"),
    "coming": say("coming"),
    "in-force": say("in force"),
    "over": say("over"),
}


class Spot(NamedTuple):
    """A place that has to do with the record, and the record it stands in."""

    kind: str
    id: str
    title: str
    field: str
    place: Place


class Span(NamedTuple):
    """A revision or a notice, and when it counts."""

    id: str
    name: str
    state: str
    first: str
    last: str
    place: Place


class Post(NamedTuple):
    """A role, and the records by which it is concerned."""

    id: str
    title: str
    through: list[str]


@dataclass(frozen=True)
class Impact:
    """Everything to look at before a record is changed; every list is sorted."""

    id: str
    title: str
    revisions: list[Span]
    referrers: list[Spot]
    leads_to: list[Spot]
    tailored: list[Spot]
    notices: list[Span]
    roles: list[Post]
    owners: list[Post]
    unread: list[str]


def impact(book: Handbook, id: str) -> Impact:
    """What a change of the record `id` touches."""
    record = book.get(id)
    if record is None:
        raise HandbookError("no record '{id}'{hint}", id=id, hint=hint(id, book.records))
    links = [link for link in book.links if link.ref == id and link.record.id != id]
    named = [link for link in links if link.loc[0] != "extends"]
    touched = {each.id: each for each in (record, *(link.record for link in links))}
    return Impact(
        id,
        record.title,
        [_span(book, each, str(each.version)) for each in book.revisions[id]],
        _sorted([*(_spot(link.record, link.loc) for link in named), *_settings(book, id)]),
        _sorted(_leads_to(book, id)),
        _sorted(_spot(each, ("extends",)) for each in book.all if each.extends == id),
        sorted(_span(book, each, each.title) for each in book.all if _is_notice_on(each, id)),
        _posts(book, ((role, each.id) for each in touched.values() for role in _concerned(book, each))),
        _posts(book, ((each.owner, each.id) for each in touched.values())),
        sorted(book.unread),
    )


def _spot(record: Record, loc: Loc) -> Spot:
    field = ".".join(str(part) for part in loc if isinstance(part, str))
    return Spot(record.kind, record.id, record.title, field, _place(record, loc))


def _place(record: Record, loc: Loc) -> Place:
    """Where a value stands, whoever takes it over from there."""
    return replace(record.place(*loc), via="")


def _sorted(spots: Iterable[Spot]) -> list[Spot]:
    order = {kind.kind: number for number, kind in enumerate(KINDS)}
    return sorted(set(spots), key=lambda spot: (order.get(spot.kind, -1), spot))


def _settings(book: Handbook, id: str) -> Iterator[Spot]:
    """What refers to the record without being a record itself."""
    if book.settings.ask_first == id:
        name = f"{STANDARDS}/handbook.yml"
        yield Spot("", name, book.settings.organisation, "ask_first", book.sources[name].place("ask_first"))
    for key, pack in book.packs.items():
        name = f"{STANDARDS}/{key}/pack.yml"
        for field in ("owner", "ask_first"):
            if getattr(pack, field) == id:
                yield Spot("", name, pack.title, field, book.sources[name].place(field))


def _leads_to(book: Handbook, id: str) -> Iterator[Spot]:
    """What the record itself refers to, except posts and where it comes from."""
    for record, loc, ref in book.links:
        target = book.get(ref)
        if record.id == id and target and target.id != id and not isinstance(target, (Role, Reference)):
            yield Spot(target.kind, target.id, target.title, str(loc[0]), _place(record, loc))


def _is_notice_on(record: Record, id: str) -> bool:
    return isinstance(record, Notice) and id in (*(o.record for o in record.overrides), *record.touches)


def _span(book: Handbook, record: Record, name: str) -> Span:
    last = record.ends.isoformat() if record.ends else ""
    return Span(record.id, name, book.state(record), record.effective.isoformat(), last, record.place())


def _concerned(book: Handbook, record: Record) -> list[str]:
    """The roles that work by a record; a role that refers to it does."""
    return [record.id] if isinstance(record, Role) else [role.id for role in book.roles_of(record)]


def _posts(book: Handbook, pairs: Iterable[tuple[str, str]]) -> list[Post]:
    found: dict[str, set[str]] = defaultdict(set)
    for role, through in pairs:
        found[role].add(through)
    known = {id: book.get(id) for id in found}
    return [Post(id, role.title if role else id, sorted(found[id])) for id, role in sorted(known.items())]


def as_json(found: Impact, language: str) -> str:
    """For programs: every list with its places."""
    return json.dumps(_data(found), ensure_ascii=False, indent=2) + "\n"


def _data(value: Any) -> Any:
    if isinstance(value, Place):
        return {"path": value.path, "line": value.line, "column": value.column}
    if isinstance(value, Impact):
        return {name: _data(part) for name, part in vars(value).items()}
    if isinstance(value, tuple):
        return {name: _data(part) for name, part in value._asdict().items()}  # type: ignore[attr-defined]
    return [_data(part) for part in value] if isinstance(value, list) else value


def as_text(found: Impact, language: str) -> str:
    """For people: group by group, each line with what to look at and where it stands."""
    lines = [f"{found.id}  {found.title}"]
    for heading, rows in _groups(found, language):
        if rows:
            lines += ["", f"{heading.in_language(language)} ({len(rows)})", *(f"  {row}" for row in rows)]
    if found.unread:
        message = say("not looked at, since they cannot be read: {ids}", ids=", ".join(found.unread))
        lines += ["", message.in_language(language)]
    return "".join(f"{line}\n" for line in lines)


def _groups(found: Impact, language: str) -> Iterator[tuple[Message, list[str]]]:
    yield say("Revisions"), [_of_span(span, language) for span in found.revisions]
    for kind in dict.fromkeys(spot.kind for spot in found.referrers):
        label = _LABELS.get(kind, say("settings"))
        rows = [_of_spot(spot) for spot in found.referrers if spot.kind == kind]
        yield say("Refers to it: {kind}", kind=label), rows
    yield say("It refers to"), [_of_spot(spot) for spot in found.leads_to]
    yield say("Tailored from it"), [_of_spot(spot) for spot in found.tailored]
    yield say("Notices that change it or stand on its page"), [_of_span(s, language) for s in found.notices]
    yield say("Roles that work by it"), [_of_post(post) for post in found.roles]
    yield say("Who answers for what is touched"), [_of_post(post) for post in found.owners]


def _of_spot(spot: Spot) -> str:
    return f"{spot.place}: {spot.id}  {spot.title}  [{spot.field}]"


def _of_span(span: Span, language: str) -> str:
    state = _STATES[span.state].in_language(language)
    return f"{span.place}: {span.id}  {span.name}  {state}  {span.first} .. {span.last}".rstrip()


def _of_post(post: Post) -> str:
    return f"{post.id}  {post.title}  ({', '.join(post.through)})"


FORMATS: dict[str, Callable[[Impact, str], str]] = {"text": as_text, "json": as_json}
