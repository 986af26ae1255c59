"""Counts of forms by article: the document-term table that frequencies, keyness and dispersion start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text.batches import group_names
from analysis.text.keys import Codes
from analysis.text.lexicon import Contents, Lexicon, Strings, changes
from analysis.text.shelf import Shelf

# articles read at a time: some 8 MB of counts
_BLOCK = 2000
# articles brought into order at a time, and cells
_ARTICLES, _STEP = 150, 1 << 20


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
        return (self.articles["group"] == self.known(group)).to_numpy()

    def known(self, group: str) -> str:
        """Refuse a group that there is not.

        Raises
        ------
        MeasureError
            When there is no such group.
        """
        if not group:
            raise MeasureError(f"a comparison takes two groups; here is {', '.join(self.groups) or 'none'}")
        if group not in self.groups:
            raise MeasureError(f"no articles in group {group!r}{nearest(group, self.groups)}")
        return group

    def table(self) -> pl.DataFrame:
        """Give the counts as rows: ``article_id``, ``form``, ``n``; only what occurs."""
        rows = sparse.coo_array(self.matrix.sorted_indices())
        return pl.DataFrame(
            {
                "article_id": self.articles["article_id"].gather(rows.coords[0]),
                "form": self.forms.gather(rows.coords[1]),
                "n": rows.data.astype(np.int64),
            }
        )


def gather(stream: Iterable[Strings], lexicon: Lexicon, *, by: str | None) -> TermCounts:
    """Count strings that arrive batch by batch.

    Parameters
    ----------
    stream : iterable of Strings
        Batches of articles with their strings.
    lexicon : Lexicon
        Says which forms a string holds.
    by : str or None
        Column of the batches that makes the groups; None for one group, "all".

    Returns
    -------
    TermCounts

    Raises
    ------
    MeasureError
        When an article occurs twice.
    """
    shelf, described = Shelf(), []
    parts: list[tuple[Codes, ...]] = []
    for strings in stream:
        batch = strings.articles
        names = pl.Series(["all"] * len(batch), dtype=pl.String) if by is None else group_names(batch[by])
        described.append(pl.DataFrame({"article_id": batch["article_id"], "group": names}))
        row, code, n = lexicon.cells(strings)
        parts.append(
            (
                np.bincount(row, minlength=len(batch)),
                shelf.keep(code.astype(np.int32)),
                # one byte or two, as a rule
                shelf.keep(n.astype(np.min_scalar_type(n.max(initial=0)))),
            )
        )
        shelf.rest()
        # let go of, before the next batch is read
        del strings, row, code, n
    if not described:
        empty = pl.DataFrame(schema={"article_id": pl.String, "group": pl.String, "n_tokens": pl.Int64})
        return TermCounts(
            empty, pl.Series("form", [], dtype=pl.String), sparse.csr_array((0, 0), dtype=np.int32)
        )
    return _assemble(pl.concat(described), lexicon, parts, shelf)


def _assemble(
    described: pl.DataFrame, lexicon: Lexicon, parts: list[tuple[Codes, ...]], shelf: Shelf
) -> TermCounts:
    """Bring cells to the order of article ids, and their forms to that of the alphabet."""
    ids = described["article_id"]
    if ids.n_unique() < len(ids):
        twice = ids.filter(ids.is_duplicated()).sort()[0]
        raise MeasureError(f"article {twice!r} occurs twice in articles")
    names, contents = lexicon.forms()
    order = ids.arg_sort().to_numpy().astype(np.int64)
    sizes = np.concatenate([size for size, _, _ in parts])
    first = np.cumsum(sizes) - sizes
    code, n = (_joined([part[at] for part in parts], shelf) for at in (1, 2))
    # two strings of an article may hold the same form, so there are at most as many cells as forms in strings
    kept, most = Shelf(), 0
    for start in range(0, len(code), _STEP):
        most += int(contents.sizes[code[start : start + _STEP]].sum())
        shelf.rest()
    data, indices = kept.empty(most, np.int32), kept.empty(most, np.int32)
    upto, n_tokens = np.zeros(len(ids) + 1, dtype=np.int64), np.zeros(len(ids), dtype=np.int64)
    for start in range(0, len(order), _ARTICLES):
        some = order[start : start + _ARTICLES]
        inside = np.cumsum(sizes[some])
        at = np.repeat(first[some] - inside + sizes[some], sizes[some]) + np.arange(inside[-1])
        row, column, times = _summed(
            *_cells(np.repeat(np.arange(len(some)), sizes[some]), code[at], n[at], contents)
        )
        begin, end = upto[start], upto[start] + len(row)
        data[begin:end], indices[begin:end] = times, column
        upto[start + 1 : start + len(some) + 1] = begin + np.cumsum(np.bincount(row, minlength=len(some)))
        n_tokens[start : start + len(some)] = np.bincount(row, weights=times, minlength=len(some))
        shelf.rest()
        kept.rest()
    matrix = sparse.csr_array((len(ids), len(names)), dtype=np.int32)
    # put in place one by one, because the constructor would read everything to check it
    matrix.data, matrix.indices = data[: upto[-1]], indices[: upto[-1]]
    # scipy wants one type for places and columns
    matrix.indptr = upto.astype(np.int32 if upto[-1] < 2**31 else np.int64)
    articles = described[order].with_columns(n_tokens=pl.Series(n_tokens, dtype=pl.Int64))
    return TermCounts(articles, names, matrix, kept)


def _cells(row: Codes, code: Codes, n: Codes, contents: Contents) -> tuple[Codes, Codes, Codes]:
    """Put forms in the place of strings."""
    column = contents.single[code]
    one, other = np.flatnonzero(column >= 0), np.flatnonzero(column < 0)
    owner, form = contents.of(code[other])
    other = other[owner]
    return (
        np.append(row[one], row[other]),
        np.append(column[one], form),
        np.append(n[one], n[other]).astype(np.int64),
    )


def _summed(row: Codes, column: Codes, n: Codes) -> tuple[Codes, Codes, Codes]:
    """Add up the cells of the same row and column, and put cells in order."""
    wide, deep = (int(part.max(initial=0)).bit_length() for part in (column, n))
    # the count travels in the lowest bits of the number that is sorted
    key = np.sort((((row << wide) | column) << deep) | n)
    cell, n = key >> deep, key & ((1 << deep) - 1)
    first = changes(cell)
    sums = np.add.reduceat(n, first) if len(n) else n
    return cell[first] >> wide, cell[first] & ((1 << wide) - 1), sums


def _joined(parts: list[Codes], shelf: Shelf) -> Codes:
    """Lay arrays end to end, letting go of each."""
    whole = shelf.empty(sum(len(part) for part in parts), np.result_type(*parts))
    end = 0
    parts.reverse()
    while parts:
        part = parts.pop()
        whole[end : end + len(part)] = part
        end += len(part)
        shelf.rest()
    return whole
