"""The commands. Only this module prints, asks for the time and decides exit codes."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from threading import Timer

import click

from generator.build import build as build_site
from generator.build import serve as serve_site
from generator.checks import RULES
from generator.clock import clock
from generator.examine import Checked, examine
from generator.explain import RulePage, page
from generator.fmt import tidy
from generator.kinds import BY_NAME
from generator.load import settings_language
from generator.messages import say
from generator.new import new as write_new
from generator.problems import HandbookError, hint
from generator.rename import rename as rename_record
from generator.report import FORMATS, as_text, summary
from generator.schema import stale_schemas, write_local_schemas, write_schemas
from generator.writing import write_all

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
def check(root: Path, language: str | None, as_of: str | None, form: str) -> int:
    """Check the content: every file, every reference, every rule. Exit code 1 means errors."""
    language = _spoken(language, root)
    checked = _checked(root, clock(as_of), language)
    click.echo(FORMATS[form](checked.problems, language), nl=False)
    click.echo(summary(checked.problems, len(checked.loaded.sources), language), err=True)
    return 1 if checked.failed else 0


@commands.command()
@_root
@_language
@_as_of
@click.option("--site", type=click.Path(path_type=Path), help="Where to build; default: site/ in the root.")
def build(root: Path, language: str | None, as_of: str | None, site: Path | None) -> int:
    """Check the content and build the site; the last site stays where there are errors."""
    language, today = _spoken(language, root), clock(as_of)
    checked = _checked(root, today, language)
    click.echo(as_text(checked.problems, language), err=True, nl=False)
    click.echo(summary(checked.problems, len(checked.loaded.sources), language), err=True)
    if checked.failed:
        return 1
    with _announced(say("building the site ...").in_language(language)):
        pages = build_site(root, site or root / "site", today, checked)
    click.echo(
        say("pages: {pages}, in {site}", pages=pages, site=site or root / "site").in_language(language),
        err=True,
    )
    return 0


@commands.command()
@_root
@_language
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview listens.")
def serve(root: Path, language: str | None, address: str) -> int:
    """Show the handbook on this machine and follow every saved change."""
    language = _spoken(language, root)
    checked = _checked(root, clock(), language)
    click.echo(as_text(checked.problems, language), err=True, nl=False)
    if checked.failed:
        return 1
    serve_site(root, address)
    return 0


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


def _checked(root: Path, today: date, language: str) -> Checked:
    """What check, build and serve begin with: everything read and checked, and the local schemas fresh."""
    with _announced(say("checking the handbook ...").in_language(language)):
        checked = examine(root, today)
        if checked.book:
            with suppress(HandbookError):
                write_local_schemas(checked.book, root)
        return checked


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
