"""The preview shows what a new build would be, whatever has been edited, and makes little of it anew."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from generator.build import build
from generator.examine import examine
from generator.memory import Memory
from generator.preview import Preview, serve
from generator.problems import HandbookError
from generator.site import Order, Site, make_site
from tests.test_build import DAY, break_reference, snapshot

ROOT = Path(__file__).parent.parent
REAL_DAY = date(2026, 11, 28)
EDITS = 50
_PROSE = re.compile(r"\s*(- )?(title|summary|say|text|action): \S")


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A copy of the whole repository's handbook, to be edited."""
    for name in ("standards", "templates", "site_overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def word(path: Path, dice: random.Random) -> bool:
    """Change what some field says."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    prose = [
        n for n, line in enumerate(lines) if re.match(r"\s*(- )?(title|summary|say|text|action): \S", line)
    ]
    if not prose:
        return False
    number = dice.choice(prose)
    lines[number] = re.sub(r"(: )([^\s{\"'>|])", r"\1改\2", lines[number], count=1)
    path.write_text("".join(lines), "utf-8")
    return True


def number(path: Path, dice: random.Random) -> bool:
    """Change a limit."""
    text = path.read_text("utf-8")
    found = list(re.finditer(r"<= (\d+) (min|rings|h|days)", text))
    if not found:
        return False
    limit = dice.choice(found)
    path.write_text(f"{text[: limit.start(1)]}{int(limit[1]) + 1}{text[limit.end(1) :]}", "utf-8")
    return True


def copy(path: Path, dice: random.Random) -> bool:
    """Add a record."""
    text = re.sub(r"(?m)^(code|aliases|asks|formerly|promise):.*\n(?:[ -].*\n)*", "", path.read_text("utf-8"))
    if "@" in path.name or path.parent.name in ("notices", "classifications", "locations", "roles"):
        return False
    path.with_name(f"{path.stem}-{dice.randrange(10**6)}.yml").write_text(text, "utf-8")
    return True


def delete(path: Path, dice: random.Random) -> bool:
    """Take a file away; where others refer to it, the handbook has errors until the next edit."""
    path.unlink()
    return True


def move(path: Path, dice: random.Random) -> bool:
    """Give a record another name."""
    if "@" in path.name:
        return False
    path.rename(path.with_name(f"{path.stem}-{dice.randrange(10**6)}.yml"))
    return True


def draft(path: Path, dice: random.Random) -> bool:
    """Withdraw a record from its readers."""
    text = path.read_text("utf-8")
    path.write_text(text.replace("status: approved", "status: draft", 1), "utf-8")
    return "status: approved" in text


WAYS = (word, word, word, number, copy, copy, delete, move, draft)


def edited(root: Path, dice: random.Random) -> tuple[Path, bytes | None, set[Path]]:
    """Do something to a record; returns what undoes it: its path, its content, what files there were."""
    before = set(root.glob("standards/*/*/*.yml"))
    while True:
        path = dice.choice(sorted(before))
        content = path.read_bytes()
        if dice.choice(WAYS)(path, dice):
            return path, content, before


def undo(root: Path, path: Path, content: bytes, before: set[Path]) -> None:
    for made in set(root.glob("standards/*/*/*.yml")) - before:
        made.unlink()
    path.write_bytes(content)


def test_after_any_edits_the_preview_is_what_a_new_build_is(real: Path, tmp_path: Path) -> None:
    dice = random.Random(4)
    preview = Preview(real, tmp_path / "preview")
    preview.update(REAL_DAY)
    shown, failed = 0, 0
    while shown < EDITS:
        last = snapshot(tmp_path / "preview") if shown % 10 == 0 else None
        path, content, before = edited(real, dice)
        if preview.update(REAL_DAY).failed:
            assert content is not None
            assert last is None or snapshot(tmp_path / "preview") == last
            undo(real, path, content, before)
            failed += 1
            continue
        shown += 1
        if shown % 10 == 0:
            build(real, tmp_path / "clean", REAL_DAY, order=Order(language="zh"))
            assert snapshot(tmp_path / "preview") == snapshot(tmp_path / "clean")
    assert failed > 0


def stale(site: Site) -> set[str]:
    return {output.file for output in site.outputs if output.stale and output.file.endswith(".md")}


class Desk:
    """The tiny handbook, laid out again after each edit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.memory = Memory()
        self.checked = examine(root, DAY)
        self.follow()

    def follow(self, day: date = DAY) -> set[str]:
        """What would be made anew; it is made, too."""
        self.checked = examine(self.root, day, self.checked)
        site = make_site(self.root, self.checked, Order(), self.memory)
        found = stale(site)
        for output in site.outputs:
            if output.stale:
                output.make()
        return found

    def edit(self, file: str, old: str, new: str) -> set[str]:
        path = self.root / "standards" / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return self.follow()


@pytest.fixture
def desk(small: Path) -> Desk:
    return Desk(small)


def test_nothing_is_made_anew_where_nothing_has_changed(desk: Desk) -> None:
    assert desk.follow() == set()


def test_a_text_is_made_anew_where_it_stands(desk: Desk) -> None:
    body = "body: 只在自己的页面上。\n"
    path = desk.root / "standards/shop/terms/ring.yml"
    path.write_text(path.read_text("utf-8") + body, "utf-8")
    found = desk.follow()
    assert "shop/terms/ring.md" in found
    assert "shop/roles/clerk.md" not in found


def test_a_title_is_made_anew_wherever_it_is_named(desk: Desk) -> None:
    found = desk.edit("shop/roles/manager.yml", "title: ", "title: 新")
    assert {"shop/roles/manager.md", "index.md", "shop/roles/clerk.md"} <= found


def test_another_day_makes_every_page_anew(desk: Desk) -> None:
    pages = {output.file for output in make_site(desk.root, desk.checked, Order()).outputs}
    assert desk.follow(date(2026, 6, 2)) == {file for file in pages if file.endswith(".md")}


def test_a_name_in_the_navigation_makes_every_page_anew(desk: Desk) -> None:
    found = desk.edit("shop/pack.yml", "title: ", "title: 新")
    assert {"glossary/index.md", "shop/terms/ring.md"} <= found


def test_what_is_gone_leaves_no_page(small: Path, tmp_path: Path) -> None:
    preview = Preview(small, tmp_path / "preview")
    preview.update(DAY)
    term = small / "standards/shop/terms/ring.yml"
    term.rename(term.with_name("bell.yml"))
    preview.update(DAY)
    assert not (tmp_path / "preview/shop/terms/ring").exists()
    assert (tmp_path / "preview/shop/terms/bell/index.html").is_file()


def test_errors_leave_the_last_good_site_until_they_are_mended(small: Path, tmp_path: Path) -> None:
    preview = Preview(small, tmp_path / "preview")
    preview.update(DAY)
    before = snapshot(tmp_path / "preview")
    path = small / "standards/shop/roles/clerk.yml"
    sound = path.read_text("utf-8")
    break_reference(small)
    assert preview.update(DAY).failed
    assert snapshot(tmp_path / "preview") == before
    path.write_text(sound.replace("title: ", "title: 新"), "utf-8")
    assert not preview.update(DAY).failed
    build(small, tmp_path / "clean", DAY)
    assert snapshot(tmp_path / "preview") == snapshot(tmp_path / "clean")


def test_a_changed_template_or_theme_is_followed(small: Path, tmp_path: Path) -> None:
    preview = Preview(small, tmp_path / "preview")
    preview.update(DAY)
    for name in ("templates/record.md.j2", "site_overrides/theme/partials/footer.html"):
        path = small / name
        path.write_text(path.read_text("utf-8").replace("<p ", "<p data-new ", 1), "utf-8")
        preview.update(DAY)
        build(small, tmp_path / "clean", DAY)
        assert snapshot(tmp_path / "preview") == snapshot(tmp_path / "clean")


def test_a_crash_while_writing_makes_all_anew(
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    preview = Preview(small, tmp_path / "preview")
    with monkeypatch.context() as patch:
        patch.setattr("generator.virtual.Headings.fill", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            preview.update(DAY)
    preview.update(DAY)
    build(small, tmp_path / "clean", DAY)
    assert snapshot(tmp_path / "preview") == snapshot(tmp_path / "clean")


def test_a_folder_without_a_handbook_ends_it_at_once(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match="standards"):
        serve(tmp_path, "127.0.0.1:8000", lambda _: None, "")


def test_the_command_shows_saved_changes_lists_errors_and_ends_when_interrupted(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    # Whoever runs the tests in the background has them ignore the interrupt, and so would the command.
    start = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start += "; from generator.cli import main; main()"
    command = [sys.executable, "-c", start, "serve", "--lang", "en"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1780272000", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--address", f"127.0.0.1:{port}"],
        cwd=small,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        # Where it falls silent, the lines end and the test fails instead of waiting for ever.
        limit = threading.Timer(120, process.kill)
        limit.start()
        try:
            assert shown(f"http://127.0.0.1:{port}/shop/terms/ring/", "</html>")
            term = small / "standards/shop/terms/ring.yml"
            sound = term.read_text("utf-8")
            term.write_text(re.sub("(?m)^title: .*$", "title: 门铃响了", sound), "utf-8")
            assert shown(f"http://127.0.0.1:{port}/shop/terms/ring/", "门铃响了")
            break_reference(small)
            term.write_text(re.sub("(?m)^title: .*$", "title: 不该出现", sound), "utf-8")
            said = next(line for line in process.stderr or [] if "[unknown-reference]" in line)
            assert "no role 'manger'" in said
            assert shown(f"http://127.0.0.1:{port}/shop/terms/ring/", "门铃响了")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()
            limit.cancel()


def shown(address: str, text: str) -> bool:
    """Whether a page comes to hold a text."""
    for _ in range(300):
        with suppress(OSError), urlopen(address, timeout=5) as answer:
            if text in answer.read().decode():
                return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("address", ["8000", "localhost", ":8000", "localhost:x"])
def test_an_address_without_host_or_port_is_told(small: Path, address: str) -> None:
    with pytest.raises(HandbookError, match=r"127\.0\.0\.1:8000"):
        serve(small, address, lambda _: None, "")
