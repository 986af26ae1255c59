"""How often a word is used week by week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.batches import Articles, batches, group_names
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, rates
from analysis.text.hits import hits
from analysis.text.query import parse
from analysis.text.tokens import PATTERN

PERIODS = {"day": "1d", "week": "1w", "month": "1mo", "year": "1y"}


def trend(
    articles: Articles,
    terms: Sequence[str],
    *,
    every: str = "week",
    by: str | None = "outlet",
    date: str = "published",
    resamples: int = 1000,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    **layers: Any,
) -> pd.DataFrame:
    """Estimate the rate of terms by period and group.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body``, the `by` column and the date.
    terms : sequence of str
        Queries of `analysis.text.query`.
    every : {"day", "week", "month", "year"}, optional
        The period; weeks begin on Monday.
    by : str or None, optional
        Column that makes the groups.
    date : str, optional
        Column of the day of publication.
    resamples, seed, minimum : int, optional
        As in `analysis.text.estimates.rates`.
    **layers
        ``tokens`` or ``mentions``, needed for ``lemma:`` and ``@``.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``period`` (its first day), ``item`` (the term), ``k``, ``n`` (words), ``share`` (per 1,000 words), ``low``, ``high``, ``enough``,
        ``n_articles``; only periods in which the group has articles. ``attrs["undated"]`` is the number of articles left
        out because they have no date.

    Raises
    ------
    MeasureError
        When a column is absent, the period unknown, no term given, or no article is dated.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "East", "body": ["War again.", "No war now."],
    ...     "published": pd.to_datetime(["2024-08-19", "2024-08-27"])})
    >>> trend(articles, ["war"])[["period", "k", "n"]].astype(str)
           period  k  n
    0  2024-08-19  1  2
    1  2024-08-26  1  3
    """
    if every not in PERIODS:
        raise MeasureError(f"every is {every!r}{nearest(every, PERIODS)}")
    if not terms:
        raise MeasureError("no term was asked for: name at least one to follow over time")
    queries = {term: parse(term) for term in terms}
    columns = ("article_id", "body", date) if by is None else ("article_id", "body", date, by)
    known, found, undated = [], [], 0
    for batch in batches(articles, columns):
        day = (
            batch[date].str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
            if batch[date].dtype == pl.String
            else batch[date].cast(pl.Date)
        )
        dated = batch.with_columns(day.alias(date)).filter(day.is_not_null())
        undated += len(batch) - len(dated)
        known.append(
            dated.select(
                "article_id",
                group=pl.lit("all") if by is None else group_names(dated[by]),
                period=pl.col(date).dt.truncate(PERIODS[every]),
                n_words=pl.col("body").str.count_matches(PATTERN).cast(pl.Int64),
            )
        )
        for term, query in queries.items():
            spans = hits(dated, query, **layers)
            rows = dated["article_id"].gather(spans["row"])
            found.append(
                pl.DataFrame(
                    {"article_id": rows, "term": [term] * len(spans)},
                    schema={"article_id": pl.String, "term": pl.String},
                )
            )
    table = pl.concat(known) if known else None
    if table is None or not len(table):
        raise MeasureError(f"no article has a date in {date!r}, so there is no trend to show")
    cells = table.with_columns(cell=pl.col("period").cast(pl.String) + "\t" + pl.col("group"))
    hit = pl.concat(found)
    result = rates(
        hit,
        cells,
        item="term",
        by="cell",
        items=list(queries),
        resamples=resamples,
        seed=seed,
        minimum=minimum,
    )
    period, group = (result["group"].str.split("\t", n=1).str[at] for at in (0, 1))
    result["group"] = group
    result.insert(1, "period", pd.to_datetime(period, format="%Y-%m-%d"))
    order = {term: at for at, term in enumerate(queries)}
    result = result.sort_values(
        ["item", "group", "period"],
        key=lambda values: values.map(order) if values.name == "item" else values,
        kind="stable",
        ignore_index=True,
    )
    result.attrs = {"undated": undated}
    return result
