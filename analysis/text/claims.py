"""Findings about words, said in words computed from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.text.batches import Articles
from analysis.text.concordance import concordance

_FEW = "too few articles to compare the outlets"


def term_hits(articles: Articles, terms: Sequence[str], *, by: str = "outlet", **layers: Any) -> pd.DataFrame:
    """List the hits of several queries, with the query as ``term``.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    terms : sequence of str
        Queries of `analysis.text.query`.
    by : str, optional
        Column that makes the groups.
    **layers
        ``tokens`` or ``mentions``, needed for ``lemma:`` and ``@``.

    Returns
    -------
    pandas.DataFrame
        As `analysis.text.concordance.concordance`, with ``term``; ready for `estimates.rates` and for evidence.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["No war, no invasion."]})
    >>> term_hits(articles, ["war", "invasion"])[["term", "start"]]
           term  start
    0       war      3
    1  invasion     11
    """
    parts = [concordance(articles, term, by=by, **layers).assign(term=term) for term in dict.fromkeys(terms)]
    for part in parts:
        part.attrs = {}
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["article_id", "start", "end", "term"])
    )


def typical(table: pd.DataFrame, *, words: int = 3) -> str:
    """Say which words set off the group with the most certain ones, or that none does.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`.
    words : int, optional
        Words named.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "form": ["operation"], "certain": [1.2], "q": [0.01], "enough": [True]})
    >>> typical(table)
    'East is set off most by “operation”'
    """
    if not table["enough"].any():
        return f"Words differ from outlet to outlet, but there are {_FEW}"
    sure = table[table["enough"] & (table["certain"] > 0) & (table["q"] < 0.05)]
    if sure.empty:
        return "No word sets an outlet off from the rest beyond chance"
    group = sure.sort_values(["certain", "form"], ascending=[False, True], kind="stable")["group"].iloc[0]
    forms = sure.loc[sure["group"] == group, "form"].head(words)
    return f"{group} is set off most by {listed(forms)}"


def most_used(rates: pd.DataFrame, *, item: str) -> str:
    """Say which group uses a term most and least, or why they are not ranked.

    Parameters
    ----------
    rates : pandas.DataFrame
        From `analysis.text.estimates.rates`.
    item : str
        The term.

    Examples
    --------
    >>> rates = pd.DataFrame({"group": ["East"], "item": ["war"], "k": [3], "n": [1500], "share": [2.0], "low": [1.0],
    ...     "high": [4.0], "enough": [False]})
    >>> most_used(rates, item="war")
    '“war” occurs 3 times in 1,500 words; too few articles to compare the outlets'
    """
    rows = rates[(rates["item"] == item) & (rates["n"] > 0)]
    k, n = int(rows["k"].sum()), int(rows["n"].sum())
    shown = item.strip('"“”')
    total = f"“{shown}” occurs {'once' if k == 1 else f'{k:,} times'} in {n:,} words"
    known = rows[rows["enough"]].sort_values(["share", "group"], kind="stable")
    if not k:
        return f"“{shown}” does not occur"
    if len(known) < 2:
        return f"{total}; {_FEW}"
    top, bottom = known.iloc[-1], known.iloc[0]
    if top["low"] <= bottom["high"]:
        return f"{total}; the outlets’ intervals overlap, so they are not ranked"
    return f"{total}: most in {top['group']} ({top['share']:.1f} in 1,000), least in {bottom['group']} ({bottom['share']:.1f})"


def company(table: pd.DataFrame, *, node: str, words: int = 2) -> str:
    """Say in which different company a word stands.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.collocation.compare_collocates`.
    node : str
        The word.
    words : int, optional
        Neighbours named.

    Examples
    --------
    >>> company(pd.DataFrame({"group": [], "form": [], "certain": [], "q": [], "enough": []}), node="war")
    'Nothing shows that “war” stands in different company'
    """
    sure = table[table["enough"].astype(bool) & (table["certain"] > 0) & (table["q"] < 0.05)]
    if sure.empty:
        few = len(table) and not table["enough"].any()
        return f"Nothing shows that “{node}” stands in different company{f': {_FEW}' if few else ''}"
    parts = [
        f"{listed(part['form'].head(words))} in {group}" for group, part in sure.groupby("group", sort=True)
    ]
    return f"Beside “{node}” stand {'; '.join(parts)}"


def alike(table: pd.DataFrame) -> str:
    """Say which two groups use the most different words, against what chance would give.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.similarity.similarity`.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "against": ["West"], "measure": ["jensen_shannon"], "value": [0.31],
    ...     "shuffled": [0.3], "beyond_chance": [False], "enough": [True]})
    >>> alike(table)
    'No two outlets differ more in their words than articles dealt out by chance'
    """
    rows = table[table["measure"] == "jensen_shannon"]
    if not rows["enough"].any():
        return f"How far the vocabularies differ is left open: {_FEW}"
    sure = rows[rows["enough"] & rows["beyond_chance"] & (rows["value"] > rows["shuffled"])]
    if sure.empty:
        return "No two outlets differ more in their words than articles dealt out by chance"
    order = (sure["value"] - sure["shuffled"]).sort_values(kind="stable").index
    top = sure.loc[order[-1]]
    return (
        f"{top['group']} and {top['against']} differ most in their words: {top['value']:.2f} bits, where chance gives "
        f"{top['shuffled']:.2f}"
    )


def longest(table: pd.DataFrame, *, what: str) -> str:
    """Say which group has the highest average of a score, or why they are not ranked.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.estimates.averages`.
    what : str
        What the number is: "words in a sentence".

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "value": [21.0], "low": [19.0], "high": [23.0], "n": [3], "enough": [False]})
    >>> longest(table, what="words in a sentence")
    '21.0 words in a sentence on average; too few articles to compare the outlets'
    """
    known = table[table["enough"].astype(bool)].sort_values(["value", "group"], kind="stable")
    sizes = table["n"].to_numpy(dtype=float)
    if not sizes.sum():
        return f"There is nothing to count {what} in"
    mean = float((table["value"].fillna(0) * sizes).sum() / sizes.sum())
    start = f"{mean:.1f} {what} on average"
    if len(known) < 2:
        return f"{start}; {_FEW}"
    top, bottom = known.iloc[-1], known.iloc[0]
    if top["low"] <= bottom["high"]:
        return f"{start}; the outlets’ intervals overlap, so they are not ranked"
    return f"{start}: most in {top['group']} ({top['value']:.1f}), fewest in {bottom['group']} ({bottom['value']:.1f})"


def as_estimates(table: pd.DataFrame, *, scale: str = "value") -> pd.DataFrame:
    """Bring averages to the columns of estimates, so that `dots` can draw them."""
    return table.assign(k=table["n"], share=table[scale])


def listed(words: Sequence[str] | pd.Series) -> str:
    """Write words in quotation marks with an "and" before the last.

    Examples
    --------
    >>> listed(["war", "peace", "talks"])
    '“war”, “peace” and “talks”'
    """
    quoted = ["“" + str(word).strip('"“”') + "”" for word in words]
    return (
        quoted[0]
        if len(quoted) == 1
        else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
        if quoted
        else "nothing"
    )
