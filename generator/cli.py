"""The commands. Only this module prints, asks for the time and decides exit codes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Timer

import click

from generator import impact as impact_of
from generator import translating
from generator.against import compare
from generator.build import ContentError
from generator.build import build_all as build_sites
from generator.build import merge as merge_shards
from generator.checks import RULES
from generator.clock import clock
from generator.examine import Checked, examine
from generator.explain import RulePage, page
from generator.fmt import tidy
from generator.git import content_at
from generator.handbook import Handbook
from generator.kinds import BY_NAME
from generator.load import settings_language
from generator.messages import say
from generator.new import new as write_new
from generator.preview import serve as serve_site
from generator.problems import HandbookError, Place, Problem, hint
from generator.rename import rename as rename_record
from generator.report import FORMATS, as_text, summary
from generator.revise import revise as revise_record
from generator.schema import stale_schemas, write_local_schemas, write_schemas
from generator.shards import shard_of
from generator.site import Order
from generator.write import write as write_project
from generator.writing import content_of, write_all

LANGUAGES = ("zh", "en")

_root = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="this folder",
    help="The folder that holds standards/.",
)
_language = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    help="Language of the messages; default: the handbook's.",
)
_as_of = click.option(
    "--as-of", "as_of", metavar="DATE", help="The day to judge by, such as 2026-12-01; default: today."
)


_edition = click.option(
    "--edition",
    type=click.Choice(LANGUAGES),
    help="Only the pages in this language.",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; the operator's mistakes end in one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(commands.main(arguments, prog_name="handbook", standalone_mode=False) or 0)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except HandbookError as error:
            asked = os.environ.get("HANDBOOK_LANG", "")
            language = context.obj or (asked if asked in LANGUAGES else LANGUAGES[0])
            raise click.ClickException(error.message.in_language(language)) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Service standards kept as YAML, checked and turned into a handbook."""


@commands.command()
@_root
@_language
@_as_of
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("--base", metavar="REF", help="Compare with this git commit too: did the versions move?")
def check(root: Path, language: str | None, as_of: str | None, form: str, base: str | None) -> int:
    """Check the content: every file, every reference, every rule. Exit code 1 means errors."""
    language = _spoken(language, root)
    checked = _checked(root, clock(as_of), language)
    if base is not None and checked.book:
        found = compare(checked.loaded, checked.book, content_at(root, base))
        checked = replace(checked, problems=sorted([*checked.problems, *found], key=_by_place))
    click.echo(FORMATS[form](checked.problems, language), nl=False)
    click.echo(summary(checked.problems, len(checked.loaded.sources), language), err=True)
    return 1 if checked.failed else 0


@commands.command()
@_root
@_language
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day to show, such as 2026-12-01; every page says so."
)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    help="Where to build; default: site/ in the root, or sites/NAME for a publication that is named.",
)
@click.option(
    "--publication",
    "names",
    metavar="NAME",
    multiple=True,
    help="The publication to build, also several times; default: the one under 'publish'.",
)
@click.option("--all-publications", "every", is_flag=True, help="Build every publication of handbook.yml.")
@click.option(
    "--on-schedule",
    is_flag=True,
    help="Leave out what has errors and publish the rest; exit code 3 means that something was left out.",
)
@click.option(
    "--shard",
    metavar="I/N",
    default="1/1",
    help="Build only this part of the site, to be merged with the others.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=min(2, os.cpu_count() or 1),
    show_default=True,
    help="How many processes write a large site.",
)
@_edition
def build(
    root: Path,
    language: str | None,
    as_of: str | None,
    site: Path | None,
    names: tuple[str, ...],
    every: bool,
    on_schedule: bool,
    shard: str,
    processes: int,
    edition: str | None,
) -> int:
    """Check the content and build the site; the last site stays where there are errors."""
    part = shard_of(shard)
    language, today, day = _spoken(language, root), clock(), clock(as_of)
    checked = _checked(root, today, language)
    click.echo(as_text(checked.problems, language), err=True, nl=False)
    click.echo(summary(checked.problems, len(checked.loaded.sources), language), err=True)
    if checked.book is None or (checked.failed and not on_schedule):
        return 1
    known = checked.book.settings.publications
    order = Order(as_of=None if day == today else day, on_schedule=on_schedule, language=edition)
    places = _places(root, site, list(known) if every else names, known)
    orders = {where: replace(order, publication=name) for name, where in places.items()}
    return _built(partial(build_sites, root, orders, today, checked, part, processes), checked, language)


def _places(
    root: Path, site: Path | None, names: Sequence[str], known: Iterable[str]
) -> dict[str | None, Path]:
    """The folder of each publication; None is the one that handbook.yml publishes."""
    for name in names:
        if name not in known:
            raise HandbookError(
                "no publication '{name}' in handbook.yml{hint}", name=name, hint=hint(name, known)
            )
    if not names:
        return {None: site or root / "site"}
    if len(set(names)) == 1 and site:
        return {names[0]: site}
    return {name: (site or root / "sites") / name for name in names}


def _built(make: Callable[[], Mapping[Path, int]], checked: Checked, language: str) -> int:
    """Build and tell what was built; the exit code."""
    try:
        with _announced(say("building the site ...").in_language(language)):
            made = make()
    except ContentError:
        return 1
    for where, pages in made.items():
        _told_pages(where, pages, language)
    return 3 if checked.failed else 0


def _told_pages(site: Path, pages: int, language: str) -> None:
    click.echo(say("pages: {pages}, in {site}", pages=pages, site=site).in_language(language), err=True)


@commands.command()
@_language
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where to put the whole site.",
)
@click.argument("shards", nargs=-1, required=True, metavar="SHARD...", type=click.Path(path_type=Path))
def merge(language: str | None, site: Path, shards: tuple[Path, ...]) -> None:
    """Join the parts that 'build --shard' made, one folder each, into one site."""
    language = _spoken(language, Path())
    _told_pages(site, merge_shards(shards, site), language)


@commands.command("write")
@_root
@_language
@click.option(
    "--as-of", "as_of", metavar="DATE", help="The day to show, such as 2026-12-01; every page says so."
)
@click.option("--publication", metavar="NAME", help="What to write; default: the one under 'publish'.")
@_edition
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def write(
    root: Path,
    language: str | None,
    as_of: str | None,
    publication: str | None,
    edition: str | None,
    folder: Path,
) -> int:
    """Check the content and write the pages as plain Markdown with a mkdocs.yml into DIR, wiped first."""
    language, today, day = _spoken(language, root), clock(), clock(as_of)
    checked = _checked(root, today, language)
    click.echo(as_text(checked.problems, language), err=True, nl=False)
    click.echo(summary(checked.problems, len(checked.loaded.sources), language), err=True)
    if checked.failed:
        return 1
    pages = write_project(
        root, folder, checked, Order(publication, None if day == today else day, language=edition)
    )
    _told_pages(folder, pages, language)
    return 0


@commands.command()
@_root
@_language
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview listens.")
@_edition
def serve(root: Path, language: str | None, address: str, edition: str | None) -> None:
    """Show the handbook on this machine and follow every saved change."""
    language = _spoken(language, root)
    _checked(root, clock(), language)
    click.echo(
        say("the handbook is shown at http://{address}/", address=address).in_language(language), err=True
    )

    def tell(told: Checked | HandbookError) -> None:
        if isinstance(told, HandbookError):
            click.echo(told.message.in_language(language), err=True)
        else:
            _fresh_schemas(told, root)
            click.echo(as_text(told.problems, language), err=True, nl=False)
            click.echo(summary(told.problems, len(told.loaded.sources), language), err=True)

    sorry = say("there are errors in the content; the console lists them, and saving goes on from here")
    serve_site(root, address, tell, sorry.in_language(language), Order(language=edition))


@commands.command()
@_root
@_language
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 means stale schemas.")
@click.option("--local", is_flag=True, help="Write the schemas of this machine, which complete record ids.")
def schema(root: Path, language: str | None, only_check: bool, local: bool) -> int:
    """Write the JSON Schemas that editors use."""
    language = _spoken(language, root)
    if local:
        checked = examine(root, clock())
        if checked.book is None:
            raise HandbookError("the handbook cannot be read; run 'handbook check'")
        paths = write_local_schemas(checked.book, root)
    else:
        paths = stale_schemas(root) if only_check else write_schemas(root)
    template = "{path}: stale; run 'handbook schema'" if only_check else "{path}: written"
    for path in paths:
        click.echo(say(template, path=path).in_language(language), err=True)
    return 1 if only_check and paths else 0


@commands.command()
@_root
@_language
@click.argument("kind", type=click.Choice(list(BY_NAME)))
@click.argument("id", metavar="PACK/NAME")
@click.option("--title", required=True, help="The title, as people at work say it.")
def new(root: Path, language: str | None, kind: str, id: str, title: str) -> None:
    """Write the file of a new record, with comments on what to fill in."""
    language = _spoken(language, root)
    path = write_new(root, kind, id, title, clock())
    click.echo(say("{path}: written", path=path).in_language(language), err=True)


@commands.command()
@_root
@_language
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 means untidy files.")
def fmt(root: Path, language: str | None, paths: tuple[Path, ...], only_check: bool) -> int:
    """Tidy files: missing item ids are added, the envelope gets its order; text and comments stay."""
    language = _spoken(language, root)
    tidied = tidy(root, paths)
    for path in tidied.left:
        click.echo(
            say("{path}: left as it is; see 'handbook check'", path=path).in_language(language), err=True
        )
    template = "{path}: untidy; run 'handbook fmt'" if only_check else "{path}: tidied"
    if not only_check:
        write_all(root, tidied.texts)
    for path in tidied.texts:
        click.echo(say(template, path=path).in_language(language), err=True)
    return 1 if only_check and tidied.texts else 0


@commands.command()
@_root
@_language
@click.argument("old", metavar="OLD")
@click.argument("new_id", metavar="NEW")
def rename(root: Path, language: str | None, old: str, new_id: str) -> None:
    """Rename the record OLD (pack/name) to NEW and change everything that refers to it."""
    language = _spoken(language, root)
    for path in rename_record(root, old, new_id, clock()):
        click.echo(say("{path}: changed", path=path).in_language(language), err=True)


@commands.command()
@_root
@_language
@click.argument("id", metavar="ID")
@click.option(
    "--effective", metavar="DATE", help="First day of the new MAJOR; default: as soon as the lead days allow."
)
def revise(root: Path, language: str | None, id: str, effective: str | None) -> None:
    """Begin the next MAJOR of ID (pack/name); the one in force is kept beside it until its last day."""
    language = _spoken(language, root)
    done = revise_record(root, id, clock(), clock(effective) if effective else None)
    for message in (
        say("{path}: written", path=done.kept),
        say("{path}: changed", path=done.path),
        say(
            "{old} stays in force until {new} is approved: change the text in {path}, write the note under "
            "'changes', then add 'approved' and set 'status: approved'; it counts from {day} on",
            old=done.old,
            new=done.new,
            path=done.path,
            day=done.effective,
        ),
    ):
        click.echo(message.in_language(language), err=True)


@commands.command()
@_root
@_language
@_as_of
@click.option(
    "--format",
    "form",
    type=click.Choice(list(impact_of.FORMATS)),
    default="text",
    show_default=True,
    help="For people or for programs.",
)
@click.argument("id", metavar="ID")
def impact(root: Path, language: str | None, as_of: str | None, form: str, id: str) -> None:
    """List what a change of ID (pack/name) touches: who refers to it, whom it concerns, what is tailored."""
    language = _spoken(language, root)
    book = _readable(root, clock(as_of), language)
    click.echo(impact_of.FORMATS[form](impact_of.impact(book, id), language), nl=False)


@commands.group()
def i18n() -> None:
    """Translations of the texts: catalogues in standards/locales/, one file for each pack and language."""


_into = click.option(
    "--into", metavar="CODE", help="The language, such as en; default: every other one of handbook.yml."
)


@i18n.command()
@_root
@_language
def extract(root: Path, language: str | None) -> None:
    """Write what there is to translate into .handbook/locales/, as templates for other programs."""
    language = _spoken(language, root)
    _write_told(root, translating.extracted(_readable(root, clock(), language)), language)


@i18n.command()
@_root
@_language
@_into
def update(root: Path, language: str | None, into: str | None) -> None:
    """Bring the catalogues up to date: add new texts, mark changed ones as fuzzy, drop what is gone."""
    language = _spoken(language, root)
    texts: dict[str, str] = {}
    for book, other in _translated(root, language, into):
        texts |= translating.updated(book, other)
    changed = {path: text for path, text in texts.items() if content_of(root / path) != text}
    _write_told(root, changed, language)


@i18n.command()
@_root
@_language
@_into
def stats(root: Path, language: str | None, into: str | None) -> None:
    """Count the texts that are translated, fuzzy and missing, for each language and pack."""
    language = _spoken(language, root)
    for book, other in _translated(root, language, into):
        rows = list(translating.standings(book, other))
        for row in [*rows, translating.total(rows)]:
            told = say(
                "{language} {name}: {told} of {total} translated, {fuzzy} fuzzy, {missing} missing",
                language=other,
                total=row.total,
                **row._asdict(),
            )
            click.echo(told.in_language(language))


def _translated(root: Path, language: str, into: str | None) -> Iterator[tuple[Handbook, str]]:
    """The handbook with each language that it is translated into, or the one asked for."""
    book = _readable(root, clock(), language)
    yield from ((book, other) for other in translating.languages(book, into))


def _readable(root: Path, today: date, language: str) -> Handbook:
    checked = _checked(root, today, language)
    if checked.book is None:
        raise HandbookError("the handbook cannot be read; run 'handbook check'")
    return checked.book


def _write_told(root: Path, texts: Mapping[str, str], language: str) -> None:
    write_all(root, texts)
    for path in texts:
        click.echo(say("{path}: written", path=path).in_language(language), err=True)


def _by_place(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.rule, str(problem.message)


def _checked(root: Path, today: date, language: str) -> Checked:
    """What check, build and serve begin with: everything read and checked, and the local schemas fresh."""
    with _announced(say("checking the handbook ...").in_language(language)):
        checked = examine(root, today)
        _fresh_schemas(checked, root)
        return checked


def _fresh_schemas(checked: Checked, root: Path) -> None:
    """The local schemas with the ids there are now, for the editor."""
    if checked.book:
        with suppress(HandbookError):
            write_local_schemas(checked.book, root)


@commands.command()
@_root
@_language
@click.argument("rule", required=False)
def explain(root: Path, language: str | None, rule: str | None) -> None:
    """Say what a rule asks for and why; without a rule, list all of them."""
    language = _spoken(language, root)
    if rule is None:
        for name in sorted(RULES):
            click.echo(f"{name}\n    {page(RULES[name], language).norm}")
        return
    if rule not in RULES:
        raise HandbookError("no rule '{rule}'{hint}", rule=rule, hint=hint(rule, RULES))
    click.echo(_explained(page(RULES[rule], language), language), nl=False)


def _explained(shown: RulePage, language: str) -> str:
    parts = [f"{shown.name} ({say(shown.level).in_language(language)})", shown.norm, *shown.why]
    for heading, sample in ((say("Bad:"), shown.bad), (say("Good:"), shown.good)):
        if sample:
            indented = "\n".join(f"    {line}".rstrip() for line in sample.splitlines())
            parts += [heading.in_language(language), indented]
    return "\n\n".join(parts) + "\n"


def _spoken(asked: str | None, root: Path) -> str:
    """The language to speak: as asked, as HANDBOOK_LANG says, as the handbook is written, else Chinese."""
    wanted = asked or os.environ.get("HANDBOOK_LANG") or settings_language(root) or LANGUAGES[0]
    if wanted not in LANGUAGES:
        raise HandbookError("HANDBOOK_LANG must be zh or en: got '{found}'", found=wanted)
    click.get_current_context().find_root().obj = wanted
    return wanted


@contextmanager
def _announced(sentence: str) -> Iterator[None]:
    """Tell a person at a terminal what is going on once it takes over a second."""
    timer = Timer(1, click.echo, (sentence,), {"err": True})
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
