"""Write the learners' and the teacher's copy of a lesson from its one source."""

from __future__ import annotations

import ast
import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from analysis.errors import ReadingError
from analysis.workshop.teaching import project

Notebook = dict[str, Any]
"""A notebook as its file has it, but for the sources of cells, which are whole texts."""

TEACHER = "teacher"
_FOLDER = Path("notebooks", "workshop")
_SOLUTION = re.compile(
    r"^[ \t]*### BEGIN SOLUTION[^\n]*\n(?P<inside>.*?)^[ \t]*### END SOLUTION[^\n]*$",
    re.MULTILINE | re.DOTALL,
)
_DELIMITER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[^\n]*$", re.MULTILINE)


class Lesson(NamedTuple):
    """A lesson: its number, its title, and the notebook it is made from."""

    number: int
    title: str
    source: Path


def lessons() -> list[Lesson]:
    """List the lessons, in order.

    Returns
    -------
    list of Lesson

    Raises
    ------
    ReadingError
        When the folder of lessons is not there.
    """
    folder = project() / _FOLDER
    found = [
        Lesson(int(path.name.split("-")[0]), _title(path), path)
        for path in sorted(folder.glob("[0-9]*-*.ipynb"))
    ]
    if not found:
        raise ReadingError(
            f"there are no lessons in {_FOLDER.as_posix()}: get the kit afresh, its notebooks are missing"
        )
    return found


def make(lesson: int, out: str | Path) -> tuple[Path, Path]:
    """Write both copies of a lesson.

    Parameters
    ----------
    lesson : int
        Its number.
    out : str or pathlib.Path
        A folder, made if it is not there.

    Returns
    -------
    tuple of pathlib.Path
        The learners' copy (solutions and teacher's notes removed) and the teacher's copy.

    Raises
    ------
    ReadingError
        When there is no such lesson.
    """
    known = {each.number: each for each in lessons()}
    if lesson not in known:
        raise ReadingError(
            f"there is no lesson {lesson}; there are {', '.join(map(str, known))}: see `analysis workshop list`"
        )
    source = read_notebook(known[lesson].source)
    folder, stem = Path(out), known[lesson].source.stem
    folder.mkdir(parents=True, exist_ok=True)
    learner, teacher = folder / f"{stem}.ipynb", folder / f"{stem}.teacher.ipynb"
    _write(learner_copy(source), learner)
    _write(teacher_copy(source), teacher)
    return learner, teacher


def learner_copy(source: Notebook) -> Notebook:
    """Take solutions and the teacher's cells out of a lesson.

    Where a solution stood, the learner finds ``# YOUR CODE HERE`` and a line ``name = ...`` for each name that is
    needed outside of the solution: the notebook still runs from top to bottom.

    Parameters
    ----------
    source : dict
        The lesson with solutions.

    Returns
    -------
    dict
        A new notebook; the source is left as it is.
    """
    learner = copy.deepcopy(source)
    learner["cells"] = [cell for cell in learner["cells"] if TEACHER not in cell["metadata"].get("tags", [])]
    needed = set(_read_outside(learner))
    for cell in learner["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = _SOLUTION.sub(lambda found: _stub(found["inside"], needed), cell["source"])
    return learner


def teacher_copy(source: Notebook) -> Notebook:
    """Mark solutions in words instead of delimiters, and leave everything in.

    Parameters
    ----------
    source : dict
        The lesson with solutions.

    Returns
    -------
    dict
        A new notebook.
    """
    teacher = copy.deepcopy(source)
    for cell in teacher["cells"]:
        cell["source"] = _DELIMITER.sub(
            lambda found: "# solution" if found[1] == "BEGIN" else "# end of solution", cell["source"]
        )
    return teacher


def read_notebook(path: Path) -> Notebook:
    """Read a notebook, with the source of each cell as one text.

    Parameters
    ----------
    path : pathlib.Path
        A notebook of format 4.

    Returns
    -------
    dict
    """
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def _write(notebook: Notebook, path: Path) -> None:
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]]
    path.write_text(
        json.dumps({**notebook, "cells": cells}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _read_outside(notebook: Notebook) -> Iterator[str]:
    """Give the names that are read outside of solutions."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(_SOLUTION.sub("", cell["source"]))):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    yield node.id


def _stub(solution: str, needed: set[str]) -> str:
    names = []
    for statement in ast.parse(solution).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        for target in targets:
            names += [
                node.id for node in ast.walk(target) if isinstance(node, ast.Name) and node.id in needed
            ]
    return "\n".join(["# YOUR CODE HERE", *(f"{name} = ..." for name in dict.fromkeys(names))])


def _title(path: Path) -> str:
    return str(read_notebook(path)["cells"][0]["source"]).splitlines()[0].lstrip("# ").strip()
