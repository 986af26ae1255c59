"""Words as numbers: each distinct stretch of text is cut and brought to its forms once, not once an occurrence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from analysis.text.tokens import PATTERN, normalise

Codes = npt.NDArray[np.int64]
#: Turns distinct strings into the number of forms in each, and the forms, one after the other.
Expansion = Callable[[pl.Series], tuple[Codes, pl.Series]]

# strings expanded at a time
_STEP = 1 << 16
# 2^18 strings, 4 MB: more than the words that make up nine tenths of any text
_SLOTS = 18


def stretches(bodies: pl.Series) -> tuple[Codes, pl.Series]:
    """Cut bodies at blanks and line ends, which no token holds: how many stretches each has, and the stretches."""
    cut = bodies.str.replace_all("\n", " ", literal=True).str.split(" ")
    return _flat(cut)


def tokens_of(form: str) -> Expansion:
    """Give an expansion of stretches into the forms of the tokens in them."""

    def expand(texts: pl.Series) -> tuple[Codes, pl.Series]:
        sizes, tokens = _flat(texts.str.extract_all(PATTERN))
        return sizes, normalise(tokens, form=form)

    return expand


def each(form: str | None) -> Expansion:
    """Give an expansion of tokens into their form; None takes them as they are."""
    return partial(_each, form=form)


def _each(texts: pl.Series, *, form: str | None) -> tuple[Codes, pl.Series]:
    return np.ones(len(texts), dtype=np.int64), texts if form is None else normalise(texts, form=form)


def _flat(lists: pl.Series) -> tuple[Codes, pl.Series]:
    sizes = lists.list.len().fill_null(0).to_numpy().astype(np.int64)
    return sizes, lists.explode(empty_as_null=False, keep_nulls=False)


class _Numbers:
    """Numbers for strings, in the order in which they are first seen."""

    def __init__(self) -> None:
        self._category = pl.Categorical(pl.Categories.random())
        # polars forgets a mapping that no series holds; neither stretch nor form is a line end
        self._anchor = pl.Series(["\n"], dtype=self._category)
        self._keys = np.zeros(1 << _SLOTS, dtype=np.uint64)
        self._codes = np.full(1 << _SLOTS, -1, dtype=np.int64)
        self.known = 0

    def of(self, texts: pl.Series) -> Codes:
        """Give strings their numbers; those that are often seen are known by their hash."""
        key = texts.hash().to_numpy()
        slot = (key >> np.uint64(64 - _SLOTS)).astype(np.int64)
        code = np.where(self._keys[slot] == key, self._codes[slot], -1)
        missed = np.flatnonzero(code < 0)
        if len(missed):
            strange = texts.gather(missed).cast(self._category).to_physical().to_numpy()
            code[missed] = strange.astype(np.int64) - len(self._anchor)
            free = missed[self._codes[slot[missed]] < 0]
            self._keys[slot[free]], self._codes[slot[free]] = key[free], code[free]
        self.known = max(self.known, int(code.max(initial=-1)) + 1)
        return code

    def between(self, first: int, last: int) -> pl.Series:
        """Give the strings with some numbers."""
        numbers = pl.Series(np.arange(first, last, dtype=np.uint32) + np.uint32(len(self._anchor)))
        return numbers.cat.to(self._category).cast(pl.String)


class Lexicon:
    """The distinct strings met so far, and the forms in each.

    Parameters
    ----------
    expand : Expansion
        What becomes of a string: `tokens_of` for stretches of text, `each` for tokens.
    """

    def __init__(self, expand: Expansion) -> None:
        self._expand = expand
        self._texts, self._forms = _Numbers(), _Numbers()
        self._done = 0
        self._sizes: list[Codes] = []
        self._inside: list[Codes] = []

    def number(self, texts: pl.Series) -> Codes:
        """Give each string its number."""
        return self._texts.of(texts)

    def forms(self) -> tuple[pl.Series, sparse.csr_array]:
        """Give the forms met so far in alphabetical order, and how often each string (row) holds each (column)."""
        first, inside = self._expanded()
        names = self._forms.between(0, self._forms.known)
        order = names.arg_sort().to_numpy()
        column = np.empty(len(order), dtype=np.int32)
        column[order] = np.arange(len(order), dtype=np.int32)
        ones = np.ones(len(inside), dtype=np.int32)
        shape = (len(first) - 1, len(order))
        held = sparse.csr_array((ones, column[inside], first.astype(np.int32)), shape=shape)
        return names.gather(order).alias("form"), held

    def sequence(self, sizes: Codes, texts: pl.Series) -> tuple[Codes, Codes]:
        """Give the row and the form, as a number, of each token in the order of the text."""
        code = self.number(texts)
        first, inside = self._expanded()
        length = np.diff(first)[code]
        row = np.repeat(np.repeat(np.arange(len(sizes)), sizes), length)
        within = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
        return row, inside[np.repeat(first[code], length) + within]

    def _expanded(self) -> tuple[Codes, Codes]:
        """Give where the forms of each string begin, and the forms of all strings, one after the other."""
        for start in range(self._done, self._texts.known, _STEP):
            sizes, forms = self._expand(self._texts.between(start, min(start + _STEP, self._texts.known)))
            self._sizes.append(sizes)
            self._inside.append(self._forms.of(forms))
        self._done = self._texts.known
        if not self._done:
            return np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int64)
        return np.concatenate([[0], np.cumsum(np.concatenate(self._sizes))]), np.concatenate(self._inside)
