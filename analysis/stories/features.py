"""What two articles on one event share: words, first lines, names, phrases and numbers, each as weights by rarity."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from scipy import sparse

_WORD = re.compile(r"[a-z][a-z’']{2,}")
_NAME = re.compile(r"(?<=[a-z,;:’'\"“] )[A-Z][\w-]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_OPENING, _LEDE = 250, 90  # words; news puts what happened first


@dataclass(frozen=True)
class Feature:
    """One kind of evidence: its name, and a row of unit length for each article."""

    name: str
    rows: sparse.csr_array
    terms: tuple[str, ...]


def features(texts: Sequence[str], *, names: Sequence[Sequence[str]] | None = None) -> list[Feature]:
    """Weigh what the texts of a corpus consist of.

    Terms are weighted by tf-idf (1 + ln tf, smoothed idf; Salton & Buckley 1988) within the corpus; rows have
    unit length, so that the product of two rows is their cosine.

    Parameters
    ----------
    texts : sequence of str
        Headline and body of each article.
    names : sequence of sequences of str, optional
        The names in each text, where they are known better than by their capitals.

    Returns
    -------
    list of Feature
        ``words`` (stems of the whole text), ``opening`` (of its first 250 words), ``lede`` (of its first 90),
        ``names`` (capitalised words inside sentences), ``phrases`` (pairs of neighbouring stems), ``numbers``.
    """
    stems = [_stems(text) for text in texts]
    opening = [_stems(_first_words(text, _OPENING)) for text in texts]
    lede = [_stems(_first_words(text, _LEDE)) for text in texts]
    return [
        _weighted("words", stems),
        _weighted("opening", opening),
        _weighted("lede", lede),
        _weighted("names", names if names is not None else [_NAME.findall(text) for text in texts]),
        _weighted("phrases", [[f"{a} {b}" for a, b in pairwise(x)] for x in stems]),
        _weighted("numbers", [_NUMBER.findall(text) for text in texts]),
    ]


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split(None, count)[:count])


@cache
def _stemmer() -> Callable[[str], str]:
    from nltk.stem.snowball import SnowballStemmer

    return cache(SnowballStemmer("english").stem)


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _stems(text: str) -> list[str]:
    stem, stop = _stemmer(), _stop_words()
    plain = text.lower().replace("’s", "").replace("'s", "")
    return [stem(word) for word in _WORD.findall(plain) if word not in stop]


def _weighted(name: str, documents: Sequence[Sequence[str]]) -> Feature:
    numbers: dict[str, int] = {}
    indices: list[int] = []
    starts = [0]
    for document in documents:
        indices.extend(numbers.setdefault(term, len(numbers)) for term in document)
        starts.append(len(indices))
    counts = sparse.csr_array(
        (np.ones(len(indices), dtype=np.float32), np.asarray(indices, dtype=np.int64), np.asarray(starts)),
        shape=(len(documents), max(1, len(numbers))),
    )
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts.data = (1 + np.log(counts.data)) * (np.log((1 + len(documents)) / (1 + frequency)) + 1)[
        counts.indices
    ]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(counts.indptr))
    return Feature(name, counts.astype(np.float32), tuple(numbers))


def similarity(feature: Feature, left: np.ndarray, right: np.ndarray, *, block: int = 20_000) -> np.ndarray:
    """Give the cosines of pairs of rows.

    Parameters
    ----------
    feature : Feature
        The evidence compared.
    left, right : numpy.ndarray
        Row numbers of the pairs.
    block : int, optional
        Pairs compared at once.

    Returns
    -------
    numpy.ndarray
        One cosine a pair.
    """
    found = np.empty(len(left), dtype=np.float64)
    for start in range(0, len(left), block):
        part = slice(start, start + block)
        product = feature.rows[left[part]].multiply(feature.rows[right[part]])
        found[part] = np.asarray(product.sum(axis=1)).ravel()
    return found
