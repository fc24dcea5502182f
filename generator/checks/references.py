"""References: every id that is named exists, is of the right kind, may be shown and leads somewhere."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from generator import prose
from generator.checks.engine import Finding, check
from generator.handbook import Handbook, Link
from generator.kinds import BY_NAME
from generator.kinds.classification import Classification
from generator.kinds.parts import Visibility
from generator.kinds.procedure import Procedure
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.kinds.role import Role
from generator.messages import Message, say
from generator.problems import hint, nearest
from generator.source import Loc
from generator.values import Ref, Strict

CEILINGS: tuple[Visibility, ...] = ("public", "internal", "restricted")


@check(waivable=False)
def unknown_reference(book: Handbook) -> Iterator[Finding]:
    """A reference must name a record that exists, by its id, in its pack.

    A reader who follows it would find nothing. A bare id means the same pack; a record of another pack is
    named with its pack.

    Bad:

        owner: front-office-manger

    Good:

        owner: front-office-manager
    """
    told: dict[tuple[str, str, tuple[str, ...]], Message] = {}
    for link in book.links:
        if link.ref not in book.records and link.ref not in book.unread:
            key = (link.record.pack, link.ref, link.ref.kinds)
            if key not in told:
                told[key] = _unknown(book, link)
            yield link.record.place(*link.loc), told[key]


def _unknown(book: Handbook, link: Link) -> Message:
    ref = link.ref
    written = ref.stem if ref.pack == link.record.pack else str(ref)
    word = _kind_words(ref.kinds)
    elsewhere = [id for id in book.records if id.endswith(f"/{ref.stem}") and _fits(book[id], ref)]
    if elsewhere:
        found = ", ".join(elsewhere)
        return say("no {kind} '{id}' in this pack; write '{found}'", kind=word, id=written, found=found)
    near = _nearest_id(book, link)
    if near:
        return say("no {kind} '{id}'; did you mean '{near}'?", kind=word, id=written, near=near)
    return say("no {kind} '{id}'", kind=word, id=written)


def _nearest_id(book: Handbook, link: Link) -> str | None:
    """By name only: the packs' names would make everything in one pack look alike."""
    fitting = [record for record in book.records.values() if _fits(record, link.ref)]
    own = {record.stem: record.id for record in fitting if record.pack == link.ref.pack}
    other = {record.stem: record.id for record in fitting}
    stem = nearest(link.ref.stem, own) or nearest(link.ref.stem, other)
    if stem is None:
        return None
    return stem if stem in own and link.ref.pack == link.record.pack else own.get(stem, other[stem])


def _fits(record: Record, ref: Ref) -> bool:
    return not ref.kinds or record.kind in ref.kinds


def _kind_words(kinds: Iterable[str]) -> Message:
    labels = [BY_NAME[kind].label for kind in kinds]
    if not labels:
        return say("record")
    if len(labels) == 1:
        return labels[0]
    return say(
        " / ".join(f"{{k{index}}}" for index in range(len(labels))),
        **{f"k{i}": k for i, k in enumerate(labels)},
    )


@check(waivable=False)
def wrong_kind(book: Handbook) -> Iterator[Finding]:
    """A reference must name a record of the kind its field is for.

    A script where a procedure is expected leaves the reader with words and no steps.

    Bad:

        owner: check-in-greeting

    Good:

        owner: front-office-manager
    """
    for record, loc, ref in book.links:
        target = book.get(ref)
        if target and not _fits(target, ref):
            yield (
                record.place(*loc),
                say(
                    "'{key}' must name a {expected}: '{id}' is a {found}",
                    key=_field(loc),
                    expected=_kind_words(ref.kinds),
                    id=ref,
                    found=target.label,
                ),
            )


@check(waivable=False)
def withdrawn_reference(book: Handbook) -> Iterator[Finding]:
    """A record in force must not lead to one that is a draft or withdrawn.

    Readers only get approved records; the link would lead nowhere.

    Bad:

        script: old-greeting      # status: withdrawn

    Good:

        script: check-in-greeting # status: approved
    """
    for record, loc, ref in book.links:
        target = book.get(ref)
        if target and record.status == "approved" and target.status != "approved":
            message = say(
                "'{id}' is {status} ({place})",
                id=ref,
                status=say(target.status),
                place=target.place("status"),
            )
            yield record.place(*loc), message


@check(waivable=False)
def hidden_reference(book: Handbook) -> Iterator[Finding]:
    """A record must not lead to one that its readers may not see.

    A reader of a public page who follows the link would need a page that is not there.

    Bad:

        visibility: public
        related: [media-crisis]   # visibility: restricted

    Good:

        visibility: internal
    """
    heights = {record.id: CEILINGS.index(book.visibility(record)) for record in book.records.values()}
    for record, loc, ref in book.links:
        own, other = heights[record.id], heights.get(ref, 0)
        if other > own and loc[0] not in ("owner", "author", "reviewer", "approved", "reviewed"):
            message = say(
                "'{id}' is {other}, this record is {own}",
                id=ref,
                other=say(CEILINGS[other]),
                own=say(CEILINGS[own]),
            )
            yield record.place(*loc), message


@check(waivable=False)
def above_publication(book: Handbook) -> Iterator[Finding]:
    """A record must not be more confidential than the publication that would show it.

    Until publications with several ceilings are built, a restricted record must stay out of standards/.

    Bad:

        visibility: restricted    # the publication shows up to internal

    Good:

        visibility: internal
    """
    publication = book.settings.publications.get(book.settings.publish)
    if publication is None:
        place = book.sources["standards/handbook.yml"].place("publish")
        known = book.settings.publications
        yield (
            place,
            say(
                "no publication '{name}'{hint}",
                name=book.settings.publish,
                hint=hint(book.settings.publish, known),
            ),
        )
        return
    for record in book.records.values():
        if CEILINGS.index(book.visibility(record)) > CEILINGS.index(publication.visibility):
            message = say(
                "this record is {own}, publication '{name}' shows up to {ceiling}",
                own=say(book.visibility(record)),
                name=book.settings.publish,
                ceiling=say(publication.visibility),
            )
            yield record.place("visibility"), message


@check(waivable=False)
def hosting_without_reason(book: Handbook) -> Iterator[Finding]:
    """A publication that is not public must say why it may be hosted.

    Pages of a public repository can be read by anyone who finds the address, whatever role is chosen.

    Bad:

        publish: staff
        publications: { staff: { title: 手册, visibility: internal, languages: [zh] } }

    Good:

        publish: staff
        publications:
          staff: { title: 手册, visibility: internal, languages: [zh], private_hosting: 内网服务器，需登录 }
    """
    for name, publication in book.settings.publications.items():
        if publication.visibility != "public" and publication.private_hosting is None:
            place = book.sources["standards/handbook.yml"].key_place("publications", name)
            message = say(
                "publication '{name}' shows {ceiling} records; say in 'private_hosting' why it may be hosted",
                name=name,
                ceiling=say(publication.visibility),
            )
            yield place, message


@check(waivable=False)
def bad_link(book: Handbook) -> Iterator[Finding]:
    """A link in a text must be [[an-id]] or an address with https, http, mailto or tel.

    Other addresses could run code in the reader's browser or lead into files of this machine.

    Bad:

        text: See [the list](../list.html) and [[check in]].

    Good:

        text: See [[check-in]] and [the list](https://example.com/list).
    """
    for record, loc, text in book.said:
        if "](" not in text:
            continue
        for link in prose.links(text):
            if not link.is_record and not prose.safe_url(link.target):
                yield (
                    record.place(*loc),
                    say("a link must start with https, http, mailto or tel: got '{url}'", url=link.target),
                )


@check(waivable=False)
def unknown_clause(book: Handbook) -> Iterator[Finding]:
    """A citation or a clause reference must name a clause that its target lists.

    The trace from a rule to its source is only worth something if it ends at a real clause.

    Bad:

        sources: [{ reference: common/source-000, clause: S99, basis: stated }]

    Good:

        sources: [{ reference: common/source-000, clause: S05, basis: stated }]
    """
    for record, loc, ref in book.links:
        if ref.item is not None and ref in book.clauses and ref.item not in book.clauses[ref]:
            yield record.place(*loc), _no_clause(ref, ref.item, book.clauses[ref])
    for record in book.records.values():
        for index, citation in enumerate(record.sources):
            target = book.get(citation.reference)
            if isinstance(target, Reference):
                known = [section.clause for section in target.clauses]
                if citation.clause not in known:
                    place = record.place("sources", index, "clause")
                    yield place, _no_clause(citation.reference, citation.clause, known)


def _no_clause(id: str, clause: str, known: Iterable[str]) -> Message:
    return say("'{id}' has no clause '{clause}'{hint}", id=id, clause=clause, hint=hint(clause, known))


@check(waivable=False)
def unknown_figure(book: Handbook) -> Iterator[Finding]:
    """A figure must be an image in the pack's figures/ folder.

    A missing image leaves a hole on the page.

    Bad:

        figures: [{ file: hand-signal.png, ... }]    # no such file

    Good:

        figures: [{ file: stop-signal.png, ... }]    # standards/hotel/figures/stop-signal.png
    """
    for record in book.records.values():
        for index, figure in enumerate(record.figures):
            name = f"standards/{record.pack}/figures/{figure.file}"
            if name not in book.figures:
                near = hint(figure.file, (PurePosixPath(path).name for path in book.figures))
                message = say(
                    "no image '{file}' in {folder}{hint}",
                    file=figure.file,
                    folder=f"standards/{record.pack}/figures",
                    hint=near,
                )
                yield record.place("figures", index, "file"), message


@check(waivable=False)
def undeclared_word(book: Handbook) -> Iterator[Finding]:
    """Units, conditions and remedies must be declared in handbook.yml.

    Only declared words can be shown in every language, compared and counted.

    Bad:

        limit: <= 3 bells

    Good:

        limit: <= 3 rings
    """
    settings = book.settings
    for record, loc, limit in book.limits:
        if limit.unit is not None and limit.unit not in settings.units:
            message = say(
                "no unit '{unit}' in handbook.yml{hint}",
                unit=limit.unit,
                hint=hint(limit.unit, settings.units),
            )
            yield record.place(*loc), message
    for record in book.records.values():
        yield from _undeclared_conditions(record, settings.conditions)
        for loc, remedy in _remedies(record):
            if remedy not in settings.remedies:
                near = hint(remedy, settings.remedies)
                yield (
                    record.place(*loc),
                    say("no remedy '{name}' in handbook.yml{hint}", name=remedy, hint=near),
                )


def _undeclared_conditions(record: Record, known: Iterable[str]) -> Iterator[Finding]:
    for index, name in enumerate(record.applies_when):
        if name not in known:
            message = say("no condition '{name}' in handbook.yml{hint}", name=name, hint=hint(name, known))
            yield record.place("applies_when", index), message


def _remedies(record: Record) -> Iterator[tuple[Loc, str]]:
    if isinstance(record, Role):
        for index, row in enumerate(record.authority):
            yield ("authority", index, "remedy"), row.remedy
    if isinstance(record, Classification):
        for index, item in enumerate(record.classes):
            for number, remedy in enumerate(item.remedies):
                yield ("classes", index, "remedies", number), remedy


@check(waivable=False)
def duplicate_item(book: Handbook) -> Iterator[Finding]:
    """The ids in one list must differ.

    Links, translations and comparisons of versions name an entry by its id.

    Bad:

        do: [{ id: smile, text: ... }, { id: smile, text: ... }]

    Good:

        do: [{ id: smile, text: ... }, { id: eye-contact, text: ... }]
    """
    for record in book.records.values():
        for loc, ids in _item_lists(record, ()):
            repeated = [id for id, count in Counter(ids).items() if count > 1]
            for id in repeated:
                first = ids.index(id)
                for index in range(first + 1, len(ids)):
                    if ids[index] == id:
                        line = record.place(*loc, first, "id").line
                        message = say("id '{id}' stands here again, first on line {line}", id=id, line=line)
                        yield record.place(*loc, index, "id"), message


def _item_lists(block: Strict, loc: Loc) -> Iterator[tuple[Loc, list[str]]]:
    for name in type(block).model_fields:
        value = getattr(block, name)
        if isinstance(value, Strict):
            yield from _item_lists(value, (*loc, name))
        elif type(value) is list and value and isinstance(value[0], Strict):
            if "id" in value[0].__dict__:
                yield (*loc, name), [item.id for item in value]
            for index, item in enumerate(value):
                yield from _item_lists(item, (*loc, name, index))


@check(waivable=False)
def duplicate_code(book: Handbook) -> Iterator[Finding]:
    """A document number must be unique and never come back.

    A printed sheet carries the number; it must lead to one record.

    Bad:

        code: HT-FD-012    # in two files

    Good:

        code: HT-FD-013
    """
    first: dict[str, Record] = {}
    for record in book.records.values():
        if record.code is None:
            continue
        if record.code in first:
            other = first[record.code].place("code")
            yield (
                record.place("code"),
                say("document number '{code}' is taken by {other}", code=record.code, other=other),
            )
        first.setdefault(record.code, record)


@check(waivable=False)
def reused_id(book: Handbook) -> Iterator[Finding]:
    """An id that a record had before must not be used again.

    Old links and printed sheets would lead to something else.

    Bad:

        formerly: [greeting]       # while scripts/greeting.yml exists

    Good:

        formerly: [old-greeting]
    """
    for record in book.records.values():
        for index, stem in enumerate(record.formerly):
            other = book.get(f"{record.pack}/{stem}")
            if other:
                yield (
                    record.place("formerly", index),
                    say("'{id}' is in use again: {other}", id=stem, other=other.path),
                )


@check(waivable=False)
def reference_cycle(book: Handbook) -> Iterator[Finding]:
    """Ladders must end: reports_to, authority above, next class, superseded_by must not lead back.

    An employee who asks upwards would be sent round in a circle.

    Bad:

        receptionist reports_to duty-manager, duty-manager reports_to receptionist

    Good:

        receptionist reports_to front-office-manager, front-office-manager reports_to general-manager
    """
    yield from _ladder(book, Role, lambda role: role.reports_to, ("reports_to",))
    yield from _ladder(book, Reference, lambda reference: reference.superseded_by, ("superseded_by",))
    for remedy in book.settings.remedies:
        steps = {d.role.id: (d.role, d.role.authority.index(d.row)) for d in book.deciders(remedy)}
        chains = {id: role.authority[index].above for id, (role, index) in steps.items()}
        for id in _looping(chains):
            role, index = steps[id]
            yield role.place("authority", index, "above"), _circle(chains, id)
    for record in book.each(Classification):
        classes = {item.id: item.next for item in record.classes}
        for id in _looping(classes):
            index = list(classes).index(id)
            yield record.place("classes", index, "next"), _circle(classes, id)


def _ladder(
    book: Handbook, kind: type[Record], above: Callable[..., str | None], loc: Loc
) -> Iterator[Finding]:
    chains = {record.id: above(record) for record in book.each(kind)}
    for id in _looping(chains):
        yield book[id].place(*loc), _circle(chains, id)


def _looping(chains: Mapping[str, str | None]) -> Iterator[str]:
    """The first of each circle, by name."""
    told: set[str] = set()
    for start in sorted(chains):
        seen: list[str] = []
        at: str | None = start
        while at is not None and at in chains and at not in seen:
            seen.append(at)
            at = chains[at]
        if at == start and not told & set(seen):
            told |= set(seen)
            yield start


def _circle(chains: Mapping[str, str | None], start: str) -> Message:
    path = [start]
    while (at := chains[path[-1]]) and at != start:
        path.append(at)
    return say("goes round in a circle: {path}", path=" -> ".join([*path, start]))


@check(waivable=False)
def dead_goto(book: Handbook) -> Iterator[Finding]:
    """A branch or a next class must lead to a step or class of the same record.

    Whoever follows it would look for a step that is not there, with the customer waiting.

    Bad:

        branches: [{ id: no-room, when: 没有空房, goto: relocat }]

    Good:

        branches: [{ id: no-room, when: 没有空房, goto: relocate }]
    """
    for procedure in book.each(Procedure):
        steps = [step.id for step in procedure.steps]
        for index, step in enumerate(procedure.steps):
            for number, branch in enumerate(step.branches):
                if branch.goto is not None and branch.goto not in steps:
                    place = procedure.place("steps", index, "branches", number, "goto")
                    yield place, say("no step '{id}'{hint}", id=branch.goto, hint=hint(branch.goto, steps))
    for record in book.each(Classification):
        ids = [item.id for item in record.classes]
        for index, item in enumerate(record.classes):
            if item.next is not None and item.next not in ids:
                place = record.place("classes", index, "next")
                yield place, say("no class '{id}'{hint}", id=item.next, hint=hint(item.next, ids))


def _field(loc: Loc) -> str:
    return next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
