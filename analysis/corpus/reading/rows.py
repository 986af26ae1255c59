"""From the row of any table to an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from analysis.corpus.encoding import plain_markup, repair
from analysis.corpus.reading.columns import columns_of, match_columns, value_of
from analysis.corpus.reading.model import File, Found, Options, SetAside, Source, row_digest

Row = Mapping[str, Any]
# rows that tell which column holds the text where its name does not, and characters that make an article of a cell
_LOOK = 50
_ARTICLE = 400


def articles_of(
    rows: Iterable[Row | SetAside], header: list[str], *, file: File, options: Options
) -> Iterator[Source | SetAside]:
    """Turn rows into articles, one by one, holding none.

    Parameters
    ----------
    rows : iterable of mappings
        The rows in their order; a reader may put a `SetAside` in the place of a row it could not read.
    header : list of str
        All columns of the table.
    file, options : File, Options
        Where the rows come from, and the limits.

    Yields
    ------
    Source or SetAside

    Raises
    ------
    ReadingError
        When no column holds text.
    """
    rows = iter(rows)
    first = list(islice(rows, _LOOK))
    chosen = {**_longest(first, header), **options.columns}
    columns = match_columns(header, where=file.path, chosen=chosen)
    for number, row in enumerate(chain(first, rows), start=1):
        yield row if isinstance(row, SetAside) else _article(row, columns, number, file.path, options)


def _longest(rows: Iterable[Row | SetAside], header: list[str]) -> dict[str, str]:
    """Take the column that alone holds texts as long as articles, where no name of a column tells."""
    if columns_of(header)["text"]:
        return {}
    lengths = {
        column: sorted(len(value_of(row, [column])) for row in rows if not isinstance(row, SetAside))
        for column in header
    }
    middle = {column: found[len(found) // 2] for column, found in lengths.items() if found}
    long = [column for column, length in middle.items() if length >= _ARTICLE]
    return {"text": long[0]} if len(long) == 1 else {}


def _article(
    row: Row, columns: Mapping[str, tuple[str, ...]], number: int, path: str, options: Options
) -> Source | SetAside:
    raw = value_of(row, columns["text"])
    if len(raw) > options.max_characters:
        return SetAside(
            path, number, "too large", f"{len(raw):,} characters in one row; split it into articles"
        )
    text, notes = repair(raw)
    text, markup = plain_markup(text)
    fields = {}
    for field, names in columns.items():
        if field == "text":
            continue
        column = next((name for name in names if value_of(row, [name])), "")
        if column:
            value = repair(value_of(row, [column]))[0].replace("\n", " ").strip()
            fields[field] = Found(value, f"column {column}")
    return Source(path, number, row_digest(row), text, fields, (*notes, *markup))
