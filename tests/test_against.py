"""The rules that compare with a git commit, by their cases in tests/against/: before, after, what is told.

`before` is committed to a scratch repository, `after` lies in its work tree; both are laid over the tiny
handbook. `pytest --update-golden` rewrites what is told.
"""

import shutil
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import report
from generator.against import BASE_CHECKS, compare
from generator.git import content_at
from generator.load import link, load
from generator.problems import HandbookError
from tests import vocabulary
from tests.bad_input import handbook
from tests.vocabulary import HERE, TODAY, Text

CASES = HERE / "against"
PHONE = "shop/standards/phone.yml"
RING = "shop/terms/ring.yml"


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10_000
    return yaml


def git(root: Path, *arguments: str) -> str:
    """Run git in `root`, untouched by who runs the tests where and when."""
    person = ("-c", "user.name=tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *person, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-06-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-06-01T00:00:00Z",
    }.items():
        monkeypatch.setenv(name, value)


def commit(root: Path, files: dict[str, Text]) -> str:
    """Make `files`, laid over the tiny handbook, the only content and commit it."""
    lay(root, files)
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message=x")
    return git(root, "rev-parse", "HEAD")


def lay(root: Path, files: dict[str, Text]) -> None:
    shutil.rmtree(root / "standards", ignore_errors=True)
    vocabulary.write(root, files)


def found(root: Path, ref: str = "HEAD") -> list[str]:
    """What the comparison tells, with the commit's name taken out."""
    loaded = load(root)
    book = link(loaded, TODAY)
    assert book
    then = content_at(root, ref)
    lines = report.lines(sorted(compare(loaded, book, then)), "en")
    return [line.replace(then.name, "COMMIT") for line in lines]


def _case(rule: str) -> Any:
    return _yaml().load((CASES / f"{rule}.yml").read_text("utf-8"))


def _files(part: Any) -> dict[str, Text]:
    """The files of a part; `~` takes a file of the tiny handbook away."""
    return dict(part or {})


@pytest.mark.parametrize("rule", BASE_CHECKS)
@pytest.mark.parametrize("part", ["good", "bad", "twice"])
def test_rule(rule: str, part: str, tmp_path: Path, update_golden: bool) -> None:
    case = _case(rule)
    commit(tmp_path, _files(case[part]["before"]))
    lay(tmp_path, _files(case[part]["after"]))
    told = found(tmp_path)
    if update_golden and part != "good":
        case[part]["problems"] = told
        stream = StringIO()
        _yaml().dump(case, stream)
        (CASES / f"{rule}.yml").write_text(stream.getvalue(), "utf-8")
    assert told == list(case[part].get("problems", []))


@pytest.mark.parametrize("rule", BASE_CHECKS)
def test_case_shows_its_rule_only(rule: str) -> None:
    case = _case(rule)
    assert list(case) == ["good", "bad", "twice"]
    for part, at_least in (("bad", 1), ("twice", 2)):
        problems = case[part]["problems"]
        assert len(problems) >= at_least
        assert {line.rpartition(" [")[2] for line in problems} == {f"{rule}]"}


def test_cases_name_rules() -> None:
    assert {path.stem for path in CASES.iterdir()} == set(BASE_CHECKS)


@pytest.mark.parametrize("name", BASE_CHECKS)
def test_levels_come_from_the_settings(name: str, tmp_path: Path) -> None:
    case = _case(name)
    commit(tmp_path, _files(case["bad"]["before"]))
    off = {"handbook.yml": f"levels: {{ {name}: off }}\n"}
    lay(tmp_path, {**_files(case["bad"]["after"]), **off})
    assert found(tmp_path) == []


UNCHANGED: dict[str, tuple[dict[str, Text], dict[str, Text]]] = {
    "nothing": ({}, {}),
    "only how it is written": (
        {RING: "definition: 电话响一次。\n"},
        {RING: "definition: >\n  电话响一次。\n"},
    ),
    "review and approval": (
        {},
        {
            RING: "review_by: 2027-05-01\nreviewed: { on: 2026-05-01, by: manager }\n"
            "approved: { on: 2026-02-02, by: manager, evidence: 纪要 }\n"
        },
    ),
    "withdrawing": ({}, {PHONE: "status: withdrawn\nends: 2026-06-30\n"}),
    "a draft": ({RING: "status: draft\n"}, {RING: "status: draft\ndefinition: 别的。\n"}),
    "approving a draft": ({RING: "status: draft\n"}, {RING: "definition: 别的。\n"}),
    "deleting a draft": ({"shop/terms/tone.yml": "status: draft\n"}, {}),
    "a new record": ({}, {"shop/terms/tone.yml": ""}),
    "a rename": (
        {PHONE: "related: [ring]\nrationale: 见 [[ring]]。\n"},
        {
            PHONE: "related: [bell]\nrationale: 见 [[bell]]。\n",
            RING: None,
            "shop/terms/bell.yml": "formerly: [ring]\n",
        },
    ),
    "the MINOR of the base": (
        {PHONE: "", "shop/standards/own.yml": {"whole": "extends: phone@1\n" + vocabulary.BASE["envelope"]}},
        {
            PHONE: "version: 1.1\nrationale: 换个说法，见 [[ring]]。\n",
            "shop/standards/own.yml": {"whole": "extends: phone@1\n" + vocabulary.BASE["envelope"]},
        },
    ),
    "a revision": (
        {},
        {
            PHONE: "status: draft\nversion: 2.0\neffective: 2026-12-01\nroles: [manager]\n",
            "shop/standards/phone@1.yml": "",
        },
    ),
    "a file that cannot be read now": ({}, {RING: "definition：坏\n"}),
    "a file that could not be read then": ({RING: "definition：坏\n"}, {RING: "definition: 好。\n"}),
    "a MAJOR that was over": (
        {RING: "ends: 2026-05-31\n"},
        {RING: "version: 2.0\neffective: 2026-06-02\n"},
    ),
}


@pytest.mark.parametrize("name", UNCHANGED)
def test_nothing_to_tell(name: str, tmp_path: Path) -> None:
    before, after = UNCHANGED[name]
    commit(tmp_path, before)
    lay(tmp_path, after)
    assert found(tmp_path) == []


WORDS = (
    "summary: 另一句。\n",
    "aliases: [来电]\n",
    "asks: [电话响了几声]\n",
    "related: [ring]\n",
    "sources: [{ reference: source, clause: '1', basis: derived }]\n",
    "gaps: [{ id: a, text: 谁接？, until_then: manager }]\n",
    "clauses: [{ id: answer, level: must, text: 三声之内接听, measure: { limit: <= 3 rings } }]\n",
    "do: [{ id: smile, text: 面带微笑 }]\n",
    "body: 背景。\n",
    "owner: clerk\n",
)
MEANINGS = (
    "clauses: [{ id: answer, level: must, text: 三声内接听, measure: { limit: <= 2 rings } }]\n",
    "clauses: [{ id: answer, level: should, text: 三声内接听, measure: { limit: <= 3 rings } }]\n",
    "do: [{ id: smile, text: 微笑 }, { id: stand, text: 站立 }]\n",
    "do: []\n",
    "roles: [clerk, manager]\n",
    "nature: soft\n",
    "effective: 2026-03-02\n",
    "ends: 2026-12-31\n",
    "emergency: true\n",
    "applies_when: [rain]\n",
    "scripts: [greeting]\n",
)


@pytest.mark.parametrize("text", WORDS)
def test_words_take_a_minor(text: str, tmp_path: Path) -> None:
    commit(tmp_path, {})
    lay(tmp_path, {PHONE: f"version: 1.1\n{text}"})
    assert found(tmp_path) == []
    lay(tmp_path, {PHONE: text})
    assert [line.rpartition(" [")[2] for line in found(tmp_path)] == ["version-not-moved]"]


@pytest.mark.parametrize("text", MEANINGS)
def test_meaning_takes_a_major(text: str, tmp_path: Path) -> None:
    commit(tmp_path, {})
    lay(tmp_path, {PHONE: f"version: 1.1\n{text}"})
    assert [line.rpartition(" [")[2] for line in found(tmp_path)] == ["meaning-with-minor]"]


def test_entries_that_change_places_change_the_meaning(tmp_path: Path) -> None:
    one, two = "{ id: smile, text: 微笑 }", "{ id: stand, text: 站立 }"
    commit(tmp_path, {PHONE: f"do: [{one}, {two}]\n"})
    lay(tmp_path, {PHONE: f"version: 1.1\ndo: [{two}, {one}]\n"})
    assert ["'do' changed the meaning" in line for line in found(tmp_path)] == [True]


def test_what_is_looked_up_takes_a_minor(tmp_path: Path) -> None:
    commit(tmp_path, {})
    lay(tmp_path, {"shop/locations/store.yml": "version: 1.1\nhours: Mon-Sun 08:00-21:00\n"})
    assert found(tmp_path) == []


def test_what_another_side_changed_since_is_not_told(tmp_path: Path) -> None:
    commit(tmp_path, {})
    git(tmp_path, "checkout", "--quiet", "-b", "change")
    git(tmp_path, "checkout", "--quiet", "main")
    commit(tmp_path, {RING: "definition: 主干改的。\nversion: 1.1\n"})
    git(tmp_path, "checkout", "--quiet", "change")
    assert found(tmp_path, "main") == []


def test_a_handbook_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    vocabulary.write(inner, {})
    commit(tmp_path, {})
    lay(inner, {RING: "definition: 别的。\n"})
    assert [line.partition(":")[0] for line in found(inner)] == [f"standards/{RING}"]


def test_a_commit_without_content(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=x")
    lay(tmp_path, {})
    assert found(tmp_path) == []


def test_no_repository(tmp_path: Path) -> None:
    lay(tmp_path, {})
    with pytest.raises(HandbookError, match="no git repository in"):
        content_at(tmp_path, "HEAD")


@pytest.mark.parametrize("ref", ["nope", "--all", "HEAD~5", ""])
def test_an_unknown_commit(ref: str, tmp_path: Path) -> None:
    commit(tmp_path, {})
    with pytest.raises(HandbookError, match=r"no commit '.*' in this git repository"):
        content_at(tmp_path, ref)


def test_no_commit_in_common(tmp_path: Path) -> None:
    commit(tmp_path, {})
    git(tmp_path, "checkout", "--quiet", "--orphan", "other")
    commit(tmp_path, {RING: "definition: 另一个开头。\n"})
    with pytest.raises(HandbookError, match="'main' and HEAD have no commit in common"):
        content_at(tmp_path, "main")


def test_a_shallow_clone(tmp_path: Path) -> None:
    origin = tmp_path / "one"
    origin.mkdir()
    first = commit(origin, {})
    commit(origin, {})
    git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), "two")
    with pytest.raises(HandbookError, match="run 'git fetch --unshallow'"):
        content_at(tmp_path / "two", first)


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HandbookError, match="git cannot be run: No such file"):
        content_at(tmp_path, "HEAD")


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(tmp_path, {})
    lay(tmp_path, {RING: "definition: 别的。\nsummary: 一\nrelated: [manger]\n"})
    options = ("--root", str(tmp_path), "--lang", "en", "--as-of", "2026-06-01")
    code, out, err = handbook("check", *options, "--base", "HEAD", capsys=capsys)
    assert code == 1
    assert [line.rpartition(" [")[2] for line in out.splitlines()] == [
        "unknown-reference]",
        "version-not-moved]",
    ]
    assert err == "files: 27, errors: 2, warnings: 0\n"
    assert "version-not-moved" not in handbook("check", *options, capsys=capsys)[1]
    code, out, err = handbook("check", *options, "--base", "nope", capsys=capsys)
    assert (code, out, err) == (2, "", "no commit 'nope' in this git repository\n")
