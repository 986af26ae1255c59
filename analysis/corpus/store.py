"""The annotation store: articles and layers as Parquet, content-addressed, on any fsspec path.

::

    STORE/
      store.json                 which shards make up the corpus, and from what they were made
      articles/<key>/…           articles, lines, dates of some articles, as read and cleaned
      parses/<key>/…             sentences and tokens of the same articles
      layers/<key>/…             what the subjects found in them
      corpus/<key>/…             what only the whole corpus can tell: names, aliases, resolved places, copies

A key is the hash of everything the files under it depend on. So a shard is never rewritten, a killed run leaves
the finished shards behind for the next one, and a run that changes nothing writes nothing. ``store.json`` is
written last; until then a reader sees the corpus as it was before.
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import polars as pl

from analysis.corpus.locating import STORE
from analysis.errors import StoreError

LAYOUT = 1
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "articles": ("articles", "lines", "dates"),
    "parses": ("sentences", "tokens"),
    "layers": (
        "mentions",
        "statements",
        "actions",
        "places",
        "labels",
        "harms",
        "tone",
        "quantities",
        "contamination",
    ),
    "corpus": ("set_aside", "names", "aliases", "settled_places", "duplicates"),
}


def digest(*parts: object) -> str:
    """Hash parts of text or JSON-able values into 20 hexadecimal digits.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1), digest("a", 1) == digest("a", 2)
    (True, False)
    """
    sha = hashlib.sha256()
    for part in parts:
        sha.update(
            json.dumps(part, sort_keys=True, default=str, ensure_ascii=False).encode(errors="surrogatepass")
        )
        sha.update(b"\x1f")
    return sha.hexdigest()[:20]


def to_bytes(frame: pl.DataFrame) -> bytes:
    """Write a frame as Parquet bytes; equal frames give equal bytes."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", compression_level=3, statistics=False)
    return buffer.getvalue()


def from_bytes(data: bytes) -> pl.DataFrame:
    """Read a frame back from `to_bytes`."""
    return pl.read_parquet(io.BytesIO(data))


def family_of(table: str) -> str:
    """Name the family of shards that a table lies in."""
    for family, tables in FAMILIES.items():
        if table in tables:
            return family
    raise StoreError(f"no family of the store holds a table {table!r}")


@dataclass(frozen=True)
class Store:
    """A store at a place; see the module's own words for what lies in it."""

    url: str
    fs: Any
    root: str

    @classmethod
    def at(cls, url: str) -> Store:
        """Name the store at a path or fsspec URL; nothing is created yet."""
        fs, root = fsspec.core.url_to_fs(str(url))
        return cls(str(url), fs, root.rstrip("/"))

    @property
    def local(self) -> bool:
        """Whether the store lies on this machine's file system."""
        protocols = self.fs.protocol if isinstance(self.fs.protocol, tuple) else (self.fs.protocol,)
        return "file" in protocols or "local" in protocols

    def _path(self, *parts: str) -> str:
        return posixpath.join(self.root, *parts)

    # -- the index ------------------------------------------------------------------------------------------

    def index(self) -> dict[str, Any] | None:
        """Read ``store.json``, or return None where there is no store yet.

        Raises
        ------
        StoreError
            When it is unreadable or of another layout.
        """
        path = self._path(STORE)
        if not self.fs.exists(path):
            return None
        try:
            index: dict[str, Any] = json.loads(self.fs.cat_file(path))
        except ValueError as error:
            raise StoreError(
                f"{self.url}/store.json is not readable ({error}); delete the folder and read again"
            ) from error
        if index.get("layout") != LAYOUT:
            raise StoreError(
                f"the store {self.url} has layout {index.get('layout')}, this version of the kit writes layout {LAYOUT}; "
                "delete the folder and read again (the articles themselves are not in it)"
            )
        return index

    def write_index(self, index: Mapping[str, Any]) -> None:
        """Write ``store.json`` so that a reader sees either the old one or the new one."""
        text = json.dumps({"layout": LAYOUT, **index}, indent=1, sort_keys=True, ensure_ascii=False)
        self._write(self._path(STORE), (text + "\n").encode())

    def _write(self, path: str, data: bytes) -> None:
        """Write beside the target and rename, which a file system does in one step."""
        self.fs.makedirs(posixpath.dirname(path), exist_ok=True)
        beside = f"{path}.part"
        self.fs.pipe_file(beside, data)
        self.fs.mv(beside, path)

    # -- shards ---------------------------------------------------------------------------------------------

    def has(self, family: str, key: str) -> bool:
        """Whether a shard is there and complete."""
        return bool(self.fs.exists(self._path(family, key, "shard.json")))

    def write(
        self, family: str, key: str, files: Mapping[str, bytes], note: Mapping[str, Any] | None = None
    ) -> None:
        """Write a shard; its ``shard.json`` last, which makes it complete."""
        for table in sorted(files):
            self._write(self._path(family, key, f"{table}.parquet"), files[table])
        body = json.dumps(note or {}, indent=1, sort_keys=True, ensure_ascii=False)
        self._write(self._path(family, key, "shard.json"), (body + "\n").encode())

    def note(self, family: str, key: str) -> dict[str, Any]:
        """Read what was noted beside a shard when it was written."""
        note: dict[str, Any] = json.loads(self.fs.cat_file(self._path(family, key, "shard.json")))
        return note

    def read(self, table: str, key: str) -> pl.DataFrame:
        """Read one table of one shard."""
        path = self._path(family_of(table), key, f"{table}.parquet")
        try:
            return from_bytes(self.fs.cat_file(path))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise StoreError(
                f"{path} is missing or damaged ({error}); delete the folder {self.url} and run `analysis read` again (the articles are not in it)"
            ) from error

    def scan(self, table: str, keys: Iterable[str]) -> pl.LazyFrame:
        """Scan a table over many shards without holding them; on a remote store they are read one by one.

        Raises
        ------
        StoreError
            When a shard lacks the table.
        """
        names = list(keys)
        if self.local:
            paths = [self._path(family_of(table), key, f"{table}.parquet") for key in names]
            if not all(Path(path).is_file() for path in paths):
                raise StoreError(
                    f"the store {self.url} has no whole table {table!r}: it was made by an earlier version of the kit, or files "
                    "were deleted; delete the folder and run `analysis read` on the articles again (they are not in it)"
                )
            return pl.scan_parquet(paths, glob=False)
        return pl.concat([self.read(table, key).lazy() for key in names])

    def prune(self, keep: Mapping[str, Iterable[str]]) -> int:
        """Delete the shards that no index names any more; return how many."""
        gone = 0
        for family in FAMILIES:
            folder, wanted = self._path(family), set(keep.get(family, ()))
            if not self.fs.exists(folder):
                continue
            for path in sorted(self.fs.ls(folder, detail=False)):
                if posixpath.basename(path.rstrip("/")) not in wanted:
                    self.fs.rm(path, recursive=True)
                    gone += 1
        return gone

    @contextmanager
    def writing(self, *, patience: float = 0.0, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Hold the store's lock: one writer at a time.

        Parameters
        ----------
        patience : float
            Seconds to wait for another process that writes.
        waiting : callable, optional
            Called when there is one.

        Raises
        ------
        StoreError
            When another process is writing still. Remote stores have no lock: see docs/scaling.md.
        """
        if not self.local:
            yield
            return
        from filelock import FileLock, Timeout

        self.fs.makedirs(self.root, exist_ok=True)
        lock = FileLock(self._path(".lock"))
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                waiting()
                lock.acquire(timeout=patience)
        except Timeout:
            raise StoreError(
                f"another process is writing to the store {self.url}; wait for it to end, or give this run a store of its own"
            ) from None
        try:
            yield
        finally:
            lock.release()
