"""Measures on a 2 × 2 table: how strongly a word belongs to a group, or a word to another word.

Every function takes four numbers or four equally long arrays: `a` occurrences among `n1` tokens of the target, `b`
among `n2` tokens of the reference. The whole table is then ``a, b, n1 - a, n2 - b``. For a pair of words, `a` is
the pair, `n1` the first word, ``a + b`` the second word and ``n1 + n2`` all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from analysis.errors import MeasureError, nearest
from analysis.text.resampling import Floats

Numbers = npt.ArrayLike


def log_likelihood(
    a: Numbers,
    b: Numbers,
    n1: Numbers,
    n2: Numbers,
    *,
    cells: int = 4,
    williams: bool = False,
    signed: bool = True,
) -> Floats:
    """Measure the evidence for a difference by the log-likelihood ratio G² (Dunning, 1993; Rayson and Garside, 2000).

    Parameters
    ----------
    a, b, n1, n2 : array-like
        See the module's text.
    cells : {4, 2}, optional
        4: over all four cells (Dunning); 2: over the two cells of the word (Rayson and Garside), slightly smaller.
    williams : bool, optional
        Divide by Williams' correction for small samples (Williams, 1976).
    signed : bool, optional
        Negative when the word is rarer in the target than expected.

    Returns
    -------
    array
        0 and above (or signed). It grows with the size of the corpus: it says how sure, not how large.

    Examples
    --------
    >>> float(log_likelihood(7, 2, 10, 9).round(4))
    4.5349
    """
    cell, expected = _table(a, b, n1, n2)
    if cells not in (2, 4):
        raise MeasureError(f"cells is {cells}; the log-likelihood is over 2 or 4 cells")
    terms = special.xlogy(cell, np.divide(cell, expected, out=np.ones_like(cell), where=expected > 0))
    value = np.maximum(2 * terms[:cells].sum(axis=0), 0.0)
    if williams:
        value = value / _williams(cell)
    return _sign(value, cell, expected) if signed else value


def chi_squared(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, correction: str = "none", signed: bool = True
) -> Floats:
    """Measure the evidence for a difference by Pearson's chi-squared (Pearson, 1900).

    Parameters
    ----------
    a, b, n1, n2 : array-like
        See the module's text.
    correction : {"none", "yates", "conditional"}, optional
        ``"yates"`` subtracts half a count (Yates, 1934); ``"conditional"`` only where an expected cell is below 5 and
        the deviation is large enough to bear it, as quanteda does.
    signed : bool, optional
        Negative when the word is rarer in the target than expected.

    Returns
    -------
    array

    Examples
    --------
    >>> float(chi_squared(7, 2, 10, 9).round(4))
    4.3372
    """
    kinds = ("none", "yates", "conditional")
    if correction not in kinds:
        raise MeasureError(f"correction is {correction!r}{nearest(correction, kinds)}")
    cell, expected = _table(a, b, n1, n2)
    total = cell.sum(axis=0)
    cross = np.abs(cell[0] * cell[3] - cell[1] * cell[2])
    if correction == "yates":
        cross = np.maximum(cross - np.minimum(total / 2, cross), 0)
    elif correction == "conditional":
        cross = cross - np.where((cross >= total / 2) & (expected < 5).any(axis=0), total / 2, 0.0)
    margins = _margins(cell).prod(axis=0)
    value = np.divide(total * cross**2, margins, out=np.zeros_like(total), where=margins > 0)
    return _sign(value, cell, expected) if signed else value


def p_value(statistic: Numbers) -> Floats:
    """Give the p-value of a log-likelihood or chi-squared value with one degree of freedom, whatever its sign."""
    return np.asarray(special.chdtrc(1, np.abs(np.asarray(statistic, dtype=float))))


def fisher(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> tuple[Floats, Floats]:
    """Give the odds ratio by conditional maximum likelihood and the two-sided p of Fisher's exact test (Fisher, 1935).

    Returns
    -------
    tuple of arrays
        Odds ratio (may be infinite) and p-value.

    Examples
    --------
    >>> ratio, p = fisher(7, 2, 10, 9)
    >>> round(float(ratio), 3), round(float(p), 4)
    (7.166, 0.0698)
    """
    from scipy import stats  # takes a second to load, and is needed here only

    cell, _ = _table(a, b, n1, n2)
    shape = cell.shape[1:]
    tables = cell.reshape(4, -1).astype(int).T
    ratios, ps = [], []
    for one, two, three, four in tables:
        square = [[one, two], [three, four]]
        ratios.append(stats.contingency.odds_ratio(square, kind="conditional").statistic)
        ps.append(stats.fisher_exact(square).pvalue)
    return np.asarray(ratios, dtype=float).reshape(shape), np.asarray(ps, dtype=float).reshape(shape)


def log_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Measure the size of a difference as the binary logarithm of the ratio of relative frequencies (Hardie, 2014).

    A frequency of 0 counts as 0.5. 1 means twice as frequent in the target, -2 a quarter as frequent.

    Examples
    --------
    >>> float(log_ratio(100, 50, 1000, 1000))
    1.0
    """
    k, r, n, m = _four(a, b, n1, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2(np.where(k == 0, 0.5, k) / np.where(r == 0, 0.5, r) * (m / n))


def conservative_log_ratio(
    a: Numbers,
    b: Numbers,
    n1: Numbers,
    n2: Numbers,
    *,
    confidence: float = 0.95,
    comparisons: int | None = None,
) -> Floats:
    """Give the log ratio that is still certain: the limit of its exact interval that is nearer to 0 (Evert, 2022).

    Parameters
    ----------
    a, b, n1, n2 : array-like
        See the module's text.
    confidence : float, optional
        Nominal coverage of the interval, over all comparisons together.
    comparisons : int, optional
        How many words are compared (Bonferroni); by default as many as are given.

    Returns
    -------
    array
        0 where the interval holds 0. It treats occurrences as independent; the interval of `keyness`, from resampling
        articles, does not.

    Examples
    --------
    >>> [round(float(x), 2) for x in conservative_log_ratio([100, 3], [50, 2], [1000, 1000], [1000, 1000])]
    [0.43, 0.0]
    """
    k, r, n, m = _four(a, b, n1, n2)
    tail = (1 - confidence) / 2 / max(1, comparisons if comparisons is not None else k.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(k > 0, special.betaincinv(k, r + 1, tail), 0.0)
        high = np.where(r > 0, special.betaincinv(k + 1, r, 1 - tail), 1.0)
        lower, upper = (np.log2(p / (1 - p) * m / n) for p in (low, high))
    return np.where(lower > 0, lower, np.where(upper < 0, upper, 0.0))


def odds_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Give the sample odds ratio ``a (n2 - b) / (b (n1 - a))``; infinite when only the target has the word.

    Examples
    --------
    >>> round(float(odds_ratio(100, 50, 1000, 1000)), 4)
    2.1111
    """
    cell, _ = _table(a, b, n1, n2)
    above, below = cell[0] * cell[3], cell[1] * cell[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)


def percent_difference(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Give the difference of relative frequencies in per cent of the reference (Gabrielatos and Marchi, 2011).

    Examples
    --------
    >>> round(float(percent_difference(58, 10, 5000, 50000)), 6)
    5700.0
    """
    k, r, n, m = _four(a, b, n1, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * (k * m / (r * n) - 1)


def bayes_factor(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Give the approximate Bayes factor (BIC) of the two-cell log-likelihood: ``G² - ln(n1 + n2)`` (Wilson, 2013).

    Examples
    --------
    >>> round(float(bayes_factor(100, 50, 1000, 1000)), 3)
    9.389
    """
    _, _, n, m = _four(a, b, n1, n2)
    return log_likelihood(a, b, n1, n2, cells=2, signed=False) - np.log(n + m)


def pointwise_mutual_information(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, base: float = 2, power: int = 1
) -> Floats:
    """Give the logarithm of observed over expected occurrences (Church and Hanks, 1990).

    Parameters
    ----------
    a, b, n1, n2 : array-like
        See the module's text.
    base : float, optional
        Of the logarithm; 2 gives bits.
    power : int, optional
        Power of the observed count: 3 gives MI3, which favours rare words less (Daille, 1994).

    Returns
    -------
    array
        Minus infinity where nothing was observed.

    Examples
    --------
    >>> round(float(pointwise_mutual_information(20, 0, 42, 14307626)), 2)
    18.38
    """
    cell, expected = _table(a, b, n1, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(cell[0] ** power / expected[0]) / np.log(base))


def _four(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> list[Floats]:
    k, r, n, m = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (a, b, n1, n2)))
    if (k > n).any() or (r > m).any() or (k < 0).any() or (r < 0).any():
        raise MeasureError("a word cannot occur more often than there are tokens, nor less than never")
    return [k, r, n, m]


def _table(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> tuple[Floats, Floats]:
    k, r, n, m = _four(a, b, n1, n2)
    cell = np.stack([k, r, n - k, m - r])
    total = np.where(n + m > 0, n + m, 1)
    return cell, np.stack([row * column / total for row in (k + r, n - k + m - r) for column in (n, m)])


def _margins(cell: Floats) -> Floats:
    return np.stack([cell[0] + cell[1], cell[2] + cell[3], cell[0] + cell[2], cell[1] + cell[3]])


def _williams(cell: Floats) -> Floats:
    total = cell.sum(axis=0)
    margins = _margins(cell)
    with np.errstate(divide="ignore", invalid="ignore"):
        q = 1 + (total / margins[0] + total / margins[1] - 1) * (
            total / margins[2] + total / margins[3] - 1
        ) / (6 * total)
    return np.where(np.isfinite(q), q, 1.0)


def _sign(value: Floats, cell: Floats, expected: Floats) -> Floats:
    return np.where(cell[0] < expected[0], -value, value)
