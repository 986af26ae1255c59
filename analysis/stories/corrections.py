"""``stories.csv``: hand corrections of the linking, in a plain file beside the articles."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from analysis.errors import CodebookError, nearest

FILE = "stories.csv"


def read_corrections(corpus: str | Path, articles: pd.DataFrame) -> pd.DataFrame:
    """Read which articles belong together, as somebody has decided.

    Parameters
    ----------
    corpus : str or pathlib.Path
        The folder of the articles, or a file in it. Without a ``stories.csv`` there nothing is corrected.
    articles : pandas.DataFrame
        Articles with ``article_id``, ``path`` and, for tables, ``row``.

    Returns
    -------
    pandas.DataFrame
        ``article_id`` and ``story`` for `analysis.stories.link`: articles of one name are put together, articles of
        different names kept apart, all others linked as they fall.

    Raises
    ------
    CodebookError
        With file, line and field, when a column is missing or an article is not there.
    """
    place = Path(str(corpus))
    place = (place if place.is_dir() else place.parent) / FILE
    if not place.is_file():
        return pd.DataFrame({"article_id": [], "story": []})
    known = {}
    for article_id, path, row in articles.reindex(columns=["article_id", "path", "row"]).to_numpy().tolist():
        known[str(path)] = str(article_id)
        if row == row and row is not None:  # a missing row is not equal to itself
            known[f"{path}#{int(row)}"] = str(article_id)
    rows = []
    with place.open(encoding="utf-8-sig", newline="") as handle:
        kept = [(number, line) for number, line in enumerate(handle, 1) if not line.startswith("#")]
        lines = csv.DictReader(line for _, line in kept)
        for column in ("file", "story"):
            if column not in (lines.fieldnames or ()):
                raise CodebookError(f"{FILE} has no column {column!r}; it needs the columns file and story")
        for line in lines:
            number = kept[lines.line_num - 1][0]
            file, story = (line["file"] or "").strip(), (line["story"] or "").strip()
            if file not in known:
                raise CodebookError(
                    f"{FILE}, line {number}, field file: there is no article {file!r}{nearest(file, sorted(known)[:200])}; "
                    "name the file as in the articles table, a row of a table as export.csv#2"
                )
            if story:
                rows.append({"article_id": known[file], "story": story})
    return pd.DataFrame(rows, columns=["article_id", "story"])
