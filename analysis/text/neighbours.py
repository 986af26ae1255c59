"""The words near a node, article by article: what collocation counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.errors import MeasureError, nearest
from analysis.text.batches import Articles, batches
from analysis.text.hits import hits
from analysis.text.keys import Spans
from analysis.text.lexicon import Lexicon, Strings
from analysis.text.query import parse
from analysis.text.sentences import cut
from analysis.text.termcounts import TermCounts, gather
from analysis.text.tokens import pieces

UNITS = ("words", "sentence")


def neighbours(
    articles: Articles,
    node: str,
    *,
    window: int = 5,
    unit: str = "words",
    by: str | None = None,
    **layers: Any,
) -> tuple[TermCounts, int]:
    """Count the words near a node, article by article.

    Parameters
    ----------
    articles, node, window, unit, by
        As in `collocates`.
    **layers
        ``tokens`` or ``mentions``.

    Returns
    -------
    tuple of TermCounts and int
        Counts of near words only (``n_tokens`` too), and the number of nodes.
    """
    if unit not in UNITS:
        raise MeasureError(f"unit is {unit!r}{nearest(unit, UNITS)}")
    queries, seen = parse(node), [0]
    columns = ("article_id", "body") if by is None else ("article_id", "body", by)

    def stream() -> Iterator[Strings]:
        for batch in batches(articles, columns):
            spans = hits(batch, queries, **layers)
            seen[0] += len(spans)
            row, token = _near(batch, spans, window if unit == "words" else None)
            yield Strings(batch.drop("body"), np.bincount(row, minlength=len(batch)), Spans.of(token))

    return gather(stream(), Lexicon("lower", whole=True), by=by), seen[0]


def _near(
    batch: pl.DataFrame, spans: pl.DataFrame, window: int | None
) -> tuple[npt.NDArray[np.int64], pl.Series]:
    if not len(spans):
        return np.empty(0, np.int64), pl.Series([], dtype=pl.String)
    rows = np.unique(spans["row"].to_numpy())
    chosen = batch[rows].with_columns(article_id=pl.Series(rows).cast(pl.String))
    table = pieces(chosen)
    if window is None:
        table = table.filter("is_token")
        sentence = cut(chosen)
        starts = _key(sentence)
        part = np.searchsorted(starts, _key(table), side="right")
    else:
        broken = (~table["is_token"] & table["token"].str.contains("\n", literal=True)).cum_sum()
        part = broken.filter(table["is_token"]).to_numpy().astype(np.int64)
        table = table.filter("is_token")
    row = table["article_id"].cast(pl.Int64).to_numpy()
    place = _key(table)
    first = (
        np.searchsorted(place, (spans["row"].to_numpy() << 32) + spans["start"].to_numpy(), side="right") - 1
    )
    last = np.searchsorted(place, (spans["row"].to_numpy() << 32) + spans["end"].to_numpy(), side="left") - 1
    first, last = np.maximum(first, 0), np.maximum(last, 0)
    near, node = np.zeros(len(place), dtype=bool), np.zeros(len(place), dtype=bool)
    for inside in range(int((last - first).max()) + 1):
        node[np.minimum(first + inside, last)] = True
    if window is None:
        near = np.isin(part, part[first])
    else:
        for step in range(1, window + 1):
            for edge, to in ((first, first - step), (last, last + step)):
                usable = (to >= 0) & (to < len(place))
                edge, to = edge[usable], to[usable]
                near[to[(row[to] == row[edge]) & (part[to] == part[edge])]] = True
    near &= ~node
    return row[near], table["token"].filter(pl.Series(near))


def _key(table: pl.DataFrame) -> npt.NDArray[np.int64]:
    keys = (table["article_id"].cast(pl.Int64).to_numpy() << 32) + table["start"].to_numpy()
    return np.asarray(keys)
