"""Slopegraph: how shares move from one outlet or period to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.dots import prepared
from analysis.figures.escape import label
from analysis.figures.palette import EDGE, INK, PAPER, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

_LINE = 0.165
"""Inches one label needs, so that labels do not lie on each other."""


def slope(
    estimates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    groups: tuple[str, str] | None = None,
    stressed: Sequence[str] | None = None,
    limit: int = 12,
) -> Picture:
    """Draw a line an item from its share in one group to its share in another, with intervals at both ends.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share low high``.
    colours : mapping of str to str
        From `outlet_colours`; for the names of the two groups.
    groups : (str, str), optional
        Left and right; by default the only two in the frame.
    stressed : sequence of str, optional
        Items drawn in full ink; by default those whose intervals do not overlap.
    limit : int
        Items drawn; the table shows the rest.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When there are not exactly two groups to compare.

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["March", "April"], "item": ["war", "war"], "k": [4, 6], "n": [10, 10],
    ...                       "share": [0.4, 0.6], "low": [0.1, 0.3], "high": [0.7, 0.9]})
    >>> len(slope(frame, colours={}, groups=("March", "April")).get_axes())
    1
    """
    frame, items, present = prepared(estimates, colours, limit=limit)
    sides = list(groups) if groups else present
    if len(sides) != 2:
        raise MeasureError(
            f"a slopegraph compares two groups, and there are {len(sides)}: name them in groups="
        )
    ends = [
        {
            row["item"]: row
            for row in frame[frame["group"] == side].to_dict("records")
            if pd.notna(row["share"])
        }
        for side in sides
    ]
    shared = [item for item in items if item in ends[0] and item in ends[1]]
    if not shared:
        raise MeasureError(f"no item has a share in both {sides[0]!r} and {sides[1]!r}")
    bold = set(shared if stressed is None else stressed) if stressed is not None else _apart(shared, ends)
    height = max(3.0, _LINE * len(shared) * 1.5 + 0.8)
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, height))
        axes = picture.subplots()
        values = [
            100 * float(end[item][key]) for end in ends for item in shared for key in ("share", "low", "high")
        ]
        known = [value for value in values if pd.notna(value)]
        low, high = min(known), max(known)
        span = max(high - low, 5.0)
        shares = [[100 * float(end[item]["share"]) for item in shared] for end in ends]
        heights = shares
        for _ in range(3):  # names that are moved apart need a taller axis, on which they need less room
            room = 1.16 * span * _LINE / (height - 0.5)
            heights = [apart(wanted, room) for wanted in shares]
            low, high = min(low, *heights[0], *heights[1]), max(high, *heights[0], *heights[1])
            span = max(high - low, 5.0)
        axes.set_ylim(low - 0.04 * span, high + 0.12 * span)
        axes.set_xlim(-0.9, 1.9)
        _lines(axes, shared, ends, bold)
        for x, end in enumerate(ends):
            for item, y in zip(shared, heights[x], strict=True):
                _label(axes, item, end[item], x, y, stressed=item in bold, many=len(shared))
            axes.text(
                x,
                high + 0.1 * span,
                label(sides[x], lines=1),
                ha="right" if x == 0 else "left",
                va="bottom",
                fontweight="bold",
                color=colours.get(sides[x], INK if sides[x] not in colours else UNKNOWN),
            )
            axes.axvline(x, color=EDGE, linewidth=0.8, zorder=1, ymax=0.93)
        axes.set_axis_off()
    return picture


def apart(wanted: Sequence[float], room: float) -> list[float]:
    """Move label heights apart until each has its room, staying in order and close to where they belong.

    Examples
    --------
    >>> apart([1.0, 1.0, 5.0], 2.0)
    [0.0, 2.0, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[tuple[float, list[int]]] = []
    for i in order:
        centre, members = wanted[i], [i]
        while blocks and blocks[-1][0] + room * (len(blocks[-1][1]) + len(members)) / 2 > centre + 1e-9:
            below, others = blocks.pop()
            members = others + members
            centre = (below * len(others) + centre * (len(members) - len(others))) / len(members)
        blocks.append((centre, members))
    heights = [0.0] * len(wanted)
    for centre, members in blocks:
        for place, i in enumerate(members):
            heights[i] = centre + room * (place - (len(members) - 1) / 2)
    return heights


def _apart(items: Sequence[str], ends: Sequence[Mapping[str, Any]]) -> set[str]:
    return {
        item
        for item in items
        if ends[0][item]["high"] < ends[1][item]["low"] or ends[1][item]["high"] < ends[0][item]["low"]
    }


def _lines(axes: Axes, items: Sequence[str], ends: Sequence[Mapping[str, Any]], bold: set[str]) -> None:
    for item in items:
        colour = INK if item in bold else SOFT
        heights = [100 * float(end[item]["share"]) for end in ends]
        axes.plot([0, 1], heights, color=colour, linewidth=1.8 if item in bold else 0.9, zorder=3)
        for x, end in enumerate(ends):
            row = end[item]
            if pd.notna(row["low"]):
                bounds = [100 * row["low"], 100 * row["high"]]
                beside = x + (0.016 if x else -0.016) * items.index(item)
                axes.plot([beside, beside], bounds, color=colour, linewidth=1.3, alpha=0.4, zorder=2)
            few = not row.get("enough", True)
            axes.plot(
                [x],
                [heights[x]],
                marker="o",
                markersize=5,
                markeredgecolor=colour,
                linestyle="none",
                zorder=4,
                markerfacecolor=PAPER if few else colour,
            )


def _label(
    axes: Axes, item: str, row: Mapping[Any, Any], x: int, y: float, *, stressed: bool, many: int
) -> None:
    share = f"{100 * float(row['share']):.0f}\u202f%"
    words = f"{label(item, lines=1)}  {share}" if x == 0 else f"{share}  {label(item, lines=1)}"
    axes.annotate(
        words,
        (x, y),
        xytext=(-10 - 1.6 * many if x == 0 else 10 + 1.6 * many, 0),
        textcoords="offset points",
        ha="right" if x == 0 else "left",
        va="center_baseline",
        fontsize=8.5,
        fontweight="bold" if stressed else "normal",
        color=INK if stressed else SOFT,
        annotation_clip=False,
    )
