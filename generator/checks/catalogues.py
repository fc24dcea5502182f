"""Translations: each belongs to a text, and keeps what must not be lost on the way."""

from collections.abc import Callable, Iterator

from generator.catalogues import Catalogue, Entry, links, slots
from generator.checks.engine import Finding, check
from generator.handbook import Handbook
from generator.messages import Message, say
from generator.problems import Level, Place, hint


def _translated(book: Handbook) -> Iterator[tuple[Catalogue, Entry]]:
    """Every entry that readers get to see."""
    for catalogue in book.catalogues:
        yield from ((catalogue, entry) for entry in catalogue.entries if entry.counts)


@check(waivable=False)
def broken_placeholder(book: Handbook) -> Iterator[Finding]:
    """A translation must have the same placeholders in braces as the text.

    Whoever speaks the sentence would not know what to put in, or would say the brace aloud.

    Bad:

        msgid "{姓氏}先生，请坐。"
        msgstr "Please take a seat, {name}."

    Good:

        msgid "{姓氏}先生，请坐。"
        msgstr "Please take a seat, Mr {姓氏}."
    """
    for place, wanted, found in _lost(book, slots, "{{{}}}", say("no placeholder")):
        yield place, say("the text has {wanted}, its translation {found}", wanted=wanted, found=found)


def _lost(
    book: Handbook, of: Callable[[str], list[str]], form: str, nothing: Message
) -> Iterator[tuple[Place, str | Message, str | Message]]:
    """The entries whose text and translation have other parts, and these; `form` is how a part is named."""
    for catalogue, entry in _translated(book):
        wanted, found = of(entry.text), of(entry.told)
        if wanted != found:
            named = [", ".join(map(form.format, parts)) or nothing for parts in (wanted, found)]
            yield catalogue.place(entry), named[0], named[1]


@check(waivable=False)
def translated_link(book: Handbook) -> Iterator[Finding]:
    """A translation must link to the records that the text links to.

    Readers of one edition would be led elsewhere than those of the other.

    Bad:

        msgid "照[[check-in]]做。"
        msgstr "Do as in [[check-out]]."

    Good:

        msgid "照[[check-in]]做。"
        msgstr "Do as in [[check-in]]."
    """
    for place, wanted, found in _lost(book, links, "{}", say("nothing")):
        told = say("the text links to {wanted}, its translation to {found}", wanted=wanted, found=found)
        yield place, told


@check(Level.WARNING, waivable=False)
def unknown_translation(book: Handbook) -> Iterator[Finding]:
    """A translation should belong to a record that exists.

    Nobody gets to see it. `handbook i18n update` moves what was renamed and drops what is gone.

    Bad:

        msgctxt "hotel/chek-in title"

    Good:

        msgctxt "hotel/check-in title"
    """
    known = {*book.records, *book.unread, "handbook.yml", *(f"{name}/pack.yml" for name in book.packs)}
    former = {f"{record.pack}/{stem}" for record in book.all for stem in record.formerly}
    for catalogue in book.catalogues:
        told: set[str] = set()
        for entry in catalogue.entries:
            id = entry.context.partition(" ")[0]
            if id not in known and id not in former and id not in told:
                told.add(id)
                message = say("no record '{id}'{hint}", id=id, hint=hint(id, book.records))
                yield catalogue.place(entry), message


@check(waivable=False)
def lines_lost(book: Handbook) -> Iterator[Finding]:
    """The translation of choices must have as many lines as there are choices.

    What is ticked in one edition would be another answer in the other.

    Bad:

        msgid "满意\\n一般\\n不满意"
        msgstr "Satisfied\\nNot satisfied"

    Good:

        msgid "满意\\n一般\\n不满意"
        msgstr "Satisfied\\nFair\\nNot satisfied"
    """
    for catalogue, entry in _translated(book):
        wanted, found = entry.text.count("\n"), entry.told.count("\n")
        if entry.context.endswith(".choices") and wanted != found:
            message = say(
                "{wanted} lines in the text, {found} in its translation", wanted=wanted + 1, found=found + 1
            )
            yield catalogue.place(entry), message
