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
    sizes = [(len(book.actors), "actor"), (len(book.concepts), "concept"), (len(book.frames), "frame")]
    holds = ", ".join(f"{n} {noun}{'s' * (n != 1)}" for n, noun in sizes)
    beyond = f", with what it extends ({book.extends})" if book.extends else ""
    print(f"{book.name} is well formed: {holds}{beyond}")
    if not corpus:
        return
    from analysis.corpus.corpus import Corpus

    articles = Corpus.read(corpus).articles
    for title, table in codebooks.check(book, articles).items():
        print(f"\n{title}: {'none' if table.empty else len(table)}")
        if not table.empty:
            shown = table.head(20)
            print(shown.to_string(index=False, max_colwidth=70))
            if len(shown) < len(table):
                print(f"... and {len(table) - len(shown)} more")


@app.command(short_help="Draw sentences for coders, outlets hidden.")
def sample(
    corpus: CorpusOption = "seeds",
    layer: Annotated[
        list[str] | None,
        typer.Option(
            help="labels (the default), harms, statements, places, mentions or tone; may be repeated."
        ),
    ] = None,
    n: Annotated[int, typer.Option(min=2, help="How many sentences of each layer.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sentences.")] = 2026,
    concept: Annotated[str, typer.Option(help="Of the labels, only those of this concept.")] = "",
    codebook: CodebookOption = "ukraine-war",
    store: StoreOption = "",
    out: Annotated[
        str, typer.Option(help="Where the sheet is written; the key goes beside it.")
    ] = "coding-sheet.csv",
) -> None:
    """Draw sentences for coders, outlets hidden; the kit's own codes go into a key of their own."""
    from analysis.annotation import annotate
    from analysis.codebook.sheets import key_of, read_sheet
    from analysis.explore.sheets import draw

    if Path(out).exists():
        raise CodebookError(f"{out} is there already and may hold codes: give another name with --out")
    with progress_bar() as progress:
        news = annotate(corpus, store=store, codebook=codebook, progress=progress)
    sheet = draw(news, out, layers=layer or ["labels"], n=n, seed=seed, concept=concept)
    size = len(read_sheet(sheet).sheet)
    print(f"{size} sentences in {sheet}; the kit's codes in {key_of(sheet)}: do not show it to the coders")
    print("Code it in notebooks/01-coding.ipynb, or in a spreadsheet")


@app.command(short_help="Compare two coders, and them with the kit.")
def agreement(
    sheet: Annotated[
        str, typer.Argument(help="The filled sheet; its key is looked for beside it.")
    ] = "coding-sheet.csv",
    seed: Annotated[int, typer.Option(help="For the intervals.")] = 2026,
) -> None:
    """Compare two coders with each other and with the kit: percent agreement, kappa, alpha, with intervals."""
    from analysis import framing
    from analysis.codebook.sheets import read_sheet

    table = framing.coder_agreement(read_sheet(sheet), seed=seed)
    if len(table):
        print(table.round(3).to_string(index=False), end="\n\n")
    print("\n".join(framing.coder_limits(table)))
