"""The handbook as a project of plain Markdown that any engine reads which knows mkdocs.yml."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import urljoin

import yaml

from generator.examine import Checked
from generator.messages import say
from generator.pages import Entry
from generator.problems import HandbookError
from generator.prose import escape
from generator.site import Order, Output, Site, make_site
from generator.writing import write_folder

MARK = "written-by-handbook.txt"
"""What every folder that we wrote holds, so that it may be written anew."""

_PAGES, _THEME = "docs", "theme"
_LEFT_OUT = ("repo_url", "edit_uri", "edit_uri_template", "watch")
"""Settings about the YAML behind the pages, which is not in the folder."""
_LINK = re.compile(r"(?<=\]\()([^)\s#:]+\.md)\b")


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; a value with a tag of its own (`!ENV`, `!!python/name:`) stays the node it is."""


class _Dumper(yaml.SafeDumper):
    """Writes every text in quotes: what is text in one version of YAML is a number in the other, as 1e5."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')


_Loader.add_constructor(None, lambda loader, node: node)
_Dumper.add_multi_representer(yaml.Node, lambda dumper, node: node)
_Dumper.add_representer(str, _quoted)
_Dumper.add_multi_representer(str, _quoted)


def write(root: Path, folder: Path, checked: Checked, order: Order) -> int:
    """Write the handbook at `root` into `folder`, which is replaced as a whole; returns the number of pages.

    HandbookError where errors in the content forbid it, or where `folder` holds what we did not write.
    """
    site = make_site(root, checked, order)
    if site.failed:
        raise HandbookError("the handbook cannot be read; run 'handbook check'")
    write_folder(folder, project(root, site), MARK)
    return sum(1 for _ in (folder / _PAGES).rglob("*.md"))


def project(root: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the written folder: its path, with slashes, and its content."""
    settings = _settings(root)
    edit = _edit_address(settings)
    places = {output.file: _place(output.file) for output in site.outputs}
    told = say("written by 'handbook write', which replaces this whole folder; edit the YAML instead")
    yield MARK, f"{told.in_language(site.language)}\n".encode()
    yield "mkdocs.yml", _yaml(_derived(settings, site, places)).encode()
    if own := _theme(settings).get("custom_dir"):
        yield from ((f"{_THEME}/{name}", content) for name, content in _files(root / own))
    docs = settings.get("docs_dir", "docs")
    for name, content in _files(root / docs):
        if not name.endswith(".md"):
            yield f"{_PAGES}/{name}", content
        elif site.extra.get("internal"):
            meta = {"edit_url": f"{edit}{docs}/{name}"} if edit else {}
            yield f"{_PAGES}/{name}", _with_meta(_relinked(content.decode(), name, places), meta)
    for output in site.outputs:
        yield f"{_PAGES}/{places[output.file]}", _content(output, edit)


def _settings(root: Path) -> dict[str, Any]:
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise HandbookError("no mkdocs.yml in {root}; run this in the handbook's folder", root=root)
    try:
        found = yaml.load(path.read_text("utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HandbookError("{path} cannot be read: {reason}", path=path, reason=error) from error
    if not isinstance(found, dict):
        raise HandbookError("{path} must hold keys with their values", path=path)
    return found


def _edit_address(settings: Mapping[str, Any]) -> str:
    """What the path of a source file is put after to edit it; empty where the settings do not say."""
    repo, edit = settings.get("repo_url"), settings.get("edit_uri")
    return urljoin(f"{repo.rstrip('/')}/", edit) if isinstance(repo, str) and isinstance(edit, str) else ""


def _place(file: str) -> str:
    """Each page has a folder of its own, so that an address means the same from the file and from the page.

    MkDocs leaves addresses in HTML as they are; Zensical takes them as relative to the file.
    """
    return f"{file[:-3]}/index.md" if file.endswith(".md") and Path(file).name != "index.md" else file


def _derived(settings: Mapping[str, Any], site: Site, places: Mapping[str, str]) -> dict[str, Any]:
    """mkdocs.yml for the folder: without our plugin, with all that the plugin sets."""
    kept = {key: value for key, value in settings.items() if key not in _LEFT_OUT}
    theme = _theme(settings)
    own = {"custom_dir": _THEME} if theme.get("custom_dir") else {}
    return {
        **kept,
        "site_name": escape(site.title),
        "docs_dir": _PAGES,
        "site_dir": "site",
        # Zensical has two looks; the templates of the theme are made for the one of Material.
        "theme": {**theme, **own, "variant": "classic"},
        "plugins": _others(settings.get("plugins") or []),
        "extra": {**settings.get("extra", {}), **site.extra},
        "nav": [_nav(entry, places) for entry in site.navigation],
    }


def _theme(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the theme; MkDocs also takes just its name."""
    theme = settings.get("theme") or {}
    return {"name": theme} if isinstance(theme, str) else dict(theme)


def _others(plugins: Sequence[str | Mapping[str, Any]] | Mapping[str, Any]) -> list[Any]:
    """The plugins but ours; MkDocs takes a list of names and mappings, or one mapping."""
    listed = [{name: plugins[name]} for name in plugins] if isinstance(plugins, Mapping) else plugins
    return [
        plugin for plugin in listed if "handbook" not in ([plugin] if isinstance(plugin, str) else plugin)
    ]


def _nav(entry: Entry, places: Mapping[str, str]) -> dict[str, Any]:
    below = [_nav(child, places) for child in entry.entries]
    return {escape(entry.title): below or places.get(entry.file, entry.file)}


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder but hidden ones, in order."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".") and "/." not in name:
            yield name, path.read_bytes()


def _relinked(text: str, name: str, places: Mapping[str, str]) -> str:
    """A page written by hand with its links to pages leading to where those are put."""

    def moved(link: re.Match[str]) -> str:
        return _place(link[1]) if normpath(join(dirname(name), link[1])) in places else link[1]

    return _LINK.sub(moved, text)


def _content(output: Output, edit: str) -> bytes:
    content = output.content
    if isinstance(content, bytes):
        return content
    if not output.file.endswith(".md"):
        return content.encode()
    own = {"edit_url": f"{edit}{output.source}"} if edit and output.source else {}
    return _with_meta(content.lstrip("\n"), {**output.meta, **own})


def _with_meta(markdown: str, meta: Mapping[str, Any]) -> bytes:
    """The page with its meta as front matter, or added to the front matter that it has."""
    front = f"---\n{_yaml(meta)}" if meta else ""
    if front and not markdown.startswith("---\n"):
        front += "---\n\n"
    return (front + (markdown.removeprefix("---\n") if front else markdown)).encode()


def _yaml(data: Mapping[str, Any]) -> str:
    return yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
