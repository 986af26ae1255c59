"""The ``analysis`` command: read, report, batch, verify, codebook.

Only this module prints. Errors that a user can do something about end the run with one line on standard error and
exit status 2; a report or article that failed, with status 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.errors import AnalysisError, ReportError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from analysis.annotation import Progress
    from analysis.corpus.corpus import Corpus

app = typer.Typer(
    name="analysis",
    help="Compare how news outlets cover the same events: actors, places, framing.\n\n"
    "Begin with `analysis read FOLDER`, then `analysis report --corpus FOLDER`, then open reports/index.html.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
codebook_app = typer.Typer(
    no_args_is_help=True, help="Check a codebook, or draw a sheet of sentences for coders."
)
app.add_typer(codebook_app, name="codebook")

Source = Annotated[str, typer.Argument(help="A file, folder, glob, zip archive or URL with articles.")]
StoreOption = Annotated[
    str, typer.Option(help="Where the annotations are kept; by default under .parallax/.")
]
CodebookOption = Annotated[
    str, typer.Option(help="A shipped codebook (general, ukraine-war) or a TOML file.")
]
WorkersOption = Annotated[
    int, typer.Option(min=1, help="Processes on this machine; each takes about 600 MB.")
]


def main() -> None:
    """Run the command, and turn errors into one readable line."""
    try:
        app()
    except AnalysisError as error:
        print(f"analysis: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print(
            "analysis: stopped; what was finished is kept, the same command goes on from there",
            file=sys.stderr,
        )
        sys.exit(130)


# -- read -----------------------------------------------------------------------------------------------------


@app.command()
def read(
    path: Source = "seeds",
    store: StoreOption = "",
    codebook: CodebookOption = "ukraine-war",
    workers: WorkersOption = 1,
    cluster: Annotated[str, typer.Option(help="Address of a Dask scheduler, tcp://host:8786.")] = "",
    language: Annotated[str, typer.Option(help="Articles in another language are set aside.")] = "en",
    model: Annotated[str, typer.Option(help="Language model package; by default the pinned one.")] = "",
) -> None:
    """Read and annotate articles into a store; only what is new or changed is worked on."""
    from analysis.annotation import annotate

    with _executor(workers, cluster) as executor, _progress() as progress:
        corpus = annotate(
            path,
            store=store,
            codebook=codebook,
            model=model,
            language=language,
            executor=executor,
            progress=progress,
            window=max(2, 2 * workers) if not cluster else 32,
        )
    _say_what_was_read(corpus)


@contextmanager
def _executor(workers: int, cluster: str) -> Iterator[Executor | None]:
    from analysis import executors

    if not cluster and workers == 1:
        yield None
        return
    executor = executors.Cluster(cluster) if cluster else executors.processes(workers)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show what is being done on the terminal, with rate and time left; in a log, nothing."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<11}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None, rate="")
            speed = bar.tasks[tasks[stage]].speed
            bar.update(
                tasks[stage],
                completed=done,
                total=total or None,
                rate=f"{speed:,.1f} articles/s" if speed else "",
            )

        yield show


def _say_what_was_read(corpus: Corpus) -> None:
    import pandas as pd

    aside = len(corpus.set_aside)
    where = corpus.store_url
    see = " (the list follows)" if aside else ""
    print(f"{len(corpus)} read, {aside} set aside{see}; {len(corpus.outlets)} outlets; store: {where}")
    for row in corpus.set_aside.head(20).to_dict("records"):
        number = "" if pd.isna(row["row"]) else f", row {int(row['row'])}"
        print(f"  {row['path']}{number}: {row['reason']}: {row['detail']}")
    if aside > 20:
        print(f"  … and {aside - 20} more: Corpus.open({where!r}).set_aside")


# -- codebook -------------------------------------------------------------------------------------------------


@codebook_app.command("check")
def codebook_check(
    file: Annotated[str, typer.Argument(help="A TOML file, or the name of a shipped codebook.")],
    corpus: Annotated[
        str, typer.Option(help="Articles to try it on: what matches nothing, what is missing.")
    ] = "",
) -> None:
    """Check that a codebook is well formed and, with --corpus, how it fits a set of articles."""
    from analysis import codebook as codebooks

    book = codebooks.load(file)
    print(f"{book.name}: {len(book.actors)} actors, {len(book.concepts)} concepts: well formed")
    if not corpus:
        return
    from analysis.corpus.corpus import Corpus

    articles = Corpus.read(corpus).articles
    for title, table in codebooks.check(book, articles).items():
        print(f"\n{title}: {'none' if table.empty else len(table)}")
        if not table.empty:
            print(table.head(20).to_string(index=False))


# -- reports --------------------------------------------------------------------------------------------------

OutOption = Annotated[str, typer.Option(help="Folder of all reports.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Make also what is unchanged.")]
ReportWorkers = Annotated[
    int, typer.Option(help="Processes; 0: as many as there are processors, at most four.")
]


@app.command()
def report(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names such as 20-actors or actors; none: all.")
    ] = None,
    corpus: Annotated[
        str, typer.Option(help="A file, folder, glob, zip archive or URL with articles.")
    ] = "seeds",
    outlets: Annotated[
        list[str] | None, typer.Option("--outlet", help="Only this outlet; may be repeated.")
    ] = None,
    since: Annotated[str, typer.Option(help="First day, 2024-08-19.")] = "",
    until: Annotated[str, typer.Option(help="Last day.")] = "",
    codebook: CodebookOption = "ukraine-war",
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
        "store": store,
        "since": since,
        "until": until,
    }
    given = {name: value for name, value in common.items() if value} | _values(values or [])
    if outlets:
        given["outlets"] = outlets
    each = {}
    if by:
        if by != "outlet":
            raise ReportError(f"--by {by!r} is not understood; reports can be made --by outlet")
        each = {"outlets": [[name] for name in _outlets(corpus, store=store, codebook=codebook)]}
    _make(reports.jobs(names, parameters=given, each=each, out=out, lenient=len(names) > 1), workers, force)


@app.command()
def batch(
    file: Annotated[
        str, typer.Argument(help="A TOML file of [reports.NAME] tables.")
    ] = "notebooks/batches.toml",
    corpus: Annotated[
        str, typer.Option(help="A file, folder, glob, zip archive or URL with articles.")
    ] = "seeds",
    codebook: CodebookOption = "ukraine-war",
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
    wanted = reports.batch(
        file,
        parameters=given,
        outlets=lambda: _outlets(corpus, store=store, codebook=codebook),
        out=out,
        only=only or (),
    )
    _make(wanted, workers, force)


@app.command()
def verify(
    folder: Annotated[str, typer.Argument(help="A report's folder, such as reports/20-actors.")],
) -> None:
    """Make a report again and compare it byte by byte; say which finding differs, and why."""
    from analysis import reports

    verdict = reports.verify(folder, prepare=_prepare)
    print(verdict)
    if not verdict.same:
        raise typer.Exit(1)


@app.command()
def parameters(notebook: Annotated[str, typer.Argument(help="A notebook, such as 20-actors.")]) -> None:
    """List the parameters of a notebook, with their defaults and meanings."""
    from analysis.reports import read_parameters
    from analysis.reports.job import notebook_at

    for parameter in read_parameters(notebook_at(notebook)):
        print(f"{parameter.name}: {parameter.type} = {parameter.default!r}  # {parameter.help}")


def _values(pairs: list[str]) -> dict[str, Any]:
    """Read ``name=value`` pairs; a value that is JSON is taken as such, any other as text."""
    import json

    read: dict[str, Any] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise ReportError(f"--set {pair!r} is not name=value")
        try:
            read[name.strip()] = json.loads(value)
        except ValueError:
            read[name.strip()] = value
    return read


def _outlets(corpus: str, *, store: str, codebook: str) -> list[str]:
    """Name the outlets of a corpus, which may have to be read for it."""
    from analysis.annotation import annotate

    with _progress() as progress:
        return annotate(corpus, store=store, codebook=codebook, progress=progress).outlets


def _prepare(jobs: Any) -> None:
    """Read and annotate the corpora of the reports that will be made, each once."""
    from analysis.annotation import annotate

    wanted = {
        (
            str(job.parameters.get("corpus", "")),
            str(job.parameters.get("store", "")),
            str(job.parameters.get("codebook", "general")),
        )
        for job in jobs
    }
    for corpus, store, codebook in sorted(wanted):
        if corpus:
            with _progress() as progress:
                _say_what_was_read(annotate(corpus, store=store, codebook=codebook, progress=progress))


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
