"""Document-term counts from raw text, beside scikit-learn's CountVectorizer."""

from __future__ import annotations

import polars as pl

TARGETS = {"scikit-learn": 3}


def ours(articles: pl.DataFrame) -> str:
    from analysis.text.counts import count

    counts = count(articles, by=None)
    return f"{len(counts.forms)} forms, {counts.matrix.nnz} cells"


def sklearn(articles: pl.DataFrame) -> str:
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer().fit_transform(articles["body"].to_list())
    return f"{matrix.shape[1]} forms, {matrix.nnz} cells"


def prepare(articles: pl.DataFrame) -> pl.DataFrame:
    import sklearn.feature_extraction.text

    import analysis.text.counts  # noqa: F401  imports are not what is measured

    assert sklearn
    return articles


CONTENDERS = {"parallax": ours, "scikit-learn": sklearn}
