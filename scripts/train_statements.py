"""Train the model that decides which candidates are attributions: analysis/data/actors/statements.json.gz.

    python scripts/train_statements.py ../shared/benchmarks/quotes/train250

The folder holds inputs.jsonl.gz and gold.jsonl.gz in the format of the benchmark. A candidate is right where its
cue lies in a marked cue and its content overlaps the marked content by half (intersection over union of characters). Five-fold cross-validation by article
gives the figures printed and the threshold; the shipped weights are those of all articles. Small weights are
dropped: they move no decision and would only fill the file.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.actors.attributions import assemble
from analysis.actors.candidates import Candidate, candidates
from analysis.actors.grammar import Grammar, grammar
from analysis.actors.model import Model, context, features
from analysis.actors.quotation import quotations
from analysis.codebook import load
from analysis.language import parse

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors" / "statements.json.gz"
FOLDS = 5
SEED = 2026
MINIMUM_COUNT = 3
STRENGTH = 0.5
SMALL = 0.03


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def characters(spans: Any) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def right(g: Grammar, candidate: Candidate, marked: list[set[int]], cues: list[tuple[int, int]]) -> bool:
    mine = characters((g.start[a], g.end[b - 1]) for a, b in candidate.spans)
    at = g.start[candidate.cue]
    return any(
        first <= at < last and len(mine & other) * 2 >= len(mine | other)
        for other, (first, last) in zip(marked, cues, strict=True)
    )


class Articles:
    """Grammar, candidates, features and gold of all articles, computed once."""

    def __init__(self, folder: Path) -> None:
        cues = load("general").cue_classes
        gold = {row["id"]: row["attributions"] for row in read(folder / "gold.jsonl.gz")}
        rows = [{"article_id": row["id"], "body": row["text"]} for row in read(folder / "inputs.jsonl.gz")]
        self.cues = cues
        self.grammars: list[Grammar] = []
        self.gold: list[list[set[int]]] = []
        self.found: list[list[tuple[Candidate, list[str]]]] = []
        self.labels: list[list[bool]] = []
        for item in parsed(rows):
            g = grammar(item)
            known = context(g, [(q.start, q.end) for q in quotations(g.body)], cues)
            found = [(c, list(features(g, c, known))) for c in candidates(g)]
            marked = [characters(a["content"]) for a in gold[item.article_id]]
            spans = [sorted(a["cue"]) for a in gold[item.article_id]]
            marks = [(span[0][0], span[-1][1]) if span else (0, 0) for span in spans]
            self.grammars.append(g)
            self.gold.append(marked)
            self.found.append(found)
            self.labels.append([right(g, c, marked, marks) for c, _ in found])


def parsed(rows: list[dict[str, Any]]) -> Any:
    return parse(rows)


def fit(data: Articles, chosen: list[int]) -> tuple[dict[str, float], float]:
    counts = Counter(name for n in chosen for _, names in data.found[n] for name in set(names))
    index = {
        name: k for k, name in enumerate(sorted(name for name, k in counts.items() if k >= MINIMUM_COUNT))
    }
    rows, columns, y = [], [], []
    for n in chosen:
        for (_, names), label in zip(data.found[n], data.labels[n], strict=True):
            for name in names:
                if name in index:
                    rows.append(len(y))
                    columns.append(index[name])
            y.append(label)
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(y), len(index)))
    x.data[:] = 1.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=SEED).fit(x, np.array(y))
    weights = {name: round(float(model.coef_[0, k]), 3) for name, k in index.items()}
    return {k: w for k, w in weights.items() if abs(w) >= SMALL}, round(float(model.intercept_[0]), 3)


def counts(data: Articles, n: int, model: Model) -> Counter[str]:
    """Count hits as the benchmark does: one to one, highest overlap first."""
    marked = data.gold[n]
    mine = [characters(a.content) for a in assemble(data.grammars[n], data.cues, model)]
    pairs = []
    for i, a in enumerate(marked):
        for j, b in enumerate(mine):
            shared = len(a & b)
            if shared and shared * 2 >= len(a | b):
                pairs.append((-shared / len(a | b), i, j))
    left: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in left and j not in taken:
            left.add(i)
            taken.add(j)
    all_a, all_b = set().union(*marked), set().union(*mine)
    return Counter(
        hit=len(left),
        gold=len(marked),
        found=len(mine),
        char_hit=len(all_a & all_b),
        char_gold=len(all_a),
        char_found=len(all_b),
    )


def f1(hit: int, found: int, gold: int) -> float:
    return 2 * hit / max(1, found + gold)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    data = Articles(Path(sys.argv[1]))
    order = np.random.default_rng(SEED).permutation(len(data.grammars))
    print(
        f"{len(order)} articles, {sum(map(len, data.found))} candidates, {sum(map(sum, data.labels))} right"
    )
    folds = [sorted(int(n) for n in order[k::FOLDS]) for k in range(FOLDS)]
    fitted = [fit(data, [int(n) for n in sorted(order) if int(n) not in set(fold)]) for fold in folds]
    best, threshold = 0.0, 0.5
    for step in range(20, 66, 5):
        total: Counter[str] = Counter()
        for fold, (weights, intercept) in zip(folds, fitted, strict=True):
            for n in fold:
                total += counts(data, n, Model(weights, intercept, step / 100))
        value = f1(total["hit"], total["found"], total["gold"])
        chars = f1(total["char_hit"], total["char_found"], total["char_gold"])
        precision = total["hit"] / max(1, total["found"])
        print(
            f"threshold {step / 100:.2f}: F1 {value:.3f} (P {precision:.3f}), content characters F1 {chars:.3f}"
        )
        if value > best:
            best, threshold = value, step / 100
    weights, intercept = fit(data, [int(n) for n in sorted(order)])
    packed = json.dumps({"intercept": intercept, "threshold": threshold, "weights": weights}, sort_keys=True)
    # no time stamp in the header, so that the same training gives the same bytes
    TARGET.write_bytes(gzip.compress(packed.encode("utf-8"), mtime=0))
    print(
        f"{len(weights)} weights, {TARGET.stat().st_size / 1e3:.0f} kB, threshold {threshold}, cross-validated F1 {best:.3f}"
    )


if __name__ == "__main__":
    main()
