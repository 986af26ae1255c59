"""The word lists of this room, read from ``analysis/data/actors`` once and checked while reading."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from analysis.errors import AnalysisError


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Read a word list: lines of tab-separated fields, a header line, comments behind ``#``.

    Parameters
    ----------
    name : str
        File name without ``.tsv``.

    Returns
    -------
    tuple of dict
        One dict a line, keyed by the header.

    Raises
    ------
    AnalysisError
        When a line has more fields than the header.
    """
    text = files("analysis").joinpath("data", "actors", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) > len(header):
            raise AnalysisError(
                f"analysis/data/actors/{name}.tsv: {line!r} has more fields than the header {header}"
            )
        rows.append(dict(zip(header, [*fields, *[""] * (len(header) - len(fields))], strict=True)))
    return tuple(rows)


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """Read a word list as a dict from one column to another.

    Examples
    --------
    >>> mapping("group_nouns", "noun", "class")["troop"]
    'military'
    """
    return {row[key]: row[value] for row in table(name)}


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """Read one column of a word list as a set."""
    return frozenset(row[column] for row in table(name))


@cache
def groups(name: str) -> dict[str, tuple[int, ...]]:
    """Read lines of equivalent words: each word with the numbers of the lines it stands in.

    Examples
    --------
    >>> bool(set(groups("given_names")["vladimir"]) & set(groups("given_names")["volodymyr"]))
    True
    """
    out: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(table(name)):
        for word in row["names"].split():
            out[word] = (*out.get(word, ()), number)
    return out
