"""MTLD of every article from raw text, beside NLTK's tokens and the plain loop that textacy and others use."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

ARTICLES = 1500
TARGETS = {"NLTK and a loop": 5}


def ours(articles: pl.DataFrame) -> str:
    from analysis.text.diversity import diversity

    return f"mean {diversity(articles, by=None)['mtld'].mean():.1f}"


def factors(tokens: Sequence[str]) -> float:
    types: set[str] = set()
    found, size = 0.0, 0
    for token in tokens:
        size += 1
        types.add(token)
        if len(types) <= 0.72 * size:
            found, size, types = found + 1, 0, set()
    return found + (1 - len(types) / size) / 0.28 if size else found


def loop(articles: pl.DataFrame) -> str:
    from nltk import word_tokenize

    values = []
    for body in articles["body"]:
        tokens = [token for token in word_tokenize(body.lower(), preserve_line=True) if token[0].isalnum()]
        both = factors(tokens), factors(tokens[::-1])
        if all(both):
            values.append((len(tokens) / both[0] + len(tokens) / both[1]) / 2)
    return f"mean {sum(values) / len(values):.1f}"


def prepare(articles: pl.DataFrame) -> pl.DataFrame:
    import nltk

    import analysis.text.diversity  # noqa: F401

    assert nltk.word_tokenize("warm", preserve_line=True)
    return articles


CONTENDERS = {"parallax": ours, "NLTK and a loop": loop}
