"""Counts of the items of a layer by article: what every estimate starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text.resampling import Floats
from analysis.text.tokens import PATTERN

UNKNOWN = "unknown"


def comparable(group: str, articles: int, *, minimum: int) -> bool:
    """Tell whether a group can be compared: it has articles enough, and is more than what has no name.

    Examples
    --------
    >>> [comparable(group, 67, minimum=10) for group in ("Harbour Gazette", "unknown")]
    [True, False]
    """
    return articles >= minimum and group != UNKNOWN


@dataclass(frozen=True)
class Tally:
    """Counts of items by article, with the group and size of each article; articles in the order of their ids."""

    counts: sparse.csr_array
    sizes: Floats
    groups_of: npt.NDArray[np.object_]
    items: list[str]
    article_ids: list[str]

    def groups(self) -> Iterator[tuple[str, sparse.csr_array, Floats]]:
        """Yield name, counts and sizes of each group, by name."""
        for name in sorted(set(self.groups_of)):
            inside = np.flatnonzero(self.groups_of == name)
            yield name, self.counts[inside], self.sizes[inside]


def tally(
    rows: pd.DataFrame | pl.DataFrame,
    articles: pd.DataFrame | pl.DataFrame,
    *,
    item: str,
    by: str,
    items: Sequence[str] | None = None,
    words: bool = False,
) -> Tally:
    """Count the values of `item` by article.

    Parameters
    ----------
    rows, articles, item, by, items
        As in `analysis.text.estimates.shares`.
    words : bool, optional
        Set the counts against the words of each article, not against its rows: tokens of ``body``, or ``n_words`` where
        there is no body.

    Returns
    -------
    Tally

    Raises
    ------
    MeasureError
        When a column is absent or an article occurs twice.
    """
    rows, articles = as_pandas(rows), as_pandas(articles)
    for frame, name, column in (
        (rows, "rows", "article_id"),
        (rows, "rows", item),
        (articles, "articles", "article_id"),
        (articles, "articles", by),
    ):
        if column not in frame.columns:
            raise MeasureError(f"{name} have no column {column!r}{nearest(column, map(str, frame.columns))}")
    known = articles.sort_values("article_id", kind="stable")
    ids = known["article_id"].astype(str)
    if ids.duplicated().any():
        raise MeasureError(f"article {ids[ids.duplicated()].iloc[0]!r} occurs twice in articles")
    code = pd.Index(ids).get_indexer(pd.Index(rows["article_id"].astype(str)))
    inside = code >= 0
    code, values = code[inside], rows.loc[inside, item]
    named = (values.notna() & (values.astype(str) != "")).to_numpy()
    labels = values[named].astype(str)
    names = sorted(labels.unique()) if items is None else list(dict.fromkeys(items))
    place = pd.Index(names).get_indexer(pd.Index(labels))
    shown = place >= 0
    shape = (len(ids), len(names))
    cells = (code[named][shown], place[shown])
    counts = sparse.csr_array((np.ones(len(cells[0])), cells), shape=shape)
    sizes = n_words(known) if words else np.bincount(code, minlength=len(ids)).astype(np.float64)
    group = known[by].astype(object).where(known[by].notna(), UNKNOWN).astype(str)
    return Tally(counts, sizes, group.to_numpy(dtype=object), names, ids.to_list())


def as_pandas(frame: pd.DataFrame | pl.DataFrame) -> pd.DataFrame:
    """Take a frame of either library as pandas."""
    return frame.to_pandas() if isinstance(frame, pl.DataFrame) else frame


def n_words(articles: pd.DataFrame) -> Floats:
    """Count the words of articles: the tokens of ``body``, or ``n_words`` where there is no body.

    Raises
    ------
    MeasureError
        When there is neither.

    Examples
    --------
    >>> n_words(pd.DataFrame({"body": ["Kyiv’s mayor spoke -- twice."]})).tolist()
    [4.0]
    """
    # counted as everywhere else, so that a rate and a frequency list have the same denominator
    if "body" in articles.columns:
        bodies = pl.Series(articles["body"].fillna("").astype(str).to_list(), dtype=pl.String)
        return np.asarray(bodies.str.count_matches(PATTERN), dtype=np.float64)
    if "n_words" not in articles.columns:
        raise MeasureError("articles have neither 'body' nor 'n_words', so there is nothing to rate against")
    return np.asarray(articles["n_words"].fillna(0), dtype=np.float64)
