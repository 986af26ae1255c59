"""Measures of agency: in which voice harm is told, and where the doer is left out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.framing.groups import counted
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

SILENT = ("passive agentless", "intransitive")
"""Voices that never name a doer; a nominal or an existential may."""


def voice_shares(
    harms: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    own_voice: bool = True,
    sides: Mapping[str, str] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the share of each of the seven voices among harm events (AGY1, AGY3).

    Parameters
    ----------
    harms : pandas.DataFrame
        The harms layer.
    articles : pandas.DataFrame
        One row an article.
    by : str, optional
        A column of `articles`, or "victim_side" or "agent_side".
    own_voice : bool, optional
        Leave out events in quotations and paraphrases.
    sides : mapping of str to str, optional
        How to write the sides; the codebook's ``sides``.
    seed, minimum : int, optional
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the voices as items.

    Notes
    -----
    Seven classes by the parse; our definition. An intransitive is not a passive (Pullum, 2003).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> harms = pd.DataFrame({"article_id": ["a", "a", "b"], "agent": ["rebels", "", ""], "quoted": False,
    ...     "voice": ["active named", "passive agentless", "nominal"]})
    >>> voice_shares(harms, articles)[["group", "item", "k", "n"]].query("k > 0")
           group               item  k  n
    0  Hill Post       active named  1  2
    3  Quay Star            nominal  1  1
    4  Hill Post  passive agentless  1  2
    """
    rows = _own(harms) if own_voice else harms
    return counted(rows, articles, item="voice", by=by, sides=sides, seed=seed, minimum=minimum)


def doer_hidden(harms: pd.DataFrame) -> pd.DataFrame:
    """Mark the harm events that hide their doer.

    Parameters
    ----------
    harms : pandas.DataFrame
        The harms layer.

    Returns
    -------
    pandas.DataFrame
        The rows with ``doer``: "hidden" (agentless passive, intransitive, existential, or a noun without a doer) or
        "told".

    Examples
    --------
    >>> rows = pd.DataFrame({"voice": ["nominal", "nominal", "intransitive"], "agent": ["rebels", "", ""]})
    >>> doer_hidden(rows)["doer"].tolist()
    ['told', 'hidden', 'hidden']
    """
    bare = harms["voice"].isin(["nominal", "existential"]) & (harms["agent"].fillna("") == "")
    silent = harms["voice"].isin(SILENT)
    return harms.assign(doer=(bare | silent).map({True: "hidden", False: "told"}))


def hidden_doer_rate(
    harms: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    own_voice: bool = True,
    sides: Mapping[str, str] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how often a harm event is told without its doer (AGY2).

    Parameters
    ----------
    harms, articles, own_voice, sides, seed, minimum
        As in `voice_shares`.
    by : str, optional
        A column of `articles`, "victim_side", or "doer_side": the side that did it, where the article elsewhere
        names one side only as the doer of harm.

    Returns
    -------
    pandas.DataFrame
        Estimates of the item "hidden".

    Notes
    -----
    Our definition. "Neutral" wording often just avoids responsibility (Lukin, 2013), and a style that prefers
    nouns hides doers without intent: the number describes wording, not motives.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> harms = pd.DataFrame({"article_id": ["a", "a", "b"], "agent": ["rebels", "", ""], "quoted": False,
    ...     "voice": ["active named", "passive agentless", "nominal"]})
    >>> hidden_doer_rate(harms, articles)[["group", "item", "k", "n"]]
           group    item  k  n
    0  Hill Post  hidden  1  2
    1  Quay Star  hidden  1  1
    """
    rows = doer_hidden(_own(harms) if own_voice else harms)
    if by == "doer_side":
        rows = rows.assign(doer_side=_only_doer(harms, rows))
    table = counted(rows, articles, item="doer", by=by, sides=sides, seed=seed, minimum=minimum)
    return table.loc[table["item"] == "hidden"].reset_index(drop=True)


def attributed_claims(
    harms: pd.DataFrame,
    quantities: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how many claims of fact are attributed to somebody (SRC6).

    Parameters
    ----------
    harms, quantities : pandas.DataFrame
        Layers: a harm event or a number is a claim of fact.
    articles, by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates of "attributed", "attributed, with a verification note" and "own voice".

    Notes
    -----
    Our definition, after the Project for Excellence in Journalism (2002): events and numbers, attributed or not.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> harms = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [4], "quoted": [True]})
    >>> numbers = pd.DataFrame({"article_id": ["b"], "start": [9], "end": [11], "claimant": [""], "verified": [""]})
    >>> attributed_claims(harms, numbers, articles)[["group", "item", "k", "n"]].query("k > 0")
           group        item  k  n
    0  Hill Post  attributed  1  1
    3  Quay Star   own voice  1  1
    """
    return shares(claims_of_fact(harms, quantities), articles, item="told", by=by, seed=seed, minimum=minimum)


def claims_of_fact(harms: pd.DataFrame, quantities: pd.DataFrame) -> pd.DataFrame:
    """Put harm events and number claims into one table: ``article_id, start, end, told``.

    Examples
    --------
    >>> harms = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [4], "quoted": [True]})
    >>> numbers = pd.DataFrame({"article_id": ["a"], "start": [9], "end": [11], "claimant": [""], "verified": [""]})
    >>> claims_of_fact(harms, numbers)["told"].tolist()
    ['attributed', 'own voice']
    """
    events = harms[["article_id", "start", "end"]].assign(
        told=harms["quoted"].astype(bool).map({True: "attributed", False: "own voice"})
    )
    claimed = quantities["claimant"].fillna("") != ""
    noted = claimed & (quantities["verified"].fillna("") != "")
    told = claimed.map({True: "attributed", False: "own voice"}).where(
        ~noted, "attributed, with a verification note"
    )
    numbers = quantities[["article_id", "start", "end"]].assign(told=told)
    return pd.concat([events, numbers], ignore_index=True)


def doers_and_patients(harms: pd.DataFrame, *, sides: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Count who is told to have harmed whom, side against side (AGY4).

    Parameters
    ----------
    harms : pandas.DataFrame
        The harms layer.
    sides : mapping of str to str, optional
        How to write the sides.

    Returns
    -------
    pandas.DataFrame
        Doers' sides as rows, victims' sides as columns, counts; "not told" where a side is not known.

    Notes
    -----
    Our definition.
    """
    written = {"": "not told", **(sides or {})}
    doer = harms["agent_side"].fillna("").map(lambda side: written.get(side, side))
    patient = harms["victim_side"].fillna("").map(lambda side: written.get(side, side))
    return pd.crosstab(doer.rename("doer"), patient.rename("victim"))


def _own(harms: pd.DataFrame) -> pd.DataFrame:
    return harms.loc[~harms["quoted"].astype(bool)]


def _only_doer(harms: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Give each event its doer's side: the one written beside it, else the only one its article names at all."""
    named = (
        harms.loc[harms["agent_side"].fillna("") != ""]
        .groupby("article_id")["agent_side"]
        .agg(["nunique", "first"])
    )
    only = named.loc[named["nunique"] == 1, "first"]
    written = rows["agent_side"].fillna("")
    return written.where(written != "", rows["article_id"].map(only).fillna(""))
