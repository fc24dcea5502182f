"""Walk standards/: files become records; whatever is wrong becomes problems."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from generator.catalogues import LOCALES, Catalogue, read_catalogue
from generator.faults import value_problems
from generator.figures import ENDINGS, unfit
from generator.handbook import Handbook
from generator.kinds import BY_FOLDER
from generator.kinds.record import Record
from generator.messages import Message, say
from generator.problems import HandbookError, Place, Problem, hint
from generator.rows import read_tables, repeated
from generator.settings import Pack, Settings
from generator.source import Source, read_source
from generator.tables.row import Row
from generator.tailor import tailored
from generator.timeline import by_id, revision_problems
from generator.values import MAX_SLUG, SLUG, Strict

STANDARDS = "standards"
_PAGES = "history register glossary rules complaint emergency choose roles locations gaps coverage"
_OVERVIEWS = "responsibilities courses metrics forms scripts references changes reviews findings look-up"
_STATES = "comparisons development facilities posters cards"
_BY_DAY = "coming notices compare today"
_FILES = "assets search data templates en zh index readme handbook"
RESERVED = frozenset(f"{_FILES} {_PAGES} {_OVERVIEWS} {_STATES} {_BY_DAY} aux con nul prn".split())
NOT_RECORDS = frozenset(("data", "figures", "locales"))
_SLUG = re.compile(SLUG)
_MAJOR = re.compile(r"[1-9][0-9]*")
_YAML = re.compile(r"\.ya?ml(?:$|\.)", re.IGNORECASE)


_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(repr=False)
class Loaded:
    """What reading brought: settings and packs where readable, all readable records, all problems."""

    root: Path
    settings: Settings | None = None
    packs: dict[str, Pack] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Ids whose files could not be read."""
    waiting: list[tuple[type[Record], str, str, Source]] = field(default_factory=list)
    """Tailored files, read and not yet laid over their bases: kind, pack, stem, file."""
    figures: dict[str, tuple[tuple[int, int], Message | None]] = field(default_factory=dict)
    """The images by path: when and how large they were saved, and why they are unfit, or None."""
    known: dict[str, Source] = field(default_factory=dict)
    """What has been read before, by path, ..."""
    made: dict[str, Record] = field(default_factory=dict)
    """... and the records made of it; taken again where nothing has changed."""
    seen: dict[str, tuple[tuple[int, int], Message | None]] = field(default_factory=dict)
    """The images that have been looked at before."""
    rows: list[Row] = field(default_factory=list)
    """The readable rows of all tables."""
    catalogues: dict[str, tuple[object, Catalogue]] = field(default_factory=dict)
    """The readable catalogues by path, each with the stamp of its file."""

    def __repr__(self) -> str:
        return f"<Loaded {self.root}: {len(self.records)} records, {len(self.problems)} problems>"


def load(root: Path, before: Loaded | None = None) -> Loaded:
    """Read everything below `root`/standards; raises HandbookError where there is no such folder.

    What is as it was `before` is the same object again.
    """
    folder = root / STANDARDS
    if not folder.is_dir():
        raise HandbookError(
            "no folder '{folder}' in {root}; run this in the handbook's folder", folder=STANDARDS, root=root
        )
    loaded = Loaded(root)
    if before:
        loaded.known = before.sources
        loaded.made = {record.path: record for record in before.records}
        loaded.seen = before.figures
    loaded.settings = _settings(loaded, folder / "handbook.yml")
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in NOT_RECORDS and not path.name.startswith("."):
            _read_pack(loaded, path)
        elif _is_yaml(path.name) and path.name != "handbook.yml":
            _misplaced(loaded, path)
    _read_figures(loaded)
    _read_catalogues(loaded, before.catalogues if before else {})
    _tailor(loaded)
    loaded.problems.extend(repeated(loaded.rows))
    loaded.problems.extend(revision_problems(loaded.records, loaded.unread))
    loaded.known, loaded.made, loaded.seen = {}, {}, {}
    return loaded


def settings_language(root: Path) -> str | None:
    """The language the handbook is written in, as far as handbook.yml can be read."""
    path = root / STANDARDS / "handbook.yml"
    data = read_source(root, path).data if path.is_file() else None
    languages = data.get("languages") if isinstance(data, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if first in ("zh", "en") else None


def link(loaded: Loaded, today: date) -> Handbook | None:
    """The graph of what could be read, on one day; None where handbook.yml or a pack.yml could not."""
    if loaded.settings is None:
        return None
    revisions = by_id(record for record in loaded.records if record.pack in loaded.packs)
    unlinked = {record.id for record in loaded.records if record.pack not in loaded.packs}
    unread = frozenset(loaded.unread | unlinked)
    figures = {path: why for path, (_, why) in loaded.figures.items()}
    rows = tuple(row for row in loaded.rows if row.pack in loaded.packs)
    catalogues = tuple(catalogue for _, catalogue in loaded.catalogues.values())
    return Handbook(
        loaded.settings, loaded.packs, revisions, today, loaded.sources, unread, figures, rows, catalogues
    )


def _stamp(path: Path) -> tuple[int, int]:
    """When and how large a file was saved."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _read_figures(loaded: Loaded) -> None:
    for path in sorted((loaded.root / STANDARDS).glob("*/figures/*")):
        if path.suffix not in ENDINGS or not path.is_file():
            continue
        stamp, name = _stamp(path), path.relative_to(loaded.root).as_posix()
        known = loaded.seen.get(name)
        again = known[1] if known and known[0] == stamp else unfit(path.name, path.read_bytes())
        loaded.figures[name] = (stamp, again)


def _read_catalogues(loaded: Loaded, before: Mapping[str, tuple[object, Catalogue]]) -> None:
    for path in sorted((loaded.root / LOCALES).glob("*/*.po")):
        stamp, name = _stamp(path), path.relative_to(loaded.root).as_posix()
        known = before.get(name)
        found = known[1] if known and known[0] == stamp else read_catalogue(name, path.read_bytes())
        if isinstance(found, Problem):
            loaded.problems.append(found)
            continue
        loaded.catalogues[name] = (stamp, found)
        if fault := _catalogue_fault(loaded, found):
            loaded.problems.append(Problem(Place(name), "wrong-file-name", fault))


def _catalogue_fault(loaded: Loaded, catalogue: Catalogue) -> Message | None:
    known = {"handbook", *loaded.packs}
    if catalogue.name not in known:
        return say(
            "a catalogue is {folder}/<language>/<pack>.po, and there is no pack '{name}'{hint}",
            folder=LOCALES,
            name=catalogue.name,
            hint=hint(catalogue.name, known),
        )
    others = loaded.settings.languages[1:] if loaded.settings else [catalogue.language]
    if catalogue.language not in others:
        return say(
            "'{language}' is not among the other languages of handbook.yml", language=catalogue.language
        )
    return None


def _settings(loaded: Loaded, path: Path) -> Settings | None:
    if not path.exists():
        _missing(
            loaded,
            path,
            say("handbook.yml is missing; it names the organisation, its units and its publications"),
        )
        return None
    return _read_model(loaded, Settings, path, "common")


def _read_pack(loaded: Loaded, folder: Path) -> None:
    fault = name_fault(folder.name)
    if fault:
        _bad_name(loaded, folder, fault)
        return
    if folder.is_symlink():
        _linked(loaded, folder)
        return
    pack_file = folder / "pack.yml"
    if pack_file.exists():
        pack = _read_model(loaded, Pack, pack_file, folder.name)
        if pack:
            loaded.packs[folder.name] = pack
    else:
        message = say(
            "pack.yml is missing in pack '{pack}'; it names the title and the owner", pack=folder.name
        )
        _missing(loaded, pack_file, message)
    _read_data(loaded, folder / "data")
    seen: dict[str, str] = {}
    for base, name in _yaml_files(loaded, folder):
        path = base / name
        kind = BY_FOLDER.get(base.name) if base.parent == folder else None
        if kind:
            _read_record(loaded, kind, path, seen)
        elif path != pack_file:
            _misplaced(loaded, path)


def _read_data(loaded: Loaded, folder: Path) -> None:
    if folder.is_symlink():
        _linked(loaded, folder)
    elif folder.is_dir():
        rows, problems = read_tables(loaded.root, folder)
        loaded.rows += rows
        loaded.problems += problems


def _yaml_files(loaded: Loaded, folder: Path) -> Iterator[tuple[Path, str]]:
    """The folders and names of what is meant as YAML; tells of folders that are links."""
    for name, folders, files in os.walk(folder):
        base = Path(name)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in NOT_RECORDS)
        links = [name for name in folders if (base / name).is_symlink()]
        for link in links:
            _linked(loaded, base / link)
        odd = [name for name in folders if name not in links]
        yield from ((base, name) for name in sorted([*files, *odd]) if _is_yaml(name))


def _is_yaml(name: str) -> bool:
    """Whether a person meant it as one: with .YML or .yml.txt too, which are then refused by name."""
    return bool(_YAML.search(name)) and not name.startswith(".")


def _read_record(loaded: Loaded, kind: type[Record], path: Path, seen: dict[str, str]) -> None:
    pack, written = path.parts[-3], path.stem
    stem, _, major = written.partition("@")
    fault = name_fault(stem) or _major_fault(written, major)
    if path.suffix != ".yml":
        fault = say("the file must end in .yml: got '{name}'", name=path.name)
    if fault:
        _bad_name(loaded, path, fault)
        return
    source = _read(loaded, path)
    if written in seen:
        message = say("id '{id}' is taken by {other}", id=f"{pack}/{written}", other=seen[written])
        loaded.problems.append(Problem(Place(source.path), "duplicate-id", message))
        return
    seen[written] = source.path
    if isinstance(source.data, dict) and "extends" in source.data:
        loaded.waiting.append((kind, pack, stem, source))
    else:
        _keep(loaded, kind, pack, stem, source)


def _major_fault(name: str, major: str) -> Message | None:
    if "@" in name and not _MAJOR.fullmatch(major):
        return say(
            "a kept revision is named after its MAJOR, such as check-in@2.yml: got '{name}'", name=name
        )
    return None


def _tailor(loaded: Loaded) -> None:
    """Lay the tailored files over their bases, now that all files are read."""
    for kind, pack, stem, source in loaded.waiting:
        whole = tailored(source, kind.folder, pack, loaded.sources)
        if isinstance(whole, Problem):
            loaded.problems.append(whole)
            loaded.unread.add(f"{pack}/{stem}")
            continue
        loaded.problems.extend(problem for problem in whole.problems if problem not in source.problems)
        _keep(loaded, kind, pack, stem, whole)


def _keep(loaded: Loaded, kind: type[Record], pack: str, stem: str, source: Source) -> None:
    made = loaded.made.get(source.path)
    if made and made.source == source:
        loaded.records.append(made)
        return
    record = _validated(loaded, kind, source, pack)
    if record is None:
        loaded.unread.add(f"{pack}/{stem}")
        return
    record.settle(pack, stem, source)
    loaded.records.append(record)


def _read(loaded: Loaded, path: Path) -> Source:
    name = path.relative_to(loaded.root).as_posix()
    source = read_source(loaded.root, path, loaded.known.get(name))
    loaded.sources[source.path] = source
    loaded.problems.extend(source.problems)
    return source


def _read_model(loaded: Loaded, model: type[_Model], path: Path, pack: str) -> _Model | None:
    return _validated(loaded, model, _read(loaded, path), pack)


def _validated(loaded: Loaded, model: type[_Model], source: Source, pack: str) -> _Model | None:
    if source.data is None:
        return None
    if not isinstance(source.data, dict):
        message = say("the file must hold 'key: value' lines; is the ': ' after the key an ordinary one?")
        loaded.problems.append(Problem(source.place(), "wrong-value", message))
        return None
    try:
        return model.model_validate(source.data, context={"pack": pack})
    except ValidationError as error:
        loaded.problems.extend(value_problems(model, source, error.errors(include_url=False)))
        return None


def name_fault(name: str) -> Message | None:
    """What is wrong with the name of a pack or a record, or None."""
    if name in RESERVED:
        return say("the name '{name}' is reserved for the site's own pages", name=name)
    if not _SLUG.fullmatch(name) or len(name) > MAX_SLUG:
        return say(
            "the name must be lower-case letters, digits and hyphens, {max} at most: got '{name}'",
            max=MAX_SLUG,
            name=name,
        )
    return None


def model_of(path: Path) -> type[Strict] | None:
    """What a file of standards/ must hold, by its path relative to the root; None where no file belongs."""
    match path.parts:
        case (_, "handbook.yml"):
            return Settings
        case (_, _, "pack.yml"):
            return Pack
        case (_, _, folder, _):
            return BY_FOLDER.get(folder)
    return None


def _bad_name(loaded: Loaded, path: Path, message: Message) -> None:
    loaded.problems.append(
        Problem(Place(path.relative_to(loaded.root).as_posix()), "wrong-file-name", message)
    )


def _misplaced(loaded: Loaded, path: Path) -> None:
    name = path.relative_to(loaded.root).as_posix()
    message = say(
        "a record must be standards/<pack>/<folder>/<name>.yml with a folder of {folders}{hint}",
        folders=", ".join(BY_FOLDER),
        hint=hint(path.parent.name, BY_FOLDER),
    )
    loaded.problems.append(Problem(Place(name), "wrong-file-name", message))


def _linked(loaded: Loaded, path: Path) -> None:
    message = say("a link to a folder; put the folder itself here")
    loaded.problems.append(
        Problem(Place(path.relative_to(loaded.root).as_posix()), "unreadable-file", message)
    )


def _missing(loaded: Loaded, path: Path, message: Message) -> None:
    loaded.problems.append(Problem(Place(path.relative_to(loaded.root).as_posix()), "missing-file", message))
