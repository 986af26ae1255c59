"""The bodies of a batch as one run of bytes, so that thousands of hits are placed and cut in one step."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.text.keys import PADDING

Places = npt.NDArray[np.int64]


class Buffer:
    """Bodies joined by line feeds; places are byte offsets into the whole.

    Parameters
    ----------
    bodies : polars.Series of text
        One an article.
    """

    def __init__(self, bodies: pl.Series) -> None:
        bodies = bodies.fill_null("")
        sizes = bodies.str.len_bytes().to_numpy().astype(np.int64)
        whole: bytes = bodies.str.join("\n").cast(pl.Binary).item() if len(bodies) else b""
        self.text = whole + PADDING
        self.data = np.frombuffer(self.text, dtype=np.uint8)
        self.starts = (
            np.concatenate([[0], np.cumsum(sizes + 1)[:-1]]).astype(np.int64) if len(sizes) else sizes
        )
        self.ends = self.starts + sizes

    def rows(self, places: Places) -> Places:
        """Give the article that each place lies in."""
        return np.searchsorted(self.starts, places, side="right") - 1

    @cached_property
    def _further(self) -> Places:
        """Bytes that are not the first of their character: few in English, so they are counted, not the characters."""
        return np.flatnonzero(self.data.view(np.int8) < -64)

    def characters(self, places: Places) -> Places:
        """Give the number of characters before places: their offsets in `string`."""
        return places - np.searchsorted(self._further, places)

    @cached_property
    def string(self) -> str:
        """The whole as a string."""
        return self.text.decode("utf-8", "surrogatepass")

    @property
    def stops(self) -> Places:
        """Where signs stand that can end a sentence: full stops, exclamation and question marks, dots, line breaks."""
        data = self.data
        found = (data == 46) | (data == 33) | (data == 63) | (data == 10)
        found[:-2] |= (data[:-2] == 0xE2) & (data[1:-1] == 0x80) & (data[2:] == 0xA6)
        return np.flatnonzero(found)

    def offsets(self, rows: Places, places: Places) -> Places:
        """Turn places into Python string offsets within their article."""
        return self.characters(places) - self.characters(self.starts)[rows]

    def places(self, rows: Places, offsets: Places) -> Places:
        """Turn Python string offsets within articles into places."""
        character = self.characters(self.starts)[rows] + offsets
        before = self._further - np.arange(len(self._further))
        return np.asarray(character + np.searchsorted(before, character, side="right"))

    @cached_property
    def _edges(self) -> Places:
        """Where stretches without white space begin and end, in turn."""
        dark = np.zeros(len(self.data) + 1, dtype=bool)
        # the blank, and from tab to carriage return
        np.logical_and(self.data != 32, (self.data - np.uint8(9)) > 4, out=dark[1:])
        # the padding is white, so the last stretch ends too
        return np.flatnonzero(dark[1:] != dark[:-1])

    @property
    def chunk_starts(self) -> Places:
        """Where the stretches without white space begin."""
        return self._edges[::2]

    @property
    def chunk_ends(self) -> Places:
        """Where they end."""
        return self._edges[1::2]

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
