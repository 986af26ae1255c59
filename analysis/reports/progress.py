"""Show reports being made: on a terminal with bars, elsewhere a line each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.reports.job import Job, Outcome
from analysis.reports.run import Event


@contextmanager
def shown(total: int) -> Iterator[Event]:
    """Give the callback for `run` that shows its progress on standard error.

    Parameters
    ----------
    total : int
        How many reports there are.
    """
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reports"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reports", total=total)

        def event(job: Job, outcome: Outcome | None) -> None:
            if outcome is None:
                return
            bar.advance(task)
            if outcome.status != "unchanged":
                bar.console.print(told(outcome), markup=False, highlight=False)

        yield event


def told(outcome: Outcome) -> str:
    """Say in a line what became of a report."""
    if outcome.status == "failed":
        return f"failed     {outcome.job.folder}: {outcome.message}"
    if outcome.status == "unchanged":
        return f"unchanged  {outcome.job.folder}"
    return f"done       {outcome.job.folder} in {outcome.seconds:.1f} s"


def _line(job: Job, outcome: Outcome | None) -> None:
    if outcome is not None and outcome.status != "unchanged":
        print(told(outcome), file=sys.stderr, flush=True)
