"""The verbs and subjects of a corpus, registered when one is first used: ``corpus.concordance("withdr*")``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.explore import actors, places, stories, words
from analysis.explore.card import Card
from analysis.explore.compare import Comparison
from analysis.explore.reader import Article
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.panel import Panel

Corpus.register_accessor("words")(words.Words)
Corpus.register_accessor("actors")(actors.Actors)
Corpus.register_accessor("places")(places.Places)
Corpus.register_accessor("stories")(stories.Stories)


@Corpus.register_accessor("show")
def show(corpus: Corpus, table: str = "") -> Rows | Card:
    """Show the corpus as a card, or one of its tables to sort, search and page through.

    Parameters
    ----------
    table : str, optional
        A layer or table, such as ``"places"``; also ``"articles"`` and ``"set_aside"``. By default the card.

    Returns
    -------
    Rows or Card

    Examples
    --------
    ``corpus.show()``, ``corpus.show("statements")``
    """
    if not table:
        return Card(corpus)
    if table in ("articles", "set_aside"):
        found: pd.DataFrame = getattr(corpus, table)
        return Rows(found)
    return Rows(corpus.layer(table))


@Corpus.register_accessor("concordance")
def concordance(
    corpus: Corpus,
    query: str,
    *,
    by: str | None = "outlet",
    window: int = 10,
    unit: str = "words",
    sort: str = "text",
    sample: int | None = None,
    seed: int = 2026,
) -> Rows:
    """List every hit of a query in its context.

    Parameters
    ----------
    query : str
        ``withdr*``, ``"red lines"``, ``/expression/``, ``lemma:withdraw``, ``@zelensky``, several with ``|``.
    by, window, unit, sort, sample, seed
        As in `analysis.text.concordance.concordance`; layers that the query needs are taken from the corpus.

    Returns
    -------
    Rows
        ``article_id, group, start, end, left, node, right, context_start, context_end``.

    Examples
    --------
    ``corpus.concordance("withdr*", by="outlet")``
    """
    from analysis.text.concordance import concordance as find

    layers = words.layers(corpus, query)
    found = find(
        corpus.articles, query, by=by, window=window, unit=unit, sort=sort, sample=sample, seed=seed, **layers
    )
    lines = Rows(found)
    lines.attrs = dict(found.attrs)
    return lines


@Corpus.register_accessor("compare")
def compare(corpus: Corpus, one: str, other: str, *, resamples: int = 1000) -> Comparison:
    """Compare two outlets: words, actors, places, sources, labels, with intervals.

    Parameters
    ----------
    one, other : str
        Names of the outlets.
    resamples : int, optional
        Bootstrap resamples of articles.

    Returns
    -------
    Comparison

    Examples
    --------
    ``corpus.compare("Harbour Gazette", "Tidewater Post").labels``
    """
    return Comparison(corpus, one, other, resamples=resamples)


@Corpus.register_accessor("article")
def article(corpus: Corpus, article_id: str | int) -> Article:
    """Open one article, with its layers to switch on and off.

    Parameters
    ----------
    article_id : str or int
        The article's id, the first characters of it, its file (with or without folders), or its number in `corpus.articles`.

    Returns
    -------
    Article

    Examples
    --------
    ``corpus.article(0)``, ``corpus.article("02.txt")``
    """
    ids = corpus.articles["article_id"]
    if isinstance(article_id, int):
        if not -len(ids) <= article_id < len(ids):
            raise MeasureError(f"there is no article number {article_id}: the corpus has {len(ids)}, from 0")
        return Article(corpus, str(ids.iloc[article_id]))
    fits = ids[ids.str.startswith(article_id)] if len(article_id) >= 4 else ids[ids == article_id]
    if fits.empty and "path" in corpus.articles:
        paths = corpus.articles["path"].astype(str)
        fits = ids[(paths == article_id) | paths.str.endswith(f"/{article_id}")]
        if fits.empty and "." in article_id:
            raise MeasureError(
                f"no article comes from a file {article_id!r}{nearest(article_id, paths, most=4)}"
            )
    if len(fits) > 1 and article_id not in set(fits):
        raise MeasureError(f"{article_id!r} fits {len(fits)} articles; write more of it, or an id")
    return Article(corpus, article_id if len(fits) != 1 else str(fits.iloc[0]))


@Corpus.register_accessor("evidence")
def evidence(corpus: Corpus, rows: pd.DataFrame) -> Rows:
    """Show rows of a layer as sentences with the span marked.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows with ``article_id``, ``start`` and ``end``.

    Returns
    -------
    Rows
        ``outlet, published, before, span, after``, then the columns of ``rows``.

    Examples
    --------
    ``corpus.evidence(corpus.layer("labels").query("label == 'invasion'"))``
    """
    return with_sentences(rows, corpus)


@Corpus.register_accessor("explore")
def explore(corpus: Corpus, panel: str = "concordance", **options: Any) -> Panel:
    """Open a panel to click through; what it shows can be had as a frame and as code.

    Parameters
    ----------
    panel : {"concordance", "actor", "places", "keyness", "stories"}, optional
        Which panel.
    **options
        What it starts with, such as ``query="withdr*"`` or ``name="Zelensky"``.

    Returns
    -------
    Panel
        Where the corpus holds nothing for it (one outlet only, no story told twice), a panel that says so.

    Examples
    --------
    ``corpus.explore("keyness", target="Harbour Gazette")``
    """
    from analysis.explore import panels

    if panel not in panels.KINDS:
        raise MeasureError(f"there is no panel {panel!r}{nearest(panel, panels.KINDS)}")
    try:
        made: Panel = panels.KINDS[panel](corpus, **options)
    except MeasureError as error:
        if any(options.values()):
            raise  # something asked for is not there; without a wish, the corpus is what it is
        return panels.NothingToShow(corpus, str(error))
    return made


@Corpus.register_accessor("export")
def export(
    corpus: Corpus, folder: str | Path, formats: Sequence[str] = ("csv",), *, tables: Sequence[str] = ()
) -> list[Path]:
    """Write the corpus for other programs.

    Parameters
    ----------
    folder : str or pathlib.Path
        Where to; made if need be.
    formats : sequence of str, optional
        ``csv``, ``parquet``, ``excel``, ``geojson`` (places), ``graphml`` (actors), ``bibtex``, ``csl-json``,
        ``methods``.
    tables : sequence of str, optional
        Tables for the first three; by default the articles, what was set aside, and every layer but tokens.

    Returns
    -------
    list of pathlib.Path
        The files written.

    Examples
    --------
    ``corpus.export("out", formats=["excel", "graphml", "bibtex"])``
    """
    from analysis.explore.export import export as write

    return write(corpus, folder, formats, tables=tables)


@Corpus.register_accessor("bibliography")
def bibliography(corpus: Corpus, style: str = "bibtex") -> str:
    """Give the articles as a bibliography.

    Parameters
    ----------
    style : {"bibtex", "csl-json"}, optional
        The format.

    Returns
    -------
    str
    """
    from analysis.explore.bibliography import bibliography as write

    return write(corpus.articles, style=style)


@Corpus.register_accessor("methods")
def methods(corpus: Corpus, measures: Sequence[str] = (), *, manifest: str | Path = "") -> str:
    """Write the paragraph that a paper's methods section needs: versions, settings, measures with their sources.

    Parameters
    ----------
    measures : sequence of str, optional
        What was used, such as ``["words", "actors"]``; by default the groups that the reports use.
    manifest : str or pathlib.Path, optional
        The ``manifest.json`` of a report, to name its parameters and key too.

    Returns
    -------
    str
    """
    from analysis.explore.methods import methods as write

    return write(corpus, measures, manifest=manifest)
