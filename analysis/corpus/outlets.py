"""Outlets written in more than one way: ``outlets.csv`` makes them one, and a note says which look like one."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analysis.corpus.encoding import encoding_of
from analysis.corpus.reading.model import File, Found
from analysis.errors import CodebookError

NAME = "outlets.csv"
# words that many outlets carry in their name and that data sets leave out
_COMMON = frozenset(
    [
        "the",
        "news",
        "online",
        "web",
        "channel",
        "tv",
        "website",
        "digital",
        "newspaper",
        "com",
        "org",
        "net",
        "www",
    ]
)


def read_outlets(files: Sequence[File]) -> dict[str, str]:
    """Read every ``outlets.csv``: columns ``spelling, outlet``.

    Parameters
    ----------
    files : sequence of File
        The files called ``outlets.csv``.

    Returns
    -------
    dict of str to str
        The name of the outlet for each spelling, in lower case.

    Raises
    ------
    CodebookError
        When a column is missing, a cell is empty, or one spelling stands for two outlets.
    """
    names: dict[str, str] = {}
    for file in files:
        with file.open() as handle:
            data = handle.read()
        encoding = encoding_of(data)
        text = data.decode("utf-8" if encoding == "mixed" else encoding, errors="replace").removeprefix(
            "\ufeff"
        )
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        rows = csv.DictReader(io.StringIO("\n".join(lines)), skipinitialspace=True)
        if not {"spelling", "outlet"} <= {name.strip() for name in rows.fieldnames or ()}:
            raise CodebookError(f"{file.path}: needs the columns 'spelling' and 'outlet' in its first line")
        for number, row in enumerate(rows, start=1):
            spelling, outlet = ((row[column] or "").strip() for column in ("spelling", "outlet"))
            if not spelling or not outlet:
                raise CodebookError(f"{file.path}, row {number}: spelling and outlet must both be filled in")
            if names.setdefault(spelling.lower(), outlet) != outlet:
                raise CodebookError(
                    f"{file.path}, row {number}: {spelling!r} stands for {names[spelling.lower()]!r} already; "
                    "leave one of the two rows"
                )
    # the name chosen holds for its own spellings in capitals, too
    return {**{outlet.lower(): outlet for outlet in sorted(set(names.values()))}, **names}


def named(outlet: Found, names: Mapping[str, str]) -> Found:
    """Give an outlet the name that ``outlets.csv`` has for its spelling.

    Examples
    --------
    >>> named(Found("HARBOUR POST", "column source"), {"harbour post": "The Harbour Post"})
    Found(value='The Harbour Post', how='column source: HARBOUR POST; outlets.csv')
    """
    name = names.get(outlet.value.lower(), outlet.value)
    return outlet if name == outlet.value else Found(name, f"{outlet.how}: {outlet.value}; {NAME}")


def alike(outlets: Iterable[str]) -> list[list[str]]:
    """Group names that may be one outlet: they differ in capitals, signs, or words that many outlets carry.

    Examples
    --------
    >>> alike(["The Harbour Post", "HARBOUR POST", "harbourpost.com", "Tarsk Today"])
    [['HARBOUR POST', 'The Harbour Post', 'harbourpost.com']]
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for outlet in sorted(set(outlets) - {"", "unknown"}):
        words = re.findall(r"[^\W_]+", outlet.lower())
        groups["".join(word for word in words if word not in _COMMON) or outlet.lower()].append(outlet)
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def note_on(outlets: Iterable[str]) -> tuple[str, ...]:
    """Say which names may be one outlet, and how to make them one.

    Examples
    --------
    >>> note_on(["Harbour Post", "Tarsk Today"])
    ()
    """
    groups = alike(outlets)
    if not groups:
        return ()
    listed = "; ".join(" = ".join(group) for group in groups[:6]) + ("; …" if len(groups) > 6 else "")
    return (
        f"these may be one outlet under several names: {listed}; each is counted apart unless an {NAME} beside "
        "the articles says otherwise (columns spelling, outlet)",
    )
