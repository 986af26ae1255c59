"""What two articles on one event share: words, first lines, names and numbers, weighed by rarity.

Rarity comes from a fixed table, not from the corpus at hand: so two articles are alike to the same degree whatever
else was collected, and what was found out about a pair stays true when others are added.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl
from scipy import sparse

from analysis.text.stemming import stemmer
from analysis.text.tokens import function_words

KINDS = ("words", "opening", "lede", "names", "numbers")
_WORD = r"[a-z][a-z’']{2,}"
_NAMES = r"[a-z,;:’'\"“] [A-Z][\w-]+(?: [A-Z][\w-]+)*"
_NUMBER = r"\d[\d,.]*\d|\d"
# words of three letters and more, of some 250 and 90 in all; news puts what happened first
_OPENING, _LEDE = 185, 66
# how rare a number is, by its digits; a year is no more telling than a number of two digits
_NUMBER_RARITY = {1: 1.5, 2: 3.0, 3: 5.0}
_YEAR, _LONG_NUMBER = 4.0, 7.0
_COLUMNS = 2**31 - 1
# Weights are whole numbers, a row's length this: sums of products then are the same in whatever order they are added.
SCALE = 2**14


@cache
def rarity() -> tuple[int, Mapping[str, int]]:
    """Read how many articles of general news hold each stem: the number of articles, and stem → articles."""
    packed = (files("analysis") / "data" / "stories" / "rarity.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    counts = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    table = {stem: int(count) for stem, count in counts}
    return table.pop("(articles)"), table


@dataclass
class Vocabulary:
    """Stems as they come, each with its column and its rarity; grows while a corpus is read."""

    columns: dict[str, int] = field(default_factory=dict)
    of_word: dict[str, int] = field(default_factory=dict)
    weights: list[float] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)  # the same for a stem in every corpus
    # stems from an earlier reading, for stemming takes long
    known: Mapping[str, str] = field(default_factory=dict)

    def numbers(self, words: Sequence[str]) -> np.ndarray:
        """Give the column of each word, -1 for those that say nothing."""
        found = np.empty(len(words), dtype=np.int64)
        for place, word in enumerate(words):
            column = self.of_word.get(word)
            found[place] = self._new(word) if column is None else column
        return found

    def _new(self, word: str) -> int:
        if word in function_words():
            self.of_word[word] = -1
            return -1
        stem = self.known.get(word) or stemmer()(word)
        column = self.columns.setdefault(stem, len(self.columns))
        if column == len(self.weights):
            total, articles = rarity()
            self.weights.append(float(np.log((1 + total) / (1 + articles.get(stem, 0))) + 1))
            self.keys.append(zlib.crc32(stem.encode()) >> 1)
        self.of_word[word] = column
        return column

    def stems(self) -> dict[str, str]:
        """Give the stem of each word met in this reading or an earlier one."""
        of_column = list(self.columns)
        return {**self.known, **{word: of_column[at] for word, at in self.of_word.items() if at >= 0}}


def weigh(
    texts: Sequence[str], vocabulary: Vocabulary, *, names: Sequence[Sequence[str]] | None = None
) -> dict[str, sparse.csr_array]:
    """Weigh what texts consist of, a row a text.

    Terms are weighted by tf-idf (1 + ln tf, smoothed idf; Salton & Buckley 1988), idf from the fixed table of
    `rarity`; rows have the length `SCALE`, see `cosines`. Shared quotations are shared
    words: counted once more, as runs of quoted words, they made links worse on one open set and better on none.

    Parameters
    ----------
    texts : sequence of str
        Headline and body of each article.
    vocabulary : Vocabulary
        Where the stems get their columns; the same for all texts that are to be compared.
    names : sequence of sequences of str, optional
        The names in each text, where they are known better than by their capitals.

    Returns
    -------
    dict of str to scipy.sparse.csr_array
        ``words`` (stems of the whole text), ``opening`` (of its first 250 words), ``lede`` (of its first 90),
        ``names`` (capitalised words inside sentences), ``numbers``.
    """
    n = len(texts)
    text = pl.Series("text", texts, dtype=pl.String)
    owner, words = _found(text.str.to_lowercase().str.replace_all("['’]s", "  "), _WORD)
    columns = _coded(words, vocabulary)
    place = np.arange(len(owner)) - np.searchsorted(owner, owner, side="left")
    kept = columns >= 0
    early, first = (kept & (place < reach) for reach in (_OPENING, _LEDE))
    if names is None:
        of_name, runs = _found(text, _NAMES)
        parts = pl.DataFrame({"owner": of_name, "name": runs}).with_columns(pl.col("name").str.split(" "))
        parts = parts.explode("name").filter(pl.col("name").str.contains("^[A-Z]"))
        of_name, named = parts["owner"].to_numpy(), parts["name"]
    else:
        pieces = [(row, word) for row, one in enumerate(names) for name in one for word in name.split()]
        of_name = np.array([row for row, _ in pieces], dtype=np.int64)
        named = pl.Series([word for _, word in pieces], dtype=pl.String)
    marks = _coded(named.str.to_lowercase(), vocabulary)
    of_number, figures = _found(text, _NUMBER)
    weights = np.asarray(vocabulary.weights)
    return {
        "words": _unit_rows(owner[kept], columns[kept], weights, n),
        "opening": _unit_rows(owner[early], columns[early], weights, n),
        "lede": _unit_rows(owner[first], columns[first], weights, n),
        "names": _unit_rows(of_name[marks >= 0], marks[marks >= 0], weights, n),
        "numbers": _numbers(of_number, figures, n),
    }


def _found(text: pl.Series, pattern: str) -> tuple[np.ndarray, pl.Series]:
    """Find a pattern in all texts: the row of each hit, and the hit."""
    hits = pl.DataFrame({"hit": text.str.extract_all(pattern)}).with_row_index("owner")
    hits = hits.explode("hit").drop_nulls("hit")
    return hits["owner"].to_numpy().astype(np.int64), hits["hit"]


def _coded(words: pl.Series, vocabulary: Vocabulary) -> np.ndarray:
    """Give the columns of words; each different word is looked up once."""
    if words.is_empty():
        return np.empty(0, dtype=np.int64)
    different = words.unique(maintain_order=True)
    found: np.ndarray = words.replace_strict(
        different, pl.Series(vocabulary.numbers(different.to_list()))
    ).to_numpy()
    return found


def _unit_rows(owner: np.ndarray, columns: np.ndarray, weights: np.ndarray, n: int) -> sparse.csr_array:
    """Count each term of each text, weigh the counts, and bring the rows to one length."""
    keys, counts = np.unique((owner << 32) | columns, return_counts=True)
    rows, terms = keys >> 32, keys & 0xFFFFFFFF
    values = (1 + np.log(counts)) * weights[terms]
    length = np.sqrt(np.bincount(rows, weights=values**2, minlength=n))
    values /= np.where(length > 0, length, 1)[rows]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n))])
    exact = np.round(values * SCALE).astype(np.int16)
    return sparse.csr_array((exact, terms.astype(np.int32), starts.astype(np.int32)), shape=(n, _COLUMNS))


def _numbers(owner: np.ndarray, figures: pl.Series, n: int) -> sparse.csr_array:
    # "1,060" and "1060" are one number; only equality matters, so a hash is as good as a list
    bare = figures.str.replace_all("[,.]", "")
    digits = bare.str.len_chars().to_numpy()
    weights = np.select(
        [digits == length for length in _NUMBER_RARITY], list(_NUMBER_RARITY.values()), _LONG_NUMBER
    )
    weights[bare.str.contains(r"^(?:19|20)\d\d$").to_numpy()] = _YEAR
    columns, place = np.unique(_hashed(bare), return_inverse=True)
    rarest = np.zeros(len(columns))
    rarest[place] = weights
    found = _unit_rows(owner, place.ravel(), rarest, n)
    found.indices = columns[found.indices].astype(np.int32)
    return found


def _hashed(values: pl.Series) -> np.ndarray:
    found: np.ndarray = (values.hash(7).to_numpy() % np.uint64(_COLUMNS)).astype(np.int64)
    return found


def cosines(one: sparse.csr_array, other: sparse.csr_array) -> np.ndarray:
    """Give the cosine of each row of a matrix with the same row of another."""
    shared = one.astype(np.int32).multiply(other.astype(np.int32)).sum(axis=1, dtype=np.int64)
    found: np.ndarray = np.asarray(shared, dtype=np.float64).ravel() / SCALE**2
    return found
