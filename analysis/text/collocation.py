"""Collocation: which words keep company with a node, and whether two outlets put it in different company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.errors import MeasureError
from analysis.text import association
from analysis.text.batches import Articles
from analysis.text.counts import count
from analysis.text.intervals import benjamini_hochberg
from analysis.text.keyness import keyness
from analysis.text.neighbours import neighbours
from analysis.text.resampling import Floats
from analysis.text.termcounts import TermCounts
from analysis.text.tokens import function_words


def collocates(
    articles: Articles,
    node: str,
    *,
    window: int = 5,
    unit: str = "words",
    by: str | None = None,
    minimum: int = 5,
    minimum_documents: int = 3,
    without_function_words: bool = False,
    **layers: Any,
) -> pd.DataFrame:
    """Find the words that stand near a node more often than elsewhere.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    node : str
        A query of `analysis.text.query`: ``war``, ``withdr*``, ``"red lines"``, ``@zelensky``.
    window : int, optional
        Words on either side, within the line; only for ``unit="words"``.
    unit : {"words", "sentence"}, optional
        What counts as near.
    by : str or None, optional
        Column that makes the groups; each group is measured within itself.
    minimum, minimum_documents : int, optional
        Leave out words that stand near the node fewer times, or in fewer articles.
    without_function_words : bool, optional
        Leave out the words of `analysis.text.tokens.function_words`.
    **layers
        ``tokens`` or ``mentions``, needed for ``lemma:`` and ``@``.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``node``, ``form``; ``n`` (near the node), ``n_total`` (in the group), ``expected``, ``documents`` (articles with
        both); the measures of `association_table` on the table of tokens near the node and elsewhere (each token counts
        once, the node itself not at all); ``certain``, the conservative log ratio (Evert, 2022): what is left of the log
        ratio after allowing for chance and for the number of words compared; ``q``, the p of the log-likelihood after
        Benjamini–Hochberg. By group, then ``certain``, so that rare words do not lead; then ``log_ratio``.
        ``attrs["hits"]`` is the number of nodes.

    Raises
    ------
    MeasureError
        When the query is not well formed or an option is unknown.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "body": ["A full scale war. A long winter.", "The full war. The winter."]})
    >>> collocates(articles, "war", window=2, minimum=2, minimum_documents=1)[["form", "n", "n_total"]]
       form  n  n_total
    0  full  2        2
    1   the  2        2
    """
    near, n_hits = neighbours(articles, node, window=window, unit=unit, by=by, **layers)
    whole = count(articles, by=by)
    parts = [
        _measured(near, whole, group, node, minimum, minimum_documents, without_function_words)
        for group in whole.groups
    ]
    columns = ["group", "node", "form", "n", "n_total", "expected", "documents"]
    result = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    result.attrs = {"node": node, "hits": n_hits}
    return result


def compare_collocates(
    articles: Articles,
    node: str,
    *,
    target: str | None = None,
    reference: str | None = None,
    window: int = 5,
    unit: str = "words",
    by: str = "outlet",
    minimum_documents: int = 3,
    **options: Any,
) -> pd.DataFrame:
    """Compare the company a node keeps in different groups: the same word, another neighbourhood.

    Parameters
    ----------
    articles, node, window, unit
        As in `collocates`.
    target, reference, by, minimum_documents
        As in `analysis.text.keyness.keyness`.
    **options
        ``tokens``, ``mentions``; or ``resamples``, ``seed``, ``minimum``, ``measures`` of `keyness`.

    Returns
    -------
    pandas.DataFrame
        As `keyness`, over the words near the node only: ``n`` is how often the word stands near the node in the group.

    Raises
    ------
    MeasureError
        When fewer than two groups have the node.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["Brutal war.", "Just war."]})
    >>> compare_collocates(articles, "war", target="East", minimum_documents=1)[["form", "n", "n_against"]]
         form  n  n_against
    0  brutal  1          0
    1    just  0          1
    """
    layers = {name: options.pop(name) for name in ("tokens", "mentions") if name in options}
    near, _ = neighbours(articles, node, window=window, unit=unit, by=by, **layers)
    totals = near.articles.group_by("group").agg(pl.col("n_tokens").sum()).filter(pl.col("n_tokens") > 0)
    if len(totals) < 2:
        raise MeasureError(
            f"{node!r} has neighbours in {len(totals)} of the groups of {by!r}; a comparison needs two"
        )
    return keyness(
        near, target=target, reference=reference, by=by, minimum_documents=minimum_documents, **options
    )


def _measured(
    near: TermCounts, whole: TermCounts, group: str, node: str, minimum: int, documents: int, content: bool
) -> pd.DataFrame:
    n, in_articles = near.totals[group].n.astype(float), near.totals[group].documents
    keep = (n >= minimum) & (in_articles >= documents)
    if content:
        keep &= ~near.forms.is_in(list(function_words())).to_numpy()
    forms = near.forms.filter(pl.Series(keep, dtype=pl.Boolean))
    column = pd.Index(whole.forms.to_numpy()).get_indexer(pd.Index(forms.to_numpy()))
    total = whole.totals[group].n[column].astype(float)
    n = n[keep]
    window = float(near.articles["n_tokens"].to_numpy()[near.inside(group)].sum())
    elsewhere = float(whole.articles["n_tokens"].to_numpy()[whole.inside(group)].sum()) - window
    table = association_table(n, np.maximum(total - n, 0), window, elsewhere)
    table.insert(0, "group", group)
    table.insert(1, "node", node)
    table.insert(2, "form", forms.to_numpy())
    table.insert(4, "n_total", total.astype(int))
    table.insert(6, "documents", in_articles[keep])
    table["q"] = benjamini_hochberg(association.p_value(table["log_likelihood"]))
    certain = association.conservative_log_ratio(
        n, np.maximum(total - n, 0), np.full(len(n), window), np.full(len(n), elsewhere)
    )
    table.insert(list(table.columns).index("log_ratio") + 1, "certain", certain)
    return table.sort_values(["certain", "log_ratio", "form"], ascending=[False, False, True], kind="stable")


def association_table(a: Floats, b: Floats, n1: Floats | float, n2: Floats | float) -> pd.DataFrame:
    """Give the usual association measures of pairs.

    Parameters
    ----------
    a, b, n1, n2
        As in `analysis.text.association`; `n1` and `n2` may be arrays.

    Returns
    -------
    pandas.DataFrame
        ``n``, ``expected``, ``log_ratio``, ``log_likelihood`` (signed, four cells), ``mi`` (pointwise mutual information, bits; Church
        and Hanks, 1990), ``mi3`` (Daille, 1994), ``t_score`` (Church et al., 1991), ``log_dice`` (Rychlý, 2008), ``delta_p``, by how much
        the first word raises the probability of the second, and ``delta_p_back``, the other way round (Gries, 2013).

    Examples
    --------
    >>> association_table(np.array([20.0]), np.array([0.0]), 42, 14307626)[["mi", "t_score"]].round(3)
           mi  t_score
    0  18.378    4.472
    """
    sizes = (np.broadcast_to(n1, a.shape), np.broadcast_to(n2, a.shape))
    expected = (a + b) * sizes[0] / np.maximum(sizes[0] + sizes[1], 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        elsewhere = sizes[0] + sizes[1] - a - b
        return pd.DataFrame(
            {
                "n": a.astype(int),
                "expected": expected,
                "log_ratio": association.log_ratio(a, b, *sizes),
                "log_likelihood": association.log_likelihood(a, b, *sizes),
                "mi": association.pointwise_mutual_information(a, b, *sizes),
                "mi3": association.pointwise_mutual_information(a, b, *sizes, power=3),
                "t_score": np.where(a > 0, (a - expected) / np.sqrt(a), np.nan),
                "log_dice": 14 + np.log2(2 * a / (sizes[0] + a + b)),
                "delta_p": a / sizes[0] - np.where(sizes[1] > 0, b / sizes[1], 0.0),
                "delta_p_back": a / (a + b) - np.where(elsewhere > 0, (sizes[0] - a) / elsewhere, 0.0),
            }
        )


def log_odds_of_pair(a: Floats, b: Floats, n1: Floats, n2: Floats, *, smoothing: float = 0.5) -> pd.DataFrame:
    """Give the smoothed log odds ratio of pairs and its z (Blaheta and Johnson, 2001).

    Parameters
    ----------
    a, b, n1, n2
        As in `analysis.text.association`.
    smoothing : float, optional
        Added to each cell.

    Returns
    -------
    pandas.DataFrame
        ``lambda_`` and ``z``.

    Examples
    --------
    >>> log_odds_of_pair(np.array([3.0]), np.array([0.0]), np.array([3.0]), np.array([7.0])).round(3)
       lambda_      z
    0    4.654  2.214
    """
    cells = [np.asarray(cell, dtype=float) + smoothing for cell in (a, b, n1 - a, n2 - b)]
    value = np.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return pd.DataFrame({"lambda_": value, "z": value / np.sqrt(sum(1 / cell for cell in cells))})


def collocations(
    articles: Articles, *, by: str | None = None, minimum: int = 5, units: Sequence[str] = ()
) -> pd.DataFrame:
    """Find neighbouring words that belong together.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column.
    by : str or None, optional
        Column that makes the groups.
    minimum : int, optional
        Leave out pairs with fewer occurrences.
    units : sequence of str, optional
        Expressions that count as one token.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``form`` (the pair), ``documents`` and the columns of `association_table` and `log_odds_of_pair`; by group, then
        ``z``. Pairs do not cross the end of a sentence or line.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["a b c a b d e b d a b"]})
    >>> collocations(articles, minimum=2)[["form", "n", "lambda_", "z"]].round(3)
      form  n  lambda_      z
    0  a b  3    3.412  1.936
    1  b d  2    3.219  1.799
    """
    counts = count(articles, by=by, ngrams=2, units=units)
    first = counts.forms.str.extract(r"^(.*) \S+$")
    second = counts.forms.str.extract(r" (\S+)$")
    parts = []
    for group in counts.groups:
        n = counts.totals[group].n.astype(float)
        table = pl.DataFrame({"form": counts.forms, "first": first, "second": second, "n": n})
        table = table.with_columns(
            row=pl.col("n").sum().over("first"),
            column=pl.col("n").sum().over("second"),
            documents=pl.Series(counts.totals[group].documents),
        ).filter(pl.col("n") >= max(minimum, 1))
        a, row, column = (table[name].to_numpy() for name in ("n", "row", "column"))
        cells = (a, column - a, row, n.sum() - row)
        measured = association_table(*cells)
        measured.insert(0, "group", group)
        measured.insert(1, "form", table["form"].to_numpy())
        measured.insert(2, "documents", table["documents"].to_numpy())
        measured = measured.join(log_odds_of_pair(*cells))
        parts.append(measured.sort_values(["z", "form"], ascending=[False, True], kind="stable"))
    return (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=["group", "form", "documents", "n"])
    )
