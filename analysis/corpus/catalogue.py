"""A table that lists the files beside it, such as the ``metadata.csv`` of a collection: who published each, and when.

It is told by what it holds, not by its name: no column of text, and a column whose values are names of files that lie
there. What it says is taken as a data set's columns are, so ``sources.csv`` overrules it.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from analysis.corpus.dating.values import day_first, read_date
from analysis.corpus.reading import delimited, workbook
from analysis.corpus.reading.columns import FIELDS, columns_of, value_of
from analysis.corpus.reading.model import File
from analysis.corpus.sources import SourceRow
from analysis.errors import ReadingError

# so many of the values of a column must be files that lie there, or of the files so many must be named in it
_SHARE = 0.5


def catalogues(files: Sequence[File]) -> tuple[tuple[File, ...], tuple[SourceRow, ...]]:
    r"""Tell the tables that list other files from the files that hold articles.

    Parameters
    ----------
    files : sequence of File
        All files of a corpus.

    Returns
    -------
    tuple of tuple of File and tuple of SourceRow
        The files that hold articles, and what the tables say about them.

    Examples
    --------
    >>> import io
    >>> table = b"filename,newspaper,pub_date\na.txt,The Harbour Post,14/03/2023\n"
    >>> story = File("a.txt", lambda: io.BytesIO(b"A bridge fell."), 14)
    >>> listing = File("metadata.csv", lambda: io.BytesIO(table), len(table))
    >>> left, said = catalogues([story, listing])
    >>> [file.path for file in left], said[0].values
    (['a.txt'], {'outlet': 'The Harbour Post', 'date': '2023-03-14'})
    """
    tables = [file for file in files if _plain(file).endswith((*delimited.SUFFIXES, *workbook.SUFFIXES))]
    if len(tables) == len(files):
        return tuple(files), ()
    listed = {file.path: rows for file in tables if (rows := _listed(file, files))}
    return (
        tuple(file for file in files if file.path not in listed),
        tuple(row for rows in listed.values() for row in rows),
    )


def _listed(table: File, files: Sequence[File]) -> list[SourceRow]:
    """Read what a table says about files; nothing where it does not list any."""
    folder = table.path.rpartition("/")[0]
    below = [
        file.path
        for file in files
        if file is not table and file.path.startswith(f"{folder}/" if folder else "")
    ]
    try:
        reader = workbook.sheet_of if _plain(table).endswith(workbook.SUFFIXES) else delimited.table_of
        with reader(table) as (header, cells):
            columns = columns_of(header)
            if columns["text"]:
                return []
            rows = [dict(zip(header, row, strict=False)) for row in cells]
    except (ReadingError, OSError, EOFError, ValueError, KeyError, csv.Error, zipfile.BadZipFile):
        return []  # whatever is wrong with it is said when it is read as a table of articles
    names = _names(path.removeprefix(f"{folder}/") for path in below)
    best = max(header, key=lambda column: sum(_file(row, column) in names for row in rows), default="")
    filled = [row for row in rows if _file(row, best)]
    found = {names[_file(row, best)] for row in filled if _file(row, best) in names}
    if len(found) <= _SHARE * min(len(filled), len(below)):
        return []
    order = day_first(value_of(row, columns["date"]) for row in filled)
    return [
        SourceRow(
            f"{table.path}, row {number}",
            folder,
            names.get(_file(row, best), _file(row, best)),
            "",
            None,
            _values(row, columns, order),
            how=f"column of {table.path}",
        )
        for number, row in enumerate(filled, start=1)
    ]


def _plain(file: File) -> str:
    return file.name.lower().removesuffix(".gz")


def _names(paths: Iterable[str]) -> dict[str, str]:
    """Map every way to write a file, with its folder or without, with its ending or without, to its path."""
    ways: dict[str, str] = {}
    for path in paths:
        name = path.rsplit("/", 1)[-1]
        for way in (path, name, path.rpartition(".")[0], name.rpartition(".")[0]):
            ways.setdefault(way, path)
    ways.pop("", None)
    return ways


def _file(row: Mapping[str, str], column: str) -> str:
    return (row.get(column) or "").strip().replace("\\", "/").removeprefix("./")


def _values(
    row: Mapping[str, str], columns: Mapping[str, Sequence[str]], order: bool | None
) -> dict[str, str]:
    found = {field: value_of(row, columns[field]) for field in FIELDS if field != "text"}
    if day := read_date(found["date"], order=order):
        found["date"] = str(day.start) if day.start == day.end else f"{day.start}/{day.end}"
    return {field: value for field, value in found.items() if value}
