"""Train the model of tone towards an actor (analysis/data/framing/tone.npz).

    python scripts/train_tone.py vectors ENCODER words.npz
    python scripts/train_tone.py examples ENCODER SET ARTICLES words.npz examples.pkl
    python scripts/train_tone.py train examples.pkl words.npz [--out tone.npz] [--check]

A small model cannot learn from 2,000 labelled sentences what a large one knows of language. So a teacher is trained
first: logistic regressions on the kit's own features and on what a sentence encoder (all-MiniLM-L6-v2, Apache-2.0: ``model.safetensors`` and
``tokenizer.json`` in ENCODER) makes of the target and its surroundings. It labels some twenty thousand sentences of
news without labels, and what is shipped, a linear model and a small network whose odds are averaged, learns from these
and from the labelled ones (distillation: Hinton, Vinyals and Dean, 2015). `vectors` writes one vector a word from the encoder, for whole words of its vocabulary and
of VADER's lexicon (MIT). `examples` describes the labelled set (``inputs.jsonl.gz``, ``gold.jsonl.gz``) and sentences
from ARTICLES (``text`` in a .jsonl.gz). `train --check` prints cross-validation grouped by sentence, teacher and models
trained anew in each fold, before they are trained on all.

The set shipped with is 2,000 sentences of NewsMTSC's training part (Hamborg and Donnay, 2021), and sentences from a
collection of US news (Baly et al., 2020). No text of either is in the weights. The packages ``jax`` and ``tokenizers``
are needed here, and are not in the lock.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import re
import struct
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "framing" / "tone.npz"
WIDTH, POOL_WEIGHT = 64, 3.0
HIDDEN, HEADS = 64, 4
EPOCHS, BATCH, FOLDS = 6, 128, 5
UNLABELLED_WEIGHT = {"linear": 0.25, "network": 0.35}
STRENGTH, ROUNDS, FEWEST = 0.05, 50, 4  # of the linear model; features in fewer targets are left out
UNLABELLED, OF_AN_ARTICLE = 22_000, 6
SHARE_OF_ENCODER = 0.6  # in what the teacher says of sentences without labels
LAYERS = 6


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


def encode(held, ids, mask):
    """Run the encoder; give the states of every layer."""
    import jax

    def norm(x, name):
        x = (x - x.mean(-1, keepdims=True)) / jax.numpy.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * held[f"{name}.weight"] + held[f"{name}.bias"]

    def dense(x, name):
        return x @ held[f"{name}.weight"].T + held[f"{name}.bias"]

    rows, length = ids.shape
    x = (
        held["embeddings.word_embeddings.weight"][ids]
        + held["embeddings.position_embeddings.weight"][:length]
    )
    states = [norm(x + held["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")]
    for layer in range(LAYERS):
        at, x = f"encoder.layer.{layer}.", states[-1]
        query, key, value = (
            dense(x, f"{at}attention.self.{part}").reshape(rows, length, 12, 32).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(32) + (mask[:, None, None, :] - 1) * 1e9
        mixed = (jax.nn.softmax(scores, -1) @ value).transpose(0, 2, 1, 3).reshape(rows, length, 384)
        x = norm(x + dense(mixed, f"{at}attention.output.dense"), f"{at}attention.output.LayerNorm")
        hidden = jax.nn.gelu(dense(x, f"{at}intermediate.dense"), approximate=True)
        states.append(norm(x + dense(hidden, f"{at}output.dense"), f"{at}output.LayerNorm"))
    return states


def in_context(folder, items):
    """Give what the encoder makes of targets: layers two to six at the target, and means around it and of all."""
    import jax
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    held = {
        name: jax.numpy.asarray(value)
        for name, value in read_weights(folder / "model.safetensors").items()
        if value.dtype != np.int64
    }

    @jax.jit
    def pooled(ids, mask, target, near):
        states = encode(held, ids, mask)

        def mean(state, weight):
            total = weight.sum(1, keepdims=True)
            return (state * weight[:, :, None]).sum(1) / jax.numpy.maximum(total, 1)

        parts = [mean(state, target) for state in states[2:]]
        return jax.numpy.concatenate(
            [*parts, mean(states[6], near), mean(states[6], mask), mean(states[4], near)], -1
        )

    encoded = []
    for text, start, end in items:
        pieces = tokenizer.encode(text)
        places = pieces.offsets[:128]
        encoded.append(
            (
                pieces.ids[:128],
                [a < end and b > start and b > a for a, b in places],
                [a < end + 40 and b > start - 40 and b > a for a, b in places],
            )
        )
    order = sorted(range(len(items)), key=lambda number: len(encoded[number][0]))
    found = np.zeros((len(items), 384 * (LAYERS + 2)), np.float16)
    for first in range(0, len(order), 64):
        chosen = order[first : first + 64]
        length = -(-max(len(encoded[number][0]) for number in chosen) // 8) * 8
        block = np.zeros((4, 64, length), np.float32)
        for row, number in enumerate(chosen):
            ids, target, near = encoded[number]
            for part, values in enumerate((ids, [1] * len(ids), target, near)):
                block[part, row, : len(ids)] = values
        found[chosen] = np.asarray(pooled(block[0].astype(np.int32), *block[1:]))[: len(chosen)]
    return found


def vectors(folder, out):
    import jax
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
    run = jax.jit(lambda ids: encode(held, ids, np.ones(ids.shape, np.float32))[-1].mean(1))
    found = {}
    for same in by_length.values():
        for first in range(0, len(same), 256):
            piece = same[first : first + 256]
            found.update(
                zip(
                    piece,
                    np.asarray(run(np.array([tokenizer.encode(word).ids for word in piece]))),
                    strict=True,
                )
            )
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
    from analysis.framing.tone_sentence import Words

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
    from analysis.language import load_model

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


def examples(encoder, folder, articles, vector_file, out):
    """Describe labelled and unlabelled targets, and write them down."""
    from analysis.codebook import load
    from analysis.framing.tone_features import features, hashed
    from analysis.framing.tone_network import numbers_of, reading
    from analysis.framing.tone_sentence import read_sentence, read_target
    from analysis.language import parse

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
    from analysis.framing.tone_network import MARKS

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
        from scipy import sparse
        from sklearn.feature_extraction import DictVectorizer

        from analysis.framing.tone import LABELS
        from analysis.framing.tone_features import BUCKETS
        from analysis.framing.tone_network import LONGEST, VECTOR_SCALE

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


def teach(data, taught):
    """Train the teacher on some of the labelled targets; give what it says of all others."""
    from sklearn.linear_model import LogisticRegression

    def fit(x, strength):
        model = LogisticRegression(C=strength, max_iter=150, class_weight="balanced", tol=1e-3)
        return model.fit(x[taught], data.labels[taught]).predict_proba(x)

    return SHARE_OF_ENCODER * fit(data.encoded, 0.0007) + (1 - SHARE_OF_ENCODER) * fit(data.features, 0.03)


def goals(data, taught, said, kind):
    """Give what the models should say of each target, and how much each weighs: labels balanced, others less."""
    goal = np.vstack([data.gold, said[data.n :]]).astype(np.float32)
    weight = np.full(len(goal), UNLABELLED_WEIGHT[kind], np.float32)
    weight[: data.n] = data.gold @ (len(taught) / (3 * data.gold[taught].sum(0)))
    return goal, weight


def fit_linear(data, taught, said):
    """Train a logistic regression on labels that may be shared among classes; the last row is the bias."""
    from scipy.optimize import minimize

    rows = np.concatenate([taught, np.arange(data.n, data.features.shape[0])])
    goal, weight = (part[rows] for part in goals(data, taught, said, "linear"))
    x = data.features[rows]
    across, width = x.T.tocsr(), x.shape[1]

    def loss(flat):
        table = flat.reshape(width + 1, 3)
        score = x @ table[:width] + table[width]
        score -= score.max(1, keepdims=True)
        odds = np.exp(score)
        total = odds.sum(1, keepdims=True)
        lost = weight @ (np.log(total[:, 0]) - (goal * score).sum(1))
        slope = STRENGTH * weight[:, None] * (odds / total - goal)
        down = np.vstack([across @ slope + table[:width], slope.sum(0)])
        return STRENGTH * float(lost) + 0.5 * float((table[:width] ** 2).sum()), down.ravel()

    options = {"maxiter": ROUNDS, "maxcor": 8}
    found = minimize(loss, np.zeros((width + 1) * 3), jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(width + 1, 3)


def linear_odds(table, x):
    score = x @ table[:-1] + table[-1]
    odds = np.exp(score - score.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def start(key, n_numbers):
    import jax

    from analysis.framing.tone_network import MARKS

    keys = iter(jax.random.split(key, 20))

    def drawn(*shape, size=None):
        inputs = shape[0] if len(shape) == 2 else shape[0] * shape[1]
        return jax.random.normal(next(keys), shape) * (size or np.sqrt(1.5 / inputs))

    wide = HIDDEN * HEADS + 2 * HIDDEN + n_numbers
    zeros = jax.numpy.zeros
    return {
        "words": drawn(WIDTH, HIDDEN),
        "words_bias": zeros(HIDDEN),
        **{f"mark{number}": drawn(size, HIDDEN) * 0.3 for number, size in enumerate(MARKS)},
        "value": drawn(2, HIDDEN) * 0.5,
        "near": drawn(3, HIDDEN, HIDDEN),
        "near_bias": zeros(HIDDEN),
        "attention": drawn(HIDDEN, HEADS) * 0.5,
        "hidden": drawn(wide, 64),
        "hidden_bias": zeros(64),
        "out": drawn(64, 3) * 0.5,
        "direct": drawn(n_numbers, 3) * 0.1,
        "bias": zeros(3),
    }


def network(net, vectors, batch, key=None, drop=0.3):
    """Run the network; `analysis.framing.tone` holds its twin in numpy."""
    import jax
    import jax.numpy as jnp

    from analysis.framing.tone_network import MARKS, REGIONS

    words, marks, values, there, numbers = batch

    def dropped(x, key, share):
        return x if key is None else x * (jax.random.uniform(key, x.shape) > share) / (1 - share)

    keys = (None,) * 3 if key is None else jax.random.split(key, 3)
    x = vectors[words]
    if key is not None:
        x = x * (jax.random.uniform(keys[0], (*words.shape, 1)) > 0.12)
    x = x @ net["words"] + net["words_bias"]
    x = x + sum(net[f"mark{number}"][marks[..., number]] for number in range(len(MARKS)))
    x = x + jnp.stack([jnp.maximum(values, 0), jnp.maximum(-values, 0)], -1) @ net["value"]
    x = jax.nn.relu(x) * there[..., None]
    wide = jnp.pad(x, ((0, 0), (1, 1), (0, 0)))
    around = sum(wide[:, step : step + x.shape[1]] @ net["near"][step] for step in range(3))
    x = (x + jax.nn.relu(around + net["near_bias"])) * there[..., None]
    weight = jax.nn.softmax(x @ net["attention"] + (there[..., None] - 1) * 1e9, 1)
    attended = jnp.einsum("btk,btd->bkd", weight, x).reshape(len(x), -1)
    target = (marks[..., 2] == REGIONS.index("target")) * there
    own = (x * target[..., None]).sum(1) / jnp.maximum(target.sum(1, keepdims=True), 1)
    h = dropped(jnp.concatenate([attended, own, x.max(1), numbers], -1), keys[1], drop)
    h = dropped(jax.nn.relu(h @ net["hidden"] + net["hidden_bias"]), keys[2], drop)
    return h @ net["out"] + numbers @ net["direct"] + net["bias"]


def fit_network(data, taught, said, seed):
    """Train the network on labelled targets, twice an epoch, and on the teacher's word for the others."""
    import jax
    import jax.numpy as jnp

    vectors = jnp.asarray(data.vectors)
    goal, weight = goals(data, taught, said, "network")
    pool = np.concatenate([taught, taught, np.arange(data.n, len(goal))])
    rng = np.random.default_rng(seed)

    def loss(net, batch, goal, weight, key):
        said = jax.nn.log_softmax(network(net, vectors, batch, key))
        decay = sum((part**2).sum() for part in jax.tree.leaves(net))
        return -(weight[:, None] * goal * said).sum() / weight.sum() + 3e-5 * decay

    @jax.jit
    def step(net, first, second, count, rate, batch, goal, weight, key):
        slope = jax.grad(loss)(net, batch, goal, weight, key)
        first = jax.tree.map(lambda old, new: 0.9 * old + 0.1 * new, first, slope)
        second = jax.tree.map(lambda old, new: 0.99 * old + 0.01 * new * new, second, slope)
        net = jax.tree.map(
            lambda part, one, two: part - rate * one / (1 - 0.9**count) / (jnp.sqrt(two / (1 - 0.99**count)) + 1e-8),
            net, first, second,
        )  # fmt: skip
        return net, first, second

    net = start(jax.random.PRNGKey(seed), data.numbers.shape[1])
    first = second = jax.tree.map(jnp.zeros_like, net)
    key, count, total = jax.random.PRNGKey(seed + 99), 0, EPOCHS * (len(pool) // BATCH)
    for _ in range(EPOCHS):
        order = np.argsort(data.sizes[pool] + rng.uniform(0, 6, len(pool)))
        batches = [order[at : at + BATCH] for at in range(0, len(order) - BATCH + 1, BATCH)]
        rng.shuffle(batches)
        for batch in batches:
            chosen = pool[batch]
            count += 1
            key, now = jax.random.split(key)
            rate = 2e-3 * min(1, count / 100) * max(0.02, 1 - count / total)
            length = -(-int(data.sizes[chosen].max()) // 16) * 16
            net, first, second = step(
                net, first, second, float(count), rate,
                data.batch(chosen, length), goal[chosen], weight[chosen], now,
            )  # fmt: skip
    return {name: np.asarray(part, np.float32) for name, part in net.items()}


def network_odds(net, data, chosen):
    import jax

    run = jax.jit(lambda net, batch: jax.nn.softmax(network(net, jax.numpy.asarray(data.vectors), batch)))
    return np.asarray(run(net, data.batch(chosen, data.tables[0].shape[1])))


def check(data):
    """Print cross-validation: the teacher and the networks know nothing of the sentences they are asked about."""
    from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
    from sklearn.model_selection import StratifiedGroupKFold

    from analysis.framing.tone import LABELS

    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    guesses = {name: np.empty(data.n, object) for name in ("teacher", "linear", "network", "both")}
    for number, (taught, rest) in enumerate(folds.split(data.numbers[: data.n], data.labels, data.groups)):
        said = teach(data, taught)
        odds = {"teacher": said[rest]}
        odds["linear"] = linear_odds(fit_linear(data, taught, said), data.features[rest])
        odds["network"] = network_odds(fit_network(data, taught, said, number), data, rest)
        odds["both"] = (odds["linear"] + odds["network"]) / 2
        for name, part in odds.items():
            guesses[name][rest] = np.array(LABELS)[part.argmax(1)]
        now = [
            f"{name} {f1_score(data.labels[rest], guesses[name][rest], average='macro'):.3f}" for name in odds
        ]
        print(f"fold {number + 1} of {FOLDS}: {', '.join(now)}", flush=True)
    for name, guessed in guesses.items():
        f1 = f1_score(data.labels, guessed, average="macro")
        print(f"{name}: macro-F1 {f1:.3f}, accuracy {accuracy_score(data.labels, guessed):.3f}")
    print(f"labels down, answers across ({', '.join(LABELS)}):")
    print(confusion_matrix(data.labels, guesses["both"], labels=LABELS))


def train(example_file, vector_file, out, *, checked):
    from analysis.framing.tone_features import BUCKETS

    data = Examples(example_file, vector_file)
    if checked:
        check(data)
    taught = np.arange(data.n)
    said = teach(data, taught)
    net, table = fit_network(data, taught, said, 0), fit_linear(data, taught, said)
    linear = np.zeros((BUCKETS + data.n_pooled, 3), np.float32)
    linear[data.used] = table[:-1]
    names, small, scale, polarity = word_table(vector_file)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        vectors=small,
        scale=scale,
        polarity=polarity,
        sparse=linear[:BUCKETS].astype(np.float16),
        dense=linear[BUCKETS:] * POOL_WEIGHT,
        bias=table[-1].astype(np.float32),
        numbers=np.frombuffer("\n".join(data.names).encode(), dtype=np.uint8),
        mean=data.mean,
        spread=data.spread,
        **{f"net_{name}": part.astype(np.float16) for name, part in net.items()},
    )
    print(f"wrote {out.name}, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for command, given in (
        ("vectors", ("encoder", "out")),
        ("examples", ("encoder", "set", "articles", "vectors", "out")),
        ("train", ("examples", "vectors")),
    ):
        one = commands.add_parser(command)
        for name in given:
            one.add_argument(name, type=Path)
    one.add_argument("--out", type=Path, default=OUT)
    one.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    if chosen.command == "vectors":
        vectors(chosen.encoder, chosen.out)
    elif chosen.command == "examples":
        examples(chosen.encoder, chosen.set, chosen.articles, chosen.vectors, chosen.out)
    else:
        train(chosen.examples, chosen.vectors, chosen.out, checked=chosen.check)
