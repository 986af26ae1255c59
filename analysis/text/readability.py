"""Readability: how long the sentences and words of a text are, as one number of several formulas.

The formulas were fitted to schoolbooks and manuals; between newspapers they show differences of style, not of
understanding. Dale–Chall is not offered: its list of 3,000 words has no licence that allows passing it on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl

from analysis.text.batches import Articles, batches, group_names
from analysis.text.sentences import cut
from analysis.text.syllables import syllables
from analysis.text.tokens import normalise, pieces

MEASURES = (
    "flesch",
    "flesch_kincaid",
    "gunning_fog",
    "smog",
    "words_per_sentence",
    "syllables_per_word",
    "letters_per_word",
)
# SMOG was made for thirty sentences (McLaughlin, 1969); the others for passages of a hundred words (Flesch, 1948)
SMOG_SENTENCES = 30
PASSAGE = 100


def readability(
    articles: Articles, *, by: str | None = "outlet", sentences: pd.DataFrame | pl.DataFrame | None = None
) -> pd.DataFrame:
    """Measure the readability of every article.

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` (cleaned) and the `by` column.
    by : str or None, optional
        Column shown as ``group``.
    sentences : frame, optional
        The ``sentences`` layer; by default sentences are found by rule (`analysis.text.sentences`).

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``group``, ``n_sentences``, ``n_words``, ``n_syllables``, ``n_long`` (words of three syllables or more);
        ``flesch``, reading ease (Flesch, 1948), higher is easier; ``flesch_kincaid`` (Kincaid et al., 1975), ``gunning_fog``
        (Gunning, 1952) and ``smog`` (McLaughlin, 1969), all in years of school; ``words_per_sentence``,
        ``syllables_per_word``, ``letters_per_word``; ``unstable``: what the article is too short for, in words. An article without
        words has missing measures and says so there. Compare groups with `analysis.text.averages.averages`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["The cat in the hat ate breakfast."]})
    >>> readability(articles)[["n_words", "n_syllables", "flesch"]].round(2)
       n_words  n_syllables  flesch
    0        7            8  103.04
    """
    layer = pl.from_pandas(sentences) if isinstance(sentences, pd.DataFrame) else sentences
    parts = [
        _batch(batch, by, layer)
        for batch in batches(articles, ("article_id", "body") if by is None else ("article_id", "body", by))
    ]
    columns = [
        "article_id",
        "group",
        "n_sentences",
        "n_words",
        "n_syllables",
        "n_long",
        *MEASURES,
        "unstable",
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _batch(batch: pl.DataFrame, by: str | None, layer: pl.DataFrame | None) -> pd.DataFrame:
    words = pieces(batch).filter("is_token")
    words = words.with_columns(form=normalise(words["token"]))
    words = words.with_columns(syllables=syllables(words["form"]), letters=pl.col("token").str.len_chars())
    counted = words.group_by("article_id").agg(
        n_words=pl.len().cast(pl.Int64),
        n_syllables=pl.col("syllables").sum(),
        n_long=(pl.col("syllables") >= 3).sum().cast(pl.Int64),
        letters=pl.col("letters").sum().cast(pl.Int64),
    )
    if layer is None:
        found = cut(batch)
    else:
        found = layer.filter(pl.col("article_id").is_in(batch["article_id"].to_list()))
    sentences = found.group_by("article_id").agg(n_sentences=pl.len().cast(pl.Int64))
    table = (
        batch.select("article_id", group=pl.lit("all") if by is None else group_names(batch[by]))
        .join(sentences, on="article_id", how="left", maintain_order="left")
        .join(counted, on="article_id", how="left", maintain_order="left")
        .fill_null(0)
        .to_pandas()
    )
    return _formulas(table)


def _formulas(table: pd.DataFrame) -> pd.DataFrame:
    n, sentences, spoken, long = (
        table[name].to_numpy(dtype=float) for name in ("n_words", "n_sentences", "n_syllables", "n_long")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        length, weight = n / sentences, spoken / n
        measures = {
            "flesch": 206.835 - 1.015 * length - 84.6 * weight,
            "flesch_kincaid": 0.39 * length + 11.8 * weight - 15.59,
            "gunning_fog": 0.4 * (length + 100 * long / n),
            "smog": 1.0430 * np.sqrt(30 * long / sentences) + 3.1291,
            "words_per_sentence": length,
            "syllables_per_word": weight,
            "letters_per_word": table["letters"].to_numpy(dtype=float) / n,
        }
    result = table.drop(columns="letters").assign(**measures)
    result["unstable"] = np.select(
        [n == 0, n < PASSAGE, sentences < SMOG_SENTENCES],
        ["no words: nothing to measure", "all: under 100 words", "smog: under 30 sentences"],
        default="",
    )
    return result
