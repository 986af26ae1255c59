"""Which pairs of articles can report one event at all: near in time, and with telling words in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from scipy import sparse

WINDOW = 30  # days; farther apart, the evidence of the texts never outweighs the time between them
UNDATED = (
    3.0  # days assumed where one of the two has no date: about the third quartile of the distances in a story
)
_FLOOR = 0.06  # cosine of the openings below which no pair of the open benchmark sets was of one story
_BLOCK = 512
_RARE = 400  # in a large corpus only words of at most so many articles, or one in fifty, call up candidates


def candidate_pairs(
    openings: sparse.csr_array, first: np.ndarray, last: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the pairs of articles that are worth a closer look.

    Work and memory grow with the articles times those of the same days, not with all pairs.

    Parameters
    ----------
    openings : scipy.sparse.csr_array
        Weighted words of the first lines, one row an article, unit length.
    first, last : numpy.ndarray
        First and last possible day of publication as ordinal numbers; NaN where unknown.

    Returns
    -------
    left, right, gap : numpy.ndarray
        Row numbers of each pair, the smaller first, and the days between the two.
    """
    n = openings.shape[0]
    rows = _telling(openings)
    dated = np.flatnonzero(~np.isnan(first))
    undated = np.flatnonzero(np.isnan(first))
    order = np.concatenate([dated[np.lexsort((dated, first[dated]))], undated])
    starts = first[order[: len(dated)]]
    longest = float(np.max(last[dated] - first[dated])) if len(dated) else 0.0
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for begin in range(0, n, _BLOCK):
        block = order[begin : begin + _BLOCK]
        if begin < len(dated):
            until = starts[min(begin + _BLOCK, len(dated)) - 1] + WINDOW + longest
            end = int(np.searchsorted(starts, until, side="right"))
            others = np.concatenate([order[begin:end], undated])
        else:
            others = undated
        product = sparse.coo_array(rows[block] @ rows[others].T)
        near = product.data >= _FLOOR
        found.append((block[product.coords[0][near]], others[product.coords[1][near]]))
    if not found:
        return np.empty(0, int), np.empty(0, int), np.empty(0)
    a, b = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
    keys = np.unique(np.minimum(a, b).astype(np.int64) * n + np.maximum(a, b))
    left, right = keys // n, keys % n
    gap = _gap(first, last, left, right)
    keep = (left != right) & (gap <= WINDOW)
    return left[keep], right[keep], gap[keep]


def _telling(openings: sparse.csr_array) -> sparse.csr_array:
    """Leave out words that half the corpus has: they cost most of the work and call up nothing of use."""
    n = openings.shape[0]
    limit = max(_RARE, n // 50)
    if n <= limit:
        return openings
    frequency = np.bincount(openings.indices, minlength=openings.shape[1])
    kept = openings.copy()
    kept.data = np.where(frequency[kept.indices] <= limit, kept.data, 0)
    kept.eliminate_zeros()
    return kept


def _gap(first: np.ndarray, last: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Days between two publications; none where their possible days overlap."""
    apart = np.maximum(first[left] - last[right], first[right] - last[left])
    return np.where(np.isnan(apart), UNDATED, np.maximum(apart, 0))


def days(values: Sequence[object]) -> np.ndarray:
    """Turn days of publication into ordinal numbers, NaN where there is none."""
    return np.asarray([_ordinal(value) for value in values], dtype=np.float64)


def _ordinal(value: object) -> float:
    if value is None or value != value:  # NaT and NaN are not equal to themselves
        return np.nan
    if isinstance(value, date):
        return float(value.toordinal())
    text = str(value)[:10]
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return np.nan
