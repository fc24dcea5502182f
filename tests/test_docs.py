"""The documents say what is so: commands, targets, folders, links, samples and the message they show."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click import Command, Group

from generator.checks import RULES
from generator.cli import commands, main
from generator.export import handbook_json
from generator.handbook import Handbook
from generator.kinds import KINDS
from generator.limits import parse_limit
from generator.load import link, load
from generator.pages import pages
from generator.source import parse
from tests.vocabulary import TODAY

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
HOW_TO_EDIT = (ROOT / "site_overrides" / "pages" / "how-to-edit.md").read_text("utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")

RECORD = "standards/hotel/scripts/lost-key-card.yml"
"""The record that README shows; the message it shows comes from misspelling the role in it."""
MISSPELT = ("[receptionist]", "[receptionst]")
ON_THE_DAY = "2026-12-01"

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_COMMAND = re.compile(r"`handbook ((?:i18n )?[a-z]+)")
_TARGET = re.compile(r"(?:`|^ {4})make ([a-z]+)", re.MULTILINE)


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a document in one language, without the indent of the list they stand in."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def plain(text: str) -> str:
    """The document without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def rows(text: str, heading: str) -> list[str]:
    """The first cells of a table's rows; `heading` is the table's first heading."""
    table = re.search(rf"^\| {heading} \|.*?\n\n", text + "\n\n", re.MULTILINE | re.DOTALL)
    assert table
    return [line.split(" | ")[0].removeprefix("| ") for line in table[0].strip().splitlines()[2:]]


@pytest.fixture(scope="module")
def real() -> Handbook:
    """The handbook of this repository, as far as it can be read."""
    linked = link(load(ROOT), TODAY)
    assert linked
    return linked


def all_commands() -> dict[str, Command]:
    """Every command by its name, that of its group before it."""
    found = {}
    for name, command in commands.commands.items():
        inner = command.commands if isinstance(command, Group) else {"": command}
        found |= {f"{name} {part}".strip(): each for part, each in inner.items()}
    return found


def test_the_table_of_commands_is_complete() -> None:
    named = [_COMMAND.match(cell) for cell in rows(README, "command")]
    assert sorted(match[1] for match in named if match) == sorted(all_commands())


def test_options_in_the_table_of_commands_exist() -> None:
    for line in README.splitlines():
        if match := _COMMAND.search(line) if line.startswith("| ") else None:
            known = {name for option in all_commands()[match[1]].params for name in option.opts}
            assert set(re.findall(r"--[a-z-]+", line)) <= known


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_of_make_exist(name: str) -> None:
    known = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(_TARGET.findall((ROOT / name).read_text("utf-8"))) <= set(known)


def test_the_folder_of_each_kind_is_named() -> None:
    assert [kind.folder for kind in KINDS if f"`{kind.folder}`" not in README + CONTRIBUTING] == []


def test_an_editor_completes_every_kind() -> None:
    known = (ROOT / ".vscode/settings.json").read_text("utf-8")
    lines = {kind.kind: f'schemas/{kind.kind}.json": "standards/*/{kind.folder}/*.yml"' for kind in KINDS}
    assert [kind for kind, line in lines.items() if line not in known] == []


def test_files_and_folders_named_in_readme_exist() -> None:
    names = re.findall(r"`([^`]+)`", "".join(rows(README, "folder or file")))
    patterns = [
        name.replace("<pack>", "*").replace("<folder>", "*").replace("<language>", "*")
        for name in names
        if "figures" not in name
    ]
    assert [pattern for pattern in patterns if not list(ROOT.glob(pattern))] == []


def test_every_rule_is_on_the_page_of_rules(real: Handbook) -> None:
    page = next(page for page in pages(real) if page.template == "rules")
    assert [rule.name for rule in page.values["rules"]] == list(RULES)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_between_documents_resolve(name: str) -> None:
    targets = _LINK.findall(plain((ROOT / name).read_text("utf-8")))
    own = [target for target in targets if "://" not in target]
    assert [target for target in own if not (ROOT / target.partition("#")[0]).exists()] == []


def test_links_of_how_to_edit_lead_to_pages(real: Handbook) -> None:
    known = {page.file for page in pages(real)}
    assert [target for target in _LINK.findall(plain(HOW_TO_EDIT)) if target not in known] == []


def test_how_to_edit_is_plain_markdown() -> None:
    text = re.sub(r"`[^`\n]*`", "", plain(HOW_TO_EDIT))
    assert re.search(r"<[a-z/!]|\{[:#.]|\|\s*:?-+:", text) is None


@pytest.mark.parametrize("sample", [*blocks(README, "yaml"), *blocks(HOW_TO_EDIT, "yaml")])
def test_samples_are_readable(sample: str) -> None:
    source = parse("sample.yml", sample)
    assert source.problems == ()
    assert isinstance(source.data, dict)


def test_samples_of_how_to_edit_use_keys_that_exist() -> None:
    known = {name for kind in KINDS for name in kind.model_fields} | {"measure"}
    used = [key for sample in blocks(HOW_TO_EDIT, "yaml") for key in parse("sample.yml", sample).data]
    assert [key for key in used if key not in known] == []


def test_limits_in_how_to_edit_are_limits(real: Handbook) -> None:
    table = re.search(r"^\| 意思 \| 写成 \|.*?\n\n", HOW_TO_EDIT, re.MULTILINE | re.DOTALL)
    assert table
    limits = [parse_limit(text) for text in re.findall(r"`([^`]+)`", table[0])]
    assert len(limits) > 8
    assert {limit.unit for limit in limits if limit.unit} <= set(real.settings.units)


def test_units_in_how_to_edit_are_declared(real: Handbook) -> None:
    line = next(line for line in HOW_TO_EDIT.splitlines() if line.startswith("单位只能用"))
    listed = re.findall(r"`([^`]+)`(?: (\w+))?", line.partition("：")[2].partition("。")[0])
    assert len(listed) > 5
    for unit, word in listed:
        assert real.settings.units[unit].zh == (word.removesuffix("等") or "%")


def reported(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """What `handbook check` says of the record that README shows."""
    with pytest.raises(SystemExit):
        main(["check", "--root", str(root), "--as-of", ON_THE_DAY, *options])
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith(RECORD)]


@pytest.fixture
def with_record(tmp_path: Path) -> Path:
    """A copy of the real handbook with the record that README shows."""
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    (tmp_path / RECORD).parent.mkdir(exist_ok=True)
    (tmp_path / RECORD).write_text(blocks(README, "yaml")[0], "utf-8")
    return tmp_path


def test_the_record_in_readme_is_sound(with_record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reported(with_record, capsys) == []


@pytest.mark.parametrize(("document", "options"), [(README, ("--lang", "en")), (HOW_TO_EDIT, ())])
def test_the_message_shown_is_the_message_given(
    with_record: Path, capsys: pytest.CaptureFixture[str], document: str, options: tuple[str, ...]
) -> None:
    path = with_record / RECORD
    path.write_text(path.read_text("utf-8").replace(*MISSPELT), "utf-8")
    assert reported(with_record, capsys, *options) == blocks(document, "text")[0].splitlines()


def test_handbook_json_is_described(real: Handbook) -> None:
    data = json.loads(handbook_json(real))
    assert _keys(rows(README, "key")) == set(data)
    assert _keys(rows(README, "key of a record")) == set(data["records"][0])


def _keys(cells: list[str]) -> set[str]:
    return {key for cell in cells for key in re.findall(r"`([a-z_]+)`", cell)}
