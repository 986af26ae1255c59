"""Articles read without a language model: their sentences and tokens, exact to the character.

The rules engine's counterpart of `analysis.language`: where that gives a parse, this gives a `PlainText`. What needs
grammar cannot be had from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.schemas import conform
from analysis.text.cutting import tokens_and_sentences


@dataclass(frozen=True)
class PlainText:
    """One article with the first and the last character of its sentences, and of its tokens (an array of two columns)."""

    article: Mapping[str, Any]
    starts: Sequence[int]
    ends: Sequence[int]
    tokens: npt.NDArray[np.int64]

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
    if not rows:
        return []
    tokens, sentences, _ = tokens_and_sentences(
        pl.Series([str(row["body"]) for row in rows], dtype=pl.String)
    )
    spans = np.column_stack((tokens.start, tokens.end))
    starts, ends = sentences.start.tolist(), sentences.end.tolist()
    return [
        PlainText(row, starts[a:b], ends[a:b], spans[c:d])
        for row, (a, b), (c, d) in zip(
            rows, pairwise(sentences.bounds(len(rows))), pairwise(tokens.bounds(len(rows))), strict=True
        )
    ]


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
    sizes = [len(text.tokens) for text in texts]
    spans = np.concatenate([text.tokens for text in texts]) if texts else np.empty((0, 2), dtype=np.int64)
    numbers = [
        np.searchsorted(np.asarray(text.starts), text.tokens[:, 0], side="right") - 1 for text in texts
    ]
    return conform(
        pl.DataFrame(
            {
                "article_id": pl.Series([text.article_id for text in texts], dtype=pl.String).gather(
                    np.repeat(np.arange(len(texts)), sizes)
                ),
                "start": spans[:, 0],
                "end": spans[:, 1],
                "sentence": np.concatenate(numbers) if texts else spans[:, 0],
            }
        ),
        "tokens",
    )
