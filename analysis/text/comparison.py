"""What a page shows of a comparison: words that tell something first, and a reason where there is nothing to compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import pandas as pd

from analysis.corpus.overview import largest_first
from analysis.errors import MeasureError
from analysis.text.estimates import MINIMUM_ARTICLES
from analysis.text.tokens import function_words, table_lines, words


def or_why(measure: Callable[..., pd.DataFrame], *arguments: Any, **options: Any) -> pd.DataFrame:
    """Measure, or give an empty table that says why nothing can be measured: a page is made of one outlet too.

    Parameters
    ----------
    measure : callable
        A measure that gives a table.
    *arguments, **options
        For the measure.

    Returns
    -------
    pandas.DataFrame
        The table; where the measure is not defined, one without rows, with the reason in ``attrs["why"]``.

    Examples
    --------
    >>> from analysis.text.similarity import similarity
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["War and war."]})
    >>> or_why(similarity, articles, minimum_documents=1).attrs["why"]
    "similarity needs two groups with words; 'outlet' has East"
    """
    try:
        return measure(*arguments, **options)
    except MeasureError as error:
        nothing = pd.DataFrame()
        nothing.attrs = {"why": str(error)}
        return nothing


# the initial of a name, an address on the web
_NO_WORD = re.compile(r"\w|.*\w\.(?:com|org|net|co\.uk|gov|int)")


def own_names(groups: Iterable[str], bodies: Sequence[str]) -> dict[str, frozenset[str]]:
    """Give the words by which each outlet is named: an outlet that says them speaks of itself.

    Parameters
    ----------
    groups : iterable of str
        Names of outlets.
    bodies : sequence of str
        The texts: a part of a name that stands there in lower case is a common word, and no name.

    Returns
    -------
    dict of str to frozenset of str
        Forms as the tokeniser counts them. Abbreviations in capitals are names whatever their length.

    Examples
    --------
    >>> sorted(own_names(["VNN (Verrin News)"], ["The news from Verrin."])["VNN (Verrin News)"])
    ['verrin', 'vnn']
    """
    names = sorted(set(groups))
    text = " ".join(bodies)
    parts = {word for name in names for word in re.findall(r"\b[^\W\d_]{2,}\b", name)}
    known = {
        word.lower()
        for word in sorted(parts)
        if word.isupper()
        or not (word.lower() in function_words() or re.search(rf"\b{re.escape(word.lower())}\b", text))
    }
    return {name: frozenset(form for form in words(name) if form in known) for name in names}


def worth_reading(
    table: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", forms: str = "form"
) -> pd.DataFrame:
    """Leave function words out of a comparison, and say of which words no heading should be made.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness` or `analysis.text.similarity.word_shift`.
    articles : pandas.DataFrame
        What was compared: ``body`` and the `by` column.
    by : str, optional
        Column that makes the groups.
    forms : str, optional
        Column of the words.

    Returns
    -------
    pandas.DataFrame
        The rows of other words, with ``left_out``: "title" for a title before names (``mr``), "own name" for the name of
        an outlet that is compared, "no word" for a single letter or an address, empty for words worth a heading or
        picture. Ranks and numbers stay as they are.

    Examples
    --------
    >>> table = pd.DataFrame({"group": "East Post", "against": "the rest", "form": ["the", "mr", "east", "raid"]})
    >>> articles = pd.DataFrame({"outlet": ["East Post"], "body": ["The East Post met Mr Orlo."]})
    >>> worth_reading(table, articles)[["form", "left_out"]].to_numpy().tolist()
    [['mr', 'title'], ['east', 'own name'], ['raid', '']]
    """
    if table.empty:
        return table
    names = own_names(articles[by].dropna().astype(str), articles["body"].fillna("").tolist())
    compared = set(names) if "group" not in table.columns else {*table["group"], *table["against"]}
    own = {form for name in compared for form in names.get(name, ())}
    rest = table[~table[forms].isin(function_words())]
    reason = rest[forms].map(
        lambda form: (
            "title"
            if form in titles()
            else "own name"
            if form in own
            else "no word"
            if _NO_WORD.fullmatch(form)
            else ""
        )
    )
    return rest.assign(left_out=reason)


def telling(table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `worth_reading` that a heading or a picture may name."""
    return table if table.empty else table[table["left_out"] == ""]


def set_off(table: pd.DataFrame) -> pd.DataFrame:
    """Give the words that are certainly more frequent in a group, the groups with the most certain ones first.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`, with intervals.

    Returns
    -------
    pandas.DataFrame
        Rows with ``enough``, an interval above equal use, and q below .05.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East", "West"], "form": ["raid", "storm"], "certain": [0.4, 1.2], "q": 0.01,
    ...     "enough": True})
    >>> set_off(table)["form"].tolist()
    ['storm', 'raid']
    """
    if table.empty:
        return table
    sure = table[table["enough"].astype(bool) & (table["certain"] > 0) & (table["q"] < 0.05)]
    best = sure.groupby("group")["certain"].transform("max")
    ordered = sure.assign(_best=best).sort_values(
        ["_best", "group", "certain", "form"], ascending=[False, True, False, True], kind="stable"
    )
    return ordered.drop(columns="_best")


def leading(table: pd.DataFrame, *, each: int = 12) -> pd.DataFrame:
    """Give the first words of each group whose own interval lies above equal use, whether or not q bears them out.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`, with intervals.
    each : int, optional
        Words of a group.
    """
    return table if table.empty else table[table["certain"] > 0].groupby("group").head(each)


def to_read(table: pd.DataFrame) -> pd.DataFrame:
    """Give the words whose sentences should be read first: those that certainly set a group off, else the leading ones."""
    sure = set_off(table)
    return leading(sure if len(sure) else table)


def leader(table: pd.DataFrame) -> str:
    """Name the group that a heading speaks of: the one with the most certain word, else the first that has enough articles.

    Examples
    --------
    >>> leader(pd.DataFrame({"group": ["East"], "form": ["raid"], "certain": [0.0], "q": [0.5], "enough": [False]}))
    'East'
    """
    if table.empty:
        return ""
    for rows in (set_off(table), table[table["enough"].astype(bool)], table):
        if len(rows):
            return str(rows.sort_values("certain", ascending=False, kind="stable")["group"].iloc[0])
    return ""


def furthest_apart(table: pd.DataFrame) -> pd.Series | None:
    """Give the two groups whose words differ most beyond chance, as a row of `analysis.text.similarity.similarity`."""
    if table.empty:
        return None
    rows = table[(table["measure"] == "jensen_shannon") & table["enough"] & table["beyond_chance"]]
    more = (rows["value"] - rows["shuffled"]).sort_values(kind="stable")
    return rows.loc[more.index[-1]] if len(more) and more.iloc[-1] > 0 else None


def two_groups(table: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> tuple[str, str]:
    """Name the two groups worth a closer look: those whose words differ most, else those with the most articles.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.similarity.similarity`.
    articles : pandas.DataFrame
        With the `by` column.
    by : str, optional
        Column that makes the groups.

    Returns
    -------
    (str, str)
        Empty for a group that is not there.

    Examples
    --------
    >>> two_groups(pd.DataFrame(), pd.DataFrame({"outlet": ["West", "East", "West", "North"]}))
    ('West', 'East')
    """
    apart = furthest_apart(table)
    if apart is not None:
        return str(apart["group"]), str(apart["against"])
    first, second = [*largest_first(articles, by=by), "", ""][:2]
    return first, second


def period(
    articles: pd.DataFrame, every: str = "", *, by: str = "outlet", minimum: int = MINIMUM_ARTICLES
) -> str:
    """Choose the period for a trend: the shortest in which most articles stand beside enough others of their outlet.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``published`` and the `by` column.
    every : str, optional
        A period that somebody chose; it is kept.
    by : str, optional
        Column that makes the groups.
    minimum : int, optional
        Articles a group needs in a period before it is compared.

    Returns
    -------
    {"week", "month", "year"}
        Where no period has enough: the shortest of which there are at most two dozen.

    Examples
    --------
    >>> days = pd.date_range("2023-01-02", periods=40, freq="W-MON")
    >>> period(pd.DataFrame({"outlet": "East", "published": days}))
    'year'
    """
    dated = pd.DataFrame(
        {"group": articles[by].astype(str), "day": pd.to_datetime(articles["published"], errors="coerce")}
    ).dropna()
    if every or dated.empty:
        return every or "week"
    spans = {
        name: dated["day"].dt.to_period(code) for name, code in (("week", "W"), ("month", "M"), ("year", "Y"))
    }
    for name, span in spans.items():
        if (dated.groupby(["group", span])["day"].transform("size") >= minimum).mean() > 0.5:
            return name
    return next((name for name, span in spans.items() if span.nunique() <= 24), "year")


@cache
def titles() -> frozenset[str]:
    """Give titles before names and their abbreviations (our own list)."""
    return frozenset(table_lines("titles.tsv")[1:])
