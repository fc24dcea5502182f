"""Visibility: nothing leads readers to what they may not see."""

from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.parts import Visibility
from generator.messages import say
from generator.problems import hint

CEILINGS: tuple[Visibility, ...] = ("public", "internal", "restricted")


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
