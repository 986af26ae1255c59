"""The concordance: every hit of a query with the text on either side (KWIC, key word in context)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.batches import Articles, batches, group_names
from analysis.text.buffer import Buffer
from analysis.text.estimates import SEED
from analysis.text.hits import hits
from analysis.text.query import parse
from analysis.text.sentences import sentence_spans

Frame = pd.DataFrame | pl.DataFrame | pl.LazyFrame
SORTS = ("text", "left", "right", "node")
# only articles that can hold a hit are looked at closely, so many may be read at a time
_BATCH = 1600
COLUMNS = ("article_id", "group", "start", "end", "left", "node", "right", "context_start", "context_end")


def concordance(
    articles: Articles,
    query: str,
    *,
    by: str | None = "outlet",
    window: int = 10,
    unit: str = "words",
    sort: str = "text",
    sample: int | None = None,
    seed: int = SEED,
    tokens: Frame | None = None,
    mentions: Frame | None = None,
    sentences: Frame | None = None,
) -> pd.DataFrame:
    """List every hit of a query in its context.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    query : str
        ``withdr*``, ``"red lines"``, ``/expression/``, ``lemma:withdraw``, ``@zelensky``, or several with ``|``: see
        `analysis.text.query`.
    by : str or None, optional
        Column that is shown as ``group``.
    window : int, optional
        Words on either side, counted at white space; only for ``unit="words"``.
    unit : {"words", "sentence"}, optional
        What the context is.
    sort : {"text", "left", "right", "node"}, optional
        The order of the articles; or by the words to the left (nearest first), to the right, or of the hit.
    sample : int, optional
        Draw so many hits by chance. By default every hit is given.
    seed : int, optional
        Seed of that draw.
    tokens, mentions : frame, optional
        Layers, needed for ``lemma:`` and ``@``.
    sentences : frame, optional
        The ``sentences`` layer; by default sentences are found by rule (`analysis.text.sentences`).

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``group``, ``start``, ``end`` (of the hit in the body), ``left``, ``node``, ``right`` (white space
        shown as one blank), ``context_start``, ``context_end``. ``attrs`` holds ``query``, ``hits`` (in all), ``articles``
        (with a hit), and where a sample was drawn ``sampled`` and ``seed``. No hit gives an empty frame.

    Raises
    ------
    MeasureError
        When the query is not well formed, needs a layer that is not given, or an option is unknown.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["They will withdraw. No withdrawal yet."]})
    >>> concordance(articles, "withdr*", window=2)[["left", "node", "right"]]
               left        node            right
    0     They will    withdraw  . No withdrawal
    1  withdraw. No  withdrawal             yet.
    """
    if unit not in ("words", "sentence"):
        raise MeasureError(f"unit is {unit!r}{nearest(unit, ('words', 'sentence'))}")
    if sort not in SORTS:
        raise MeasureError(f"sort is {sort!r}{nearest(sort, SORTS)}")
    queries = parse(query)
    layers = {"tokens": _polars(tokens), "mentions": _polars(mentions)}
    given = _polars(sentences)
    parts = []
    columns = ("article_id", "body") if by is None else ("article_id", "body", by)
    for batch in batches(articles, columns, size=_BATCH):
        spans = hits(batch, queries, **layers)
        if len(spans):
            parts.append(_context(batch, spans, by, window if unit == "words" else None, given))
    table = pl.concat(parts) if parts else pl.DataFrame(schema=_schema())
    found, in_articles = len(table), table["article_id"].n_unique() if parts else 0
    result = _sorted(_drawn(table, sample, seed), sort).to_pandas()
    result.attrs = {"query": query, "hits": found, "articles": in_articles}
    if sample is not None:
        result.attrs |= {"sampled": len(result), "seed": seed}
    return result


def term_hits(articles: Articles, terms: Sequence[str], *, by: str = "outlet", **layers: Any) -> pd.DataFrame:
    """List the hits of several queries, with the query as ``term``.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    terms : sequence of str
        Queries of `analysis.text.query`.
    by : str, optional
        Column that makes the groups.
    **layers
        ``tokens`` or ``mentions``, needed for ``lemma:`` and ``@``.

    Returns
    -------
    pandas.DataFrame
        As `concordance`, with ``term``; ready for `estimates.rates` and for evidence.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["No war, no invasion."]})
    >>> term_hits(articles, ["war", "invasion"])[["term", "start"]]
           term  start
    0       war      3
    1  invasion     11
    """
    parts = [concordance(articles, term, by=by, **layers).assign(term=term) for term in dict.fromkeys(terms)]
    for part in parts:
        part.attrs = {}
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["article_id", "start", "end", "term"])
    )


def _polars(frame: Frame | None) -> pl.DataFrame | pl.LazyFrame | None:
    return pl.from_pandas(frame) if isinstance(frame, pd.DataFrame) else frame


def _schema() -> dict[str, type[pl.DataType]]:
    return {name: pl.Int64 if name.endswith(("start", "end")) else pl.String for name in COLUMNS}


def _context(
    batch: pl.DataFrame,
    spans: pl.DataFrame,
    by: str | None,
    window: int | None,
    sentences: pl.DataFrame | pl.LazyFrame | None,
) -> pl.DataFrame:
    rows, row = np.unique(spans["row"].to_numpy(), return_inverse=True)
    chosen = batch[rows]
    buffer = Buffer(chosen["body"])
    start, end = (buffer.places(row, spans[name].to_numpy()) for name in ("start", "end"))
    if window is None:
        first, last = sentence_spans(chosen, row, spans, sentences)
        left, right = buffer.places(row, first), buffer.places(row, last)
    else:
        left, right = buffer.window(row, start, end, window)
    table = pl.DataFrame(
        {
            "article_id": chosen["article_id"].gather(row),
            "group": pl.Series(["all"] * len(row), dtype=pl.String)
            if by is None
            else group_names(chosen[by]).gather(row),
            "start": spans["start"],
            "end": spans["end"],
            "left": buffer.cut(left, start),
            "node": buffer.cut(start, end),
            "right": buffer.cut(end, right),
            "context_start": buffer.offsets(row, left),
            "context_end": buffer.offsets(row, right),
        },
        schema=_schema(),
    )
    return table.with_columns(pl.col("left", "node", "right").str.replace_all(r"\s+", " ").str.strip_chars())


def _drawn(table: pl.DataFrame, sample: int | None, seed: int) -> pl.DataFrame:
    if sample is None or sample >= len(table):
        return table
    if sample < 1:
        raise MeasureError(f"sample is {sample}; ask for at least one hit, or leave it out for all")
    # drawn from hits in the order of article ids, so that the order of the input does not matter
    order = table.with_row_index("at").sort("article_id", "start", "end")["at"].to_numpy()
    drawn = np.random.default_rng(seed).choice(order, size=sample, replace=False)
    return table[np.sort(drawn)]


def _sorted(table: pl.DataFrame, sort: str) -> pl.DataFrame:
    if sort == "text":
        return table
    near = pl.col("left").str.to_lowercase().str.split(" ").list.reverse().list.join(" ")
    keys = {
        "left": near,
        "right": pl.col("right").str.to_lowercase(),
        "node": pl.col("node").str.to_lowercase(),
    }
    # signs before the first letter do not decide
    key = keys[sort].str.replace(r"^[^\p{L}\p{N}]+", "")
    return table.sort(key, pl.col("article_id"), pl.col("start"), maintain_order=True)
