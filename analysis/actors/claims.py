"""Findings in words, computed from estimates: what the heading above a picture says, and what stands against it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pandas as pd

from analysis.actors.lexicons import mapping
from analysis.corpus.overview import counted, number
from analysis.text import estimates


def largest(table: pd.DataFrame, *, says: str, nothing: str, together: str = "") -> str:
    """Say the largest share of a table of estimates in words.

    Parameters
    ----------
    table : pandas.DataFrame
        Estimates.
    says : str
        A sentence with ``{item}``, ``{group}``, ``{k}``, ``{n}`` and ``{share}``.
    nothing : str
        What to say where nothing was counted.
    together : str, optional
        What to call all groups where none stands out: none has enough articles, or no interval of the item lies apart
        from another. They are then counted as one.

    Returns
    -------
    str

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["Harbour Gazette", "Continental Wire"], "item": ["Berg"] * 2, "k": [9, 1],
    ...     "n": [10, 10], "share": [0.9, 0.1], "low": [0.6, 0.0], "high": [1.0, 0.4], "enough": [True] * 2})
    >>> says = "{item} is in {k} of {n} articles of {group} ({share})"
    >>> largest(table, says=says, nothing="Nobody is named", together="all outlets")
    'Berg is in 9 of 10 articles of Harbour Gazette (90 %)'
    >>> largest(table.assign(high=1.0), says=says, nothing="Nobody is named", together="all outlets")
    'Berg is in 10 of 20 articles of all outlets (50 %)'
    """
    rows = table[(table["k"] > 0) & table["share"].notna()] if len(table) else table
    if not len(rows):
        return nothing
    enough = rows[rows["enough"].astype(bool)] if "enough" in rows else rows
    first = _first(enough if len(enough) else rows)
    if together and len(set(table["group"])) > 1:
        compared = table[(table["item"] == first["item"]) & table["enough"].astype(bool)]
        if compared.empty or not first["low"] > compared["high"].min():
            sums = table.groupby("item", as_index=False)[["k", "n"]].sum()
            first = _first(sums.assign(group=together, share=sums["k"] / sums["n"]))
    return says.format(
        item=first["item"],
        group=first["group"],
        k=int(first["k"]),
        n=int(first["n"]),
        share=f"{first['share']:.0%}".replace("%", " %"),
    )


def _first(table: pd.DataFrame) -> pd.Series[Any]:
    """Return the row of the largest share."""
    keys = ["share", "k", "item", "group"]
    return table.sort_values(keys, ascending=[False, False, True, True]).iloc[0]


def named_most(named: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Say who is named in the most articles, over all outlets.

    Parameters
    ----------
    named : pandas.DataFrame
        Layer ``mentions``, names only.
    articles : pandas.DataFrame
        The articles they lie in.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "b", "b"], "actor": ["Berg", "Berg", "Lindt"]})
    >>> named_most(rows, pd.DataFrame({"article_id": ["a", "b", "c"]}))
    'Berg is named in two of three articles'
    >>> named_most(rows, pd.DataFrame({"article_id": ["a", "b"]}))
    'Berg is named in both articles'
    >>> named_most(rows.replace("Berg", "Border Forces"), pd.DataFrame({"article_id": ["a", "b", "c"]}))
    'Border Forces are named in two of three articles'
    """
    counts = named.groupby("actor", sort=True)["article_id"].nunique()
    if counts.empty:
        return "Nobody is named"
    most, of = int(counts.max()), len(articles)
    first = " and ".join(counts.index[counts == most][:2])
    alone = (counts == most).sum() == 1
    are = ("are" if _many(counts.index[counts == most][0], named) else "is") if alone else "are each"
    if most == of:
        return f"{first} {are} named in {'both articles' if of == 2 else 'all ' * (of > 2) + counted(of, 'article')}"
    return f"{first} {are} named in {number(most)} of {counted(of, 'article')}"


def _many(actor: str, named: pd.DataFrame) -> bool:
    """Say whether a name is a plural: that of a group, or one that ends in a group noun ("Armed Forces of Harland")."""
    last = actor.split(" of ")[0].split()[-1].lower()
    if last == "government":
        return False
    if "kind" in named and (named.loc[named["actor"] == actor, "kind"] == "group").mean() > 0.5:
        return True
    return last.endswith("s") and last[:-1] in mapping("group_nouns", "noun", "class")


def contrast(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    unit: str = "rows",
    seed: int = 2026,
) -> str:
    """Say the clearest difference between two groups with its interval, or that none is clear.

    Parameters
    ----------
    rows, articles : pandas.DataFrame
        As in `analysis.text.estimates.differences`.
    item, by, unit, seed
        Likewise.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette", "Continental Wire"]})
    >>> rows = pd.DataFrame({"article_id": ["a", "b"], "actor": ["Berg", "Lindt"]})
    >>> contrast(rows, articles, item="actor")
    'Too few articles to compare: no two groups have ten.'
    >>> contrast(rows.head(1), articles.head(1), item="actor")
    'There is one outlet, and nothing to compare it with.'
    """
    sizes = articles.groupby(by)["article_id"].nunique()
    if len(sizes) == 1:
        return f"There is one {'outlet' if by == 'outlet' else 'group'}, and nothing to compare it with."
    if (sizes >= estimates.MINIMUM_ARTICLES).sum() < 2:
        return "Too few articles to compare: no two groups have ten."
    if not len(rows):
        return "There is nothing to compare."
    frequent = rows[item].value_counts()
    items = [
        str(name)
        for name in frequent.sort_index().sort_values(ascending=False, kind="stable").index[:20]
        if name
    ]
    table = estimates.differences(rows, articles, item=item, by=by, unit=unit, seed=seed, items=items)
    clear = table[table["clear"].astype(bool)]
    if not len(clear):
        return "No difference between two groups is clear: every interval holds zero, or chance explains it as well."
    row = (
        clear.assign(size=clear["difference"].abs())
        .sort_values(["size", "item"], ascending=[False, True])
        .iloc[0]
    )
    more, less = (row["group"], row["against"]) if row["difference"] > 0 else (row["against"], row["group"])
    shares = sorted((row["share"], row["share_against"]), reverse=True)
    low, high = sorted((abs(row["low"]), abs(row["high"])))
    return (
        f"The clearest difference is “{row['item']}”: {shares[0]:.0%} in {more}, {shares[1]:.0%} in {less} "
        f"(difference {100 * abs(row['difference']):.0f} points, {100 * low:.0f} to {100 * high:.0f})."
    ).replace("%", " %")


def fewest(table: pd.DataFrame) -> str:
    """Say which of two outlets of like size effectively uses more sources, where their intervals lie apart.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `analysis.actors.diversity`.

    Returns
    -------
    str
        Outlets of which one has more than half as many statements again are not compared: the number grows with them.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["Harbour Gazette", "Continental Wire"], "statements": [90, 80], "sources": [40, 20],
    ...                       "effective": [30.4, 9.6], "low": [20.0, 7.0], "high": [44.0, 13.0], "enough": [True, True]})
    >>> fewest(table)
    'Harbour Gazette speaks through 30 effective sources (20 to 44), Continental Wire through 10 (7 to 13)'
    >>> fewest(table.assign(low=5.0))
    'No outlet clearly speaks through more sources than another of its size: from 10 to 30 effective ones'
    >>> fewest(table.head(1))
    'Harbour Gazette speaks through 30 effective sources, 40 in all'
    """
    rows = table[table["statements"] > 0] if len(table) else table
    if not len(rows):
        return "No statement has a source"
    known = rows.sort_values(["effective", "group"], kind="stable").to_dict("records")
    if len(known) == 1:
        return f"{known[0]['group']} speaks through {known[0]['effective']:.0f} effective sources, {known[0]['sources']} in all"
    compared = [row for row in known if row["enough"]]
    clear = [
        (many["effective"] / few["effective"], many, few)
        for few, many in combinations(compared, 2)
        if many["low"] > few["high"] and 1 / 1.5 <= many["statements"] / few["statements"] <= 1.5
    ]
    if clear:
        _, many, few = max(clear, key=lambda pair: pair[0])
        return (
            f"{many['group']} speaks through {many['effective']:.0f} effective sources ({many['low']:.0f} to "
            f"{many['high']:.0f}), {few['group']} through {few['effective']:.0f} ({few['low']:.0f} to {few['high']:.0f})"
        )
    return (
        "No outlet clearly speaks through more sources than another of its size: "
        f"from {known[0]['effective']:.0f} to {known[-1]['effective']:.0f} effective ones"
    )


def stances(stance: pd.DataFrame, *, left: str = "distancing", right: str = "endorsing") -> str:
    """Say how often verbs keep a distance from sources and how often they endorse them.

    Parameters
    ----------
    stance : pandas.DataFrame
        From `analysis.actors.verb_stance`.
    left, right : str
        The two classes.

    Returns
    -------
    str
        The two groups that lie farthest apart in the first class, where their intervals do not meet; else the sums.

    Examples
    --------
    >>> stance = pd.DataFrame({"group": ["East", "East", "West", "West"], "item": ["distancing", "endorsing"] * 2,
    ...     "k": [20, 1, 2, 3], "n": [60, 60, 70, 70], "share": [0.33, 0.02, 0.03, 0.04],
    ...     "low": [0.2, 0.0, 0.01, 0.0], "high": [0.5, 0.1, 0.1, 0.1], "enough": [True] * 4})
    >>> stances(stance)
    'Verbs that keep a distance introduce 20 of 60 statements of “East” sources, 2 of 70 of “West” sources'
    >>> stances(stance.assign(low=0.0))
    'Verbs that keep a distance introduce 22 of 130 statements, verbs that endorse four'
    """
    sums = stance.groupby("item")["k"].sum() if len(stance) else pd.Series(dtype=int)
    if not (sums.get(left, 0) or sums.get(right, 0)):
        return "No verb keeps a distance from its source or endorses it"
    rows = stance[(stance["item"] == left) & stance["enough"].astype(bool)].sort_values(["share", "group"])
    if len(rows) > 1 and rows.iloc[-1]["low"] > rows.iloc[0]["high"]:
        less, more = rows.iloc[[0, -1]].to_dict("records")
        return (
            f"Verbs that keep a distance introduce {more['k']} of {more['n']} statements of “{more['group']}” sources, "
            f"{less['k']} of {less['n']} of “{less['group']}” sources"
        )
    total = int(stance[stance["item"] == left]["n"].sum())
    kept, endorsed = (
        number(times) if times else "none" for times in (int(sums.get(c, 0)) for c in (left, right))
    )
    return (
        f"Verbs that keep a distance introduce {kept} of {counted(total, 'statement')}, "
        f"verbs that endorse {endorsed}"
    )


def tie(ties: pd.DataFrame, *, says: str, nothing: str) -> str:
    """Say the strongest tie of a matrix in words.

    Parameters
    ----------
    ties : pandas.DataFrame
        ``source target k``.
    says : str
        A sentence with ``{source}``, ``{target}`` and ``{k}``.
    nothing : str
        What to say where there is none.

    Returns
    -------
    str
        Where no tie is met twice, that there is no strongest.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["Berg", "Lindt"], "target": ["Orla", "Berg"], "k": [3, 1]})
    >>> tie(ties, says="{source} on {target}, {k} actions", nothing="None")
    'Berg on Orla, three actions'
    >>> tie(ties.assign(k=1), says="{source} on {target}, {k} actions", nothing="None")
    'None of two pairs occurs twice'
    """
    if not len(ties):
        return nothing
    row = ties.iloc[0]
    if len(ties) > 1 and int(row["k"]) == 1:
        return f"None of {number(len(ties))} pairs occurs twice"
    told = says.format(source=row["source"], target=row["target"], k=number(int(row["k"])))
    return re.sub(r"\bone (\w+)s\b", r"one \1", told)


def busiest(weeks: pd.DataFrame) -> str:
    """Say in which week most articles named an actor, from `analysis.actors.over_time`.

    Examples
    --------
    >>> weeks = pd.DataFrame({"period": pd.to_datetime(["2024-08-19", "2024-08-26"]), "k": [1, 4], "n": [5, 6]})
    >>> busiest(weeks)
    'Most articles in the week of 26 August 2024: 4 of 6.'
    """
    if not len(weeks) or not weeks["k"].sum():
        return "No article whose day is known names the actor."
    if weeks["k"].sum() == 1:
        return "One article whose day is known names the actor."
    sums = weeks.groupby("period")[["k", "n"]].sum()
    best = sums.sort_values("k", ascending=False, kind="stable").iloc[0]
    if best["k"] == 1:
        return "No two articles of one week name the actor."
    day = pd.Timestamp(str(best.name))
    return f"Most articles in the week of {day.day} {day:%B %Y}: {int(best['k'])} of {int(best['n'])}."


def doers(participations: pd.DataFrame) -> str:
    """Say who acts most often and who is acted upon most often, from `analysis.actors.participations`.

    Examples
    --------
    >>> rows = pd.DataFrame({"actor": ["Berg", "Berg", "Lindt"], "part": ["acts", "acts", "is acted upon"]})
    >>> doers(rows)
    'Most often acting: Berg, in two actions; none is acted upon twice'
    >>> doers(rows.tail(1))
    'Nobody acts or is acted upon twice'
    """
    said: list[str] = []
    for part, most, none in (
        ("acts", "most often acting", "none acts twice"),
        ("is acted upon", "most often acted upon", "none is acted upon twice"),
    ):
        counts = participations.loc[participations["part"] == part, "actor"].value_counts().sort_index()
        times = int(counts.max()) if len(counts) else 0
        first = " and ".join(counts.index[counts == times][:2])
        said.append(f"{most}: {first}, in {counted(times, 'action')}" if times > 1 else none)
    if not any(":" in words for words in said):
        return "Nobody acts or is acted upon twice"
    told = "; ".join(said)
    return told[0].upper() + told[1:]


def commonest(values: pd.Series[str], *, limit: int = 6) -> str:
    """List the commonest values with their counts, the most frequent first.

    Examples
    --------
    >>> commonest(pd.Series(["say", "tell", "say"]))
    'say (2), tell (1)'
    """
    counts = values.value_counts().rename_axis("value").reset_index(name="n")
    counts = counts.sort_values(["n", "value"], ascending=[False, True]).head(limit)
    return ", ".join(f"{row.value} ({row.n})" for row in counts.itertuples()) or "none"
