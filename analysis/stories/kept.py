"""What is known about pairs of articles, kept beside the annotations: articles added later are compared, no others.

The probability of a pair depends on its two articles alone (see `analysis.stories.evidence`), so a kept one stays true,
and linking with kept pairs gives what linking from nothing gives.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Mapping, Sequence
from contextlib import suppress

import numpy as np
import polars as pl

from analysis.corpus.store import Store, digest, from_bytes, to_bytes
from analysis.schemas import conform
from analysis.stories.chances import CONSTANT, LEAST, TIME, WEIGHTS, WINDOW, Pairs
from analysis.stories.evidence import Vocabulary, rarity
from analysis.stories.pairing import Signatures, pair_chances

_FOLDER = "links"
_TABLES = ("seen", "pairs", "words")
_SLICE = 1024  # articles whose texts are held at a time


def kept_pair_chances(
    ids: Sequence[str],
    texts: Sequence[str],
    first: np.ndarray,
    last: np.ndarray,
    *,
    names: Sequence[Sequence[str]] | None,
    store: str,
) -> Pairs:
    """Give what `pairing.pair_chances` gives, reading from a store what it holds and writing there what is new.

    Parameters
    ----------
    ids : sequence of str
        Ids of the articles.
    texts, first, last, names
        As for `pairing.pair_chances`.
    store : str
        Folder or fsspec URL of the annotation store; the pairs lie in its folder ``links``. One that cannot be
        written to is only read.

    Returns
    -------
    left, right, chance : numpy.ndarray
        As for `pairing.pair_chances`.
    """
    marks = _marks(texts, first, last, names)
    seen, pairs, words = _read(store)
    now = pl.DataFrame({"article_id": list(ids), "mark": marks}).with_row_index("row")
    unchanged = now.join(seen.select("article_id", "mark").with_row_index("was"), on=["article_id", "mark"])
    unchanged = unchanged.sort("row")
    rows, was = unchanged["row"].to_numpy().astype(np.int64), unchanged["was"].to_numpy().astype(np.int64)
    row_of = np.full(seen.height, -1)
    row_of[was] = rows
    a, b = row_of[pairs["left"].to_numpy()], row_of[pairs["right"].to_numpy()]
    both = (a >= 0) & (b >= 0)
    known = (rows, _signatures(seen).take(was)) if len(rows) else None
    vocabulary = Vocabulary(known=dict(zip(words["word"].to_list(), words["stem"].to_list(), strict=True)))
    new, signatures = pair_chances(texts, first, last, names=names, known=known, vocabulary=vocabulary)
    left = np.concatenate([np.minimum(a, b)[both], new[0]])
    right = np.concatenate([np.maximum(a, b)[both], new[1]])
    chance = np.concatenate([pairs["chance"].to_numpy()[both], new[2]])
    order = np.lexsort((right, left))
    left, right, chance = left[order], right[order], chance[order]
    if len(rows) < len(marks):  # a selection of what is known is no reason to forget the rest
        listed = now.select("article_id", "mark").with_columns(
            keys=_lists(signatures.starts, signatures.keys),
            values=_lists(signatures.starts, signatures.values),
        )
        stems = vocabulary.stems()
        told = {
            "pairs": conform(pl.DataFrame({"left": left, "right": right, "chance": chance}), "pairs"),
            "words": pl.DataFrame({"word": list(stems), "stem": list(stems.values())}, schema=_WORDS).sort(
                "word"
            ),
            "seen": listed,
        }
        with suppress(OSError):
            _write(store, told)
    return left, right, chance


def _marks(
    texts: Sequence[str], first: np.ndarray, last: np.ndarray, names: Sequence[Sequence[str]] | None
) -> list[str]:
    """Hash of each article what its pairs depend on."""
    rules = digest(dict(WEIGHTS), CONSTANT, TIME, WINDOW, LEAST, rarity()[0], 2)
    found = []
    for begin in range(0, len(texts), _SLICE):
        for row, text in enumerate(texts[begin : begin + _SLICE], begin):
            sha = hashlib.blake2b(f"{rules}\x1f{first[row]}\x1f{last[row]}\x1f".encode(), digest_size=10)
            sha.update(text.encode("utf-8", "surrogatepass"))
            sha.update("\x1f".join(sorted(names[row]) if names is not None else ["-"]).encode())
            found.append(sha.hexdigest())
    return found


def _read(store: str) -> list[pl.DataFrame]:
    """Read the articles seen, their pairs and their words; nothing where one of them is missing."""
    place = Store.at(store)
    found = []
    for name in _TABLES:
        path = posixpath.join(place.root, _FOLDER, f"{name}.parquet")
        if not place.fs.exists(path):
            return [pl.DataFrame([], schema=_SEEN), conform([], "pairs"), pl.DataFrame([], schema=_WORDS)]
        with place.fs.open(path, "rb") as handle:
            found.append(from_bytes(handle.read()))
    return found


_SEEN = {
    "article_id": pl.String(),
    "mark": pl.String(),
    "keys": pl.List(pl.Int32()),
    "values": pl.List(pl.Int16()),
}
_WORDS = {"word": pl.String(), "stem": pl.String()}


def _signatures(seen: pl.DataFrame) -> Signatures:
    starts = np.concatenate([[0], np.cumsum(seen["keys"].list.len().to_numpy())]).astype(np.int64)
    keys, values = (seen[name].explode().drop_nulls().to_numpy() for name in ("keys", "values"))
    return Signatures(starts, keys, values)


def _lists(starts: np.ndarray, flat: np.ndarray) -> pl.Series:
    """Give each article its part of an array."""
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    lists = pl.DataFrame({"owner": owner, "flat": flat}).group_by("owner", maintain_order=True).agg("flat")
    every = pl.DataFrame({"owner": np.arange(len(starts) - 1)}).join(
        lists, on="owner", how="left", maintain_order="left"
    )
    return every["flat"].fill_null([])


def _write(store: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Write the list of articles last: a run that is cut short leaves none of whom pairs are missing."""
    place = Store.at(store)
    folder = posixpath.join(place.root, _FOLDER)
    place.fs.makedirs(folder, exist_ok=True)
    listed = posixpath.join(folder, "seen.parquet")
    if place.fs.exists(listed):
        place.fs.rm(listed)
    for name in reversed(_TABLES):
        with place.fs.open(posixpath.join(folder, f"{name}.parquet"), "wb") as handle:
            handle.write(to_bytes(tables[name]))
