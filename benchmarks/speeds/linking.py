"""Linking articles into stories: all of them, and ten more once the others are linked."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from analysis.stories import link

LIMITS = {"from nothing": 120, "ten more": 30}
_NEW = 10


def prepare(articles: pl.DataFrame) -> dict[str, Any]:
    # the newest come last: what a corpus grows by
    frame = articles.with_columns(published_until=pl.col("published")).sort("published").to_pandas()
    return {"articles": frame, "store": Path(tempfile.gettempdir()) / f"linked-{len(frame)}"}


def from_nothing(given: dict[str, Any]) -> str:
    shutil.rmtree(given["store"], ignore_errors=True)
    old = given["articles"].iloc[:-_NEW]
    return _told(link(old, store=str(given["store"])))


def ten_more(given: dict[str, Any]) -> str:
    """Runs after the first: the kept pairs are those it wrote."""
    found = link(given["articles"], store=str(given["store"]))
    shutil.rmtree(given["store"], ignore_errors=True)
    return _told(found)


def _told(links: pd.DataFrame) -> str:
    return f"{links['story'].nunique()} stories"


CONTENDERS = {"from nothing": from_nothing, "ten more": ten_more}
