"""Counting words and n-grams in articles, straight from their text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import polars as pl

from analysis.errors import MeasureError
from analysis.text.batches import BATCH, Articles, batches
from analysis.text.lexicon import Codes, Expansion, Lexicon, each, stretches, tokens_of
from analysis.text.termcounts import Strings, TermCounts, gather
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
        return gather(_lemmas(articles, tokens, columns, ngrams), Lexicon(each(None)), by=by)
    check_form(form)
    reader = _Reader(units, ngrams, form)
    return gather(_threaded(batches(articles, columns), reader), Lexicon(reader.expansion()), by=by)


def token_stream(
    articles: Articles, columns: Sequence[str], *, form: str = "lower", size: int = BATCH
) -> Iterator[tuple[pl.DataFrame, Codes, Codes]]:
    """Read the tokens of articles batch by batch, as numbers and without their places: the fast lane.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id`` and ``body``.
    columns : sequence of str
        Columns of the articles to keep.
    form : {"lower", "stem", "surface"}, optional
        Which tokens get the same number.
    size : int, optional
        Articles of a batch.

    Yields
    ------
    tuple
        The batch, and the row and the number of each of its tokens, in the order of the text.
    """
    lexicon = Lexicon(tokens_of(form))
    for batch, sizes, texts in _threaded(batches(articles, columns, size=size), _Reader((), 1, form)):
        yield batch, *lexicon.sequence(sizes, texts)


@dataclass(frozen=True)
class _Reader:
    """Cut a batch into strings: the batch, how many each article has, and the strings."""

    units: Sequence[str]
    ngrams: int
    form: str

    def __call__(self, batch: pl.DataFrame) -> Strings:
        if self.ngrams == 1 and not self.units:
            return batch, *stretches(batch["body"])
        pattern = unit_pattern(self.units) + PATTERN + (_STOP if self.ngrams > 1 else "")
        found = batch["body"].str.extract_all(pattern)
        sizes = found.list.len().fill_null(0).to_numpy().astype(np.int64)
        token = found.explode(empty_as_null=False, keep_nulls=False)
        if self.ngrams == 1:
            return batch, sizes, token
        row = np.repeat(np.arange(len(batch)), sizes)
        table = pl.DataFrame({"row": row, "token": token, "form": normalise(token, form=self.form)})
        return batch, *_by_row(_grams(table, self.ngrams), len(batch))

    def expansion(self) -> Expansion:
        """Say what becomes of the strings."""
        if self.ngrams > 1:
            return each(None)
        return each(self.form) if self.units else tokens_of(self.form)


def _by_row(found: pl.DataFrame, n_rows: int) -> tuple[Codes, pl.Series]:
    return np.bincount(found["row"].to_numpy(), minlength=n_rows), found["token"]


def _grams(found: pl.DataFrame, n: int) -> pl.DataFrame:
    stop = pl.col("token").str.contains(r"^[.!?;:…\n]$")
    kept = found.with_columns(part=stop.cum_sum()).filter(~stop)
    same = [(pl.col(column).shift(-i) == pl.col(column)) for column in ("row", "part") for i in range(1, n)]
    gram = pl.concat_str([pl.col("form").shift(-i) for i in range(n)], separator=" ")
    return kept.select("row", gram.alias("token"), whole=pl.all_horizontal(same)).filter(pl.col("whole"))


def _threaded(stream: Iterator[pl.DataFrame], reader: _Reader) -> Iterator[Strings]:
    """Read batches ahead in threads; results come in the order of the batches."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(reader, batch) for batch in islice(stream, _THREADS + 1))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(reader, batch) for batch in islice(stream, 1))
            yield done


def _lemmas(
    articles: Articles, tokens: pl.DataFrame | pl.LazyFrame, columns: Sequence[str], ngrams: int
) -> Iterator[Strings]:
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
            yield batch, *_by_row(_grams(found, ngrams), len(batch))
        else:
            kept = found.filter(pl.col("token") == "x").select("row", pl.col("form").alias("token"))
            yield batch, *_by_row(kept, len(batch))
