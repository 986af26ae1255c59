"""Who acts and who is acted upon: the agent-by-patient matrix and the profile of each actor."""

from __future__ import annotations

import pandas as pd

from analysis.actors.sourcing import shares_by_row
from analysis.text import estimates

_COLUMNS = (("k_", ""), ("", ""), ("", "_low"), ("", "_high"))


def who_to_whom(
    actions: pd.DataFrame,
    *,
    actors: list[str] | None = None,
    verb_class: str = "",
    factual: bool = False,
    classed: bool = True,
) -> pd.DataFrame:
    """Count who does something to whom.

    The agent-by-patient matrix (AGY4; van Dijk, 1988; Franzosi, 2010, on the grammar of events).

    Parameters
    ----------
    actions : pandas.DataFrame
        Layer ``actions``.
    actors : list of str, optional
        Only rows with one of these on both sides.
    verb_class : str, optional
        Only verbs of this class, such as ``"attack"``.
    factual : bool, optional
        Leave out what is negated, only possible ("may seize"), or somebody's statement.
    classed : bool, optional
        Only verbs of a class of the codebook: speaking and being are left to other measures.

    Returns
    -------
    pandas.DataFrame
        ``source`` (agent), ``target`` (patient), ``k`` actions, ``n_articles``, ``verbs``; most first.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a"], "agent": ["Berg"], "patient": ["Lindt"], "verb": ["meet"],
    ...                      "verb_class": ["negotiate"], "negated": [False], "modal": [""], "attributed": [""]})
    >>> who_to_whom(rows)[["source", "target", "k"]]
      source target  k
    0   Berg  Lindt  1
    """
    rows = _kept(actions, factual=factual, classed=classed)
    rows = rows[(rows["agent"].fillna("") != "") & (rows["patient"].fillna("") != "")]
    if verb_class:
        rows = rows[rows["verb_class"] == verb_class]
    if actors is not None:
        rows = rows[rows["agent"].isin(actors) & rows["patient"].isin(actors)]
    out = (
        rows.groupby(["agent", "patient"], sort=True)
        .agg(
            k=("article_id", "size"),
            n_articles=("article_id", "nunique"),
            verbs=(
                "verb",
                lambda verbs: ", ".join(pd.Series(verbs).value_counts(sort=True).sort_index().index[:6]),
            ),
        )
        .reset_index()
        .rename(columns={"agent": "source", "patient": "target"})
    )
    return out.sort_values(["k", "source", "target"], ascending=[False, True, True]).reset_index(drop=True)


def _kept(actions: pd.DataFrame, *, factual: bool, classed: bool) -> pd.DataFrame:
    if classed:
        actions = actions[actions["verb_class"].fillna("") != ""]
    if not factual:
        return actions
    plain = (actions["modal"].fillna("") == "") & (actions["attributed"].fillna("") == "")
    return actions[plain & ~actions["negated"].fillna(False).astype(bool)]


def acting(
    actions: pd.DataFrame, *, actors: list[str], factual: bool = False, classed: bool = True, seed: int = 2026
) -> pd.DataFrame:
    """Estimate for each actor the share of its actions in which it acts, and in which it is acted upon.

    The transitivity profile (Halliday, 1985; Fowler, 1991): whether the news shows somebody doing or undergoing.

    Parameters
    ----------
    actions : pandas.DataFrame
        Layer ``actions``.
    actors : list of str
        The actors, in the order wanted.
    factual, classed : bool, optional
        As in `who_to_whom`.
    seed : int, optional
        Of the resampling of articles.

    Returns
    -------
    pandas.DataFrame
        Estimates; groups are actors, items ``acts`` and ``is acted upon``.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "agent": ["Berg", "Lindt"], "patient": ["Lindt", "town"],
    ...                      "verb_class": ["help", "visit"], "start": [3, 9], "end": [6, 12]})
    >>> acting(rows, actors=["Lindt"])[["group", "item", "k", "n"]]
       group           item  k  n
    0  Lindt           acts  1  2
    1  Lindt  is acted upon  1  2
    """
    rows = participations(_kept(actions, factual=factual, classed=classed), actors=actors)
    return shares_by_row(rows, item="part", by="actor", items=["acts", "is acted upon"], seed=seed)


def acts_and_undergoes(
    actions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actors: list[str],
    by: str = "outlet",
    factual: bool = False,
    classed: bool = True,
    seed: int = 2026,
) -> pd.DataFrame:
    """Estimate in which share of an outlet's actions each actor acts, and in which it is acted upon.

    The two sides of `acting`, per outlet (transitivity; Halliday, 1985): far along one axis and near the other, an actor
    is only a doer or only a target; near both, it is left out of what happens.

    Parameters
    ----------
    actions : pandas.DataFrame
        Layer ``actions``.
    articles : pandas.DataFrame
        The articles, with the `by` column.
    actors : list of str
        The actors, in the order wanted.
    by : str, optional
        Column of `articles` that makes the groups.
    factual, classed : bool, optional
        As in `who_to_whom`.
    seed : int, optional
        Of the resampling of articles.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``item`` (actor), ``n`` actions of the group; ``k_acts``, ``acts`` (0 to 1), ``acts_low``,
        ``acts_high``; the same for ``undergoes``; ``n_articles``, ``enough``. Actors without an action of the group
        are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "agent": ["Berg", ""], "patient": ["Lindt", "Lindt"],
    ...                      "verb_class": ["help", "attack"]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"]})
    >>> acts_and_undergoes(rows, articles, actors=["Lindt"])[["item", "n", "k_acts", "k_undergoes", "undergoes"]]
        item  n  k_acts  k_undergoes  undergoes
    0  Lindt  2       0            2        1.0
    """
    rows = _kept(actions, factual=factual, classed=classed)
    sides = []
    for column, part in (("agent", "acts"), ("patient", "undergoes")):
        table = estimates.shares(rows, articles, item=column, by=by, items=actors, seed=seed)
        names = {"k": f"k_{part}", "share": part, "low": f"{part}_low", "high": f"{part}_high"}
        sides.append(table.rename(columns=names))
    keys = ["group", "item", "n", "n_articles", "enough"]
    both = sides[0].merge(sides[1], on=keys)
    both = both[both["k_acts"] + both["k_undergoes"] > 0]
    order = {actor: place for place, actor in enumerate(actors)}
    both = both.assign(_place=both["item"].map(order)).sort_values(["group", "_place"], kind="stable")
    columns = ["group", "item", "n"]
    columns += [f"{before}{part}{behind}" for part in ("acts", "undergoes") for before, behind in _COLUMNS]
    return both[[*columns, "n_articles", "enough"]].reset_index(drop=True)


def participations(actions: pd.DataFrame, *, actors: list[str]) -> pd.DataFrame:
    """Turn actions into one row an actor and action, with the part the actor plays.

    Parameters
    ----------
    actions : pandas.DataFrame
        Layer ``actions``.
    actors : list of str
        The actors wanted.

    Returns
    -------
    pandas.DataFrame
        The rows with ``actor`` and ``part`` (acts, is acted upon), each action once an actor and part.
    """
    parts = []
    for column, part in (("agent", "acts"), ("patient", "is acted upon")):
        chosen = actions[actions[column].isin(actors)]
        parts.append(chosen.assign(actor=chosen[column], part=part))
    rows = pd.concat(parts, ignore_index=True)
    return rows.drop_duplicates(["article_id", "start", "end", "actor", "part"]).reset_index(drop=True)
