"""Train the small model of `analysis.corpus.block` and write ``analysis/data/cleaning/trees.json``.

    python scripts/train_cleaning.py SET_FOLDER [--folds 6] [--write]

SET_FOLDER holds ``inputs.jsonl.gz`` and ``gold.jsonl.gz`` as in the cleaning benchmark. Pages of one site stay in one
fold. Only numbers are written: no line of any page goes into the file.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from analysis.corpus import chrome, line_features

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "cleaning" / "trees.json"
SWITCH_COST = (
    0.5  # between 0 and 1 the cross-validated figures hardly differ; above 1 recall of short articles falls
)
SETTINGS = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 10,
    "min_samples_leaf": 30,
    "l2_regularization": 5.0,
    "random_state": 2026,
}


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def site(url: str) -> str:
    """Name of the site, so that its pages can be kept together."""
    parts = urlsplit(url).netloc.split(".")
    return ".".join(parts[-3:] if len(parts[-1]) == 2 and len(parts[-2]) <= 3 else parts[-2:])


def page(lines: list[str], keep: set[int], neutral: set[int]) -> tuple[Any, Any, Any]:
    features = line_features.matrix(lines, chrome.matches(lines))
    index = range(len(lines))
    return features, np.array([i in keep for i in index]), np.array([float(i not in neutral) for i in index])


def flatten(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """Turn fitted trees into flat lists; thresholds keep enough digits to part the same lines."""
    lists: dict[str, list[Any]] = {
        name: [] for name in ("roots", "feature", "threshold", "left", "right", "value")
    }
    depth = 0
    for (predictor,) in model._predictors:
        base = len(lists["feature"])
        lists["roots"].append(base)
        for number, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            lists["feature"].append(0 if leaf else int(node["feature_idx"]))
            lists["threshold"].append(0.0 if leaf else float(f"{node['num_threshold']:.7g}"))
            lists["left"].append(base + (number if leaf else int(node["left"])))
            lists["right"].append(base + (number if leaf else int(node["right"])))
            lists["value"].append(round(float(node["value"]), 5) if leaf else 0.0)
            depth = max(depth, int(node["depth"]))
    return {**lists, "baseline": float(model._baseline_prediction.ravel()[0]), "depth": depth}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    options = parser.parse_args()
    gold = {row["id"]: row for row in read(options.folder / "gold.jsonl.gz")}
    pages = [
        page(row["lines"], set(gold[row["id"]]["keep"]), set(gold[row["id"]].get("neutral", [])))
        for row in read(options.folder / "inputs.jsonl.gz")
    ]
    model = HistGradientBoostingClassifier(**SETTINGS)
    model.fit(
        np.vstack([p[0] for p in pages]),
        np.concatenate([p[1] for p in pages]),
        sample_weight=np.concatenate([p[2] for p in pages]),
    )
    stored = {"features": list(line_features.NAMES), "switch_cost": SWITCH_COST, **flatten(model)}
    text = json.dumps(stored, separators=(",", ":"))
    print(f"{len(pages)} pages, {len(stored['roots'])} trees, {len(text):,} bytes")
    if options.write:
        TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
