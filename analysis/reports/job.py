"""What is to be made, and what became of it."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from analysis.errors import ReportError, nearest
from analysis.reports.parameters import checked, read_parameters

NOTEBOOKS = Path("notebooks")


@dataclass(frozen=True)
class Job:
    """One report to be made: a notebook, all its parameters, and the name of its folder."""

    notebook: Path
    parameters: Mapping[str, Any]
    slug: str
    out: Path

    @property
    def folder(self) -> Path:
        """Where the report will stand."""
        return self.out / self.slug


@dataclass(frozen=True)
class Outcome:
    """What became of a job."""

    job: Job
    status: Literal["done", "unchanged", "failed"]
    seconds: float = 0.0
    message: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict, repr=False)


def jobs(
    notebooks: Sequence[str | Path],
    *,
    parameters: Mapping[str, Any] | None = None,
    each: Mapping[str, Sequence[Any]] | None = None,
    out: str | Path = "reports",
    lenient: bool = False,
) -> list[Job]:
    """Name the reports of some notebooks: each with the same parameters, once for every value of ``each``.

    Parameters
    ----------
    notebooks : sequence of str or pathlib.Path
        Files, or names of notebooks in ``notebooks/`` with or without suffix: ``"40-framing"``, ``"framing"``.
    parameters : mapping, optional
        Values for the notebooks' parameters, strictly checked.
    each : mapping of str to sequence, optional
        Parameters that take each of several values, one report a combination: ``{"outlets": [["A"], ["B"]]}``.
    out : str or pathlib.Path
        Folder of all reports.
    lenient : bool
        Leave out, rather than refuse, a value that one notebook of several does not have.

    Returns
    -------
    list of Job

    Raises
    ------
    ReportError
        When a notebook, a parameter or a value is not right.
    """
    made: list[Job] = []
    for name in notebooks:
        path = notebook_at(name)
        declared = read_parameters(path)
        known = {parameter.name for parameter in declared}
        fixed = {k: v for k, v in (parameters or {}).items() if not lenient or k in known}
        axes = {k: v for k, v in (each or {}).items() if not lenient or k in known}
        for values in itertools.product(*axes.values()):
            varied = dict(zip(axes, values, strict=True))
            full = checked(declared, {**fixed, **varied}, where=path.name)
            words = [word for value in varied.values() if (word := _word(value))]
            made.append(Job(path, full, slugged([path.stem, *words]), Path(out)))
    return unclashing(made)


def unclashing(made: Sequence[Job]) -> list[Job]:
    """Return the jobs once each, with a folder each: where two names come out alike, the later gets a suffix."""
    seen: dict[str, Job] = {}
    for job in made:
        other = seen.get(job.slug)
        if other is not None and (other.notebook, other.parameters) == (job.notebook, job.parameters):
            continue
        if other is not None:
            values = json.dumps(dict(job.parameters), sort_keys=True).encode()
            suffix = hashlib.blake2s(values + job.notebook.name.encode(), digest_size=3).hexdigest()
            job = replace(job, slug=f"{job.slug}-{suffix}")
        seen[job.slug] = job
    return list(seen.values())


def notebook_at(name: str | Path) -> Path:
    """Find a notebook by its path, its file name, or the word after its number."""
    path = Path(name)
    if path.suffix == ".ipynb":
        return path if path.exists() or not (NOTEBOOKS / path.name).exists() else NOTEBOOKS / path.name
    found = sorted(NOTEBOOKS.glob("*.ipynb"))
    for candidate in found:
        if str(name) in (candidate.stem, candidate.stem.partition("-")[2]):
            return candidate
    if not found:
        raise ReportError(
            f"there is no notebook {str(name)!r} and no folder {NOTEBOOKS}/ here: run this in the folder of the kit, or give "
            "the path of a notebook"
        )
    raise ReportError(f"there is no notebook {str(name)!r}{nearest(str(name), [c.stem for c in found])}")


def slugged(words: Sequence[str]) -> str:
    """Make the name of a report's folder.

    Examples
    --------
    >>> slugged(["40-framing", "Harbour Gazette", "2023-03-01"])
    '40-framing--harbour-gazette--2023-03-01'
    """
    return "--".join(part for word in words if (part := _plain(word)))


def _plain(word: str) -> str:
    ascii_ = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-")[:60].rstrip("-")
    if plain or not word:
        return plain
    return "x" + hashlib.blake2s(word.encode(), digest_size=4).hexdigest()


def _word(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
