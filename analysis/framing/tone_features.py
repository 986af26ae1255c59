"""What a sentence says about one target in it, as numbers: words, roles, polarity by region, pooled word vectors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from analysis.framing.tone_sentence import FAR, Floats, Sentence, Target, Whole, Words, valence

BUCKETS = 1 << 18
POOLS = ("all", "tree", "window", "left", "right", "head", "near", "verb")
_KEPT = frozenset(
    {"not", "no", "never", "against", "without", "nothing", "but", "however", "despite", "only"}
)


@lru_cache(maxsize=256)
def _compound(text: str) -> float:
    """Give VADER's score of a text; that of a sentence is asked for once for each of its targets."""
    return float(_whole().polarity_scores(text)["compound"])


@cache
def _whole() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def features(said: Sentence, about: Target, words: Words) -> tuple[dict[str, float], Floats]:
    """Describe what a sentence says about a target.

    Parameters
    ----------
    said : Sentence
        From `read_sentence`.
    about : Target
        From `read_target`.
    words : Words
        Word vectors and polarities.

    Returns
    -------
    tuple of dict and numpy.ndarray
        Named features ("=" marks a word feature), and the pooled vectors.
    """
    named = _word_features(said, about)
    named.update(_polarity_features(said, about))
    named.update(_region_features(said, about))
    return named, _pooled(said, about, words)


def hashed(named: Mapping[str, float]) -> tuple[Whole, Floats]:
    """Give buckets and values of named features; numbers weigh three times as much as single words."""
    names = sorted(named)
    buckets = np.array([crc32(name.encode()) % BUCKETS for name in names], dtype=np.int64)
    values = np.array([named[name] * (1.0 if "=" in name else 3.0) for name in names], dtype=np.float32)
    return buckets, values


def _word_features(said: Sentence, about: Target) -> dict[str, float]:
    found: dict[str, float] = {}
    root, middle = about.root, about.root.i
    for word in said.words:
        if word.i in about.inside or not word.alpha:
            continue
        lemma = word.lemma
        found[f"w={lemma}"] = 1.0
        far = about.distance.get(word.i, FAR)
        if not word.stop and far <= 3:
            found[f"d{min(far, 2)}={lemma}"] = 1.0
        if abs(word.i - middle) <= 6:
            found[f"{'L' if word.i < middle else 'R'}={lemma}"] = 1.0
    path: list[str] = []
    at = root
    while at.head.i != at.i and len(path) < 4:
        path.append(at.dep_)
        at = at.head
        route = ">".join(path)
        found[f"p={route}:{at.lemma_.lower()}"] = 1.0
        found[f"pp={route}"] = 1.0
        value = valence(at)
        if value:
            key = f"hp={path[0] if len(path) == 1 else f'up{len(path) - 1}'}:{'+' if value > 0 else '-'}"
            found[key] = found.get(key, 0.0) + abs(value) * 4 * (-1 if at.i in said.negated else 1)
    for number in sorted(about.inside):
        token = root.doc[number]
        if token.pos_ != "PROPN" and token.is_alpha:  # "the terrorists": the name itself may judge
            found[f"t={token.lemma_.lower()}"] = 1.0
    found[f"type={root.ent_type_}:{root.pos_}"] = 1.0
    found[f"dep={root.dep_}"] = 1.0
    found[f"head={root.head.lemma_.lower()}:{root.dep_}"] = 1.0
    for child in root.children:
        found[f"c={child.dep_}:{child.lemma_.lower()}"] = 1.0
    return found


def _polarity_features(said: Sentence, about: Target) -> dict[str, float]:
    found: dict[str, float] = {}
    root = about.root

    def add(key: str, value: float) -> None:
        found[key] = found.get(key, 0.0) + value

    for word in said.words:
        if not word.valence or word.blank or word.i in about.inside:
            continue
        value = 4 * word.valence
        value = -0.7 * value if word.i in said.negated else value
        sign, size = ("+", value) if value > 0 else ("-", -value)
        far = about.distance.get(word.i, FAR)
        add(f"lexall{sign}", size)
        add(f"lexd{sign}", size / (1 + far))
        add(f"lexw{sign}", size / (1 + abs(word.i - root.i) / 3))
        add(f"lex{'L' if word.i < root.i else 'R'}{sign}", size)
        if far <= 2:
            add(f"lexnear{sign}", size)
    target = [root.doc[number] for number in about.inside]
    own = sum(valence(token) for token in target if token.pos_ != "PROPN")
    found["lexown+"], found["lexown-"] = max(own, 0.0), max(-own, 0.0)
    left = min(token.idx for token in target) - said.start
    right = max(token.idx + len(token) for token in target) - said.start
    for name, piece in (("vs", said.text), ("vw", said.text[max(0, left - 60) : right + 60])):
        compound = _compound(piece)
        found[f"{name}+"], found[f"{name}-"] = max(compound, 0.0), max(-compound, 0.0)
    found["pos"] = (root.i - said.words[0].i) / len(said.words)
    found["len"] = len(said.words) / 30
    found["quote"] = len(re.findall(r'["“”]', said.text)) / 2
    return found


def _region_features(said: Sentence, about: Target) -> dict[str, float]:
    """Add up polarity where it stands: in the target's phrase, verb, clause, own speech, in quotations."""
    middle = about.root.i
    found: dict[str, float] = {
        f"vrole={about.role}": 1.0,
        f"vrole={about.role}:cue={about.cue}": 1.0,
        "speaker": float(about.speaks),
    }
    for word in said.words:
        if not (word.valence or word.predicted) or not word.alpha or word.i in about.inside:
            continue
        region = about.region.get(word.i, "rest")
        region = f"verb:{about.role}" if region == "verb" else region
        side = "after" if word.i > middle else "before"
        for name, value in (("l", word.valence), ("p", word.predicted)):
            if not value:
                continue
            value = -0.6 * value if word.i in said.negated else value
            sign, size = ("+", value) if value > 0 else ("-", -value)
            spots = [(region, size), ("all", size), (side, size / (1 + abs(word.i - middle) / 5))]
            for place, amount in [*spots, *([("quote", size)] if word.i in said.quoted else [])]:
                key = f"{name}{place}{sign}"
                found[key] = found.get(key, 0.0) + amount
    return {key: float(np.log1p(3 * value)) if key[-1] in "+-" else value for key, value in found.items()}


def _pooled(said: Sentence, about: Target, words: Words) -> Floats:
    """Average the vectors of the words around the target, near ones more, in eight ways: one product of matrices."""
    around = [
        word
        for word in said.words
        if word.row >= 0
        and word.alpha
        and (not word.stop or word.lower in _KEPT)
        and word.i not in about.inside
    ]
    above = [
        (words.row(token.lower_, token.lemma_.lower()), 1 / step)
        for step, token in enumerate(list(about.root.ancestors)[:3], 1)
    ]
    above = [(row, weight) for row, weight in above if row >= 0]
    n, places = len(around), np.array([word.i for word in around], dtype=np.int64) - about.root.i
    far = np.array([about.distance.get(word.i, FAR) for word in around], dtype=np.int64)
    verb, gap = np.array([word.pos == "VERB" for word in around], dtype=bool), np.abs(places)
    weights = np.zeros((len(POOLS), n + len(above)))
    weights[0, :n] = 1
    weights[1, :n] = 1 / (1 + far) ** 1.5
    weights[2, :n] = np.exp(-gap / 4)
    side = np.exp(-gap / 8)
    weights[3, :n], weights[4, :n] = side * (places < 0), side * (places >= 0)
    weights[5, n:] = [weight for _, weight in above]
    weights[6, :n] = far <= 1
    weights[7, :n] = verb / (1 + far)
    rows = np.array([*(word.row for word in around), *(row for row, _ in above)], dtype=np.int64)
    sums = weights.astype(np.float32) @ words.vectors[rows]
    return np.asarray(sums / np.maximum(weights.sum(1), 1e-9)[:, None], dtype=np.float32).ravel()
