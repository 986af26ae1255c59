"""Articles read without a language model: their sentences and tokens, exact to the character.

The rules engine's counterpart of `analysis.language`: where that gives a parse, this gives a `PlainText`. What needs
grammar cannot be had from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.schemas import conform
from analysis.text.sentences import cut
from analysis.text.tokens import pieces


@dataclass(frozen=True)
class PlainText:
    """One article with the first and the last character of its sentences."""

    article: Mapping[str, Any]
    starts: Sequence[int]
    ends: Sequence[int]

    @property
    def article_id(self) -> str:
        """The article's id."""
        return str(self.article["article_id"])

    @property
    def body(self) -> str:
        """The text that all offsets refer to."""
        return str(self.article["body"])

    def sentence(self, position: int) -> int:
        """Give the number of the sentence that a character stands in."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def bounds(self, position: int) -> tuple[int, int]:
        """Give the first and the last character of the sentence that a character stands in."""
        if not self.starts:
            return 0, len(self.body)
        number = self.sentence(position)
        return self.starts[number], max(self.ends[number], position)


def read(articles: Iterable[Mapping[str, Any]]) -> list[PlainText]:
    """Find the sentences of articles by rule.

    Parameters
    ----------
    articles : iterable of mappings
        Rows with at least ``article_id`` and ``body``.

    Returns
    -------
    list of PlainText
        In the order given.

    Examples
    --------
    >>> (text,) = read([{"article_id": "a", "body": "Gen. Marsh left. He flew to Oslo."}])
    >>> [text.body[start:end] for start, end in zip(text.starts, text.ends)]
    ['Gen. Marsh left.', 'He flew to Oslo.']
    """
    rows = list(articles)
    found = _sentences(rows)
    spans: list[tuple[list[int], list[int]]] = [([], []) for _ in rows]
    for place, start, end in found.select("place", "start", "end").iter_rows():
        spans[place][0].append(start)
        spans[place][1].append(end)
    return [PlainText(row, *span) for row, span in zip(rows, spans, strict=True)]


def _sentences(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Give the sentences of some articles with the place of each article among them."""
    numbered = pl.DataFrame(
        {"article_id": [str(number) for number in range(len(rows))], "body": [str(r["body"]) for r in rows]},
        schema={"article_id": pl.String, "body": pl.String},
    )
    return cut(numbered).with_columns(pl.col("article_id").cast(pl.Int64).alias("place"))


def sentences_table(texts: Sequence[PlainText]) -> pl.DataFrame:
    """Give the ``sentences`` layer of articles read by rule (see `analysis.schemas`)."""
    data: dict[str, list[Any]] = {
        name: [] for name in ("article_id", "start", "end", "sentence", "paragraph")
    }
    for text in texts:
        paragraph, last = 0, 0
        for start in text.starts:
            paragraph += text.body.count("\n", last, start)
            last = start
            data["paragraph"].append(paragraph)
        data["article_id"] += [text.article_id] * len(text.starts)
        data["start"] += text.starts
        data["end"] += text.ends
        data["sentence"] += range(len(text.starts))
    whole = {name: pl.Int64 for name in data if name != "article_id"}
    return conform(pl.DataFrame(data, schema={"article_id": pl.String, **whole}), "sentences")


def tokens_table(texts: Sequence[PlainText]) -> pl.DataFrame:
    """Give the ``tokens`` layer of articles read by rule: words and their sentence; what a model adds is missing."""
    batch = pl.DataFrame(
        {
            "article_id": [str(number) for number in range(len(texts))],
            "body": [text.body for text in texts],
        },
        schema={"article_id": pl.String, "body": pl.String},
    )
    ids = pl.Series([text.article_id for text in texts], dtype=pl.String)
    tokens = (
        pieces(batch)
        .filter("is_token")
        .with_columns(pl.col("article_id").cast(pl.Int64).alias("place"))
        .sort("place", "start")
    )
    begun = pl.DataFrame(
        [
            (place, start, number)
            for place, text in enumerate(texts)
            for number, start in enumerate(text.starts)
        ],
        schema={"place": pl.Int64, "start": pl.Int64, "sentence": pl.Int64},
        orient="row",
    )
    placed = tokens.join_asof(begun, on="start", by="place", check_sortedness=False)
    return conform(
        placed.select(ids.gather(placed["place"]).alias("article_id"), "start", "end", "sentence"), "tokens"
    )
