"""Visibility: nothing leads readers to what they may not see."""

from collections.abc import Iterator

from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.kinds.parts import CEILINGS
from generator.messages import say
from generator.problems import hint

_APART = ("owner", "author", "reviewer", "approved", "reviewed", "extends")
"""What is left out where it may not be seen; the base has a rule of its own."""


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
    heights: dict[str, int] = {}
    for record in book.variants:
        height = CEILINGS.index(book.visibility(record))
        heights[record.id] = max(height, heights.get(record.id, 0))
    for record, loc, ref in book.links:
        own, other = CEILINGS.index(book.visibility(record)), heights.get(ref, 0)
        if other > own and loc[0] not in _APART:
            message = say(
                "'{id}' is {other}, this record is {own}",
                id=ref,
                other=say(CEILINGS[other]),
                own=say(CEILINGS[own]),
            )
            yield record.place(*loc), message


@check(waivable=False)
def wrong_publication(book: Handbook) -> Iterator[Finding]:
    """`publish` must name one of the publications; their languages must be languages of the handbook.

    The Pages workflow publishes the one that is named and no other; without it nothing would be published.

    Bad:

        publish: staf
        publications: { staff: ... }

    Good:

        publish: staff
        publications: { staff: ... }
    """
    settings, source = book.settings, book.sources["standards/handbook.yml"]
    name, known = settings.publish, settings.publications
    if name not in known:
        yield source.place("publish"), say("no publication '{name}'{hint}", name=name, hint=hint(name, known))
    for name, publication in known.items():
        for index, language in enumerate(publication.languages):
            if language not in settings.languages:
                place = source.place("publications", name, "languages", index)
                yield place, say("the handbook is not written in '{language}'", language=language)


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
