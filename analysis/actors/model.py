"""Score candidates for attributions with a small logistic model over words and grammar.

The weights are a table of features, learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by
scripts/train_statements.py; no text is in it. A score is the probability that readers would mark the candidate as
an attribution.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.actors.candidates import Candidate
from analysis.actors.grammar import Grammar

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)


@dataclass(frozen=True)
class Model:
    """Weights by feature, the intercept, and the score from which a candidate counts."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "statements.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"])


@dataclass(frozen=True)
class Context:
    """What the features need to know beside the grammar: entity labels, quoted tokens, reporting verbs."""

    label: Mapping[int, str]
    quoted: Sequence[int]
    cues: Mapping[str, str]


def context(g: Grammar, quotes: Collection[tuple[int, int]], cues: Mapping[str, str]) -> Context:
    """Prepare the context of one article; ``quoted`` counts quoted tokens before each token."""
    label = {i: name for first, end, name in g.entities for i in range(first, end)}
    spans = sorted(quotes)
    quoted, total, at = [0], 0, 0
    for start in g.start:
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        total += at < len(spans) and spans[at][0] <= start
        quoted.append(total)
    return Context(label, quoted, cues)


def score(model: Model, g: Grammar, candidate: Candidate, known: Context) -> float:
    """Return the probability that a candidate is an attribution."""
    weights = model.weights
    total = model.intercept + sum(weights.get(name, 0.0) for name in features(g, candidate, known))
    return 1.0 / (1.0 + math.exp(-total))


def features(g: Grammar, c: Candidate, known: Context) -> Iterator[str]:
    """Describe a candidate by names of features."""
    i, kind = c.cue, c.kind
    lemma = g.lemma[i].lower()
    first, end = c.spans[0][0], c.spans[-1][1]
    child = c.child
    word = g.lower[first]
    yield "k " + kind
    yield "l " + lemma
    yield f"lk {lemma} {kind}"
    yield f"kt {kind} {g.tag[i]}"
    yield f"kd {kind} {g.dep[i]}"
    yield f"kct {kind} {g.tag[child]}"
    yield f"kw {kind} {word}"
    yield f"lw {lemma} {word}"
    if g.dep[child] == "prep":
        yield f"kp {kind} {g.lower[child]}"
        yield f"lp {lemma} {g.lower[child]}"
    else:
        yield f"kcl {kind} {g.lemma[child].lower()}"
    yield f"lc {lemma[-4:]} {g.pos[i]}"
    yield f"kh {kind} {g.lemma[g.head[i]].lower()}"
    role = known.cues.get(lemma, "-")
    yield f"r {role} {kind}"
    size = sum(b - a for a, b in c.spans)
    length = sum(size > limit for limit in _LENGTHS)
    yield f"n {kind} {length}"
    yield f"rn {role} {length}"
    inside = known.quoted[end] - known.quoted[first]
    marks = "none" if not inside else "all" if inside >= 0.85 * (end - first) else "some"
    here = known.quoted[i + 1] - known.quoted[i]
    yield f"q {marks} {here}"
    yield f"kq {kind} {marks} {here}"
    yield f"rq {role} {marks} {here}"
    finite = any(g.dep[x] in {"nsubj", "nsubjpass", "expl"} for x in g.children[child])
    yield f"kf {kind} {finite} {role}"
    yield from _source_features(g, c, known, lemma, role)
    for x in g.children[i]:
        if g.dep[x] in {"aux", "neg", "auxpass", "prt"}:
            yield f"a {g.dep[x]} {g.lower[x]}"
            yield f"ka {kind} {g.lemma[x].lower()}"


def _source_features(g: Grammar, c: Candidate, known: Context, lemma: str, role: str) -> Iterator[str]:
    s = c.source
    if s < 0:
        kind = "none"
    elif g.pos[s] == "PRON":
        kind = g.lower[s]
    else:
        kind = known.label.get(s, g.tag[s])
        yield "sl " + g.lemma[s].lower()
    yield "s " + kind
    yield f"sk {kind} {c.kind}"
    yield f"sr {kind} {role}"
    yield f"sl {lemma} {kind}"
