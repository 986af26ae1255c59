"""Everything the rules engine makes of an article (places, mentions, statements, labels, quantities), beside the bare spaCy pipeline.

spaCy's answer is a parse, from which the layers would still have to be made. Megabytes a second on one core: see the
answers. Gazetteer, weights and model are loaded before the clock starts; run with POLARS_MAX_THREADS=1 for one core.
"""

from __future__ import annotations

import time
from typing import Any

import polars as pl

ARTICLES = 80
TARGETS = {"spaCy": 20}


def prepare(articles: pl.DataFrame) -> list[dict[str, Any]]:
    rows = articles.select("article_id", "body").to_dicts()
    _layers(rows[:3])
    return rows


def _layers(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Make the layers, and say how long each took in core-seconds."""
    from analysis import actors, codebook, places
    from analysis.framing.labels_text import annotate_labels_text
    from analysis.stories.quantities_text import annotate_quantities_text
    from analysis.text import plain

    book = codebook.load("general")
    clock = [time.process_time()]
    texts = plain.read(rows)
    plain.sentences_table(texts)
    plain.tokens_table(texts)
    clock.append(time.process_time())
    found = places.annotate_text(texts)
    clock.append(time.process_time())
    mentions = actors.annotate_mentions_text(texts, places=found, codebook=book)
    clock.append(time.process_time())
    statements = actors.annotate_statements_text(texts, mentions=mentions, codebook=book)
    clock.append(time.process_time())
    annotate_labels_text(texts, statements=statements, codebook=book)
    annotate_quantities_text(texts, places=found, statements=statements)
    clock.append(time.process_time())
    names = ("sentences and words", "places", "mentions", "statements", "labels and quantities")
    return {name: after - before for name, before, after in zip(names, clock, clock[1:], strict=False)}


def ours(rows: list[dict[str, Any]]) -> str:
    from analysis.annotation import by_rules

    with by_rules.memory(None):  # as annotation has it
        took = _layers(rows)
    size = sum(len(row["body"]) for row in rows) / 1e6
    parts = ", ".join(f"{name} {size / seconds:.1f}" for name, seconds in took.items())
    return f"{size / sum(took.values()):.2f} MB/s: {parts}"


def spacy(rows: list[dict[str, Any]]) -> str:
    from analysis import language

    language.load_model()
    started = time.process_time()
    words = sum(len(item.doc) for item in language.parse(rows))
    size = sum(len(row["body"]) for row in rows) / 1e6
    return f"{size / (time.process_time() - started):.3f} MB/s, {words} words"


CONTENDERS = {"rules": ours, "spaCy": spacy}
