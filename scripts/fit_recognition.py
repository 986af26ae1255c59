"""Fit the weights of place evidence on gold data, and say how well they do on outlets they have not seen.

    python scripts/fit_recognition.py FOLDER_WITH_inputs_AND_gold

Writes analysis/data/gazetteer/recognition.csv (evidence, weight without a parse, weight with one). The gold data are
local papers; so that names of other countries count too, the odd lines of our own sentences over the world
(tests/data/places_world.txt) are added, each five times. Five folds of the gold data, split by outlet, give the figure
to quote; the weights committed are those of all articles.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from analysis.language import parse
from analysis.places.evidence import collect
from analysis.places.gazetteer import load
from analysis.places.recognition import propose
from analysis.places.syntax import with_entities
from analysis.places.weighing import smoothed

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "gazetteer" / "recognition.csv"
WORLD = Path(__file__).resolve().parents[1] / "tests" / "data" / "places_world.txt"
WORLD_WEIGHT = 5.0  # of one own sentence, in articles of the gold data: they are few
STRENGTH = 0.3  # of regularisation; 0.1 to 1 give the same F1 within .003


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def world() -> list[dict]:
    """Read the odd lines of our own sentences: ``[surface|where]`` is a place."""
    articles = []
    lines = [line for line in WORLD.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    for line in lines[::2]:
        text, spans = "", []
        for plain, name in re.findall(r"([^\[]*)(?:\[([^|]+)\|[^\]]+\])?", line):
            text += plain
            if name:
                spans.append({"start": len(text), "end": len(text) + len(name)})
            text += name
        articles.append({"id": f"own-{len(articles)}", "text": text, "outlet": "own", "toponyms": spans})
    return articles


def rows_of(articles: list[dict], gold: dict, docs: list | None) -> tuple:
    gazetteer = load()
    evidence, labels, groups, n_gold = [], [], [], 0
    per_article = []
    for number, article in enumerate(articles):
        text = article["text"]
        hits = propose(text, gazetteer)
        doc = docs[number] if docs else None
        if doc is not None:
            hits = with_entities(doc, hits, gazetteer)
        targets = {(x["start"], x["end"]) for x in gold[article["id"]]["toponyms"]}
        n_gold += len(targets) * (article["outlet"] != "own")
        evidence += [case.values() for case in collect(text, hits, gazetteer, doc)]
        labels += [(hit.start, hit.end) in targets for hit in hits]
        groups += [article["outlet"] or article["id"]] * len(hits)
        per_article.append(hits)
    return evidence, labels, groups, n_gold, per_article


def fit(
    evidence: list, labels: list, groups: list, n_gold: int, per_article: list, lane: str
) -> dict[str, float]:
    vectorizer = DictVectorizer()
    x, y = vectorizer.fit_transform(evidence), np.array(labels)
    own = np.array(groups) == "own"
    weight = np.where(own, WORLD_WEIGHT, 1.0)
    model = LogisticRegression(C=STRENGTH, max_iter=3000, fit_intercept=False)
    scores = np.zeros(len(y))
    for train, test in GroupKFold(5).split(x, y, groups):
        seen = np.union1d(train, np.flatnonzero(own))
        scores[test] = model.fit(x[seen], y[seen], weight[seen]).decision_function(x[test])
    final, at = [], 0
    for hits in per_article:
        final += smoothed(hits, scores[at : at + len(hits)].tolist())
        at += len(hits)
    predicted, y_all = (np.array(final) > 0)[~own], y
    y = y[~own]
    hits = int((predicted & y).sum())
    p, r = hits / predicted.sum(), hits / n_gold
    print(
        f"{lane}: proposed {len(y)}, right {y.sum()} of {n_gold}; held out P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}"
    )
    model.fit(x, y_all, weight)
    return dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))


def main(docs: list | None = None) -> None:
    folder = Path(sys.argv[1])
    articles = read(folder / "inputs.jsonl.gz")
    gold = {row["id"]: row for row in read(folder / "gold.jsonl.gz")}
    own = world()
    gold |= {article["id"]: article for article in own}
    docs = docs or [item.doc for item in parse({"article_id": a["id"], "body": a["text"]} for a in articles)]
    docs += [item.doc for item in parse({"article_id": a["id"], "body": a["text"]} for a in own)]
    articles += own
    text = fit(*rows_of(articles, gold, None), "text")
    parsed = fit(*rows_of(articles, gold, docs), "parse")
    lines = [
        "# Weight of each piece of evidence that a name is a place, in log-odds; see analysis/places/evidence.py.",
        "# Fitted by scripts/fit_recognition.py; may be changed by hand. CC0.",
        "evidence,text,parse",
    ]
    for name in sorted(set(text) | set(parsed)):
        cell = f'"{name}"' if "," in name else name
        lines.append(f"{cell},{text.get(name, 0):.3f},{parsed.get(name, 0):.3f}")
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
