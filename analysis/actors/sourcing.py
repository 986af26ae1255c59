"""Who gets to speak: shares of statements and of words, how many different sources, which verbs introduce whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from analysis.actors.spans import NOT_REPORTED
from analysis.schemas import conform
from analysis.text import estimates
from analysis.text.intervals import wilson

_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "them",
        "what",
    }
)
_CLASSES = ("neutral", "endorsing", "distancing", "combative")


def reported(statements: pd.DataFrame) -> pd.DataFrame:
    """Keep one row a statement of what sources told the outlet.

    Left out are stances (somebody backs a plan), what is only imagined, asked for or refused, and what a quoted speaker
    reports in turn.

    Parameters
    ----------
    statements : pandas.DataFrame
        Layer ``statements``.

    Returns
    -------
    pandas.DataFrame
        The first piece of each statement.
    """
    if statements.empty:
        return statements
    rule = statements["rule"].fillna("").astype(str)
    kept = statements[~rule.str.startswith(NOT_REPORTED)]
    return kept.sort_values(["article_id", "statement", "start"]).drop_duplicates(["article_id", "statement"])


def source_shares(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    item: str = "source_class",
    by: str = "outlet",
    weight: str = "statements",
    seed: int = 2026,
) -> pd.DataFrame:
    """Estimate which share of an outlet's statements, or of its quoted words, comes from each kind of source.

    Whose voice is let in, and how much official sources dominate (SRC1; Bennett, 1990, on indexing).

    Parameters
    ----------
    statements : pandas.DataFrame
        Layer ``statements``.
    articles : pandas.DataFrame
        The articles, with the `by` column.
    item : str, optional
        ``source_class``, ``side``, ``actor``, ``form`` or ``explicitness``.
    by : str, optional
        Column of `articles` that makes the groups.
    weight : {"statements", "words"}, optional
        Count each statement once, or each word that stands in a quotation or paraphrase.
    seed : int, optional
        Of the resampling of articles.

    Returns
    -------
    pandas.DataFrame
        Estimates.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a"], "statement": [0, 1], "start": [0, 9], "rule": ["", ""],
    ...                      "surface": ["We stay", "No"], "source_class": ["government", "civilian"]})
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"]})
    >>> source_shares(rows, articles, weight="words")[["item", "k", "n"]]
             item  k  n
    0  government  2  3
    1    civilian  1  3
    """
    if weight == "words":
        rule = statements["rule"].fillna("").astype(str)
        rows = statements[~rule.str.startswith(NOT_REPORTED)]
        sizes = np.array([len(str(text).split()) for text in rows["surface"]], dtype=int)
        rows = rows.loc[rows.index.repeat(sizes)]
    else:
        rows = reported(statements)
    return estimates.shares(rows, articles, item=item, by=by, seed=seed)


def diversity(statements: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Measure how many different sources an outlet effectively uses, and how often an article has only one.

    The effective number of sources is the exponential of Shannon's entropy of the shares of sources (Hill, 1973; Jost,
    2006; SRC3): ten sources used alike are ten, ten of which one speaks almost always are little more than one. It
    grows with the number of statements, so compare outlets of like size only.

    Parameters
    ----------
    statements, articles, by
        As in `source_shares`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``statements``, ``sources``, ``effective``, ``low``, ``high`` (95 %), ``k_single`` of ``n_sourced``
        articles with exactly one source, ``single``, ``single_low``, ``single_high`` (Wilson), ``n_articles``,
        ``enough``.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "b"], "statement": [0, 0], "start": [0, 0], "rule": ["", ""],
    ...                      "source": ["Berg", "Lindt"], "actor": ["Berg", "Lindt"]})
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette"] * 2})
    >>> float(diversity(rows, articles)["effective"].iloc[0])
    2.0
    """
    rows = reported(statements)
    written = rows["source"].fillna("").map(_speaker)
    rows = rows.assign(speaker=written.where(rows["actor"].fillna("") == "", rows["actor"]))
    rows = rows[rows["speaker"] != ""]
    out = []
    groups = articles.assign(group=articles[by].fillna("unknown").astype(str)).groupby("group", sort=True)
    for name, part in groups:
        ids = sorted(part["article_id"])
        said = rows[rows["article_id"].isin(ids)]
        counts = said.pivot_table(
            index="article_id", columns="speaker", values="statement", aggfunc="size", fill_value=0
        )
        table = counts.reindex(ids, fill_value=0).to_numpy(dtype=float)
        single = int((np.count_nonzero(table, axis=1) == 1).sum()) if table.size else 0
        sourced = int((table.sum(axis=1) > 0).sum()) if table.size else 0
        low, high = _limits(table)
        single_low, single_high = (float(x) for x in wilson(single, sourced)) if sourced else (np.nan, np.nan)
        out.append(
            {
                "group": str(name),
                "statements": len(said),
                "sources": int(said["speaker"].nunique()),
                "effective": _effective(table.sum(axis=0)) if table.size else 0.0,
                "low": low,
                "high": high,
                "k_single": single,
                "n_sourced": sourced,
                "single": single / sourced if sourced else np.nan,
                "single_low": single_low,
                "single_high": single_high,
                "n_articles": len(ids),
                "enough": len(ids) >= estimates.MINIMUM_ARTICLES,
            }
        )
    return pd.DataFrame(out)


def _effective(counts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    total = counts.sum()
    shares = counts[counts > 0] / total if total else counts[:0]
    return float(np.exp(-(shares * np.log(shares)).sum())) if shares.size else 0.0


def _speaker(source: str) -> str:
    """Return what an unnamed source is counted as: its words without article, nothing for a pronoun."""
    words = source.lower().split()
    while words and words[0] in {"the", "a", "an", "his", "her", "its", "their"}:
        words = words[1:]
    return "" if len(words) == 1 and words[0] in _PRONOUNS else " ".join(words)


def _limits(table: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float]:
    """Limits of the effective number by the jackknife over articles, on the scale of the entropy.

    Resampling with replacement loses rare sources and puts the whole interval below the estimate; leaving out one
    article at a time does not (Efron & Stein, 1981; Zahl, 1977, for indices of diversity).
    """
    table = table[table.sum(axis=1) > 0] if table.size else table
    n = len(table)
    if n < 2:
        return float("nan"), float("nan")
    total = table.sum(axis=0)
    left_out = np.log([max(_effective(total - row), 1.0) for row in table])
    error = float(np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum()))
    middle, reach = np.log(max(_effective(total), 1.0)), float(special.stdtrit(n - 1, 0.975)) * error
    return max(1.0, float(np.exp(middle - reach))), float(np.exp(middle + reach))


def verb_stance(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "side",
    items: Sequence[str] = _CLASSES,
    outlet: str = "",
    seed: int = 2026,
) -> pd.DataFrame:
    """Estimate which class of reporting verb introduces each side: neutral, endorsing, distancing, combative.

    Our definition (SRC5); the classes are the codebook's. "Claimed" keeps a distance that "confirmed" gives up.

    Parameters
    ----------
    statements : pandas.DataFrame
        Layer ``statements``.
    articles : pandas.DataFrame
        The articles.
    by : str, optional
        Column of the statements that makes the groups: ``side``, ``source_class``, ``actor``.
    items : sequence of str, optional
        The verb classes.
    outlet : str, optional
        Only this outlet's articles.
    seed : int, optional
        Of the resampling of articles.

    Returns
    -------
    pandas.DataFrame
        Estimates: *k* of the *n* statements of the group whose verb is classed. Articles are resampled within groups.
    """
    rows = reported(statements)
    chosen = articles[articles["outlet"] == outlet] if outlet else articles
    rows = rows[rows["article_id"].isin(chosen["article_id"])]
    rows = rows[(rows["cue_class"].fillna("") != "") & (rows[by].fillna("") != "")]
    return shares_by_row(rows, item="cue_class", by=by, items=items, seed=seed)


def shares_by_row(
    rows: pd.DataFrame, *, item: str, by: str, items: Sequence[str] | None = None, seed: int = 2026
) -> pd.DataFrame:
    """Estimate shares within groups that are a column of the rows, not of the articles.

    The articles of a group are those with a row of it; they are what is resampled.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows with ``article_id``, `item` and `by`.
    item, by : str
        What is counted, within what.
    items : sequence of str, optional
        Items in this order, also where they do not occur.
    seed : int, optional
        Of the resampling.

    Returns
    -------
    pandas.DataFrame
        Estimates; none where there are no rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "side": ["east", "west", "east"], "verb": ["say", "claim", "say"]})
    >>> shares_by_row(rows, item="verb", by="side")[["group", "item", "k", "n"]]
      group   item  k  n
    0  east    say  2  2
    1  west    say  0  1
    2  east  claim  0  2
    3  west  claim  1  1
    """
    if rows.empty:  # a codebook without sides has nothing to divide by
        return conform([], "estimates").to_pandas()
    keyed = rows.assign(article_id=rows["article_id"].astype(str) + "\t" + rows[by].astype(str))
    units = keyed[["article_id", by]].drop_duplicates()
    return estimates.shares(
        keyed, units, item=item, by=by, items=list(items) if items is not None else None, seed=seed
    )
