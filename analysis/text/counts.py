"""Counting forms by article: the document-term table that frequencies, keyness and dispersion start from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text.batches import Articles, batches, group_names
from analysis.text.tokens import PATTERN, check_form, normalise, unit_pattern

Codes = npt.NDArray[np.int64]

# n-grams do not run over the end of a sentence or line
_STOP = r"|[.!?;:…\n]"
# two batches in work while one is being merged
_THREADS = 2


@dataclass(frozen=True)
class TermCounts:
    """How often each form occurs in each article.

    Attributes
    ----------
    articles : polars.DataFrame
        One row an article, sorted by ``article_id``: ``article_id``, ``group``, ``n_tokens``.
    forms : polars.Series
        The forms, in alphabetical order.
    matrix : scipy.sparse.csr_array
        Occurrences: articles in rows, forms in columns.
    """

    articles: pl.DataFrame
    forms: pl.Series
    matrix: sparse.csr_array

    @property
    def groups(self) -> list[str]:
        """The groups, by name."""
        return sorted(self.articles["group"].unique().to_list())

    def of(self, group: str) -> sparse.csr_array:
        """Give the rows of one group.

        Raises
        ------
        MeasureError
            When there is no such group; the message names the nearest one.
        """
        return self.matrix[np.flatnonzero(self.inside(group))]

    def inside(self, group: str) -> npt.NDArray[np.bool_]:
        """Mark the articles of one group.

        Raises
        ------
        MeasureError
            When there is no such group.
        """
        if group not in self.groups:
            raise MeasureError(f"no articles in group {group!r}{nearest(group, self.groups)}")
        return (self.articles["group"] == group).to_numpy()

    def table(self) -> pl.DataFrame:
        """Give the counts as rows: ``article_id``, ``form``, ``n``; only what occurs."""
        rows = sparse.coo_array(self.matrix)
        return pl.DataFrame(
            {
                "article_id": self.articles["article_id"].gather(rows.coords[0]),
                "form": self.forms.gather(rows.coords[1]),
                "n": rows.data.astype(np.int64),
            }
        )


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
    stream: Iterator[_Found]
    if form == "lemma":
        if tokens is None:
            raise MeasureError("lemmas come from a parse: pass the tokens layer of a store as tokens=")
        stream = _lemmas(articles, tokens, columns, ngrams)
    else:
        check_form(form)
        stream = _threaded(batches(articles, columns), _Reader(units, ngrams, form))
    category = pl.Categorical(pl.Categories.random())
    anchor = pl.Series([""], dtype=category)  # polars forgets a mapping that no series holds
    described, cells, offset, known = [], [], 0, len(anchor)
    for batch, row, found in stream:
        names = pl.Series(["all"] * len(batch), dtype=pl.String) if by is None else group_names(batch[by])
        code = found.cast(category).to_physical().to_numpy().astype(np.int64)
        known = max(known, int(code.max()) + 1 if len(code) else 0)
        key, n = np.unique((row << 32) | code, return_counts=True)
        totals = np.bincount(row, minlength=len(batch))
        described.append(
            pl.DataFrame({"article_id": batch["article_id"], "group": names, "n_tokens": totals})
        )
        cells.append(((key >> 32) + offset, key & 0xFFFFFFFF, n.astype(np.int32)))
        offset += len(batch)
    if not described:
        empty = pl.DataFrame(schema={"article_id": pl.String, "group": pl.String, "n_tokens": pl.Int64})
        return TermCounts(
            empty, pl.Series("form", [], dtype=pl.String), sparse.csr_array((0, 0), dtype=np.int32)
        )
    surfaces = pl.Series(range(known), dtype=pl.UInt32).cat.to(category).cast(pl.String)
    # words are brought to their form once a spelling, not once an occurrence
    late = ngrams == 1 and form != "lemma"
    return _assemble(pl.concat(described), normalise(surfaces, form=form) if late else surfaces, cells)


_Found = tuple[pl.DataFrame, Codes, pl.Series]


@dataclass(frozen=True)
class _Reader:
    """Find the tokens, or n-grams, of a batch: the batch, the row of each and the string of each."""

    units: Sequence[str]
    ngrams: int
    form: str

    def __call__(self, batch: pl.DataFrame) -> _Found:
        pattern = unit_pattern(self.units) + PATTERN + (_STOP if self.ngrams > 1 else "")
        found = (
            batch.select(
                pl.int_range(pl.len(), dtype=pl.Int64).alias("row"),
                pl.col("body").str.extract_all(pattern).alias("token"),
            )
            .explode("token")
            .filter(pl.col("token").is_not_null())
        )
        if self.ngrams > 1:
            found = _grams(found.with_columns(form=normalise(found["token"], form=self.form)), self.ngrams)
        return batch, found["row"].to_numpy(), found["token"]


def _grams(found: pl.DataFrame, n: int) -> pl.DataFrame:
    stop = pl.col("token").str.contains(r"^[.!?;:…\n]$")
    kept = found.with_columns(part=stop.cum_sum()).filter(~stop)
    same = [(pl.col(column).shift(-i) == pl.col(column)) for column in ("row", "part") for i in range(1, n)]
    gram = pl.concat_str([pl.col("form").shift(-i) for i in range(n)], separator=" ")
    return kept.select("row", gram.alias("token"), whole=pl.all_horizontal(same)).filter(pl.col("whole"))


def _threaded(stream: Iterator[pl.DataFrame], reader: _Reader) -> Iterator[_Found]:
    """Read batches ahead in threads; results come in the order of the batches."""
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(reader, batch) for batch in islice(stream, _THREADS + 1))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(reader, batch) for batch in islice(stream, 1))
            yield done


def _lemmas(
    articles: Articles, tokens: pl.DataFrame | pl.LazyFrame, columns: Sequence[str], ngrams: int
) -> Iterator[_Found]:
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


def _assemble(
    described: pl.DataFrame, forms: pl.Series, cells: list[tuple[Codes, Codes, Codes]]
) -> TermCounts:
    ids = described["article_id"]
    if ids.n_unique() < len(ids):
        twice = ids.filter(ids.is_duplicated()).sort()[0]
        raise MeasureError(f"article {twice!r} occurs twice in articles")
    row_order = ids.arg_sort().to_numpy()
    new_row = np.empty(len(ids), dtype=np.int32)
    new_row[row_order] = np.arange(len(ids), dtype=np.int32)
    names = forms.unique().sort()
    code_of = dict(zip(names.to_list(), range(len(names)), strict=True))
    new_code = (
        forms.replace_strict(code_of, return_dtype=pl.Int32).to_numpy()
        if len(forms)
        else np.empty(0, np.int32)
    )
    rows = new_row[np.concatenate([row for row, _, _ in cells])]
    columns = new_code[np.concatenate([code for _, code, _ in cells])]
    values = np.concatenate([n for _, _, n in cells])
    matrix = sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(len(ids), len(names))))
    matrix.sum_duplicates()
    return TermCounts(described[row_order], names.alias("form"), matrix)
