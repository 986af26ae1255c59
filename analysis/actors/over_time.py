"""When an actor is in the news: the share of articles that name it, week by week."""

from __future__ import annotations

import pandas as pd
import polars as pl

from analysis.errors import MeasureError
from analysis.text import estimates
from analysis.text.trend import PERIODS

_COLUMNS = ("group", "period", "item", "k", "n", "share", "low", "high", "enough")


def over_time(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actors: list[str],
    every: str = "week",
    by: str = "outlet",
    minimum: int = estimates.MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate by period which share of an outlet's articles names each actor.

    Attention over time, on the unit of the article (SAL1; Entman, 1993); a week with few articles says little, which
    the interval shows (Wilson, 1927).

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``, best names only (see `names_only`).
    articles : pandas.DataFrame
        The articles, with ``published`` and the `by` column; those known to less than a day, or undated, are left out.
    actors : list of str
        The actors.
    every : {"day", "week", "month", "year"}, optional
        The period; weeks begin on Monday.
    by : str, optional
        Column of `articles` that makes the groups.
    minimum : int, optional
        Articles of a period from which on its share is compared.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``period`` (its first day), ``item`` (actor), ``k`` articles that name it of ``n``, ``share`` (0 to 1),
        ``low``, ``high``, ``enough``; only periods in which the group has articles. Empty where no article is dated.

    Raises
    ------
    MeasureError
        When the period is unknown.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Harbour Gazette",
    ...                          "published": pd.to_datetime(["2024-08-19", "2024-08-27"])})
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "actor": ["Berg", "Berg"]})
    >>> over_time(rows, articles, actors=["Berg"])[["period", "k", "n"]].astype(str)
           period  k  n
    0  2024-08-19  1  1
    1  2024-08-26  0  1
    """
    if every not in PERIODS:
        raise MeasureError(f"every is {every!r}; known are {', '.join(PERIODS)}")
    known = articles["published"].notna()
    if "published_precision" in articles:
        known &= articles["published_precision"].eq("day")
    dated = articles[known]
    if dated.empty or not actors:
        return pd.DataFrame(columns=[*_COLUMNS])
    days = pl.Series(pd.to_datetime(dated["published"]).dt.date.tolist(), dtype=pl.Date)
    periods = days.dt.truncate(PERIODS[every]).to_list()
    names = dated[by].fillna("unknown").astype(str)
    cells = dated.assign(cell=[f"{day}\t{name}" for day, name in zip(periods, names, strict=True)])
    table = estimates.shares(
        mentions, cells, item="actor", by="cell", unit="articles", items=actors, minimum=minimum
    )
    period, group = (table["group"].str.split("\t", n=1).str[at] for at in (0, 1))
    table = table.assign(group=group, period=pd.to_datetime(period))
    order = {actor: place for place, actor in enumerate(actors)}
    table = table.assign(_place=table["item"].map(order)).sort_values(
        ["_place", "group", "period"], kind="stable"
    )
    return table[[*_COLUMNS]].reset_index(drop=True)
