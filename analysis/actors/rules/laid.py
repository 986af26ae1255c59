"""Articles laid end to end, so that what lies where is asked for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.actors.rules.marks import Marks
from analysis.text.plain import PlainText

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Laid:
    """Where the sentences and quotations of some articles lie, counted from the first character of the first article."""

    texts: Sequence[PlainText]
    marks: Sequence[Marks]
    base: Whole  # where each article begins, and where the next one would
    first: Whole  # the first sentence of each
    starts: Whole  # sentences
    ends: Whole
    opens: Whole  # quotations
    closes: Whole
    covered: Whole  # the characters in quotations before each of them, and in all

    @classmethod
    def of(cls, texts: Sequence[PlainText], marks: Sequence[Marks]) -> Laid:
        """Lay articles, with their quotations, end to end."""
        base = _sums(len(text.body) + 1 for text in texts)
        opens = _joined([one.starts for one in marks], base)
        closes = _joined([one.ends for one in marks], base)
        return cls(
            texts,
            marks,
            base,
            _sums(len(text.starts) for text in texts),
            _joined([text.starts for text in texts], base),
            _joined([text.ends for text in texts], base),
            opens,
            closes,
            np.concatenate([[0], np.cumsum(closes - opens)]),
        )

    def sentence(self, article: Whole, at: Whole) -> Whole:
        """Give the sentence that a character of an article stands in, counted through all articles."""
        return np.maximum(np.searchsorted(self.starts, at, side="right") - 1, self.first[article])

    def quoted(self, low: Whole, high: Whole) -> Whole:
        """Give how many characters from one place to another stand in quotations."""
        return self._before(high) - self._before(low)

    def holds(self, at: Whole) -> npt.NDArray[np.bool_]:
        """Say whether a character stands in a quotation."""
        return self._before(at + 1) > self._before(at)

    def _before(self, at: Whole) -> Whole:
        number = np.searchsorted(self.opens, at, side="right")
        behind = np.concatenate([[0], self.closes])[number]
        return self.covered[number] - np.maximum(behind - at, 0)


def _sums(sizes: Iterable[int]) -> Whole:
    return np.cumsum([0, *sizes], dtype=np.int64)


def _joined(places: Sequence[Sequence[int]], base: Whole) -> Whole:
    if not places:
        return np.empty(0, dtype=np.int64)
    sizes = np.array([len(some) for some in places])
    return np.concatenate([np.asarray(some, dtype=np.int64) for some in places]) + np.repeat(base[:-1], sizes)
