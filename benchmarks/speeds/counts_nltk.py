"""Document-term counts from raw text, beside NLTK's word_tokenize and FreqDist."""

from __future__ import annotations

import polars as pl

ARTICLES = 1500
TARGETS = {"NLTK": 20}


def ours(articles: pl.DataFrame) -> str:
    from analysis.text.counts import count

    counts = count(articles, by=None)
    return f"{len(counts.forms)} forms, {int(counts.matrix.sum())} tokens"


def nltk(articles: pl.DataFrame) -> str:
    from nltk import FreqDist, word_tokenize

    tables = [FreqDist(word_tokenize(body.lower(), preserve_line=True)) for body in articles["body"]]
    return f"{len(set().union(*tables))} forms, {sum(table.N() for table in tables)} tokens"


def prepare(articles: pl.DataFrame) -> pl.DataFrame:
    import nltk

    import analysis.text.counts  # noqa: F401

    assert nltk.word_tokenize("warm", preserve_line=True)
    return articles


CONTENDERS = {"parallax": ours, "NLTK": nltk}
