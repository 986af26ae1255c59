"""Train the model of tone towards an actor (analysis/data/framing/tone.npz).

    python scripts/train_tone.py vectors MODEL_FOLDER words.npz
    python scripts/train_tone.py train SET words.npz [--out tone.npz]

`vectors` reads a small sentence encoder (all-MiniLM-L6-v2, Apache-2.0: ``model.safetensors`` and ``tokenizer.json`` in
MODEL_FOLDER) and writes one vector a word, for whole words of its vocabulary and of VADER's lexicon (MIT). `train`
reads a labelled set (``inputs.jsonl.gz``, ``gold.jsonl.gz``), prints grouped cross-validation, and writes the weights.
The set shipped with is 2,000 sentences of NewsMTSC's training part (Hamborg & Donnay, 2021). No text of it is in the
weights: its words are only hashed. `vectors` needs the package ``tokenizers``, which is not in the lock.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import struct
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "framing" / "tone.npz"
WIDTH, POOL_WEIGHT, STRENGTH, FOLDS = 64, 3.0, 0.03, 5


def read_weights(path):
    raw = path.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    kinds = {"F32": np.float32, "I64": np.int64, "F16": np.float16}
    held = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            piece = raw[8 + size + first : 8 + size + last]
            held[name] = np.frombuffer(piece, dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
    return held


def encode(ids, held):
    """Run the encoder on sequences of equal length; the mean over the sequence is the vector."""

    def norm(x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * held[f"{name}.weight"] + held[f"{name}.bias"]

    def dense(x, name):
        return x @ held[f"{name}.weight"].T + held[f"{name}.bias"]

    rows, length = ids.shape
    x = (
        held["embeddings.word_embeddings.weight"][ids]
        + held["embeddings.position_embeddings.weight"][:length]
    )
    x = norm(x + held["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(6):
        at = f"encoder.layer.{layer}."
        query, key, value = (
            dense(x, f"{at}attention.self.{part}").reshape(rows, length, 12, 32).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weight = query @ key.transpose(0, 1, 3, 2) / np.sqrt(32)
        weight = np.exp(weight - weight.max(-1, keepdims=True))
        weight /= weight.sum(-1, keepdims=True)
        mixed = (weight @ value).transpose(0, 2, 1, 3).reshape(rows, length, 384)
        x = norm(x + dense(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
        hidden = dense(x, f"{at}intermediate.dense")
        hidden = hidden / 2 * (1 + np.tanh(0.7978846 * (hidden + 0.044715 * hidden**3)))
        x = norm(x + dense(hidden, f"{at}output.dense"), f"{at}output.LayerNorm")
    return x.mean(1)


def vectors(folder, out):
    from tokenizers import Tokenizer
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    held = read_weights(folder / "model.safetensors")
    words = {word for word in tokenizer.get_vocab() if re.fullmatch(r"[a-z]{2,}", word)}
    words |= {word for word in SentimentIntensityAnalyzer().lexicon if re.fullmatch(r"[a-z][a-z-]+", word)}
    by_length = {}
    for word in sorted(words):
        by_length.setdefault(len(tokenizer.encode(word).ids), []).append(word)
    found = {}
    for same in by_length.values():
        for first in range(0, len(same), 256):
            piece = same[first : first + 256]
            ids = np.array([tokenizer.encode(word).ids for word in piece])
            found.update(zip(piece, encode(ids, held), strict=True))
    names = sorted(found)
    np.savez(out, words=np.array(names), M=np.array([found[name] for name in names], np.float32))


def word_table(path):
    """Give words, vectors of `WIDTH` numbers as small integers with their scale, and predicted polarity."""
    from sklearn.linear_model import Ridge
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    held = np.load(path)
    names, full = [str(name) for name in held["words"]], held["M"]
    rng = np.random.default_rng(0)
    centred = full - full.mean(0)
    axes = np.linalg.svd(centred[rng.permutation(len(full))[:8000]], full_matrices=False)[2][:WIDTH]
    small = centred @ axes.T
    small /= np.linalg.norm(small, axis=1, keepdims=True) + 1e-9
    lexicon = SentimentIntensityAnalyzer().lexicon
    target = np.array([lexicon.get(name, np.nan) / 4 for name in names])
    known = ~np.isnan(target)
    other = rng.permutation(np.flatnonzero(~known))[
        :4000
    ]  # most words have no polarity: a background of noughts
    length = full / (np.linalg.norm(full, axis=1, keepdims=True) + 1e-9)
    ridge = Ridge(alpha=3.0).fit(
        np.vstack([length[known], length[other]]),
        np.concatenate([target[known], np.zeros(len(other))]),
        sample_weight=np.concatenate([np.ones(known.sum()), np.full(len(other), 0.3)]),
    )
    polarity = np.round(127 * np.clip(ridge.predict(length), -1, 1)).astype(np.int8)
    scale = np.float32(np.abs(small).max() / 127)
    return names, np.round(small / scale).astype(np.int8), scale, polarity


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def design(rows, words):
    """Give the sparse and the pooled features of every target."""
    from scipy import sparse

    from analysis.codebook import load
    from analysis.framing.tone_features import BUCKETS, features, hashed
    from analysis.language import parse

    texts = list(dict.fromkeys(row["text"] for row in rows))
    docs = {item.body: item.doc for item in parse({"article_id": "", "body": text} for text in texts)}
    cues = load("general").cue_classes
    indices, values, ends, pools = [], [], [0], []
    for row in rows:
        doc = docs[row["text"]]
        target = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        named, pooled = features(doc[:], target, words, cues)
        at, size = hashed(named)
        indices.append(at)
        values.append(size)
        ends.append(ends[-1] + len(at))
        pools.append(pooled * POOL_WEIGHT)
    wide = sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(indices), ends), shape=(len(rows), BUCKETS)
    )
    wide.sum_duplicates()
    return sparse.hstack([wide, sparse.csr_matrix(np.array(pools))]).tocsr()


def train(folder, vector_file, out):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, f1_score
    from sklearn.model_selection import GroupKFold

    from analysis.framing.tone import LABELS
    from analysis.framing.tone_features import BUCKETS, Words

    names, small, scale, polarity = word_table(vector_file)
    words = Words(
        {name: n for n, name in enumerate(names)},
        small.astype(np.float32) * scale,
        polarity / np.float32(127),
    )
    rows = lines(folder / "inputs.jsonl.gz")
    gold = {row["id"]: row["label"] for row in lines(folder / "gold.jsonl.gz")}
    labels = np.array([gold[row["id"]] for row in rows])
    groups = np.array([row["sentence"] for row in rows])
    held = design(rows, words)
    used = np.flatnonzero(np.asarray(abs(held).sum(axis=0)).ravel())
    held = held[:, used]

    def fit(x, y):
        return LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced", tol=1e-3).fit(x, y)

    guessed = np.empty(len(labels), object)
    for taught, asked in GroupKFold(FOLDS).split(held, labels, groups):
        guessed[asked] = fit(held[taught], labels[taught]).predict(held[asked])
    print(
        f"{FOLDS} folds grouped by sentence, {len(rows)} targets: macro-F1 {f1_score(labels, guessed, average='macro'):.3f}, accuracy {accuracy_score(labels, guessed):.3f}"
    )
    trained = fit(held, labels)
    assert tuple(trained.classes_) == LABELS
    weights = np.zeros((BUCKETS + WIDTH * 8, 3), np.float32)
    weights[used] = trained.coef_.T
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        vectors=small,
        scale=scale,
        polarity=polarity,
        sparse=weights[:BUCKETS].astype(np.float16),
        dense=(weights[BUCKETS:] * POOL_WEIGHT).astype(np.float32),
        bias=trained.intercept_.astype(np.float32),
    )
    print(f"wrote {out.name}, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("vectors")
    one.add_argument("folder", type=Path)
    one.add_argument("out", type=Path)
    two = commands.add_parser("train")
    two.add_argument("folder", type=Path)
    two.add_argument("vectors", type=Path)
    two.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if given.command == "vectors":
        vectors(given.folder, given.out)
    else:
        train(given.folder, given.vectors, given.out)
