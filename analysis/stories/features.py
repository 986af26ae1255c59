"""What two articles on one event share: words, first lines, names, phrases and numbers, each as weights by rarity."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import sparse

_WORD = re.compile(r"[a-z][a-z’']{2,}")
_NAME = re.compile(r"(?<=[a-z,;:’'\"“] )[A-Z][\w-]+")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
# words; news puts what happened first
_OPENING = re.compile(r"\s*(?:\S+\s+){0,249}\S+")
_LEDE = re.compile(r"\s*(?:\S+\s+){0,89}\S+")


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
        """Give the term of a column; a phrase is two words of the vocabulary."""
        code = int(self.codes[column])
        if self.name != "phrases":
            return self.vocabulary[code]
        first, second = divmod(code, len(self.vocabulary))
        return f"{self.vocabulary[first]} {self.vocabulary[second]}"


class _Numbering:
    """Terms as they come, each with its number; documents as arrays of numbers."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, terms: Sequence[str]) -> np.ndarray:
        numbers = self.numbers
        return np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in terms), dtype=np.int64, count=len(terms)
        )


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
    words, marks, figures = _Numbering(), _Numbering(), _Numbering()
    stems: list[np.ndarray] = []
    opening: list[int] = []
    lede: list[int] = []
    for text in texts:
        terms, positions = _stems(text)
        stems.append(words(terms))
        opening.append(_within(_OPENING, text, positions))
        lede.append(_within(_LEDE, text, positions))
    known = names if names is not None else [_NAME.findall(text) for text in texts]
    vocabulary = tuple(words.numbers)
    size = max(1, len(vocabulary))
    named = [marks(one) for one in known]
    counted = [figures(_NUMBER.findall(text)) for text in texts]
    return [
        _weighted("words", stems, vocabulary),
        _weighted("opening", [one[:until] for one, until in zip(stems, opening, strict=True)], vocabulary),
        _weighted("lede", [one[:until] for one, until in zip(stems, lede, strict=True)], vocabulary),
        _weighted("names", named, tuple(marks.numbers)),
        _weighted("phrases", [one[:-1] * size + one[1:] for one in stems], vocabulary),
        _weighted("numbers", counted, tuple(figures.numbers)),
    ]


def _within(prefix: re.Pattern[str], text: str, positions: Sequence[int]) -> int:
    """Count the words that begin before the end of a prefix of the text."""
    match = prefix.match(text)
    return int(np.searchsorted(positions, match.end())) if match else 0


@cache
def _stemmer() -> Callable[[str], str]:
    from nltk.stem.snowball import SnowballStemmer

    return cache(SnowballStemmer("english").stem)


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _stems(text: str) -> tuple[list[str], list[int]]:
    stem, stop = _stemmer(), _stop_words()
    # the possessive gives way to blanks, so that positions stay those of the text
    plain = text.lower().replace("’s", "  ").replace("'s", "  ")
    found = [(match[0], match.start()) for match in _WORD.finditer(plain) if match[0] not in stop]
    return [stem(word) for word, _ in found], [start for _, start in found]


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
