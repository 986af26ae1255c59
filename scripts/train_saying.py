"""Train the weights by which the rules engine tells statements: analysis/data/actors/saying.json.gz.

    python scripts/train_saying.py ../shared/benchmarks/quotes/train250

The folder holds inputs.jsonl.gz and gold.jsonl.gz in the format of the benchmark. A candidate is right where its cue
touches a marked cue and its content overlaps the marked content by half (intersection over union of characters).
Five-fold cross-validation by article gives the figures printed and the threshold; the shipped weights are those of
all articles, in whole thousandths. Small weights are dropped.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.actors.rules.attributing import find
from analysis.actors.rules.laid import Laid
from analysis.actors.rules.marks import marks_in
from analysis.actors.rules.proposing import proposals
from analysis.actors.rules.speaking import cues
from analysis.actors.rules.weighing import BESIDE, FAMILIES, Model
from analysis.codebook import load
from analysis.text.plain import read

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors" / "saying.json.gz"
FOLDS = 5
SEED = 2026
MINIMUM_COUNT = 3
STRENGTH = 0.3
SMALL = 0.03
HOPELESS = 0.01
THRESHOLDS = np.arange(0.1, 0.51, 0.04)

Name = tuple[str, ...]


def lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def overlap(one: Any, other: Any) -> float:
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    total = sum(b - a for a, b in one) + sum(d - c for c, d in other) - shared
    return shared / total if total else 0.0


def right(start: int, end: int, content: Any, gold: list[dict[str, Any]]) -> bool:
    return any(
        any(a < end and start < b for a, b in one["cue"]) and overlap(content, one["content"]) >= 0.5
        for one in gold
    )


def fit(x: sparse.csr_matrix, y: np.ndarray[Any, Any]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=500).fit(x, y)


def model_of(
    fitted: LogisticRegression, vocabulary: dict[Name, int], threshold: float, *, small: float = 0.0
) -> Model:
    """Put weights into nested tables, a level a trait, in thousandths."""
    weights: dict[str, Any] = {}
    for name, n in vocabulary.items():
        weight = float(fitted.coef_[0, n])
        if abs(weight) >= small:
            table = weights
            for trait in name[:-1]:
                table = table.setdefault(trait, {})
            table[name[-1]] = round(1000 * weight)
    return Model(weights, round(1000 * float(fitted.intercept_[0])), threshold)


def matched(found: list[Any], gold: list[dict[str, Any]]) -> int:
    """Count contents that overlap a marked one by half, one to one, greedily."""
    free, n = list(gold), 0
    for said in found:
        best = max(free, key=lambda one: overlap(said.content, one["content"]), default=None)
        if best is not None and overlap(said.content, best["content"]) >= 0.5:
            free.remove(best)
            n += 1
    return n


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    gold = {line["id"]: line["attributions"] for line in lines(folder / "gold.jsonl.gz")}
    texts = read(
        {"article_id": line["id"], "body": line["text"]} for line in lines(folder / "inputs.jsonl.gz")
    )
    book = load("general")
    words = [cues(text.body, book) for text in texts]
    marks = [marks_in(text.body) for text in texts]
    given = proposals(Laid.of(texts, marks), words, Model({}, 0, 0.5))
    beside = {trait: [values[n] for n in given.cue] for trait, values in given.cues.traits.items()}
    traits = {**beside, **given.traits}
    columns = [
        [(family, *keys) for keys in zip(*(traits[t] for t in family.split(" ")), strict=True)]
        for family in FAMILIES
    ]
    rows: list[tuple[Name, ...]] = list(zip(*columns, strict=True))
    groups = given.cues.article[given.cue]
    labels = []
    for n, article, (low, pause, again, high) in zip(given.cue, groups, given.content.tolist(), strict=True):
        start, end, _, _ = given.cues.words[n]
        spans = ((low, high),) if again == low else ((low, pause), (again, high))
        labels.append(right(start, end, spans, gold[texts[article].article_id]))
    y = np.array(labels)
    counts = Counter(name for row in rows for name in row)
    vocabulary = {
        name: n for n, name in enumerate(sorted(name for name, k in counts.items() if k >= MINIMUM_COUNT))
    }
    indices = [sorted({vocabulary[name] for name in row if name in vocabulary}) for row in rows]
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in indices])])
    flat = np.fromiter((i for row in indices for i in row), dtype=np.int64)
    x = sparse.csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(rows), len(vocabulary)))
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(texts))
    totals = {float(t): np.zeros(2) for t in THRESHOLDS}
    for k in range(FOLDS):
        fitted = fit(x[fold[groups] != k], y[fold[groups] != k])
        held = np.flatnonzero(fold == k).tolist()
        laid = Laid.of([texts[n] for n in held], [marks[n] for n in held])
        for t in totals:
            found = find(laid, [words[n] for n in held], model_of(fitted, vocabulary, t))
            for n, some in zip(held, found, strict=True):
                totals[t] += (matched(some, gold[texts[n].article_id]), len(some))
    n_gold = sum(len(one) for one in gold.values())
    scores = {t: 2 * hits / (n + n_gold) for t, (hits, n) in totals.items()}
    best = max(scores, key=lambda t: scores[t])
    hits, n_found = totals[best]
    print(
        f"{len(rows)} candidates, {int(y.sum())} right; threshold {best:.2f}: P {hits / n_found:.3f} R {hits / n_gold:.3f} F1 {scores[best]:.3f}"
    )
    model = model_of(fit(x, y), vocabulary, round(float(best), 2), small=SMALL)
    # words beside which next to nothing was right are not looked at again
    numbers = {trait: model.numbered(trait, values) for trait, values in beside.items()}
    sums = model.total(BESIDE, numbers)[y]
    content = {
        "weights": model.weights,
        "intercept": model.intercept,
        "threshold": model.threshold,
        "hopeless": round(float(np.quantile(sums, HOPELESS))),
    }
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(
            json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
        )
    TARGET.write_bytes(buffer.getvalue())
    print(f"{TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
