"""Comparing two sides: how much they differ, between which limits, and how sure one is that they do."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from analysis.text.intervals import bootstrap_limits, combine, wilson
from analysis.text.resampling import Floats, generator, ratio_draws


def side(counts: sparse.csr_array, sizes: Floats, *, unit: str) -> tuple[Floats, int]:
    """Give *k* of every item and *n* of one side: rows, or articles that have one."""
    if unit == "articles":
        return np.asarray((counts > 0).sum(axis=0), dtype=float).ravel(), counts.shape[0]
    return np.asarray(counts.sum(axis=0)).ravel(), int(sizes.sum())


def ratio(k: Floats, n: int) -> Floats:
    """Divide; nothing of nothing is missing."""
    return k / n if n else np.full(len(k), np.nan)


def newcombe(one: tuple[Floats, int], two: tuple[Floats, int]) -> tuple[Floats, Floats, Floats]:
    """Compare shares of articles: limits of the difference (Newcombe, 1998), and Fisher's exact p."""
    from scipy import stats  # takes a second to load, and is needed here only

    (k1, n1), (k2, n2) = one, two
    low, high = combine(
        ratio(k1, n1), wilson(k1, np.full(len(k1), n1)), ratio(k2, n2), wilson(k2, np.full(len(k2), n2))
    )
    p = [
        stats.fisher_exact([[a, n1 - a], [b, n2 - b]]).pvalue if n1 and n2 else np.nan
        for a, b in zip(k1.astype(int), k2.astype(int), strict=True)
    ]
    return low, high, np.asarray(p, dtype=float)


def resampled_difference(
    one: tuple[sparse.csr_array, Floats],
    two: tuple[sparse.csr_array, Floats],
    key: tuple[int, str, str],
    *,
    resamples: int,
    bounded: bool,
    interval: str,
) -> tuple[Floats, Floats, Floats]:
    """Compare ratios by resampling the articles of both sides: limits of the difference, and its two-sided p."""
    seed, *names = key
    if not one[1].sum() or not two[1].sum():
        missing = np.full(one[0].shape[1], np.nan)
        return missing, missing.copy(), missing.copy()
    drawn, points, limits = [], [], []
    for (counts, sizes), name in zip((one, two), names, strict=True):
        drawn.append(ratio_draws(counts, sizes, resamples=resamples, rng=generator(seed, name)))
        points.append(np.asarray(counts.sum(axis=0), dtype=float).ravel() / sizes.sum())
        limits.append(bootstrap_limits(drawn[-1], counts, sizes, bounded=bounded, interval=interval))
    low, high = combine(points[0], limits[0], points[1], limits[1])
    difference = drawn[0] - drawn[1]
    with np.errstate(invalid="ignore"):
        tails = np.minimum((difference <= 0).sum(axis=0), (difference >= 0).sum(axis=0))
    return low, high, np.minimum(2 * (tails + 1) / (resamples + 1), 1.0)
