"""What two sentences of one story share: words, names and numbers, weighed by how rare they are in that story."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import sparse

from analysis.text.stemming import stemmer
from analysis.text.tokens import function_words

_WORD = re.compile(r"[a-z][a-z’']{2,}")
_NAME = re.compile(r"(?<=[a-z,;:’'\"“] )[A-Z][\w-]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True)
class Feature:
    """One kind of evidence: its name, a row of unit length for each article, and how its columns read.

    Columns that only one article has are left out after they have been weighed: they can be shared with nobody.
    """

    name: str
    rows: sparse.csr_array
    codes: np.ndarray
    vocabulary: tuple[str, ...]

    def term(self, column: int) -> str:
        """Give the term of a column."""
        return self.vocabulary[int(self.codes[column])]


class _Numbering:
    """Terms as they come, each with its number; documents as arrays of numbers."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, terms: Sequence[str]) -> np.ndarray:
        numbers = self.numbers
        return np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in terms), dtype=np.int64, count=len(terms)
        )


def features(texts: Sequence[str]) -> list[Feature]:
    """Weigh what the sentences of a story consist of.

    Terms are weighted by tf-idf (1 + ln tf, smoothed idf; Salton & Buckley 1988) among the sentences given: the town
    that all of them name says little. Rows have unit length, so that the product of two rows is their cosine.

    Parameters
    ----------
    texts : sequence of str
        The sentences.

    Returns
    -------
    list of Feature
        ``words`` (stems), ``names`` (capitalised words inside sentences), ``numbers``.
    """
    words, marks, figures = _Numbering(), _Numbering(), _Numbering()
    stems = [words(_stems(text)) for text in texts]
    named = [marks(_NAME.findall(text)) for text in texts]
    counted = [figures(_NUMBER.findall(text)) for text in texts]
    return [
        _weighted("words", stems, tuple(words.numbers)),
        _weighted("names", named, tuple(marks.numbers)),
        _weighted("numbers", counted, tuple(figures.numbers)),
    ]


@cache
def _stemmer() -> Callable[[str], str]:
    return cache(stemmer())


def _stems(text: str) -> list[str]:
    stem, stop = _stemmer(), function_words()
    plain = re.sub("['’]s", " ", text.lower())
    return [stem(word) for word in _WORD.findall(plain) if word not in stop]


def _weighted(name: str, documents: Sequence[np.ndarray], vocabulary: tuple[str, ...]) -> Feature:
    n = len(documents)
    flat = np.concatenate(documents) if n else np.empty(0, dtype=np.int64)
    codes, columns = np.unique(flat, return_inverse=True)
    owner = np.repeat(np.arange(n), [len(document) for document in documents])
    counts = sparse.coo_array(
        (np.ones(len(flat), dtype=np.float32), (owner, columns.ravel())), shape=(n, max(1, len(codes)))
    ).tocsr()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts.data = (
        (1 + np.log(counts.data)) * (np.log((1 + n) / (1 + frequency)) + 1)[counts.indices]
    ).astype(np.float32)
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(counts.indptr)).astype(np.float32)
    shared = np.flatnonzero(frequency > 1)
    if not len(shared):
        shared = np.arange(min(1, counts.shape[1]))
    return Feature(name, counts[:, shared], codes[shared] if len(codes) else codes, vocabulary)
