"""Near duplicates: make edited copies of real articles by documented edits, find them, and time the finding.

    python benchmarks/copies.py [--data FILE] [--originals 3000] [--copies 900] [--seed 2026]

FILE is a collection like ``../shared/benchmarks/scale/articles.jsonl.gz`` (JSON lines with ``id``, ``title``, ``text``).
Originals are drawn from it, without those that already resemble another by a fifth of their shingles: the
collection holds copies of its own that nobody has listed. Each copy gets one to three edits, drawn by the seed:

cut        the last 20 to 60 percent of the sentences are left out
add        one to three paragraphs of other articles are put between its own, up to a third of its length
headline   a new first line
names      every capitalised word inside a sentence is respelt (i, y and k changed)
words      one word in twenty is replaced
split      paragraphs are joined and cut elsewhere

A pair is right when both stem from one original. The last line printed is a JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from analysis.corpus import duplicates  # noqa: E402

COLLECTION = HERE.parent.parent / "shared" / "benchmarks" / "scale" / "articles.jsonl.gz"
Edit = Callable[[list[str], np.random.Generator, list[list[str]]], list[str]]


def cut(sentences: list[str], rng: np.random.Generator, _others: list[list[str]]) -> list[str]:
    return sentences[: max(3, int(len(sentences) * rng.uniform(0.4, 0.8)))]


def add(sentences: list[str], rng: np.random.Generator, others: list[list[str]]) -> list[str]:
    out = list(sentences)
    room = max(2, len(sentences) // 3)
    for _ in range(int(rng.integers(1, 4))):
        foreign = others[int(rng.integers(len(others)))][: max(1, room // 3)]
        at = int(rng.integers(len(out) + 1))
        out[at:at] = foreign
    return out


def headline(sentences: list[str], rng: np.random.Generator, others: list[list[str]]) -> list[str]:
    return [" ".join(others[int(rng.integers(len(others)))][0].split()[:9]), *sentences]


def names(sentences: list[str], rng: np.random.Generator, _others: list[list[str]]) -> list[str]:
    table = str.maketrans("iyk", "yic")
    return [re.sub(r"(?<=[a-z,] )[A-Z]\w+", lambda m: m[0].translate(table), line) for line in sentences]


def words(sentences: list[str], rng: np.random.Generator, _others: list[list[str]]) -> list[str]:
    return [
        " ".join("indeed" if rng.random() < 0.05 else word for word in sentence.split())
        for sentence in sentences
    ]


def split(sentences: list[str], rng: np.random.Generator, _others: list[list[str]]) -> list[str]:
    return [part for line in sentences for part in re.split(r"(?<=,) ", line)]


EDITS: tuple[Edit, ...] = (cut, add, headline, names, words, split)


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?”\"])\s+", text) if part]


def made(path: Path, originals: int, copies: int, seed: int) -> tuple[pd.DataFrame, dict[str, str]]:
    """The originals with their copies, and the origin of every article."""
    rng = np.random.default_rng(seed)
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    rows = [row for row in rows if len(row["text"].split()) >= 120]
    drawn = [rows[i] for i in rng.permutation(len(rows))[: int(originals * 1.3)]]
    frame = pl.DataFrame(
        {"article_id": [str(row["id"]) for row in drawn], "body": [row["text"] for row in drawn]}
    )
    alike = duplicates.near(frame, threshold=0.02)
    out = set(alike["left"]) | set(alike["right"])
    texts = {str(row["id"]): row["text"] for row in drawn if str(row["id"]) not in out}
    base = dict(list(texts.items())[:originals])
    ids, bodies, origin = list(base), list(base.values()), {one: one for one in base}
    foreign = [sentences_of(text) for text in list(texts.values())[originals:]] or [sentences_of(bodies[0])]
    for number in range(copies):
        source = ids[int(rng.integers(len(base)))]
        text = sentences_of(base[source])
        for index in sorted(rng.permutation(len(EDITS))[: int(rng.integers(1, 4))].tolist()):
            text = EDITS[index](text, rng, foreign)
        ids.append(f"copy{number:05d}")
        bodies.append("\n".join(text))
        origin[ids[-1]] = source
    return pd.DataFrame({"article_id": ids, "body": bodies}), origin


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=COLLECTION)
    parser.add_argument("--originals", type=int, default=3000)
    parser.add_argument("--copies", type=int, default=900)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    if not given.data.is_file():
        sys.exit(f"there is no collection at {given.data}; name one with --data")
    articles, origin = made(given.data, given.originals, given.copies, given.seed)
    duplicates.near(articles.head(10))  # imports are not what is measured
    start, busy = time.perf_counter(), time.process_time()
    pairs = duplicates.near(articles)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    grouped = duplicates.groups(pairs)
    of = dict(zip(grouped["article_id"], grouped["group"], strict=True))
    right = sum(origin[a] == origin[b] for a, b in zip(pairs["left"], pairs["right"], strict=True))
    family: dict[str, list[str]] = {}
    for article_id, source in origin.items():
        family.setdefault(source, []).append(article_id)
    copied = [one for one in articles["article_id"] if one != origin[one]]
    found = sum(of.get(one, one) == of.get(origin[one], origin[one]) for one in copied)
    result = {
        "articles": len(articles),
        "copies": len(copied),
        "pairs": pairs.height,
        "precision": right / max(1, pairs.height),
        "recall": found / max(1, len(copied)),
        "seconds": seconds,
        "articles_per_second": len(articles) / seconds,
        "articles_per_core_second": len(articles) / busy,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
