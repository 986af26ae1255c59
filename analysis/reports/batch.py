"""A batch: which notebooks make which reports, from a TOML file."""

from __future__ import annotations

import contextlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import ReadingError, ReportError, nearest
from analysis.reports import manifest
from analysis.reports.job import Job, jobs, slugged, unclashing

_KEYS = ("notebooks", "each", "parameters", "slug")


def batch(
    file: str | Path = "notebooks/batches.toml",
    *,
    parameters: Mapping[str, Any] | None = None,
    outlets: Callable[[], Sequence[str]] | None = None,
    out: str | Path = "reports",
    only: Sequence[str] = (),
) -> list[Job]:
    """Read a batch file into jobs.

    Parameters
    ----------
    file : str or pathlib.Path
        A TOML file of ``[[reports]]`` tables; see ``notebooks/batches.toml``.
    parameters : mapping, optional
        Values that hold for all, such as ``corpus`` and ``codebook``; the file's own values win.
    outlets : callable, optional
        Gives the outlets of the corpus, for ``each.outlets = "each"``; called only when needed.
    out : str or pathlib.Path
        Folder of all reports.
    only : sequence of str, optional
        Names of batches; all by default.

    Returns
    -------
    list of Job

    Raises
    ------
    ReportError
        When the file is not well formed; the message names the batch and the key.
    """
    path = Path(file)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReportError(
            f"there is no batch file {path}: run this in the folder of the kit, or give the path of one"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"{path} is not TOML: {error}") from error
    if set(content) != {"reports"} or not isinstance(content["reports"], dict) or not content["reports"]:
        raise ReportError(f"{path} must hold tables [reports.NAME] and nothing else")
    named = content["reports"]
    for name in only:
        if name not in named:
            raise ReportError(f"{path} has no batch {name!r}{nearest(name, named)}")
    if outlets is not None:
        outlets = remembered(outlets, parameters or {}, Path(out))
    made: list[Job] = []
    for name, table in named.items():
        if not only or name in only:
            made += _jobs(f"{path}, reports.{name}", table, parameters or {}, outlets, out)
    return unclashing(made)


def remembered(
    outlets: Callable[[], Sequence[str]], parameters: Mapping[str, Any], out: Path
) -> Callable[[], Sequence[str]]:
    """Ask for the outlets of a corpus only when its files, the code or the codebook have changed since the last time.

    To name them the corpus must be opened, which takes longer than to see that nothing is to be made.
    """
    corpus = str(parameters.get("corpus", ""))
    note = out / ".outlets.json"

    def named() -> Sequence[str]:
        manifest.forget()  # in a session that goes on, articles may have come since the last time
        try:
            inputs = manifest.inputs(corpus)
        except ReadingError:
            return outlets()
        seen = manifest.key({"inputs": inputs, "code": manifest.code(), "parameters": dict(parameters)})
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(note.read_text(encoding="utf-8"))
            if kept["seen"] == seen:
                return [str(name) for name in kept["outlets"]]
        found = list(outlets())
        out.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"seen": seen, "outlets": found}, ensure_ascii=False), encoding="utf-8")
        return found

    return named if corpus else outlets


def _jobs(
    where: str,
    table: Any,
    parameters: Mapping[str, Any],
    outlets: Callable[[], Sequence[str]] | None,
    out: str | Path,
) -> list[Job]:
    if not isinstance(table, dict):
        raise ReportError(f"{where} must be a table, with notebooks = [...] under it")
    for key in table:
        if key not in _KEYS:
            raise ReportError(f"{where} has an unknown key {key!r}{nearest(key, _KEYS)}")
    notebooks = table.get("notebooks")
    if not isinstance(notebooks, list) or not notebooks:
        raise ReportError(f'{where} needs notebooks = ["40-framing", ...]')
    each: dict[str, Any] = {}
    for name, values in table.get("each", {}).items():
        if values == "each":
            if name not in {"outlet", "outlets"} or outlets is None:
                raise ReportError(f'{where}: only outlets can be "each"; give {name} a list of values')
            values = [[outlet] if name == "outlets" else outlet for outlet in outlets()]
        if not isinstance(values, list):
            raise ReportError(f"{where}: each.{name} must be a list of values")
        each[name] = values
    own = table.get("parameters", {})
    common = {name: value for name, value in parameters.items() if name not in own and name not in each}
    made: list[Job] = []
    for notebook in notebooks:
        lenient = jobs([notebook], parameters=common, out=out, lenient=True)[0].parameters
        kept = {name: value for name, value in common.items() if name in lenient}
        made += jobs([notebook], parameters={**kept, **own}, each=each, out=out)
    slug = table.get("slug")
    if slug is None:
        return made
    return [
        replace(job, slug=job.slug.replace(job.notebook.stem, slugged([job.notebook.stem, slug]), 1))
        for job in made
    ]
