"""Findings about words, said in words computed from the tables."""

from __future__ import annotations

import pandas as pd

from analysis.text.comparison import furthest_apart, set_off
from analysis.text.wording import begun, listed, said, verb

_FEW = "too few articles to compare the outlets"
#: How a page names the scores of readability and diversity.
SCORES = {
    "words_per_sentence": "words in a sentence",
    "syllables_per_word": "syllables in a word",
    "flesch": "Flesch reading ease",
    "flesch_kincaid": "Flesch–Kincaid grade",
    "gunning_fog": "Gunning fog",
    "smog": "SMOG grade",
    "mtld": "MTLD",
    "mattr": "MATTR",
    "hdd": "HD-D",
    "yule_k": "Yule’s K",
}


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
    if table.empty:
        return nothing(table, "Words of the outlets are not compared")
    if not table["enough"].any():
        return f"Words differ from outlet to outlet, but there are {_FEW}"
    sure = set_off(table)
    if sure.empty:
        return "No word sets an outlet off from the rest beyond chance"
    group = sure["group"].iloc[0]
    return f"{group} is set off most by {listed(sure.loc[sure['group'] == group, 'form'].head(words))}"


def apart(table: pd.DataFrame) -> str:
    """Say how many words set an outlet apart, or why none is known to.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`.

    Examples
    --------
    >>> table = pd.DataFrame({"group": "East", "form": ["operation", "bread"], "certain": [1.2, 0.0], "q": [0.01, 0.6],
    ...     "enough": True})
    >>> apart(table)
    '1 of 2 words sets an outlet apart beyond chance'
    """
    sure = set_off(table)
    if sure.empty:
        return typical(table)
    n = sure["form"].nunique()
    return f"{n:,} of {table['form'].nunique():,} words {'set' if n > 1 else 'sets'} an outlet apart beyond chance"


def nothing(table: pd.DataFrame, otherwise: str) -> str:
    """Say why a table is empty, as `analysis.text.comparison.or_why` has noted it.

    Examples
    --------
    >>> nothing(pd.DataFrame(), "No word is compared")
    'No word is compared'
    """
    why = str(table.attrs.get("why", ""))
    return f"{otherwise}: {why}" if why else otherwise


def spread(hits: pd.DataFrame, articles: pd.DataFrame, *, term: str) -> str:
    """Say in how many articles a term stands.

    Parameters
    ----------
    hits : pandas.DataFrame
        Its hits, with ``article_id``.
    articles : pandas.DataFrame
        All articles.
    term : str
        The query.

    Examples
    --------
    >>> spread(pd.DataFrame({"article_id": ["a", "a"]}), pd.DataFrame({"article_id": ["a", "b"]}), term="war")
    '“war” stands in 1 of 2 articles'
    """
    if not term:
        return "No word was asked for"
    return f"{begun(said(term))} {verb(term, 'stands')} in {hits['article_id'].nunique()} of {len(articles)} articles"


def most_used(rates: pd.DataFrame, *, item: str = "") -> str:
    """Say which group uses a term most and least, or why they are not ranked.

    Parameters
    ----------
    rates : pandas.DataFrame
        From `analysis.text.estimates.rates`.
    item : str, optional
        The term; by default the most frequent.

    Examples
    --------
    >>> rates = pd.DataFrame({"group": ["East"], "item": ["war"], "k": [3], "n": [1500], "share": [2.0], "low": [1.0],
    ...     "high": [4.0], "enough": [False]})
    >>> most_used(rates, item="war")
    '“war” occurs 3 times in 1,500 words; too few articles to compare the outlets'
    """
    if rates.empty:
        return nothing(rates, "No word was asked for")
    item = item or str(rates["item"].iloc[0])
    rows = rates[(rates["item"] == item) & (rates["n"] > 0)]
    k, n = int(rows["k"].sum()), int(rows["n"].sum())
    shown = begun(said(item))
    if not k:
        return f"{shown} {'is not named' if verb(item, '') else 'does not occur'}"
    total = f"{shown} {verb(item, 'occurs')} {'once' if k == 1 else f'{k:,} times'} in {n:,} words"
    return _ranked(total, rows, value="share", unit=" in 1,000")


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
    >>> company(pd.DataFrame(), node="war")
    'Nothing shows that “war” stands in different company'
    """
    sure = set_off(table)
    if sure.empty:
        few = len(table) and not table["enough"].any()
        start = f"Nothing shows that {said(node)} stands in different company"
        return f"{start}: {_FEW}" if few else nothing(table, start)
    parts = [
        f"{listed(part['form'].head(words))} in {group}" for group, part in sure.groupby("group", sort=True)
    ]
    return f"Beside {said(node)} {'stand' if len(sure) > 1 else 'stands'} {'; '.join(parts)}"


def neighbours(table: pd.DataFrame, *, node: str, words: int = 5) -> str:
    """Say what stands near a word more often than elsewhere, in all outlets together.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.collocation.collocates`.
    node : str
        The word.
    words : int, optional
        Neighbours named.

    Examples
    --------
    >>> neighbours(pd.DataFrame({"form": ["civil", "cold"], "certain": [2.1, 1.4]}), node="war")
    'In all outlets “civil” and “cold” stand near “war” more often than elsewhere'
    >>> neighbours(pd.DataFrame(), node="war")
    'No word stands near “war” often enough to be listed'
    """
    if table.empty:
        return f"No word stands near {said(node)} often enough to be listed"
    sure = table[table["certain"] > 0].head(words)
    if sure.empty:
        return f"No word stands near {said(node)} more often than elsewhere beyond chance"
    stand = "stand" if len(sure) > 1 else "stands"
    return f"In all outlets {listed(sure['form'])} {stand} near {said(node)} more often than elsewhere"


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
    if table.empty:
        return nothing(table, "How far the vocabularies differ is left open")
    if not table["enough"].any():
        return f"How far the vocabularies differ is left open: {_FEW}"
    top = furthest_apart(table)
    if top is None:
        return "No two outlets differ more in their words than articles dealt out by chance"
    return (
        f"{top['group']} and {top['against']} differ most in their words: {top['value']:.2f} bits, where chance gives "
        f"{top['shuffled']:.2f}"
    )


def word_by_word(table: pd.DataFrame) -> str:
    """Say how many words two groups use differently beyond chance.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness` with a target and a reference.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "against": ["West"], "form": ["raid"], "certain": [0.4], "q": 0.01,
    ...     "enough": True})
    >>> word_by_word(table)
    'East and West, word by word: 1 of 1 differs beyond chance'
    """
    if table.empty:
        return nothing(table, "No two outlets are compared word by word")
    groups = f"{table['group'].iloc[0]} and {table['against'].iloc[0]}, word by word"
    if not table["enough"].any():
        return f"{groups}: {_FEW}"
    different = int(((table["certain"] != 0) & (table["q"] < 0.05)).sum())
    number = f"{different:,}" if different else "none"
    return f"{groups}: {number} of {len(table):,} {'differ' if different > 1 else 'differs'} beyond chance"


def longest(table: pd.DataFrame, *, what: str) -> str:
    """Say which group has the highest average of a score, or why they are not ranked.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.averages.averages`.
    what : str
        What the number is: "words in a sentence".

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "value": [21.0], "low": [19.0], "high": [23.0], "n": [3], "enough": [False]})
    >>> longest(table, what="words in a sentence")
    '21.0 words in a sentence on average; too few articles to compare the outlets'
    """
    sizes = table["n"].to_numpy(dtype=float)
    if not sizes.sum():
        return f"There is nothing to count {what} in"
    mean = float((table["value"].fillna(0) * sizes).sum() / sizes.sum())
    return _ranked(f"{mean:.1f} {what} on average", table, value="value", least="fewest")


def _ranked(start: str, rows: pd.DataFrame, *, value: str, unit: str = "", least: str = "least") -> str:
    """End a sentence with the groups that lie highest and lowest, or with why they are not ranked."""
    known = rows[rows["enough"].astype(bool)].sort_values([value, "group"], kind="stable")
    if len(known) == len(rows) == 1:
        return start
    if len(known) < 2:
        return f"{start}; {_FEW}"
    top, bottom = known.iloc[-1], known.iloc[0]
    if top["low"] <= bottom["high"]:
        return f"{start}; the outlets’ intervals overlap, so they are not ranked"
    most = f"most in {top['group']} ({top[value]:.1f}{unit})"
    return f"{start}: {most}, {least} in {bottom['group']} ({bottom[value]:.1f})"


def over_time(table: pd.DataFrame, *, every: str) -> str:
    """Say into how many periods the dated articles fall, and how many of them can be compared.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.trend.trend`.
    every : str
        The period.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East", "West"], "period": pd.to_datetime(["2024-08-19"] * 2), "enough": [True, False]})
    >>> over_time(table, every="week")
    'The dated articles fall into 1 week; in 1 of them an outlet has enough to be compared'
    """
    if table.empty:
        return nothing(table, "Nothing is shown over time")
    periods = table["period"].nunique()
    usable = table.loc[table["enough"].astype(bool), "period"].nunique()
    return (
        f"The dated articles fall into {periods} {every}{'' if periods == 1 else 's'}; in {usable or 'none'} of them an outlet has "
        "enough to be compared"
    )
