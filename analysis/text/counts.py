"""Counting words and n-grams in articles, straight from their text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.errors import MeasureError
from analysis.text.batches import BATCH, Articles, batches
from analysis.text.keys import Codes, Spans
from analysis.text.lexicon import Lexicon, Strings, stretches
from analysis.text.termcounts import TermCounts, gather
from analysis.text.tokens import check_form, extract_all, normalise

# n-grams do not run over the end of a sentence or line
_STOP = r"|[.!?;:…\n]"
# a megabyte of text, for which some twenty megabytes of numbers are made
_BATCH = 160


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
        return gather(_lemmas(articles, tokens, columns, ngrams), Lexicon(None), by=by)
    check_form(form)
    reader = _Reader(units, ngrams, form)
    return gather(map(reader, batches(articles, columns, size=_BATCH)), reader.lexicon(), by=by)


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
        The batch without its text, and the row and the number of each of its tokens, in the order of the text.
    """
    reader = _Reader((), 1, form)
    lexicon = reader.lexicon()
    for strings in map(reader, batches(articles, columns, size=size)):
        yield strings.articles, *lexicon.sequence(strings)


@dataclass(frozen=True)
class _Reader:
    """Cut a batch into strings."""

    units: Sequence[str]
    ngrams: int
    form: str

    def __call__(self, batch: pl.DataFrame) -> Strings:
        if self.ngrams == 1 and not self.units:
            return stretches(batch)
        found = extract_all(batch["body"], units=self.units, rest=_STOP if self.ngrams > 1 else "")
        sizes = found.list.len().fill_null(0).to_numpy().astype(np.int64)
        token = found.explode(empty_as_null=False, keep_nulls=False)
        if self.ngrams == 1:
            return Strings(batch.drop("body"), sizes, Spans.of(token))
        row = np.repeat(np.arange(len(batch)), sizes)
        table = pl.DataFrame({"row": row, "token": token, "form": normalise(token, form=self.form)})
        return _by_row(batch.drop("body"), _grams(table, self.ngrams))

    def lexicon(self) -> Lexicon:
        """Say what becomes of the strings."""
        return Lexicon(self.form if self.ngrams == 1 else None, whole=bool(self.units))


def _by_row(batch: pl.DataFrame, found: pl.DataFrame) -> Strings:
    sizes = np.bincount(found["row"].to_numpy(), minlength=len(batch))
    return Strings(batch, sizes, Spans.of(found["token"]))


def _grams(found: pl.DataFrame, n: int) -> pl.DataFrame:
    stop = pl.col("token").str.contains(r"^[.!?;:…\n]$")
    kept = found.with_columns(part=stop.cum_sum()).filter(~stop)
    same = [(pl.col(column).shift(-i) == pl.col(column)) for column in ("row", "part") for i in range(1, n)]
    gram = pl.concat_str([pl.col("form").shift(-i) for i in range(n)], separator=" ")
    return kept.select("row", gram.alias("token"), whole=pl.all_horizontal(same)).filter(pl.col("whole"))


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
            yield _by_row(batch, _grams(found, ngrams))
        else:
            kept = found.filter(pl.col("token") == "x").select("row", pl.col("form").alias("token"))
            yield _by_row(batch, kept)
