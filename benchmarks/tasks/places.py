"""Place names and where they are, as the places benchmark wants them.

The whole set is annotated first and settled afterwards, because an outlet's other articles say where it lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from analysis import language, places

SHOW = ("recognition_exact.f1", "resolution.acc161_or_id", "end_to_end_or_id.f1")


def predict(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one line an article: ``{"id", "toponyms": [{"start", "end", "lat", "lon", "geonameid"}]}``."""
    rows = list(inputs)
    articles = _articles(rows)
    found = pl.concat([places.annotate([parse]) for parse in language.parse(articles)])
    yield from _lines(rows, articles, found)


def predict_rules(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the same, read without a language model."""
    rows = list(inputs)
    articles = _articles(rows)
    yield from _lines(rows, articles, places.annotate_text(articles))


def _articles(rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"article_id": row["id"], "body": row["text"], "outlet": row.get("outlet") or ""} for row in rows]


def _lines(
    rows: list[Mapping[str, Any]], articles: list[dict[str, Any]], found: pl.DataFrame
) -> Iterator[dict[str, Any]]:
    outlets = pl.DataFrame([{"article_id": a["article_id"], "outlet": a["outlet"]} for a in articles])
    settled = places.settle(found, outlets)
    by_article: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    for row in settled.iter_rows(named=True):
        number = int(row["place_id"]) if row["place_id"].isdigit() else None
        by_article[row["article_id"]].append(
            {
                "start": row["start"],
                "end": row["end"],
                "lat": row["lat"],
                "lon": row["lon"],
                "geonameid": number,
            }
        )
    for row in rows:
        yield {"id": row["id"], "toponyms": by_article[row["id"]]}
