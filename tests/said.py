"""Every word that pages say: in the templates, and in the code where it makes texts for pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from generator.tongues import SPOKEN, heard

ROOT = Path(__file__).parent.parent
SPEAKING = (
    "phrase",
    "plots",
    "pages",
    "export",
    "render",
    "documents",
    "trace",
    "site",
    "drawing/*",
    "words",
)
"""The modules that make texts for pages."""
_HAN = re.compile("[\u4e00-\u9fff]")


def words() -> set[str]:
    """All of them."""
    files = [path for name in SPEAKING for path in (ROOT / "generator").glob(f"{name}.py")]
    return heard(ROOT / "templates") | {text for path in files for text in _texts(path)}


def _texts(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    patterns = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("re.compile", "re.split")
        for argument in node.args
    }
    keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    told = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tell"
        for argument in node.args
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent | patterns
        ):
            in_key = path.name == "words.py" and id(node) in keys
            if (_HAN.search(node.value) and not in_key) or (id(node) in told and SPOKEN.search(node.value)):
                yield node.value
