"""Diverging bars: two opposite shares of each group, to the left and right of a middle line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.dots import prepared
from analysis.figures.escape import label
from analysis.figures.labels import beside_rows
from analysis.figures.palette import EDGE, INK, SOFT, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

_PALE, _DARK = 0.42, 0.75


def diverging(
    estimates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    left: str,
    right: str,
    middle: str = "",
    limit: int = 12,
) -> Picture:
    """Draw two opposite items of each group to the left and right of a middle line, numbers and intervals below.

    What lies between the two is not drawn: centred on the line it would push the ends apart, so that no two of them
    could be compared (Heiberger & Robbins, 2014, weigh both). Its share stands under the group's name.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share low high`` and, where present, ``enough``: bars of groups with too few articles are
        outlines.
    colours : mapping of str to str
        From `outlet_colours`; rows stand in its order, groups that are no outlets in the order of the frame.
    left, right : str
        The items on either side: ``left="distancing", right="endorsing"``. One of them may not occur.
    middle : str, optional
        The item between them, whose share is written under the name of the group.
    limit : int
        Groups drawn; the table shows the rest.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When there is no estimate of either item.

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["Harbour Gazette"] * 2, "item": ["claimed", "said"], "k": [4, 6],
    ...                       "n": [10, 10], "share": [0.4, 0.6], "low": [0.1, 0.3], "high": [0.7, 0.9]})
    >>> axes = diverging(frame, colours={}, left="claimed", right="said").get_axes()[0]
    >>> [text.get_text().replace("\u202f", " ") for text in axes.texts]
    ['40 % (4 of 10; 10–70)', '60 % (6 of 10; 30–90)', '← claimed', 'said →']
    """
    frame, items, groups = prepared(estimates, colours, limit=10_000)
    if left not in items and right not in items:
        raise MeasureError(f"there are no estimates of {left!r} or {right!r}; there are {', '.join(items)}")
    groups = groups[:limit]
    cells: dict[tuple[str, str], Mapping[Any, Any]] = {
        (row["group"], row["item"]): row
        for row in frame.to_dict("records")
        if row["n"] and pd.notna(row["share"])
    }
    drawn = [row for (group, item), row in cells.items() if item in (left, right) and group in groups]
    most = max(
        [100 * float(row[key]) for row in drawn for key in ("share", "high") if pd.notna(row[key])] + [5]
    )
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, 0.56 * len(groups) + 0.7))
        axes = picture.subplots()
        names = []
        for y, group in enumerate(groups):
            colour = colours.get(group, INK)
            for sign, item in ((-1, left), (1, right)):
                if (group, item) in cells:
                    _bar(axes, cells[group, item], y, sign, colour)
            between = cells.get((group, middle))
            names.append(
                label(group, width=24)
                + (
                    f"\n{100 * float(between['share']):.0f}\u202f% {label(middle, width=14, lines=1)}"
                    if between
                    else ""
                )
            )
        axes.axvline(0, color=EDGE, linewidth=1, zorder=1)
        for sign, item in ((-1, left), (1, right)):
            words = label(item, lines=1)
            axes.annotate(
                f"← {words}" if sign < 0 else f"{words} →",
                (0, -0.12),
                xytext=(4 * sign, 0),
                textcoords="offset points",
                ha="right" if sign < 0 else "left",
                va="bottom",
                color=INK,
                fontsize=8.5,
            )
        axes.set_xlim(-most * 1.05, most * 1.05)
        axes.set_ylim(len(groups), -0.45)
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}\u202f%")
        beside_rows(axes, [y + 0.35 for y in range(len(groups))], names)
    return picture


def _bar(axes: Axes, row: Mapping[Any, Any], y: int, sign: int, colour: str) -> None:
    """Draw one bar from the middle line outward, its interval on it and its numbers below it."""
    from matplotlib.patches import Rectangle

    few = not row.get("enough", True)
    share = 100 * float(row["share"])
    bar = Rectangle(
        (0, y + 0.08),
        sign * share,
        0.42,
        facecolor="none" if few else colour,
        edgecolor=colour,
        alpha=_DARK if sign > 0 else _PALE,
        linewidth=1 if few else 0,
        zorder=2,
    )
    axes.add_patch(bar)
    numbers = f"{share:.0f}\u202f% ({int(row['k'])} of {int(row['n'])}"
    if pd.notna(row["low"]):
        low, high = 100 * float(row["low"]), 100 * float(row["high"])
        axes.plot([sign * low, sign * high], [y + 0.29] * 2, color=INK, linewidth=1, zorder=3)
        numbers += f"; {low:.0f}–{high:.0f}"
    axes.annotate(
        f"{numbers})",
        (0, y + 0.72),
        xytext=(4 * sign, 0),
        textcoords="offset points",
        ha="right" if sign < 0 else "left",
        va="center_baseline",
        fontsize=7.5,
        color=SOFT,
        zorder=4,
    )
