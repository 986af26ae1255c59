"""What a declared table is: its columns, their types, and whether its rows are spans."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "bool": pl.Boolean(),
    "date": pl.Date(),
    "texts": pl.List(pl.String()),
    "ints": pl.List(pl.Int64()),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, type, and meaning in a line."""

    name: str
    type: str
    note: str


@dataclass(frozen=True)
class Table:
    """One table: its name, meaning, columns and whether its rows are spans of a body."""

    name: str
    note: str
    columns: tuple[Column, ...]
    layer: bool = False

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """The columns as a polars schema."""
        return {column.name: TYPES[column.type] for column in self.columns}


def declared(name: str, note: str, rows: str, *, layer: bool = False) -> Table:
    """Read a table from lines of ``name  type  meaning``; a layer begins with article, start and end."""
    lines = [line.split(None, 2) for line in rows.strip().splitlines()]
    columns = [Column(*line) for line in lines]
    if layer:
        columns = [
            Column("article_id", "text", "the article the span lies in"),
            Column("start", "int", "first character in the body"),
            Column("end", "int", "character after the last"),
            *columns,
        ]
    return Table(name, note, tuple(columns), layer)
