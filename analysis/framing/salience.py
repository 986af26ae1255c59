"""Salience: who stands in the headline, in the lede, and how deep in the article somebody first comes up."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares


def positions(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, aliases: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of each actor and article how prominently the actor stands in it (SAL1 to SAL3).

    Parameters
    ----------
    mentions : pandas.DataFrame
        The mentions layer.
    articles : pandas.DataFrame
        ``article_id``, ``body``, ``headline``.
    aliases : pandas.DataFrame, optional
        The ledger of names, so that a headline's spelling is recognised too.

    Returns
    -------
    pandas.DataFrame
        ``article_id, actor, n, start, end, depth`` (first mention's offset over the body's length, 0 to 1),
        ``in_lede`` (first paragraph), ``in_headline``.

    Notes
    -----
    Salience after Entman (1993); an actor who is absent has no depth, which is not a depth of 1.
    """
    if mentions.empty:
        return pd.DataFrame(
            columns=["article_id", "actor", "n", "start", "end", "depth", "in_lede", "in_headline"]
        )
    ordered = mentions.sort_values(["article_id", "start"])
    first = ordered.groupby(["article_id", "actor"], as_index=False).agg(
        n=("start", "size"), start=("start", "first"), end=("end", "first")
    )
    held = articles.set_index("article_id")
    body = first["article_id"].map(held["body"]).fillna("")
    lede = body.map(lambda text: len(text.split("\n", 1)[0]))
    forms = _forms(mentions, aliases)
    headlines = (
        first["article_id"].map(held["headline"] if "headline" in held else pd.Series(dtype=str)).fillna("")
    )
    return first.assign(
        depth=first["start"] / np.maximum(body.map(len), 1),
        in_lede=first["start"] < lede,
        in_headline=[
            bool(headline)
            and any(re.search(rf"\b{re.escape(form)}\b", headline) for form in forms.get(actor, ()))
            for headline, actor in zip(headlines, first["actor"], strict=True)
        ],
    )


def _forms(mentions: pd.DataFrame, aliases: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    pairs = mentions[["actor", "surface"]].drop_duplicates()
    if aliases is not None and len(aliases):
        merged = aliases.loc[aliases["merged"].astype(bool), ["actor", "surface"]]
        pairs = pd.concat([pairs, merged]).drop_duplicates()
    return {str(actor): tuple(sorted(set(part["surface"]))) for actor, part in pairs.groupby("actor")}


def prominence(
    found: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    where: str = "headline",
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate in how many articles each actor stands in the headline, the lede, or anywhere.

    Parameters
    ----------
    found : pandas.DataFrame
        From `positions`.
    articles : pandas.DataFrame
        One row an article.
    where : {"headline", "lede", "body"}, optional
        Where the actor must stand.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates in articles, with actors as items. Under "headline", *n* counts the articles that have one.

    Notes
    -----
    SAL1 and SAL2, after Entman (1993).
    """
    rows = found if where == "body" else found.loc[found[f"in_{where}"].astype(bool)]
    base = articles.loc[articles["headline"].fillna("") != ""] if where == "headline" else articles
    return shares(rows, base, item="actor", by=by, unit="articles", seed=seed, minimum=minimum)


def depths(found: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Give the median depth of the first mention of each actor, where there is one.

    Parameters
    ----------
    found : pandas.DataFrame
        From `positions`.
    articles : pandas.DataFrame
        One row an article, with the `by` column.
    by : str, optional
        What makes the groups.

    Returns
    -------
    pandas.DataFrame
        ``group, item, k`` (articles that name the actor), ``n`` (articles), ``depth`` (median), ``low``, ``high``
        (quartiles).

    Notes
    -----
    SAL3, our definition.
    """
    groups = articles.set_index("article_id")[by].rename("group")
    joined = found.join(groups, on="article_id", how="inner")
    size = groups.value_counts()
    table = joined.groupby(["group", "actor"])["depth"].describe(percentiles=[0.25, 0.5, 0.75]).reset_index()
    return pd.DataFrame(
        {
            "group": table["group"],
            "item": table["actor"],
            "k": table["count"].astype(int),
            "n": table["group"].map(size).astype(int),
            "depth": table["50%"],
            "low": table["25%"],
            "high": table["75%"],
        }
    ).sort_values(["item", "group"], ignore_index=True)
