"""Which column of a table holds what, by the names that news data sets use."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from analysis.errors import ReadingError, nearest

FIELDS = ("text", "headline", "outlet", "date", "url", "byline", "kind")
_MISSING = frozenset({"", "nan", "nat", "none", "null", "n/a", "na", "-", "[]", "<na>"})


@cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """List the column names known for each field, the preferred one first.

    Returns
    -------
    mapping of str to tuple of str
    """
    source = files("analysis").joinpath("data/reading/columns.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in source.splitlines() if not line.startswith("#"))
    names: dict[str, list[str]] = {field: [] for field in FIELDS}
    for row in rows:
        names[row["field"]].append(row["name"])
    return {field: tuple(listed) for field, listed in names.items()}


def columns_of(header: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Tell by their names which columns may hold which field of an article, best first.

    Examples
    --------
    >>> columns_of(["Newspaper", "pub_date"])["outlet"]
    ('Newspaper',)
    """
    by_name: dict[str, str] = {}
    for column in header:
        by_name.setdefault(re.sub(r"[^a-z0-9]", "", str(column).lower()), column)
    return {
        field: tuple(by_name[name] for name in names if name in by_name)
        for field, names in known_names().items()
    }


def match_columns(
    header: Sequence[str], *, where: str, chosen: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Match the header of a table to the fields of an article.

    Parameters
    ----------
    header : sequence of str
        The column names as they stand in the file.
    where : str
        The file, for the message.
    chosen : mapping of str to str, optional
        Column names that the user gave for fields; they come first.

    Returns
    -------
    dict of str to tuple of str
        For each field the columns that may hold it, best first; a row takes the first that is filled.

    Raises
    ------
    ReadingError
        When no column can hold the text, or a chosen column does not exist.

    Examples
    --------
    >>> match_columns(["Title", "story_text", "media_name"], where="a.csv")["text"]
    ('story_text',)
    """
    matched = columns_of(header)
    for field, column in (chosen or {}).items():
        if field not in FIELDS:
            raise ReadingError(f"columns: there is no field {field!r}{nearest(field, FIELDS)}")
        if column not in header:
            raise ReadingError(f"{where}: there is no column {column!r} for {field}{nearest(column, header)}")
        matched[field] = (column,)
    if not matched["text"]:
        listed = ", ".join(repr(str(column)) for column in header) or "none"
        raise ReadingError(
            f"{where}: no column can be told to hold the article text. Columns found: {listed}. "
            "Rename the one with the text to 'text'"
        )
    return matched


def value_of(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """Take the first filled value of a row as a stripped string; empty where there is none.

    Examples
    --------
    >>> value_of({"text": None, "body": " A town. "}, ["text", "body"])
    'A town.'
    """
    for column in columns:
        value = row.get(column)
        if isinstance(value, (list, tuple)):
            value = ", ".join(str(part) for part in value if part)
        elif isinstance(value, Mapping):
            value = next((value[key] for key in ("name", "title", "value") if value.get(key)), None)
        if value is None:
            continue
        text = str(value).strip()
        if text.lower() not in _MISSING:
            return text
    return ""
