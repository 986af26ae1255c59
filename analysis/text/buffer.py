"""The bodies of a batch as one run of bytes, so that thousands of hits are placed and cut in one step."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

Places = npt.NDArray[np.int64]


class Buffer:
    """Bodies joined by line feeds; places are byte offsets into the whole.

    Parameters
    ----------
    bodies : polars.Series of text
        One an article.
    """

    def __init__(self, bodies: pl.Series) -> None:
        sizes = bodies.str.len_bytes().fill_null(0).to_numpy().astype(np.int64)
        joined = "\n".join(bodies.fill_null("").to_list())
        self.text = joined.encode("utf-8", "surrogatepass")
        self.data = np.frombuffer(self.text, dtype=np.uint8)
        self.starts = (
            np.concatenate([[0], np.cumsum(sizes + 1)[:-1]]).astype(np.int64) if len(sizes) else sizes
        )
        self.ends = self.starts + sizes

    def rows(self, places: Places) -> Places:
        """Give the article that each place lies in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    @cached_property
    def _characters(self) -> Places | None:
        """Number of characters before each byte; None where every character is one byte."""
        lead = (self.data & 0xC0) != 0x80
        if lead.all():
            return None
        return np.concatenate([[0], np.cumsum(lead, dtype=np.int64)])

    @cached_property
    def _leads(self) -> Places:
        return np.flatnonzero((self.data & 0xC0) != 0x80)

    def offsets(self, rows: Places, places: Places) -> Places:
        """Turn places into Python string offsets within their article."""
        if self._characters is None:
            return places - self.starts[rows]
        return self._characters[places] - self._characters[self.starts[rows]]

    def places(self, rows: Places, offsets: Places) -> Places:
        """Turn Python string offsets within articles into places."""
        if self._characters is None:
            return self.starts[rows] + offsets
        leads = np.append(self._leads, len(self.data))
        return np.asarray(leads[self._characters[self.starts[rows]] + offsets])

    @cached_property
    def chunk_starts(self) -> Places:
        """Where the stretches without white space begin."""
        dark = self.data > 32
        return (
            np.flatnonzero(dark & ~np.concatenate([[False], dark[:-1]]))
            if len(dark)
            else np.empty(0, np.int64)
        )

    @cached_property
    def chunk_ends(self) -> Places:
        """Where they end."""
        dark = self.data > 32
        return (
            np.flatnonzero(dark & ~np.concatenate([dark[1:], [False]])) + 1
            if len(dark)
            else np.empty(0, np.int64)
        )

    def chunks(self, places: Places) -> Places:
        """Give the number of the stretch that each place lies in."""
        return np.searchsorted(self.chunk_starts, places, side="right") - 1

    def window(self, rows: Places, starts: Places, ends: Places, size: int) -> tuple[Places, Places]:
        """Widen spans by a number of stretches on either side, inside their article."""
        if not len(starts):
            return starts, ends
        first = np.maximum(self.chunks(starts) - size, np.searchsorted(self.chunk_starts, self.starts[rows]))
        last_of_row = np.searchsorted(self.chunk_starts, self.ends[rows]) - 1
        last = np.minimum(self.chunks(np.maximum(ends - 1, starts)) + size, last_of_row)
        left = np.minimum(self.chunk_starts[first], starts)
        return left, np.maximum(self.chunk_ends[np.maximum(last, 0)], ends)

    def cut(self, starts: Places, ends: Places) -> list[str]:
        """Give the text of spans."""
        text = self.text
        return [
            text[start:end].decode("utf-8", "surrogatepass")
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        ]
