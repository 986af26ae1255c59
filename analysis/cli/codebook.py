"""``analysis codebook``: check a codebook, draw a sheet for coders, compare what they coded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.shared import CodebookOption, CorpusOption, StoreOption, progress_bar
from analysis.errors import CodebookError

app = typer.Typer(
    no_args_is_help=True, help="Check a codebook; draw a sheet of sentences for coders; compare coders."
)

# the layers whose codes people can check, and the column that holds the code
_CODES = {
    "labels": "label",
    "harms": "voice",
    "statements": "source_class",
    "places": "kind",
    "mentions": "kind",
}


@app.command(short_help="Check that a codebook is well formed.")
def check(
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


@app.command(short_help="Draw sentences for coders, outlets hidden.")
def sample(
    corpus: CorpusOption = "seeds",
    layer: Annotated[str, typer.Option(help="labels, harms, statements, places or mentions.")] = "labels",
    n: Annotated[int, typer.Option(min=2, help="How many sentences.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sentences.")] = 2026,
    codebook: CodebookOption = "ukraine-war",
    store: StoreOption = "",
    out: Annotated[
        str, typer.Option(help="Where the sheet is written; the key goes beside it.")
    ] = "coding-sheet.csv",
) -> None:
    """Draw sentences for coders, outlets hidden; the kit's own codes go into a key of their own."""
    from analysis import codebook as codebooks
    from analysis.annotation import annotate

    if layer not in _CODES:
        raise CodebookError(f"--layer {layer!r} cannot be coded; choose one of {', '.join(_CODES)}")
    with progress_bar() as progress:
        news = annotate(corpus, store=store, codebook=codebook, progress=progress)
    drawn = codebooks.sample(
        news.layer("sentences"), news.articles, rows=news.layer(layer), item=_CODES[layer], n=n, seed=seed
    )
    sheet, key = Path(out), Path(out).with_suffix(".key.csv")
    drawn.sheet.to_csv(sheet, index=False)
    drawn.key.to_csv(key, index=False)
    print(f"{len(drawn.sheet)} sentences in {sheet}; the kit's codes in {key}: do not show it to the coders")


@app.command(short_help="Compare two coders, and them with the kit.")
def agreement(
    sheet: Annotated[str, typer.Argument(help="The filled sheet, with columns coder_1 and coder_2.")],
    key: Annotated[str, typer.Argument(help="The key written beside it.")],
) -> None:
    """Compare two coders with each other and with the kit: percent agreement, kappa, alpha."""
    import pandas as pd

    from analysis import codebook as codebooks

    frames = []
    for path in (sheet, key):
        if not Path(path).is_file():
            raise CodebookError(f"there is no file {path}")
        frames.append(pd.read_csv(path, dtype=str, keep_default_na=False))
    print(codebooks.agreement(frames[0], frames[1]).round(3).to_string(index=False))
