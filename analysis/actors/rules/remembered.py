"""Features that are named by functions, and what a model makes of them, remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Names = tuple[str, ...]
Value = TypeVar("Value")
# a function that names features, and what it is to be asked: (function, argument, …)
Piece = tuple[Any, ...]
_MANY = 1 << 17


class Remembered(dict[Piece, Value]):
    """What is made of the names that a function gives; the same few words stand side by side all the time.

    Parameters
    ----------
    make : callable
        Takes names of features.

    Examples
    --------
    >>> counted = Remembered(len)
    >>> counted[lambda *words: tuple("before " + word for word in words), "the", "old"]
    2
    """

    def __init__(self, make: Callable[[Names], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: Piece) -> Value:
        """Make a value that was not asked for yet, and forget all others where they have become too many."""
        if len(self) >= _MANY:
            self.clear()
        value = self[piece] = self._make(piece[0](*piece[1:]))
        return value
