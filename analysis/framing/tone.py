"""Tone towards an actor, sentence by sentence and target by target: never of a whole article.

A small linear model of the project's own, trained by ``scripts/train_tone.py``; its measured quality stands beside
every result (`analysis.framing.quality`). It is weak evidence: about one judgement in three is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import polars as pl

from analysis.codebook import load
from analysis.framing.tone_features import Floats, Words, features, hashed
from analysis.language import Parse
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

if TYPE_CHECKING:
    from spacy.tokens import Span

LABELS = ("negative", "neutral", "positive")
_COLUMNS = {
    "article_id": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "actor": pl.String,
    "tone": pl.String,
    "probability": pl.Float64,
    "quoted": pl.Boolean,
}


class Model(NamedTuple):
    """The trained weights: of hashed features, of pooled vectors, and the bias of each label."""

    words: Words
    sparse: Floats
    dense: Floats
    bias: Floats


@cache
def model() -> Model:
    """Read the trained model that comes with the kit."""
    with (files("analysis") / "data" / "framing" / "tone.npz").open("rb") as handle:
        held = np.load(handle)
        names = bytes(held["words"]).decode().split("\n")
        vectors = held["vectors"].astype(np.float32) * held["scale"].astype(np.float32)
        polarity = held["polarity"].astype(np.float32) / 127
        words = Words({name: number for number, name in enumerate(names)}, vectors, polarity)
        return Model(words, held["sparse"].astype(np.float32), held["dense"].astype(np.float32), held["bias"])


def judge(target: Span, sentence: Span) -> tuple[str, float]:
    """Judge the tone of a sentence towards a target in it.

    Parameters
    ----------
    target : spacy Span
        The mention.
    sentence : spacy Span
        The sentence around it.

    Returns
    -------
    tuple of str and float
        "negative", "neutral" or "positive", and the model's probability of it.
    """
    trained = model()
    named, pooled = features(sentence, target, trained.words, load("general").cue_classes)
    buckets, values = hashed(named)
    scores = values @ trained.sparse[buckets] + pooled @ trained.dense + trained.bias
    odds = np.exp(scores - scores.max())
    best = int(scores.argmax())
    return LABELS[best], float(odds[best] / odds.sum())


def annotate_tone(parses: Sequence[Parse], *, mentions: pl.DataFrame) -> pl.DataFrame:
    """Judge the tone towards each mentioned actor.

    Parameters
    ----------
    parses : sequence of Parse
        The articles.
    mentions : polars.DataFrame
        The mentions layer.

    Returns
    -------
    polars.DataFrame
        ``article_id, start, end, actor, tone, probability, quoted``, one row a mention.

    Notes
    -----
    Target-level tone (Hamborg & Donnay, 2021). Never add it up over a single article.
    """
    named = {key[0]: rows for key, rows in mentions.partition_by("article_id", as_dict=True).items()}
    rows = []
    for parse in parses:
        if parse.article_id not in named:
            continue
        for mention in named[parse.article_id].sort("start").iter_rows(named=True):
            span = parse.doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
            if span is None:
                continue
            tone, probability = judge(span, span.sent)
            rows.append(
                {
                    **{key: mention[key] for key in ("article_id", "start", "end", "actor", "quoted")},
                    "tone": tone,
                    "probability": probability,
                }
            )
    return pl.DataFrame(rows, schema=_COLUMNS)


def tone_shares(
    tones: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    actor: str,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the share of negative, neutral and positive sentences about an actor, in the outlet's own voice.

    Parameters
    ----------
    tones : pandas.DataFrame
        From `annotate_tone`.
    articles : pandas.DataFrame
        One row an article.
    actor : str
        The actor.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the three tones as items.

    Notes
    -----
    Target-level tone (Hamborg & Donnay, 2021), by the kit's own model.
    """
    rows = tones.loc[(tones["actor"] == actor) & ~tones["quoted"].fillna(False).astype(bool)]
    return shares(rows, articles, item="tone", by=by, seed=seed, minimum=minimum)
