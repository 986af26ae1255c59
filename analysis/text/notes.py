"""Sentences that stand below the heading of a finding about words: what else was found, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import polars as pl

from analysis.text.comparison import leader, leading, set_off
from analysis.text.hits import named
from analysis.text.query import parse
from analysis.text.wording import listed


def set_apart(table: pd.DataFrame, *, words: int = 3) -> str:
    """Say which words set the groups apart, or come nearest to it where none is sure.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`.
    words : int, optional
        Words named of each group.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East", "West"], "form": ["raid", "storm"], "certain": [0.4, 1.2], "q": 0.01,
    ...     "enough": True})
    >>> set_apart(table)
    'West by “storm”; East by “raid”.'
    """
    sure = set_off(table)
    if sure.empty:
        first = table[table["group"] == leader(table)] if len(table) else table
        near = leading(first, each=words)
        return (
            f"Nearest to it in {near['group'].iloc[0]}: {listed(near['form'])}. Their own intervals lie above equal use, but "
            f"of {len(first):,} words some do by chance."
            if len(near)
            else ""
        )
    parts = [
        f"{group} by {listed(part['form'].head(words))}" for group, part in sure.groupby("group", sort=False)
    ]
    return f"{'; '.join(parts)}."


def left_out(table: pd.DataFrame) -> str:
    """Say which words stand in the table of a comparison, but not in its heading and picture.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.comparison.worth_reading`.

    Examples
    --------
    >>> left_out(pd.DataFrame({"form": ["mr", "raid"], "left_out": ["title", ""], "certain": [1.0, 0.5]}))
    'In the table, but not in the heading and the picture: “mr” (title).'
    """
    if table.empty:
        return ""
    rows = table[(table["left_out"] != "") & (table["certain"] > 0)].drop_duplicates("form")
    named = [f"“{form}” ({why})" for form, why in zip(rows["form"], rows["left_out"], strict=True)]
    return f"In the table, but not in the heading and the picture: {', '.join(named)}." if named else ""


def quoted(table: pd.DataFrame, *, limit: int = 24) -> list[str]:
    """Write the words of a comparison as queries.

    Examples
    --------
    >>> quoted(pd.DataFrame({"form": ["raid", "raid", "storm"]}))
    ['"raid"', '"storm"']
    """
    return [f'"{form}"' for form in table["form"].drop_duplicates().head(limit)] if len(table) else []


def leading_term(rates: pd.DataFrame) -> str:
    """Name the most frequent term of a table of rates; empty where no term was asked for."""
    return str(rates["item"].iloc[0]) if len(rates) else ""


def shifted(table: pd.DataFrame, *, groups: Sequence[str]) -> str:
    """Say between whom a word shift divides the difference, and which words make most of it.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.similarity.word_shift`.
    groups : sequence of str
        The two groups.

    Examples
    --------
    >>> shifted(pd.DataFrame({"form": ["raid", "storm"], "part": [0.7, 0.3]}), groups=["East", "West"])
    '“raid” and “storm” make 100 % of the difference between East and West.'
    """
    if table.empty or not table["part"].sum():
        return ""
    top = table.head(5)
    part = 100 * float(top["part"].sum())
    return f"{listed(top['form'])} make {part:.0f} % of the difference between {groups[0]} and {groups[1]}."


def meant(terms: Sequence[str], mentions: pd.DataFrame, *, names: int = 6) -> str:
    """Say under which names the actors of queries were found.

    Parameters
    ----------
    terms : sequence of str
        Queries of `analysis.text.query`.
    mentions : pandas.DataFrame
        The ``mentions`` layer.
    names : int, optional
        Names given, the most frequent first.

    Examples
    --------
    >>> mentions = pd.DataFrame({"actor": ["Ada Marsh", "Ada Marsh", "Marsh Party"]})
    >>> meant(["war", "@marsh"], mentions)
    '“@marsh” takes Ada Marsh (2), Marsh Party (1).'
    """
    found = mentions["actor"].dropna().astype(str).value_counts()
    sentences = []
    for query in (each for term in terms for each in parse(term) if each.kind == "actor"):
        taken = found[found.index.isin(named(query.terms, pl.Series(found.index.to_list(), dtype=pl.String)))]
        ordered = sorted(taken.items(), key=lambda item: (-item[1], str(item[0])))
        if ordered:
            told = ", ".join(f"{name} ({n:,})" for name, n in ordered[:names])
            rest = len(ordered) - names
            sentences.append(f"“{query.text}” takes {told}{f' and {rest} more' if rest > 0 else ''}.")
    return " ".join(sentences)


def undated(table: pd.DataFrame) -> str:
    """Say how many articles a trend leaves out.

    Examples
    --------
    >>> table = pd.DataFrame()
    >>> table.attrs = {"undated": 2}
    >>> undated(table)
    '2 articles without a date left out.'
    """
    n = int(table.attrs.get("undated", 0))
    return f"{n:,} article{'' if n == 1 else 's'} without a date left out." if n else ""


def short_articles(styles: pd.DataFrame, *, under: int) -> str:
    """Say how many articles are too short for formulas of readability.

    Parameters
    ----------
    styles : pandas.DataFrame
        From `analysis.text.readability.readability`.
    under : int
        Words below which formulas are unstable.

    Returns
    -------
    str
        Empty where none is.

    Examples
    --------
    >>> short_articles(pd.DataFrame({"n_words": [40, 400]}), under=100)
    '1 of 2 articles is under 100 words, where the formulas are unstable.'
    """
    n = int((styles["n_words"] < under).sum())
    if not n:
        return ""
    return f"{n:,} of {len(styles):,} articles {'is' if n == 1 else 'are'} under {under} words, where the formulas are unstable."
