"""People and organisations and their merging over a whole set, as the actors benchmark wants them.

`predict` finds the mentions itself. `predict_gold` is given the gold mentions and tests the merging alone: the
given spans take the place of those found, everything behind is the same.

    python benchmarks/quality.py actors                                  own mentions
    python benchmarks/quality.py actors --gold-mentions --set aida_dev   the merging alone, of one set
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from analysis import actors, codebook, language, places
from analysis.schemas import conform
from analysis.text import plain

# armed forces, governments and the like count as organisations in these sets, other groups do not
TYPES = {"person": "PER", "organisation": "ORG", "government": "LOC", "group": "ORG"}
BODIES = ("military", "army", "navy", "forces", "government", "police", "militia")
KINDS = {"PER": "person", "ORG": "organisation"}


def predict(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one line an article: ``{"id", "mentions": [{"start", "end", "cluster", "type"}]}``."""
    rows = list(inputs)
    book = codebook.load("general")
    found = []
    for row in rows:
        parses = list(language.parse([{"article_id": row["id"], "body": row["text"]}]))
        found.append(actors.annotate_mentions(parses, places=places.annotate(parses), codebook=book))
    yield from _lines(rows, _named(pl.concat(found)), book)


def predict_rules(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the same, read without a language model."""
    rows = list(inputs)
    book = codebook.load("general")
    articles = [{"article_id": row["id"], "body": row["text"]} for row in rows]
    found = actors.annotate_mentions_text(
        plain.read(articles), places=places.annotate_text(articles), codebook=book
    )
    yield from _lines(rows, _named(found), book)


def _named(mentions: pl.DataFrame) -> pl.DataFrame:
    bodies = pl.col("surface").str.contains(f"^[A-Z].* ({'|'.join(BODIES)})$")
    return actors.only_names(mentions).filter((pl.col("kind") != "group") | bodies)


def predict_gold(
    inputs: Iterable[Mapping[str, Any]], gold: Iterable[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Yield the same with the gold spans of people and organisations as mentions."""
    rows = list(inputs)
    texts = {row["id"]: row["text"] for row in rows}
    spans = [
        {
            "article_id": line["id"],
            "start": m["start"],
            "end": m["end"],
            "surface": texts[line["id"]][m["start"] : m["end"]],
            "kind": KINDS[m["type"]],
        }
        for line in gold
        for m in line["mentions"]
        if m["type"] in KINDS and not m.get("ignore")
    ]
    book = codebook.load("general")
    yield from _lines(rows, actors.name_mentions(conform(spans, "mentions"), codebook=book), book)


def _lines(
    rows: list[Mapping[str, Any]], mentions: pl.DataFrame, book: codebook.Codebook
) -> Iterator[dict[str, Any]]:
    names, _ = actors.merge(
        mentions, pl.DataFrame({"article_id": [row["id"] for row in rows]}), codebook=book
    )
    called = {(article, local): actor for article, local, actor in names.iter_rows()}
    by_article: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
    for m in mentions.iter_rows(named=True):
        cluster = called[m["article_id"], m["actor"]]
        line = {
            "start": m["start"],
            "end": m["end"],
            "cluster": f"{m['kind']}: {cluster}",
            "type": TYPES[m["kind"]],
        }
        by_article[m["article_id"]].append(line)
    for key, found in by_article.items():
        yield {"id": key, "mentions": found}
