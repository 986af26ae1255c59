"""Articles cut into chunks, and what is known of a chunk before it is annotated: its shards, and parses to use again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from analysis.annotation.work import MODEL, RULES, Settings, made_with
from analysis.corpus.store import Store, digest, to_bytes
from analysis.schemas import conform

# Articles in a chunk, on average. Chunks end where an article's id says so, not after a count, so that an article
# added in the middle of a folder changes one chunk and not all that follow. Rules are fast, and work on tables: they
# take more at a time.
SIZE = {MODEL: 32, RULES: 256}


def in_chunks(
    batches: Iterable[Any], set_aside: list[pl.DataFrame], notes: list[str], *, size: int
) -> Iterator[dict[str, pl.DataFrame]]:
    """Cut batches of read articles into chunks, and collect what was set aside on the way."""
    waiting: list[dict[str, pl.DataFrame]] = []
    for batch in batches:
        set_aside.append(conform(batch.set_aside, "set_aside"))
        notes.extend(batch.notes)
        tables = {name: conform(getattr(batch, name), name) for name in ("articles", "lines", "dates")}
        start = 0
        ids = tables["articles"]["article_id"].to_list()
        for position, article_id in enumerate(ids):
            held = sum(piece["articles"].height for piece in waiting) + position + 1 - start
            if int(article_id[:8], 16) % size == 0 or held >= 4 * size:
                waiting.append(_part(tables, ids[start : position + 1]))
                yield _joined(waiting)
                waiting, start = [], position + 1
        if start < len(ids):
            waiting.append(_part(tables, ids[start:]))
    if waiting:
        yield _joined(waiting)


def _part(tables: Mapping[str, pl.DataFrame], ids: list[str]) -> dict[str, pl.DataFrame]:
    wanted = pl.Series("article_id", ids)
    return {
        name: frame.filter(pl.col("article_id").is_in(wanted.implode())) for name, frame in tables.items()
    }


def _joined(pieces: list[dict[str, pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    return {name: pl.concat([piece[name] for piece in pieces]) for name in pieces[0]}


def keep_articles(place: Store, tables: Mapping[str, pl.DataFrame], settings: Settings) -> dict[str, Any]:
    """Write a chunk's articles and name the shards that belong to it."""
    files = {name: to_bytes(frame) for name, frame in tables.items()}
    articles = tables["articles"]
    key = digest({name: digest(frame.write_json()) for name, frame in tables.items()})
    bodies = {row["article_id"]: digest(row["body"])[:12] for row in articles.iter_rows(named=True)}
    if not place.has("articles", key):
        place.write("articles", key, files, {"articles": articles.height})
    parses = digest(bodies, made_with(settings))
    return {
        "n": articles.height,
        "articles": key,
        "parses": parses,
        "layers": digest(parses, key, dict(settings.keys)),
    }


def known_parses(place: Store, before: Mapping[str, Any]) -> dict[tuple[str, str, str], str]:
    """Map (article, body, model) to the shard of an earlier run that holds its parse."""
    known = {}
    for chunk in before.get("chunks", ()):
        if place.has("parses", chunk["parses"]):
            note = place.note("parses", chunk["parses"])
            for article_id, body in note["bodies"].items():
                known[article_id, body, note["made_with"]] = chunk["parses"]
    return known


def tokens_at_hand(
    place: Store,
    chunk: Mapping[str, Any],
    articles: pl.DataFrame,
    known: Mapping[tuple[str, str, str], str],
    settings: Settings,
) -> pl.DataFrame:
    """Gather the tokens of those articles whose parse is in the store already; rules read faster than that."""
    if settings.engine == RULES:
        return conform([], "tokens")
    if place.has("parses", chunk["parses"]):
        return place.read("tokens", chunk["parses"])
    key = made_with(settings)
    shards: dict[str, list[str]] = {}
    for row in articles.iter_rows(named=True):
        shard = known.get((row["article_id"], digest(row["body"])[:12], key))
        if shard:
            shards.setdefault(shard, []).append(row["article_id"])
    pieces = [
        place.read("tokens", key).filter(pl.col("article_id").is_in(ids))
        for key, ids in sorted(shards.items())
    ]
    return pl.concat(pieces) if pieces else conform([], "tokens")
