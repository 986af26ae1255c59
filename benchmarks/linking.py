"""Does linking hold on sets that its weights have not seen, and on other mixtures of events?

    python benchmarks/linking.py [--data DIR] [--draws N]

For each open set and the teaching corpus: B-cubed F1 with the shipped weights; with weights fitted to the other sets, and
to one other set alone, at the shipped threshold; with weights fitted to the others on random halves of the events, on
random halves of the articles, on one or two articles an event, and with all events moved into one week. Means, the
fifth percentile after the stroke.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from analysis.stories import chances, linking  # noqa: E402
from analysis.stories.clustering import average_link, settle  # noqa: E402
from analysis.stories.evidence import KINDS, Vocabulary, cosines, weigh  # noqa: E402

OPEN = HERE.parent.parent / "shared" / "benchmarks" / "stories"
TEACHING = HERE.parent / "seeds" / "teaching"


def open_set(folder: Path) -> pd.DataFrame:
    def rows(name: str) -> Iterator[dict[str, Any]]:
        with gzip.open(folder / name, "rt", encoding="utf-8") as handle:
            yield from map(json.loads, handle)

    event = {row["id"]: row["story"] for row in rows("gold.jsonl.gz")}
    found = pd.DataFrame(rows("inputs.jsonl.gz"))
    return pd.DataFrame(
        {
            "text": found["title"].fillna("") + "\n" + found["text"].fillna(""),
            "day": chances.days(found["published"].tolist()),
            "event": found["id"].map(event),
        }
    )


def teaching() -> pd.DataFrame:
    key = tomllib.loads((TEACHING / "answers.toml").read_text(encoding="utf-8"))
    with (TEACHING / "export.csv").open(encoding="utf-8", newline="") as handle:
        table = [row["text"] for row in csv.DictReader(handle)]
    rows = []
    for article in key["articles"]:
        if "row" in article:
            body = table[article["row"] - 1]
        elif "body_lines" in article:
            encoding = "cp1252" if article.get("encoding") == "windows-1252" else "utf-8-sig"
            lines = (TEACHING / article["file"]).read_bytes().decode(encoding).splitlines()
            body = "\n".join(lines[number - 1] for number in article["body_lines"])
        else:
            continue
        day = chances.days([article["published"]])[0]
        rows.append({"text": f"{article.get('headline', '')}\n{body}", "day": day, "event": article["event"]})
    return pd.DataFrame(rows)


def pairs_of(articles: pd.DataFrame) -> dict[str, np.ndarray]:
    weighed = weigh(articles["text"].tolist(), Vocabulary())
    left, right = np.triu_indices(len(articles), 1)
    found = {kind: cosines(weighed[kind][left], weighed[kind][right]) for kind in KINDS}
    event = articles["event"].to_numpy()
    return found | {"left": left, "right": right, "one": event[left] == event[right]}


def gaps(pairs: dict[str, np.ndarray], day: np.ndarray) -> np.ndarray:
    return chances.gaps(day, day, pairs["left"], pairs["right"])


def evidence(pairs: dict[str, np.ndarray], gap: np.ndarray) -> np.ndarray:
    return np.column_stack([*(np.sqrt(pairs[kind]) for kind in KINDS), np.log(np.maximum(gap, 1))])


def fitted(sets: list[tuple[pd.DataFrame, dict[str, np.ndarray]]]) -> Callable[[np.ndarray], np.ndarray]:
    from sklearn.linear_model import LogisticRegression

    seen, one, weight = [], [], []
    for articles, pairs in sets:
        gap = gaps(pairs, articles["day"].to_numpy())
        near = gap <= chances.WINDOW
        seen.append(evidence(pairs, gap)[near])
        one.append(pairs["one"][near])
        # each set counts alike, and in it pairs of one story as much as the others
        weight.append(np.where(one[-1], 500 / one[-1].sum(), 500 / (~one[-1]).sum()))
    model = LogisticRegression(max_iter=3000).fit(
        np.vstack(seen), np.concatenate(one), sample_weight=np.concatenate(weight)
    )
    # fitted to balanced classes, probabilities are too sure; two thirds of the log-odds are shipped
    return lambda told: 1 / (1 + np.exp(-model.decision_function(told) / 1.5))


def shipped(told: np.ndarray) -> np.ndarray:
    weights = np.array([*(chances.WEIGHTS[kind] for kind in KINDS), chances.TIME])
    return 1 / (1 + np.exp(-(chances.CONSTANT + told @ weights)))


def b_cubed(
    articles: pd.DataFrame,
    pairs: dict[str, np.ndarray],
    chance: Callable[[np.ndarray], np.ndarray],
    *,
    day: np.ndarray | None = None,
    rows: np.ndarray | None = None,
) -> float:
    gap = gaps(pairs, articles["day"].to_numpy() if day is None else day)
    value = chance(evidence(pairs, gap))
    value[(gap > chances.WINDOW) | (value < chances.LEAST)] = 0
    rows = np.arange(len(articles)) if rows is None else np.sort(rows)
    place = np.full(len(articles), -1)
    place[rows] = np.arange(len(rows))
    left, right = place[pairs["left"]], place[pairs["right"]]
    kept = (left >= 0) & (right >= 0) & (value > 0)
    given = (left[kept], right[kept], value[kept])
    group = settle(average_link(len(rows), *given, threshold=linking.THRESHOLD), *given)
    both = pd.DataFrame({"gold": articles["event"].to_numpy()[rows], "found": group})
    shared = both.groupby(["gold", "found"])["gold"].transform("size")
    precision = (shared / both.groupby("found")["found"].transform("size")).mean()
    recall = (shared / both.groupby("gold")["gold"].transform("size")).mean()
    return float(2 * precision * recall / (precision + recall))


def drawn(articles: pd.DataFrame, kind: str, rng: np.random.Generator) -> np.ndarray:
    event = articles["event"].to_numpy()
    events = sorted(set(event))
    if kind == "half the events":
        return np.flatnonzero(np.isin(event, rng.permutation(events)[: max(2, len(events) // 2)]))
    if kind == "half the articles":
        return rng.permutation(len(articles))[: len(articles) // 2]
    few = [rng.permutation(np.flatnonzero(event == one))[: int(rng.integers(1, 3))] for one in events]
    return np.concatenate(few)


def in_one_week(articles: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    middle = articles.groupby("event")["day"].transform("median")
    begin = {one: int(rng.integers(7)) for one in sorted(set(articles["event"]))}
    return (articles["event"].map(begin) + (articles["day"] - middle).clip(-3, 3)).to_numpy(dtype=float)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=OPEN)
    parser.add_argument("--draws", type=int, default=100)
    given = parser.parse_args()
    if not given.data.is_dir():
        sys.exit(f"there are no open sets at {given.data}; name their folder with --data")
    sets = {folder.name: open_set(folder) for folder in sorted(given.data.iterdir()) if folder.is_dir()}
    sets["teaching"] = teaching()
    every = {name: (articles, pairs_of(articles)) for name, articles in sets.items()}
    for name, (articles, pairs) in every.items():
        others = {other: both for other, both in every.items() if other != name}
        unseen = fitted(list(others.values()))
        print(f"{name}: {len(articles)} articles, {articles['event'].nunique()} events")
        print(f"  shipped weights                   {b_cubed(articles, pairs, shipped):.3f}")
        print(f"  fitted to the others              {b_cubed(articles, pairs, unseen):.3f}")
        for other, both in others.items():
            print(f"  fitted to {other:24s}{b_cubed(articles, pairs, fitted([both])):.3f}")
        for kind in ("half the events", "half the articles", "one or two an event"):
            rng = np.random.default_rng(5)
            figures = [
                b_cubed(articles, pairs, unseen, rows=drawn(articles, kind, rng)) for _ in range(given.draws)
            ]
            print(f"  {kind:34s}{np.mean(figures):.3f} / {np.quantile(figures, 0.05):.3f}")
        rng = np.random.default_rng(5)
        weeks = [
            b_cubed(articles, pairs, unseen, day=in_one_week(articles, rng)) for _ in range(given.draws // 5)
        ]
        print(f"  all events in one week            {np.mean(weeks):.3f} / {np.quantile(weeks, 0.05):.3f}")


if __name__ == "__main__":
    main()
