"""Copies among articles: the same words, or most of them, under another outlet, headline or day.

Copies are reported, not removed: syndication is a finding. What shingles cannot see is the same story retold in other
words; that is the business of `analysis.stories`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.corpus.shingles import SHINGLE, shingles
from analysis.errors import MeasureError

# Broder's resemblance at which planted copies are found: 300 planted among 3,300 articles with resemblances from .28 to
# .89 gave recall 1.00 and precision .95.
THRESHOLD = 0.25
_ARTICLES = 250  # whose words are held at a time, in each thread
_BLOCK = 1024  # rows of a product that are held at a time
# One shingle in so many is kept to find candidates; of texts with fewer shingles than this, all are.
_SAMPLE, _SHORT = 4, 150
# A candidate's resemblance in the sample reaches this share of the threshold: of a thousand pairs exactly at the
# threshold with 150 shingles each, chance leaves three below it, and of longer or closer ones none.
_SLACK = 0.4
# What one outlet has in so many articles over more than so many days, or in twice as many of unknown day, is furniture.
_OFTEN, _WEEKS, _LEFT = 3, 14, 0.2


def near(
    articles: pd.DataFrame | pl.DataFrame, *, threshold: float = THRESHOLD, size: int = SHINGLE
) -> pl.DataFrame:
    """Find pairs of articles that share much of their wording, by the resemblance of their shingles.

    Candidates are found in a sample of the shingles (Broder, 1997) through a sparse product; each is then compared in
    full. Of a long article only the sample is held, some hundred numbers.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``body``. With ``outlet`` and ``published``, what an outlet prints beside many articles for
        weeks (menus, captions, a list of other stories) is no wording of theirs and does not count.
    threshold : float, optional
        Least Jaccard resemblance of the two sets of shingles, above 0 and up to 1.
    size : int, optional
        Words in a shingle.

    Returns
    -------
    polars.DataFrame
        One row a pair, ``left`` before ``right`` in the order of ids: ``jaccard`` (shared shingles by all shingles of
        both), ``contained`` (shared shingles by those of the shorter article), ``shared`` (number of shared shingles);
        the closest first. Source of the measure: resemblance and containment of documents (Broder, 1997).

    Raises
    ------
    MeasureError
        When the threshold or the size makes no sense.

    Examples
    --------
    >>> text = "The mayor said on Tuesday that the bridge over the river would be closed until further notice"
    >>> both = pd.DataFrame({"article_id": ["a", "b"], "body": [text, text + " for lorries"]})
    >>> near(both).rows()
    [('a', 'b', 0.8666666666666667, 1.0, 13)]
    """
    if not 0 < threshold <= 1:
        raise MeasureError(
            f"threshold={threshold}: a resemblance lies above 0 and up to 1; copies begin at about .25"
        )
    if size < 1:
        raise MeasureError(f"size={size}: a shingle has at least one word; five is usual")
    schema = {"left": pl.String(), "right": pl.String(), "jaccard": pl.Float64()}
    schema |= {"contained": pl.Float64(), "shared": pl.Int64()}
    rows_in = sorted(_rows(articles))
    ids, bodies = [row[0] for row in rows_in], [row[1] for row in rows_in]
    if not ids:
        return pl.DataFrame([], schema=schema)
    begins = range(0, len(ids), _ARTICLES)
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # the work is done outside the interpreter's lock
        sample = list(threads.map(lambda begin: _sampled(bodies[begin : begin + _ARTICLES], size), begins))
    counts = np.concatenate([part[0] for part in sample])
    left, right = _candidates(counts, sample, threshold)
    wanted = np.unique(np.concatenate([left, right])).tolist()
    sets: dict[int, np.ndarray[Any, Any]] = {}
    for begin in range(0, len(wanted), _ARTICLES):
        chosen = wanted[begin : begin + _ARTICLES]
        owner, flat = shingles([bodies[row] for row in chosen], size)
        parts = np.split(flat, np.searchsorted(owner, np.arange(1, len(chosen))))
        sets |= {row: np.unique(part) for row, part in zip(chosen, parts, strict=True)}
    rows = []
    printed = _printed_often(sets, _outlets(articles, ids), _days(articles, ids))
    sets = {row: _own(found, printed.get(row)) for row, found in sets.items()}
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        shared = len(np.intersect1d(sets[one], sets[other], assume_unique=True))
        jaccard = shared / (len(sets[one]) + len(sets[other]) - shared)
        if jaccard >= threshold:
            contained = shared / min(len(sets[one]), len(sets[other]))
            rows.append((ids[one], ids[other], jaccard, contained, shared))
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _outlets(articles: pd.DataFrame | pl.DataFrame, ids: Sequence[str]) -> list[str]:
    if "outlet" not in articles.columns:
        return [""] * len(ids)
    of = {
        str(one): str(outlet or "")
        for one, outlet in zip(articles["article_id"], articles["outlet"], strict=True)
    }
    return [of[one] for one in ids]


def _days(articles: pd.DataFrame | pl.DataFrame, ids: Sequence[str]) -> np.ndarray[Any, Any]:
    """Give days of publication as numbers, NaN where unknown."""
    if "published" not in articles.columns:
        return np.full(len(ids), np.nan)
    days = pl.Series([str(day)[:10] for day in articles["published"]], dtype=pl.String).str.to_date(
        strict=False
    )
    of = dict(zip(map(str, articles["article_id"]), days.dt.epoch("d").to_list(), strict=True))
    return np.array([of[one] for one in ids], dtype=np.float64)


def _printed_often(
    sets: Mapping[int, np.ndarray[Any, Any]], outlets: Sequence[str], days: np.ndarray[Any, Any]
) -> dict[int, np.ndarray[Any, Any]]:
    """Give for each article the shingles its outlet has in several articles weeks apart, or in many of no known day."""
    rows = [row for row in sets if outlets[row]]
    if not rows:
        return {}
    flat = pl.DataFrame(
        {
            "outlet": np.repeat([outlets[row] for row in rows], [len(sets[row]) for row in rows]),
            "day": np.repeat(days[rows], [len(sets[row]) for row in rows]),
            "shingle": np.concatenate([sets[row] for row in rows]),
        }
    ).with_columns(pl.col("day").fill_nan(None))
    often = (
        flat.group_by("outlet", "shingle")
        .agg(pl.len().alias("n"), (pl.col("day").max() - pl.col("day").min()).alias("span"))
        .filter(
            (pl.col("n") >= _OFTEN)
            & ((pl.col("span") > _WEEKS) | (pl.col("span").is_null() & (pl.col("n") >= 2 * _OFTEN)))
        )
        .sort("shingle")
    )
    of_outlet = {str(key[0]): part["shingle"].to_numpy() for key, part in often.group_by("outlet")}
    return {row: of_outlet[outlets[row]] for row in rows if outlets[row] in of_outlet}


def _own(found: np.ndarray[Any, Any], printed: np.ndarray[Any, Any] | None) -> np.ndarray[Any, Any]:
    """Leave out what the outlet prints often, unless it is nearly all: then the article itself was printed often."""
    if printed is None:
        return found
    own = np.setdiff1d(found, printed, assume_unique=True)
    return own if len(own) >= _LEFT * len(found) else found


_Sample = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


def _sampled(bodies: Sequence[str], size: int) -> _Sample:
    """Give the number of shingles of each body, and those that find candidates with the number of their body."""
    owner, flat = shingles(bodies, size)
    counts = np.bincount(owner, minlength=len(bodies))
    kept = (flat % np.uint64(_SAMPLE) == 0) | (counts[owner] < _SHORT)
    # a run of words that comes again in a text counts once
    one = pl.DataFrame({"owner": owner[kept], "shingle": flat[kept]}).unique()
    return counts, one["owner"].to_numpy(), one["shingle"].to_numpy()


def _candidates(
    counts: np.ndarray[Any, Any], sample: Sequence[_Sample], threshold: float
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Find the pairs that may be copies: among all by the sample, among short texts by all shingles."""
    begins = np.cumsum([0, *(len(part[0]) for part in sample)])
    owner = np.concatenate([part[1] + begin for part, begin in zip(sample, begins, strict=False)])
    flat = np.concatenate([part[2] for part in sample])
    of_all = flat % np.uint64(_SAMPLE) == 0
    of_short = counts[owner] < _SHORT
    found = [
        _resembling(owner[kept], flat[kept], counts / rate, _SLACK * threshold)
        for kept, rate in ((of_all, _SAMPLE), (of_short, 1))
    ]
    keys = np.unique(np.concatenate([left * len(counts) + right for left, right in found]))
    return keys // len(counts), keys % len(counts)


def _resembling(
    owner: np.ndarray[Any, Any], flat: np.ndarray[Any, Any], expected: np.ndarray[Any, Any], least: float
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Find the pairs whose shared shingles are at least a share of those expected of both."""
    from scipy import sparse

    kept, columns = _shared_only(flat)
    n = len(expected)
    matrix = sparse.csr_array(
        (np.ones(int(kept.sum()), dtype=np.int32), (owner[kept], columns)),
        shape=(n, int(columns.max(initial=-1)) + 1),
    )
    other = matrix.T.tocsr()
    left, right = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for begin in range(0, n if matrix.nnz else 0, _BLOCK):
        product = (matrix[begin : begin + _BLOCK] @ other).tocoo()
        one, two = product.coords[0] + begin, product.coords[1]
        near = (two > one) & (product.data >= least / (1 + least) * (expected[one] + expected[two]))
        left.append(one[near].astype(np.int64))
        right.append(two[near].astype(np.int64))
    return np.concatenate(left), np.concatenate(right)


def _shared_only(flat: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Keep and number the shingles of at least two articles, for no other can make a pair."""
    ordered = np.sort(flat)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not shared.size:
        return np.zeros(len(flat), dtype=bool), np.empty(0, dtype=np.int64)
    places = np.searchsorted(shared, flat).clip(max=shared.size - 1)
    kept = shared[places] == flat
    return kept, places[kept]


def groups(pairs: pl.DataFrame) -> pl.DataFrame:
    """Join pairs into groups of copies: whoever is paired with a member is a member.

    Parameters
    ----------
    pairs : polars.DataFrame
        As `near` gives them.

    Returns
    -------
    polars.DataFrame
        ``group`` (the first id of the group) and ``article_id``, sorted.

    Examples
    --------
    >>> pairs = pl.DataFrame({"left": ["a", "b", "x"], "right": ["b", "c", "y"]})
    >>> groups(pairs).rows()
    [('a', 'a'), ('a', 'b'), ('a', 'c'), ('x', 'x'), ('x', 'y')]
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for left, right in zip(pairs["left"], pairs["right"], strict=True):
        one, two = sorted((root(left), root(right)))
        parent[two] = one
    rows = sorted((root(name), name) for name in list(parent))
    return pl.DataFrame(rows, schema={"group": pl.String(), "article_id": pl.String()}, orient="row")


def _rows(articles: pd.DataFrame | pl.DataFrame | Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [
        (str(one), str(body or ""))
        for one, body in zip(articles["article_id"], articles["body"], strict=True)
    ]
