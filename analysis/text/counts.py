"""Counting words and n-grams in articles, straight from their text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
import polars as pl

from analysis.errors import MeasureError
from analysis.text.batches import BATCH, Articles, batches
from analysis.text.termcounts import Found, TermCounts, gather
from analysis.text.tokens import PATTERN, check_form, normalise, unit_pattern

# n-grams do not run over the end of a sentence or line
_STOP = r"|[.!?;:…\n]"
# two batches in work while one is being merged
_THREADS = 2


def count(
    articles: Articles,
    *,
    by: str | None = "outlet",
    form: str = "lower",
    ngrams: int = 1,
    units: Sequence[str] = (),
    tokens: pl.DataFrame | pl.LazyFrame | None = None,
) -> TermCounts:
    """Count forms, or n-grams of forms, in every article.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column: a frame, a lazy frame, or paths of Parquet files. They
        are read a few hundred at a time.
    by : str or None, optional
        Column that makes the groups; None puts all articles into one group, "all".
    form : {"lower", "stem", "surface", "lemma"}, optional
        See `analysis.text.tokens`.
    ngrams : int, optional
        1 counts words, 2 pairs of neighbouring words, and so on. N-grams do not cross the end of a sentence or line.
    units : sequence of str, optional
        Expressions of several words that count as one token.
    tokens : polars frame, optional
        The ``tokens`` layer of a store, needed for lemmas: counted are its words, not punctuation.

    Returns
    -------
    TermCounts

    Raises
    ------
    MeasureError
        When a column is absent, an article occurs twice, or the form is unknown.

    Examples
    --------
    >>> articles = pl.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["No war.", "War, war"]})
    >>> count(articles).table()["n"].to_list()
    [1, 1, 2]
    """
    if ngrams < 1:
        raise MeasureError(f"ngrams is {ngrams}; it counts words, so it must be 1 or more")
    columns = ("article_id", "body") if by is None else ("article_id", "body", by)
    if form == "lemma":
        if tokens is None:
            raise MeasureError("lemmas come from a parse: pass the tokens layer of a store as tokens=")
        return gather(_lemmas(articles, tokens, columns, ngrams), by=by)
    check_form(form)
    stream = _threaded(batches(articles, columns), _Reader(units, ngrams, form))
    # words are brought to their form once a spelling, not once an occurrence; parts of n-grams were before joining
    return gather(stream, by=by, form_of=partial(normalise, form=form) if ngrams == 1 else None)


def token_stream(
    articles: Articles, columns: Sequence[str], *, units: Sequence[str] = (), size: int = BATCH
) -> Iterator[Found]:
    """Read the tokens of articles batch by batch, without their places: the fast lane.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id`` and ``body``.
    columns : sequence of str
        Columns of the articles to keep.
    units : sequence of str, optional
        Expressions of several words that count as one token.
    size : int, optional
        Articles of a batch.

    Yields
    ------
    Found
        The batch, and the row and the string of each of its tokens, in the order of the text.
    """
    yield from _threaded(batches(articles, columns, size=size), _Reader(units, 1, "surface"))


@dataclass(frozen=True)
class _Reader:
    """Find the tokens, or n-grams, of a batch: the batch, the row of each and the string of each."""

    units: Sequence[str]
    ngrams: int
    form: str

    def __call__(self, batch: pl.DataFrame) -> Found:
        pattern = unit_pattern(self.units) + PATTERN + (_STOP if self.ngrams > 1 else "")
        found = batch["body"].str.extract_all(pattern)
        row = np.repeat(np.arange(len(batch)), found.list.len().fill_null(0).to_numpy())
        token = found.explode(empty_as_null=False, keep_nulls=False)
        if self.ngrams > 1:
            table = pl.DataFrame({"row": row, "token": token, "form": normalise(token, form=self.form)})
            grams = _grams(table, self.ngrams)
            return batch, grams["row"].to_numpy(), grams["token"]
        return batch, row, token


def _grams(found: pl.DataFrame, n: int) -> pl.DataFrame:
    stop = pl.col("token").str.contains(r"^[.!?;:…\n]$")
    kept = found.with_columns(part=stop.cum_sum()).filter(~stop)
    same = [(pl.col(column).shift(-i) == pl.col(column)) for column in ("row", "part") for i in range(1, n)]
    gram = pl.concat_str([pl.col("form").shift(-i) for i in range(n)], separator=" ")
    return kept.select("row", gram.alias("token"), whole=pl.all_horizontal(same)).filter(pl.col("whole"))


def _threaded(stream: Iterator[pl.DataFrame], reader: _Reader) -> Iterator[Found]:
    """Read batches ahead in threads; results come in the order of the batches."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(reader, batch) for batch in islice(stream, _THREADS + 1))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(reader, batch) for batch in islice(stream, 1))
            yield done


def _lemmas(
    articles: Articles, tokens: pl.DataFrame | pl.LazyFrame, columns: Sequence[str], ngrams: int
) -> Iterator[Found]:
    described = [column for column in columns if column != "body"]
    layer = tokens.lazy().select("article_id", "start", "lemma", "pos")
    for batch in batches(articles, described):
        here = batch.with_row_index("row").select(pl.col("row").cast(pl.Int64), "article_id")
        found = (
            layer.join(here.lazy(), on="article_id", how="inner")
            .sort("row", "start")
            .select(
                "row",
                form=pl.col("lemma").str.to_lowercase(),
                token=pl.when(pl.col("pos") == "PUNCT").then(pl.lit(".")).otherwise(pl.lit("x")),
                pos="pos",
            )
            .filter(~pl.col("pos").is_in(["SPACE"]))
            .collect()
        )
        if ngrams > 1:
            grams = _grams(found, ngrams)
            yield batch, grams["row"].to_numpy(), grams["token"]
        else:
            kept = found.filter(pl.col("token") == "x")
            yield batch, kept["row"].to_numpy(), kept["form"]
