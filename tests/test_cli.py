"""Bad input through `handbook check`: each case with everything a person sees; and the commands' own manners.

A case is a file in cases/bad with its golden output beside it. It becomes standards/hotel/terms/bad.yml of a
small sound handbook, or the file its first line names. `pytest --update-golden` rewrites the outputs.
"""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bad_input import AS_OF, SOUND, handbook, write

CASES = Path(__file__).parent / "cases" / "bad"
TEXTS = sorted(CASES.glob("*.yml"))
IN_CHINESE = (
    "full-width-colon",
    "duplicate-key",
    "chinese-date",
    "wrong-kind",
    "limit-within-words",
    "tab-indent",
)
BAD = "hotel/terms/bad.yml"
_NAMED = re.compile(r"# standards/(\S+)\n")

_SOUND_TERM = SOUND["hotel/terms/greeting.yml"]


def _link(name: str, target: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        path = root / "standards" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)

    return make


def _drop(name: str) -> Callable[[Path], None]:
    return lambda root: (root / "standards" / name).unlink()


def _put(name: str, content: str | bytes) -> Callable[[Path], None]:
    return lambda root: void(write(root, {name: content}))


def void(value: object) -> None:
    """Forget a value."""


def _secret(root: Path) -> None:
    (root / "secret.yml").write_text(_SOUND_TERM)
    _link(BAD, "../../../secret.yml")(root)


def _outside(root: Path) -> None:
    outside = root.parent / f"{root.name}-outside.yml"
    outside.write_text(_SOUND_TERM)
    _link(BAD, str(outside))(root)


FILES: dict[str, Callable[[Path], None]] = {
    "byte-order-mark": _put(BAD, b"\xef\xbb\xbf" + _SOUND_TERM.encode()),
    "utf-16": _put(BAD, _SOUND_TERM.encode("utf-16")),
    "utf-16-without-mark": _put(BAD, _SOUND_TERM.encode("utf-16-le")),
    "gbk": _put(BAD, _SOUND_TERM.encode("gbk")),
    "nul": _put(BAD, b"title: a\nsummary: \0\n"),
    "control-character": _put(BAD, "title: 敬\x1b[31m语\n"),
    "control-character-escaped": _put(BAD, 'title: 敬语\nstatus: "\\e[31m\\n::error::x"\n'),
    "empty-file": _put(BAD, b""),
    "blank-file": _put(BAD, b" \n\n\t\n"),
    "larger-than-1-mb": _put(BAD, "body: " + "好" * 400_000),
    "million-brackets": _put(BAD, "[" * 1_000_000),
    "million-braces": _put(BAD, "{" * 1_000_000),
    "million-dashes": _put(BAD, "- " * 500_000),
    "old-mac-line-ends": _put(BAD, _SOUND_TERM.replace("\n", "\r").replace("english", "englisch")),
    "windows-line-ends": _put(BAD, _SOUND_TERM.replace("\n", "\r\n").replace("english", "englisch")),
    "line-separator": _put(BAD, _SOUND_TERM.replace("问候", "问\u2028候").replace("english:", "englisch:")),
    "emoji": _put(BAD, _SOUND_TERM.replace("english:", "🙂:")),
    "no-handbook-yml": _drop("handbook.yml"),
    "bad-handbook-yml": _put("handbook.yml", "organisation：湖畔\n"),
    "handbook-yml-in-capitals": _put("handbook.yml", SOUND["handbook.yml"].replace("[zh]", "[ZH]")),
    "no-pack-yml": _drop("hotel/pack.yml"),
    "bad-pack-yml": _put("hotel/pack.yml", "title: 酒店\norder: first\n"),
    "unknown-kind-folder": _put("hotel/term/bad.yml", _SOUND_TERM),
    "file-beside-the-folders": _put("hotel/bad.yml", _SOUND_TERM),
    "file-beside-the-packs": _put("bad.yml", _SOUND_TERM),
    "folder-in-a-kind-folder": _put("hotel/terms/more/bad.yml", _SOUND_TERM),
    "name-with-space": _put("hotel/terms/bad term.yml", _SOUND_TERM),
    "name-in-chinese": _put("hotel/terms/敬语.yml", _SOUND_TERM),
    "name-in-capitals": _put("hotel/terms/Greeting.yml", _SOUND_TERM),
    "name-too-long": _put(f"hotel/terms/{'a' * 61}.yml", _SOUND_TERM),
    "name-reserved": _put("hotel/terms/search.yml", _SOUND_TERM),
    "name-of-a-windows-device": _put("hotel/terms/nul.yml", _SOUND_TERM),
    "name-with-line-break": _put("hotel/terms/a\n::error::b.yml", _SOUND_TERM),
    "pack-in-chinese": _put("酒店/terms/bad.yml", _SOUND_TERM),
    "yaml-suffix": _put("hotel/terms/bad.yaml", _SOUND_TERM),
    "capital-suffix": _put("hotel/terms/bad.YML", _SOUND_TERM),
    "duplicate-id": _put("hotel/references/greeting.yml", _SOUND_TERM),
    "duplicate-id-same-kind": _put("hotel/roles/greeting.yml", SOUND["hotel/roles/manager.yml"]),
    "duplicate-code": lambda root: void(
        write(root, {f"hotel/terms/bad-{n}.yml": _SOUND_TERM + "code: HT-1\n" for n in (1, 2)})
    ),
    "link-out-of-standards": _secret,
    "link-out-of-the-handbook": _outside,
    "link-to-nothing": _link(BAD, "nowhere.yml"),
    "link-to-itself": _link(BAD, "bad.yml"),
    "folder-link-to-parent": _link("hotel/terms/loop", "../.."),
    "pack-link-out": _link("shop", "/etc"),
    "folder-named-as-a-file": lambda root: void((root / "standards" / BAD).mkdir()),
    "folder-named-pack-yml": lambda root: void(
        [(root / "standards/hotel/pack.yml").unlink(), (root / "standards/hotel/pack.yml").mkdir()]
    ),
    "named-pipe": lambda root: os.mkfifo(root / "standards" / BAD),
}


def _shown(root: Path, language: str, capsys: pytest.CaptureFixture[str]) -> str:
    code, out, err = handbook(
        "check", "--root", str(root), "--lang", language, "--as-of", AS_OF, capsys=capsys
    )
    return f"{out}{err}exit code {code}\n".replace(str(root), "ROOT")


def _compare(golden: Path, shown: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, "utf-8", newline="\n")
    assert shown == golden.read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound handbook."""
    return write(tmp_path / "book", SOUND)


def test_the_sound_handbook_is_sound(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _shown(root, "en", capsys) == f"files: {len(SOUND)}, errors: 0, warnings: 0\nexit code 0\n"


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.stem)
def test_text(
    case: Path, root: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    text = case.read_text("utf-8")
    named = _NAMED.match(text)
    write(root, {named[1] if named else BAD: text})
    for language in ("en", "zh") if case.stem[4:] in IN_CHINESE else ("en",):
        _compare(case.with_suffix(f".{language}.txt"), _shown(root, language, capsys), request)


@pytest.mark.parametrize("name", FILES)
def test_file(
    name: str, root: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    FILES[name](root)
    start = time.process_time()
    shown = _shown(root, "en", capsys)
    assert time.process_time() - start < 1
    _compare(CASES / f"file-{name}.en.txt", shown, request)


def test_no_case_runs_code() -> None:
    assert not Path("/tmp/owned").exists()


MISTAKES = {
    "no-such-root": (("check", "--root", "/nowhere"), "no folder 'standards' in /nowhere"),
    "bad-day": (("check", "--as-of", "2026-13-01"), "the day must be a date"),
    "unknown-option": (("check", "--fast"), "No such option"),
    "unknown-command": (("chek",), "No such command"),
    "unknown-rule": (("explain", "duplicate-kye"), "did you mean 'duplicate-key'?"),
    "unknown-format": (("check", "--format", "xml"), "'xml' is not one of"),
    "unknown-kind": (("new", "poem", "hotel/a", "--title", "a"), "'poem' is not one of"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_of_the_operator(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HANDBOOK_LANG", "en")
    arguments, words = MISTAKES[name]
    code, out, err = handbook(*arguments, capsys=capsys)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_mistake_in_the_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HANDBOOK_LANG", "fr")
    assert handbook("check", "--root", str(root), capsys=capsys)[0] == 2


@pytest.mark.parametrize(
    ("languages", "environment", "option", "spoken"),
    [
        ("[zh]", None, None, "文件"),
        ("[en, zh]", None, None, "files"),
        ("[zh]", "en", None, "files"),
        ("[en]", "en", "zh", "文件"),
        ("：", None, None, "文件"),
    ],
)
def test_language(
    languages: str,
    environment: str | None,
    option: str | None,
    spoken: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(root, {"handbook.yml": SOUND["handbook.yml"].replace("[zh]", languages, 1)})
    if environment:
        monkeypatch.setenv("HANDBOOK_LANG", environment)
    else:
        monkeypatch.delenv("HANDBOOK_LANG", raising=False)
    options = ("--lang", option) if option else ()
    assert handbook("check", "--root", str(root), *options, capsys=capsys)[2].startswith(spoken)


def test_warnings_alone_pass(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    levels = SOUND["handbook.yml"] + "levels:\n  unknown-reference: warning\n"
    write(root, {"handbook.yml": levels, BAD: _SOUND_TERM + "related: [nothing]\n"})
    assert "warning" in _shown(root, "en", capsys)
    assert _shown(root, "en", capsys).endswith("errors: 0, warnings: 1\nexit code 0\n")


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = handbook("explain", "duplicate-key", "--lang", "en", capsys=capsys)
    assert code == 0
    assert out.startswith("duplicate-key (error)\n\nA key must stand once in its block.\n")
    assert out.endswith("Good:\n\n    title: 入住登记\n")
    listed = handbook("explain", "--lang", "zh", capsys=capsys)[1]
    assert "duplicate-key\n" in listed
