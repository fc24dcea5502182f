"""Ladders: every case ends with a person who can be reached and may decide."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.classification import Class, Classification
from generator.kinds.location import Location
from generator.kinds.parts import Authority
from generator.kinds.record import Link
from generator.kinds.role import Role
from generator.limits import Band, Bound, Limit
from generator.messages import say


@check(turns=(Location, Role))
def escalation_without_contact(book: Handbook) -> Iterator[Finding]:
    """A post that people are told to turn to must have a contact at each place that uses the pack.

    "Ask the duty manager" is only an answer if the reader can see the number to dial. What several packs
    share may name a post of one of them; it needs a contact only where that pack is used.

    Bad:

        call: [duty-manager]      # no row for duty-manager under contacts

    Good:

        contacts: [{ id: duty-manager, role: duty-manager, phone: 8001, hours: "00:00-24:00" }]
    """
    called = _escalations(book)
    locations = book.in_force(Location)
    for location in locations:
        reached = {contact.role for contact in location.contacts}
        packs = dict.fromkeys((location.pack, *location.packs))
        for pack in packs:
            for role, links in called.get(pack, {}).items():
                first = next((link for link in links if _valid_at(link, location)), None)
                if first and role not in reached and book[role].pack in packs:
                    reached.add(first.ref)
                    named = first.record.place(*first.loc)
                    yield (
                        location.place("contacts"),
                        say("no contact for '{role}', named in {place}", role=role, place=named),
                    )
    placed = {pack for location in locations for pack in location.packs}
    for pack in called.keys() - placed:
        for role, links in called[pack].items():
            if not book.reach(role) and not isinstance(links[0].record, Location):
                yield (
                    links[0].record.place(*links[0].loc),
                    say("no location has a contact for '{role}'", role=role),
                )


_TURN_TO = ("until_then", "not_settled", "handler", "above", "then")


def _escalations(book: Handbook) -> dict[str, dict[str, list[Link]]]:
    """Pack -> role -> where people are told to turn to it."""
    found: dict[str, dict[str, list[Link]]] = defaultdict(lambda: defaultdict(list))
    for link in book.links:
        loc = link.loc
        if (
            loc[-1] in _TURN_TO
            or loc[-2:] == ("handoff", "to")
            or (len(loc) > 1 and loc[-2] in ("call", "told"))
        ):
            role = book.get(link.ref)
            if isinstance(role, Role) and not role.external and link.record.status == "approved":
                found[link.record.pack][role.id].append(link)
    return found


def _valid_at(link: Link, location: Location) -> bool:
    record, row = link.record, link.loc[1]
    if isinstance(record, Location):
        return record is location
    if record.pack not in location.packs:
        return False
    if isinstance(record, Role) and link.loc[0] == "authority" and isinstance(row, int):
        places = record.authority[row].locations
    else:
        places = record.distribution.locations if record.distribution else []
    return not places or location.id in places


@check(turns=(Role,))
def authority_falls(book: Handbook) -> Iterator[Finding]:
    """Going up the ladder of a remedy, the limit must not fall and the unit must stay.

    Whoever asks the post above wants more than their own limit; a smaller one there sends the customer in a
    circle.

    Bad:

        receptionist: <= 300 yuan, above: duty-manager
        duty-manager: <= 200 yuan

    Good:

        receptionist: <= 300 yuan, above: duty-manager
        duty-manager: <= 1000 yuan
    """
    for role in book.in_force(Role):
        for index, row in enumerate(role.authority):
            above = book.get(row.above)
            if not isinstance(above, Role):
                continue
            rows = [
                (number, upper) for number, upper in enumerate(above.authority) if upper.remedy == row.remedy
            ]
            if not rows and above.reports_to:
                message = say("'{role}' decides nothing about '{remedy}'", role=above.id, remedy=row.remedy)
                yield role.place("authority", index, "above"), message
            for number, upper in rows:
                if _comparable(row, upper):
                    yield from _fall(role, row, above, number)


def _comparable(row: Authority, upper: Authority) -> bool:
    places = not row.locations or not upper.locations or bool({*row.locations} & {*upper.locations})
    return row.per == upper.per and places


def _fall(role: Role, row: Authority, above: Role, number: int) -> Iterator[Finding]:
    upper = above.authority[number]
    place = above.place("authority", number, "limit")
    least, most = _most(row.limit), _most(upper.limit)
    if row.limit.unit != upper.limit.unit:
        message = say(
            "'{limit}' cannot be compared with '{below}' of '{role}' below",
            limit=upper.limit,
            below=row.limit,
            role=role.id,
        )
        yield place, message
    elif least is not None and most is not None and most < least:
        yield (
            place,
            say(
                "'{limit}' is less than '{below}' of '{role}' below",
                limit=upper.limit,
                below=row.limit,
                role=role.id,
            ),
        )


def _most(limit: Limit) -> Decimal | None:
    if isinstance(limit, Bound):
        return None if limit.operator in (">", ">=") else limit.value
    return limit.high if isinstance(limit, Band) else None


@check()
def deadline_unclear(book: Handbook) -> Iterator[Finding]:
    """A deadline must be a limit or name whom to ask; each complaint class must say by when it is solved.

    The customer asks "by when?", and the answer must not depend on who stands at the counter.

    Bad:

        resolve: {}

    Good:

        resolve: { not_settled: customer-relations-manager }
    """
    for record in book.approved(Classification):
        for index, item in enumerate(record.classes):
            for key in ("acknowledge", "update", "resolve"):
                deadline = getattr(item, key)
                if deadline and (deadline.limit is None) == (deadline.not_settled is None):
                    yield (
                        record.place("classes", index, key),
                        say("'{key}' needs either 'limit' or 'not_settled'", key=key),
                    )
            if item.resolve is None and record.purpose != "other":
                place = record.place("classes", index, "id")
                yield (
                    place,
                    say("complaint class '{id}' has no deadline: key 'resolve' is missing", id=item.id),
                )


@check()
def ladder_unfinished(book: Handbook) -> Iterator[Finding]:
    """A class of severity must lead to the next one; a class with media or an authority must say who is told.

    An unsolved complaint grows; whoever holds it must know where it goes next.

    Bad:

        classes: [{ id: minor, ... }, { id: media, media: true, ... }]

    Good:

        classes: [{ id: minor, next: media, ... }, { id: media, media: true, told: [general-manager], ... }]
    """
    for record in book.approved(Classification):
        for index, item in enumerate(record.classes):
            if (
                record.purpose == "complaint-severity"
                and index < len(record.classes) - 1
                and item.next is None
            ):
                following = record.classes[index + 1].id
                message = say(
                    "class '{id}' leads nowhere: add 'next', such as '{next}'", id=item.id, next=following
                )
                yield record.place("classes", index, "id"), message
            if _alarming(item) and not item.told:
                message = say(
                    "class '{id}' involves media or an authority: 'told' must name a post", id=item.id
                )
                yield record.place("classes", index, "id"), message


def _alarming(item: Class) -> bool:
    return item.media or item.authority
