"""Prove a report: hash what it was made from, make it again, compare every byte, and say what differs and why."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import ReportError, nearest
from analysis.reports import manifest
from analysis.reports.job import Job, notebook_at
from analysis.reports.parameters import read_parameters

_PARTS = {
    "claim": "claim",
    "lead": "numbers in words",
    "figure": "picture",
    "table": "table",
    "sentences": "sentences",
}


@dataclass(frozen=True)
class Verdict:
    """Whether a report is what its manifest says, and comes out the same when made again."""

    folder: Path
    same: bool
    touched: tuple[str, ...]
    causes: tuple[str, ...]
    findings: tuple[str, ...]
    files: tuple[str, ...]

    def __str__(self) -> str:
        if self.same:
            return f"{self.folder}: verified; made again, every byte is the same"
        lines = [f"{self.folder}: not the same"]
        for title, entries in (
            ("files of the report that were changed by hand", self.touched),
            ("what it was made from has changed", self.causes),
            ("findings that come out otherwise", self.findings),
            ("files that come out otherwise", self.files),
        ):
            if entries:
                lines += [f"  {title}:", *(f"    - {entry}" for entry in entries)]
        return "\n".join(lines)


def verify(report: str | Path, *, prepare: Callable[[Sequence[Job]], None] | None = None) -> Verdict:
    """Check a report against its manifest and make it again.

    Parameters
    ----------
    report : str or pathlib.Path
        Folder of the report.
    prepare : callable, optional
        As in `run`: reads and annotates the corpus where needed.

    Returns
    -------
    Verdict

    Raises
    ------
    ReportError
        When the folder holds no finished report, or it cannot be made again.
    """
    from analysis.reports.run import run

    folder = Path(report)
    sealed = manifest.read(folder)
    if not folder.is_dir():
        beside = sorted(path.parent.name for path in folder.parent.glob(f"*/{manifest.NAME}"))
        raise ReportError(f"there is no folder {folder}{nearest(folder.name, beside)}")
    if sealed is None:
        raise ReportError(f"{folder} holds no report: there is no {manifest.NAME} that can be read")
    if sealed["status"] != "done":
        raise ReportError(f"{folder} is a report that failed: {sealed.get('message', '')}")
    touched = _files(sealed["outputs"], manifest.outputs(folder), "was added", "is missing", "was changed")
    scratch = Path(tempfile.mkdtemp(prefix="parallax-verify-"))
    try:
        notebook = notebook_at(sealed["notebook"]["path"])
        job = Job(notebook, _in_order(notebook, sealed["parameters"]), folder.name, scratch)
        manifest.forget()
        why = causes(sealed, manifest.ingredients(job))
        outcome = run([job], workers=1, force=True, prepare=prepare)[0]
        again = manifest.read(job.folder)
        if outcome.status == "failed" or again is None:
            raise ReportError(f"{folder} cannot be made again: {outcome.message}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    files = _files(sealed["outputs"], again["outputs"], "is new", "is no longer made", "differs")
    if files and not why:
        why = [
            "nothing: the same ingredients gave other bytes, which is a fault of the kit; please report it"
        ]
    findings = _findings(sealed.get("findings", []), again.get("findings", []))
    same = not (touched or files or why)
    return Verdict(folder, same, tuple(touched), tuple(why), tuple(findings), tuple(files))


def _in_order(notebook: Path, sealed: Mapping[str, Any]) -> dict[str, Any]:
    """Put parameters, which a manifest keeps by name, into the order of the notebook, as they were first given."""
    declared = [parameter.name for parameter in read_parameters(notebook)]
    names = [name for name in declared if name in sealed] + [name for name in sealed if name not in declared]
    return {name: sealed[name] for name in names}


def causes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say which ingredients differ from those in the manifest."""
    found: list[str] = []
    if before["notebook"]["sha256"] != now["notebook"]["sha256"]:
        found.append(f"notebook: {now['notebook']['path']}")
    old, new = before.get("inputs") or {}, now.get("inputs") or {}
    if old.get("sha256") != new.get("sha256"):
        each = _files(old.get("each", {}), new.get("each", {}), "is new", "is gone", "has changed")
        found += [f"input: {entry}" for entry in each] or [f"input: {new.get('path', '')}"]
    if (before.get("codebook") or {}).get("sha256") != (now.get("codebook") or {}).get("sha256"):
        found.append(f"codebook: {(now.get('codebook') or {}).get('name', '')}")
    modules = _files(before["code"]["modules"], now["code"]["modules"], "is new", "is gone", "has changed")
    found += [f"code: {entry}" for entry in modules]
    if before["code"]["data"] != now["code"]["data"]:
        found.append("code: the data files of the package have changed")
    for name in sorted(set(before["packages"]) | set(now["packages"])):
        was, is_ = before["packages"].get(name, "not installed"), now["packages"].get(name, "not installed")
        if was != is_:
            found.append(f"package: {name} was {was}, is {is_}")
    if before["lock"] != now["lock"]:
        found.append("package: requirements.lock has changed")
    names = {**before["parameters"], **now["parameters"]}
    for name in names:
        if before["parameters"].get(name) != now["parameters"].get(name):
            found.append(f"parameter: {name}")
    return found


def _files(old: Mapping[str, str], new: Mapping[str, str], added: str, gone: str, changed: str) -> list[str]:
    """Compare hashes by name."""
    entries = [f"{name} {added}" for name in sorted(set(new) - set(old))]
    entries += [f"{name} {gone}" for name in sorted(set(old) - set(new))]
    return entries + [f"{name} {changed}" for name in sorted(set(old) & set(new)) if old[name] != new[name]]


def _findings(before: Sequence[Mapping[str, str]], now: Sequence[Mapping[str, str]]) -> list[str]:
    """Compare findings in their order: a claim made from data may have other words when the data changed."""
    entries = []
    for i in range(max(len(before), len(now))):
        if i >= len(before):
            entries.append(f"“{now[i]['words']}” is new")
        elif i >= len(now):
            entries.append(f"“{before[i]['words']}” is no longer made")
        else:
            parts = [words for key, words in _PARTS.items() if before[i].get(key) != now[i].get(key)]
            if parts:
                now_says = f", now “{now[i]['words']}”" if before[i]["words"] != now[i]["words"] else ""
                entries.append(f"“{before[i]['words']}”{now_says}: {', '.join(parts)}")
    return entries
