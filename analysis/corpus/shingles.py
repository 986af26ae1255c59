"""Shingles: the runs of words of a text, as numbers (Broder, 1997)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

SHINGLE = 5
_WORD = r"\w+(?:['’]\w+)?"


def shingles(bodies: Sequence[str], size: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Give the shingles of all bodies in one array, body after body, and beside each the number of its body.

    Parameters
    ----------
    bodies : sequence of str
        The texts; case and punctuation do not count.
    size : int
        Words in a run. A text with fewer words is one shingle.

    Returns
    -------
    numpy.ndarray of int64, numpy.ndarray of uint64
        The numbers of the bodies, ascending, and the shingles.

    Examples
    --------
    >>> shingles(["one two three four five six", "seven"], 5)[0].tolist()
    [0, 0, 1]
    """
    words = (
        pl.Series("word", bodies, dtype=pl.String).str.to_lowercase().str.replace_all("’", "'", literal=True)
    )
    found = pl.DataFrame({"word": words.str.extract_all(_WORD)}).with_row_index("owner")
    found = found.explode("word").drop_nulls("word")
    # only equal words matter, so any hash will do; polars' is the fastest at hand
    owner, codes = found["owner"].to_numpy().astype(np.int64), found["word"].hash(2026).to_numpy()
    length = np.bincount(owner, minlength=len(bodies))
    last = max(len(codes) - size + 1, 0)
    mixed = _mix([codes[i : last + i] for i in range(size)])
    inside = owner[:last] == owner[size - 1 : last + size - 1]
    # a text with fewer words is one shingle
    ends = np.cumsum(length)
    short = np.flatnonzero((length > 0) & (length < size)).tolist()
    whole = [_mix([codes[i : i + 1] for i in range(ends[row] - length[row], ends[row])]) for row in short]
    of_body = np.concatenate([owner[:last][inside], np.asarray(short, dtype=np.int64)])
    order = np.argsort(of_body, kind="stable") if short else slice(None)
    return of_body[order], np.concatenate([mixed[inside], *whole])[order]


def _mix(parts: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """Fold the codes of successive words into one, order counting."""
    mixed = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed
