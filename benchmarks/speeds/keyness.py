"""Keyness of every word between two halves, with a thousand bootstrap resamples of articles."""

from __future__ import annotations

import polars as pl

from analysis.text.counts import TermCounts, count
from analysis.text.keyness import keyness

LIMITS = {"parallax": 5, "parallax, every word": 5}


def prepare(articles: pl.DataFrame) -> TermCounts:
    half = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("A")).otherwise(pl.lit("B"))
    return count(articles.with_columns(outlet=half))


def ours(counts: TermCounts) -> str:
    return f"{len(keyness(counts, target='A', reference='B', resamples=1000))} words in 3 articles or more"


def every(counts: TermCounts) -> str:
    return f"{len(keyness(counts, target='A', reference='B', resamples=1000, minimum_documents=1))} words"


CONTENDERS = {"parallax": ours, "parallax, every word": every}
