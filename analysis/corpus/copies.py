"""Which articles repeat an earlier one: the pairs of `analysis.corpus.duplicates` as one row an article."""

from __future__ import annotations

import polars as pl

from analysis.corpus.duplicates import groups, near
from analysis.schemas import conform


def copies(articles: pl.DataFrame) -> pl.DataFrame:
    """List the articles that stand in a cluster of copies, the earliest of each marked.

    Parameters
    ----------
    articles : polars.DataFrame
        With ``article_id``, ``body`` and, where known, ``outlet`` and ``published``.

    Returns
    -------
    polars.DataFrame
        The ``duplicates`` table (see `analysis.schemas`): one row an article that has a copy; clusters in the order
        of their ids, in each the earliest by date of publication first, undated ones after, ties by id.

    Examples
    --------
    >>> text = "The mayor said on Tuesday that the bridge over the river would be closed until further notice"
    >>> both = pl.DataFrame({"article_id": ["b", "a"], "body": [text, text + " for lorries"],
    ...                      "published": ["2023-03-01", "2023-03-02"]})
    >>> copies(both).select("article_id", "earliest", "like").rows()
    [('b', True, None), ('a', False, 'b')]
    """
    wanted = ("article_id", "body", "outlet", "published")
    pairs = near(articles.select(name for name in wanted if name in articles.columns))
    if pairs.is_empty():
        return conform([], "duplicates")
    dates = articles.select("article_id", pl.col("published").cast(pl.String).fill_null("9999").alias("day"))
    members = (
        groups(pairs)
        .rename({"group": "cluster"})
        .join(dates, on="article_id", how="left")
        .sort("cluster", "day", "article_id")
        .with_columns(pl.int_range(pl.len()).over("cluster").alias("place"))
    )
    both_ways = pl.concat(
        [
            pairs.select(
                pl.col("left").alias("article_id"), pl.col("right").alias("like"), "jaccard", "contained"
            ),
            pairs.select(
                pl.col("right").alias("article_id"), pl.col("left").alias("like"), "jaccard", "contained"
            ),
        ]
    )
    place = members.select("article_id", "place")
    earlier = (
        both_ways.join(place, on="article_id")
        .join(place.rename({"article_id": "like", "place": "like_place"}), on="like")
        .filter(pl.col("like_place") < pl.col("place"))
        .sort(["article_id", "jaccard", "like"], descending=[False, True, False])
        .group_by("article_id", maintain_order=True)
        .first()
        .select("article_id", "like", "jaccard", "contained")
    )
    rows = (
        members.join(earlier, on="article_id", how="left", maintain_order="left")
        .with_columns((pl.col("place") == 0).alias("earliest"))
        .drop("day", "place")
    )
    return conform(rows, "duplicates")
