"""Make reports: skip what is unchanged, run the others in processes, and list them all."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any

from analysis.errors import AnalysisError
from analysis.reports import execute, listing, manifest
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
        shutil.rmtree(out / ".making", ignore_errors=True)
        listing.write(out)
    return [outcomes[job.slug] for job in wanted]


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
    # Fresh processes, because a report changes its process' environment and a forked one may hang in a thread's lock.
    pool = ProcessPoolExecutor(processes(workers, len(stale)), mp_context=get_context("spawn"))
    try:
        for _ in range(processes(workers, len(stale))):
            pool.submit(execute.warm_up)
        if prepare is not None:
            prepare([job for job, _ in stale])
        started = time.perf_counter()
        running: dict[Future[Outcome], Job] = {}
        for job, made_from in stale:
            running[pool.submit(execute.make, job, made_from)] = job
            tell(job, None)
        outcomes = []
        for future in as_completed(running):
            job = running[future]
            error = future.exception()
            if error is None:
                outcome = future.result()
            else:
                words = (
                    f"{type(error).__name__}: {error}" if not isinstance(error, AnalysisError) else str(error)
                )
                outcome = Outcome(job, "failed", time.perf_counter() - started, words)
            outcomes.append(outcome)
            tell(job, outcome)
        return outcomes
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
