"""Quotations and indirect speech with their sources, as the quotes benchmark wants them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from analysis import actors, codebook, language
from analysis.schemas import conform
from analysis.text import plain


def predict(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one line an article: ``{"id", "attributions": [{"source", "cue", "content"}]}``."""
    book = codebook.load("general")
    for row in inputs:
        parses = list(language.parse([{"article_id": row["id"], "body": row["text"]}]))
        found = actors.annotate_statements(parses, mentions=conform([], "mentions"), codebook=book)
        yield {"id": row["id"], "attributions": attributions(found.rows(named=True))}


def predict_rules(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the same, read without a language model."""
    book = codebook.load("general")
    texts = plain.read({"article_id": row["id"], "body": row["text"]} for row in inputs)
    found = actors.annotate_statements_text(texts, mentions=conform([], "mentions"), codebook=book)
    by_article: dict[str, list[dict[str, Any]]] = {text.article_id: [] for text in texts}
    for row in found.iter_rows(named=True):
        by_article[row["article_id"]].append(row)
    for key, rows in by_article.items():
        yield {"id": key, "attributions": attributions(rows)}


def attributions(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Join the pieces of each statement; the benchmark wants no attribution twice."""
    out: list[dict[str, Any]] = []
    for _, pieces in groupby(
        sorted(rows, key=lambda r: (r["statement"], r["start"])), key=lambda r: r["statement"]
    ):
        parts = list(pieces)
        first = parts[0]
        line = {
            "source": [] if first["source_start"] is None else [[first["source_start"], first["source_end"]]],
            "cue": [] if first["cue_start"] is None else [[first["cue_start"], first["cue_end"]]],
            "content": [[part["start"], part["end"]] for part in parts],
        }
        if line not in out:
            out.append(line)
    return out
