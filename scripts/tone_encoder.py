"""What a sentence encoder (all-MiniLM-L6-v2) makes of words, and of targets in their sentences, for training tone."""

from __future__ import annotations

import json
import re
import struct

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

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

    def norm(x, name):
        x = (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-12)
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


def opened(folder):
    """Give the encoder's tokenizer and its weights."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    weights = read_weights(folder / "model.safetensors")
    return tokenizer, {name: jnp.asarray(value) for name, value in weights.items() if value.dtype != np.int64}


def in_context(folder, items):
    """Give what the encoder makes of targets: layers two to six at the target, and means around it and of all."""
    tokenizer, held = opened(folder)

    @jax.jit
    def pooled(ids, mask, target, near):
        states = encode(held, ids, mask)

        def mean(state, weight):
            total = weight.sum(1, keepdims=True)
            return (state * weight[:, :, None]).sum(1) / jnp.maximum(total, 1)

        parts = [mean(state, target) for state in states[2:]]
        return jnp.concatenate(
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


def word_vectors(folder, out):
    """Write one vector a word, for whole words of the encoder's vocabulary and of VADER's lexicon."""
    tokenizer, held = opened(folder)
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
