"""Where a sentence comes from, in words: the day of its article, its file and row."""

from __future__ import annotations

from typing import Any

import pandas as pd

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_of(article: Any) -> str:
    """Return the day of publication, or an empty text where it is unknown."""
    value = article.get("published")
    return "" if value is None or pd.isna(value) else str(value)[:10]


def when(article: Any) -> str:
    """Return the day of publication in words, no more precise than it is known.

    Examples
    --------
    >>> when({"published": "2023-03-04"}), when({"published": "2023-03-01", "published_precision": "month"})
    ('4 March 2023', 'March 2023')
    """
    day = day_of(article)
    if not day or article.get("published_precision") == "unknown":
        return ""
    year, month, number = day.split("-")
    words = f"{_MONTHS[int(month) - 1]} {year}"
    precision = article.get("published_precision")
    if precision == "range":
        return f"{int(number)} {words} or later"
    return words if precision == "month" else f"{int(number)} {words}"


def file_of(article: Any) -> str:
    """Return the file an article stands in, with its row where the file is a table."""
    path = article.get("path")
    row = article.get("row")
    if path is None or pd.isna(path):
        return ""
    return str(path) if row is None or pd.isna(row) else f"{path}, row {int(row)}"
