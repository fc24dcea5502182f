"""A record tailored from another: its file laid over the pinned MAJOR of its base, before validation."""

from collections.abc import Mapping

from generator.messages import Message, say
from generator.overlay import Layer, Overlaid, lay_over
from generator.problems import Problem, hint
from generator.source import Data, Source
from generator.values import BASE_REF

_IDENTITY = (
    "code",
    "replaces",
    "extends",
    "may_vary",
    "visibility",
    "aliases",
    "asks",
    "formerly",
    "waivers",
    "figures",
)
_TIME = ("status", "version", "effective", "ends", "review_by", "reviewed", "approved", "changes")
_PEOPLE = ("owner", "author", "reviewer", "distribution")
OWN = frozenset((*_IDENTITY, *_TIME, *_PEOPLE))
"""What never comes from the base: identity, time, status, people, visibility, changes, waivers."""


def tailored(source: Source, folder: str, pack: str, files: Mapping[str, Source]) -> Overlaid | Problem:
    """The file laid over its base; the problem where there is no base to lay it over.

    `folder` is the kind's folder, `files` are all files by path.
    """
    written = source.data["extends"]
    match = BASE_REF.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        template = "'extends' must be an id with its MAJOR, such as common/phone-answering@2: got '{found}'"
        message = say(template, found=written)
        return Problem(source.place("extends"), "unknown-base", message)
    base_pack, slash, stem = match[1].rpartition("/")
    base_pack = base_pack if slash else pack
    base = _revision(files, base_pack, folder, stem, match[2])
    if base is None:
        message = _missing(files, source, f"{base_pack}/{stem}", folder, match[2])
        return Problem(source.place("extends"), "unknown-base", message)
    fault = _unfit(source, base)
    if fault:
        return Problem(source.place("extends"), "unknown-base", fault)
    given = {key: value for key, value in base.data.items() if key not in OWN}
    return lay_over(Layer(base, given, base_pack), Layer(source, source.data, pack))


def _revision(files: Mapping[str, Source], pack: str, folder: str, stem: str, major: str) -> Source | None:
    """The file that holds this MAJOR."""
    path = f"standards/{pack}/{folder}/{stem}"
    kept = files.get(f"{path}@{major}.yml")
    newest = files.get(f"{path}.yml")
    if kept is None and newest is not None and _major(newest.data) == major:
        return newest
    return kept


def _missing(files: Mapping[str, Source], source: Source, id: str, folder: str, major: str) -> Message:
    pack, _, stem = id.partition("/")
    newest = files.get(f"standards/{pack}/{folder}/{stem}.yml")
    if newest is not None and not isinstance(newest.data, dict):
        return say("its base {path} cannot be read", path=newest.path)
    if newest is not None:
        return say(
            "'{id}' has no MAJOR {major}; {path} holds MAJOR {found}",
            id=id,
            major=major,
            path=newest.path,
            found=_major(newest.data),
        )
    other = next((path for path in files if _id(path) == id), None)
    if other is not None:
        return say(
            "'{id}' is of another kind ({path}), not one of {folder}/", id=id, path=other, folder=folder
        )
    known = [_id(path) for path in files if f"/{folder}/" in path and path != source.path]
    return say("no record '{id}' among {folder}/{hint}", id=id, folder=folder, hint=hint(id, known))


def _unfit(source: Source, base: Source) -> Message | None:
    """Why the base cannot be one, or None."""
    if not isinstance(base.data, dict):
        return say("its base {path} cannot be read", path=base.path)
    if _id(base.path) == _id(source.path):
        return say("a record cannot be tailored from itself")
    if "extends" in base.data:
        return say("its base is itself tailored ({place}); name that one's base", place=base.place("extends"))
    return None


def _id(path: str) -> str:
    """The id of the record that a file holds; of pack.yml and handbook.yml something that is none."""
    parts = path.split("/")
    return f"{parts[1]}/{parts[-1].removesuffix('.yml').partition('@')[0]}" if len(parts) == 4 else path


def _major(data: Data) -> str:
    version = data.get("version") if isinstance(data, dict) else None
    return version.partition(".")[0] if isinstance(version, str) else "?"
