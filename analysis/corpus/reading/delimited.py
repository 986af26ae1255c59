"""Comma, tab and semicolon separated tables: one article a row, read as a stream."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.corpus.encoding import encoding_of, looks_binary
from analysis.corpus.reading.model import File, Options, SetAside, Source
from analysis.corpus.reading.rows import Row, articles_of

SUFFIXES = (".csv", ".tsv", ".tab")

_HEAD = 1_000_000


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read a delimited table whose first line names the columns.

    Parameters
    ----------
    file : File
        The table.
    options : Options
        Limits, and the columns the user chose.

    Yields
    ------
    Source or SetAside
    """
    with file.open() as handle:
        head = handle.read(_HEAD)
    if not head.strip():
        yield SetAside(file.path, None, "empty", "the file has no rows")
        return
    if kind := looks_binary(head):
        yield SetAside(file.path, None, "binary", f"the file is {kind}, not a table of text")
        return
    with table_of(file) as (header, table):
        yield from articles_of(_rows(table, header, file.path), header, file=file, options=options)


@contextmanager
def table_of(file: File) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """Open a delimited table: its header, and its rows as lists of cells.

    Parameters
    ----------
    file : File
        The table.

    Yields
    ------
    tuple of list of str and iterator of list of str
    """
    with file.open() as handle:
        head = handle.read(_HEAD)
    encoding = _encoding(file, head)
    # the module's own limit of 128 KB a field is shorter than a long article
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with (
        file.open() as handle,
        io.TextIOWrapper(handle, encoding=encoding, errors="replace", newline="") as text,
    ):
        # a stray NUL would end the row for the parser
        lines = (line.replace("\x00", "") for line in text)
        first = next(lines, "").removeprefix("\ufeff")
        dialect = _delimiter(first, file.name)
        header = [name.strip() for name in next(csv.reader([first], delimiter=dialect))]
        table = csv.reader(lines, delimiter=dialect)
        yield header, table


def _encoding(file: File, head: bytes) -> str:
    """Tell the encoding from the beginning, and make sure that UTF-8 holds to the end."""
    encoding = encoding_of(head)
    if encoding != "utf-8":
        return "cp1252" if encoding == "mixed" else encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open() as handle:
            while part := handle.read(_HEAD):
                decoder.decode(part)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252" if head.isascii() else "utf-8"
    return "utf-8"


def _delimiter(header: str, name: str) -> str:
    if name.lower().removesuffix(".gz").endswith((".tsv", ".tab")):
        return "\t"
    return max(",;\t|", key=lambda mark: (header.count(mark), mark == ","))


def _rows(table: Iterator[list[str]], header: list[str], path: str) -> Iterator[Row | SetAside]:
    number = 0
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield SetAside(path, number, "unreadable", f"the row is not well formed: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            detail = (
                f"{len(cells)} cells under {len(header)} columns; put text with commas in quotation marks"
            )
            yield SetAside(path, number, "unreadable", detail)
        else:
            yield dict(zip(header, cells, strict=False))
