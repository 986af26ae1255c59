"""All hits of a common word in their context, from raw text, beside NLTK's Text.concordance_list."""

from __future__ import annotations

import polars as pl

ARTICLES = 1500
TARGETS = {"NLTK": 20}
WORD = "election"


def ours(articles: pl.DataFrame) -> str:
    from analysis.text.concordance import concordance

    return f"{len(concordance(articles, WORD))} hits"


def nltk(articles: pl.DataFrame) -> str:
    from nltk import word_tokenize
    from nltk.text import Text

    tokens = [token for body in articles["body"] for token in word_tokenize(body, preserve_line=True)]
    return f"{len(Text(tokens).concordance_list(WORD, width=120, lines=10**9))} hits"


def prepare(articles: pl.DataFrame) -> pl.DataFrame:
    import nltk.text

    import analysis.text.concordance  # noqa: F401

    assert nltk.word_tokenize("warm", preserve_line=True)
    return articles


CONTENDERS = {"parallax": ours, "NLTK": nltk}
