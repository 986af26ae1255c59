"""Frames that show themselves as sortable, searchable tables, a page at a time."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.explore.markup import number, part, styled
from analysis.figures.escape import embedded, escaped, visible

PAGE = 15
#: Rows that are put into the notebook. More would make its file large; all are in the frame.
EMBEDDED = 5000
_LONGEST = 600  # characters of a cell
_LONG = 60  # characters from which a column gets more room
_KWIC = ("left", "node", "right")
_SENTENCE = ("before", "span", "after")


class Rows(pd.DataFrame):
    """A frame that shows itself as a table to sort, search and page through; in all else a pandas frame.

    Columns ``before``, ``span`` and ``after`` are shown as one sentence with its span marked; ``left``, ``node`` and
    ``right`` as lines of a concordance.

    Examples
    --------
    >>> rows = Rows({"outlet": ["Harbour Gazette"], "articles": [12]})
    >>> type(rows[rows["articles"] > 3]).__name__
    'Rows'
    """

    @property
    def _constructor(self) -> type[Rows]:
        return Rows

    def _repr_html_(self) -> str:
        return table_html(self)


def table_html(frame: pd.DataFrame, *, caption: str = "", page: int = PAGE, limit: int = EMBEDDED) -> str:
    """Return a frame as a table for a notebook: sortable, searchable, a page at a time, without outside requests.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame; a named index becomes columns.
    caption : str, optional
        What the table shows.
    page : int, optional
        Rows of a page.
    limit : int, optional
        Rows put into the notebook; the table says when there are more.

    Returns
    -------
    str
        Markup. Where scripts do not run, the first page is a plain table.
    """
    flat = frame.reset_index() if any(frame.index.names) else frame
    head = flat.iloc[:limit]
    heads, kinds, cells = columns_of(head)
    rows = [list(row) for row in zip(*cells, strict=True)] if cells else []
    first = "".join(_row(row, kinds) for row in rows[:page])
    names = "".join(
        f'<th scope="col" class="{kind}">{escaped(name)}</th>'
        for name, kind in zip(heads, kinds, strict=True)
    )
    size = f"{number(len(flat))} rows"
    if len(flat) > limit:
        size += f"; the first {number(limit)} are shown, all are in the frame"
    data = embedded({"rows": rows, "kinds": kinds, "page": page})
    title = f"<caption>{escaped(caption)}</caption>" if caption else ""
    return styled(
        f'<div class="px-bar" hidden><input type="search" aria-label="Search the table" placeholder="search the table">'
        '<button type="button" data-step="-1">Previous</button><button type="button" data-step="1">Next</button>'
        f'<span role="status"></span></div><div class="px-scroll" tabindex="0" role="region" aria-label="'
        f'{escaped(caption or "Table")}"><table>{title}<thead><tr>{names}</tr></thead><tbody>{first}</tbody></table></div>'
        f'<p class="px-note">{escaped(size)}</p><script type="application/json">{data}</script>'
        f"<script>{part('table.js')}</script>",
        kind="px-table",
    )


def plain_html(frame: pd.DataFrame, *, caption: str = "") -> str:
    """Return all rows of a frame as a plain table: for the page of a panel."""
    heads, kinds, cells = columns_of(frame)
    rows = [list(row) for row in zip(*cells, strict=True)] if cells else []
    names = "".join(
        f'<th scope="col" class="{kind}">{escaped(name)}</th>'
        for name, kind in zip(heads, kinds, strict=True)
    )
    title = f"<caption>{escaped(caption)}</caption>" if caption else ""
    return (
        f'<div class="px-scroll" tabindex="0" role="region" aria-label="{escaped(caption or "Table")}"><table>{title}'
        f"<thead><tr>{names}</tr></thead><tbody>{''.join(_row(row, kinds) for row in rows)}</tbody></table></div>"
    )


def columns_of(frame: pd.DataFrame) -> tuple[list[str], list[str], list[list[Any]]]:
    """Bring a frame to what a table shows: headings, kinds of columns, cells column by column.

    Examples
    --------
    >>> columns_of(pd.DataFrame({"before": ["The "], "span": ["bridge"], "after": [" fell."], "n": [2]}))
    (['sentence', 'n'], ['sentence', 'n'], [[['The ', 'bridge', ' fell.']], [2]])
    """
    heads: list[str] = []
    kinds: list[str] = []
    cells: list[list[Any]] = []
    names = [str(name) for name in frame.columns]
    sentence = set(_SENTENCE) <= set(names)
    kwic = set(_KWIC) <= set(names)
    for i, name in enumerate(names):
        column = frame.iloc[:, i]
        if sentence and name in _SENTENCE:
            if name == "span":
                parts = [frame[key].fillna("").astype(str) for key in _SENTENCE]
                heads.append("sentence")
                kinds.append("sentence")
                cells.append(
                    [
                        [visible(a[-300:]), visible(b), visible(c[:300])]
                        for a, b, c in zip(*parts, strict=True)
                    ]
                )
            continue
        heads.append(name)
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        shown: list[Any] = [_number(value) if numeric else _text(value) for value in column]
        long = not numeric and max((len(text) for text in shown[:200]), default=0) > _LONG
        plain = "long" if long else "t"
        kinds.append("n" if numeric else f"kwic-{name}" if kwic and name in _KWIC else plain)
        cells.append(shown)
    return heads, kinds, cells


def _number(value: Any) -> float | int | None:
    if pd.isna(value):
        return None
    plain = float(value)
    if not math.isfinite(plain):
        return None
    return int(plain) if plain.is_integer() and abs(plain) < 2**53 else round(plain, 6)


def _text(value: Any) -> str:
    if value is None or (
        not isinstance(value, list | tuple | dict) and pd.api.types.is_scalar(value) and pd.isna(value)
    ):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d") if value == value.normalize() else str(value)
    text = visible(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _row(row: list[Any], kinds: list[str]) -> str:
    shown = []
    for cell, kind in zip(row, kinds, strict=True):
        if kind == "sentence":
            inner = f"{escaped(cell[0])}<mark>{escaped(cell[1])}</mark>{escaped(cell[2])}"
        elif kind == "n":
            inner = "" if cell is None else f"{cell:.4g}" if isinstance(cell, float) else str(cell)
        else:
            inner = escaped(cell)
        shown.append(f'<td class="{kind}">{inner}</td>')
    return f"<tr>{''.join(shown)}</tr>"
