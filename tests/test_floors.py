"""Which room may import which: the order of DESIGN, held by reading the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "analysis"

# From the ground up; a module imports only from its own room and from lower floors.
FLOORS = [
    {"errors"},
    {"schemas"},
    {"codebook", "language"},
    {"corpus"},
    {"text"},
    {"places"},
    {"actors"},
    {"framing", "stories"},
    {"fingerprints", "executors"},
    {"annotation"},
    {"figures"},
    {"explore"},
    {"reports", "workshop"},
    {"cli"},
    {"__main__"},
]
HEIGHT = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "analysis"}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "analysis":
                found |= {f"analysis.{alias.name}" for alias in node.names}
            elif node.module.startswith("analysis."):
                found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_below(path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert room in HEIGHT, f"{room} has no floor yet: give it one in FLOORS"
    for name in imports(path):
        other = room_of(name)
        if other == room:
            continue
        assert other in HEIGHT, f"{path.name} imports {name}, which has no floor"
        assert HEIGHT[other] < HEIGHT[room], f"{room} must not import {other} ({name})"


def test_modules_stay_small_enough_to_read():
    long = {
        path.relative_to(PACKAGE).as_posix(): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert not long, f"split these modules: {long}"


def test_spacy_is_imported_in_one_place():
    users = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        guarded = {
            child
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
            for child in ast.walk(node)
        }
        for node in ast.walk(tree):
            if node in guarded:
                continue
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "spacy" for name in names):
                users.append(path.name)
    assert set(users) <= {"language.py"}
