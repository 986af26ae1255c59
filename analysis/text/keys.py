"""Strings as numbers: spans of a run of bytes get 64-bit keys, and equal keys the same small number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

Codes = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

#: Bytes that must follow the last span, because strings are read eight bytes at a time.
PADDING = b"\n" * 8
_WORD = 8
# the bytes of a word that belong to a string of 0 to 8 bytes
_MASK = np.array([(1 << (8 * size)) - 1 for size in range(_WORD + 1)], dtype=np.uint64)
# odd constants of Steele, Lea and Flood (2014) and their kin, whose products spread every bit
_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_LENGTH = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_FEED = 10
_SLOTS = 15


@dataclass(frozen=True)
class Spans:
    """Stretches of a run of bytes.

    Attributes
    ----------
    text : bytes
        The run, with `PADDING` at its end.
    starts, ends : array of int
        Byte offsets.
    """

    text: bytes
    starts: Codes
    ends: Codes

    @classmethod
    def of(cls, strings: pl.Series) -> Spans:
        """Lay strings end to end."""
        text: bytes = strings.str.join("").cast(pl.Binary).item() if len(strings) else b""
        sizes = strings.str.len_bytes().to_numpy().astype(np.int64)
        ends = np.cumsum(sizes)
        return cls(text + PADDING, ends - sizes, ends)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, chosen: Codes | slice) -> Spans:
        return Spans(self.text, self.starts[chosen], self.ends[chosen])

    @property
    def data(self) -> npt.NDArray[np.uint8]:
        """The bytes as numbers."""
        return np.frombuffer(self.text, dtype=np.uint8)

    @cached_property
    def keys(self) -> Keys:
        """A number for each string, the same for equal strings.

        Two different strings of ten million share a key with a chance of 3 in a million.
        """
        length = self.ends - self.starts
        words = np.ndarray(len(self.text) - _WORD + 1, dtype="<u8", buffer=self.text, strides=(1,))
        key = words[self.starts] & _MASK[np.minimum(length, _WORD)]
        key ^= length.view(np.uint64) * _LENGTH
        key = _mixed(key)
        done, left = _WORD, np.flatnonzero(length > _WORD)
        while len(left):
            further = words[self.starts[left] + done] & _MASK[np.minimum(length[left] - done, _WORD)]
            key[left] = _mixed(key[left] ^ further)
            done += _WORD
            left = left[length[left] > done]
        return key

    def packed(self) -> Spans:
        """Copy the spans to a run of their own, with a line feed after each."""
        length = self.ends - self.starts
        starts = np.cumsum(length + 1) - length - 1
        place = np.repeat(self.starts - starts, length + 1) + np.arange(int(length.sum()) + len(length))
        data = self.data[place]
        data[starts + length] = _FEED
        return Spans(data.tobytes() + PADDING, starts, starts + length)

    def strings(self) -> pl.Series:
        """Give the strings."""
        if not len(self):
            return pl.Series([], dtype=pl.String)
        packed = self.packed()
        text = packed.text[: -len(PADDING) - 1]
        if text.count(b"\n") == len(self) - 1:
            return pl.Series([text.decode("utf-8")], dtype=pl.String).str.split("\n").explode()
        parts = zip(packed.starts.tolist(), packed.ends.tolist(), strict=True)
        return pl.Series([text[start:end].decode("utf-8") for start, end in parts], dtype=pl.String)

    @classmethod
    def joined(cls, parts: Sequence[Spans]) -> Spans:
        """Lay the texts of spans end to end."""
        before = np.cumsum([0, *(len(part.text) for part in parts)])
        starts = [part.starts + at for part, at in zip(parts, before, strict=False)]
        ends = [part.ends + at for part, at in zip(parts, before, strict=False)]
        text = b"".join(part.text for part in parts)
        none = [np.empty(0, dtype=np.int64)]
        return cls(text or PADDING, np.concatenate(starts or none), np.concatenate(ends or none))


def _mixed(key: Keys) -> Keys:
    for _ in range(2):
        # in place, because there are as many keys as words
        mixed = key >> _HALF
        mixed ^= key
        mixed *= _SPREAD
        key = mixed
    return key


class Numbers:
    """Small numbers for keys, from 0 without a hole: a hash table that is asked about many keys at a time.

    The table holds numbers, and the keys lie in the order of their numbers: frequent ones, met early, side by side.
    """

    def __init__(self) -> None:
        self.known = 0
        self._keys: Keys = np.empty(0, dtype=np.uint64)
        self._make(_SLOTS)

    def of(self, keys: Keys) -> tuple[Codes, Codes]:
        """Give keys their numbers.

        Returns
        -------
        tuple of arrays
            The numbers, and where the keys not met before stand, in the order of their new numbers.
        """
        slot = self._home(keys)
        code = self._table[slot].astype(np.int64)
        # in a free slot there is no key to compare, and its number says so
        missed = np.flatnonzero((code < 0) | (self._keys[code] != keys))
        fresh = [missed[:0]]
        slot = slot[missed]
        while len(missed):
            if 2 * self.known > len(self._table):
                self._make(len(self._table).bit_length() + 1)
                slot = self._home(keys[missed])
            won = self._taken(slot, missed)
            self._table[slot[won]] = new = np.arange(self.known, self.known + len(won))
            self._keys[new] = keys[missed[won]]
            self.known += len(won)
            fresh.append(missed[won])
            found = self._table[slot]
            same = self._keys[found] == keys[missed]
            code[missed[same]] = found[same]
            missed, slot = missed[~same], (slot[~same] + 1) & (len(self._table) - 1)
        return code, np.concatenate(fresh)

    def _home(self, keys: Keys) -> Codes:
        """Give the slots where keys are looked for first."""
        return (keys >> self._shift).view(np.int64)

    def _taken(self, slot: Codes, numbers: Codes) -> Codes:
        """Write numbers into slots that are free, and say which of them lie there: of several for a slot, one does."""
        free = np.flatnonzero(self._table[slot] < 0)
        self._table[slot[free]] = numbers[free]
        written: Codes = free[self._table[slot[free]] == numbers[free]]
        return written

    def _make(self, bits: int) -> None:
        self._shift = np.uint64(64 - bits)
        self._table: npt.NDArray[np.int32] = np.full(1 << bits, -1, dtype=np.int32)
        known, self._keys = self._keys[: self.known], np.empty(1 << bits, dtype=np.uint64)
        self._keys[: self.known] = known
        numbers, slot = np.arange(self.known), self._home(known)
        while len(numbers):
            left = np.ones(len(numbers), dtype=bool)
            left[self._taken(slot, numbers)] = False
            numbers, slot = numbers[left], (slot[left] + 1) & (len(self._table) - 1)
