"""The targets that tone is learnt from, described once by the kit's own features and by the encoder."""

from __future__ import annotations

import gzip
import json
import pickle
import random
import re

import numpy as np
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import Ridge
from tone_encoder import in_context
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.codebook import load
from analysis.framing.tone import LABELS
from analysis.framing.tone_features import BUCKETS, features, hashed
from analysis.framing.tone_network import LONGEST, MARKS, VECTOR_SCALE, numbers_of, reading
from analysis.framing.tone_sentence import Words, read_sentence, read_target
from analysis.language import load_model, parse

WIDTH, POOL_WEIGHT = 64, 3.0
FEWEST = 4  # features of the linear model that fewer targets have are left out
UNLABELLED, OF_AN_ARTICLE = 22_000, 6


def word_table(path):
    """Give words, vectors of `WIDTH` numbers as small integers with their scale, and predicted polarity."""
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
    # most words have no polarity: a background of noughts
    other = rng.permutation(np.flatnonzero(~known))[:4000]
    length = full / (np.linalg.norm(full, axis=1, keepdims=True) + 1e-9)
    ridge = Ridge(alpha=3.0).fit(
        np.vstack([length[known], length[other]]),
        np.concatenate([target[known], np.zeros(len(other))]),
        sample_weight=np.concatenate([np.ones(known.sum()), np.full(len(other), 0.3)]),
    )
    polarity = np.round(127 * np.clip(ridge.predict(length), -1, 1)).astype(np.int8)
    scale = np.float32(np.abs(small).max() / 127)
    return names, np.round(small / scale).astype(np.int8), scale, polarity


def words_of(path):
    names, small, scale, polarity = word_table(path)
    rows = {name: number for number, name in enumerate(names)}
    return Words(rows, small.astype(np.float32) * scale, polarity / np.float32(127))


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def drawn_sentences(articles):
    """Draw sentences with a name in them, a few from each article."""
    rng = random.Random(1)
    seen = {}
    for article in lines(articles):
        pieces = [
            piece.strip()
            for line in article["text"].split("\n")
            for piece in re.split(r'(?<=[.!?])\s+(?=[A-Z"“])', line)
        ]
        whole = [piece for piece in pieces if 45 <= len(piece) <= 350 and piece[-1] in '.!?"”']
        named = [piece for piece in whole if re.search(r"\b[A-Z][a-z]+", piece[1:])]
        rng.shuffle(named)
        seen.update(dict.fromkeys(named[:OF_AN_ARTICLE]))
    drawn = list(seen)
    rng.shuffle(drawn)
    return drawn


def unlabelled(articles):
    """Yield parsed sentences with up to two targets each: people, organisations, some places and pronouns."""
    rng, count = random.Random(2), 0
    for doc in load_model().pipe(drawn_sentences(articles), batch_size=64):
        found = [
            one
            for one in doc.ents
            if one.label_ in ("PERSON", "ORG") or (one.label_ in ("GPE", "NORP") and rng.random() < 0.35)
        ]
        pronouns = ("he", "she", "his", "her", "him")
        found += [doc[t.i : t.i + 1] for t in doc if t.lower_ in pronouns and rng.random() < 0.3]
        rng.shuffle(found)
        for target in found[:2]:
            yield doc, target
            count += 1
            if count == UNLABELLED:
                return


def describe(encoder, folder, articles, vector_file, out):
    """Describe labelled and unlabelled targets, and write them down."""
    words, cues = words_of(vector_file), load("general").cue_classes
    rows = lines(folder / "inputs.jsonl.gz")
    gold = {row["id"]: row["label"] for row in lines(folder / "gold.jsonl.gz")}
    texts = list(dict.fromkeys(row["text"] for row in rows))
    docs = {item.body: item.doc for item in parse({"article_id": "", "body": text} for text in texts)}
    known = [
        (docs[row["text"]], docs[row["text"]].char_span(row["start"], row["end"], alignment_mode="expand"))
        for row in rows
    ]
    held = {"labels": [gold[row["id"]] for row in rows], "groups": [row["sentence"] for row in rows]}
    for name, pairs in (("known", known), ("other", list(unlabelled(articles)))):
        held[name] = []
        for doc, target in pairs:
            said = read_sentence(doc[:], words)
            about = read_target(target, said, cues)
            named, pooled = features(said, about, words)
            held[name].append((*reading(said, about), numbers_of(named), *hashed(named), pooled))
        held[f"{name}_encoded"] = in_context(
            encoder, [(doc.text, target.start_char, target.end_char) for doc, target in pairs]
        )
    out.write_bytes(pickle.dumps(held))


def packed(described, longest):
    """Bring targets to tables of equal length."""
    n = len(described)
    words = np.full((n, longest), -1, np.int32)
    marks = np.zeros((n, longest, len(MARKS)), np.int8)
    values, there = np.zeros((n, longest), np.float32), np.zeros((n, longest), np.float32)
    for row, (rows, kinds, value, *_) in enumerate(described):
        size = len(rows)
        words[row, :size], marks[row, :size], values[row, :size], there[row, :size] = rows, kinds, value, 1
    return words, marks, values, there


class Examples:
    """Everything training needs, as arrays; labelled targets first."""

    def __init__(self, path, vector_file):
        held = pickle.loads(path.read_bytes())
        described = [*held["known"], *held["other"]]
        self.n = len(held["known"])
        self.labels, self.groups = np.array(held["labels"]), np.array(held["groups"])
        self.gold = np.stack([self.labels == label for label in LABELS], 1).astype(np.float32)
        encoded = np.vstack([held["known_encoded"], held["other_encoded"]]).astype(np.float32)
        mean, spread = encoded[: self.n].mean(0), encoded[: self.n].std(0) + 1e-6
        self.encoded = (encoded - mean) / spread
        by_name = DictVectorizer(sparse=False, dtype=np.float32).fit([one[3] for one in held["known"]])
        numbers = by_name.transform([one[3] for one in described])
        self.names = list(by_name.feature_names_)
        self.mean, self.spread = numbers[: self.n].mean(0), numbers[: self.n].std(0) + 1e-3
        self.numbers = np.clip((numbers - self.mean) / self.spread, -4, 4)
        self.tables = packed(described, LONGEST)
        self.sizes = np.array([len(one[0]) for one in described])
        vectors = words_of(vector_file).vectors * VECTOR_SCALE
        self.vectors = np.vstack([vectors, np.zeros((1, WIDTH), np.float32)])
        ends = np.cumsum([0, *(len(one[4]) for one in described)])
        cells = (
            np.concatenate([one[5] for one in described]),
            np.concatenate([one[4] for one in described]),
            ends,
        )
        wide = sparse.csr_matrix(cells, shape=(len(described), BUCKETS))
        wide.sum_duplicates()
        pooled = sparse.csr_matrix(np.array([one[6] for one in described]) * POOL_WEIGHT)
        both = sparse.hstack([wide, pooled]).tocsc()
        self.n_pooled = pooled.shape[1]
        self.used = np.flatnonzero(np.diff(both.indptr) >= FEWEST)
        self.features = both[:, self.used].tocsr()

    def batch(self, chosen, length):
        return [*(table[chosen, :length] for table in self.tables), self.numbers[chosen]]
