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
        self.known = 0

    def of(self, texts: pl.Series) -> Codes:
        code = texts.cast(self._category).to_physical().to_numpy().astype(np.int64) - len(self._anchor)
        self.known = max(self.known, int(code.max(initial=-1)) + 1)
        return code

    def since(self, first: int) -> pl.Series:
        numbers = pl.Series(np.arange(first, self.known, dtype=np.uint32) + np.uint32(len(self._anchor)))
        return numbers.cat.to(self._category).cast(pl.String)


class Lexicon:
    """The forms met so far, growing batch by batch.

    Parameters
    ----------
    expand : Expansion
        What becomes of a string: `tokens_of` for stretches of text, `each` for tokens.
    """

    def __init__(self, expand: Expansion) -> None:
        self._expand = expand
        self._texts, self._forms = _Numbers(), _Numbers()
        self._first = np.zeros(1, dtype=np.int64)
        self._inside = np.empty(0, dtype=np.int64)

    def forms(self) -> pl.Series:
        """Give the forms, by their number."""
        return self._forms.since(0)

    def matrix(self, sizes: Codes, texts: pl.Series) -> sparse.csr_array:
        """Count forms: texts of each row in, one row each out, a column for every form met so far."""
        code = self._numbered(texts)
        shape = (len(self._first) - 1, self._forms.known)
        parts = sparse.csr_array(
            (np.ones(len(self._inside), np.int32), self._inside, self._first), shape=shape
        )
        ends = np.concatenate([[0], np.cumsum(sizes)])
        held = sparse.csr_array((np.ones(len(code), np.int32), code, ends), shape=(len(sizes), shape[0]))
        return held @ parts

    def sequence(self, sizes: Codes, texts: pl.Series) -> tuple[Codes, Codes]:
        """Give the row and the form, as a number, of each token in the order of the text."""
        code = self._numbered(texts)
        length = np.diff(self._first)[code]
        row = np.repeat(np.repeat(np.arange(len(sizes)), sizes), length)
        within = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length)
        return row, self._inside[np.repeat(self._first[code], length) + within]

    def _numbered(self, texts: pl.Series) -> Codes:
        known = self._texts.known
        code = self._texts.of(texts)
        if self._texts.known > known:
            sizes, forms = self._expand(self._texts.since(known))
            self._first = np.concatenate([self._first, self._first[-1] + np.cumsum(sizes)])
            self._inside = np.concatenate([self._inside, self._forms.of(forms)])
        return code
