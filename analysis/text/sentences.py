"""Sentences by rule, at the speed of the tokeniser, for corpora that have not been parsed.

A sentence ends at a line break, or at ``.``, ``!``, ``?`` or ``…`` (with closing quotes and brackets) before white
space and a capital, a digit or an opening quote. A stop after an abbreviation (``data/text/abbreviations.tsv``) or
a single capital does not end one. After initials (``U.S.``) a sentence ends only before a capitalised function word
(``… in the U.S. The …``). Where a parse exists, its sentences are better: pass the ``sentences`` layer.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from analysis.text.batches import Articles, batches
from analysis.text.buffer import Places
from analysis.text.tokens import function_words, pieces, table_lines

_END = r"^[^\n]*?[.!?…][.!?…]*[\"'”’)\]»]*"
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
    if not len(batch):
        return pl.DataFrame(schema=_SCHEMA)
    return cut_pieces(batch, pieces(batch.with_columns(article_id=pl.int_range(pl.len()))))


def cut_pieces(batch: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Find the sentences of a batch whose pieces are known, with the article's row in place of its id; see `sentences`."""
    same = pl.col("article_id") == pl.col("article_id").shift(1)
    table = table.with_columns(
        before=pl.when(same).then(pl.col("token").shift(1)),
        after=pl.when(same.shift(-1)).then(pl.col("token").shift(-1)),
    )
    # most gaps are a blank, behind which a sentence begins only after initials
    gaps = table.filter(
        ~pl.col("is_token") & ((pl.col("token") != " ") | pl.col("before").str.ends_with("."))
    )
    broken = pl.col("token").str.contains("\n", literal=True)
    stopped = pl.col("token").str.contains(_END + r"\s")
    mild = pl.col("token").str.contains(r"^\.[\"'”’)\]»]*\s")
    short = pl.col("before").str.to_lowercase().is_in(list(abbreviations())) | (
        pl.col("before").str.contains(r"^\p{Lu}$") & (pl.col("before") != "I")
    )
    opens = pl.col("token").str.contains(r"\s[\"“‘'(\[«]+$")
    fresh = pl.col("after").str.contains(r"^\p{Sc}?[\p{Lu}\p{N}]") | opens
    dotted = pl.col("before").str.ends_with(".") & pl.col("token").str.contains(r"^[\"'”’)\]]*\s")
    again = dotted & pl.col("after").str.to_lowercase().is_in(list(function_words())) & fresh
    ends = (
        pl.col("before").is_not_null()
        & pl.col("after").is_not_null()
        & (broken | (stopped & fresh & ~(mild & short)) | again)
    )
    cuts = gaps.filter(ends.fill_null(False)).select(
        "article_id",
        (
            pl.col("start")
            + pl.coalesce(
                pl.col("token").str.extract(f"({_END})").str.len_chars(),
                pl.col("token").str.extract(r"^(\S*)").str.len_chars(),
            )
        )
        .cast(pl.Int64)
        .alias("end"),
        (pl.col("end") - pl.col("token").str.extract(r"([^\s]*)$").str.len_chars())
        .cast(pl.Int64)
        .alias("next"),
    )
    return _spans(batch, table.filter("is_token"), cuts)


def _spans(batch: pl.DataFrame, tokens: pl.DataFrame, cuts: pl.DataFrame) -> pl.DataFrame:
    """Turn cuts into spans, from the first dark character of an article to its last."""
    body = pl.col("body")
    edges = batch.select(
        lead=(body.str.len_chars() - body.str.strip_chars_start().str.len_chars()).cast(pl.Int64),
        trail=body.str.strip_chars_end().str.len_chars().cast(pl.Int64),
    )
    rows = np.arange(len(batch)) * _FAR
    cut = cuts["article_id"].to_numpy() * _FAR
    starts = np.sort(np.concatenate([rows + edges["lead"].to_numpy(), cut + cuts["next"].to_numpy()]))
    ends = np.sort(np.concatenate([cut + cuts["end"].to_numpy(), rows + edges["trail"].to_numpy()]))
    token = tokens["article_id"].to_numpy() * _FAR + tokens["start"].to_numpy()
    n = np.bincount(np.searchsorted(starts, token, side="right") - 1, minlength=len(starts))
    starts, ends, n = starts[n > 0], ends[n > 0], n[n > 0]
    row = starts // _FAR
    number = np.arange(len(row)) - np.searchsorted(row, row)
    return pl.DataFrame(
        {
            "article_id": batch["article_id"].gather(row),
            "start": starts % _FAR,
            "end": ends - row * _FAR,
            "sentence": number,
            "n_tokens": n,
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


@cache
def abbreviations() -> frozenset[str]:
    """Give abbreviations whose full stop does not end a sentence."""
    return frozenset(table_lines("abbreviations.tsv")[1:])
