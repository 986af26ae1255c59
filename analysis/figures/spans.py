"""Spans in their sentences: where each stands in its article, and which are shown when there is room for a few."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.provenance import day_of


def placed(
    rows: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame | None, *, item: str | None, by: str
) -> pd.DataFrame:
    """Join spans with their articles and the bounds of their sentences, in reading order."""
    unknown = ~rows["article_id"].isin(articles.index)
    if unknown.any():
        key = rows.loc[unknown, "article_id"].iloc[0]
        raise MeasureError(
            f"a row of evidence points to article {key!r}, which is not among the articles given"
        )
    days = articles.assign(_day=[day_of(row) for row in articles.drop(columns="body").to_dict("records")])
    own = days.loc[rows["article_id"]]
    spans = pd.DataFrame(
        {
            "article_id": rows["article_id"].to_numpy(),
            "start": rows["start"].to_numpy(dtype="int64"),
            "end": rows["end"].to_numpy(dtype="int64"),
            "item": rows[item].astype(str).to_numpy() if item else "",
            "group": own[by].astype(str).to_numpy(),
            "outlet": own["outlet"].astype(str).to_numpy(),
            "published": own["_day"].to_numpy(),
            "note": rows["note"].fillna("").astype(str).to_numpy() if "note" in rows else "",
        }
    )
    lengths = own["body"].str.len().to_numpy()
    wrong = (spans["start"] < 0) | (spans["end"] > lengths) | (spans["start"] >= spans["end"])
    if wrong.any():
        bad = spans[wrong].iloc[0]
        raise MeasureError(
            f"a row of evidence ({bad['start']}–{bad['end']}) does not lie in the body of article "
            f"{bad['article_id']!r}: read the corpus again, so that layers and articles belong together"
        )
    spans = spans.sort_values(["article_id", "start", "end", "item"], kind="stable", ignore_index=True)
    spans["from"], spans["until"] = _bounds(spans, articles["body"], sentences)
    bodies = articles["body"]
    spans["wording"] = [
        hashlib.blake2s(bodies[key][first:last].encode(), digest_size=8).hexdigest()
        for key, first, last in zip(spans["article_id"], spans["from"], spans["until"], strict=True)
    ]
    return spans


def _bounds(
    spans: pd.DataFrame, bodies: pd.Series[str], sentences: pd.DataFrame | None
) -> tuple[list[int], list[int]]:
    """Find where the sentence, or the sentences, around each span begin and end."""
    known: dict[str, tuple[Any, Any]] = {}
    if sentences is not None and len(sentences):
        needed = sentences[sentences["article_id"].isin(spans["article_id"].unique())]
        for key, own in needed.sort_values(["article_id", "start"]).groupby("article_id", sort=False):
            known[str(key)] = (own["start"].to_numpy(dtype="int64"), own["end"].to_numpy(dtype="int64"))
    firsts, lasts = [], []
    for key, start, end in zip(spans["article_id"], spans["start"], spans["end"], strict=True):
        body = bodies[key]
        first = body.rfind("\n", 0, start) + 1
        last = body.find("\n", end)
        last = len(body) if last < 0 else last
        if key in known:
            starts, ends = known[key]
            i = int(np.searchsorted(starts, start, side="right")) - 1
            j = int(np.searchsorted(starts, end - 1, side="right")) - 1
            if i >= 0 and ends[j] >= end:
                first, last = int(starts[i]), int(ends[j])
        firsts.append(first)
        lasts.append(last)
    return firsts, lasts


def spread(spans: Sequence[Mapping[str, Any]], limit: int) -> list[Mapping[str, Any]]:
    """Choose spans from as many outlets and articles as there are, passing over sentences already chosen.

    Parameters
    ----------
    spans : sequence of mapping
        Rows of `Evidence.spans`, in reading order.
    limit : int
        How many at most.

    Returns
    -------
    list of mapping
        Outlets in turn; of each outlet, the first of each article before the second of any.
    """
    wordings: set[str] = set()
    of_article: dict[str, int] = {}
    ranked = []
    for span in spans:
        if span["wording"] in wordings:
            continue
        wordings.add(span["wording"])
        turn = of_article.get(span["article_id"], 0)
        of_article[span["article_id"]] = turn + 1
        ranked.append(((turn, span["published"], span["article_id"], span["start"]), span))
    of_outlet: dict[str, int] = {}
    turns = []
    for order, span in sorted(ranked, key=lambda pair: pair[0]):
        place = of_outlet.get(span["outlet"], 0)
        of_outlet[span["outlet"]] = place + 1
        turns.append(((place, span["outlet"], *order[1:]), span))
    return [span for _, span in sorted(turns, key=lambda pair: pair[0])[:limit]]
