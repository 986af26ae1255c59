"""What several commands share: their options, the progress bar, the summary of what was read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from analysis.annotation import Progress
    from analysis.corpus.corpus import Corpus

Source = Annotated[str, typer.Argument(help="A file, folder, glob, zip archive or URL with articles.")]
CorpusOption = Annotated[str, typer.Option(help="A file, folder, glob, zip archive or URL with articles.")]
StoreOption = Annotated[
    str, typer.Option(help="Where the annotations are kept; by default under .parallax/.")
]
CodebookOption = Annotated[
    str, typer.Option(help="A shipped codebook (general, ukraine-war) or a TOML file.")
]

EngineOption = Annotated[
    str,
    typer.Option(help="model: a language model reads; rules: word lists alone, fast, and without grammar."),
]


@contextmanager
def progress_bar() -> Iterator[Progress]:
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


def say_what_was_read(corpus: Corpus) -> None:
    """Print the count of articles read and of inputs set aside, each of these with its reason."""
    import pandas as pd

    from analysis.corpus.overview import counted, from_outlets

    aside = len(corpus.set_aside)
    where = corpus.store_url
    see = " (the list follows)" if aside else ""
    print(f"{len(corpus)} read, {aside} set aside{see}; {from_outlets(corpus.outlets)}; store: {where}")
    for row in corpus.set_aside.head(20).to_dict("records"):
        number = "" if pd.isna(row["row"]) else f", row {int(row['row'])}"
        print(f"  {row['path']}{number}: {row['reason']}: {row['detail']}")
    if aside > 20:
        print(f"  … and {aside - 20} more: Corpus.open({where!r}).set_aside")
    unnamed = int((corpus.articles["outlet"] == "unknown").sum())
    if unnamed:
        print(
            f"  note: {counted(unnamed, 'article')} {'has' if unnamed == 1 else 'have'} no known outlet; name it in a "
            "sources.csv beside the articles (columns file, outlet), or in a column `outlet` of a table: see seeds/README.md"
        )
    for note in corpus.notes:
        print(f"  note: {note}")
