"""Counts of forms by article: the document-term table that frequencies, keyness and dispersion start from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text.batches import group_names

Codes = npt.NDArray[np.int64]
#: Articles of a batch, the row of each token in it, and the token.
Found = tuple[pl.DataFrame, Codes, pl.Series]


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
        Occurrences: articles in rows, forms in columns.
    """

    articles: pl.DataFrame
    forms: pl.Series
    matrix: sparse.csr_array

    @property
    def groups(self) -> list[str]:
        """The groups, by name."""
        return sorted(self.articles["group"].unique().to_list())

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


def gather(
    stream: Iterable[Found], *, by: str | None, form_of: Callable[[pl.Series], pl.Series] | None = None
) -> TermCounts:
    """Count tokens that arrive batch by batch.

    Parameters
    ----------
    stream : iterable of Found
        Batches of articles, each with the row and the string of its tokens.
    by : str or None
        Column of the batches that makes the groups; None for one group, "all".
    form_of : callable, optional
        Brings strings to the form that is counted; it is called once, with the distinct ones.

    Returns
    -------
    TermCounts

    Raises
    ------
    MeasureError
        When an article occurs twice.
    """
    category = pl.Categorical(pl.Categories.random())
    anchor = pl.Series([""], dtype=category)  # polars forgets a mapping that no series holds
    described, cells, offset, known = [], [], 0, len(anchor)
    for batch, row, found in stream:
        names = pl.Series(["all"] * len(batch), dtype=pl.String) if by is None else group_names(batch[by])
        code = found.cast(category).to_physical().to_numpy().astype(np.int64)
        known = max(known, int(code.max()) + 1 if len(code) else 0)
        key, n = np.unique((row << 32) | code, return_counts=True)
        totals = np.bincount(row, minlength=len(batch))
        described.append(
            pl.DataFrame({"article_id": batch["article_id"], "group": names, "n_tokens": totals})
        )
        cells.append(((key >> 32) + offset, (key & 0xFFFFFFFF) - len(anchor), n.astype(np.int32)))
        offset += len(batch)
    if not described:
        empty = pl.DataFrame(schema={"article_id": pl.String, "group": pl.String, "n_tokens": pl.Int64})
        return TermCounts(
            empty, pl.Series("form", [], dtype=pl.String), sparse.csr_array((0, 0), dtype=np.int32)
        )
    surfaces = pl.Series(range(len(anchor), known), dtype=pl.UInt32).cat.to(category).cast(pl.String)
    forms = surfaces if form_of is None else form_of(surfaces)
    return _assemble(pl.concat(described), forms, cells)


def _assemble(
    described: pl.DataFrame, forms: pl.Series, cells: list[tuple[Codes, Codes, Codes]]
) -> TermCounts:
    ids = described["article_id"]
    if ids.n_unique() < len(ids):
        twice = ids.filter(ids.is_duplicated()).sort()[0]
        raise MeasureError(f"article {twice!r} occurs twice in articles")
    row_order = ids.arg_sort().to_numpy()
    new_row = np.empty(len(ids), dtype=np.int32)
    new_row[row_order] = np.arange(len(ids), dtype=np.int32)
    names = forms.unique().sort()
    code_of = dict(zip(names.to_list(), range(len(names)), strict=True))
    new_code = (
        forms.replace_strict(code_of, return_dtype=pl.Int32).to_numpy()
        if len(forms)
        else np.empty(0, np.int32)
    )
    rows = new_row[np.concatenate([row for row, _, _ in cells])]
    columns = new_code[np.concatenate([code for _, code, _ in cells])]
    values = np.concatenate([n for _, _, n in cells])
    matrix = sparse.csr_array(sparse.coo_array((values, (rows, columns)), shape=(len(ids), len(names))))
    matrix.sum_duplicates()
    return TermCounts(described[row_order], names.alias("form"), matrix)
