"""What is known about pairs of articles, kept beside the annotations: articles added later are compared, no others.

The probability of a pair depends on its two articles alone (see `analysis.stories.evidence`), so a kept one stays true,
and linking with kept pairs gives what linking from nothing gives.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Sequence
from contextlib import suppress

import numpy as np
import polars as pl

from analysis.corpus.store import Store, digest, from_bytes, to_bytes
from analysis.schemas import conform
from analysis.stories import chances
from analysis.stories.evidence import rarity

_FOLDER = "links"


def kept_pair_chances(
    ids: Sequence[str],
    texts: Sequence[str],
    first: np.ndarray,
    last: np.ndarray,
    *,
    names: Sequence[Sequence[str]] | None,
    store: str,
) -> chances.Pairs:
    """Give what `chances.pair_chances` gives, reading from a store what it holds and writing there what is new.

    Parameters
    ----------
    ids : sequence of str
        Ids of the articles.
    texts, first, last, names
        As for `chances.pair_chances`.
    store : str
        Folder or fsspec URL of the annotation store; the pairs lie in its folder ``links``. One that cannot be
        written to is only read.

    Returns
    -------
    left, right, chance : numpy.ndarray
        As for `chances.pair_chances`.
    """
    marks = _marks(texts, first, last, names)
    now = pl.DataFrame({"article_id": list(ids), "mark": marks})
    seen, pairs = _read(store)
    unchanged = now.join(seen, on=["article_id", "mark"], how="semi")["article_id"]
    fresh = ~now["article_id"].is_in(unchanged.to_list()).to_numpy()
    row = pl.DataFrame({"article_id": list(ids), "row": np.arange(len(ids))})
    old = pairs.filter(pl.col("left").is_in(unchanged.to_list()) & pl.col("right").is_in(unchanged.to_list()))
    old = old.join(row.rename({"row": "a"}), left_on="left", right_on="article_id")
    old = old.join(row.rename({"row": "b"}), left_on="right", right_on="article_id")
    a, b = old["a"].to_numpy(), old["b"].to_numpy()
    new = chances.pair_chances(texts, first, last, names=names, fresh=fresh)
    left = np.concatenate([np.minimum(a, b), new[0]])
    right = np.concatenate([np.maximum(a, b), new[1]])
    chance = np.concatenate([old["chance"].to_numpy(), new[2]])
    order = np.lexsort((right, left))
    left, right, chance = left[order], right[order], chance[order]
    if fresh.any():  # a selection of what is known is no reason to forget the rest
        name = np.asarray(ids)
        known = {"left": name[left], "right": name[right], "chance": chance}
        with suppress(OSError):
            _write(store, now, conform(pl.DataFrame(known), "pairs"))
    return left, right, chance


def _marks(
    texts: Sequence[str], first: np.ndarray, last: np.ndarray, names: Sequence[Sequence[str]] | None
) -> list[str]:
    """Hash of each article what its pairs depend on."""
    rules = digest(dict(chances.WEIGHTS), chances.CONSTANT, chances.TIME, chances.WINDOW, rarity()[0], 1)
    found = []
    for row, text in enumerate(texts):
        sha = hashlib.sha256(f"{rules}\x1f{first[row]}\x1f{last[row]}\x1f".encode())
        sha.update(text.encode("utf-8", "surrogatepass"))
        sha.update("\x1f".join(sorted(names[row]) if names is not None else ["-"]).encode())
        found.append(sha.hexdigest()[:20])
    return found


def _read(store: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    place = Store.at(store)
    found = []
    for name in ("seen", "pairs"):
        path = posixpath.join(place.root, _FOLDER, f"{name}.parquet")
        if not place.fs.exists(path):
            return pl.DataFrame({"article_id": [], "mark": []}, schema_overrides=_TEXTS), conform([], "pairs")
        with place.fs.open(path, "rb") as handle:
            found.append(from_bytes(handle.read()))
    return found[0], found[1]


_TEXTS = {"article_id": pl.String(), "mark": pl.String()}


def _write(store: str, seen: pl.DataFrame, pairs: pl.DataFrame) -> None:
    """Write pairs before the list of articles: a run that is cut short leaves none of whom pairs are missing."""
    place = Store.at(store)
    folder = posixpath.join(place.root, _FOLDER)
    place.fs.makedirs(folder, exist_ok=True)
    listed = posixpath.join(folder, "seen.parquet")
    if place.fs.exists(listed):
        place.fs.rm(listed)
    for path, frame in ((posixpath.join(folder, "pairs.parquet"), pairs), (listed, seen)):
        with place.fs.open(path, "wb") as handle:
            handle.write(to_bytes(frame))
