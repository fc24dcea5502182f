"""The house keeps its rooms: layers, short functions, one place that prints."""

import ast
from pathlib import Path

import pytest

from generator.kinds import KINDS
from generator.pages import OWN_TEMPLATES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"

LAYERS = (
    ("messages", "exchange"),
    ("problems",),
    ("clock", "figures", "marks", "periods", "rules", "syntax", "limits", "values", "prose"),
    ("shards", "workers", "tongues", "catalogues", "texts"),
    ("sounds", "forms", "postings", "source", "kinds.parts", "tables.cells", "tables.row"),
    ("overlay", "tables.*"),
    ("faults", "kinds.envelope", "tailor"),
    ("kinds.record", "settings"),
    ("kinds.*",),
    ("kinds", "tables"),
    ("timeline", "notices", "difference", "entries", "rows"),
    ("shelf",),
    ("handbook",),
    ("load", "view", "lessons", "phrase", "words", "publication", "judging", "editions"),
    ("checks.engine", "git", "series", "progress"),
    ("filled", "tallies"),
    ("inspections",),
    ("against",),
    ("checks.*",),
    ("checks",),
    ("explain", "examine", "writing"),
    ("schema", "editing", "translating"),
    ("times", "sides"),
    ("overviews", "posters"),
    ("matrices", "standing", "trace"),
    ("drawing.canvas",),
    ("drawing.card", "drawing.plot"),
    ("drawing.gaps",),
    ("drawing.*",),
    ("drawing",),
    ("pages", "report", "impact", "plots"),
    ("documents",),
    ("render", "export", "search", "new", "fmt"),
    ("rename", "revise"),
    ("memory",),
    ("site",),
    ("virtual", "shell", "write"),
    ("plugin",),
    ("build",),
    ("preview",),
    ("cli",),
)
"""From the bottom up; a module imports only from rows above its own in this list."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def rank(module: str) -> int:
    for number, row in enumerate(LAYERS):
        if module in row:
            return number
    for number, row in enumerate(LAYERS):
        if f"{module.rpartition('.')[0]}.*" in row:
            return number
    raise AssertionError(f"module '{module}' has no row in LAYERS")


def imports(path: Path) -> set[str]:
    known = {name_of(module) for module in MODULES}
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "generator":
            base = node.module.partition(".")[2]
            inner = {f"{base}.{alias.name}".strip(".") for alias in node.names} & known
            found |= inner or {base}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    module = name_of(path)
    if module:
        upward = [other for other in imports(path) if other and rank(other) >= rank(module)]
        assert upward == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    hidden = [
        inner.lineno
        for node in functions
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    long = [node.name for node in functions if _lines(node) > 30]
    assert long == []


def _lines(node: ast.FunctionDef) -> int:
    """The function's lines without its docstring, which for a rule is a page of the handbook."""
    start = node.body[1].lineno if ast.get_docstring(node) and len(node.body) > 1 else node.lineno
    return (node.end_lineno or 0) - start + 1


@pytest.mark.parametrize("path", [path for path in MODULES if name_of(path) != "cli"], ids=name_of)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert [call for call in calls if call in ("print", "exit", "sys.exit", "click.echo")] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name_of(path)
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_template_is_used() -> None:
    pages = (PACKAGE / "pages.py").read_text(encoding="utf-8")
    names = {path.name.removesuffix(".md.j2") for path in (ROOT / "templates").glob("*.j2")}
    shared = {name for name in names if name.startswith("_")}
    assert [name for name in sorted(names - shared) if f'"{name}"' not in pages] == []


def test_every_kind_of_own_template_exists() -> None:
    assert {kind.kind for kind in KINDS} >= OWN_TEMPLATES
    assert all((ROOT / "templates" / f"{kind}.md.j2").is_file() for kind in OWN_TEMPLATES)
