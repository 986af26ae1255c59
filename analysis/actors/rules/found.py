"""Mentions while they are being found: a table of spans in `Pages`, and which of them stay where some overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl

from analysis.actors.rules.marks import Span, Spans


class Found(NamedTuple):
    """A mention found: its span, what it is, why, for whom it stands, and the office beside it."""

    start: int
    end: int
    kind: str
    rule: str
    actor: str = ""
    role: str = ""


SCHEMA = {
    "start": pl.Int64,
    "end": pl.Int64,
    "kind": pl.String,
    "rule": pl.String,
    "actor": pl.String,
    "role": pl.String,
}


def as_table(found: Iterable[Found]) -> pl.DataFrame:
    """Write mentions as a table with a column for each field.

    Examples
    --------
    >>> as_table([Found(0, 6, "group", "group noun")]).row(0)
    (0, 6, 'group', 'group noun', '', '')
    """
    return pl.DataFrame(list(found), schema=SCHEMA, orient="row")


def spans_of(found: pl.DataFrame) -> Spans:
    """Give the spans of a table that is in order."""
    return Spans(found["start"].to_list(), found["end"].to_list())


def without_overlap(found: pl.DataFrame) -> pl.DataFrame:
    """Sort mentions, and keep those that share no character with a longer one; ties go to the first.

    Examples
    --------
    >>> spots = [Found(4, 10, "person", "name"), Found(0, 10, "person", "title"), Found(12, 15, "group", "noun")]
    >>> without_overlap(as_table(spots))["rule"].to_list()
    ['title', 'noun']
    """
    ordered = found.sort("start", "end", maintain_order=True)
    starts, ends = ordered["start"].to_numpy(), ordered["end"].to_numpy()
    # where nothing before reaches, a knot of mentions begins; most knots hold a single one
    apart = np.ones(len(starts) + 1, dtype=bool)
    apart[1:-1] = starts[1:] >= np.maximum.accumulate(ends)[:-1]
    knots = np.flatnonzero(apart)
    kept = np.ones(len(starts), dtype=bool)
    for knot in np.flatnonzero(np.diff(knots) > 1).tolist():
        first, last = int(knots[knot]), int(knots[knot + 1])
        spans = list(zip(starts[first:last].tolist(), ends[first:last].tolist(), strict=True))
        kept[first:last] = _longest(spans)
    return ordered.filter(kept)


def _longest(spans: Sequence[Span]) -> list[bool]:
    kept: list[int] = []
    for n in sorted(range(len(spans)), key=lambda n: spans[n][0] - spans[n][1]):
        start, end = spans[n]
        if all(end <= spans[other][0] or spans[other][1] <= start for other in kept):
            kept.append(n)
    return [n in kept for n in range(len(spans))]
