"""Excel workbooks: one article a row of the first sheet whose columns can be told."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from analysis.corpus.reading.columns import match_columns
from analysis.corpus.reading.model import File, Options, SetAside, Source
from analysis.corpus.reading.rows import Row, articles_of
from analysis.errors import ReadingError

SUFFIXES = (".xlsx", ".xlsm")


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read the first sheet with a column of text; the first row names the columns.

    Parameters
    ----------
    file : File
        The workbook.
    options : Options
        Limits, and the columns the user chose.

    Yields
    ------
    Source or SetAside
    """
    import openpyxl

    with file.open() as handle, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations, which hold no text
        try:
            book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            yield SetAside(file.path, None, "unreadable", f"not an Excel workbook: {error}")
            return
        try:
            problem: ReadingError | None = None
            for sheet in book.worksheets:
                cells = sheet.iter_rows(values_only=True)
                header = [_word(name) for name in next(cells, ())]
                try:
                    match_columns(header, where=file.path, chosen=options.columns)
                except ReadingError as error:
                    problem = problem or error
                    continue
                yield from articles_of(_rows(cells, header), header, file=file, options=options)
                return
            if problem:
                raise problem
        finally:
            book.close()


@contextmanager
def sheet_of(file: File) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """Open the first sheet of a workbook: its header, and its rows as lists of cells in words.

    Parameters
    ----------
    file : File
        The workbook.

    Yields
    ------
    tuple of list of str and iterator of list of str
    """
    import openpyxl

    with file.open() as handle, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(handle, read_only=True, data_only=True)
        try:
            rows = (
                [_word(value) for value in values]
                for values in book.worksheets[0].iter_rows(values_only=True)
            )
            yield next(rows, []), rows
        finally:
            book.close()


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _rows(cells: Iterator[tuple[Any, ...]], header: list[str]) -> Iterator[Row]:
    for values in cells:
        if any(value is not None and str(value).strip() for value in values):
            yield {name: value for name, value in zip(header, values, strict=False) if name}
