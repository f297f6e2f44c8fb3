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
#: What each module of the program itself says, by its name.
TREES = {
    ".".join(path.with_suffix("").parts): ast.parse((ROOT / path).read_text("utf-8"))
    for path in FILES
    if path.parts[0] in {"engine", "webapp"}
}


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


def test_what_is_loaded_late_does_not_lead_back_to_who_loads_it() -> None:
    loaded = {(name, late) for name, tree in TREES.items() for late in _late(tree)}

    assert loaded
    assert [pair for pair in sorted(loaded) if pair[0] in _reached(pair[1])] == []


def _late(tree: ast.Module) -> set[str]:
    """Return the modules that `import_module` is called for by name."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "import_module"
        and isinstance(call.args[0], ast.Constant)
    }


def _reached(name: str) -> set[str]:
    """Return the modules of ours that come with importing one; it is one of them."""
    found, left = set(), [name]
    while left:
        module = left.pop()
        if module in TREES and module not in found:
            found.add(module)
            left += _imported(TREES[module])
    return found


def _imported(tree: ast.Module) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{each.name}" for each in node.names]
            names.append(node.module or "")
        elif isinstance(node, ast.Import):
            names += [each.name for each in node.names]
    return names
