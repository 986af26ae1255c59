"""Spans of one article in order, to be asked what lies where; and its quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.actors.quotation import Quotation, quotations

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spans:
    """Where spans begin and end, in order and without overlaps."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """Take spans that are in order."""
        starts, ends = [], []
        for start, end in spans:
            starts.append(start)
            ends.append(end)
        return cls(starts, ends)

    def hold(self, at: int) -> bool:
        """Say whether a character stands inside one of them."""
        number = bisect_right(self.starts, at) - 1
        return number >= 0 and at < self.ends[number]

    def over(self, low: int, high: int) -> list[Span]:
        """Give those that share a character with a stretch of text."""
        first, last = bisect_right(self.ends, low), bisect_left(self.starts, high)
        return [(self.starts[n], self.ends[n]) for n in range(first, last)]


@dataclass(frozen=True, slots=True)
class Marks(Spans):
    """The quotations of an article."""

    quotations: Sequence[Quotation]


@lru_cache(maxsize=512)
def marks_in(body: str) -> Marks:
    """Find the quotations of an article; mentions and statements ask for the same ones.

    Examples
    --------
    >>> marks = marks_in("He spoke of a “gross mistake”.")
    >>> marks.hold(3), marks.hold(20), marks.over(0, 30)
    (False, True, [(14, 29)])
    """
    found = quotations(body)
    return Marks([q.start for q in found], [q.end for q in found], found)
