"""JSON lines (one article a line, read as a stream) and JSON files that hold a list of articles."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from analysis.corpus.encoding import encoding_of, looks_binary
from analysis.corpus.reading.model import File, Options, SetAside, Source
from analysis.corpus.reading.rows import Row, articles_of

SUFFIXES = (".jsonl", ".ndjson", ".json")

# rows looked at to learn which keys there are; later rows may still bring known ones
_PEEK = 200
_LISTS = ("articles", "data", "results", "items", "documents", "hits", "docs", "stories")


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read JSON lines, or the list of articles in a JSON file.

    Parameters
    ----------
    file : File
        The file.
    options : Options
        Limits, and the columns the user chose.

    Yields
    ------
    Source or SetAside
    """
    whole = file.name.lower().removesuffix(".gz").endswith(".json")
    rows = _listed(file) if whole else _lines(file)
    head = list(islice(rows, _PEEK))
    header = list(dict.fromkeys(key for row in head if isinstance(row, Mapping) for key in row))
    if not header:
        aside = [row for row in head if isinstance(row, SetAside)]
        yield from aside or [SetAside(file.path, None, "empty", "the file has no rows")]
        return
    yield from articles_of(chain(head, rows), header, file=file, options=options)


def _lines(file: File) -> Iterator[Row | SetAside]:
    number = 0
    with file.open() as handle:
        for line in handle:
            if not line.strip():
                continue
            number += 1
            try:
                row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8", errors="replace"))
            except (ValueError, RecursionError) as error:
                yield SetAside(file.path, number, "unreadable", f"the line is not JSON: {error}")
                continue
            yield _row(row, file.path, number)


def _listed(file: File) -> Iterator[Row | SetAside]:
    with file.open() as handle:
        data = handle.read()
    if kind := looks_binary(data):
        yield SetAside(file.path, None, "binary", f"the file is {kind}, not JSON")
        return
    encoding = encoding_of(data)
    encoding = {"mixed": "utf-8", "utf-8": "utf-8-sig"}.get(encoding, encoding)
    try:
        content = json.loads(data.decode(encoding, errors="replace"), strict=False)
    except (ValueError, RecursionError) as error:
        yield SetAside(file.path, None, "unreadable", f"the file is not JSON: {error}")
        return
    if isinstance(content, Mapping):
        lists = [content[key] for key in _LISTS if isinstance(content.get(key), list)]
        content = lists[0] if lists else [content]
    if not isinstance(content, list):
        yield SetAside(
            file.path, None, "unreadable", "the file holds neither an article nor a list of articles"
        )
        return
    for number, row in enumerate(content, start=1):
        yield _row(row, file.path, number)


def _row(row: Any, path: str, number: int) -> Row | SetAside:
    if isinstance(row, Mapping):
        nested = row.get("_source") or row.get("fields")
        return {**row, **nested} if isinstance(nested, Mapping) else row
    return SetAside(path, number, "unreadable", f"expected an object with fields, found {type(row).__name__}")
