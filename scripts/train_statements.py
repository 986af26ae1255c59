"""Train the two models that decide which candidates are attributions: analysis/data/actors/statements.json.gz.

    python scripts/train_statements.py ../shared/benchmarks/quotes/train250

The folder holds inputs.jsonl.gz and gold.jsonl.gz in the format of the benchmark. A candidate is right where its
cue lies in a marked cue and its content overlaps the marked content by half (intersection over union of characters).
The first model is logistic; the second, boosted trees, learns from what the first says of articles it has not seen.
Five-fold cross-validation by article gives the figures printed and the threshold; the shipped models are those of all
articles. Small weights are dropped: they move no decision and would only fill the file.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from analysis.actors.attributions import nominal, together
from analysis.actors.candidates import Candidate, candidates
from analysis.actors.grammar import Grammar, grammar
from analysis.actors.mending import mended
from analysis.actors.model import PRIOR, context, features
from analysis.actors.quotation import quotations
from analysis.actors.rivals import named, numbered
from analysis.codebook import load
from analysis.language import parse

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors" / "statements.json.gz"
FOLDS = 5
SEED = 2026
MINIMUM_COUNT = 3
STRENGTH = 0.1
SMALL = 20
TREES = HistGradientBoostingClassifier(
    max_iter=300,
    learning_rate=0.04,
    max_leaf_nodes=24,
    min_samples_leaf=100,
    l2_regularization=10.0,
    max_features=0.2,
    random_state=SEED,
)
Numbers = NDArray[np.float64]


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
        self.cues = load("general").cue_classes
        gold = {row["id"]: row["attributions"] for row in read(folder / "gold.jsonl.gz")}
        self.grammars: list[Grammar] = []
        self.gold: list[list[set[int]]] = []
        self.found: list[list[Candidate]] = []
        self.features: list[list[list[str]]] = []
        self.names: list[list[tuple[str, ...]]] = []
        self.quoted: list[Sequence[int]] = []
        labels: list[bool] = []
        for key, raw in parsed(folder):
            g = mended(raw, self.cues)
            known = context(g, [(q.start, q.end) for q in quotations(g.body)], nominal(self.cues))
            found = list(candidates(g))
            marked = [characters(a["content"]) for a in gold[key]]
            spans = [sorted(a["cue"]) for a in gold[key]]
            marks = [(span[0][0], span[-1][1]) if span else (0, 0) for span in spans]
            self.grammars.append(g)
            self.gold.append(marked)
            self.found.append(found)
            self.features.append([sorted(set(features(g, c, known))) for c in found])
            self.names.append([named(g, c, known.label) for c in found])
            self.quoted.append(known.quoted)
            labels += [right(g, c, marked, marks) for c in found]
        self.labels = np.array(labels)
        self.offsets = np.cumsum([0, *map(len, self.found)])
        fold_of = np.zeros(len(self), dtype=int)
        fold_of[np.random.default_rng(SEED).permutation(len(self))] = np.arange(len(self)) % FOLDS
        self.fold_of = fold_of
        self.fold = np.repeat(fold_of, np.diff(self.offsets))

    def __len__(self) -> int:
        return len(self.grammars)

    def outside(self, *folds: int) -> list[int]:
        return [n for n in range(len(self)) if self.fold_of[n] not in folds]

    def within(self, fold: int) -> list[int]:
        return [n for n in range(len(self)) if self.fold_of[n] == fold]

    def rows(self, articles: Collection[int]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(self.offsets[n], self.offsets[n + 1]) for n in articles])


def parsed(folder: Path) -> Any:
    rows = [{"article_id": row["id"], "body": row["text"]} for row in read(folder / "inputs.jsonl.gz")]
    for item in parse(rows):
        yield item.article_id, grammar(item)


def fit_first(data: Articles, articles: Sequence[int]) -> tuple[dict[str, int], int]:
    """Fit the logistic model; weights are thousandths."""
    counts = Counter(name for n in articles for names in data.features[n] for name in names)
    kept = sorted(name for name, count in counts.items() if count >= MINIMUM_COUNT)
    index = {name: k for k, name in enumerate(kept)}
    rows, columns = [], []
    row = 0
    for n in articles:
        for names in data.features[n]:
            known = [index[name] for name in names if name in index]
            rows += [row] * len(known)
            columns += known
            row += 1
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(index)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=SEED)
    model.fit(x, data.labels[data.rows(articles)])
    weights = {name: round(1000 * float(model.coef_[0, k])) for name, k in index.items()}
    return {k: w for k, w in weights.items() if abs(w) >= SMALL}, round(1000 * float(model.intercept_[0]))


def first_scores(data: Articles, n: int, model: tuple[Mapping[str, int], int]) -> list[int]:
    weights, intercept = model
    return [intercept + sum(weights.get(name, 0) for name in names) for names in data.features[n]]


def fit_rates(data: Articles, articles: Collection[int]) -> tuple[list[dict[str, float]], float]:
    """Return how often candidates of each name are right, drawn towards the overall rate where they are few."""
    overall = float(data.labels[data.rows(articles)].mean())
    width = len(data.names[0][0])
    hits: list[dict[str, list[int]]] = [defaultdict(lambda: [0, 0]) for _ in range(width)]
    for n in articles:
        labels = data.labels[data.offsets[n] : data.offsets[n + 1]]
        for names, label in zip(data.names[n], labels, strict=True):
            for column, name in enumerate(names):
                cell = hits[column][name]
                cell[0] += int(label)
                cell[1] += 1
    rates = [
        {
            name: round((hit + PRIOR * overall) / (count + PRIOR), 4)
            for name, (hit, count) in sorted(column.items())
            if count > 1
        }
        for column in hits
    ]
    return rates, round(overall, 4)


def second_rows(
    data: Articles, articles: Sequence[int], first: Mapping[int, Sequence[int]], rates: Any
) -> Numbers:
    tables, overall = rates
    blocks = []
    for n in articles:
        known = [
            [table.get(name, overall) for table, name in zip(tables, names, strict=True)]
            for names in data.names[n]
        ]
        numbers = numbered(
            data.grammars[n], data.found[n], first[n], data.quoted[n], range(len(data.found[n]))
        )
        blocks.append(np.hstack([numbers, np.array(known)]))
    return np.vstack(blocks)


def fit_second(
    data: Articles, folds: Sequence[int], first: Mapping[int, Sequence[int]]
) -> HistGradientBoostingClassifier:
    """Fit the trees; the rates of each fold come from the other folds, so that no candidate vouches for itself."""
    blocks, labels = [], []
    for fold in folds:
        articles = data.within(fold)
        others = [n for other in folds if other != fold for n in data.within(other)]
        blocks.append(second_rows(data, articles, first, fit_rates(data, others)))
        labels.append(data.labels[data.rows(articles)])
    trees = HistGradientBoostingClassifier(**TREES.get_params())
    return trees.fit(np.vstack(blocks), np.concatenate(labels))


def packed(trees: HistGradientBoostingClassifier) -> tuple[list[dict[str, Any]], int]:
    """Write trees as lists; leaves point to themselves and hold millionths of log-odds."""
    out = []
    for (predictor,) in trees._predictors:
        nodes = predictor.nodes
        leaf = nodes["is_leaf"].astype(bool)
        here = np.arange(len(nodes))
        out.append(
            {
                "feature": np.where(leaf, 0, nodes["feature_idx"]).tolist(),
                "threshold": [
                    0.0 if end else float(t) for end, t in zip(leaf, nodes["num_threshold"], strict=True)
                ],
                "below": np.where(leaf, here, nodes["left"]).tolist(),
                "above": np.where(leaf, here, nodes["right"]).tolist(),
                "value": [
                    round(1e6 * float(v)) if end else 0 for end, v in zip(leaf, nodes["value"], strict=True)
                ],
                "depth": int(nodes["depth"].max()),
            }
        )
    return out, round(1e6 * float(trees._baseline_prediction.ravel()[0]))


def counts(data: Articles, n: int, judged: Sequence[float], threshold: float) -> Counter[str]:
    """Count hits as the benchmark does: one to one, highest overlap first."""
    g, marked = data.grammars[n], data.gold[n]
    found = together(g, data.found[n], judged, data.cues, threshold)
    mine = [characters(a.content) for a in found]
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
    print(f"{len(data)} articles, {len(data.labels)} candidates, {data.labels.sum()} right", flush=True)
    first: dict[int, list[int]] = {}
    for fold in range(FOLDS):
        model = fit_first(data, data.outside(fold))
        first |= {n: first_scores(data, n, model) for n in data.within(fold)}
    judged: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        trees = fit_second(data, [other for other in range(FOLDS) if other != fold], first)
        rates = fit_rates(data, data.outside(fold))
        for n in data.within(fold):
            if data.found[n]:
                judged[n] = trees.predict_proba(second_rows(data, [n], first, rates))[:, 1].tolist()
    by_threshold: dict[float, float] = {}
    for step in range(24, 46, 2):
        total: Counter[str] = Counter()
        for n in range(len(data)):
            total += counts(data, n, judged.get(n, []), step / 100)
        value = f1(total["hit"], total["found"], total["gold"])
        chars = f1(total["char_hit"], total["char_found"], total["char_gold"])
        precision = total["hit"] / max(1, total["found"])
        print(
            f"threshold {step / 100:.2f}: F1 {value:.3f} (P {precision:.3f}), content characters F1 {chars:.3f}"
        )
        by_threshold[step / 100] = value
    # readers see a statement too many and can't see one too few: of thresholds as good, the lowest
    best = max(by_threshold.values())
    threshold = min(step for step, value in by_threshold.items() if value >= best - 0.004)
    weights, intercept = fit_first(data, range(len(data)))
    tables, overall = fit_rates(data, range(len(data)))
    trees, start = packed(fit_second(data, range(FOLDS), first))
    model_file = {
        "weights": weights,
        "intercept": intercept,
        "rates": tables,
        "rate": overall,
        "trees": trees,
        "start": start,
        "threshold": threshold,
    }
    # no time stamp in the header, so that the same training gives the same bytes
    TARGET.write_bytes(gzip.compress(json.dumps(model_file, sort_keys=True).encode("utf-8"), mtime=0))
    print(
        f"{len(weights)} weights, {len(trees)} trees, {TARGET.stat().st_size / 1e3:.0f} kB, threshold {threshold}, "
        f"cross-validated F1 {best:.3f}"
    )


if __name__ == "__main__":
    main()
