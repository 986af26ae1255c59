"""Salience: how prominently an actor stands in an article, and how differently outlets divide their attention."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import polars as pl

from analysis.codebook import Codebook
from analysis.text.estimates import MINIMUM_ARTICLES, SEED
from analysis.text.similarity import RESAMPLES, similarity
from analysis.text.tally import tally
from analysis.text.termcounts import TermCounts

_DIVERGENCE = [
    "group", "against", "item", "n", "n_against", "value", "low", "high", "shuffled", "beyond_chance", "enough"
]  # fmt: skip


def positions(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    aliases: pd.DataFrame | None = None,
    codebook: Codebook | None = None,
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
    codebook : Codebook, optional
        Its aliases are recognised in headlines as well. A person's surname alone always is, unless the corpus has
        another person of that name.

    Returns
    -------
    pandas.DataFrame
        ``article_id, actor, n, start, end, depth`` (first mention's offset over the body's length, 0 to 1),
        ``in_lede`` (first paragraph), ``in_headline``.

    Notes
    -----
    Salience after Entman (1993); an actor who is absent has no depth, which is not a depth of 1. Shares by outlet are
    in `analysis.actors`: ``mention_shares``, ``article_shares``, ``positions``, ``depth``.
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
    forms = _forms(mentions, aliases, codebook)
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


def _forms(
    mentions: pd.DataFrame, aliases: pd.DataFrame | None, codebook: Codebook | None
) -> dict[str, tuple[str, ...]]:
    """Give the spellings of each actor that a headline may use; words in lower case ("he", "officials") are none."""
    pairs = mentions[["actor", "surface"]].drop_duplicates()
    if aliases is not None and len(aliases):
        pairs = pd.concat([pairs, aliases.loc[aliases["merged"].astype(bool), ["actor", "surface"]]])
    people = mentions.loc[mentions["kind"] == "person", "actor"] if "kind" in mentions else mentions["actor"]
    surnames = pd.DataFrame({"actor": people.unique()})
    surnames["surface"] = surnames["actor"].astype(str).str.split().str[-1]
    pairs = pd.concat([pairs, surnames.drop_duplicates("surface", keep=False)])
    known = (
        [] if codebook is None else [actor for actor in codebook.actors if actor.name in set(pairs["actor"])]
    )
    rows = [(actor.name, alias) for actor in known for alias in actor.aliases]
    pairs = pd.concat([pairs, pd.DataFrame(rows, columns=["actor", "surface"])])
    named = pairs.loc[
        pairs["surface"].astype(str).str.contains(r"^(?!(?:He|She|They|His|Her)$)[^\W\d_]*[A-ZÀ-Þ]")
    ]
    return {str(actor): tuple(sorted(set(part["surface"]))) for actor, part in named.groupby("actor")}


def divergence(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    item: str = "actor",
    by: str = "outlet",
    resamples: int = RESAMPLES,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Measure how differently groups divide their attention among actors, stories or any other items (SAL4).

    Parameters
    ----------
    rows : pandas.DataFrame
        A layer, or any table with ``article_id`` and the item, such as mentions or the stories of articles.
    articles : pandas.DataFrame
        ``article_id`` and the `by` column.
    item : str, optional
        The column of what is attended to.
    by : str, optional
        Column that makes the groups.
    resamples, seed, minimum : int, optional
        As in `analysis.text.similarity.similarity`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``against``, ``item`` (the column's name), ``n``, ``n_against`` (rows), ``value`` (Jensen–Shannon
        divergence in bits: 0 for the same shares, 1 where nothing is shared), ``low``, ``high`` (95 %, from resampling
        articles), ``shuffled`` (the median when the same articles are dealt to both groups by chance: a small corpus
        differs by that much from itself), ``beyond_chance``, ``enough``. Empty with fewer than two groups.

    Notes
    -----
    Jensen–Shannon divergence (Lin, 1991) of the shares of items.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": ["East", "East", "West", "West"]})
    >>> mentions = pd.DataFrame({"article_id": list("abcd"), "actor": ["Berg", "Berg", "Berg", "Lindt"]})
    >>> divergence(mentions, articles, resamples=20)[["group", "against", "n", "value", "enough"]].round(3)
      group against  n  value  enough
    0  East    West  2  0.311   False
    """
    held = tally(rows, articles, item=item, by=by)
    groups = [
        name for name, counts, _ in held.groups() if counts.sum()
    ]  # who attends to nothing can't be compared
    if len(groups) < 2 or not held.items:
        return pd.DataFrame(columns=_DIVERGENCE)
    ids = sorted(articles["article_id"].astype(str))
    n = held.counts.sum(axis=1).astype(np.int64)
    frame = pl.DataFrame({"article_id": ids, "group": [str(name) for name in held.groups_of], "n_tokens": n})
    counts = TermCounts(frame, pl.Series("form", held.items, dtype=pl.String), held.counts.astype(np.int64))
    compared = similarity(
        counts,
        minimum_documents=1,
        without_function_words=False,
        resamples=resamples,
        seed=seed,
        minimum=minimum,
    )
    table = compared[compared["measure"] == "jensen_shannon"]
    size = {name: int(n[held.groups_of == name].sum()) for name in groups}
    return table.assign(item=item, n=table["group"].map(size), n_against=table["against"].map(size))[
        _DIVERGENCE
    ].reset_index(drop=True)
