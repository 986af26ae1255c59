"""Collocates of a node within five words, from raw text, beside NLTK's BigramCollocationFinder."""

from __future__ import annotations

import polars as pl

ARTICLES = 1500
TARGETS = {"NLTK": 5}
NODE = "election"


def ours(articles: pl.DataFrame) -> str:
    from analysis.text.collocation import collocates

    return f"{len(collocates(articles, NODE, minimum=5, minimum_documents=1))} collocates"


def nltk(articles: pl.DataFrame) -> str:
    from nltk import word_tokenize
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    tokens = [token for body in articles["body"] for token in word_tokenize(body.lower(), preserve_line=True)]
    finder = BigramCollocationFinder.from_words(tokens, window_size=6)
    finder.apply_freq_filter(5)
    finder.apply_ngram_filter(lambda one, two: NODE not in (one, two))
    return f"{len(finder.score_ngrams(BigramAssocMeasures.likelihood_ratio))} pairs"


def prepare(articles: pl.DataFrame) -> pl.DataFrame:
    import nltk

    import analysis.text.collocation  # noqa: F401

    assert nltk.word_tokenize("warm", preserve_line=True)
    return articles


CONTENDERS = {"parallax": ours, "NLTK": nltk}
