"""The code stays small enough to read in one sitting."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("engine", "webapp", "tests", "bench")
FILES = sorted(
    path.relative_to(ROOT)
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "misc", "util", "helper"}
FORBIDDEN_ENDINGS = ("Service", "Manager", "Handler")


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_and_functions_are_short(path: Path) -> None:
    source = (ROOT / path).read_text("utf-8")

    assert source.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_names_say_what_a_thing_is(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]

    assert path.stem not in FORBIDDEN_NAMES
    assert not [name for name in classes if name.endswith(FORBIDDEN_ENDINGS)]


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parts[0] in {"engine", "webapp"}], ids=str
)
def test_modules_begin_with_what_they_are_for(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))

    assert not tree.body or ast.get_docstring(tree)
