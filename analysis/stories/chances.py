"""How likely two articles report one event: for pairs near in time that share telling words, and for no others.

Articles are read in the order of their days, a block at a time; only blocks of the same weeks are held. So memory grows
with the articles of some weeks, work with the pairs among these, and neither with all pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.stories.evidence import KINDS, SCALE, Vocabulary, cosines, weigh

# How much each kind of evidence says, in log-odds for a square root of a cosine of 1. Fitted by logistic regression to
# the pairs of both open benchmark sets and of the teaching corpus, each set counting alike, and rounded. Fitted
# without a set, they give it B-cubed F1 .994, .960 and 1.000 at the same threshold.
WEIGHTS: Mapping[str, float] = {"words": 2.5, "opening": 2.5, "lede": 4.0, "names": 3.0, "numbers": 1.0}
CONSTANT = -4.2
TIME = -1.75  # for the logarithm of the days between; the next day's paper counts as the same day's
WINDOW = 30  # days; farther apart, the evidence of the texts never outweighs the time between them
UNDATED = 3.0  # days assumed where one of the two has no date: the third quartile of the distances in a story
LEAST = 0.05  # a smaller probability counts as none
# Least cosine of the openings, over words that at most three in eight articles of general news have; more for articles
# farther apart, who must share more to be of one story. With it the open sets come out as with all pairs.
_CALLING, _RARE = 0.04, 2.0
_BLOCK = 1024

Pairs = tuple[np.ndarray, np.ndarray, np.ndarray]


def pair_chances(
    texts: Sequence[str],
    first: np.ndarray,
    last: np.ndarray,
    *,
    names: Sequence[Sequence[str]] | None = None,
    fresh: np.ndarray | None = None,
) -> Pairs:
    """Give the probability of being of one story for all pairs that come into question.

    Parameters
    ----------
    texts : sequence of str
        Headline and body of each article.
    first, last : numpy.ndarray
        First and last possible day of publication as ordinal numbers; NaN where unknown.
    names : sequence of sequences of str, optional
        The names in each text, as resolved.
    fresh : numpy.ndarray of bool, optional
        Only pairs with at least one of these articles; default all.

    Returns
    -------
    left, right, chance : numpy.ndarray
        Row numbers of the pairs, the smaller first, and their probability; sorted.
    """
    fresh = np.ones(len(texts), dtype=bool) if fresh is None else fresh
    order = np.flatnonzero(_needed(first, last, fresh))
    # the undated come first, and stay: they may be of any day
    day = np.where(np.isnan(first), -np.inf, first)
    order = order[np.lexsort((order, day[order]))]
    vocabulary = Vocabulary()
    held: list[_Block] = []
    found: list[Pairs] = []
    for begin in range(0, len(order), _BLOCK):
        rows = order[begin : begin + _BLOCK]
        known = None if names is None else [names[row] for row in rows]
        block = _Block(rows, weigh([texts[row] for row in rows], vocabulary, names=known), vocabulary)
        held = [other for other in held if other.until(last) + WINDOW >= day[rows[0]]]
        held.append(block)
        found += [_between(block, other, first, last, fresh) for other in held]
    if not found:
        return np.empty(0, int), np.empty(0, int), np.empty(0)
    left, right, chance = (np.concatenate([pairs[side] for pairs in found]) for side in range(3))
    sort = np.lexsort((right, left))
    return left[sort], right[sort], chance[sort]


def log_odds(cosine: Mapping[str, np.ndarray], gap: np.ndarray) -> np.ndarray:
    """Add up what the kinds of evidence and the days between say."""
    score: np.ndarray = CONSTANT + TIME * np.log(np.maximum(gap, 1))
    for kind, weight in WEIGHTS.items():
        score += weight * np.sqrt(np.maximum(cosine[kind], 0))
    return score


def gaps(first: np.ndarray, last: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Days between two publications; none where their possible days overlap."""
    apart = np.maximum(first[left] - last[right], first[right] - last[left])
    return np.where(np.isnan(apart), UNDATED, np.maximum(apart, 0))


def days(values: Sequence[object]) -> np.ndarray:
    """Turn days of publication into ordinal numbers, NaN where there is none."""
    return np.asarray([_ordinal(value) for value in values], dtype=np.float64)


def _ordinal(value: object) -> float:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return np.nan
    if isinstance(value, date):
        return float(value.toordinal())
    try:
        return float(date.fromisoformat(str(value)[:10]).toordinal())
    except ValueError:
        return np.nan


class _Block:
    """Some articles with their evidence, and the words that call up candidates, by article and by word."""

    def __init__(
        self, rows: np.ndarray, weighed: dict[str, sparse.csr_array], vocabulary: Vocabulary
    ) -> None:
        self.rows, self.weighed = rows, weighed
        opening, weights = weighed["opening"], np.asarray(vocabulary.weights)
        calling = opening.astype(np.int32)
        calling.data[weights[opening.indices] < _RARE] = 0
        calling.eliminate_zeros()
        self.calling = calling

    def until(self, last: np.ndarray) -> float:
        """Give the last day of the block, endless where one has no date."""
        days_of = last[self.rows]
        return float("inf") if np.isnan(days_of).any() else float(days_of.max())


def _between(block: _Block, other: _Block, first: np.ndarray, last: np.ndarray, fresh: np.ndarray) -> Pairs:
    """Compare a block with an earlier one, or with itself."""
    width = 1 + max(int(one.calling.indices.max(initial=0)) for one in (block, other))
    one, two = (
        sparse.csr_array((part.data, part.indices, part.indptr), shape=(part.shape[0], width))
        for part in (block.calling, other.calling)
    )
    product = sparse.coo_array(one @ two.T)
    near = product.data >= _CALLING * SCALE**2
    a, b = product.coords[0][near], product.coords[1][near]
    left, right = block.rows[a], other.rows[b]
    gap = gaps(first, last, left, right)
    keep = (gap <= WINDOW) & (fresh[left] | fresh[right])
    keep &= product.data[near] >= _CALLING * SCALE**2 * (1 + np.log(np.maximum(gap, 1)))
    if block is other:
        keep &= left < right
    a, b, left, right, gap = a[keep], b[keep], left[keep], right[keep], gap[keep]
    chance = np.empty(len(a))
    for start in range(0, len(a), 20_000):
        part = slice(start, start + 20_000)
        cosine = {kind: cosines(block.weighed[kind][a[part]], other.weighed[kind][b[part]]) for kind in KINDS}
        chance[part] = 1 / (1 + np.exp(-log_odds(cosine, gap[part])))
    likely = chance >= LEAST
    left, right = left[likely], right[likely]
    return np.minimum(left, right), np.maximum(left, right), np.round(chance[likely], 6)


def _needed(first: np.ndarray, last: np.ndarray, fresh: np.ndarray) -> np.ndarray:
    """Mark the fresh articles and those near enough in time to be compared with one of them."""
    dated = fresh & ~np.isnan(first)
    if fresh.all() or (fresh & np.isnan(first)).any():
        return np.ones(len(first), dtype=bool)
    if not fresh.any():
        return fresh
    begin = np.sort(first[dated])
    longest = float((last[dated] - first[dated]).max())
    # a fresh article begins no later than this one's last day and the window, and does not end before it
    after = np.searchsorted(begin, last + WINDOW, side="right")
    before = np.searchsorted(begin, first - WINDOW - longest, side="left")
    needed: np.ndarray = (after > before) | np.isnan(first) | fresh
    return needed
