"""A build is all or nothing, comes out the same each time, and mkdocs itself can do it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.build import build, build_all
from generator.checks import RULES
from generator.checks import run as check
from generator.examine import examine
from generator.load import link, load
from generator.problems import HandbookError, Level
from generator.site import Order
from tests import vocabulary
from tests.bad_input import handbook

ROOT = Path(__file__).parent.parent
DAY = date(2026, 6, 1)
REAL_DAY = date(2026, 11, 28)


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


@pytest.mark.parametrize(("day", "state"), [("2026-02-28", "coming"), ("2026-03-01", "in-force")])
def test_a_day_in_the_past_can_be_shown(small: Path, day: str, state: str) -> None:
    build(small, small / "site", DAY, order=Order(as_of=date.fromisoformat(day)))
    made = json.loads((small / "site/handbook.json").read_text("utf-8"))
    assert (made["as_of"], {record["state"] for record in made["records"]}) == (day, {state})


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


@pytest.mark.parametrize("processes", ["1", "2"])
def test_builds_are_equal_wherever_and_whenever_they_run(
    small: Path, tmp_path_factory: pytest.TempPathFactory, processes: str
) -> None:
    """Another folder, time zone, order of hashes and language of the system."""
    elsewhere = tmp_path_factory.mktemp("第二处") / "深" / "copy"
    shutil.copytree(small, elsewhere)
    made = []
    for root, seed, zone, language in (
        (small, "1", "Asia/Shanghai", "C.UTF-8"),
        (elsewhere, "2", "America/Los_Angeles", "C"),
    ):
        own = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "SOURCE_DATE_EPOCH": "1780000000"}
        command = [sys.executable, "-c", "from generator.cli import main; main()", "build", "--site", "out"]
        subprocess.run(
            [*command, "--processes", processes],
            cwd=root,
            env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )
        made.append(snapshot(root / "out"))
    assert made[0] == made[1]


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


PUBLICATIONS = """\
publish: staff
publications:
  staff: { title: 员工手册, visibility: internal, languages: [zh], private_hosting: 示范 }
  guests: { title: 服务承诺, visibility: public, languages: [zh] }
"""


@pytest.fixture
def two(small: Path) -> Path:
    """The same with a second publication, which shows the term only."""
    path = small / "standards/handbook.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("publi")) + PUBLICATIONS, "utf-8")
    term = small / "standards/shop/terms/ring.yml"
    term.write_text(term.read_text("utf-8") + "visibility: public\n", "utf-8")
    return small


def run(root: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Build on the day by the command; the exit code and what it told."""
    arguments = ("build", "--root", str(root), "--lang", "en", "--as-of", DAY.isoformat(), *options)
    code, out, err = handbook(*arguments, capsys=capsys)
    assert out == ""
    return code, err.replace(str(root), "ROOT")


@pytest.mark.parametrize(
    ("options", "built"),
    [
        ((), {"site": "staff"}),
        (("--publication", "guests"), {"sites/guests": "guests"}),
        (("--publication", "guests", "--site", "{root}/out"), {"out": "guests"}),
        (
            ("--publication", "guests", "--publication", "staff", "--site", "{root}/out"),
            {"out/guests": "guests", "out/staff": "staff"},
        ),
        (("--all-publications",), {"sites/staff": "staff", "sites/guests": "guests"}),
    ],
)
def test_each_publication_in_its_own_folder(
    options: tuple[str, ...], built: dict[str, str], two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = run(two, *(option.format(root=two) for option in options), capsys=capsys)
    assert code == 0
    sites = {path.parent.relative_to(two).as_posix(): path for path in two.rglob("handbook.json")}
    made = {folder: json.loads(path.read_text("utf-8")) for folder, path in sites.items()}
    assert {
        folder: data.get("publication") for folder, data in made.items() if "schemas" not in folder
    } == built
    for folder, name in built.items():
        assert (two / folder / "shop/roles/clerk").exists() == (name == "staff")


def test_what_is_read_once_serves_all_publications(
    two: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    monkeypatch.setattr("generator.examine.load", lambda root, *_: reads.append(root) or load(root))
    assert run(two, "--all-publications", capsys=capsys)[0] == 0
    assert reads == [two]


def test_all_publications_or_none(two: Path) -> None:
    build_all(two, {two / "one": Order("staff"), two / "two": Order("guests")}, DAY)
    before = snapshot(two)
    with pytest.raises(HandbookError, match="no publication 'gests'"):
        build_all(two, {two / "one": Order("staff"), two / "two": Order("gests")}, DAY)
    assert snapshot(two) == before


def test_an_unknown_publication_is_an_operators_mistake(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(two, "--publication", "gests", capsys=capsys)
    assert (code, told.splitlines()[1:]) == (
        2,
        ["no publication 'gests' in handbook.yml; did you mean 'guests'?"],
    )


def test_nothing_but_a_site_is_replaced(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(small, "--site", str(small / "standards"), capsys=capsys)
    assert code == 2
    assert "ROOT/standards holds what was not written here; name another folder" in told
    assert (small / "standards/handbook.yml").is_file()
    (small / "new").mkdir()
    assert run(small, "--site", str(small / "new"), capsys=capsys)[0] == 0


def test_a_day_that_was_asked_for_is_told(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(small, capsys=capsys)
    asked = (small / "site/index.html").read_text("utf-8")
    build(small, small / "site", DAY)
    assert asked != (small / "site/index.html").read_text("utf-8")


def test_on_schedule_what_is_sound_is_published(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = small / "standards/shop/scripts/greeting.yml"
    text = path.read_text("utf-8").replace("roles: [clerk]", "roles: [clrek]")
    path.write_text(text.replace("您好，欢迎光临", "小店等您来"), "utf-8")
    assert run(small, capsys=capsys)[0] == 1
    assert not (small / "site").exists()
    code, told = run(small, "--on-schedule", capsys=capsys)
    assert code == 3
    assert "no role 'clrek'; did you mean 'clerk'? [unknown-reference]" in told
    mended = (small / "site/shop/scripts/greeting/index.html").read_text("utf-8")
    assert "这一页正在更正" in mended
    assert "小店等您来" not in "".join(p.read_text("utf-8") for p in (small / "site").rglob("*.html"))
    assert "三声内接听" in (small / "site/shop/standards/phone/index.html").read_text("utf-8")


def test_on_schedule_without_errors_is_a_build(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(small, "--on-schedule", capsys=capsys)[0] == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("handbook.yml", "organisation:", "organisation："),
        ("handbook.yml", "ask_first: shop/manager", "ask_first: shop/manger"),
        ("shop/pack.yml", "owner: manager", "owner: manger"),
    ],
)
def test_on_schedule_nothing_is_published_where_all_depends_on_it(
    name: str, old: str, new: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small / "standards" / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    code, told = run(small, "--on-schedule", capsys=capsys)
    assert code == 1
    assert "Traceback" not in told
    assert not (small / "site").exists()


ENVELOPE = "approved: { on: 2026-02-01, by: manager, evidence: 会议纪要 }\nreview_by: 2027-12-01\n"
PASSING: dict[str, vocabulary.Text] = {
    "shop/scripts/greeting.yml": f"first_line: {'您好欢迎光临' * 8}\n"
    "waivers: [{ check: long-first-line, reason: 规定, until: 2026-07-01 }]\n",
    "shop/notices/fair.yml": "ends: 2026-06-30\n"
    "overrides: [{ id: phone, record: phone, fields: { if_missed: 先挂断。 } }]\n",
    "shop/standards/phone.yml": f"version: 3.0\neffective: 2026-12-01\n{ENVELOPE}"
    "changes: [{ version: 3.0, on: 2026-02-01, note: 改 }, { version: 2.0, on: 2026-01-01, note: 改 }]\n",
    "shop/standards/phone@2.yml": f"version: 2.0\neffective: 2026-09-01\n{ENVELOPE}"
    "changes: [{ version: 2.0, on: 2026-01-01, note: 改 }]\n",
    "shop/standards/phone@1.yml": "version: 1.0\n",
    "shop/procedures/sale.yml": "ends: 2026-08-31\n",
}


def _errors_within_400_days(root: Path, today: date) -> list[str]:
    loaded = load(root)
    found = []
    for days in (0, 1, 2, 7, 29, 30, 31, 45, 91, 92, 100, 183, 184, 200, 274, 300, 365, 366, 400):
        book = link(loaded, today + timedelta(days))
        assert book
        problems = [*loaded.problems, *check(book, RULES)]
        found += [f"{days} days: {p}" for p in problems if p.level is Level.ERROR]
    return found


def test_no_build_stops_because_a_day_has_passed(tmp_path: Path) -> None:
    vocabulary.write(tmp_path, PASSING)
    assert _errors_within_400_days(tmp_path, DAY) == []


def test_no_real_build_stops_because_a_day_has_passed() -> None:
    assert _errors_within_400_days(ROOT, REAL_DAY) == []


KILLS = 100


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that starts where this one stands")
def test_a_killed_build_leaves_a_good_site(small: Path) -> None:
    """Whenever it is killed, what stands there is the site before or the site after, whole."""
    checked = examine(small, DAY)
    build(small, small / "site", DAY, checked)
    good = [snapshot(small / "site")]
    (small / "templates/term.md.j2").write_text("# 新\n", "utf-8")
    started = time.monotonic()
    build(small, small / "after", DAY, checked)
    lasts = time.monotonic() - started
    good.append(snapshot(small / "after"))
    dice = random.Random(9)
    for _ in range(KILLS):
        killed_after(dice.uniform(0, lasts), lambda: build(small, small / "site", DAY, checked))
        assert snapshot(small / "site") in good
    build(small, small / "site", DAY, checked)
    assert snapshot(small / "site") == good[1]
    assert not [path.name for path in small.iterdir() if path.name.startswith(".site")]


def killed_after(seconds: float, work: Callable[[], object]) -> None:
    """Do some work in a process that is killed."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            work()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
