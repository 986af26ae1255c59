"""The data dictionary: every table of the kit, its columns, types, units and meaning.

Offsets are Python string offsets into an article's ``body``, end exclusive: ``body[start:end]`` is the text of the
span. A table whose rows are spans is called a *layer*. `columns` gives the dictionary as a frame; `conform` brings
rows into the declared shape or says what does not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import polars as pl

from analysis.errors import AnalysisError, nearest
from analysis.schemas.articles import ARTICLES
from analysis.schemas.declaring import Column, Table
from analysis.schemas.stories import STORIES

__all__ = ["LAYERS", "TABLES", "Column", "Table", "columns", "conform", "table"]

_ALL = (*ARTICLES, *STORIES)

TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}
LAYERS: tuple[str, ...] = tuple(table.name for table in _ALL if table.layer)


def table(name: str) -> Table:
    """Return the declaration of a table.

    Raises
    ------
    AnalysisError
        When there is no such table; the message names the nearest one.
    """
    if name not in TABLES:
        raise AnalysisError(f"there is no table {name!r}{nearest(name, TABLES)}")
    return TABLES[name]


def columns(name: str) -> pd.DataFrame:
    """Show what each column of a table means.

    Parameters
    ----------
    name : str
        Name of the table, such as ``"places"``.

    Returns
    -------
    pandas.DataFrame
        One row a column: ``column``, ``type``, ``meaning``.

    Examples
    --------
    >>> columns("sentences").head(3)
           column  type                       meaning
    0  article_id  text  the article the span lies in
    1       start   int   first character in the body
    2         end   int      character after the last
    """
    declared = table(name).columns
    return pd.DataFrame(
        {
            "column": [column.name for column in declared],
            "type": [column.type for column in declared],
            "meaning": [column.note for column in declared],
        }
    )


def conform(rows: Iterable[Mapping[str, Any]] | pd.DataFrame | pl.DataFrame, name: str) -> pl.DataFrame:
    """Bring rows into the declared shape of a table: all its columns, in its order, of its types.

    Parameters
    ----------
    rows : iterable of mappings, pandas.DataFrame or polars.DataFrame
        The rows; a declared column that is absent becomes missing.
    name : str
        Name of the table.

    Returns
    -------
    polars.DataFrame

    Raises
    ------
    AnalysisError
        When a column is unknown to the table or a value does not fit its type.

    Examples
    --------
    >>> conform([{"article_id": "a", "start": 0, "end": 4, "sentence": 0}], "sentences").columns
    ['article_id', 'start', 'end', 'sentence', 'paragraph']
    """
    schema = table(name).schema
    try:
        if isinstance(rows, pl.DataFrame):
            frame = rows
        elif isinstance(rows, pd.DataFrame):
            frame = pl.from_pandas(rows)
        else:
            records = list(rows)
            unknown = sorted({key for record in records for key in record} - set(schema))
            if unknown:
                raise AnalysisError(
                    f"table {name!r} has no column {unknown[0]!r}{nearest(unknown[0], schema)}"
                )
            return pl.DataFrame(records, schema=schema)
        unknown = sorted(set(frame.columns) - set(schema))
        if unknown:
            raise AnalysisError(f"table {name!r} has no column {unknown[0]!r}{nearest(unknown[0], schema)}")
        absent = [pl.lit(None).alias(column) for column in schema if column not in frame.columns]
        return frame.with_columns(absent).select(pl.col(column).cast(kind) for column, kind in schema.items())
    except (pl.exceptions.PolarsError, TypeError) as error:
        raise AnalysisError(f"rows do not fit table {name!r}: {error}") from error
