"""A table for a page: semantic, accessible, escaped; shares with their size and interval; cells that open."""

from __future__ import annotations

import dataclasses
import hashlib
import numbers
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures import page
from analysis.figures.escape import escaped, slug, visible
from analysis.figures.evidence import Evidence
from analysis.figures.palette import named

THIN = "\u202f"
_ESTIMATES = ("group", "item", "k", "n", "share")
_LONG = 40
"""Characters from which a cell is a sentence and its column needs room."""
_CAP = 12
"""Sentences a cell opens on the page; all of them are in evidence.csv."""


@dataclasses.dataclass(frozen=True)
class Table:
    """A frame, or a set of estimates, as a table.

    Estimates (columns ``group item k n share low high enough``) become a matrix of items by groups: in each cell the
    share, its ``k of n`` and its interval. Any other frame is shown as it is, its first column naming the rows.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show.
    caption : str
        What the table says.
    evidence : Evidence, optional
        The rows counted; with an ``item`` column, each cell opens its own sentences in a report.
    colours : mapping of str to str, optional
        From `outlet_colours`: marks before the names of outlets.
    limit : int
        Rows shown; the CSV holds all.
    name : str, optional
        Name of the CSV file; by default made from the caption.
    heads : mapping of str to str, optional
        Column headings in words.
    percent : tuple of str
        Columns of a plain frame that hold shares from 0 to 1.
    note : str
        Small print under the table.
    folded : bool
        Whether a page shows the caption only, which opens the table: for numbers that few readers look for.

    Examples
    --------
    >>> Table(pd.DataFrame({"outlet": ["Harbour Gazette"], "articles": [12]}), caption="What was read")
    Table: What was read
             outlet  articles
    Harbour Gazette        12
    """

    frame: pd.DataFrame
    caption: str = dataclasses.field(kw_only=True)
    evidence: Evidence | None = dataclasses.field(kw_only=True, default=None)
    colours: Mapping[str, str] | None = dataclasses.field(kw_only=True, default=None)
    limit: int = dataclasses.field(kw_only=True, default=12)
    name: str | None = dataclasses.field(kw_only=True, default=None)
    heads: Mapping[str, str] = dataclasses.field(kw_only=True, default_factory=dict)
    percent: tuple[str, ...] = dataclasses.field(kw_only=True, default=())
    note: str = dataclasses.field(kw_only=True, default="")
    folded: bool = dataclasses.field(kw_only=True, default=False)

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise MeasureError("a table needs a caption that says what it shows")

    def __repr__(self) -> str:
        return visible(f"Table: {self.caption}\n{self.frame.head(self.limit).to_string(index=False)}")

    @property
    def is_estimates(self) -> bool:
        """Whether the frame holds estimates, shown as a matrix."""
        return set(_ESTIMATES) <= set(self.frame.columns)

    @property
    def file(self) -> str:
        """Name of the CSV, without suffix."""
        return slug(self.name or self.caption, limit=48)

    @property
    def rows(self) -> int:
        """How many rows stand on the page."""
        counted = self.frame["item"].nunique() if self.is_estimates else len(self.frame)
        return min(counted, self.limit)

    def opening(self, evidence: Evidence | None) -> Table:
        """Return the same table whose cells open the sentences of the evidence, where it has none yet."""
        if self.evidence is not None or evidence is None or evidence.item is None:
            return self
        return dataclasses.replace(self, evidence=evidence, colours=self.colours or evidence.colours)

    def keep(self) -> None:
        """Leave the numbers for the report's ``tables`` folder when a report is being made."""
        page.keep_table(self.file, self.frame)

    def html(self) -> str:
        """Return the table as markup, without the page's style; one without rows is a line of words."""
        if self.frame.empty:
            return f'<p class="note">{escaped(self.caption)}: none.</p>'
        head, rows, total = self._matrix() if self.is_estimates else self._plain()
        more = ""
        if total > self.limit:
            left = total - self.limit
            rest = f"{left:,} more {'row is' if left == 1 else 'rows are'} in"
            more = f"{rest} tables/{self.file}.csv." if page.folder() else f"{rest} its frame."
        notes = " ".join(text for text in (self.note, more) if text)
        foot = f'<p class="note">{escaped(notes)}</p>' if notes else ""
        table = (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{escaped(self.caption)}"><table>'
            f"<caption>{escaped(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(rows)}</tbody></table></div>{foot}"
        )
        if not self.folded:
            return table
        size = f"{total:,} rows"
        summary = f'<summary>{escaped(self.caption)} <span class="size">· {size}</span></summary>'
        return f'<details class="numbers">{summary}{table}</details>'

    def sentences(self) -> dict[str, Any]:
        """Return the sentences behind each cell, for the report page to open."""
        evidence = self.evidence
        if evidence is None or evidence.item is None or not self.is_estimates or page.folder() is None:
            return {}
        cells: dict[str, Any] = {}
        items = _ordered(self.frame["item"])[: self.limit]
        shown = self.frame[self.frame["item"].astype(str).isin(items)]
        for row in shown.to_dict("records"):
            spans = evidence.cell(row["item"], row["group"])
            if len(spans):
                cells[self._cell_id(row["item"], row["group"])] = {
                    "title": visible(f"{row['item']}: {row['group']}"),
                    "size": f"{_share(row['share'])}, {_size(row)}",
                    "total": len(spans),
                    "quotes": evidence.quotes(spans, _CAP),
                }
        return {"cells": cells}

    def _cell_id(self, item: object, group: object) -> str:
        key = f"{self.file}\x00{item}\x00{group}".encode()
        return "c" + hashlib.blake2s(key, digest_size=6).hexdigest()

    def _named(self, value: object) -> str:
        """Return a name, with its mark where it is an outlet's."""
        colours = self.colours or {}
        return named(str(value), colours) if str(value) in colours else escaped(value)

    def _matrix(self) -> tuple[str, list[str], int]:
        items, groups = _ordered(self.frame["item"]), _ordered(self.frame["group"])
        by_cell = {(str(row["item"]), str(row["group"])): row for row in self.frame.to_dict("records")}
        corner = escaped(self.heads.get("item", "")) or '<span class="unseen">What is counted</span>'
        head = f'<th scope="col">{corner}</th>'
        head += "".join(f'<th scope="col">{self._named(group)}{self._few(group)}</th>' for group in groups)
        rows = []
        for item in items[: self.limit]:
            cells = "".join(self._cell(by_cell.get((item, group)), item, group) for group in groups)
            rows.append(f'<tr><th scope="row">{self._named(item)}</th>{cells}</tr>')
        return head, rows, len(items)

    def _few(self, group: str) -> str:
        """Say in its heading that a group has too few articles."""
        rows = self.frame[self.frame["group"].astype(str) == group]
        few = "enough" in rows and len(rows) > 0 and not rows["enough"].any()
        why = "no outlet, not compared" if group == "unknown" else "too few to compare"
        return f'<small class="between">{why}</small>' if few else ""

    def _cell(self, row: Mapping[Any, Any] | None, item: str, group: str) -> str:
        if row is None or not row["n"]:
            return '<td class="none">no cases</td>'
        few = "enough" in row and not row["enough"]
        evidence = self.evidence
        opens = (
            page.folder() is not None
            and evidence is not None
            and evidence.item is not None
            and len(evidence.cell(item, group)) > 0
        )
        mark = f' data-cell="{self._cell_id(item, group)}"' if opens else ""
        size = f'<small class="size"{mark}>{_size(row)}</small>'
        between = ""
        if "low" in row and pd.notna(row["low"]):
            between = (
                f'<small class="between">{_number(100 * row["low"])}–{_number(100 * row["high"])}</small>'
            )
        return f"<td{' class=few' if few else ''}>{escaped(_share(row['share']))} {size}{between}</td>"

    def _plain(self) -> tuple[str, list[str], int]:
        frame = self.frame
        right = {name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])}
        right -= {name for name in frame.columns if pd.api.types.is_bool_dtype(frame[name])}
        digits = {name: _digits(frame[name].head(self.limit)) for name in right}
        head = "".join(
            f'<th scope="col"{_side(name in right)}>{self._named(self.heads.get(str(name), _words(name))) or "–"}</th>'
            for name in frame.columns
        )
        rows = []
        # a column of sentences must not be squeezed to a word a line
        long = {
            name
            for name in frame.columns
            if name not in right and frame[name].head(self.limit).astype(str).str.len().max() > _LONG
        }
        for values in frame.head(self.limit).itertuples(index=False, name=None):
            cells = []
            for i, (name, value) in enumerate(zip(frame.columns, values, strict=True)):
                text = (
                    escaped(_share(value)) if name in self.percent else self._value(value, digits.get(name))
                )
                if i == 0:  # a row needs a head that can be read out
                    cells.append(
                        f'<th scope="row"{_side(name in right, long=name in long)}>{text or "–"}</th>'
                    )
                else:
                    cells.append(f"<td{_side(name in right, long=name in long)}>{text}</td>")
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return head, rows, len(frame)

    def _value(self, value: object, digits: int | None) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
            return ""
        if isinstance(value, numbers.Real):
            return _number(float(value), digits=2 if digits is None else digits, exact=digits is not None)
        if isinstance(value, pd.Timestamp):
            return escaped(str(value)[:10])
        return self._named(value)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        self.keep()
        return page.bundle(self.html(), repr(self), self.sentences())


def _ordered(values: pd.Series[Any]) -> list[str]:
    return list(dict.fromkeys(values.astype(str)))


def _words(name: object) -> str:
    return str(name).replace("_", " ")


def _side(right: bool, *, long: bool = False) -> str:
    names = [name for name, holds in (("words", not right), ("long", long)) if holds]
    return f' class="{" ".join(names)}"' if names else ""


def _digits(values: pd.Series[Any]) -> int:
    """Choose the decimals of a column, so that its numbers stand under each other and none pretends to be exact."""
    known = pd.to_numeric(values, errors="coerce").dropna().abs()
    if known.empty or bool((known % 1 == 0).all()):
        return 0
    most = float(known.max())
    return 0 if most >= 1000 else 1 if most >= 10 else 2


def _number(value: float, *, digits: int = 0, exact: bool = False) -> str:
    r"""Return a number as a page writes it: thousands set off, no trailing zeros.

    Examples
    --------
    >>> _number(12345.0), _number(0.256, digits=2), _number(3.0, digits=2)
    ('12,345', '0.26', '3')
    """
    text = f"{value:,.{digits}f}"
    if "." in text and not exact:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _share(value: Any) -> str:
    r"""Return a share in percent; what is counted but rounds to nothing says so.

    Examples
    --------
    >>> _share(0.456), _share(0.001), _share(0.0)
    ('46\u202f%', '<1\u202f%', '0\u202f%')
    """
    if pd.isna(value):
        return "–"
    if 0 < value < 0.005:
        return f"<1{THIN}%"
    return f"{100 * value:.0f}{THIN}%"


def _size(row: Mapping[Any, Any]) -> str:
    return f"{_number(float(row['k']))} of {_number(float(row['n']))}"
