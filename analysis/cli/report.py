"""``analysis report``, ``batch``, ``verify`` and ``parameters``: from notebooks to sealed reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cli.shared import (
    CodebookOption,
    CorpusOption,
    EngineOption,
    StoreOption,
    progress_bar,
    say_what_was_read,
)
from analysis.errors import ReportError

OutOption = Annotated[str, typer.Option(help="Folder of all reports.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Make also what is unchanged.")]
ReportWorkers = Annotated[
    int, typer.Option(help="Processes; 0: as many as there are processors, at most four.")
]


def report(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names such as 20-actors or actors; none: all.")
    ] = None,
    corpus: CorpusOption = "seeds",
    outlets: Annotated[
        list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")
    ] = None,
    since: Annotated[str, typer.Option(help="First day, 2024-08-19.")] = "",
    until: Annotated[str, typer.Option(help="Last day.")] = "",
    codebook: CodebookOption = "ukraine-war",
    engine: EngineOption = "model",
    by: Annotated[str, typer.Option(help="outlet: one report for each outlet.")] = "",
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="A parameter of the notebook, name=value; see `analysis parameters NOTEBOOK`."
        ),
    ] = None,
    store: StoreOption = "",
    out: OutOption = "reports",
    workers: ReportWorkers = 0,
    force: ForceOption = False,
) -> None:
    """Make reports from notebooks: each a folder with report.html, tables, evidence and a manifest."""
    from analysis import reports

    names = notebooks or [path.stem for path in sorted(Path("notebooks").glob("[1-9]*.ipynb"))]
    common: dict[str, Any] = {
        "corpus": corpus,
        "codebook": codebook,
        "engine": engine if engine != "model" else "",
        "store": store,
        "since": since,
        "until": until,
    }
    given = {name: value for name, value in common.items() if value} | _values(names, values or [])
    if outlets:
        given["outlets"] = outlets
    each = {}
    if by:
        if by != "outlet":
            raise ReportError(f"--by {by!r} is not understood; reports can be made --by outlet")
        each = {
            "outlets": [[name] for name in _outlets(corpus, store=store, codebook=codebook, engine=engine)]
        }
    _make(reports.jobs(names, parameters=given, each=each, out=out, lenient=len(names) > 1), workers, force)


def batch(
    file: Annotated[
        str, typer.Argument(help="A TOML file of [reports.NAME] tables.")
    ] = "notebooks/batches.toml",
    corpus: CorpusOption = "seeds",
    codebook: CodebookOption = "ukraine-war",
    engine: EngineOption = "model",
    only: Annotated[list[str] | None, typer.Option(help="Only this batch; may be repeated.")] = None,
    store: StoreOption = "",
    out: OutOption = "reports",
    workers: ReportWorkers = 0,
    force: ForceOption = False,
) -> None:
    """Make all reports of a batch file: notebooks times outlets times periods; what is unchanged is skipped."""
    from analysis import reports
    from analysis.corpus.locating import teaching_only

    if teaching_only(corpus):
        print(f"no articles of your own in {corpus}/: taking the teaching corpus that lies there")
    given = {"corpus": corpus, "codebook": codebook} | ({"store": store} if store else {})
    given |= {"engine": engine} if engine != "model" else {}
    wanted = reports.batch(
        file,
        parameters=given,
        outlets=lambda: _outlets(corpus, store=store, codebook=codebook, engine=engine),
        out=out,
        only=only or (),
    )
    _make(wanted, workers, force)


def verify(
    folder: Annotated[str, typer.Argument(help="A report's folder, such as reports/20-actors.")],
) -> None:
    """Make a report again and compare it byte by byte; say which finding differs, and why."""
    from analysis import reports

    verdict = reports.verify(folder, prepare=_prepare)
    print(verdict)
    if not verdict.same:
        raise typer.Exit(1)


def parameters(notebook: Annotated[str, typer.Argument(help="A notebook, such as 20-actors.")]) -> None:
    """List the parameters of a notebook, with their defaults and meanings."""
    from analysis.reports import read_parameters
    from analysis.reports.job import notebook_at

    for parameter in read_parameters(notebook_at(notebook)):
        print(f"{parameter.name}: {parameter.type} = {parameter.default!r}  # {parameter.help}")


def _values(notebooks: list[str], words: list[str]) -> dict[str, Any]:
    """Read ``name=value`` words as the notebooks' parameters declare them: 2023 is a day's year where a text is meant."""
    from analysis.reports import read_parameters
    from analysis.reports.job import notebook_at
    from analysis.reports.parameters import from_words

    if not words:
        return {}
    known = {
        parameter.name: parameter for name in notebooks for parameter in read_parameters(notebook_at(name))
    }
    return from_words(tuple(known.values()), words, where=", ".join(notebooks))


def _outlets(corpus: str, *, store: str, codebook: str, engine: str) -> list[str]:
    """Name the outlets of a corpus, which may have to be read for it."""
    from analysis.annotation import annotate

    with progress_bar() as progress:
        read = annotate(corpus, store=store, codebook=codebook, engine=engine, progress=progress)
    return [name for name in read.outlets if name != "unknown"] or read.outlets


def _prepare(jobs: Any) -> None:
    """Read and annotate the corpora of the reports that will be made, each once."""
    from analysis.annotation import annotate

    wanted = {
        (
            str(job.parameters.get("corpus", "")),
            str(job.parameters.get("store", "")),
            str(job.parameters.get("codebook", "general")),
            str(job.parameters.get("engine", "model")),
        )
        for job in jobs
    }
    for corpus, store, codebook, engine in sorted(wanted):
        if corpus:
            with progress_bar() as progress:
                read = annotate(corpus, store=store, codebook=codebook, engine=engine, progress=progress)
            say_what_was_read(read)
            if not len(read):
                raise ReportError(f"no article could be read from {corpus}: there is nothing to report on")


def _make(jobs: Any, workers: int, force: bool) -> None:
    from analysis import reports
    from analysis.reports.progress import shown

    with shown(len(jobs)) as event:
        outcomes = reports.run(jobs, workers=workers or None, force=force, prepare=_prepare, event=event)
    counts = {
        status: sum(outcome.status == status for outcome in outcomes)
        for status in ("done", "unchanged", "failed")
    }
    said = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing to make"
    index = sorted({str(outcome.job.out / "index.html") for outcome in outcomes})
    print(f"{said}; open {', '.join(index)}")
    if counts["failed"]:
        for outcome in outcomes:
            if outcome.status == "failed":
                print(f"  {outcome.job.slug}: {outcome.message}", file=sys.stderr)
        raise typer.Exit(1)
