"""One Excel workbook of many tables, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.figures.escape import harmless, visible

#: What Excel can hold.
CELL, SHEET = 32_767, 1_048_575
_FIXED = (1980, 1, 1, 0, 0, 0)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path) -> Path:
    """Write tables as sheets of a workbook.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Sheets by name.
    path : pathlib.Path
        The file.

    Returns
    -------
    pathlib.Path
        The file. Text longer than a cell holds, and rows beyond a sheet, are cut; the sheet "notes" says where.
    """
    notes: list[dict[str, object]] = []
    sheets = {name[:31]: _fitted(name, table, notes) for name, table in tables.items()}
    held = io.BytesIO()
    with pd.ExcelWriter(held, engine="openpyxl") as writer:
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
        if notes:
            pd.DataFrame(notes).to_excel(writer, sheet_name="notes", index=False)
    _settled(held, path)
    return path


def _fitted(name: str, table: pd.DataFrame, notes: list[dict[str, object]]) -> pd.DataFrame:
    if len(table) > SHEET:
        notes.append({"sheet": name, "note": f"{len(table) - SHEET} rows did not fit; take CSV or Parquet"})
    fitted = table.head(SHEET).copy()
    for column in fitted.columns:
        if fitted[column].dtype not in ("object", "str"):
            continue
        text = fitted[column].map(lambda value: harmless(visible(value)) if isinstance(value, str) else value)
        long = text.map(lambda value: isinstance(value, str) and len(value) > CELL)
        if long.any():
            notes.append(
                {"sheet": name, "note": f"{int(long.sum())} cells of {column} were cut at {CELL} characters"}
            )
            text = text.map(lambda value: value[:CELL] if isinstance(value, str) else value)
        fitted[column] = text
    return fitted


def _settled(held: io.BytesIO, path: Path) -> None:
    """Write the archive again without the time of day, so that the same tables give the same file."""
    with zipfile.ZipFile(held) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            settled = zipfile.ZipInfo(entry.filename, date_time=_FIXED)
            settled.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(settled, data)
