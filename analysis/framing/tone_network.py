"""A small network that reads a sentence word by word around a target: its input, and its forward pass in numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.framing.tone_sentence import FAR, Floats, Sentence, Target, Whole

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

    rows: Whole
    marks: Whole
    values: Floats


class Network(NamedTuple):
    """The weights, and how the numbers of a sentence are brought to one scale."""

    numbers: Sequence[str]
    mean: Floats
    spread: Floats
    weights: Mapping[str, Floats]


def reading(said: Sentence, about: Target) -> Reading:
    """Bring a sentence and a target in it to numbers, token by token.

    Parameters
    ----------
    said : Sentence
        From `read_sentence`.
    about : Target
        From `read_target`.

    Returns
    -------
    Reading
    """
    root = about.root.i
    kept = [word for word in said.words if not word.space]
    if len(kept) > LONGEST:
        nearest = sorted(kept, key=lambda word: abs(word.i - root))[:LONGEST]
        kept = sorted(nearest, key=lambda word: word.i)
    rows, marks, values = [], [], []
    for word in kept:
        number = word.i
        inside = number in about.inside
        named = inside and word.pos == "PROPN"  # a name is no judgement
        rows.append(-1 if named else word.row)
        marks.append(
            (
                min(about.distance.get(number, FAR), MARKS[0] - 1),
                0 if inside else _gap(number - root),
                _TARGET if inside else _REGION[about.region.get(number, "rest")],
                _PART.get(word.pos, len(PARTS)),
                number in said.quoted,
                number in said.negated,
            )
        )
        values.append(0.0 if named else word.valence)
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


def scores(
    network: Network, reads: Sequence[Reading], numbers: Sequence[Mapping[str, float]], vectors: Floats
) -> Floats:
    """Run the network on some targets at once.

    Parameters
    ----------
    network : Network
        The weights; ``scripts/train_tone.py`` holds the twin of this function for training.
    reads : sequence of Reading
        A sentence for each target, of one token or more; they are laid end to end.
    numbers : sequence of mappings of str to float
        From `numbers_of`, one a target.
    vectors : array
        Word vectors.

    Returns
    -------
    array of float, shape (targets, labels)
        A score for each label; their exponentials are proportional to probabilities.
    """
    net = network.weights
    rows, marks, values = (np.concatenate([read[part] for read in reads]) for part in range(3))
    sizes = np.array([len(read.rows) for read in reads])
    ends = np.cumsum(sizes)
    starts = ends - sizes
    seen = np.where(rows[:, None] >= 0, vectors[rows] * VECTOR_SCALE, 0.0)
    x = seen @ net["words"] + net["words_bias"]
    for number in range(len(MARKS)):
        x += net[f"mark{number}"][marks[:, number]]
    polarity = np.stack([np.maximum(values, 0), np.maximum(-values, 0)], -1)
    x = np.maximum(x + polarity @ net["value"], 0)
    before, after = np.roll(x, 1, 0), np.roll(x, -1, 0)
    before[starts] = after[ends - 1] = 0  # no sentence sees the next one
    around = before @ net["near"][0] + x @ net["near"][1] + after @ net["near"][2]
    x += np.maximum(around + net["near_bias"], 0)
    weight = x @ net["attention"]
    weight = np.exp(weight - np.repeat(np.maximum.reduceat(weight, starts), sizes, 0))
    weight /= np.repeat(np.add.reduceat(weight, starts), sizes, 0)
    own = (marks[:, 2] == _TARGET).astype(x.dtype)
    own /= np.maximum(np.repeat(np.add.reduceat(own, starts), sizes), 1)
    # attended by each head, then the mean of the target's own tokens
    pooled = [
        np.concatenate([weight[start:end].T, own[None, start:end]]) @ x[start:end]
        for start, end in zip(starts, ends, strict=True)
    ]
    sized = np.stack([scaled(network, one) for one in numbers])
    read = np.hstack([np.stack(pooled).reshape(len(reads), -1), np.maximum.reduceat(x, starts), sized])
    hidden = np.maximum(read @ net["hidden"] + net["hidden_bias"], 0)
    return np.asarray(hidden @ net["out"] + sized @ net["direct"] + net["bias"], dtype=np.float32)


_PART = {name: number for number, name in enumerate(PARTS)}
_REGION = {name: number for number, name in enumerate(REGIONS)}
_TARGET = _REGION["target"]


def _gap(gap: int) -> int:
    """Give a number to a place before or after the target: next to it, within four, nine, or beyond."""
    size = abs(gap)
    step = 1 if size == 1 else 3 if size < 4 else 5 if size < 9 else 7
    return step if gap < 0 else step + 1
