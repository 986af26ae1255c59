"""Articles one behind the other in one text, so that what is asked of a name is asked of all names at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.text.plain import PlainText

Numbers = npt.NDArray[np.int64]
Value = TypeVar("Value", bound=Hashable)
BLANK = ord(" ")
# what stands before and behind each body: a name at its edge has no neighbour in the next one
_BEFORE, _BEHIND = "\n", "\0"


@dataclass(frozen=True)
class Pages:
    """Some articles as one text: places in it are exact for all of them, and no pattern reaches from one to the next.

    Examples
    --------
    >>> from analysis.text.plain import read
    >>> pages = pages_of(read([{"article_id": "a", "body": "Rain."}, {"article_id": "b", "body": "Snow fell."}]))
    >>> at = pages.text.index("fell")
    >>> pages.article(np.array([at])), at - pages.begins[1]
    (array([1]), np.int64(5))
    """

    texts: Sequence[PlainText]
    text: str
    begins: Numbers
    ends: Numbers

    @cached_property
    def codes(self) -> npt.NDArray[np.uint32]:
        """The code point of each character."""
        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    @cached_property
    def lowered(self) -> str:
        """The text written small, each letter where it was."""
        # the only letter that becomes two
        return self.text.replace("İ", "i").lower()

    @cached_property
    def sentences(self) -> Numbers:
        """Where sentences begin."""
        parts = [
            np.asarray(text.starts, dtype=np.int64) + begin
            for text, begin in zip(self.texts, self.begins.tolist(), strict=True)
        ]
        return np.concatenate([*parts, np.empty(0, dtype=np.int64)])

    @cached_property
    def blanks(self) -> Numbers:
        """Where the blanks are."""
        return np.flatnonzero(self.codes == BLANK)

    @cached_property
    def gaps(self) -> Numbers:
        """Where words end: the blanks and the line breaks."""
        return np.flatnonzero((self.codes == BLANK) | (self.codes == ord("\n")))

    def article(self, at: Numbers) -> Numbers:
        """Give the number of the article that each character belongs to."""
        return np.searchsorted(self.begins, at, side="right") - 1

    def sentence(self, at: Numbers) -> Numbers:
        """Give the number of the sentence, in its article, that each character stands in."""
        counts = np.cumsum([0, *(len(text.starts) for text in self.texts)])
        number = np.searchsorted(self.sentences, at, side="right") - 1
        inside: Numbers = np.maximum(number - counts[self.article(at)], 0)
        return inside

    def slices(self, starts: Numbers, ends: Numbers) -> list[str]:
        """Cut out pieces of the text."""
        text = self.text
        return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def placed(self, layer: pl.DataFrame) -> pl.DataFrame:
        """Give the rows of a layer that belong to these articles, in order, ``start`` and ``end`` as they are in the text."""
        where = pl.DataFrame(
            {"article_id": [text.article_id for text in self.texts], "begin": self.begins},
            schema={"article_id": pl.String, "begin": pl.Int64},
        )
        moved = (
            layer.lazy()
            .join(where.lazy(), on="article_id")
            .with_columns(pl.col("start", "end") + pl.col("begin"))
        )
        return moved.select(layer.columns).sort("start", maintain_order=True).collect()


def pages_of(texts: Sequence[PlainText]) -> Pages:
    """Write articles one behind the other."""
    bodies = [text.body for text in texts]
    sizes = np.array([len(body) for body in bodies], dtype=np.int64)
    begins = np.cumsum(sizes + 2) - sizes - 1
    text = "".join(f"{_BEFORE}{body}{_BEHIND}" for body in bodies)
    return Pages(texts, text + _BEFORE, begins, begins + sizes)


class Coded(NamedTuple, Generic[Value]):
    """A column whose values come back often: for each row the number of its value, and the values."""

    numbers: Numbers
    values: Sequence[Value]


def coded(column: Iterable[Value]) -> Coded[Value]:
    """Give the different values of a column numbers, in the order in which they come.

    Examples
    --------
    >>> coded(["the", "a", "the"])
    Coded(numbers=array([0, 1, 0]), values=['the', 'a'])
    """
    column = list(column)
    values = list(dict.fromkeys(column))
    number = dict(zip(values, range(len(values)), strict=True))
    numbers = np.fromiter(map(number.__getitem__, column), dtype=np.int64, count=len(column))
    return Coded(numbers, values)
