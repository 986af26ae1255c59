"""Every notebook in the repository is stripped, short, and runs on any machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from analysis.reports import read_parameters

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
FILES = sorted(NOTEBOOKS.rglob("*.ipynb"))
REPORTS = [path for path in FILES if re.match(r"[1-9]\d-", path.name) and path.parent == NOTEBOOKS]


def _name(path: Path) -> str:
    return path.relative_to(NOTEBOOKS).as_posix()


def _code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(params=FILES, ids=_name)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def notebook(path: Path) -> Any:
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def test_there_are_notebooks() -> None:
    assert REPORTS


def test_a_notebook_is_valid_and_stripped(notebook: Any) -> None:
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in _code(notebook))


def test_its_metadata_name_no_machine(notebook: Any) -> None:
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "title"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)


def test_its_cells_have_names_that_people_chose(notebook: Any) -> None:
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert not [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)]
    assert not [name for name in ids if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4})*", name)]


def test_it_begins_with_its_title(notebook: Any) -> None:
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# \S", first.source)


def test_it_holds_no_logic(notebook: Any) -> None:
    for cell in _code(notebook):
        lines = [line for line in cell.source.splitlines() if not line.startswith(("%", "!"))]
        tree = ast.parse("\n".join(lines))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
        assert not found, f"the cell {cell.id} defines {found[0].name}: logic lives in analysis/"


@pytest.mark.parametrize("report", REPORTS, ids=_name)
def test_a_report_has_one_cell_of_parameters_and_it_comes_first(report: Path) -> None:
    notebook = nbformat.read(report, as_version=nbformat.NO_CONVERT)
    tagged = [cell.id for cell in _code(notebook) if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == [_code(notebook)[0].id]
    parameters = read_parameters(report)
    assert {"corpus", "store", "codebook"} <= {parameter.name for parameter in parameters}
    assert all(parameter.help for parameter in parameters)
