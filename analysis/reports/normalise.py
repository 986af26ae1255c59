"""Take out of an executed notebook what differs from run to run, so that the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(r"(?<= at )0x[0-9a-f]{6,16}\b")
# Random ids that libraries give to parts of a page, such as Bokeh to its plots.
_RANDOM = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")
_DROPPED = ("papermill", "execution", "widgets", "language_info")


def tidied(path: Path) -> Any:
    """Read an executed notebook and return it without times, paths, random ids and counters.

    Parameters
    ----------
    path : pathlib.Path
        A notebook that papermill has written.

    Returns
    -------
    nbformat.NotebookNode
    """
    from nbformat import v4

    # Not nbformat.read, which checks the notebook against its schema: papermill has done that.
    notebook: Any = v4.reads(path.read_text(encoding="utf-8"))  # type: ignore[no-untyped-call]
    for name in _DROPPED:
        notebook.metadata.pop(name, None)
    seen: set[str] = set()
    ids: dict[str, str] = {}
    for place, cell in enumerate(notebook.cells):
        for name in ("papermill", "execution", "jupyter"):
            cell.metadata.pop(name, None)
        injected = {"injected-parameters", "papermill-error-cell-tag"} & set(cell.metadata.get("tags", []))
        if injected or cell.get("id", "") in seen or not cell.get("id"):
            digest = hashlib.blake2s(f"{place}{sorted(injected)}".encode(), digest_size=4).hexdigest()
            cell["id"] = f"cell-{digest}"
        seen.add(cell["id"])
        if cell.cell_type == "code":
            cell["execution_count"] = None
            cell["outputs"] = [_tidied(output, ids) for output in cell.outputs]
    return notebook


def write(notebook: Any, path: Path) -> None:
    """Write a notebook in a fixed order of keys."""
    from nbformat import v4

    text: str = v4.writes(notebook, indent=1, sort_keys=True)  # type: ignore[no-untyped-call]
    path.write_text(text + "\n", encoding="utf-8")


def _tidied(output: Any, ids: dict[str, str]) -> Any:
    if "execution_count" in output:
        output["execution_count"] = None
    if output.output_type == "stream":
        output["text"] = _ADDRESS.sub("0x…", output.text)
    for kind in ("text/plain", "text/html"):
        if kind in output.get("data", {}):
            output.data[kind] = _ADDRESS.sub("0x…", output.data[kind])
    if "<script" in output.get("data", {}).get("text/html", ""):

        def numbered(found: re.Match[str]) -> str:
            return ids.setdefault(found.group(), f"a0000000-0000-4000-8000-{len(ids):012x}")

        output.data["text/html"] = _RANDOM.sub(numbered, output.data["text/html"])
    return output
