"""Findings in words, computed from estimates: what the heading above a picture says, and what stands against it."""

from __future__ import annotations

import re

import pandas as pd

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
        What to call all groups where none has enough articles to stand for itself: they are then counted as one.

    Returns
    -------
    str

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["Harbour Gazette"], "item": ["Berg"], "k": [4], "n": [10], "share": [0.4],
    ...                       "low": [0.1], "high": [0.7], "enough": [True]})
    >>> largest(table, says="{item} is in {k} of {n} articles of {group} ({share})", nothing="Nobody is named")
    'Berg is in 4 of 10 articles of Harbour Gazette (40 %)'
    """
    rows = table[(table["k"] > 0) & table["share"].notna()] if len(table) else table
    if not len(rows):
        return nothing
    enough = rows[rows["enough"].astype(bool)] if "enough" in rows else rows
    if together and not len(enough) and len(set(table["group"])) > 1:
        rows = table.groupby("item", as_index=False)[["k", "n"]].sum()
        rows = rows.assign(group=together, share=rows["k"] / rows["n"])
    chosen = (enough if len(enough) else rows).sort_values(
        ["share", "k", "item", "group"], ascending=[False, False, True, True]
    )
    row = chosen.iloc[0]
    return says.format(
        item=row["item"],
        group=row["group"],
        k=int(row["k"]),
        n=int(row["n"]),
        share=f"{row['share']:.0%}".replace("%", " %"),
    )


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
    """
    counts = named.groupby("actor", sort=True)["article_id"].nunique()
    if counts.empty:
        return "Nobody is named"
    most, of = int(counts.max()), len(articles)
    first = " and ".join(counts.index[counts == most][:2])
    are = "are each" if (counts == most).sum() > 1 else "is"
    return f"{first} {are} named in {number(most)} of {counted(of, 'article')}"


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
    """
    sizes = articles.groupby(by)["article_id"].nunique()
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
        f"The clearest difference is {row['item']}: {shares[0]:.0%} in {more}, {shares[1]:.0%} in {less} "
        f"(difference {100 * abs(row['difference']):.0f} points, {100 * low:.0f} to {100 * high:.0f})."
    ).replace("%", " %")


def fewest(table: pd.DataFrame) -> str:
    """Say how many sources an outlet effectively has, from `analysis.actors.diversity`.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of `diversity`.

    Returns
    -------
    str
    """
    rows = table[table["statements"] > 0] if len(table) else table
    if not len(rows):
        return "No statement has a source"
    few = rows.sort_values(["effective", "group"]).iloc[0]
    many = rows.sort_values(["effective", "group"], ascending=[False, True]).iloc[0]
    if len(rows) == 1:
        return f"{few['group']} speaks through {few['effective']:.1f} effective sources, {int(few['sources'])} in all"
    return (
        f"{many['group']} speaks through {many['effective']:.1f} effective sources, {few['group']} through "
        f"{few['effective']:.1f}"
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
    'Berg on Orla, 3 actions'
    >>> tie(ties.assign(k=1), says="{source} on {target}, {k} actions", nothing="None")
    'None of 2 pairs occurs twice'
    """
    if not len(ties):
        return nothing
    row = ties.iloc[0]
    if len(ties) > 1 and int(row["k"]) == 1:
        return f"None of {len(ties)} pairs occurs twice"
    told = says.format(source=row["source"], target=row["target"], k=int(row["k"]))
    return re.sub(r"\b1 (\w+)s\b", r"1 \1", told)


def listed(ties: pd.DataFrame, what: str, *, limit: int = 6) -> str:
    """Write the alternative text of a matrix or network: its strongest ties."""
    rows = [f"{row.source} and {row.target} {row.k}" for row in ties.head(limit).itertuples()]
    return f"{what}. {'; '.join(rows)}." if rows else f"{what}: no ties."


def how_well(engine: str) -> list[str]:
    """Say how well names and statements are found by an engine, in the words of a report's limits.

    Examples
    --------
    >>> how_well("rules")[0]
    'Names are found by word lists and by weights of single words; on news of other topics about one name in six is missed or wrong. Each merged spelling stands in the ledger below and can be overruled in aliases.csv.'
    """
    ledger = "Each merged spelling stands in the ledger below and can be overruled in aliases.csv."
    if engine == "rules":
        return [
            "Names are found by word lists and by weights of single words; on news of other topics about one name in six is "
            f"missed or wrong. {ledger}",
            "Statements are found by quotation marks and the words beside a reporting verb: about six in ten of those readers "
            "mark, and seven in ten found are right; one source in five is another than readers say.",
        ]
    return [
        "Names are found by a small language model, corrected by word lists; on news of other topics about one name in ten is "
        f"missed or wrong. {ledger}",
        "Statements are found by a small model trained on political news: about seven in ten of those readers mark, and seven "
        "in ten found are right; quotations in marks do better than paraphrase.",
    ]


def parts(table: pd.DataFrame, what: str, *, limit: int = 6) -> str:
    """Write the alternative text of a scatter of agency: the actors with most actions, as doers and as targets."""
    rows = table.assign(both=table["k_acts"] + table["k_undergoes"])
    rows = rows.sort_values(["both", "group", "item"], ascending=[False, True, True]).head(limit)
    told = [
        f"{row.item} in {row.group} acts in {row.k_acts} and is acted upon in {row.k_undergoes} of {row.n}"
        for row in rows.itertuples()
    ]
    return f"{what}. {'; '.join(told)}." if told else f"{what}: no actions."


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
    sums = weeks.groupby("period")[["k", "n"]].sum()
    best = sums.sort_values("k", ascending=False, kind="stable").iloc[0]
    day = pd.Timestamp(str(best.name))
    return f"Most articles in the week of {day.day} {day:%B %Y}: {int(best['k'])} of {int(best['n'])}."


def doers(participations: pd.DataFrame) -> str:
    """Say who acts most often and who is acted upon most often, from `analysis.actors.participations`.

    Examples
    --------
    >>> rows = pd.DataFrame({"actor": ["Berg", "Berg", "Lindt"], "part": ["acts", "acts", "is acted upon"]})
    >>> doers(rows)
    'Berg acts most often, in two actions; Lindt is most often acted upon, in one'
    """
    said: list[str] = []
    for part, words in (("acts", "acts most often, in"), ("is acted upon", "is most often acted upon, in")):
        counts = participations.loc[participations["part"] == part, "actor"].value_counts().sort_index()
        if len(counts):
            actor, times = counts.idxmax(), int(counts.max())
            said.append(f"{actor} {words} {counted(times, 'action') if not said else number(times)}")
    return "; ".join(said) or "Nobody who is named acts or is acted upon"


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
