"""A build is all or nothing, comes out the same each time, and mkdocs itself can do it."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.build import build
from generator.problems import HandbookError
from tests import vocabulary

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 1)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The tiny handbook with the real templates, theme and configuration."""
    vocabulary.write(tmp_path, {})
    for name in ("templates", "site_overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def break_reference(root: Path) -> None:
    path = root / "standards/shop/roles/clerk.yml"
    path.write_text(path.read_text("utf-8").replace("owner: manager", "owner: manger"), "utf-8")


def build_then_break(root: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Build, break a reference, build again: the second run, which must leave the first one's site."""

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 0, done.stderr
    before = snapshot(root / "site")
    break_reference(root)
    failed = run()
    assert "Traceback" not in failed.stderr
    assert snapshot(root / "site") == before
    return failed


def test_build_writes_a_site(small: Path) -> None:
    pages = build(small, small / "site", DAY)
    assert pages == len(list((small / "site").rglob("index.html")))
    assert (small / "site/shop/roles/clerk/index.html").is_file()
    assert (small / "site/handbook.json").is_file()
    assert not [path.name for path in small.iterdir() if path.name.startswith(".site")]


def test_builds_are_equal_byte_for_byte(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    build(small, small / "one", DAY)
    build(small, small / "two", DAY)
    assert snapshot(small / "one") == snapshot(small / "two")


def test_a_failed_build_leaves_the_last_site(small: Path) -> None:
    build(small, small / "site", DAY)
    before = snapshot(small / "site")
    break_reference(small)
    with pytest.raises(HandbookError, match="standards"):
        build(small, small / "site", DAY)
    assert snapshot(small / "site") == before
    assert not [path.name for path in small.iterdir() if path.name.startswith(".site")]


def test_plain_mkdocs_builds_the_same_and_stops_at_errors(small: Path) -> None:
    failed = build_then_break(small, ["-m", "mkdocs", "build", "-q", "--strict"])
    assert failed.returncode != 0
    assert "没有名为 'manger' 的岗位；是不是想写 'manager'？ [unknown-reference]" in failed.stderr


def test_the_command_says_what_to_mend_and_leaves_the_last_site(small: Path) -> None:
    failed = build_then_break(
        small, ["-c", "from generator.cli import main; main()", "build", "--lang", "en"]
    )
    assert failed.returncode == 1
    assert "no role 'manger'; did you mean 'manager'? [unknown-reference]" in failed.stderr


def test_a_folder_without_mkdocs_yml_is_an_operators_mistake(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match=r"mkdocs\.yml"):
        build(tmp_path, tmp_path / "site", DAY)
