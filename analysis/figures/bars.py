"""Bars: shares that add up to a whole, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.dots import prepared
from analysis.figures.escape import label
from analysis.figures.key import Key, Shade, attach
from analysis.figures.labels import beside_rows
from analysis.figures.palette import INK, PAPER, SOFT, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture


def bars(
    estimates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    order: Sequence[str] | None = None,
) -> Picture:
    """Draw each group as one bar of shares that add up to a whole.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share low high``, the items of a group adding up to its n.
    colours : mapping of str to str
        From `outlet_colours`; bars stand in its order.
    order : sequence of str, optional
        Items from dark to pale; by default as in the frame. Put what matters first.

    Returns
    -------
    matplotlib.figure.Figure
        With a key of its shades, which `Figure` sets above the picture.

    Raises
    ------
    MeasureError
        When there are more than eight items, which no one can tell apart by shade.

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["Harbour Gazette"] * 2, "item": ["active", "passive"], "k": [4, 6],
    ...                       "n": [10, 10], "share": [0.4, 0.6], "low": [0.1, 0.3], "high": [0.7, 0.9]})
    >>> len(bars(frame, colours={}).get_axes()[0].patches)
    2
    """
    frame, items, groups = prepared(estimates, colours, limit=10_000)
    if order is not None:
        items = [item for item in order if item in items] + [item for item in items if item not in order]
    if len(items) > 8:
        raise MeasureError(
            f"a stacked bar shows at most eight shares, and there are {len(items)}: put the small ones together"
        )
    depth = [0.92 - 0.84 * i / max(len(items) - 1, 1) for i in range(len(items))]
    with style():
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        picture = Figure(figsize=(6.6, 0.42 * len(groups) + 0.45))
        axes = picture.subplots()
        for y, group in enumerate(groups):
            left = 0.0
            for shade, item in zip(depth, items, strict=True):
                rows = frame[(frame["group"] == group) & (frame["item"] == item)]
                share = (
                    100 * float(rows["share"].iloc[0])
                    if len(rows) and pd.notna(rows["share"].iloc[0])
                    else 0.0
                )
                if not share:
                    continue
                axes.add_patch(
                    Rectangle((left, y + 0.16), share, 0.68, facecolor=INK, alpha=shade, linewidth=0)
                )
                axes.plot([left + share] * 2, [y + 0.16, y + 0.84], color=PAPER, linewidth=1.2, zorder=3)
                if share >= 7:
                    axes.text(
                        left + share / 2,
                        y + 0.5,
                        f"{share:.0f}\u202f%",
                        ha="center",
                        va="center_baseline",
                        fontsize=8.5,
                        color=PAPER if shade > 0.5 else INK,
                    )
                left += share
            size = frame.loc[frame["group"] == group, "n"]
            axes.annotate(
                f"n = {int(size.iloc[0])}" if len(size) else "",
                (100, y + 0.5),
                xytext=(5, 0),
                textcoords="offset points",
                va="center_baseline",
                fontsize=8,
                color=SOFT,
                annotation_clip=False,
            )
        axes.grid(visible=False)
        axes.set_xlim(0, 100)
        axes.set_ylim(len(groups), 0)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}\u202f%")
        beside_rows(axes, [y + 0.5 for y in range(len(groups))], [label(group) for group in groups])
    attach(picture, Key({}, [Shade(item, INK, shade) for item, shade in zip(items, depth, strict=True)]))
    return picture
