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
    aside = len(corpus.set_aside)
    where = corpus.store_url
    see = " (the list follows)" if aside else ""
    print(f"{len(corpus)} read, {aside} set aside{see}; {len(corpus.outlets)} outlets; store: {where}")
    for row in corpus.set_aside.head(20).itertuples():
        place = f"{row.path}, row {int(row.row)}" if row.row == row.row and row.row is not None else row.path
        print(f"  {place}: {row.reason}: {row.detail}")
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


def _fail(message: str) -> None:
    raise ReportError(message)


def _exists(path: str) -> Path:
    found = Path(path)
    if not found.exists():
        _fail(f"there is nothing at {path}")
    return found
