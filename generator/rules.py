"""The rules of reading: what a file must be before its content can be checked."""

from generator.problems import Rule

READING_RULES = (
    Rule(
        "unreadable-catalogue",
        """A catalogue of translations must be a gettext file in UTF-8.

        None of its translations would reach readers. The message names the line where reading stopped; the
        mistake is there or just above it. An editor for such files, as Poedit, keeps the form.

        Bad:

            msgctxt "hotel/check-in title"
            msgid "办理入住
            msgstr "Check-in"

        Good:

            msgctxt "hotel/check-in title"
            msgid "办理入住"
            msgstr "Check-in"
        """,
    ),
    Rule(
        "yaml-syntax",
        """A file must be readable YAML.

        Everything else can only be checked once the file can be read. The message names the line where
        reading stopped; the mistake is there or just above it.

        Bad:

            title：入住登记

        Good:

            title: 入住登记
        """,
    ),
    Rule(
        "yaml-feature",
        """Anchors, aliases, merge keys and tags must not be used.

        They make a file mean something that cannot be seen where it is read, and one line could grow into
        gigabytes. Write the text twice, or link to the record that holds it.

        Bad:

            owner: &boss front-office-manager
            author: *boss

        Good:

            owner: front-office-manager
            author: front-office-manager
        """,
    ),
    Rule(
        "duplicate-key",
        """A key must stand once in its block.

        YAML keeps only the last one, so the first text would silently be lost.

        Bad:

            title: 入住
            title: 入住登记

        Good:

            title: 入住登记
        """,
    ),
    Rule(
        "empty-value",
        """A key must have a value.

        An empty value hides whether something is not needed or was forgotten. Delete the line, or write a gap
        that names who answers until it is settled.

        Bad:

            code:

        Good:

            code: HT-FD-012
        """,
    ),
    Rule(
        "table-syntax",
        """A table must be lines of cells parted by commas, each with as many cells as the first one.

        With one comma too many every figure behind it stands under another heading. A cell that holds a
        comma, a quote or a line break stands in quotes.

        Bad:

            call-loss-rate,lakeside,2026-10,181,6402,2.8,周末,加班

        Good:

            call-loss-rate,lakeside,2026-10,181,6402,2.8,"周末,加班"
        """,
    ),
    Rule(
        "formula-cell",
        """A cell must not begin with = + - or @ unless it is a number.

        A spreadsheet that opens the table would run it as a formula, on the machine of whoever opens it.

        Bad:

            ...,=HYPERLINK("http://example.com")

        Good:

            ...,见 10 月 12 日记录
        """,
    ),
    Rule(
        "unreadable-file",
        """A file must be UTF-8 text inside standards/, smaller than 1 MB and nested at most 50 deep.

        Files in another encoding show as garbage, and links that lead out of standards/ would publish files
        nobody meant to publish.

        Bad:

            a file saved as GBK; a symbolic link to ../secret.yml

        Good:

            a file saved as UTF-8 in standards/hotel/scripts/
        """,
    ),
)

LOADING_RULES = (
    Rule(
        "wrong-value",
        """A key must be known to its kind and hold a value of the right form.

        Dates, numbers, limits and ids are read strictly, so that what is checked is what people read.

        Bad:

            effective: 2026年12月1日

        Good:

            effective: 2026-12-01
        """,
    ),
    Rule(
        "wrong-file-name",
        """A file must be standards/<pack>/<kind folder>/<name>.yml; names are a-z, digits and hyphens.

        The path is the record's id and its address on the site; blanks and Chinese characters break links.

        Bad:

            standards/hotel/scripts/入住 话术.yml

        Good:

            standards/hotel/scripts/check-in-greeting.yml
        """,
    ),
    Rule(
        "duplicate-id",
        """An id must be unique in its pack, across kinds and ignoring case.

        References name a pack and a name only, so two records of one name could not be told apart.

        Bad:

            standards/hotel/scripts/check-in.yml and standards/hotel/procedures/check-in.yml

        Good:

            standards/hotel/scripts/check-in-greeting.yml and standards/hotel/procedures/check-in.yml
        """,
    ),
    Rule(
        "missing-file",
        """A handbook must have standards/handbook.yml, and each pack its pack.yml.

        They hold the organisation's words and the pack's owner, without which nothing can be checked.

        Bad:

            standards/bank/scripts/queue.yml without standards/bank/pack.yml

        Good:

            standards/bank/pack.yml beside standards/bank/scripts/
        """,
    ),
    Rule(
        "wrong-column",
        """The first line of a table must name each of its columns once, and no other.

        The order is free; columns that may be empty may be left out. A heading with a slip of the pen would
        lose a whole column of figures.

        Bad:

            metric,location,period,numerator,denominater,value

        Good:

            metric,location,period,numerator,denominator,value
        """,
    ),
    Rule(
        "duplicate-row",
        """A table must not say the same thing twice.

        Of two figures for one month nobody knows which is right, and both would be counted.

        Bad:

            call-loss-rate,lakeside,2026-10,181,6402,2.8
            call-loss-rate,lakeside,2026-10,186,6402,2.9

        Good:

            call-loss-rate,lakeside,2026-10,186,6402,2.9
        """,
    ),
    Rule(
        "wrong-revision",
        """A kept revision must be named after its MAJOR, beside the newest file of the same record.

        The newest MAJOR has the plain name, so that a pull request shows what changed; `handbook revise`
        keeps the one before it as check-in@2.yml.

        Bad:

            procedures/check-in@2.yml with version: 3.1

        Good:

            procedures/check-in@2.yml with version: 2.4, procedures/check-in.yml with version: 3.1
        """,
    ),
    Rule(
        "unknown-base",
        """A tailored record must name an existing MAJOR of a record of its kind that is not tailored itself.

        One step from the base to what is different can be read and checked; a chain of them cannot.

        Bad:

            extends: common/phone-answering@7

        Good:

            extends: common/phone-answering@2
        """,
    ),
    Rule(
        "wrong-overlay",
        """`drop` and `after` must name entries that are there.

        Something was meant to be left out or put in its place; silently nothing would happen.

        Bad:

            steps: [{ id: grete, drop: true }]

        Good:

            steps: [{ id: greet, drop: true }]
        """,
    ),
)
