"""What a reader is given and what it gives: a file, and the articles found in it before any cleaning."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple


class Found(NamedTuple):
    """A value and how it is known."""

    value: str
    how: str


@dataclass(frozen=True)
class File:
    """One file of the corpus, opened only when it is read.

    Parameters
    ----------
    path : str
        Where it lies, relative to the corpus, with forward slashes.
    open : callable
        Gives a binary handle at the beginning of the file, unpacked if it was gzipped.
    size : int
        Bytes as stored.
    """

    path: str
    open: Callable[[], IO[bytes]]
    size: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Options:
    """What the user decided about reading.

    Parameters
    ----------
    max_characters : int
        Longer texts are set aside.
    columns : mapping of str to str
        The table column to take for a field, such as ``{"text": "Volltext"}``.
    """

    max_characters: int = 5_000_000
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def max_bytes(self) -> int:
        """Bytes beyond which no encoding can bring a text below the limit of characters."""
        return self.max_characters * 4 + 4


@dataclass(frozen=True)
class Source:
    r"""One article as it stands in its file: decoded and repaired, not yet cleaned.

    Parameters
    ----------
    path, row : str, int or None
        Where it came from; the row counts from 1 and is None where a file is one article.
    sha256 : str
        Of the file's bytes, or of the row as canonical JSON.
    text : str
        The text with line ends as ``"\n"``.
    fields : mapping of str to Found
        What the file says about it, under ``outlet headline byline date url kind``.
    notes : tuple of str
        Repairs made while reading.
    """

    path: str
    row: int | None
    sha256: str
    text: str
    fields: Mapping[str, Found]
    notes: tuple[str, ...] = ()

    @property
    def article_id(self) -> str:
        """The first 16 hexadecimal digits of the hash."""
        return self.sha256[:16]

    @property
    def where(self) -> str:
        """The file, and the row if there is one, in words."""
        return self.path if self.row is None else f"{self.path}, row {self.row}"


@dataclass(frozen=True)
class SetAside:
    """An input that does not become an article, and why."""

    path: str
    row: int | None
    reason: str
    detail: str


Read = Callable[[File, Options], Iterator[Source | SetAside]]


def digest(data: bytes) -> str:
    """Return the sha256 of bytes as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def row_digest(row: Mapping[str, Any]) -> str:
    """Return the sha256 of a table row: its non-empty values as JSON with sorted keys.

    Examples
    --------
    >>> row_digest({"a": 1, "b": None}) == row_digest({"b": "", "a": 1})
    True
    """
    kept = {key: value for key, value in row.items() if value is not None and value != ""}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return digest(text.encode("utf-8", errors="replace"))
