"""How alike the vocabularies of groups are, and which words make them differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import MeasureError
from analysis.text.batches import Articles
from analysis.text.draws import Drawn, WordRows, by_block, dealt_articles, drawn_articles
from analysis.text.estimates import MINIMUM_ARTICLES, SEED
from analysis.text.frequencies import as_counts
from analysis.text.resampling import Floats, percentile_limits
from analysis.text.shelf import Shelf
from analysis.text.tally import comparable
from analysis.text.termcounts import TermCounts
from analysis.text.tokens import function_words

MEASURES = ("cosine", "jensen_shannon")
# Draws and shuffles multiply whole vocabularies; 200 settle the limits to about a tenth of their width.
RESAMPLES = 200


def similarity(
    articles: Articles | TermCounts,
    *,
    by: str = "outlet",
    minimum_documents: int = 3,
    without_function_words: bool = True,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    **options: Any,
) -> pd.DataFrame:
    """Compare the word frequencies of every two groups.

    Parameters
    ----------
    articles : Articles or TermCounts
        Articles, or counts made from them.
    by : str, optional
        Column that makes the groups.
    minimum_documents : int, optional
        Leave out words in fewer articles of the corpus.
    without_function_words : bool, optional
        Leave out the words of `analysis.text.tokens.function_words`, which are alike everywhere.
    resamples : int, optional
        Resamples of articles for the intervals, and shuffles of articles for the baseline.
    seed : int, optional
        Seed of the random generator.
    minimum : int, optional
        Articles a group needs before it is compared.
    **options
        As in `analysis.text.counts.count`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``against``, ``measure``: ``cosine`` of relative frequencies (Salton and McGill, 1983), 0 to 1 for the same,
        or ``jensen_shannon`` divergence in bits (Lin, 1991), 0 for the same to 1; ``value``; ``low``, ``high`` (95 %, from resampling
        articles, moved by the bias of resampling); ``shuffled``: the value when the same articles are dealt to the two
        groups by chance, because few articles make any two groups differ; ``beyond_chance``: whether the value lies
        outside 95 % of the shuffles; ``enough``.

    Raises
    ------
    MeasureError
        When fewer than two groups have words, or no word is left to compare. A group without one has no rows.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["war war", "war peace"]})
    >>> similarity(articles, minimum_documents=1, resamples=20)[["measure", "value", "enough"]].round(3)
              measure  value  enough
    0          cosine  0.707   False
    1  jensen_shannon  0.311   False
    """
    counts, keep = _kept(articles, by, minimum_documents, without_function_words, options)
    groups = [group for group in counts.groups if counts.totals[group].n[keep].any()]
    if len(groups) < 2:
        raise MeasureError(
            f"similarity needs two groups with words; {by!r} has {', '.join(groups) or 'none'}"
        )
    n = {group: counts.totals[group].n[keep].astype(float)[:, None] for group in groups}
    shelf = Shelf()
    drawn = drawn_articles(counts, resamples=resamples, seed=seed, shelf=shelf)
    words_of = {group: WordRows(counts, counts.inside(group), keep, shelf) for group in groups}
    n_articles = {group: int(counts.inside(group).sum()) for group in groups}
    rows = []
    for one, two in combinations(groups, 2):
        point = _point(n[one], n[two])
        sides = words_of[one], words_of[two]
        resampled = _resampled(sides, drawn, len(keep))
        dealt = dealt_articles(counts, one, two, resamples=resamples, seed=seed, shelf=Shelf())
        chance = _shuffled(sides, dealt, n[one] + n[two])
        fewest = min(n_articles[one], n_articles[two])
        low, high = percentile_limits(_moved(resampled, point), n_articles=fewest)
        usual = np.quantile(chance, [0.025, 0.975], axis=0) if resamples else np.full((2, 2), np.nan)
        for at, measure in enumerate(MEASURES):
            rows.append(
                {
                    "group": one,
                    "against": two,
                    "measure": measure,
                    "value": point[at],
                    "low": float(np.clip(low[at], 0, 1)),
                    "high": float(np.clip(high[at], 0, 1)),
                    "shuffled": float(np.median(chance[:, at])) if resamples else np.nan,
                    "beyond_chance": bool(not usual[0, at] <= point[at] <= usual[1, at]),
                    "enough": all(comparable(name, n_articles[name], minimum=minimum) for name in (one, two)),
                }
            )
    return pd.DataFrame(rows)


def word_shift(
    articles: Articles | TermCounts,
    target: str,
    reference: str,
    *,
    by: str = "outlet",
    minimum_documents: int = 3,
    without_function_words: bool = True,
    **options: Any,
) -> pd.DataFrame:
    """Divide the difference between two groups among the words that make it.

    Parameters
    ----------
    articles : Articles or TermCounts
        Articles, or counts made from them.
    target, reference : str
        The two groups.
    by, minimum_documents, without_function_words, **options
        As in `similarity`.

    Returns
    -------
    pandas.DataFrame
        ``form``, ``n``, ``n_against``, ``share``, ``share_against`` (of the words compared), ``contribution``, in bits: the part of the
        Jensen–Shannon divergence that is due to the word (Gallagher et al., 2021), never negative, summing to the
        divergence; ``part``, of the whole; ``side``, the group that uses the word more. Largest contribution first.
        ``attrs["divergence"]`` is their sum.

    Raises
    ------
    MeasureError
        When a group is unknown or no word is left to compare.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["war war", "war peace"]})
    >>> word_shift(articles, "East", "West", minimum_documents=1)[["form", "contribution", "side"]].round(3)
        form  contribution  side
    0  peace         0.250  West
    1    war         0.061  East
    """
    counts, keep = _kept(articles, by, minimum_documents, without_function_words, options)
    n = [counts.totals[counts.known(group)].n[keep].astype(float) for group in (target, reference)]
    for group, sums in zip((target, reference), n, strict=True):
        if not sums.sum():
            raise MeasureError(f"group {group!r} has none of the words compared; lower minimum_documents")
    p, q = (sums / sums.sum() for sums in n)
    part = _divergence(p, q)
    table = pd.DataFrame(
        {
            "form": counts.forms.to_numpy()[keep],
            "n": n[0].astype(int),
            "n_against": n[1].astype(int),
            "share": p,
            "share_against": q,
            "contribution": part,
            "part": part / part.sum() if part.sum() else 0.0,
            "side": np.where(p > q, target, np.where(p < q, reference, "")),
        }
    )
    result = table.sort_values(
        ["contribution", "form"], ascending=[False, True], kind="stable", ignore_index=True
    )
    result.attrs = {"divergence": float(part.sum())}
    return result


def _kept(
    articles: Articles | TermCounts, by: str, minimum_documents: int, content: bool, options: dict[str, Any]
) -> tuple[TermCounts, npt.NDArray[np.int64]]:
    counts = as_counts(articles, by=by, **options)
    documents = sum(total.documents for total in counts.totals.values())
    keep = documents >= np.full(len(counts.forms), minimum_documents)
    if content:
        keep &= ~counts.forms.is_in(list(function_words())).to_numpy()
    if not keep.any():
        raise MeasureError(f"no word stands in {minimum_documents} or more articles; lower minimum_documents")
    return counts, np.flatnonzero(keep)


def _point(one: Floats, two: Floats) -> Floats:
    """Measure two groups as they are."""
    sizes = [one.sum(axis=0), two.sum(axis=0)]
    point: Floats = _measured(lambda words: [one[words], two[words]], sizes, len(one))[0]
    return point


def _resampled(sides: tuple[WordRows, WordRows], drawn: Drawn, n_words: int) -> Floats:
    """Measure two groups in every resample of their articles."""
    sizes = [side.size(drawn) for side in sides]
    return _measured(lambda words: [side.sums(words, drawn) for side in sides], sizes, n_words)


def _shuffled(sides: tuple[WordRows, WordRows], dealt: Drawn, whole: Floats) -> Floats:
    """Measure two groups whose articles were dealt to them anew."""

    def sums(words: slice) -> list[npt.NDArray[Any]]:
        first = sides[0].sums(words, dealt) + sides[1].sums(words, dealt)
        return [first, whole[words] - first]

    size = sides[0].size(dealt) + sides[1].size(dealt)
    return _measured(sums, [size, whole.sum() - size], len(whole))


def _measured(
    sums: Callable[[slice], Sequence[npt.NDArray[Any]]], sizes: Sequence[Floats], n_words: int
) -> Floats:
    """Compute both measures from the occurrences of words in two groups, for many drawings and some words at a time.

    Returns
    -------
    array of shape (drawings, 2)
        Missing (NaN) where a group has none of the words.
    """

    def part(words: slice) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            p, q = (n / size for n, size in zip(sums(words), sizes, strict=True))
        return np.stack([side.sum(axis=0) for side in (p * q, p * p, q * q, _divergence(p, q))])

    both, one, two, divergence = np.sum(by_block(part, n_words), axis=0)
    cosine = both / np.sqrt(one * two)
    return np.stack([cosine, np.where(np.isnan(cosine), np.nan, divergence)], axis=1)


def _divergence(p: Floats, q: Floats) -> Floats:
    """Give each word's part of the Jensen–Shannon divergence, in bits."""
    middle = (p + q) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(side > 0, side * np.log2(side / middle), 0.0) for side in (p, q)]
    return np.maximum((parts[0] + parts[1]) / 2, 0)


def _moved(draws: Floats, point: Floats) -> Floats:
    """Move resampled values to the estimate: resampling itself makes two groups look less alike."""
    return draws - np.nanmean(draws, axis=0) + point if len(draws) else draws
