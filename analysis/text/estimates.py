"""Shares, rates and differences with intervals from resampling articles: one family for every subject.

Words, mentions and quotations of one article resemble each other, so they are no independent observations. The
unit that is drawn is therefore the *article*: each resample draws as many articles as the group has, with
replacement, and the share is computed anew. What happens once an article (an article names an actor, or not) is a
plain proportion and gets a Wilson interval instead.

How far the resamples differ says how many independent observations the articles are worth; the limits are those of
the score interval for that number, at Student's t for the articles that hold the item (see
`analysis.text.intervals.bootstrap_limits`): a percentile interval alone is too narrow for rare items and few articles,
and gives "0 to 0" for nought of forty.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.contrast import newcombe, ratio, resampled_difference, side
from analysis.text.intervals import CONFIDENCE, benjamini_hochberg, bootstrap_limits, wilson
from analysis.text.resampling import generator, ratio_draws
from analysis.text.tally import Tally, comparable, tally

# With fewer than ten articles one article moves a share by ten points or more, and intervals of common items are
# wider than 30 points in the simulation of benchmarks/coverage.py: nothing can be ranked.
MINIMUM_ARTICLES = 10
RESAMPLES = 2000
SEED = 2026


def shares(
    rows: pd.DataFrame | pl.DataFrame,
    articles: pd.DataFrame | pl.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    unit: str = "rows",
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    items: Sequence[str] | None = None,
    interval: str = "score",
) -> pd.DataFrame:
    """Estimate how large a share each item has in each group.

    Parameters
    ----------
    rows : DataFrame
        A layer, or any table with ``article_id`` and the item column. Rows of articles that are not in `articles`
        are not counted. A row whose item is missing or empty counts in *n* and is no item.
    articles : DataFrame
        One row an article, with ``article_id`` and the `by` column; it says which articles exist, also those
        without a row. A missing group is the group "unknown".
    item : str
        Column of `rows` whose values are compared, such as ``"label"``.
    by : str, optional
        Column of `articles` that makes the groups.
    unit : {"rows", "articles"}, optional
        ``"rows"``: *k* rows of the item among the *n* rows of the group; interval by resampling articles.
        ``"articles"``: *k* articles with at least one such row among the *n* articles of the group; Wilson's
        interval (Wilson, 1927).
    resamples : int, optional
        Number of bootstrap resamples.
    seed : int, optional
        Seed of the random generator. The same articles give the same interval in any order, and beside any other
        groups.
    minimum : int, optional
        Articles a group needs before it is compared (see ``enough``).
    items : sequence of str, optional
        The items to show, also those that never occur; by default all that occur. The others still count in *n*.
    interval : {"score", "percentile", "bca"}, optional
        What is made of the resamples: the score interval for as many independent observations as move like them (Korn and
        Graubard, 1998), quantiles widened for few articles (Hesterberg, 2015), or such corrected for bias and
        acceleration (Efron, 1987). docs/measures.md says how far each holds.

    Returns
    -------
    pandas.DataFrame
        One row for every group and item, also where *k* is 0: ``group``, ``item``, ``k``, ``n``, ``share`` (0 to
        1), ``low``, ``high`` (95 %), ``enough``, ``n_articles``. Items by total, of articles where these are counted,
        largest first; groups by name.
        Where *n* is 0, share and limits are missing and ``enough`` is false: nothing was there to be counted.

    Raises
    ------
    MeasureError
        When a column is absent, an article occurs twice, or the unit is unknown.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette", "Harbour Gazette"]})
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "label": ["war", "war", "conflict"]})
    >>> shares(rows, articles, item="label", unit="articles")[["item", "k", "n", "share", "enough"]]
           item  k  n  share  enough
    0       war  1  2    0.5   False
    1  conflict  1  2    0.5   False
    """
    if unit not in ("rows", "articles"):
        raise MeasureError(f"unit is {unit!r}{nearest(unit, ('rows', 'articles'))}")
    table = tally(rows, articles, item=item, by=by, items=items)
    return _estimated(table, unit, seed, resamples=resamples, minimum=minimum, interval=interval)


def rates(
    rows: pd.DataFrame | pl.DataFrame,
    articles: pd.DataFrame | pl.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    per: int = 1000,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    items: Sequence[str] | None = None,
    interval: str = "score",
) -> pd.DataFrame:
    """Estimate how often each item occurs in a thousand words of each group.

    Parameters
    ----------
    rows, articles, item, by, resamples, seed, minimum, items, interval
        As in `shares`. The words of an article are the tokens of its ``body`` (`analysis.text.tokens`); where that
        column is absent, its ``n_words``.
    per : int, optional
        Words the rate refers to: 1,000, or 1,000,000 for rare things.

    Returns
    -------
    pandas.DataFrame
        As `shares`; *n* is the number of words and ``share`` the rate, ``per * k / n``, as are the limits.

    Raises
    ------
    MeasureError
        When a column is absent, or there is neither ``body`` nor ``n_words``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "n_words": [500]})
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "actor": ["Ministry", "Ministry"]})
    >>> rates(rows, articles, item="actor")[["item", "k", "n", "share"]]
           item  k    n  share
    0  Ministry  2  500    4.0
    """
    table = tally(rows, articles, item=item, by=by, items=items, words=True)
    result = _estimated(table, "words", seed, resamples=resamples, minimum=minimum, interval=interval)
    return result.assign(**{name: result[name] * per for name in ("share", "low", "high")})


def differences(
    rows: pd.DataFrame | pl.DataFrame,
    articles: pd.DataFrame | pl.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    unit: str = "rows",
    groups: Sequence[tuple[str, str]] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    items: Sequence[str] | None = None,
    interval: str = "score",
) -> pd.DataFrame:
    """Estimate by how much two groups differ in the share of each item.

    Parameters
    ----------
    rows, articles, item, by, resamples, seed, minimum, items, interval
        As in `shares`.
    unit : {"rows", "articles", "words"}, optional
        As in `shares`; ``"words"`` compares rates per 1,000 words. The interval joins those of the two
        groups (Newcombe, 1998; Zou and Donner, 2008); *p* is Fisher's exact test for shares of articles, else from
        resampling both groups.
    groups : sequence of pairs, optional
        The pairs to compare, ``[("A", "B")]`` for A minus B; by default every pair, in the order of names.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``against``, ``item``, ``k``, ``n``, ``share``, ``k_against``, ``n_against``, ``share_against``,
        ``difference`` (share minus share_against), ``low``, ``high`` (95 %), ``p`` (two-sided), ``q`` (p after
        Benjamini–Hochberg over all rows of the table), ``enough`` (both groups have), ``clear`` (enough, the
        interval leaves out 0, and q < .05).

    Raises
    ------
    MeasureError
        When a group is unknown, or there are fewer than two.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["East", "East", "West", "West"]})
    >>> rows = pd.DataFrame({"article_id": list("aabcd"), "label": ["war", "war", "war", "war", "conflict"]})
    >>> differences(rows, articles, item="label")[["group", "against", "item", "difference", "clear"]]
      group against      item  difference  clear
    0  East    West  conflict        -0.5  False
    1  East    West       war         0.5  False
    """
    if unit not in ("rows", "articles", "words"):
        raise MeasureError(f"unit is {unit!r}{nearest(unit, ('rows', 'articles', 'words'))}")
    table = tally(rows, articles, item=item, by=by, items=items, words=unit == "words")
    held = {name: (counts, sizes) for name, counts, sizes in table.groups()}
    pairs = list(combinations(held, 2)) if groups is None else list(groups)
    if not pairs:
        raise MeasureError(f"a difference needs two groups; {by!r} has {', '.join(held) or 'none'}")
    for name in (name for pair in pairs for name in pair):
        if name not in held:
            raise MeasureError(f"no articles with {by} {name!r}{nearest(name, held)}")
    scale = 1000.0 if unit == "words" else 1.0
    parts = []
    for one, two in pairs:
        first, second = side(*held[one], unit=unit), side(*held[two], unit=unit)
        if unit == "articles":
            low, high, p = newcombe(first, second)
        else:
            low, high, p = resampled_difference(
                held[one],
                held[two],
                (seed, one, two),
                resamples=resamples,
                bounded=unit == "rows",
                interval=interval,
            )
        enough = all(comparable(name, held[name][0].shape[0], minimum=minimum) for name in (one, two))
        share, other = scale * ratio(*first), scale * ratio(*second)
        parts.append(
            pd.DataFrame(
                {
                    "group": one,
                    "against": two,
                    "item": table.items,
                    "k": first[0],
                    "n": first[1],
                    "share": share,
                    "k_against": second[0],
                    "n_against": second[1],
                    "share_against": other,
                    "difference": share - other,
                    "low": scale * low,
                    "high": scale * high,
                    "p": p,
                    "enough": enough,
                }
            )
        )
    result = pd.concat(parts, ignore_index=True)
    result.insert(13, "q", benjamini_hochberg(result["p"].to_numpy()))
    beyond = (result["low"] > 0) | (result["high"] < 0)
    result["clear"] = result["enough"] & beyond & (result["q"] < 1 - CONFIDENCE)
    return result


def _estimated(
    table: Tally, unit: str, seed: int, *, resamples: int, minimum: int, interval: str
) -> pd.DataFrame:
    """Give *k*, *n*, their ratio and its interval for every group and item, items by total."""
    parts = []
    for name, counts, sizes in table.groups():
        k, n = side(counts, sizes, unit=unit)
        low = high = np.full(len(k), np.nan)
        if unit == "articles":
            low, high = wilson(k, np.full(len(k), n))
        elif n:
            draws = ratio_draws(counts, sizes, resamples=resamples, rng=generator(seed, name))
            low, high = bootstrap_limits(draws, counts, sizes, bounded=unit == "rows", interval=interval)
        parts.append(
            pd.DataFrame(
                {
                    "group": name,
                    "item": table.items,
                    "k": k.astype(int),
                    "n": n,
                    "share": ratio(k, n),
                    "low": low,
                    "high": high,
                    "enough": comparable(name, counts.shape[0], minimum=minimum) and n > 0,
                    "n_articles": counts.shape[0],
                }
            )
        )
    if not parts:
        raise MeasureError("there are no articles, so there are no groups to estimate for")
    # where articles are counted, an item of more articles comes first, however often each repeats it
    held = [table.counts > 0, table.counts] if unit == "articles" else [table.counts]
    result = pd.concat(parts, ignore_index=True)
    for place, counts in enumerate(held):
        total = dict(zip(table.items, -np.asarray(counts.sum(axis=0)).ravel(), strict=True))
        result[f"_{place}"] = result["item"].map(total).astype(float)
    order = [f"_{place}" for place in range(len(held))]
    return result.sort_values([*order, "item", "group"], kind="stable", ignore_index=True).drop(columns=order)
