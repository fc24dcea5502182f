"""References: every id that is named exists, is of the right kind, may be shown and leads somewhere."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator import prose
from generator.checks.engine import Finding, check
from generator.entries import entries
from generator.handbook import Handbook
from generator.kinds import BY_NAME
from generator.kinds.record import Record
from generator.kinds.reference import Reference
from generator.marks import Loc
from generator.messages import Message, say
from generator.periods import since
from generator.problems import hint, nearest
from generator.texts import at
from generator.values import Ref


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
                told[key] = _unknown(book, link.record.pack, link.ref)
            yield link.record.place(*link.loc), told[key]
    for named in book.named:
        if named.ref not in book.records and named.ref not in book.unread:
            key = (named.pack, named.ref, named.ref.kinds)
            if key not in told:
                told[key] = _unknown(book, named.pack, named.ref)
            yield named.place, told[key]


def _unknown(book: Handbook, pack: str, ref: Ref) -> Message:
    written = ref.stem if ref.pack == pack else str(ref)
    word = _kind_words(ref.kinds)
    elsewhere = [id for id in book.records if id.endswith(f"/{ref.stem}") and _fits(book[id], ref)]
    if elsewhere:
        found = ", ".join(elsewhere)
        return say("no {kind} '{id}' in this pack; write '{found}'", kind=word, id=written, found=found)
    near = _nearest_id(book, pack, ref)
    if near:
        return say("no {kind} '{id}'; did you mean '{near}'?", kind=word, id=written, near=near)
    return say("no {kind} '{id}'", kind=word, id=written)


def _nearest_id(book: Handbook, pack: str, ref: Ref) -> str | None:
    """By name only: the packs' names would make everything in one pack look alike."""
    fitting = [record for record in book.records.values() if _fits(record, ref)]
    own = {record.stem: record.id for record in fitting if record.pack == ref.pack}
    other = {record.stem: record.id for record in fitting}
    stem = nearest(ref.stem, own) or nearest(ref.stem, other)
    if stem is None:
        return None
    return stem if stem in own and ref.pack == pack else own.get(stem, other[stem])


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
            yield record.place(*loc), _misfit(loc, ref, target)
    for named in book.named:
        target = book.get(named.ref)
        if target and not _fits(target, named.ref):
            yield named.place, _misfit(named.loc, named.ref, target)


def _misfit(loc: Loc, ref: Ref, target: Record) -> Message:
    return say(
        "'{key}' must name a {expected}: '{id}' is a {found}",
        key=_field(loc),
        expected=_kind_words(ref.kinds),
        id=ref,
        found=target.label,
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
        target = book.get(ref) if loc[0] != "extends" else None
        if target and record.status != "draft" and not book.days_in_force(ref):
            message = say(
                "'{id}' is {status} ({place})",
                id=ref,
                status=say(target.status),
                place=target.place("status"),
            )
            yield record.place(*loc), message


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
    """A citation, or a reference as record#entry, must name an entry that its target lists.

    The trace from a rule to its source is only worth something if it ends at a real clause, step or article.

    Bad:

        sources: [{ reference: common/source-000, clause: S99, basis: stated }]

    Good:

        sources: [{ reference: common/source-000, clause: S05, basis: stated }]
    """
    for record, loc, ref in book.links:
        if ref.item is not None:
            for target in _met(book, record, ref):
                known = entries(target)
                if ref.item not in known:
                    yield record.place(*loc), _no_entry(target, ref.item, known)
                    break
    for record in book.living:
        for index, citation in enumerate(record.sources):
            cited = book.get(citation.reference)
            if isinstance(cited, Reference):
                listed = [section.clause for section in cited.clauses]
                if citation.clause not in listed:
                    place = record.place("sources", index, "clause")
                    yield place, _no_entry(cited, citation.clause, listed)


def _met(book: Handbook, record: Record, id: str) -> list[Record]:
    """The revisions of `id` that are in force on some day, from today on, on which the record is."""
    revisions = book.revisions.get(id, ())
    if len(revisions) < 2:
        return list(revisions)
    days = since(book.periods(record), book.today)
    met = [other for other in revisions if any(p.meets(d) for p in book.periods(other) for d in days)]
    return met or [book[id]]


def _no_entry(target: Record, name: str, known: Iterable[str]) -> Message:
    return say(
        "'{id}' has no entry '{name}' ({path}){hint}",
        id=target.id,
        name=name,
        path=target.path,
        hint=hint(name, known),
    )


@check(waivable=False)
def unknown_figure(book: Handbook) -> Iterator[Finding]:
    """A figure must be an image in the pack's figures/ folder.

    A missing image leaves a hole on the page.

    Bad:

        figures: [{ file: hand-signal.png, ... }]    # no such file

    Good:

        figures: [{ file: stop-signal.png, ... }]    # standards/hotel/figures/stop-signal.png
    """
    for record in book.living:
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
def unfit_figure(book: Handbook) -> Iterator[Finding]:
    """A figure must be a sound image of at most 12 megapixels; a drawing must only be seen.

    A photo straight from a good camera takes a phone seconds to unpack. A drawing with a script in it would
    run something in the reader's browser.

    Bad:

        figures: [{ file: lobby.jpg, ... }]    # 8000 by 5000 pixels

    Good:

        figures: [{ file: lobby.jpg, ... }]    # 2000 by 1250 pixels
    """
    for record in book.living:
        for index, figure in enumerate(record.figures):
            fault = book.figures.get(f"standards/{record.pack}/figures/{figure.file}")
            if fault:
                yield record.place("figures", index, "file"), fault


def _field(loc: Loc) -> str:
    return next((str(part) for part in reversed(loc) if isinstance(part, str)), "")


@check()
def unknown_field(book: Handbook) -> Iterator[Finding]:
    """A fact of an outside document must name a filled field of the record that carries it.

    The trace from source to handbook would end in nothing, and nobody would notice that the fact is lost.

    Bad:

        carried: [{ record: common/phone-answering, field: clauses.third-rin.measure.limit }]

    Good:

        carried: [{ record: common/phone-answering, field: clauses.third-ring.measure.limit }]
    """
    for reference in (record for record in book.living if isinstance(record, Reference)):
        for number, section in enumerate(reference.clauses):
            for index, fact in enumerate(section.facts):
                for turn, carrier in enumerate(fact.carried):
                    record = book.get(carrier.record)
                    if record and at(record, carrier.field.split(".")) is None:
                        loc = ("clauses", number, "facts", index, "carried", turn, "field")
                        told = say("'{id}' has no '{field}'", id=record.id, field=carrier.field)
                        yield reference.place(*loc), told
