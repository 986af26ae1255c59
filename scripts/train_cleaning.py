"""Train the model of `analysis.corpus.cleaning.block` and write ``analysis/data/cleaning/trees.json``.

    python scripts/train_cleaning.py SET [--plain ARTICLES] [--folds 5 --predictions FILE] [--write]

SET holds ``inputs.jsonl.gz`` and ``gold.jsonl.gz`` as in the cleaning benchmark; ARTICLES is a gzipped JSON-lines file
of already clean articles (``outlet title text``). Only numbers are written: no line of any page goes into the file.

A hundred pages are few, so further pages are put together from their parts: the article of one page in the furniture
of another, shortened articles, clean articles in furniture or bare (so that a pasted plain text loses nothing), clean
articles with headlines of others spliced in, and pages whose words are not looked at (as in a language without rules).
With --folds pages of one site stay in one fold, made-up pages included, and FILE can be scored by the benchmark.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from analysis.corpus.cleaning import block, chrome, line_features

TARGET = Path(__file__).resolve().parents[1] / "analysis" / "data" / "cleaning" / "trees.json"
SEED = 2026
MIXES, FURNISHED, BARE = 3, 2, 250  # made-up pages: rounds over the pages, rounds over the pages, in all
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.1,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "early_stopping": False,
    "random_state": SEED,
}
LINES = {"max_iter": 120, "max_leaf_nodes": 12, "min_samples_leaf": 40}
EDGES = {"max_iter": 60, "max_leaf_nodes": 8, "min_samples_leaf": 20}
LABELS = (
    "Read more",
    "Related",
    "Also read:",
    "More on this",
    "Recommended",
    "See also",
    "Related stories",
    "",
)
WORD_FEATURES = [n for n, name in enumerate(line_features.NAMES) if name.startswith(("grammar", "finite", "address", "first_person"))]  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Lines with what is known of them: part of the article, weight in training (0: unknown)."""

    lines: list[str]
    keep: list[int]
    weight: list[float]
    sites: frozenset[str]
    neutral: list[int]

    @property
    def span(self) -> tuple[int, int]:
        places = [number for number, kept in enumerate(self.keep) if kept]
        return places[0], places[-1] + 1


@dataclass(frozen=True)
class Sample:
    """A measured page."""

    features: Any
    keep: Any
    weight: Any
    sites: frozenset[str]
    made_up: bool


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                yield json.loads(line)


def site(url: str) -> str:
    """Name of the site, so that its pages can be kept together."""
    parts = urlsplit(url).netloc.split(".")
    return ".".join(parts[-3:] if len(parts[-1]) == 2 and len(parts[-2]) <= 3 else parts[-2:])


def real_pages(folder: Path) -> list[tuple[str, Page]]:
    gold = {row["id"]: row for row in read(folder / "gold.jsonl.gz")}
    pages = []
    for row in read(folder / "inputs.jsonl.gz"):
        answer = gold[row["id"]]
        keep, neutral = set(answer["keep"]), set(answer.get("neutral", []))
        index = range(len(row["lines"]))
        page = Page(
            row["lines"],
            [int(n in keep) for n in index],
            [float(n not in neutral) for n in index],
            frozenset([site(row["url"])]),
            sorted(neutral),
        )
        pages.append((row["id"], page))
    return pages


def article_of(page: Page, rng: random.Random) -> Page:
    """The stretch from the first to the last line of the article, now and then cut short."""
    first, last = page.span
    if rng.random() < 0.3:
        last = rng.randrange(first + 1, last + 1)
    return Page(page.lines[first:last], page.keep[first:last], page.weight[first:last], page.sites, [])


def furnish(outer: Page, inner: Page, headline: str, *, cut: tuple[int, int] | None = None) -> Page:
    """Put an article into the furniture of another page, under its own headline."""
    first, last = outer.span
    begin, end = (
        (max(0, first - cut[0]), min(len(outer.lines), last + cut[1])) if cut else (0, len(outer.lines))
    )
    titled = [headline if headline and n in outer.neutral else line for n, line in enumerate(outer.lines)]
    lines = [*titled[begin:first], *inner.lines, *titled[last:end]]
    keep = [*[0] * (first - begin), *inner.keep, *[0] * (end - last)]
    weight = [*outer.weight[begin:first], *inner.weight, *outer.weight[last:end]]
    return Page(lines, keep, weight, outer.sites | inner.sites, [])


def clean_article(text: str, titles: Sequence[str], rng: random.Random, *, splice: bool) -> Page:
    """Label the lines of a clean article as far as they are certain; splice in headlines of others."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    keep, weight = [], []
    for line in lines:
        rank = chrome.match(line)
        closed = line[-1] in ".!?”\"’':;,)…—-" or len(line.split()) >= 30
        short = len(line.split()) <= 7 and not line.endswith("More")
        kept = rank is None and (closed or short)
        sure = rank is not None and chrome.rules()[rank].sure
        keep.append(int(kept))
        weight.append(1.0 if sure or (kept and closed) else 0.3 if kept else 0.0)
    for _ in range(rng.choice([1, 1, 2]) if splice else 0):
        place = rng.randrange(1, len(lines) + 1) if len(lines) > 2 else len(lines)
        others = [rng.choice(titles) for _ in range(rng.choice([1, 1, 2, 3, 4]))]
        label = rng.choice(LABELS)
        others = [label, *others] if label and rng.random() < 0.5 else others
        lines[place:place] = others
        keep[place:place] = [0] * len(others)
        weight[place:place] = [1.0] * len(others)
    return Page(lines, keep, weight, frozenset(), [])


def made_up(pages: Sequence[Page], plain: Path | None) -> Iterator[Page]:
    """Put further pages together from the parts of the real ones and from clean articles."""
    rng = random.Random(SEED)
    for outer in list(pages) * MIXES:
        inner = rng.choice(pages)
        headline = inner.lines[inner.neutral[0]] if inner.neutral else ""
        yield furnish(outer, article_of(inner, rng), headline)
    if plain is None:
        return
    articles = list(read(plain))
    rng.shuffle(articles)
    titles = [article["title"] for article in articles[-3000:]]
    of_outlet: Counter[str] = Counter()
    chosen = []
    for article in articles:
        of_outlet[article["outlet"]] += 1
        if of_outlet[article["outlet"]] <= 8:
            chosen.append(article)
    supply = iter(chosen)
    for outer in list(pages) * FURNISHED:
        article = next(supply)
        inner = clean_article(article["text"], titles, rng, splice=rng.random() < 0.5)
        cut = (rng.randrange(12), rng.randrange(12)) if rng.random() < 0.5 else None
        yield furnish(outer, inner, article["title"], cut=cut)
    for _ in range(BARE):
        article = next(supply)
        inner = clean_article(article["text"], titles, rng, splice=rng.random() < 0.5)
        if rng.random() < 0.5:
            inner = Page(
                [article["title"], *inner.lines], [0, *inner.keep], [0.0, *inner.weight], frozenset(), []
            )
        yield inner


def measure(page: Page, *, made_up: bool, wordless: bool = False, factor: float = 1.0) -> Sample:
    """Compute features and weights; longer lines weigh more, because a lost paragraph costs more than a lost label."""
    ranks = [None] * len(page.lines) if wordless else chrome.matches(page.lines)
    features = line_features.matrix(page.lines, ranks)
    if wordless:
        features[:, WORD_FEATURES] = 0.0
    sizes = np.array([len(line) for line in page.lines])
    weight = np.array(page.weight) * (0.5 + np.minimum(sizes, 240) / 160) * factor
    return Sample(features.astype(np.float32), np.array(page.keep), weight, page.sites, made_up)


def edge(keep: Any, which: int) -> Any:
    """Mark the first (0) or last (-1) line of the article."""
    marks = np.zeros(len(keep), dtype=int)
    places = np.flatnonzero(keep)
    if len(places):
        marks[places[which]] = 1
    return marks


def fit(samples: Sequence[Sample]) -> dict[str, HistGradientBoostingClassifier]:
    features = np.vstack([sample.features for sample in samples])
    lines = HistGradientBoostingClassifier(**SETTINGS, **LINES)
    lines.fit(
        features,
        np.concatenate([sample.keep for sample in samples]),
        sample_weight=np.concatenate([sample.weight for sample in samples]),
    )
    flat = np.concatenate([np.full(len(sample.keep), 0.5 if sample.made_up else 1.0) for sample in samples])
    models = {"line": lines}
    for name, which in (("first", 0), ("last", -1)):
        model = HistGradientBoostingClassifier(**SETTINGS, **EDGES)
        model.fit(
            features, np.concatenate([edge(sample.keep, which) for sample in samples]), sample_weight=flat
        )
        models[name] = model
    return models


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
            lists["threshold"].append(0 if leaf else float(f"{node['num_threshold']:.6g}"))
            lists["left"].append(base + (number if leaf else int(node["left"])))
            lists["right"].append(base + (number if leaf else int(node["right"])))
            lists["value"].append(round(float(node["value"]), 4) if leaf else 0)
            depth = max(depth, int(node["depth"]))
    return {**lists, "baseline": round(float(model._baseline_prediction.ravel()[0]), 6), "depth": depth}


def cross_validate(
    named: Sequence[tuple[str, Page]],
    samples: Sequence[Sample],
    extra: Sequence[Sample],
    *,
    folds: int,
    path: Path,
) -> None:
    """Predict each page with models that have seen neither it nor its site."""
    groups = [min(page.sites) for _, page in named]
    kept: dict[str, list[int]] = {}
    for train, test in GroupKFold(folds).split(samples, groups=groups):
        unseen = {groups[number] for number in test}
        chosen = [samples[number] for number in train] + [
            sample for sample in extra if not sample.sites & unseen
        ]
        models = fit(chosen)
        for number in test:
            scores = {
                name: model.decision_function(samples[number].features) for name, model in models.items()
            }
            flags = block.decode(scores["line"], scores["first"], scores["last"])
            kept[named[number][0]] = np.flatnonzero(flags).tolist()
    path.write_text("".join(json.dumps({"id": name, "keep": keep}) + "\n" for name, keep in kept.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", type=Path, help="clean articles, gzipped JSON lines")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predictions", type=Path, help="where the cross-validated predictions go")
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    options = parser.parse_args()
    named = real_pages(options.folder)
    pages = [page for _, page in named]
    samples = [measure(page, made_up=False) for page in pages]
    extra = [measure(page, made_up=True, wordless=True, factor=0.4) for page in pages]
    extra += [measure(page, made_up=True, factor=0.5) for page in made_up(pages, options.plain)]
    print(
        f"{len(samples)} pages, {len(extra)} made up, {sum(len(s.keep) for s in [*samples, *extra]):,} lines"
    )
    if options.folds and options.predictions:
        cross_validate(named, samples, extra, folds=options.folds, path=options.predictions)
    if options.write:
        models = {name: flatten(model) for name, model in fit([*samples, *extra]).items()}
        text = json.dumps({"features": list(line_features.NAMES), **models}, separators=(",", ":"))
        TARGET.write_text(text + "\n", encoding="utf-8")
        print(f"{len(text):,} bytes written")


if __name__ == "__main__":
    main()
