"""Layers scanned from a store, shard by shard, with what the whole corpus has settled, cut to a corpus' articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import polars as pl

from analysis.corpus.settling import settled
from analysis.corpus.store import FAMILIES, Store, family_of
from analysis.errors import StoreError, nearest
from analysis.schemas import conform

# Columns that hold an article's own name for an actor; the corpus-wide name replaces it when a layer is opened.
_ACTOR_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mentions": ("actor",),
    "statements": ("actor",),
    "actions": ("agent", "patient", "attributed"),
    "labels": ("speaker",),
    "tone": ("actor",),
    "quantities": ("claimant",),
}


def require_table(name: str) -> None:
    """Refuse the name of a table that no store holds.

    Raises
    ------
    StoreError
        The message names the nearest table.
    """
    known = [table for tables in FAMILIES.values() for table in tables]
    if name not in known:
        raise StoreError(f"there is no layer {name!r}{nearest(name, known)}")


def scanned(store: Store, index: Mapping[str, Any], name: str) -> pl.LazyFrame:
    """Scan a table of a store: its shards, or what comparing the whole corpus made of them.

    Parameters
    ----------
    store : Store
        Where the shards lie.
    index : mapping
        Of the store, as `Store.index` gives it.
    name : str
        A table of `FAMILIES`.

    Returns
    -------
    polars.LazyFrame
        All rows, actors under their corpus-wide names.
    """
    whole = str(index.get("corpus", ""))
    if name == "places" and whole:
        return store.read("settled_places", whole).lazy()
    if family_of(name) == "corpus":
        return store.read(name, whole).lazy()
    keys = [chunk[family_of(name)] for chunk in index["chunks"]]
    if not keys:
        return conform([], name).lazy()
    rows = store.scan(name, keys)
    if not whole or name not in _ACTOR_COLUMNS:
        return rows
    named = _renamed(rows, store.read("names", whole).lazy(), _ACTOR_COLUMNS[name])
    return settled(named) if name == "statements" else named


def _renamed(rows: pl.LazyFrame, names: pl.LazyFrame, columns: tuple[str, ...]) -> pl.LazyFrame:
    """Replace each article's own names for actors by the corpus-wide ones."""
    order = rows.collect_schema().names()
    for column in columns:
        rows = (
            rows.join(
                names.rename({"local": column, "actor": "_whole"}),
                on=["article_id", column],
                how="left",
                maintain_order="left",
            )
            .with_columns(pl.coalesce("_whole", column).alias(column))
            .drop("_whole")
        )
    return rows.select(order)


def of_these(rows: pl.LazyFrame, articles: pd.DataFrame) -> pl.LazyFrame:
    """Keep the rows of these articles, in their order; rows that hold for the whole corpus stay.

    Parameters
    ----------
    rows : polars.LazyFrame
        Any table; one without ``article_id`` is given back as it is.
    articles : pandas.DataFrame
        With ``article_id``.
    """
    names = rows.collect_schema().names()
    if "article_id" not in names:
        return rows
    order = pl.DataFrame({"article_id": articles["article_id"], "_order": range(len(articles))})
    # without maintain_order rows that begin at the same character would come in any order
    kept = rows.join(order.lazy(), on="article_id", how="inner", maintain_order="left").sort(
        ["_order", *(["start"] if "start" in names else [])], nulls_last=True, maintain_order=True
    )
    kept = kept.drop("_order")
    if not {"actor", "merged"} <= set(names):
        return kept
    return pl.concat([rows.filter(pl.col("article_id").fill_null("") == ""), kept])
