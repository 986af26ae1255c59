"""What only the whole corpus can tell: who is whom, which place was meant, which articles are copies."""

from __future__ import annotations

from typing import Any

import polars as pl

from analysis.annotation.work import Settings
from analysis.corpus.store import Store, digest, to_bytes
from analysis.schemas import conform


def failures_of(place: Store, chunks: list[dict[str, Any]]) -> pl.DataFrame:
    """List the articles whose annotation failed, as rows of ``set_aside``."""
    rows = []
    for chunk in chunks:
        failed = place.note("layers", chunk["layers"]).get("failures", {})
        if failed:
            articles = place.read("articles", chunk["articles"])
            for row in articles.filter(pl.col("article_id").is_in(sorted(failed))).iter_rows(named=True):
                rows.append(
                    {
                        "path": row["path"],
                        "row": row["row"],
                        "reason": "not annotated",
                        "detail": f"{failed[row['article_id']]}; the article is in the corpus, its layers are empty",
                    }
                )
    return conform(rows, "set_aside")


def compare(
    place: Store, chunks: list[dict[str, Any]], settings: Settings, set_aside: list[pl.DataFrame]
) -> str:
    """Merge names, settle places and find copies over all articles; return the shard's key."""
    from analysis import actors, places
    from analysis.codebook import load
    from analysis.corpus.copies import copies

    aside = pl.concat(set_aside)
    key = digest([chunk["layers"] for chunk in chunks], dict(settings.keys), aside.write_json())
    if place.has("corpus", key):
        return key

    def all_of(table: str, family: str, *columns: str) -> pl.DataFrame:
        rows = place.scan(table, [chunk[family] for chunk in chunks]) if chunks else conform([], table).lazy()
        return (rows.select(columns) if columns else rows).collect()

    # only what is needed is held, because it is held for the whole corpus
    articles = all_of("articles", "articles", "article_id", "path", "outlet")
    names, aliases = actors.merge(
        all_of("mentions", "layers", "article_id", "actor", "kind", "surface", "rule", "role"),
        articles,
        codebook=load(settings.codebook),
        overrides=settings.aliases,
    )
    frames = {
        "set_aside": aside,
        "names": names,
        "aliases": conform(aliases, "aliases"),
        "settled_places": conform(
            places.settle(all_of("places", "layers"), articles, overrides=settings.places), "places"
        ),
        "duplicates": copies(all_of("articles", "articles", "article_id", "body", "outlet", "published")),
    }
    place.write("corpus", key, {name: to_bytes(frame) for name, frame in frames.items()})
    return key
