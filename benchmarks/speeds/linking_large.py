"""Linking a hundred thousand articles: the collection and more made of its sentences.

Each made article takes half of its sentences, in another order, from one article of the collection and half from another,
and is dated up to sixty days from the first. So it has real words, names and numbers, resembles both, and stands among
ten times as many articles of the same weeks.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

_HERE = Path(__file__).with_name("linking.py")
_SPECIFICATION = importlib.util.spec_from_file_location("speed_linking", _HERE)
assert _SPECIFICATION is not None
assert _SPECIFICATION.loader is not None
_LINKING = importlib.util.module_from_spec(_SPECIFICATION)
_SPECIFICATION.loader.exec_module(_LINKING)

CONTENDERS = _LINKING.CONTENDERS
_ARTICLES = 100_000
_STOP = re.compile(r"(?<=[.!?”\"])\s+")


def prepare(articles: pl.DataFrame) -> dict[str, Any]:
    rng = np.random.default_rng(2026)
    sentences = [_STOP.split(body) for body in articles["body"]]
    days = articles["published"].str.to_date(strict=False).to_list()
    headlines = articles["headline"].to_list()
    bodies, published, heads = articles["body"].to_list(), list(days), list(headlines)
    while len(bodies) < _ARTICLES:
        one, other = (int(row) for row in rng.integers(0, len(sentences), 2))
        kept = [sentences[row][i] for row in (one, other) for i in _half(len(sentences[row]), rng)]
        bodies.append(" ".join(kept[i] for i in rng.permutation(len(kept))))
        shift = int(rng.integers(-60, 61))
        published.append(None if days[one] is None else days[one] + np.timedelta64(shift, "D").item())
        heads.append(headlines[one])
    frame = pl.DataFrame(
        {
            "article_id": [f"a{number:06d}" for number in range(len(bodies))],
            "headline": heads,
            "body": bodies,
            "published": [None if day is None else day.isoformat() for day in published],
        }
    )
    given: dict[str, Any] = _LINKING.prepare(frame)
    return given


def _half(size: int, rng: np.random.Generator) -> np.ndarray:
    return np.sort(rng.permutation(size)[: (size + 1) // 2])
