"""Tone towards an actor, sentence by sentence and target by target: never of a whole article.

A linear model and a small network of the project's own, trained by ``scripts/train_tone.py``; their measured quality
stands beside every result (`analysis.framing.quality`). It is weak evidence: about one judgement in three is wrong.
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
from analysis.framing.groups import in_voice, with_voice
from analysis.framing.tone_features import features, hashed
from analysis.framing.tone_network import Network, numbers_of, reading, scores
from analysis.framing.tone_sentence import Floats, Sentence, Words, read_sentence, read_target
from analysis.language import Parse
from analysis.schemas import conform
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

if TYPE_CHECKING:
    from spacy.tokens import Span

LABELS = ("negative", "neutral", "positive")


class Model(NamedTuple):
    """The trained weights: of hashed features, of pooled vectors, the bias of each label; and the network."""

    words: Words
    sparse: Floats
    dense: Floats
    bias: Floats
    network: Network


@cache
def model() -> Model:
    """Read the trained model that comes with the kit."""
    with (files("analysis") / "data" / "framing" / "tone.npz").open("rb") as handle:
        held = dict(np.load(handle).items())
    names, numbers = (bytes(held[part]).decode().split("\n") for part in ("words", "numbers"))
    vectors = held["vectors"].astype(np.float32) * held["scale"].astype(np.float32)
    polarity = held["polarity"].astype(np.float32) / 127
    words = Words({name: number for number, name in enumerate(names)}, vectors, polarity)
    weights = {
        name.removeprefix("net_"): value.astype(np.float32)
        for name, value in held.items()
        if name.startswith("net_")
    }
    return Model(
        words,
        held["sparse"].astype(np.float32),
        held["dense"].astype(np.float32),
        held["bias"],
        Network(numbers, held["mean"], held["spread"], weights),
    )


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
        "negative", "neutral" or "positive", and the model's probability of it: the mean of a linear model and a small
        network.
    """
    return _judged([(target, sentence)])[0]


def _judged(pairs: Sequence[tuple[Span, Span]]) -> list[tuple[str, float]]:
    """Judge targets in their sentences; each sentence is read once, each model run once."""
    trained, cues = model(), load("general").cue_classes
    sentences: dict[tuple[int, int], Sentence] = {}
    linear, reads, numbers = [], [], []
    for target, sentence in pairs:
        key = (sentence.start, sentence.end)
        if key not in sentences:
            sentences[key] = read_sentence(sentence, trained.words)
        said = sentences[key]
        about = read_target(target, said, cues)
        named, pooled = features(said, about, trained.words)
        buckets, values = hashed(named)
        linear.append(values @ trained.sparse[buckets] + pooled @ trained.dense + trained.bias)
        reads.append(reading(said, about))
        numbers.append(numbers_of(named))
    deep = scores(trained.network, reads, numbers, trained.words.vectors)
    odds = (_odds(np.stack(linear)) + _odds(deep)) / 2
    return [(LABELS[best], float(one[best])) for one, best in zip(odds, odds.argmax(1), strict=True)]


def _odds(score: Floats) -> Floats:
    odds = np.exp(score - score.max(1, keepdims=True))
    return np.asarray(odds / odds.sum(1, keepdims=True), dtype=np.float32)


def annotate_tone(parses: Sequence[Parse], *, mentions: pl.DataFrame) -> pl.DataFrame:
    """Judge the tone of each sentence towards each actor it names.

    Parameters
    ----------
    parses : sequence of Parse
        The articles.
    mentions : polars.DataFrame
        The mentions layer.

    Returns
    -------
    polars.DataFrame
        The tone layer: one row an actor and sentence, at the actor's first mention in it.

    Notes
    -----
    Target-level tone (Hamborg & Donnay, 2021). Never add it up over a single article.
    """
    first = mentions.filter(pl.col("actor") != "").sort("article_id", "start", "end")
    first = first.unique(["article_id", "sentence", "actor"], keep="first", maintain_order=True)
    named = {key[0]: rows for key, rows in first.partition_by("article_id", as_dict=True).items()}
    kept = ("article_id", "start", "end", "surface", "actor", "quoted", "sentence")
    rows = []
    for parse in parses:
        if parse.article_id not in named:
            continue
        found = [
            (mention, span)
            for mention in named[parse.article_id].iter_rows(named=True)
            if (span := parse.doc.char_span(mention["start"], mention["end"], alignment_mode="expand"))
        ]
        if not found:
            continue
        # an article at a time: in larger batches the last digits would depend on which articles come together
        judged = _judged([(span, span.sent) for _, span in found])
        for (mention, _), (tone, score) in zip(found, judged, strict=True):
            rows.append({**{key: mention[key] for key in kept}, "tone": tone, "score": score})
    return conform(rows, "tone")


def tone_shares(
    tones: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    statements: pd.DataFrame,
    voice: str = "own",
    actors: int = 5,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the share of negative, neutral and positive sentences about each actor, in one voice.

    Parameters
    ----------
    tones : pandas.DataFrame
        The tone layer.
    articles : pandas.DataFrame
        One row an article, with ``body``.
    statements : pandas.DataFrame
        The statements layer: what somebody says of an actor is not the outlet's tone.
    voice : {"own", "quoted", "reported", "all"}, optional
        Whose words.
    actors : int, optional
        How many actors, those of most articles first.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates; items are "actor: tone", and *n* is the number of the group's sentences about the actor.

    Notes
    -----
    Target-level tone (Hamborg & Donnay, 2021), by the kit's own model: weak evidence.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Hill Post"], "body": ["Quill lied. Quill left."]})
    >>> tones = pd.DataFrame({"article_id": "a", "start": [0, 12], "end": [5, 17], "actor": "Quill", "tone": ["negative", "neutral"]})
    >>> tone_shares(tones, articles, statements=pd.DataFrame())[["item", "k", "n"]].to_numpy().tolist()
    [['Quill: negative', 1, 2], ['Quill: neutral', 1, 2]]
    """
    held = in_voice(with_voice(tones, articles, statements), voice)
    held = held[held["article_id"].isin(articles["article_id"])]
    often = held.groupby("actor", as_index=False).agg(articles=("article_id", "nunique"), n=("actor", "size"))
    often = often.sort_values(["articles", "n", "actor"], ascending=[False, False, True]).head(actors)
    parts = []
    for actor in often["actor"]:
        found = shares(held[held["actor"] == actor], articles, item="tone", by=by, seed=seed, minimum=minimum)
        parts.append(found.assign(item=f"{actor}: " + found["item"].astype(str)))
    if not parts:
        return conform([], "estimates").to_pandas().assign(n_articles=pd.Series(dtype="int64"))
    return pd.concat(parts, ignore_index=True)
