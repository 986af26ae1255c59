"""Linking articles into stories: all of them, and ten more, some without a date, once the others are linked.

For other sizes: ``--data benchmarks/out/larger.parquet --articles 30000``, made by `benchmarks/larger.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.stories import link

LIMITS = {"from nothing": 120, "ten more": 30}
_NEW, _UNDATED = 10, 2  # at least so many of the new ones have no date


def prepare(articles: pl.DataFrame) -> dict[str, Any]:
    frame = articles.with_columns(published_until=pl.col("published")).to_pandas()
    rng = np.random.default_rng(7)
    undated = rng.permutation(np.flatnonzero(frame["published"].isna()))[:_UNDATED]
    others = rng.permutation(len(frame))
    new = [*undated, *others[~np.isin(others, undated)][: _NEW - len(undated)]]
    old = frame.drop(index=frame.index[new])
    store = Path(tempfile.gettempdir()) / f"linked-{len(frame)}"
    return {"articles": frame, "old": old, "store": str(store)}


def from_nothing(given: dict[str, Any]) -> str:
    shutil.rmtree(given["store"], ignore_errors=True)
    return _told(link(given["old"], store=given["store"]))


def ten_more(given: dict[str, Any]) -> str:
    """Runs after the first: the kept pairs are those it wrote."""
    found = link(given["articles"], store=given["store"])
    shutil.rmtree(given["store"], ignore_errors=True)
    return _told(found)


def _told(links: pd.DataFrame) -> str:
    sizes = links["story"].value_counts()
    return f"{len(sizes)} stories, {int((sizes > 1).sum())} of two or more, the largest of {sizes.max()}"


CONTENDERS = {"from nothing": from_nothing, "ten more": ten_more}
