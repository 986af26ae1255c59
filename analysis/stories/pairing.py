"""Which pairs of articles may report one event, and how likely each is to: no table of all pairs is ever held.

Articles go through in the order of their days, a block at a time; only blocks of the same weeks are held, and of an
article of other weeks no more than its signature, some eighty words. So memory grows with the articles of some weeks,
and work with the pairs among these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analysis.stories.chances import LEAST, WINDOW, Pairs, gaps, log_odds
from analysis.stories.evidence import KINDS, SCALE, Vocabulary, cosines, weigh

# Least cosine of the openings, over words that at most three in eight articles of general news have; more for articles
# farther apart, who must share more to be of one story. With it the open sets come out as with all pairs.
_CALLING, _RARE = 0.04, 2.0
_BLOCK = 1024
_SCORED = 20_000  # pairs whose evidence is held at a time


@dataclass(frozen=True)
class Signatures:
    """The telling words of the openings of some articles: what calls up their candidates.

    ``keys`` and ``values`` (weights) of article i stand at ``starts[i]:starts[i + 1]``; a word has the same key in every corpus.
    """

    starts: np.ndarray
    keys: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, rows: np.ndarray) -> Signatures:
        """Give the signatures of some articles."""
        length = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(length)])
        at = np.arange(starts[-1]) + np.repeat(self.starts[:-1][rows] - starts[:-1], length)
        return Signatures(starts, self.keys[at], self.values[at])


def joined(parts: Sequence[Signatures]) -> Signatures:
    """Put signatures one after the other."""
    starts = np.concatenate(
        [[0], np.cumsum(np.concatenate([[0], *(np.diff(part.starts) for part in parts)]))[1:]]
    )
    keys = np.concatenate([np.empty(0, np.int32), *(part.keys for part in parts)])
    return Signatures(starts, keys, np.concatenate([np.empty(0, np.int16), *(part.values for part in parts)]))


def pair_chances(
    texts: Sequence[str],
    first: np.ndarray,
    last: np.ndarray,
    *,
    names: Sequence[Sequence[str]] | None = None,
    known: tuple[np.ndarray, Signatures] | None = None,
    vocabulary: Vocabulary | None = None,
) -> tuple[Pairs, Signatures]:
    """Give the probability of being of one story for all pairs that come into question.

    Parameters
    ----------
    texts : sequence of str
        Headline and body of each article; read one by one, so that they need not all be held.
    first, last : numpy.ndarray
        First and last possible day of publication as ordinal numbers; NaN where unknown.
    names : sequence of sequences of str, optional
        The names in each text, as resolved.
    known : tuple of numpy.ndarray and Signatures, optional
        Articles whose pairs with each other are not asked for: their rows and, in the same order, their signatures.
    vocabulary : Vocabulary, optional
        One that knows stems already; it takes in the words of the articles read.

    Returns
    -------
    pairs : tuple of numpy.ndarray
        Row numbers of the pairs, the smaller first, and their probability; sorted.
    signatures : Signatures
        Of all articles, in their order.
    """
    # the undated come first, and stay: they may be of any day
    day = np.where(np.isnan(first), -np.inf, first)
    reader = _Reader(texts, names, Vocabulary() if vocabulary is None else vocabulary)
    held: list[_Block] = []
    found: list[Pairs] = []
    seen: list[_Block] = []
    for rows, signatures in _portions(day, known):
        block = _Block(rows, reader, signatures)
        seen.append(block)
        held = [other for other in held if other.until(last) + WINDOW >= day[rows[0]]]
        held.append(block)
        found += [_between(block, other, first, last) for other in held if block.fresh or other.fresh]
    rows = np.concatenate([np.empty(0, int), *(block.rows for block in seen)])
    signatures = joined([block.signatures for block in seen]).take(np.argsort(rows))
    if not found:
        return (np.empty(0, int), np.empty(0, int), np.empty(0)), signatures
    left, right, chance = (np.concatenate([pairs[side] for pairs in found]) for side in range(3))
    sort = np.lexsort((right, left))
    return (left[sort], right[sort], chance[sort]), signatures


def _portions(
    day: np.ndarray, known: tuple[np.ndarray, Signatures] | None
) -> Iterator[tuple[np.ndarray, Signatures | None]]:
    """Give the articles in the order of their days, in portions that are wholly known or wholly new."""
    fresh = np.ones(len(day), dtype=bool)
    place = np.zeros(len(day), dtype=np.int64)
    if known is not None:
        fresh[known[0]] = False
        place[known[0]] = np.arange(len(known[0]))
    parts: list[np.ndarray] = []
    for kind in (True, False):
        rows = np.flatnonzero(fresh == kind)
        rows = rows[np.argsort(day[rows], kind="stable")]
        parts += [rows[begin : begin + _BLOCK] for begin in range(0, len(rows), _BLOCK)]
    for rows in sorted(parts, key=lambda part: float(day[part[0]])):
        yield rows, None if known is None or fresh[rows[0]] else known[1].take(place[rows])


@dataclass(frozen=True)
class _Reader:
    texts: Sequence[str]
    names: Sequence[Sequence[str]] | None
    vocabulary: Vocabulary

    def __call__(self, rows: np.ndarray) -> dict[str, sparse.csr_array]:
        named = None if self.names is None else [self.names[row] for row in rows]
        return weigh([self.texts[row] for row in rows], self.vocabulary, names=named)


class _Block:
    """Some articles with their signatures, and the evidence of those of them that have been read."""

    def __init__(self, rows: np.ndarray, reader: _Reader, signatures: Signatures | None) -> None:
        self.rows, self.fresh = rows, signatures is None
        self._reader = reader
        self._place = np.full(len(rows), -1)
        self._weighed: dict[str, sparse.csr_array] = {}
        if signatures is None:
            self.read(np.arange(len(rows)))
            signatures = _signed(self._weighed["opening"], reader.vocabulary)
        self.signatures = signatures

    def read(self, rows: np.ndarray) -> np.ndarray:
        """Read those articles that have not been read, and give the places of all in the evidence."""
        new = np.unique(rows[self._place[rows] < 0])
        if len(new):
            weighed = self._reader(self.rows[new])
            held = self._place.max() + 1
            for kind, part in weighed.items():
                both = [self._weighed[kind], part] if held else [part]
                self._weighed[kind] = sparse.vstack(both, format="csr") if held else part
            self._place[new] = held + np.arange(len(new))
        places: np.ndarray = self._place[rows]
        return places

    def evidence(self, kind: str, places: np.ndarray) -> sparse.csr_array:
        """Give rows of one kind of evidence."""
        return self._weighed[kind][places]

    def until(self, last: np.ndarray) -> float:
        """Give the last day of the block, endless where one has no date."""
        days_of = last[self.rows]
        return float("inf") if np.isnan(days_of).any() else float(days_of.max())


def _signed(opening: sparse.csr_array, vocabulary: Vocabulary) -> Signatures:
    """Keep of the openings the words that are rare enough to call up candidates."""
    kept = np.asarray(vocabulary.weights)[opening.indices] >= _RARE
    owner = np.repeat(np.arange(opening.shape[0]), np.diff(opening.indptr))[kept]
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=opening.shape[0]))])
    keys = np.asarray(vocabulary.keys, dtype=np.int32)[opening.indices[kept]]
    return Signatures(starts, keys, opening.data[kept])


def _products(one: Signatures, other: Signatures) -> sparse.coo_array:
    """Multiply the signatures of two blocks; the words of the smaller are the columns."""
    if len(one.keys) > len(other.keys):
        return _products(other, one).T
    columns, at = np.unique(one.keys, return_inverse=True)
    place = np.searchsorted(columns, other.keys).clip(max=max(len(columns) - 1, 0))
    shared = columns[place] == other.keys if len(columns) else np.zeros(len(other.keys), dtype=bool)
    starts = np.concatenate([[0], np.cumsum(shared)])[other.starts]
    left = sparse.csr_array(
        (one.values.astype(np.int32), at.ravel(), one.starts), shape=(len(one), len(columns))
    )
    right = sparse.csr_array(
        (other.values[shared].astype(np.int32), place[shared], starts), shape=(len(other), len(columns))
    )
    return sparse.coo_array(left @ right.T)


def _between(block: _Block, other: _Block, first: np.ndarray, last: np.ndarray) -> Pairs:
    """Compare a block with an earlier one, or with itself."""
    product = _products(block.signatures, other.signatures)
    near = product.data >= _CALLING * SCALE**2
    a, b, shared = product.coords[0][near], product.coords[1][near], product.data[near]
    left, right = block.rows[a], other.rows[b]
    gap = gaps(first, last, left, right)
    keep = (gap <= WINDOW) & (shared >= _CALLING * SCALE**2 * (1 + np.log(np.maximum(gap, 1))))
    if block is other:
        keep &= left < right
    a, b, left, right, gap = a[keep], b[keep], left[keep], right[keep], gap[keep]
    at, against = block.read(a), other.read(b)
    chance = np.empty(len(a))
    for start in range(0, len(a), _SCORED):
        part = slice(start, start + _SCORED)
        cosine = {
            kind: cosines(block.evidence(kind, at[part]), other.evidence(kind, against[part]))
            for kind in KINDS
        }
        chance[part] = 1 / (1 + np.exp(-log_odds(cosine, gap[part])))
    likely = chance >= LEAST
    left, right = left[likely], right[likely]
    return np.minimum(left, right), np.maximum(left, right), np.round(chance[likely], 6)
