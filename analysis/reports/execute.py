"""Make one report: execute its notebook in a folder of its own, render it, seal it, and only then put it in place.

Runs in a worker process: papermill changes the working folder and the environment of the process it runs in.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.errors import FULL, ReportError
from analysis.reports import kernels, manifest
from analysis.reports.job import Job, Outcome

_FOLDER = "PARALLAX_REPORT_DIR"
MAKING = ".making"
"""Folder, below that of the reports, where they are made before they are put in place."""
_TIMEOUT = 600
"""Seconds a single cell may take."""
# What libraries say on standard error that is no fault of the notebook.
_HARMLESS = ("Matplotlib is building the font cache",)


def warm_up() -> None:
    """Load what every report needs."""
    # jsonschema builds the grammar of internationalised addresses when it is imported, which takes a second and
    # which no notebook needs.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import nbconvert
    import papermill

    del nbconvert, papermill


def make(job: Job, made_from: Mapping[str, Any], *, spare: kernels.Spare | None = None) -> Outcome:
    """Make one report and put it in place.

    Parameters
    ----------
    job : Job
        What to make.
    made_from : mapping
        From `manifest.ingredients`.
    spare : Spare, optional
        The process that becomes the kernel; by default one is started.

    Returns
    -------
    Outcome
        ``done`` or ``failed``; a failed report leaves its notebook as ``*.failed.ipynb`` and a page that says so, in a
        folder of its own where a good report of an earlier run stands in the place.
    """
    place = job.folder
    if place.exists() and manifest.read(place) is None and any(place.iterdir()):
        raise ReportError(f"{place.name} in the reports folder is not a report: move it away, then run again")
    started = time.perf_counter()
    # a folder of this process: another run may be making the same report at this moment
    folder = job.out.resolve() / MAKING / f"{platform.node()}-{os.getpid()}" / job.slug
    folder.mkdir(parents=True)
    try:
        failure = _executed(job, folder, spare)
        if not failure:
            try:
                _finished(job, folder, made_from, time.perf_counter() - started)
            except Exception as error:  # whatever it is, a half-made page must not stand as a report
                failure = f"the page could not be made: {type(error).__name__}: {error}{_remedy(error)}"
        failed = place.resolve().with_name(f"{place.name}.failed")
        if failure and stands(place):
            failure += f"; the report in {place.name} is of an earlier run and was kept, what failed is in {failed.name}"
            _failed(job, folder, made_from, failure)
            _put(folder, failed)
        else:
            if failure:
                _failed(job, folder, made_from, failure)
            _put(folder, place.resolve())
            shutil.rmtree(failed, ignore_errors=True)
    finally:
        shutil.rmtree(folder.parent, ignore_errors=True)
    seconds = time.perf_counter() - started
    return Outcome(job, "failed" if failure else "done", seconds, failure)


def stands(place: Path) -> bool:
    """Whether a finished report stands in a folder."""
    return (manifest.read(place) or {}).get("status") == "done"


def _executed(job: Job, folder: Path, spare: kernels.Spare | None) -> str:
    """Execute the notebook into the folder; return what went wrong, or nothing."""
    warm_up()
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException

    target = folder / job.notebook.name
    with kernels.environment(kernels.fixed() | {_FOLDER: str(folder)}):
        for attempt in (1, 2):
            try:
                papermill.execute_notebook(
                    str(job.notebook),
                    str(target),
                    parameters=dict(job.parameters),
                    kernel_name="python3",
                    progress_bar=False,
                    start_timeout=60,
                    execution_timeout=_TIMEOUT,
                    interrupt_on_timeout=True,
                    record_timing=False,
                    coalesce_streams=True,
                    extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
                    request_save_on_cell_execute=False,
                    shutdown_kernel="immediate",  # it has nothing to save
                    **({"kernel_manager_class": kernels.manager(spare)} if spare else {}),
                )
                break
            except (PapermillException, CellTimeoutError, DeadKernelError) as error:
                return _first_lines(error)
            except RuntimeError as error:
                # Two kernels that start at once may take the same port; the second try finds another.
                if attempt == 2:
                    return f"the kernel did not start: {error}"
    return _complaints(target)


def _remedy(error: Exception) -> str:
    full = isinstance(error, OSError) and error.errno in FULL
    return "; make room, or name another place with --out" if full else ""


def _first_lines(error: Exception) -> str:
    """Say what failed: of a long traceback the last line, which names the error."""
    value = getattr(error, "evalue", "")
    if value:
        return f"{getattr(error, 'ename', type(error).__name__)}: {value}"
    lines = [line for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:500]


def _complaints(target: Path) -> str:
    """Return what the notebook wrote on standard error: a warning in a report is a fault to be mended."""
    from analysis.reports import normalise

    for cell in normalise.tidied(target).cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                lines = [line for line in output.text.splitlines() if line.strip()]
                lines = [line for line in lines if not any(words in line for words in _HARMLESS)]
                if lines:
                    return f"the cell {cell.get('id', '')!r} wrote on standard error: {lines[-1][:300]}"
    return ""


def _finished(job: Job, folder: Path, made_from: Mapping[str, Any], seconds: float) -> None:
    from analysis.reports import normalise, render

    target = folder / job.notebook.name
    notebook = normalise.tidied(target)
    normalise.write(notebook, target)
    summary = render.report(notebook, folder, job=job, made_from=made_from)
    shutil.rmtree(folder / ".parts", ignore_errors=True)
    manifest.write(
        folder,
        {
            **made_from,
            **summary,
            "status": "done",
            "key": manifest.key(made_from),
            "outputs": manifest.outputs(folder),
            "run": {
                "seconds": round(seconds, 2),
                "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            },
        },
    )


def _failed(job: Job, folder: Path, made_from: Mapping[str, Any], failure: str) -> None:
    """Leave what there is of a failed report, under names that no one takes for a finished one."""
    from analysis.reports import normalise, render

    target = folder / job.notebook.name
    for path in list(folder.iterdir()):
        if path != target:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if target.is_file():
        notebook = normalise.tidied(target)
        target.unlink()
        normalise.write(notebook, folder / f"{job.notebook.stem}.failed.ipynb")
        render.failure(notebook, folder, job=job, message=failure)
    manifest.write(
        folder,
        {
            **made_from,
            "title": job.slug,
            "status": "failed",
            "message": failure,
            "outputs": manifest.outputs(folder),
            "run": {"finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())},
        },
    )


def _put(folder: Path, place: Path) -> None:
    """Replace a report by its new version in one move, so that no half of one is ever seen."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = folder.with_name(f"{folder.name}.old")
    for last in (False, False, True):
        shutil.rmtree(old, ignore_errors=True)
        if place.exists() and manifest.read(place) is None and any(place.iterdir()):
            raise ReportError(
                f"{place.name} in the reports folder is not a report: move it away, then run again"
            )
        try:
            with contextlib.suppress(FileNotFoundError):
                place.rename(old)
            folder.rename(place)
            return
        except OSError:  # another run has put its own there in between
            if last:
                raise
