"""Places by week: a row a place, a column a week or month that has articles, circles by mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import HUES, INK, LINE, PAPER, SOFT, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

WIDTH, ROW, HEAD, NAMES = 6.6, 0.3, 0.5, 1.5
"""Inches: the picture, a row, the heads of the columns, the names of the rows."""
LARGEST = 9.0  # radius in points
GAP = 0.7  # of a column, where periods without an article lie between two columns


def weeks(table: pd.DataFrame, *, colour: str = HUES[0]) -> Picture:
    """Draw how often each place is named in each period.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.places.timeline`; groups are added up, the table behind the picture keeps them apart.
    colour : str
        Of the circles.

    Returns
    -------
    matplotlib.figure.Figure
        Circle areas go with mentions, which stand in or beside them; a dotted line marks periods without an article
        left out between two columns.

    Raises
    ------
    MeasureError
        When there is nothing to draw.

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["Odesa"], "group": ["Harbour Gazette"], "period": [pd.Timestamp(2024, 8, 19)],
    ...     "n": [3], "n_articles": [2], "articles": [4]})
    >>> [text.get_text() for text in weeks(table).get_axes()[0].texts][-1]
    '3'
    """
    if table.empty:
        raise MeasureError("no place is named in an article with a date: there is nothing to draw")
    places = list(dict.fromkeys(table["place"]))
    starts = sorted(table["period"].unique())
    monthly = all(pd.Timestamp(start).day == 1 for start in starts) and len(starts) > 1
    columns, gaps = _columns(starts, 31 if monthly else 7)
    sums = table.groupby(["place", "period"], as_index=False)["n"].sum()
    most = float(sums["n"].max())
    with style():
        from matplotlib.figure import Figure

        high = HEAD + ROW * len(places)
        picture = Figure(figsize=(WIDTH, high))
        picture.set_layout_engine("none")
        axes: Any = picture.add_axes((NAMES / WIDTH, 0, 1 - NAMES / WIDTH, ROW * len(places) / high))
        axes.set(xlim=(-0.6, max(columns.values()) + 0.9), ylim=(len(places) - 0.5, -0.5))
        axes.set_axis_off()
        for row, place in enumerate(places):
            axes.axhline(row, color=LINE, linewidth=0.8, zorder=0)
            axes.text(-0.62, row, visible(str(place)), ha="right", va="center", fontsize=8.5, color=INK)
        for at in gaps:
            axes.axvline(at, color=SOFT, linewidth=0.8, linestyle=(0, (1, 3)), zorder=0)
        crowd = max(1, -(-len(starts) // 12))
        for number, start in enumerate(starts):
            if number % crowd == 0:
                axes.text(
                    columns[start],
                    -0.62,
                    _day(start, starts[number - crowd] if number else None, monthly=monthly),
                    ha="center",
                    va="bottom",
                    fontsize=7,
                    color=SOFT,
                )
        for place, start, n in sums.itertuples(index=False):
            radius = max(1.8, LARGEST * (n / most) ** 0.5)
            x, y = columns[start], places.index(place)
            axes.plot(
                [x],
                [y],
                marker="o",
                markersize=2 * radius,
                color=colour,
                markeredgecolor=PAPER,
                linestyle="none",
            )
            inside = radius > 5.5
            axes.annotate(
                str(n),
                (x, y),
                xytext=(0 if inside else radius + 2, 0),
                textcoords="offset points",
                ha="center" if inside else "left",
                va="center",
                fontsize=7,
                color=PAPER if inside else INK,
            )
    return picture


def _columns(starts: list[Any], days: int) -> tuple[dict[Any, float], list[float]]:
    """Give each period its place, and where periods without an article are left out."""
    columns: dict[Any, float] = {}
    gaps: list[float] = []
    at = 0.0
    for number, start in enumerate(starts):
        if number and (start - starts[number - 1]).days > days:
            gaps.append(at + GAP / 2 - 0.5)
            at += GAP
        columns[start] = at
        at += 1.0
    return columns, gaps


def _day(start: Any, before: Any, *, monthly: bool) -> str:
    """Write a day, and its year where that is another than the year of the label before."""
    year = before is None or before.year != start.year
    words = f"{start:%b}" if monthly else f"{start.day} {start:%b}"
    return f"{words}\n{start.year}" if year else f"{words}\n"
