"""Means and medians of numbers by group, with intervals from resampling articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.estimates import MINIMUM_ARTICLES, RESAMPLES, SEED
from analysis.text.intervals import bca_limits
from analysis.text.resampling import generator, jackknife, percentile_limits, statistic_draws
from analysis.text.tally import UNKNOWN, as_pandas, comparable


def averages(
    rows: pd.DataFrame | pl.DataFrame,
    *,
    value: str | Sequence[str],
    by: str = "group",
    statistic: str = "mean",
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    interval: str = "percentile",
) -> pd.DataFrame:
    """Estimate the mean or median of a number in each group, such as a readability score or a depth in the article.

    Parameters
    ----------
    rows : DataFrame
        ``article_id``, the `by` column and the number; one row an article, or several. Missing numbers are left out.
    value : str or sequence of str
        Column of the number, or several columns.
    by : str, optional
        Column that makes the groups.
    statistic : {"mean", "median"}, optional
        Of all rows of the group.
    resamples, seed, minimum
        As in `analysis.text.estimates.shares`.
    interval : {"percentile", "bca"}, optional
        Quantiles of the resamples, widened for few articles (Hesterberg, 2015), or corrected (Efron, 1987).

    Returns
    -------
    pandas.DataFrame
        ``group``, ``item`` (the name of the number), ``n`` (numbers), ``value``, ``low``, ``high`` (95 %, from resampling articles),
        ``enough``, ``n_articles``. One article gives no interval: its limits are missing.

    Raises
    ------
    MeasureError
        When a column is absent or the statistic unknown.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": list("abc"), "group": "East", "flesch": [40.0, 50.0, 60.0]})
    >>> averages(rows, value="flesch")[["group", "item", "n", "value", "enough"]]
      group    item  n  value  enough
    0  East  flesch  3   50.0   False
    """
    if statistic not in ("mean", "median"):
        raise MeasureError(f"statistic is {statistic!r}{nearest(statistic, ('mean', 'median'))}")
    if interval not in ("percentile", "bca"):
        raise MeasureError(f"interval is {interval!r}{nearest(interval, ('percentile', 'bca'))}")
    frame = as_pandas(rows)
    values = [value] if isinstance(value, str) else list(value)
    for name in ("article_id", by, *values):
        if name not in frame.columns:
            raise MeasureError(f"rows have no column {name!r}{nearest(name, map(str, frame.columns))}")
    ordered = frame.assign(_group=frame[by].fillna(UNKNOWN).astype(str)).sort_values(
        "article_id", kind="stable"
    )
    return pd.DataFrame(
        [
            _average(part, name, str(group), statistic, resamples, seed, minimum, interval)
            for name in values
            for group, part in ordered.groupby("_group", sort=True)
        ],
        columns=["group", "item", "n", "value", "low", "high", "enough", "n_articles"],
    )


def _average(
    rows: pd.DataFrame,
    value: str,
    group: str,
    statistic: str,
    resamples: int,
    seed: int,
    minimum: int,
    interval: str,
) -> dict[str, Any]:
    here = rows[rows[value].notna()]
    numbers = here[value].to_numpy(dtype=np.float64)
    article = pd.factorize(here["article_id"])[0]
    m = int(article.max(initial=-1)) + 1
    point = float(getattr(np, statistic)(numbers)) if m else np.nan
    low = high = np.array([np.nan])
    if m > 1:
        draws = statistic_draws(numbers, article, statistic, resamples=resamples, rng=generator(seed, group))
        if interval == "bca":
            without = jackknife(numbers, article, statistic)
            low, high = bca_limits(draws[:, None], [point], without[:, None])
        else:
            low, high = percentile_limits(draws[:, None], n_articles=m)
    return {
        "group": group,
        "item": value,
        "n": len(numbers),
        "value": point,
        "low": float(low[0]),
        "high": float(high[0]),
        "enough": comparable(group, m, minimum=minimum),
        "n_articles": m,
    }
