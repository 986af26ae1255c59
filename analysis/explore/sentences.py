"""Rows of a layer with the sentences they stand in, the span marked."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError
from analysis.explore.tables import Rows


def with_sentences(rows: pd.DataFrame, corpus: Corpus) -> Rows:
    """Put beside each row its outlet, its day and its sentence, cut before and after the span.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a layer: ``article_id``, ``start``, ``end``; spans of several sentences are shown whole.
    corpus : Corpus
        The corpus the rows come from.

    Returns
    -------
    Rows
        ``outlet, published, before, span, after``, then the columns of ``rows``.

    Raises
    ------
    MeasureError
        When rows have no spans, or point to an article that is not in the corpus.
    """
    for name in ("article_id", "start", "end"):
        if name not in rows.columns:
            raise MeasureError(
                f"rows have no column {name!r}: sentences are found by article_id, start and end"
            )
    place = pd.Index(corpus.articles["article_id"]).get_indexer(rows["article_id"])
    if len(place) and place.min() < 0:
        lost = rows["article_id"].iloc[int(np.argmin(place))]
        raise MeasureError(
            f"article {lost!r} is not in this corpus; take rows and corpus from the same selection"
        )
    about = corpus.articles.iloc[place]
    parts = _parts(rows, about["body"].to_numpy(dtype=object), corpus)
    shown = Rows(
        {
            "outlet": about["outlet"].to_numpy(),
            "published": about["published"].to_numpy(),
            "before": parts[0],
            "span": parts[1],
            "after": parts[2],
        }
    )
    for name in rows.columns:
        if name not in shown.columns and name not in {"surface", "headline"}:
            shown[name] = rows[name].to_numpy()
    return shown


def naming_articles(articles: pd.DataFrame, named: Iterable[str]) -> Rows:
    """Give each outlet's share of articles that name something, with Wilson's interval (Wilson, 1927).

    Parameters
    ----------
    articles : pandas.DataFrame
        All articles: ``article_id, outlet``.
    named : iterable of str
        Ids of those that name it.

    Returns
    -------
    Rows
        ``outlet, k, n, share, low, high``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Harbour Gazette"] * 2})
    >>> naming_articles(articles, ["b"])[["outlet", "k", "n", "share"]].to_numpy().tolist()
    [['Harbour Gazette', 1, 2, 0.5]]
    """
    from analysis.text.intervals import wilson

    counted = articles.assign(k=articles["article_id"].isin(set(named)))
    table = counted.groupby("outlet", sort=True)["k"].agg(k="sum", n="size").astype("int64").reset_index()
    table["share"] = table["k"] / table["n"]
    table["low"], table["high"] = wilson(table["k"], table["n"])
    return Rows(table)


def _parts(rows: pd.DataFrame, bodies: np.ndarray, corpus: Corpus) -> tuple[list[str], list[str], list[str]]:
    before: list[str] = []
    spans: list[str] = []
    after: list[str] = []
    bounds = _bounds(rows, corpus)
    for body, key, start, end in zip(
        bodies,
        rows["article_id"],
        rows["start"].astype("int64"),
        rows["end"].astype("int64"),
        strict=True,
    ):
        first = body.rfind("\n", 0, start) + 1
        stop = body.find("\n", end)
        last = len(body) if stop < 0 else stop
        if key in bounds:
            starts, ends = bounds[key]
            i = int(np.searchsorted(starts, start, side="right")) - 1
            j = int(np.searchsorted(starts, max(start, end - 1), side="right")) - 1
            if i >= 0 and ends[j] >= end:
                first, last = int(starts[i]), int(ends[j])
        before.append(body[first:start].replace("\n", " "))
        spans.append(body[start:end].replace("\n", " "))
        after.append(body[end:last].replace("\n", " "))
    return before, spans, after


def _bounds(rows: pd.DataFrame, corpus: Corpus) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Give the bounds of the sentences of the articles needed; nothing where the corpus was not annotated."""
    from analysis.errors import StoreError

    try:
        sentences = corpus.layer("sentences")
    except StoreError:
        return {}
    needed = sentences[sentences["article_id"].isin(rows["article_id"].unique())]
    return {
        str(key): (own["start"].to_numpy(dtype="int64"), own["end"].to_numpy(dtype="int64"))
        for key, own in needed.groupby("article_id", sort=False)
    }
