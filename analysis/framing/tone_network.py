"""A small network that reads a sentence word by word around a target: its input, and its forward pass in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from analysis.framing.tone_features import (
    Floats,
    Words,
    about_target,
    negated_tokens,
    places,
    quoted_tokens,
    value_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

LONGEST = 64  # tokens read; of a longer sentence those nearest to the target
PARTS = (
    "VERB", "AUX", "NOUN", "PROPN", "PRON", "ADJ", "ADV", "ADP", "DET", "PUNCT", "PART", "NUM", "CCONJ", "SCONJ"
)  # fmt: skip
REGIONS = ("speech", "verb", "np", "clause", "anc", "rest", "target")
#: How many values each mark of a token can take: steps in the grammar, place, region, part of speech, quoted, negated.
MARKS = (6, 9, len(REGIONS), len(PARTS) + 1, 2, 2)
VECTOR_SCALE = 8.0  # word vectors have length one; the network wants numbers about one
_KINDS = ("vrole=", "dep=", "type=")


class Reading(NamedTuple):
    """A sentence as the network reads it: rows of word vectors (-1 for none), marks and polarity of each token."""

    rows: npt.NDArray[np.int64]
    marks: npt.NDArray[np.int64]
    values: Floats


class Network(NamedTuple):
    """The weights, and how the numbers of a sentence are brought to one scale."""

    numbers: Sequence[str]
    mean: Floats
    spread: Floats
    weights: Mapping[str, Floats]


def reading(sentence: Sequence[Token] | Span, target: Span, words: Words, cues: Mapping[str, str]) -> Reading:
    """Bring a sentence and a target in it to numbers, token by token.

    Parameters
    ----------
    sentence : spacy Span
        The sentence.
    target : spacy Span
        The mention inside it.
    words : Words
        Word vectors.
    cues : mapping of str to str
        Reporting verbs with their class.

    Returns
    -------
    Reading
    """
    tokens = list(sentence)
    about = about_target(target, {token.i for token in tokens})
    place, quoted, root = places(about, cues), quoted_tokens(tokens), target.root
    negated = negated_tokens(tokens)
    kept = [token for token in tokens if not token.is_space]
    if len(kept) > LONGEST:
        nearest = sorted(kept, key=lambda token: abs(token.i - root.i))[:LONGEST]
        kept = sorted(nearest, key=lambda token: token.i)
    rows, marks, values = [], [], []
    for token in kept:
        inside = token.i in about.inside
        named = inside and token.pos_ == "PROPN"  # a name is no judgement
        row = None if named else words.row(token)
        rows.append(-1 if row is None else row)
        marks.append(
            (
                min(about.distance.get(token.i, 9), MARKS[0] - 1),
                0 if inside else _gap(token.i - root.i),
                REGIONS.index("target" if inside else place.region(token.i)),
                _PART.get(token.pos_, len(PARTS)),
                int(token.i in quoted),
                int(token.i in negated),
            )
        )
        values.append(0.0 if named else value_of(token))
    return Reading(
        np.array(rows, dtype=np.int64),
        np.array(marks, dtype=np.int64).reshape(-1, len(MARKS)),
        np.array(values, dtype=np.float32),
    )


def numbers_of(named: Mapping[str, float]) -> dict[str, float]:
    """Keep of named features the sizes and the kinds of target, not the words."""
    return {name: value for name, value in named.items() if "=" not in name or name.startswith(_KINDS)}


def scaled(network: Network, numbers: Mapping[str, float]) -> Floats:
    """Bring the numbers of a sentence to the network's scale."""
    raw = np.array([numbers.get(name, 0.0) for name in network.numbers], dtype=np.float32)
    return np.asarray(np.clip((raw - network.mean) / network.spread, -4, 4), dtype=np.float32)


def scores(network: Network, read: Reading, numbers: Mapping[str, float], vectors: Floats) -> Floats:
    """Run the network on one target.

    Parameters
    ----------
    network : Network
        The weights; ``scripts/train_tone.py`` holds the twin of this function for training.
    read : Reading
        The sentence.
    numbers : mapping of str to float
        From `numbers_of`.
    vectors : array
        Word vectors.

    Returns
    -------
    array of float
        A score for each label; their exponentials are proportional to probabilities.
    """
    net = network.weights
    seen = np.where(read.rows[:, None] >= 0, vectors[read.rows] * VECTOR_SCALE, 0.0)
    x = seen @ net["words"] + net["words_bias"]
    for number in range(len(MARKS)):
        x = x + net[f"mark{number}"][read.marks[:, number]]
    polarity = np.stack([np.maximum(read.values, 0), np.maximum(-read.values, 0)], -1)
    x = np.maximum(x + polarity @ net["value"], 0)
    wide = np.pad(x, ((1, 1), (0, 0)))
    around = sum(wide[step : step + len(x)] @ net["near"][step] for step in range(3))
    x = x + np.maximum(around + net["near_bias"], 0)
    weight = x @ net["attention"]
    weight = np.exp(weight - weight.max(0))
    attended = ((weight / weight.sum(0)).T @ x).ravel()
    own = x[read.marks[:, 2] == REGIONS.index("target")]
    target = own.mean(0) if len(own) else np.zeros(x.shape[1])
    sized = scaled(network, numbers)
    hidden = np.maximum(
        np.concatenate([attended, target, x.max(0), sized]) @ net["hidden"] + net["hidden_bias"], 0
    )
    return np.asarray(hidden @ net["out"] + sized @ net["direct"] + net["bias"], dtype=np.float32)


_PART = {name: number for number, name in enumerate(PARTS)}


def _gap(gap: int) -> int:
    """Give a number to a place before or after the target: next to it, within four, nine, or beyond."""
    size = abs(gap)
    step = 1 if size == 1 else 3 if size < 4 else 5 if size < 9 else 7
    return step if gap < 0 else step + 1
