"""The ledger of names as a reader wants it: what was joined, what was not and why, what pronouns add."""

from __future__ import annotations

import pandas as pd
import polars as pl

from analysis.actors.aliases import NOT_NAMES, only_names

_WHY = {
    "two candidates": "more than one actor could be meant",
    "given name only": "a given name alone names nobody with certainty",
}


def variants(aliases: pd.DataFrame) -> pd.DataFrame:
    """List the actors that are written in several ways, with their forms and how often each occurs.

    Parameters
    ----------
    aliases : pandas.DataFrame
        The ledger.

    Returns
    -------
    pandas.DataFrame
        ``actor, kind, n_forms, forms, n_mentions, rules``, the actors with most forms first.

    Examples
    --------
    >>> ledger = pd.DataFrame({"surface": ["Berg", "Mara Berg", "Berg"], "actor": ["Mara Berg"] * 3, "kind": ["person"] * 3,
    ...                        "rule": ["surname in article", "full name", "surname in article"], "merged": [True] * 3,
    ...                        "n_mentions": [4, 2, 1]})
    >>> variants(ledger)[["actor", "forms"]].iloc[0].tolist()
    ['Mara Berg', 'Berg (5), Mara Berg (2)']
    """
    frame = pl.from_pandas(aliases) if isinstance(aliases, pd.DataFrame) else aliases
    named = only_names(frame.filter(pl.col("merged")))
    # a government is named by its country and spelt out: one actor, of the kind it is most often
    kinds = (
        named.group_by("actor", "kind")
        .agg(pl.col("n_mentions").sum())
        .sort("n_mentions", "kind", descending=[True, False])
        .unique("actor", keep="first", maintain_order=True)
        .select("actor", "kind")
    )
    out = (
        # the ledger has a row for each rule and article in which a form was joined; a reader wants the form once
        named.group_by("actor", "surface")
        .agg(pl.col("n_mentions").sum(), pl.col("rule"))
        .sort("n_mentions", "surface", descending=[True, False])
        .group_by("actor", maintain_order=True)
        .agg(
            pl.format("{} ({})", pl.col("surface"), pl.col("n_mentions")).str.join(", ").alias("forms"),
            pl.col("n_mentions").sum(),
            pl.col("rule").explode().unique().sort().str.join(", ").alias("rules"),
            pl.len().alias("n_forms"),
        )
        .filter(pl.col("n_forms") > 1)
        .join(kinds, on="actor", how="left", maintain_order="left")
        .sort(["n_forms", "n_mentions", "actor"], descending=[True, True, False])
    )
    table: pd.DataFrame = out.select("actor", "kind", "n_forms", "forms", "n_mentions", "rules").to_pandas()
    return table


def refusals(aliases: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List the names that were not merged: who could be meant, why nothing was decided, and where they stand.

    Parameters
    ----------
    aliases : pandas.DataFrame
        The ledger.
    articles : pandas.DataFrame
        The articles, with ``outlet`` and, where present, ``headline``.

    Returns
    -------
    pandas.DataFrame
        ``name, kind, could_be, why, n_mentions, outlet, headline``, the frequent first. A name of several articles has
        no single headline.

    Examples
    --------
    >>> ledger = pd.DataFrame({"surface": ["Berg"], "kind": ["person"], "evidence": ["Anna Berg / Ivo Berg"],
    ...                        "rule": ["two candidates"], "merged": [False], "n_mentions": [3], "article_id": ["a"]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "headline": ["Two Bergs"]})
    >>> refusals(ledger, articles)[["name", "could_be", "why"]].iloc[0].tolist()
    ['Berg', 'Anna Berg or Ivo Berg', 'more than one actor could be meant']
    """
    follows = aliases["rule"].astype(str).str.startswith(NOT_NAMES)  # as undecided as the name it stands for
    refused = aliases[~aliases["merged"].astype(bool) & ~follows]
    told = articles.drop_duplicates("article_id").set_index("article_id")
    where = told.reindex(refused["article_id"].astype(object))
    table = pd.DataFrame(
        {
            "name": refused["surface"].to_numpy(),
            "kind": refused["kind"].to_numpy(),
            "could_be": refused["evidence"].fillna("").str.replace(" / ", " or ").to_numpy(),
            "why": refused["rule"].map(lambda rule: _WHY.get(rule, rule)).to_numpy(),
            "n_mentions": refused["n_mentions"].to_numpy(),
            "outlet": where["outlet"].fillna("several articles").to_numpy(),
            "headline": (
                where["headline"].fillna("") if "headline" in where else pd.Series("", where.index)
            ).to_numpy(),
        }
    )
    return table.sort_values(["n_mentions", "name"], ascending=[False, True], ignore_index=True)


def with_and_without(mentions: pd.DataFrame, *, limit: int = 12) -> pd.DataFrame:
    """Count each actor by name alone, and with the roles and pronouns that stand for it.

    Our definition; a pronoun or role is resolved only where one answer fits, so the last column is a lower bound.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    limit : int, optional
        Actors listed.

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``names``, ``roles`` ("the president"), ``pronouns``, ``groups`` ("officials") and ``together``; the
        most named first.

    Examples
    --------
    >>> rows = pd.DataFrame({"actor": ["Berg"] * 4, "rule": ["model", "model", "pronoun: she", "role: the mayor"]})
    >>> with_and_without(rows)[["names", "roles", "pronouns", "together"]].to_numpy().tolist()
    [[2, 1, 1, 4]]
    """
    rule = mentions["rule"].fillna("").astype(str)
    sort = pd.Series("names", index=mentions.index)
    for name, start in (("roles", "role:"), ("pronouns", "pronoun"), ("groups", "group noun")):
        sort[rule.str.startswith(start)] = name
    columns = ["names", "roles", "pronouns", "groups"]
    table = pd.crosstab(mentions["actor"], sort).reindex(columns=columns, fill_value=0)
    table = table.assign(together=table.sum(axis=1)).rename_axis(columns=None).reset_index()
    table = table[(table["names"] > 0) & (table["actor"] != "")]
    return table.sort_values(["names", "actor"], ascending=[False, True], ignore_index=True).head(limit)
