"""Sentences by rule, at the speed of the tokeniser, for corpora that have not been parsed.

A sentence ends at a line break, or at ``.``, ``!``, ``?`` or ``…`` (with closing quotes and brackets) before white
space and a capital, a digit or an opening quote. A stop after an abbreviation (``data/text/abbreviations.tsv``) or
a single capital does not end one. After initials (``U.S.``) a sentence ends only before a capitalised function word
(``… in the U.S. The …``). Where a parse exists, its sentences are better: pass the ``sentences`` layer.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from analysis.text.batches import Articles, batches
from analysis.text.buffer import Places
from analysis.text.cutting import tokens_and_sentences

# articles are laid end to end, this far apart, to sort and search places of a batch in one go
_FAR = 1 << 32
_SCHEMA = {
    "article_id": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "sentence": pl.Int64,
    "n_tokens": pl.Int64,
}


def sentences(articles: Articles) -> pl.DataFrame:
    """Find the sentences of articles by rule.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id`` and ``body``.

    Returns
    -------
    polars.DataFrame
        ``article_id``, ``start``, ``end``, ``sentence`` (number in the article, from 0), ``n_tokens``; only
        stretches that hold a token.

    Examples
    --------
    >>> table = sentences(pl.DataFrame({"article_id": ["a"], "body": ["Gen. Marsh left. He flew to the U.S. The talks go on."]}))
    >>> table["start"].to_list()
    [0, 17, 37]
    """
    parts = [cut(batch) for batch in batches(articles, ("article_id", "body"))]
    return pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)


def cut(batch: pl.DataFrame) -> pl.DataFrame:
    """Find the sentences of a batch of articles; see `sentences`."""
    _, found, held = tokens_and_sentences(batch["body"])
    return pl.DataFrame(
        {
            "article_id": batch["article_id"].gather(found.row),
            "start": found.start,
            "end": found.end,
            "sentence": np.arange(len(found.row)) - np.searchsorted(found.row, found.row),
            "n_tokens": held,
        },
        schema=_SCHEMA,
    )


def sentence_spans(
    batch: pl.DataFrame, row: Places, spans: pl.DataFrame, given: pl.DataFrame | pl.LazyFrame | None
) -> tuple[Places, Places]:
    """Give the first and last character of the sentences that spans stand in.

    Parameters
    ----------
    batch : polars.DataFrame
        Articles.
    row : array of int
        The article of each span, as a row of the batch.
    spans : polars.DataFrame
        ``start`` and ``end``.
    given : polars frame or None
        The ``sentences`` layer; without it sentences are found by rule.

    Returns
    -------
    tuple of arrays
        A span outside every sentence is its own context.
    """
    if given is None:
        found = cut(batch)
    else:
        wanted = batch["article_id"].to_list()
        found = (
            given.lazy()
            .select("article_id", "start", "end")
            .filter(pl.col("article_id").is_in(wanted))
            .collect()
        )
    here = batch.select("article_id", place=pl.int_range(pl.len(), dtype=pl.Int64))
    table = (
        found.join(here, on="article_id")
        .select(start=pl.col("place") * _FAR + pl.col("start"), end=pl.col("place") * _FAR + pl.col("end"))
        .sort("start")
    )
    starts, ends = table["start"].to_numpy(), table["end"].to_numpy()
    first, last = spans["start"].to_numpy(), spans["end"].to_numpy()
    if not len(starts):
        return first, last
    begin = np.maximum(np.searchsorted(starts, row * _FAR + first, side="right") - 1, 0)
    finish = np.maximum(
        np.searchsorted(starts, row * _FAR + np.maximum(last - 1, first), side="right") - 1, 0
    )
    inside = (
        (starts[begin] // _FAR == row)
        & (ends[finish] >= row * _FAR + last)
        & (starts[begin] <= row * _FAR + first)
    )
    return np.where(inside, starts[begin] - row * _FAR, first), np.where(
        inside, ends[finish] - row * _FAR, last
    )
