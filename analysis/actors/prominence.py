"""How prominent actors are: shares of mentions and of articles, headline and lede, depth, spellings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from analysis.actors.names import bare
from analysis.actors.organisations import known
from analysis.actors.sources import is_media
from analysis.text import estimates

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_EDITIONS = frozenset({"online", "web", "digital", "com"})
"""Words that tell an outlet's edition from the outlet: "Harbour Online News" is Harbour News."""


def mention_shares(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    resolved: bool = False,
    seed: int = 2026,
) -> pd.DataFrame:
    """Estimate the share of each actor among all mentions of an outlet.

    Salience by frequency (SAL1): what is mentioned more is easier to notice and to remember (Entman, 1993). An outlet
    that names itself is not counted.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    articles : pandas.DataFrame
        The articles, with the `by` column.
    by : str, optional
        Column of `articles` that makes the groups.
    resolved : bool, optional
        Count resolved pronouns and roles too; names only by default.
    seed : int, optional
        Of the resampling of articles.

    Returns
    -------
    pandas.DataFrame
        Estimates (see `analysis.text.estimates.shares`).

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "actor": ["Berg", "Berg", "Lindt"], "rule": ["model"] * 3})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette"] * 2})
    >>> mention_shares(rows, articles)[["item", "k", "n"]]
        item  k  n
    0   Berg  2  3
    1  Lindt  1  3
    """
    rows = without_self(mentions if resolved else names_only(mentions), articles)
    return estimates.shares(rows, articles, item="actor", by=by, seed=seed)


def article_shares(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    resolved: bool = False,
    seed: int = 2026,
) -> pd.DataFrame:
    """Estimate the share of an outlet's articles that mention each actor at least once.

    Our definition (SAL1, second part): an article counts once, however often it repeats a name.

    Parameters
    ----------
    mentions, articles, by, resolved, seed
        As in `mention_shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with Wilson intervals; the actors of most articles first.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "actor": ["Berg", "Berg"], "rule": ["model"] * 2})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette"] * 2})
    >>> article_shares(rows, articles)[["item", "k", "n"]]
       item  k  n
    0  Berg  1  2
    """
    rows = without_self(mentions if resolved else names_only(mentions), articles)
    return estimates.shares(rows, articles, item="actor", by=by, unit="articles", seed=seed)


def names_only(mentions: pd.DataFrame, *, groups: bool = False) -> pd.DataFrame:
    """Leave out pronouns, roles and groups without a name (see `analysis.actors.only_names`).

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    groups : bool, optional
        Keep groups without a name ("police", "residents"): they act, though nobody counts how often they are named.

    Returns
    -------
    pandas.DataFrame
    """
    if "rule" not in mentions.columns or mentions.empty:
        return mentions
    rule = mentions["rule"].fillna("").astype(str)
    return mentions[
        ~rule.str.startswith(("pronoun", "role:") if groups else ("pronoun", "role:", "group noun"))
    ]


def without_self(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Leave out mentions by which an outlet names itself ("told the Gazette"): it is no actor in its own coverage.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    articles : pandas.DataFrame
        ``article_id, outlet``.

    Returns
    -------
    pandas.DataFrame
        The rows in which the actor is not the outlet: the outlet's name does not begin with the actor's.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "actor": ["Gazette", "Berg"], "kind": ["organisation", "person"]})
    >>> without_self(rows, pd.DataFrame({"article_id": ["a"], "outlet": ["The Gazette Online"]}))["actor"].to_list()
    ['Berg']
    """
    if mentions.empty or "outlet" not in articles.columns or "kind" not in mentions.columns:
        return mentions
    outlets = mentions["article_id"].map(articles.set_index("article_id")["outlet"]).fillna("")
    organisations = mentions["kind"] == "organisation"
    pairs = pd.MultiIndex.from_arrays([mentions["actor"].fillna(""), outlets])
    own = [pair for pair in pairs[organisations].unique() if _begins(pair[1], pair[0])]
    return mentions[~(organisations & pairs.isin(own))]


@cache
def _begins(outlet: str, actor: str) -> bool:
    words, own = (
        [word for word in re.findall(r"\w+", bare(name).casefold()) if word not in _EDITIONS]
        for name in (actor, outlet)
    )
    return bool(words) and (
        own[: len(words)] == words or (known(actor) is not None and known(actor) == known(outlet))
    )


def without_media(mentions: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Leave out news agencies, papers and channels: they are named for what they report, not for what they do.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    codebook : Codebook
        Its actors of the class "media" are left out too.

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> from analysis import load_codebook
    >>> rows = pd.DataFrame({"actor": ["Reuters", "Berg"], "kind": ["organisation", "person"]})
    >>> without_media(rows, load_codebook("general"))["actor"].to_list()
    ['Berg']
    """
    organisations = sorted(set(mentions.loc[mentions["kind"] == "organisation", "actor"].dropna()))
    return mentions[~mentions["actor"].isin([name for name in organisations if is_media(name, codebook)])]


def positions(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", actors: int = 10, seed: int = 2026
) -> dict[str, pd.DataFrame]:
    """Estimate in how many articles an actor stands in the headline, and in the lede.

    Headline and first paragraph are where news writing puts what matters most (SAL2; Entman, 1993; van Dijk, 1988).
    A headline names an actor if it holds one of the spellings counted for the actor anywhere in the corpus.

    Parameters
    ----------
    mentions, articles, by, seed
        As in `mention_shares`; `articles` also with ``headline`` and ``body``.
    actors : int, optional
        How many actors, those of most articles first.

    Returns
    -------
    dict
        ``"headline"`` and ``"lede"``, each a frame of estimates over articles.
    """
    rows = without_self(names_only(mentions), articles)
    top = leading(rows, actors)
    rows = rows[rows["actor"].isin(top)]
    ends = (
        articles.set_index("article_id")["body"].fillna("").map(lambda body: len(str(body).split("\n", 1)[0]))
    )
    lede = rows[rows["start"] < rows["article_id"].map(ends).fillna(0)]
    found = []
    spelled = rows.groupby("actor", sort=True)["surface"].agg(lambda forms: sorted(set(forms)))
    headlines = articles[["article_id", "headline"]].fillna("")
    for actor, forms in spelled.items():
        pattern = "|".join(re.escape(form) for form in forms)
        hit = headlines["headline"].astype(str).str.contains(rf"(?<!\w)(?:{pattern})(?!\w)", regex=True)
        found.append(headlines.loc[hit, ["article_id"]].assign(actor=str(actor)))
    empty = pd.DataFrame({"article_id": pd.Series(dtype=str), "actor": pd.Series(dtype=str)})
    headed = pd.concat([empty, *found], ignore_index=True)
    return {
        name: estimates.shares(part, articles, item="actor", by=by, unit="articles", seed=seed, items=top)
        for name, part in (("headline", headed), ("lede", lede))
    }


def leading(mentions: pd.DataFrame, limit: int) -> list[str]:
    """Return the actors of most articles, ties by mentions and name."""
    counts = mentions.groupby("actor", sort=True).agg(
        articles=("article_id", "nunique"), mentions=("article_id", "size")
    )
    ordered = counts.reset_index().sort_values(
        ["articles", "mentions", "actor"], ascending=[False, False, True]
    )
    return [str(name) for name in ordered["actor"].head(limit)]


def depth(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", actors: int = 10
) -> pd.DataFrame:
    """Measure how far into an article an actor first appears, 0 at its beginning and 1 at its end.

    Our definition (SAL3). Articles without the actor are missing, not 1: how many have it stands beside.

    Parameters
    ----------
    mentions, articles, by
        As in `mention_shares`; `articles` also with ``body``.
    actors : int, optional
        How many actors, those of most articles first.

    Returns
    -------
    pandas.DataFrame
        ``group, item, median, low, high`` (quartiles), ``k`` articles with the actor, ``n`` articles.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a"], "actor": ["Berg"], "start": [10], "rule": ["model"]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "body": ["x" * 20]})
    >>> depth(rows, articles)[["item", "median", "k", "n"]]
       item  median  k  n
    0  Berg     0.5  1  1
    """
    rows = without_self(names_only(mentions), articles)
    rows = rows[rows["actor"].isin(leading(rows, actors))]
    first = rows.groupby(["article_id", "actor"], as_index=False, sort=True)["start"].min()
    table = first.merge(articles[["article_id", by, "body"]], on="article_id")
    table["at"] = table["start"] / table["body"].str.len().clip(lower=1)
    sizes = articles.groupby(by, sort=True)["article_id"].nunique()
    out = (
        table.groupby([by, "actor"], sort=True)["at"]
        .agg(median="median", low=lambda x: x.quantile(0.25), high=lambda x: x.quantile(0.75), k="size")
        .reset_index()
        .rename(columns={by: "group", "actor": "item"})
    )
    out["n"] = out["group"].map(sizes).astype(int)
    columns = ["group", "item", "median", "low", "high", "k", "n"]
    ordered: pd.DataFrame = out[columns].sort_values(["item", "group"]).reset_index(drop=True)
    return ordered


def spellings(
    mentions: pd.DataFrame, articles: pd.DataFrame, *, actor: str, by: str = "outlet", seed: int = 2026
) -> pd.DataFrame:
    """Estimate how each outlet spells an actor: which share of its mentions has which form.

    Our definition (LAB4). Possessive endings are taken off; first names and titles count as they stand.

    Parameters
    ----------
    mentions, articles, by, seed
        As in `mention_shares`.
    actor : str
        The actor's name in the corpus.

    Returns
    -------
    pandas.DataFrame
        Estimates; items are the forms as written.
    """
    rows = names_only(mentions, groups=True)
    return estimates.shares(rows[rows["actor"] == actor], articles, item="surface", by=by, seed=seed)
