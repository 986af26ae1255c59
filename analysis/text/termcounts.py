"""Counts of forms by article: the document-term table that frequencies, keyness and dispersion start from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text.batches import group_names
from analysis.text.shelf import Shelf

Codes = npt.NDArray[np.int64]
#: Articles of a batch, and how often each form met so far occurs in each.
Counted = tuple[pl.DataFrame, sparse.csr_array]
# articles read at a time: some 8 MB of counts
_BLOCK = 2000


@dataclass(frozen=True)
class Totals:
    """Of every form: occurrences, and articles that have it."""

    n: Codes
    documents: Codes

    @classmethod
    def empty(cls, width: int) -> Totals:
        """Start from nothing."""
        return cls(np.zeros(width, dtype=np.int64), np.zeros(width, dtype=np.int64))

    def add(self, forms: Codes, n: Codes) -> None:
        """Count further cells."""
        width = len(self.n)
        self.n[:] += np.bincount(forms, weights=n, minlength=width).astype(np.int64)
        self.documents[:] += np.bincount(forms, minlength=width)


@dataclass(frozen=True)
class TermCounts:
    """How often each form occurs in each article.

    Attributes
    ----------
    articles : polars.DataFrame
        One row an article, sorted by ``article_id``: ``article_id``, ``group``, ``n_tokens``.
    forms : polars.Series
        The forms, in alphabetical order.
    matrix : scipy.sparse.csr_array
        Occurrences: articles in rows, forms in columns. That of a large corpus lies in a temporary file: read it with
        `blocks`.
    """

    articles: pl.DataFrame
    forms: pl.Series
    matrix: sparse.csr_array
    shelf: Shelf = field(default_factory=Shelf, repr=False, compare=False)

    @cached_property
    def groups(self) -> list[str]:
        """The groups, by name."""
        return sorted(self.articles["group"].unique().to_list())

    def blocks(self) -> Iterator[tuple[slice, sparse.csr_array]]:
        """Yield the rows of some articles and their counts, one stretch of articles after the other."""
        for start in range(0, self.matrix.shape[0], _BLOCK):
            rows = slice(start, min(start + _BLOCK, self.matrix.shape[0]))
            yield rows, self.matrix[rows]
            self.shelf.rest()

    @cached_property
    def totals(self) -> dict[str, Totals]:
        """Occurrences of each form, and the articles that have it, by group."""
        width = self.matrix.shape[1]
        sums = {group: Totals.empty(width) for group in self.groups}
        members = {group: self.inside(group) for group in self.groups}
        for rows, block in self.blocks():
            owner = np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))
            for group, inside in members.items():
                mine = inside[rows]
                if mine.any():
                    chosen = slice(None) if mine.all() else mine[owner]
                    sums[group].add(block.indices[chosen], block.data[chosen])
        return sums

    def of(self, group: str) -> sparse.csr_array:
        """Give the rows of one group.

        Raises
        ------
        MeasureError
            When there is no such group; the message names the nearest one.
        """
        return self.matrix[np.flatnonzero(self.inside(group))]

    def inside(self, group: str) -> npt.NDArray[np.bool_]:
        """Mark the articles of one group.

        Raises
        ------
        MeasureError
            When there is no such group.
        """
        if group not in self.groups:
            raise MeasureError(f"no articles in group {group!r}{nearest(group, self.groups)}")
        return (self.articles["group"] == group).to_numpy()

    def table(self) -> pl.DataFrame:
        """Give the counts as rows: ``article_id``, ``form``, ``n``; only what occurs."""
        rows = sparse.coo_array(self.matrix)
        return pl.DataFrame(
            {
                "article_id": self.articles["article_id"].gather(rows.coords[0]),
                "form": self.forms.gather(rows.coords[1]),
                "n": rows.data.astype(np.int64),
            }
        )


def gather(stream: Iterable[Counted], *, by: str | None, forms: Callable[[], pl.Series]) -> TermCounts:
    """Put counts together that arrive batch by batch.

    Parameters
    ----------
    stream : iterable of Counted
        Batches of articles with their counts.
    by : str or None
        Column of the batches that makes the groups; None for one group, "all".
    forms : callable
        Gives the forms that the columns stand for, when the stream has ended.

    Returns
    -------
    TermCounts

    Raises
    ------
    MeasureError
        When an article occurs twice.
    """
    shelf, described, parts = Shelf(), [], []
    for batch, counts in stream:
        names = pl.Series(["all"] * len(batch), dtype=pl.String) if by is None else group_names(batch[by])
        totals = np.asarray(counts.sum(axis=1)).astype(np.int64)
        described.append(
            pl.DataFrame({"article_id": batch["article_id"], "group": names, "n_tokens": totals})
        )
        parts.append((counts.indptr, shelf.keep(counts.indices.astype(np.int32)), shelf.keep(counts.data)))
        shelf.rest()
    if not described:
        empty = pl.DataFrame(schema={"article_id": pl.String, "group": pl.String, "n_tokens": pl.Int64})
        return TermCounts(
            empty, pl.Series("form", [], dtype=pl.String), sparse.csr_array((0, 0), dtype=np.int32)
        )
    return _assemble(pl.concat(described), forms(), parts, shelf)


def _assemble(
    described: pl.DataFrame, names: pl.Series, parts: list[tuple[Codes, Codes, Codes]], given: Shelf
) -> TermCounts:
    """Bring articles into the order of their ids and forms into that of the alphabet."""
    ids = described["article_id"]
    if ids.n_unique() < len(ids):
        twice = ids.filter(ids.is_duplicated()).sort()[0]
        raise MeasureError(f"article {twice!r} occurs twice in articles")
    row_order, form_order = ids.arg_sort().to_numpy(), names.arg_sort().to_numpy()
    column = np.empty(len(names), dtype=np.int32)
    column[form_order] = np.arange(len(names), dtype=np.int32)
    sizes = np.concatenate([np.diff(indptr) for indptr, _, _ in parts]).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(sizes[row_order])])
    first = np.empty(len(ids), dtype=np.int64)
    first[row_order] = ends[:-1]
    shelf = Shelf()
    indices, data = shelf.empty(int(ends[-1]), np.int32), shelf.empty(int(ends[-1]), np.int32)
    offset = 0
    parts.reverse()
    while parts:
        indptr, forms, n = parts.pop()
        counts = sparse.csr_array((n, column[forms], indptr), shape=(len(indptr) - 1, len(names)))
        counts.sort_indices()
        here = first[offset : offset + counts.shape[0]]
        place = np.repeat(here - indptr[:-1], np.diff(indptr)) + np.arange(len(forms))
        indices[place], data[place] = counts.indices, counts.data
        offset += counts.shape[0]
        shelf.rest()
        given.rest()
    small = ends.astype(np.int32) if ends[-1] < 2**31 else ends
    matrix = sparse.csr_array((data, indices, small), shape=(len(ids), len(names)))
    return TermCounts(described[row_order], names.gather(form_order).alias("form"), matrix, shelf)
