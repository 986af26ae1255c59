"""What only the whole corpus can settle in a layer: the class of a source that one article leaves open."""

from __future__ import annotations

import polars as pl

_OPEN = ("", "other")


def settled(statements: pl.LazyFrame) -> pl.LazyFrame:
    """Give a named source without a class the class that most articles with a role or title give it.

    Parameters
    ----------
    statements : polars.LazyFrame
        Layer ``statements``, actors named corpus-wide.

    Returns
    -------
    polars.LazyFrame
        The same rows; a class that an article does state is never changed.

    Examples
    --------
    >>> rows = pl.LazyFrame({"article_id": ["a", "b", "b"], "actor": ["Berg", "Berg", ""],
    ...                      "source_class": ["government", "other", "other"]})
    >>> settled(rows).collect()["source_class"].to_list()
    ['government', 'government', 'other']
    """
    given = pl.col("source_class").fill_null("")
    known = (
        statements.filter(~given.is_in(_OPEN) & (pl.col("actor").fill_null("") != ""))
        .group_by("actor", "source_class")
        .agg(pl.col("article_id").n_unique().alias("articles"))
        .sort(["actor", "articles", "source_class"], descending=[False, True, False])
        .unique("actor", keep="first", maintain_order=True)
        .select("actor", pl.col("source_class").alias("_class"))
    )
    return (
        statements.join(known, on="actor", how="left", maintain_order="left")
        .with_columns(
            pl.when(given.is_in(_OPEN) & pl.col("_class").is_not_null())
            .then("_class")
            .otherwise("source_class")
            .alias("source_class")
        )
        .drop("_class")
    )
