"""Judge candidates for attributions: how probable it is that readers would mark them.

Two small models, one behind the other, both learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by
scripts/train_statements.py. The first adds up weights of words and grammar (`features`), candidate by candidate. The
second is a set of small decision trees (gradient boosting; Friedman, 2001) that also see how the first judged the
other candidates of the same verb and sentence, which one candidate alone cannot show (stacking; Wolpert, 1992).

The file holds numbers by feature, no text. Weights and leaves are whole thousandths and millionths, so that sums are
the same on every machine.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from analysis.actors.candidates import Candidate
from analysis.actors.grammar import Grammar
from analysis.actors.rivals import named, numbered

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)
HOPELESS = -4500
"""First score, in thousandths of log-odds, up to which the second model is not asked: one such in 700 is right."""
PRIOR = 8
"""Candidates' worth of the overall rate that the rate of a name is mixed with."""


@dataclass(frozen=True)
class Forest:
    """Decision trees, node after node and tree after tree; a leaf points to itself."""

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    below: NDArray[np.int64]
    above: NDArray[np.int64]
    value: NDArray[np.int64]
    roots: NDArray[np.int64]
    depth: int

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the sum of the leaves that each row falls into, in millionths of a log-odds."""
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        begins = (np.arange(len(rows)) * rows.shape[1])[:, None]
        values = np.ascontiguousarray(rows).ravel()
        for _ in range(self.depth):
            goes_below = values.take(begins + self.feature.take(node)) <= self.threshold.take(node)
            node = np.where(goes_below, self.below.take(node), self.above.take(node))
        total: NDArray[np.int64] = self.value.take(node).sum(axis=1)
        return total


@dataclass(frozen=True)
class Model:
    """Weights by feature (thousandths), rates by name, trees, and the probability from which a candidate counts."""

    weights: Mapping[str, int]
    intercept: int
    rates: Sequence[Mapping[str, float]]
    rate: float
    forest: Forest
    start: int
    threshold: float


@cache
def load() -> Model:
    """Read the shipped model."""
    packed = files("analysis").joinpath("data", "actors", "statements.json.gz").read_bytes()
    return unpacked(json.loads(gzip.decompress(packed)))


def unpacked(data: Mapping[str, object]) -> Model:
    """Make a model of what its file holds."""
    fields = dict(data)
    trees = fields.pop("trees")
    assert isinstance(trees, Sequence)
    sizes = [len(tree["feature"]) for tree in trees]
    roots = np.cumsum([0, *sizes[:-1]])
    columns = {
        name: np.concatenate([np.array(tree[name], dtype=kind) for tree in trees])
        for name, kind in (("feature", np.int64), ("threshold", np.float64), ("value", np.int64))
    }
    for name in ("below", "above"):
        columns[name] = np.concatenate(
            [np.array(tree[name], dtype=np.int64) + root for tree, root in zip(trees, roots, strict=True)]
        )
    depth = max(tree["depth"] for tree in trees)
    return Model(forest=Forest(**columns, roots=roots, depth=depth), **fields)  # type: ignore[arg-type]


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


def judge(model: Model, g: Grammar, found: Sequence[Candidate], known: Context) -> list[float]:
    """Return for each candidate the probability that it is an attribution.

    Parameters
    ----------
    model : Model
        Weights.
    g : Grammar
        The article.
    found : sequence of Candidate
        All candidates of the article, in order.
    known : Context
        From `context`.

    Returns
    -------
    list of float
        From 0 to 1.
    """
    if not found:
        return []
    weights = model.weights
    first = [
        model.intercept + sum(weights.get(name, 0) for name in set(features(g, c, known))) for c in found
    ]
    judged = [0.0] * len(found)
    kept = [n for n, value in enumerate(first) if value > HOPELESS]
    if not kept:
        return judged
    rates = [
        [
            rate.get(name, model.rate)
            for rate, name in zip(model.rates, named(g, found[n], known.label), strict=True)
        ]
        for n in kept
    ]
    rows = np.hstack([numbered(g, found, first, known.quoted, kept), np.array(rates)])
    odds = (model.start + model.forest.sums(rows)) / 1e6
    for n, p in zip(kept, 1.0 / (1.0 + np.exp(-odds)), strict=True):
        judged[n] = float(p)
    return judged


def features(g: Grammar, c: Candidate, known: Context) -> Iterator[str]:
    """Describe a candidate by names of features, for the first model."""
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
