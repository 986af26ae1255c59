"""Arrays that a large corpus would make too large for memory: kept in a temporary file, read a piece at a time."""

from __future__ import annotations

import mmap
import tempfile
from typing import Any

import numpy as np
import numpy.typing as npt

#: Bytes that a shelf holds in memory; what is more goes to files.
IN_MEMORY = 16_000_000
# bytes of a file, which takes room on the disk only where it is written
_FILE = 1 << 26
_PAGE = mmap.PAGESIZE


class Shelf:
    """Makes arrays in memory as long as they are small, and in temporary files when they are not.

    Parameters
    ----------
    room : int, optional
        Bytes that may lie in memory; by default `IN_MEMORY`.
    """

    def __init__(self, room: int | None = None) -> None:
        self._room = IN_MEMORY if room is None else room
        self._maps: list[mmap.mmap] = []
        self._free = 0

    def empty(self, shape: int | tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """Give an array to be filled."""
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if size <= max(self._room, 0):
            self._room -= size
            return np.empty(shape, dtype=dtype)
        if size > self._free:
            self._free = max(size, _FILE)
            # the file has no name and goes with the arrays
            with tempfile.TemporaryFile() as file:
                file.truncate(self._free)
                self._maps.append(mmap.mmap(file.fileno(), self._free))
        held = self._maps[-1]
        begin = len(held) - self._free
        self._free = max(self._free - -(-size // _PAGE) * _PAGE, 0)
        return np.frombuffer(memoryview(held)[begin : begin + size], dtype=dtype).reshape(shape)

    def keep(self, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Put an array on the shelf."""
        kept = self.empty(array.shape, array.dtype)
        kept[...] = array
        return kept

    def rest(self) -> None:
        """Let what was read from files go from memory; it is read anew when it is needed."""
        for held in self._maps:
            held.madvise(mmap.MADV_DONTNEED)
