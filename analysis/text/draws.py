"""Resampled word counts: a thousand bootstrap frequency lists of a corpus, a block of words at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.text.intervals import CONFIDENCE
from analysis.text.resampling import Floats, generator, weights
from analysis.text.termcounts import TermCounts

Singles = npt.NDArray[np.float32]

# A block of 1,500 words with a thousand resamples holds 6 MB a side; two blocks are in work at a time.
_BLOCK = 1500
_THREADS = 2


def drawn_articles(counts: TermCounts, *, resamples: int, seed: int) -> Singles:
    """Draw articles with replacement inside each group.

    Parameters
    ----------
    counts : TermCounts
        Counts of a corpus.
    resamples : int
        Number of resamples.
    seed : int
        Seed of the random generator; the draws of a group do not depend on the other groups.

    Returns
    -------
    array of shape (articles, resamples)
        How often each article was drawn.
    """
    result = np.zeros((counts.matrix.shape[0], resamples), dtype=np.float32)
    for group in counts.groups:
        rows = np.flatnonzero(counts.inside(group))
        drawn = np.concatenate(list(weights(len(rows), resamples=resamples, rng=generator(seed, group))))
        result[rows] = drawn.T
    return result


def log_ratio_limits(
    counts: TermCounts,
    target: str,
    reference: str | None,
    forms: npt.NDArray[np.int64],
    *,
    fixed: tuple[Floats, float] | None = None,
    resamples: int,
    seed: int,
) -> tuple[Floats, Floats, Floats]:
    """Give the interval of the log ratio of each word by resampling articles on both sides.

    The percentile interval is widened, where that reaches further, to a normal one with Student's t for the smaller
    number of articles, and with the variance of the resamples or that of independent occurrences, whichever is larger
    (see `analysis.text.intervals.bootstrap_limits` for why).

    Parameters
    ----------
    counts : TermCounts
        Counts of a corpus.
    target : str
        The group of interest.
    reference : str or None
        The other group; None for all articles outside the target.
    forms : array of int
        Positions of the words wanted.
    fixed : tuple of array and float, optional
        Occurrences of every word, and tokens, of a reference list that is not resampled.
    resamples, seed : int
        As in `drawn_articles`.

    Returns
    -------
    tuple of arrays
        Lower and upper limits of the binary logarithm, and the two-sided p of no difference.
    """
    drawn = drawn_articles(counts, resamples=resamples, seed=seed)
    inside = counts.inside(target)
    outside = ~inside if reference is None else np.zeros_like(inside) if fixed else counts.inside(reference)
    tokens = counts.articles["n_tokens"].to_numpy().astype(np.float32)
    fewest = int(inside.sum()) if fixed else int(min(inside.sum(), outside.sum()))
    across = sparse.csr_array(counts.matrix.T[forms].astype(np.float32))
    one, two = across[:, np.flatnonzero(inside)], across[:, np.flatnonzero(outside)]
    drawn_one, drawn_two = drawn[inside], drawn[outside]
    size_one, size_two = tokens[inside] @ drawn_one, tokens[outside] @ drawn_two
    # a resample that drew only empty articles says nothing about rates
    usable = (size_one > 0) & ((size_two > 0) | (fixed is not None))
    if usable.sum() < 2:
        missing = np.full(len(forms), np.nan)
        return missing, missing.copy(), missing.copy()
    drawn_one, drawn_two, size_one, size_two = (
        drawn_one[:, usable], drawn_two[:, usable], size_one[usable], size_two[usable],
    )  # fmt: skip
    limits = _levels(fewest)

    def block(start: int) -> tuple[Floats, Floats, Floats]:
        rows = slice(start, start + _BLOCK)
        k1 = np.maximum(one[rows] @ drawn_one, 0.5) / size_one
        if fixed is None:
            k2 = np.maximum(two[rows] @ drawn_two, 0.5) / size_two
        else:
            k2 = (np.maximum(fixed[0][forms[rows]], 0.5) / fixed[1])[:, None].astype(np.float32)
        n1 = one[rows].sum(axis=1)
        n2 = two[rows].sum(axis=1) if fixed is None else fixed[0][forms[rows]]
        sizes = (tokens[inside].sum(), tokens[outside].sum() if fixed is None else fixed[1])
        return _limits(
            np.log2(k1 / k2), np.maximum(n1, 0.5) / sizes[0], np.maximum(n2, 0.5) / sizes[1], sizes, limits
        )

    with ThreadPoolExecutor(_THREADS) as pool:
        parts = list(pool.map(block, range(0, len(forms), _BLOCK)))
    if not parts:
        return np.empty(0), np.empty(0), np.empty(0)
    low, high, p = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return low, high, p


def _limits(
    draws: Singles,
    rate1: Floats,
    rate2: Floats,
    sizes: tuple[float, float],
    levels: tuple[float, float, float],
) -> tuple[Floats, Floats, Floats]:
    last = draws.shape[1] - 1
    cut = int(np.floor(levels[0] * last)), int(np.ceil(levels[1] * last))
    ordered = np.partition(draws, cut, axis=1)
    independent = (1 / (rate1 * sizes[0]) + 1 / (rate2 * sizes[1])) / np.log(2) ** 2
    error = np.sqrt(np.maximum(draws.var(axis=1), independent))
    point = np.log2(rate1 / rate2)
    half = levels[2] * error
    p = 2 * special.ndtr(-np.abs(point) / error * special.ndtri((1 + CONFIDENCE) / 2) / levels[2])
    return np.minimum(ordered[:, cut[0]], point - half), np.maximum(ordered[:, cut[1]], point + half), p


def _levels(n_articles: int) -> tuple[float, float, float]:
    """Quantiles of the expanded percentile interval, and Student's t for the normal one."""
    level = (1 + CONFIDENCE) / 2
    if n_articles < 2:
        return 0.0, 1.0, float(special.ndtri(level))
    t = float(special.stdtrit(n_articles - 1, level))
    wide = t * np.sqrt(n_articles / (n_articles - 1))
    return float(special.ndtr(-wide)), float(special.ndtr(wide)), t
