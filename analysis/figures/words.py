"""The pictures of a page about words, each with its own words: none where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.figures import dots, keyness, scatter, shift, strips, trend
from analysis.figures.figure import Figure
from analysis.text import claims
from analysis.text.comparison import leader, telling
from analysis.text.wording import listed, said

_BARS = "bars are 95 % intervals from resampling articles"


def typical(table: pd.DataFrame, *, colours: Mapping[str, str], node: str = "") -> Figure | None:
    """Draw the words that set off the group of the heading.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.comparison.worth_reading`, over a comparison of every group with the rest.
    colours : mapping of str to str
        From `outlet_colours`.
    node : str
        The word they stand near, where only its neighbours are compared.

    Returns
    -------
    Figure or None
    """
    first = leader(telling(table))
    shown = (
        telling(table).loc[lambda rows: (rows["group"] == first) & (rows["log_ratio"] > 0)]
        if first
        else table
    )
    if shown.empty:
        return None
    best = keyness.chosen(shown, limit=8)["form"]
    near = f" near {said(node)}" if node else ""
    return Figure(
        keyness.keyness(shown, colours=colours),
        alt=f"Dot plot of the words most typical of {first}{near}: {listed(best)}.",
        caption=f"{first} against the rest{near}. Dot: how many times as frequent; bar: 95 % interval from resampling articles; "
        "size: articles with the word; at the margin: occurrences here and there. Open: not beyond chance, given how many words are compared, or too few articles.",
    )


def rates(table: pd.DataFrame, *, colours: Mapping[str, str]) -> Figure | None:
    """Draw the rates of terms.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.estimates.rates`.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    if table.empty or not table["k"].sum():
        return None
    return Figure(
        dots.dots(table, colours=colours, percent=False, xlabel=f"per 1,000 words; {_BARS}"),
        alt=f"Dot plot of the rate of {listed(table['item'].drop_duplicates())} by outlet, with 95 percent intervals.",
        caption=f"Dots are occurrences per 1,000 words, {_BARS}. Open: too few articles.",
    )


def places(
    hits: pd.DataFrame, articles: pd.DataFrame, *, term: str, colours: Mapping[str, str]
) -> Figure | None:
    """Draw where in the articles a term stands.

    Parameters
    ----------
    hits, articles : pandas.DataFrame
        The hits of the term, and all articles.
    term : str
        The query.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    if hits.empty:
        return None
    return Figure(
        strips.strips(hits, articles, colours=colours, limit=8),
        alt=f"Strips of articles by outlet with a mark wherever {listed([term])} stands.",
        caption="One line an article, from its first word to its last; marks are occurrences.",
    )


def difference(
    table: pd.DataFrame, *, target: str, reference: str, colours: Mapping[str, str]
) -> Figure | None:
    """Draw the words that make two groups differ.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.similarity.word_shift`, by way of `worth_reading`.
    target, reference : str
        The groups.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    shown = telling(table)
    if shown.empty or not shown["part"].sum():
        return None
    return Figure(
        shift.shift(shown, target=target, reference=reference, colours=colours),
        alt=f"Word shift between {reference} and {target}: {listed(shown['form'].head(8))} make most of the difference.",
        caption="Part of the Jensen–Shannon divergence that is due to the word, on the side that uses it more; at the "
        "margin: occurrences left and right.",
    )


def pair(table: pd.DataFrame, *, colours: Mapping[str, str]) -> Figure | None:
    """Draw every word by its frequency in two groups.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness` with a target and a reference, by way of `worth_reading`.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    shown = telling(table)
    if shown.empty:
        return None
    group, against = shown[["group", "against"]].iloc[0]
    return Figure(
        scatter.scatter(shown, colours=colours),
        narrow=scatter.scatter(shown, colours=colours, width=3.7),
        alt=f"Scatter of words by frequency in {group} and {against}; the table names them.",
        caption="Each dot is a word; coloured where its own interval leaves out equal use, as some of many words do by chance. A word that one "
        "side never uses stands at the edge.",
    )


def over_time(table: pd.DataFrame, *, every: str, colours: Mapping[str, str]) -> Figure | None:
    """Draw the rates of two terms over time.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.trend.trend`.
    every : str
        The period.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    if table.empty:
        return None
    sparse = trend.is_sparse(table)
    return Figure(
        trend.trend(table, colours=colours, limit=2),
        narrow=trend.trend(table, colours=colours, limit=2, across=2),
        alt=f"Rates of {listed(table['item'].drop_duplicates().head(2))} by {every} and outlet.",
        caption=f"Per 1,000 words; {_BARS} and may leave the field; open: too few articles."
        + (
            f" Only each {every} with an article is drawn, side by side: steps are not of equal time."
            if sparse
            else ""
        ),
    )


def averages(table: pd.DataFrame, *, score: str, colours: Mapping[str, str]) -> Figure | None:
    """Draw the mean of a score by group.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.averages.averages`.
    score : str
        The score drawn.
    colours : mapping of str to str
        From `outlet_colours`.

    Returns
    -------
    Figure or None
    """
    rows = table[(table["item"] == score) & table["value"].notna()] if len(table) else table
    if rows.empty:
        return None
    name = claims.SCORES.get(score, score.replace("_", " "))
    known = rows.assign(item=name, k=rows["n"], share=rows["value"])
    told = "; ".join(
        f"{group} {value:.1f}" for group, value in zip(rows["group"], rows["value"], strict=True)
    )
    return Figure(
        dots.dots(known, colours=colours, percent=False, xlabel="mean of articles, with 95 % interval"),
        alt=f"Dot plot of {name} by outlet: {told}.",
        caption=f"Means over articles; {_BARS}. Open: too few articles.",
    )
