"""`handbook write`: other engines make the same pages of it, and nothing but our own folder is replaced."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from urllib.parse import urldefrag

import pytest
import yaml
from markdown_it import MarkdownIt

from generator.build import build
from generator.clock import clock
from generator.examine import examine
from generator.problems import HandbookError
from generator.site import Order
from generator.write import MARK, write
from tests import vocabulary
from tests.bad_input import handbook
from tests.test_build import PUBLICATIONS, snapshot
from tests.test_leak import png
from tests.written_pages import SITE, Seen, content, seen, shell, sources

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 1)
ENGINES = ("mkdocs", "properdocs", "zensical")

DIFFERENCES = {
    "zensical": (
        # Its link that skips the header leads to a place named #__skip, not to the first heading.
        (r'href="#[^"]*" class="md-skip"', ""),
        # Its script drives another search than Material's, so header.html leaves the search out there.
        (r'(?s)<label class="[^"]*hb-header__search.*?(?=<script src="[^"]*palette\.js)', ""),
    )
}
"""What an engine is known to do differently around the content: a pattern that is not compared, and why.

Nothing differs within the content.
"""

MADE_BY_ENGINES = (".html", "sitemap.xml", "sitemap.xml.gz")
HAND_WRITTEN = """\
---
title: 自己写的
---

# 另一页

看[店员](../shop/roles/clerk.md)、[怎样修改](../how-to-edit.md "说明")和[清单](../register/index.md)。
"""
AWKWARD = {
    # Text to us and to PyYAML, a number to readers of newer YAML.
    "shop/standards/phone.yml": "code: 1e5\ntitle: '接电话 <b>*三声*</b> 内 & 不 {: .x} 拖'\n"
    "figures: [{ file: desk.png, alt: 柜台, caption: 柜台 }]\n",
}


def lay(root: Path, files: dict[str, vocabulary.Text] | None = None) -> Path:
    """The tiny handbook with the real templates, theme and configuration."""
    vocabulary.write(root, files or {})
    for name in ("templates", "site_overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def write_out(root: Path, folder: Path, day: date = DAY, order: Order | None = None) -> int:
    return write(root, folder, examine(root, day), order or Order())


@dataclass(frozen=True)
class Made:
    """The site that the plugin builds, the written folder, and the site each engine makes of that."""

    plugin: Path
    written: Path
    engines: dict[str, Path]
    shared: bool
    """Whether the pages of records are shared out among the engines."""


def engine(name: str, folder: Path) -> subprocess.Popen[str]:
    """The engine at work on its own copy of the written folder; whatever it warns of is an error."""
    if find_spec(name) is None:
        pytest.fail(f"{name} is not installed: 'make test' installs all that requirements/test.txt locks")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    return subprocess.Popen(
        [sys.executable, "-m", name, "build", "--strict"],
        cwd=folder,
        env={**kept, "SITE_URL": SITE, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module", params=["tiny", "real"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The tiny handbook with what is awkward for engines, and the handbook of this repository."""
    base = tmp_path_factory.mktemp(request.param)
    root, day = (ROOT, clock()) if request.param == "real" else (awkward(base / "root"), DAY)
    checked = examine(root, day)
    write(root, base / "written", checked, Order())
    folders = {name: Path(shutil.copytree(base / "written", base / name)) for name in ENGINES}
    if shared := request.param == "real":
        share_out(list(folders.values()))
    running = {name: engine(name, folder) for name, folder in folders.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", SITE)
        build(root, base / "plugin", day, checked, Order(language="zh"))
    for name, process in running.items():
        told, _ = process.communicate()
        assert process.returncode == 0, f"{name}: {told}"
    return Made(base / "plugin", base / "written", {name: folders[name] / "site" for name in ENGINES}, shared)


def share_out(folders: list[Path]) -> None:
    """Leave all overviews in every folder, but each record's page in one of them only, to save time."""
    below = [path.relative_to(folders[0]) for path in sorted(folders[0].glob("docs/*/*/*/**/index.md"))]
    listed = (folders[0] / "mkdocs.yml").read_text("utf-8")
    for number, page in enumerate(
        page for page in below if page.relative_to("docs").as_posix() not in listed
    ):
        for place, folder in enumerate(folders):
            if number % len(folders) != place:
                (folder / page).unlink()


def awkward(root: Path) -> Path:
    lay(root, AWKWARD)
    figures = root / "standards/shop/figures"
    figures.mkdir()
    (figures / "desk.png").write_bytes(png("desk"))
    notes = root / "site_overrides/pages/notes"
    notes.mkdir()
    (notes / "more.md").write_text(HAND_WRITTEN, "utf-8")
    (notes / "more.txt").write_text("beside it", "utf-8")
    return root


@pytest.mark.parametrize("name", ENGINES)
def test_every_page_says_the_same(made: Made, name: str) -> None:
    ours, theirs = sources(made.plugin), sources(made.engines[name])
    assert set(theirs) <= set(ours)
    assert [url for url in theirs if seen(content(ours[url]), url) != seen(content(theirs[url]), url)] == []


def test_no_page_is_left_out(made: Made) -> None:
    built = [set(sources(site)) for site in made.engines.values()]
    assert set().union(*built) == set(sources(made.plugin))
    assert made.shared or built == [built[0]] * len(built)


@pytest.mark.parametrize("name", ENGINES)
def test_what_stands_around_is_the_same(made: Made, name: str) -> None:
    """Title, forwarding, crumbs, navigation, edit link, report, print line: all from meta and mkdocs.yml."""

    def around(html: str, url: str) -> Seen:
        for pattern, instead in DIFFERENCES.get(name, ()):
            html, times = re.subn(pattern, instead, html)
            assert times <= 1
        return replace(seen(shell(html), url), ids=())

    ours, theirs = sources(made.plugin), sources(made.engines[name])
    few = list(islice(theirs, 0, None, 1 + len(theirs) // 40))
    assert "%26%23" not in "".join(link for url in few for link in around(theirs[url], url).links)
    assert [url for url in few if around(ours[url], url) != around(theirs[url], url)] == []


@pytest.mark.parametrize("name", ENGINES)
def test_data_and_images_are_the_same(made: Made, name: str) -> None:
    ours, theirs, given = (
        snapshot(folder) for folder in (made.plugin, made.engines[name], made.written / "docs")
    )
    files = {file: content for file, content in given.items() if not file.endswith(".md")}
    assert {"handbook.json", "search/search_index.json"} <= set(files)
    assert files == {file: ours.get(file) for file in files} == {file: theirs.get(file) for file in files}


@cache
def by_the_standard(path: Path) -> str:
    """The HTML of a written page, read as CommonMark with tables and nothing else."""
    return MarkdownIt("commonmark").enable("table").render(path.read_text("utf-8").partition("\n---\n")[2])


def test_pages_are_plain_markdown(made: Made) -> None:
    """Without any speciality of Python-Markdown, every page says what the plugin's build says."""
    ours = sources(made.plugin)
    for path in sorted((made.written / "docs").rglob("*.md")):
        name = path.relative_to(made.written / "docs").as_posix()
        url = name.removesuffix(".md").removesuffix("index") + "/" * (not name.endswith("index.md"))
        found, wanted = seen(by_the_standard(path), url), seen(content(ours[url]), url)
        assert found.text == wanted.text, url
        assert [heading[:2] for heading in found.headings] == [heading[:2] for heading in wanted.headings], (
            url
        )
        if name.endswith("index.md"):
            assert found.links == wanted.links, url


def test_nothing_links_to_an_id_that_an_engine_makes(made: Made) -> None:
    """Each engine names headings in its own way; what is linked to has its id in our HTML."""
    ids: dict[str, tuple[str, ...]] = {}
    links = set()
    for path in sorted((made.written / "docs").rglob("index.md")):
        url = path.relative_to(made.written / "docs").as_posix().removesuffix("index.md")
        found = seen(by_the_standard(path), url)
        ids[SITE + url] = found.ids
        links |= {(url, link) for link in found.links if "#" in link and link.startswith(SITE)}
    assert links
    assert [pair for pair in sorted(links) if urldefrag(pair[1])[1] not in ids[urldefrag(pair[1])[0]]] == []


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return lay(tmp_path / "root")


def test_a_folder_of_ours_is_wiped(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    pages = write_out(tiny, folder)
    assert pages == len(list(folder.rglob("*.md")))
    first = snapshot(folder)
    for left in ("docs/shop/old.md", "site/index.html"):
        (folder / left).parent.mkdir(exist_ok=True)
        (folder / left).write_text("old", "utf-8")
    write_out(tiny, folder)
    assert snapshot(folder) == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "root"]


def test_an_empty_folder_is_used(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert write_out(tiny, tmp_path / "out")


@pytest.mark.parametrize("holds", ["notes.md", ".git/config", "."])
def test_nothing_else_is_replaced(tiny: Path, tmp_path: Path, holds: str) -> None:
    folder = tmp_path / "out"
    if holds == ".":
        folder.write_text("a file", "utf-8")
    else:
        (folder / holds).parent.mkdir(parents=True)
        (folder / holds).write_text("mine", "utf-8")
    before = snapshot(tmp_path)
    with pytest.raises(HandbookError, match="name another folder"):
        write_out(tiny, folder)
    assert snapshot(tmp_path) == before


def test_a_repository_is_not_lost_though_the_folder_is_ours(tiny: Path, tmp_path: Path) -> None:
    write_out(tiny, tmp_path / "out")
    (tmp_path / "out/.git").write_text("gitdir: elsewhere", "utf-8")
    with pytest.raises(HandbookError, match="git repository"):
        write_out(tiny, tmp_path / "out")


@pytest.mark.parametrize(
    ("step", "failing_call"), [("pathlib.Path.write_bytes", 2), ("generator.writing.put", 1)]
)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device", "x")])
def test_an_interruption_leaves_the_last_folder(
    tiny: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    failing_call: int,
    error: BaseException,
) -> None:
    folder = tmp_path / "out"
    write_out(tiny, folder)
    before = snapshot(tmp_path)
    path = tiny / "standards/shop/terms/ring.yml"
    path.write_text(path.read_text("utf-8").replace("电话响一次", "响一次"), "utf-8")
    before[path.relative_to(tmp_path).as_posix()] = path.read_bytes()
    real, calls = Path.write_bytes, []

    def failing(self: Path, argument: object) -> object:
        calls.append(self)
        if len(calls) == failing_call:
            raise error
        return real(self, argument)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(step, failing)
        with pytest.raises((KeyboardInterrupt, HandbookError)):
            write_out(tiny, folder)
    assert len(calls) >= failing_call
    assert snapshot(tmp_path) == before


def test_a_folder_behind_a_link_stays_behind_it(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "out").symlink_to("far")
    write_out(tiny, tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "far" / MARK).is_file()


def test_a_publication_keeps_what_it_hides_and_how_it_is_made(tiny: Path, tmp_path: Path) -> None:
    settings = tiny / "standards/handbook.yml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("publi")]
    settings.write_text("\n".join(lines) + "\n" + PUBLICATIONS, "utf-8")
    term = tiny / "standards/shop/terms/ring.yml"
    term.write_text(term.read_text("utf-8") + "visibility: public\n", "utf-8")
    write_out(tiny, tmp_path / "out", order=Order("guests"))
    written = snapshot(tmp_path / "out/docs")
    assert "shop/terms/ring/index.md" in written
    assert not {"shop/roles/clerk/index.md", "how-to-edit.md", "register/index.md"} & set(written)
    told = b"".join([*written.values(), (tmp_path / "out/mkdocs.yml").read_bytes()])
    assert [
        word for word in ("edit_url", "edit/main", "standards/shop", "staff") if word.encode() in told
    ] == []


@pytest.mark.parametrize("plugins", ["[handbook, search]", "{ handbook: {}, search: { lang: en } }"])
def test_a_theme_and_plugins_may_be_said_in_short(tiny: Path, tmp_path: Path, plugins: str) -> None:
    (tiny / "mkdocs.yml").write_text(f"site_name: x\ntheme: material\nplugins: {plugins}\n", "utf-8")
    write_out(tiny, tmp_path / "out")
    made = yaml.safe_load((tmp_path / "out/mkdocs.yml").read_text("utf-8"))
    assert made["theme"] == {"name": "material", "variant": "classic"}
    assert [word in str(made["plugins"]) for word in ("search", "handbook")] == [True, False]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["docs", "mkdocs.yml", MARK]


def test_settings_of_mkdocs_yml_are_kept(tiny: Path, tmp_path: Path) -> None:
    path = tiny / "mkdocs.yml"
    more = "plugins:\n  - handbook: {publication: staff}\n  - search:\n      lang: en\ncopyright: 小店\n"
    path.write_text(path.read_text("utf-8").replace("plugins:\n  - handbook\n", more), "utf-8")
    write_out(tiny, tmp_path / "out")
    text = (tmp_path / "out/mkdocs.yml").read_text("utf-8")
    assert '!ENV [SITE_URL, "https://example.github.io/service-handbook/"]' in text
    assert "!!python/name:markdown.extensions.toc.slugify_unicode" in text
    plain = yaml.safe_load(re.sub(r"!\S+", "", text))
    assert (plain["plugins"], plain["copyright"]) == ([{"search": {"lang": "en"}}], "小店")
    assert not {"repo_url", "edit_uri", "watch"} & set(plain)


@pytest.mark.parametrize(
    ("text", "told"), [(None, r"no mkdocs\.yml"), ("a: [", "cannot be read"), ("- a", "must hold keys")]
)
def test_mkdocs_yml_must_be_there(tiny: Path, tmp_path: Path, text: str | None, told: str) -> None:
    (tiny / "mkdocs.yml").unlink()
    if text:
        (tiny / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(HandbookError, match=told):
        write_out(tiny, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def run(root: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code, out, err = handbook("write", "--root", str(root), "--lang", "en", *options, capsys=capsys)
    assert out == ""
    return code, err.replace(str(root.parent), "")


def test_the_command(tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(tiny, "--as-of", "2026-06-01", str(tmp_path / "out"), capsys=capsys)
    pages = len(list((tmp_path / "out").rglob("*.md")))
    assert (code, told.splitlines()[-1]) == (0, f"pages: {pages}, in /out")
    extra = yaml.safe_load(re.sub(r"!\S+", "", (tmp_path / "out/mkdocs.yml").read_text("utf-8")))["extra"]
    assert (extra["as_of"], extra["built"]) == (True, "2026-06-01")
    assert run(tiny, "--publication", "staf", str(tmp_path / "out"), capsys=capsys)[0] == 2
    path = tiny / "standards/shop/roles/clerk.yml"
    path.write_text(path.read_text("utf-8").replace("owner: manager", "owner: manger"), "utf-8")
    before = snapshot(tmp_path / "out")
    code, told = run(tiny, str(tmp_path / "out"), capsys=capsys)
    assert (code, "[unknown-reference]" in told) == (1, True)
    assert snapshot(tmp_path / "out") == before
