"""Interval formulas: Wilson, Poisson, the bootstrap with its fallbacks, and the adjustment for many comparisons."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse, special

from analysis.errors import MeasureError, nearest
from analysis.text.resampling import Floats, percentile_limits

CONFIDENCE = 0.95
INTERVALS = ("score", "percentile", "bca")
# Student's t is read at as many degrees of freedom as articles hold the item, less one, but at six at least: with fewer, limits
# of rare items are twice as wide as they need be. Set in benchmarks/coverage.py; 5 to 8 do about as well.
_LEAST_FREEDOM = 6


def wilson(k: npt.ArrayLike, n: npt.ArrayLike, *, confidence: float = CONFIDENCE) -> tuple[Floats, Floats]:
    """Give Wilson's score interval for proportions (Wilson, 1927).

    Parameters
    ----------
    k, n : array-like
        Successes and trials.
    confidence : float, optional
        Nominal coverage.

    Returns
    -------
    tuple of arrays
        Lower and upper limits; missing (NaN) where *n* is 0.

    Examples
    --------
    >>> low, high = wilson(0, 40)
    >>> float(low), round(float(high), 3)
    (0.0, 0.088)
    """
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    z = float(special.ndtri((1 + confidence) / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = score_limits(k / n, n, z)
    # at 0 and n the limit is exactly 0 and 1, which rounding misses by a hair
    low = np.where(k == 0, np.where(n > 0, 0.0, np.nan), low)
    high = np.where((k == n) & (n > 0), 1.0, high)
    return low, high


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Adjust p-values for the number of comparisons (Benjamini and Hochberg, 1995).

    Parameters
    ----------
    p : array-like
        P-values; missing ones stay missing and do not count as comparisons.

    Returns
    -------
    array
        The false discovery rate at which each comparison would still be kept, in the order given.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    values = np.asarray(p, dtype=float)
    result = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if len(known):
        order = known[np.argsort(values[known], kind="stable")]
        steps = values[order] * len(known) / np.arange(1, len(known) + 1)
        result[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return result


def bca_limits(
    draws: Floats, value: npt.ArrayLike, jackknife: Floats, *, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Give the bias-corrected and accelerated interval of resampled values (Efron, 1987).

    Parameters
    ----------
    draws : array of shape (resamples, items)
        Resampled values; a resample with a missing one is left out.
    value : array-like
        The values themselves, one an item.
    jackknife : array of shape (articles, items)
        The values without one article after the other.
    confidence : float, optional
        Nominal coverage.

    Returns
    -------
    tuple of arrays
        Lower and upper limits, one an item; missing where no resample or no article moves the value.

    Examples
    --------
    >>> draws = np.linspace(0.0, 1.0, 101)[:, None]
    >>> low, high = bca_limits(draws, [0.5], np.array([[0.4], [0.5], [0.6]]))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.025], [0.975])
    """
    value = np.asarray(value, dtype=float)
    usable = np.sort(draws[~np.isnan(draws).any(axis=1)], axis=0)
    left_out = jackknife[~np.isnan(jackknife).any(axis=1)]
    if len(usable) < 2 or len(left_out) < 2:
        return np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    deviation = left_out.mean(axis=0) - left_out
    with np.errstate(divide="ignore", invalid="ignore"):
        acceleration = (deviation**3).sum(axis=0) / (6 * (deviation**2).sum(axis=0) ** 1.5)
        bias = special.ndtri(((usable < value).mean(axis=0) + (usable <= value).mean(axis=0)) / 2)
        limits = []
        for tail in ((1 - confidence) / 2, (1 + confidence) / 2):
            shifted = bias + special.ndtri(tail)
            level = special.ndtr(bias + shifted / (1 - acceleration * shifted))
            place = np.nan_to_num(level) * (len(usable) - 1)
            below = np.clip(np.floor(place).astype(int), 0, len(usable) - 2)
            item = np.arange(usable.shape[1])
            step = usable[below + 1, item] - usable[below, item]
            limits.append(np.where(np.isnan(level), np.nan, usable[below, item] + (place - below) * step))
    return limits[0], limits[1]


def bootstrap_limits(
    draws: Floats,
    counts: sparse.csr_array,
    sizes: Floats,
    *,
    bounded: bool = True,
    interval: str = "score",
) -> tuple[Floats, Floats]:
    """Give the interval of resampled ratios, sound also for rare items and few articles.

    Resampling says how far a ratio moves with the articles; from that follows the *effective* number of observations,
    the number of independent ones that would move as far (Korn and Graubard, 1998). The score interval for that
    number, at Student's t, keeps its place at the ends, where a percentile interval gives "0 to 0" for nought of forty
    and ends too low for what few articles have, because no resample can hold more than was seen. The degrees of
    freedom are those of the articles that hold the item: twenty articles of which two have it tell as much as two.

    Parameters
    ----------
    draws : array of shape (resamples, items)
        Resampled ratios.
    counts : sparse array of shape (articles, items)
        The counts they were drawn from.
    sizes : array of length articles
        What the counts are set against.
    bounded : bool, optional
        Whether the ratio is a share, which cannot pass 1: the score interval is then Wilson's, else that of a
        Poisson count. Where resampling cannot move (an item no article has, or a single article), a share takes the
        effective number that is usual among the group's other items, and a rate counts as independent occurrences
        (Garwood, 1936).
    interval : {"score", "percentile", "bca"}, optional
        The score interval; or the wider, on each side, of that at the degrees of freedom of all articles and the expanded
        percentile interval (Hesterberg, 2015) or `bca_limits`.

    Returns
    -------
    tuple of arrays
        Lower and upper limits, one an item.

    Raises
    ------
    MeasureError
        When the interval is unknown.
    """
    if interval not in INTERVALS:
        raise MeasureError(f"interval is {interval!r}{nearest(interval, INTERVALS)}")
    m, k, n = counts.shape[0], np.asarray(counts.sum(axis=0), dtype=float).ravel(), float(sizes.sum())
    value = k / n
    variance = np.nanvar(draws, axis=0) * (m / (m - 1) if m > 1 else 1.0)
    moves = variance > 1e-15 * np.maximum(value, 1e-30) ** 2
    level = (1 + CONFIDENCE) / 2
    # below five articles Student's t would give limits of no use; such groups are never compared
    z = np.full(len(k), special.stdtrit(max(m - 1, 4), level) if m > 1 else special.ndtri(level))
    if interval == "score" and m > 1:
        freedom = np.clip(_holding(counts, sizes, bounded=bounded) - 1, _LEAST_FREEDOM, None)
        z = np.where(moves, special.stdtrit(np.minimum(freedom, max(m - 1, 4)), level), z)
    with np.errstate(divide="ignore", invalid="ignore"):
        if bounded:
            size = np.minimum(value * (1 - value) / variance, n)
            size = np.where(moves, size, _usual_size(size[moves], sizes))
            low, high = score_limits(value, size, z)
        else:
            size = np.minimum(value**2 / variance, k)
            centre, half = size + z**2 / 2, z * np.sqrt(size + z**2 / 4)
            low, high = value * (centre - half) / size, value * (centre + half) / size
            exact_low, exact_high = _poisson(k, n)
            low, high = np.where(moves, low, exact_low), np.where(moves, high, exact_high)
        if interval == "bca":
            read = bca_limits(draws, value, (k - counts.toarray()) / (n - sizes)[:, None])
        elif interval == "percentile":
            read = percentile_limits(draws, n_articles=m, confidence=CONFIDENCE)
        else:
            read = low, high
    low, high = np.where(moves, np.fmin(read[0], low), low), np.where(moves, np.fmax(read[1], high), high)
    if bounded:
        low, high = np.where(k == 0, 0.0, low), np.where(k == n, 1.0, high)
    return np.clip(low, 0, None), high


def _holding(counts: sparse.csr_array, sizes: Floats, *, bounded: bool) -> Floats:
    """Count the articles that hold each item; of a share, those that hold anything else where they are fewer."""
    cells = sparse.coo_array(counts)
    article, item = cells.coords
    items = counts.shape[1]
    holding = np.bincount(item[cells.data > 0], minlength=items)
    if not bounded:
        return np.asarray(holding, dtype=np.float64)
    full = np.bincount(item[cells.data >= sizes[article]], minlength=items)
    return np.asarray(np.minimum(holding, np.count_nonzero(sizes) - full), dtype=np.float64)


def _usual_size(effective: Floats, sizes: Floats) -> float:
    """Say how many independent observations stand behind an item that resampling cannot move.

    At least one for each article that has rows, and no more than the rows: between these two, the median of the
    items that do move. One observation an article alone would make "0 of 150" of ten articles reach up to a third.
    """
    rows, articles = float(sizes.sum()), float(np.count_nonzero(sizes))
    usual = float(np.median(effective)) if len(effective) else articles
    return float(np.clip(usual, min(articles, rows), rows))


def score_limits(p: Floats, n: Floats, z: Floats | float) -> tuple[Floats, Floats]:
    """Give Wilson's limits of proportions `p` of `n` at `z` standard errors; `n` need not be whole."""
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return centre - half, centre + half


def _poisson(k: Floats, n: float) -> tuple[Floats, Floats]:
    tail = (1 - CONFIDENCE) / 2
    low = np.where(k > 0, special.chdtri(2 * np.maximum(k, 1), 1 - tail) / 2, 0.0)
    return low / n, special.chdtri(2 * (k + 1), tail) / 2 / n


def combine(
    one: Floats, limits_one: tuple[Floats, Floats], two: Floats, limits_two: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Give the limits of a difference from the limits of its two sides (Newcombe, 1998; Zou and Donner, 2008).

    Parameters
    ----------
    one, two : array
        The two values.
    limits_one, limits_two : tuple of arrays
        Their intervals.

    Returns
    -------
    tuple of arrays
        Lower and upper limits of one minus two.
    """
    (low1, high1), (low2, high2) = limits_one, limits_two
    low = one - two - np.hypot(one - low1, high2 - two)
    return low, one - two + np.hypot(high1 - one, two - low2)
