"""Make reports: skip what is unchanged, run the others in processes, and list them all."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.reports import execute, kernels, listing, manifest
from analysis.reports.job import Job, Outcome

Event = Callable[[Job, Outcome | None], None]
"""Called when a job begins (without an outcome) and when it ends (with one)."""


def run(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    force: bool = False,
    prepare: Callable[[Sequence[Job]], None] | None = None,
    event: Event | None = None,
) -> list[Outcome]:
    """Make reports and the index that lists them.

    Parameters
    ----------
    jobs : iterable of Job
        What to make.
    workers : int, optional
        Processes; by default as many as there are processors, at most four.
    force : bool
        Make also what is unchanged.
    prepare : callable, optional
        Called once with the jobs that will be made, before the first of them: reads and annotates their corpora.
        Not called when nothing is to be made.
    event : callable, optional
        Called when a job begins and ends, to show progress.

    Returns
    -------
    list of Outcome
        In the order of the jobs: ``done``, ``unchanged`` or ``failed``. A job that fails stops no other.
    """
    wanted = list(jobs)
    tell = event or (lambda job, outcome: None)
    manifest.forget()
    outcomes: dict[str, Outcome] = {}
    stale: list[tuple[Job, dict[str, Any]]] = []
    for job in wanted:
        try:
            made_from = manifest.ingredients(job)
        except AnalysisError as error:
            outcomes[job.slug] = Outcome(job, "failed", message=str(error))
            tell(job, outcomes[job.slug])
            continue
        if not force and manifest.is_current(job.folder, manifest.key(made_from)):
            outcomes[job.slug] = Outcome(job, "unchanged")
            tell(job, outcomes[job.slug])
        else:
            stale.append((job, made_from))
    if stale:
        for outcome in _made(stale, workers=workers, prepare=prepare, tell=tell):
            outcomes[outcome.job.slug] = outcome
    for out in dict.fromkeys(job.out for job in wanted):
        _swept(out / execute.MAKING)
        listing.write(out)
    return [outcomes[job.slug] for job in wanted]


def _swept(making: Path) -> None:
    """Remove what runs on this machine have left that were ended before they could; another may still be at work."""
    for folder in sorted(making.glob(f"{platform.node()}-*")):
        if not _alive(folder.name.rpartition("-")[2]):
            shutil.rmtree(folder, ignore_errors=True)
    with contextlib.suppress(OSError):
        making.rmdir()


def _alive(process: str) -> bool:
    """Whether a process with this number is at work; where that can't be asked without harm, it is taken to be."""
    if os.name != "posix" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        pass
    return True


def processes(workers: int | None, jobs: int) -> int:
    """Return how many processes run the reports: no more than reports, processors, or four."""
    return max(1, min(workers or os.cpu_count() or 1, jobs, 4 if workers is None else workers))


def _made(
    stale: Sequence[tuple[Job, dict[str, Any]]],
    *,
    workers: int | None,
    prepare: Callable[[Sequence[Job]], None] | None,
    tell: Event,
) -> list[Outcome]:
    """Make each report in a process of its own, some at once."""
    context: Any = kernels.context()
    if prepare is not None:
        prepare([job for job, _ in stale])
    # the longest notebooks first, so that no processor is left waiting at the end
    waiting = sorted(stale, key=lambda made: (-made[0].notebook.stat().st_size, made[0].slug))
    running: dict[Any, tuple[Job, float, BaseProcess]] = {}
    outcomes = []
    try:
        while waiting or running:
            while waiting and len(running) < processes(workers, len(stale)):
                job, made_from = waiting.pop(0)
                answer, send = context.Pipe(duplex=False)
                process = context.Process(target=_make, args=(send, job, made_from, dict(os.environ)))
                process.start()
                send.close()
                running[answer] = (job, time.perf_counter(), process)
                tell(job, None)
            answered: list[Any] = wait(list(running))
            for answer in answered:
                job, started, process = running.pop(answer)
                try:
                    outcome = answer.recv()
                except EOFError:
                    ended = "its process was ended from outside, perhaps for want of memory"
                    outcome = Outcome(job, "failed", time.perf_counter() - started, ended)
                process.join()
                outcomes.append(outcome)
                tell(job, outcome)
        return outcomes
    finally:
        for _, _, process in running.values():
            process.terminate()


def _make(send: Any, job: Job, made_from: dict[str, Any], variables: dict[str, str]) -> None:
    """Make one report in this process, which is there for nothing else, and send the outcome."""
    spare = kernels.Spare(without=[send.fileno()]) if kernels.WARM else None
    kernels.become_environment(variables)  # a fork has that of the server, which may be older
    started = time.perf_counter()
    try:
        outcome = execute.make(job, made_from, spare=spare)
    except Exception as error:  # whatever it is, the other reports go on
        words = str(error) if isinstance(error, AnalysisError) else f"{type(error).__name__}: {error}"
        outcome = Outcome(job, "failed", time.perf_counter() - started, words)
    send.send(outcome)
