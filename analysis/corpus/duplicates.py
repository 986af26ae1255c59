"""Copies among articles: the same words, or most of them, under another outlet, headline or day.

Copies are reported, not removed: syndication is a finding. What shingles cannot see is the same story retold in other
words; that is the business of `analysis.stories`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.errors import MeasureError

# Broder's resemblance at which planted copies are found: 300 planted among 3,300 articles with resemblances from .28 to
# .89 gave recall 1.00 and precision .95.
THRESHOLD = 0.25
SHINGLE = 5
# rows of the product that are held at a time, so that memory stays flat
_BLOCK = 1024
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def exact(articles: pd.DataFrame | pl.DataFrame) -> pl.DataFrame:
    """Group articles whose bodies have the same words, whatever their case, punctuation and spacing.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``body``.

    Returns
    -------
    polars.DataFrame
        ``group`` (the first id of the group) and ``article_id``, for groups of two or more, sorted.

    Examples
    --------
    >>> exact(pd.DataFrame({"article_id": ["a", "b"], "body": ["The town fell.", "The town  fell"]})).rows()
    [('a', 'a'), ('a', 'b')]
    """
    groups: dict[str, list[str]] = {}
    for article_id, body in _rows(articles):
        words = " ".join(_words(body))
        if words:
            groups.setdefault(hashlib.sha256(words.encode()).hexdigest(), []).append(article_id)
    rows = sorted((min(ids), one) for ids in groups.values() if len(ids) > 1 for one in ids)
    return pl.DataFrame(rows, schema={"group": pl.String(), "article_id": pl.String()}, orient="row")


def near(
    articles: pd.DataFrame | pl.DataFrame, *, threshold: float = THRESHOLD, size: int = SHINGLE
) -> pl.DataFrame:
    """Find pairs of articles that share much of their wording, by the resemblance of their shingles.

    Exact, not sampled: every pair is compared through a sparse product, which is right up to tens of thousands of
    articles.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``body``.
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
    from scipy import sparse

    if not 0 < threshold <= 1:
        raise MeasureError(
            f"threshold={threshold}: a resemblance lies above 0 and up to 1; copies begin at about .25"
        )
    if size < 1:
        raise MeasureError(f"size={size}: a shingle has at least one word; five is usual")
    schema = {"left": pl.String(), "right": pl.String(), "jaccard": pl.Float64()}
    schema |= {"contained": pl.Float64(), "shared": pl.Int64()}
    ids, sets = [], []
    for article_id, body in sorted(_rows(articles)):
        found = shingles(body, size=size)
        if found.size:
            ids.append(article_id)
            sets.append(found)
    if len(ids) < 2:
        return pl.DataFrame([], schema=schema)
    counts = np.array([len(one) for one in sets], dtype=np.int64)
    flat = np.concatenate(sets)
    owner = np.repeat(np.arange(len(ids)), counts)
    kept, columns = _shared_only(flat)
    matrix = sparse.csr_matrix(
        (np.ones(int(kept.sum()), dtype=np.int32), (owner[kept], columns)),
        shape=(len(ids), int(columns.max(initial=-1)) + 1),
    )
    rows = list(_pairs(matrix, counts, ids, threshold)) if matrix.shape[1] else []
    rows.sort(key=lambda row: (-row[2], row[0], row[1]))
    return pl.DataFrame(rows, schema=schema, orient="row")


def _shared_only(flat: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Keep and number the shingles of at least two articles, for no other can make a pair."""
    ordered = np.sort(flat)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not shared.size:
        return np.zeros(len(flat), dtype=bool), np.empty(0, dtype=np.int64)
    places = np.searchsorted(shared, flat).clip(max=shared.size - 1)
    kept = shared[places] == flat
    return kept, places[kept]


def _pairs(
    matrix: Any, counts: np.ndarray[Any, Any], ids: Sequence[str], threshold: float
) -> Iterator[tuple[str, str, float, float, int]]:
    other = matrix.T.tocsr()
    for begin in range(0, matrix.shape[0], _BLOCK):
        product = (matrix[begin : begin + _BLOCK] @ other).tocoo()
        left, right, shared = product.row + begin, product.col, product.data
        later = right > left
        left, right, shared = left[later], right[later], shared[later].astype(np.int64)
        jaccard = shared / (counts[left] + counts[right] - shared)
        contained = shared / np.minimum(counts[left], counts[right])
        for index in np.flatnonzero(jaccard >= threshold):
            yield (
                ids[left[index]],
                ids[right[index]],
                float(jaccard[index]),
                float(contained[index]),
                int(shared[index]),
            )


def shingles(body: str, *, size: int = SHINGLE) -> np.ndarray[Any, Any]:
    """Return the distinct runs of words of a body as 64-bit numbers, sorted.

    Parameters
    ----------
    body : str
        The text; case and punctuation do not count.
    size : int, optional
        Words in a run. A text with fewer words is one shingle.

    Returns
    -------
    numpy.ndarray of uint64

    Examples
    --------
    >>> len(shingles("one two three four five six"))
    2
    """
    words = _words(body)
    if not words:
        return np.empty(0, dtype=np.uint64)
    # only equal words matter, so any hash will do; polars' is the fastest at hand
    codes = pl.Series(words, dtype=pl.String).hash(2026).to_numpy()
    if len(codes) < size:
        return np.unique(_mix([codes[i : i + 1] for i in range(len(codes))]))
    return np.unique(_mix([codes[i : len(codes) - size + 1 + i] for i in range(size)]))


def _mix(parts: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Fold the codes of successive words into one, order counting."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


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


def _words(body: str) -> list[str]:
    return _WORD.findall(body.lower().replace("’", "'"))


def _rows(articles: pd.DataFrame | pl.DataFrame | Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [
        (str(one), str(body or ""))
        for one, body in zip(articles["article_id"], articles["body"], strict=True)
    ]
