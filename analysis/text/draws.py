"""Resampled word counts: a thousand bootstrap frequency lists of a corpus, a block of words at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse, special

from analysis.text.intervals import CONFIDENCE
from analysis.text.resampling import Floats, generator, weights
from analysis.text.shelf import Shelf
from analysis.text.termcounts import TermCounts

Singles = npt.NDArray[np.float32]
Drawn = npt.NDArray[np.uint8]
Result = TypeVar("Result")

# A block of 1,500 words with a thousand resamples holds 6 MB a side; two blocks are in work at a time.
_BLOCK = 1500
_THREADS = 2
# resamples turned at a time: what is read of a file, however little, brings sixteen pages into memory
_PIECE = 64
# where this part of a block is filled, the dense product is the faster one
_DENSE = 0.08


def drawn_articles(counts: TermCounts, *, resamples: int, seed: int, shelf: Shelf) -> Drawn:
    """Draw articles with replacement inside each group.

    Parameters
    ----------
    counts : TermCounts
        Counts of a corpus.
    resamples : int
        Number of resamples.
    seed : int
        Seed of the random generator; the draws of a group do not depend on the other groups.
    shelf : Shelf
        Where they are kept.

    Returns
    -------
    array of shape (articles, resamples)
        How often each article was drawn; more than 255 times does not happen.
    """
    aside = Shelf()
    drawn = aside.empty((resamples, counts.matrix.shape[0]), np.uint8)
    for group in counts.groups:
        rows, done = np.flatnonzero(counts.inside(group)), 0
        for block in weights(len(rows), resamples=resamples, rng=generator(seed, group)):
            drawn[done : done + len(block), rows] = block
            done += len(block)
            aside.rest()
    return _by_article(drawn, aside, shelf)


def dealt_articles(
    counts: TermCounts, one: str, two: str, *, resamples: int, seed: int, shelf: Shelf
) -> Drawn:
    """Deal the articles of two groups to them anew, by chance.

    Parameters
    ----------
    counts : TermCounts
        Counts of a corpus.
    one, two : str
        The groups; the first is dealt as many articles as it has.
    resamples, seed, shelf
        As in `drawn_articles`.

    Returns
    -------
    array of shape (articles, resamples)
        1 for an article that was dealt to the first group.
    """
    aside = Shelf()
    dealt = aside.empty((resamples, counts.matrix.shape[0]), np.uint8)
    first, second = (np.flatnonzero(counts.inside(group)) for group in (one, two))
    both, rng = np.concatenate([first, second]), generator(seed, one, two)
    for row in dealt:
        row[:] = 0
        row[both[rng.permutation(len(both))[: len(first)]]] = 1
        aside.rest()
    return _by_article(dealt, aside, shelf)


def _by_article(drawn: Drawn, aside: Shelf, shelf: Shelf) -> Drawn:
    """Turn a table of resamples and articles, some articles at a time: what is drawn is asked for by article."""
    turned = shelf.empty(drawn.shape[::-1], np.uint8)
    for start in range(0, len(turned), _BLOCK):
        some = slice(start, start + _BLOCK)
        for first in range(0, drawn.shape[0], _PIECE):
            piece = slice(first, first + _PIECE)
            turned[some, piece] = drawn[piece, some].T
            aside.rest()
        shelf.rest()
    return turned


def by_block(function: Callable[[slice], Result], n_words: int) -> list[Result]:
    """Do something for a block of words after the other, two at a time."""
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(function, (slice(at, at + _BLOCK) for at in range(0, n_words, _BLOCK))))


class WordRows:
    """Counts of some words in some articles, word by word, for sums over resamples.

    Parameters
    ----------
    counts : TermCounts
        Counts of a corpus.
    inside : array of bool
        The articles.
    forms : array of int
        Positions of the words; `sums` goes by their order.
    shelf : Shelf
        Where the counts are kept.
    """

    def __init__(
        self, counts: TermCounts, inside: npt.NDArray[np.bool_], forms: npt.NDArray[np.int64], shelf: Shelf
    ) -> None:
        self._shelf = shelf
        self._parts: list[tuple[npt.NDArray[np.int64], sparse.csr_array]] = []
        for rows, block in counts.blocks():
            mine = np.flatnonzero(inside[rows])
            if len(mine):
                words = sparse.csr_array(block[mine].T)[forms]
                kept = (words.data.astype(np.float32), words.indices, words.indptr)
                part = sparse.csr_array(tuple(map(shelf.keep, kept)), shape=words.shape)
                self._parts.append((mine + rows.start, part))
                shelf.rest()

    def sums(self, words: slice, drawn: npt.NDArray[Any]) -> Singles:
        """Give the occurrences of some of the words in each resample."""
        width = len(range(*words.indices(self._parts[0][1].shape[0])))
        total = np.zeros((width, drawn.shape[1]), dtype=np.float32)
        for articles, counts in self._parts:
            chosen, weight = counts[words], drawn[articles].astype(np.float32)
            dense = chosen.nnz > _DENSE * chosen.shape[0] * chosen.shape[1]
            total += chosen.toarray() @ weight if dense else chosen @ weight
            self._shelf.rest()
        return total

    def size(self, drawn: Drawn) -> Floats:
        """Give the occurrences of all of the words in each resample."""
        total = np.zeros(drawn.shape[1])
        for articles, counts in self._parts:
            total += counts.sum(axis=0) @ drawn[articles].astype(np.float32)
            self._shelf.rest()
        return total


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
    shelf = Shelf()
    drawn = drawn_articles(counts, resamples=resamples, seed=seed, shelf=shelf)
    inside = counts.inside(target)
    outside = ~inside if reference is None else np.zeros_like(inside) if fixed else counts.inside(reference)
    tokens = counts.articles["n_tokens"].to_numpy()
    fewest = int(inside.sum()) if fixed else int(min(inside.sum(), outside.sum()))
    size_one, size_two = (_sizes(tokens, side, drawn, shelf) for side in (inside, outside))
    # a resample that drew only empty articles says nothing about rates
    usable = (size_one > 0) & ((size_two > 0) | (fixed is not None))
    if usable.sum() < 2 or not len(forms):
        missing = np.full(len(forms), np.nan)
        return missing, missing.copy(), missing.copy()
    totals = [_totals(counts, side) for side in (inside, outside)]
    chosen = slice(None) if usable.all() else np.flatnonzero(usable)
    size_one, size_two = size_one[chosen], size_two[chosen]
    # words of like frequency together: a block of frequent ones is better multiplied as a dense table
    order = np.argsort(-(totals[0] + totals[1])[forms], kind="stable")
    forms = forms[order]
    one = WordRows(counts, inside, forms, shelf)
    two = None if fixed else WordRows(counts, outside, forms, shelf)
    sizes = (float(tokens[inside].sum()), float(tokens[outside].sum() if fixed is None else fixed[1]))
    limits = _levels(fewest)

    def block(words: slice) -> tuple[Floats, Floats, Floats]:
        n1, n2 = totals[0][forms[words]], (totals[1] if fixed is None else fixed[0])[forms[words]]
        rate = _rates(one.sums(words, drawn)[:, chosen], size_one)
        if two is None:
            rate /= (np.maximum(n2, 0.5) / sizes[1])[:, None].astype(np.float32)
        else:
            rate /= _rates(two.sums(words, drawn)[:, chosen], size_two)
        return _limits(rate, np.maximum(n1, 0.5) / sizes[0], np.maximum(n2, 0.5) / sizes[1], sizes, limits)

    parts = by_block(block, len(forms))
    back = np.argsort(order, kind="stable")
    low, high, p = (np.concatenate([part[i] for part in parts])[back] for i in range(3))
    return low, high, p


def _sizes(
    tokens: npt.NDArray[np.int64], inside: npt.NDArray[np.bool_], drawn: Drawn, shelf: Shelf
) -> Singles:
    """Sum the tokens of each resample."""
    total = np.zeros(drawn.shape[1])
    rows = np.flatnonzero(inside)
    for start in range(0, len(rows), _BLOCK):
        some = rows[start : start + _BLOCK]
        total += tokens[some].astype(float) @ drawn[some].astype(float)
        shelf.rest()
    return total.astype(np.float32)


def _rates(sums: Singles, size: Singles) -> Singles:
    """Divide occurrences, none counting half, by tokens; in place, because a block is large."""
    np.maximum(sums, 0.5, out=sums)
    return np.divide(sums, size, out=sums)


def _totals(counts: TermCounts, inside: npt.NDArray[np.bool_]) -> Floats:
    names = counts.articles["group"].filter(pl.Series(inside)).unique()
    total = np.zeros(counts.matrix.shape[1])
    for name in names.sort():
        total += counts.totals[name].n
    return total


def _limits(
    ratios: Singles,
    rate1: Floats,
    rate2: Floats,
    sizes: tuple[float, float],
    levels: tuple[float, float, float],
) -> tuple[Floats, Floats, Floats]:
    last = ratios.shape[1] - 1
    cut = int(np.floor(levels[0] * last)), int(np.ceil(levels[1] * last))
    # the natural logarithm is the one that numpy computes many at a time
    draws = np.log(ratios, out=ratios)
    variance = draws.var(axis=1) / np.log(2) ** 2
    draws.partition(cut, axis=1)
    low, high = draws[:, cut[0]] / np.log(2), draws[:, cut[1]] / np.log(2)
    independent = (1 / (rate1 * sizes[0]) + 1 / (rate2 * sizes[1])) / np.log(2) ** 2
    error = np.sqrt(np.maximum(variance, independent))
    point = np.log2(rate1 / rate2)
    half = levels[2] * error
    p = 2 * special.ndtr(-np.abs(point) / error * special.ndtri((1 + CONFIDENCE) / 2) / levels[2])
    return np.minimum(low, point - half), np.maximum(high, point + half), p


def _levels(n_articles: int) -> tuple[float, float, float]:
    """Quantiles of the expanded percentile interval, and Student's t for the normal one."""
    level = (1 + CONFIDENCE) / 2
    if n_articles < 2:
        return 0.0, 1.0, float(special.ndtri(level))
    t = float(special.stdtrit(n_articles - 1, level))
    wide = t * np.sqrt(n_articles / (n_articles - 1))
    return float(special.ndtr(-wide)), float(special.ndtr(wide)), t
