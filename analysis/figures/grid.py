"""Heat grid: items by outlets, each share as a shade and as words, with its k of n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.dots import prepared
from analysis.figures.escape import label
from analysis.figures.labels import beside_rows
from analysis.figures.palette import INK, LINE, SOFT, UNKNOWN, marks, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_MANY = 7
"""Groups from which on their names cover each other in a picture as wide as the text."""
_DARKEST = 0.42
"""Opacity of the strongest shade: words on it keep a contrast above 4.5 to 1, on light and on dark ground."""


def grid(
    estimates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    limit: int = 14,
    percent: bool = True,
    width: float = 6.6,
) -> Picture:
    r"""Draw a matrix of items by groups; the shade of a cell is its share, and the share stands in it.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share low high`` and, where present, ``enough``: cells of groups with too few articles stay
        unshaded.
    colours : mapping of str to str
        From `outlet_colours`; columns stand in its order.
    limit : int
        Items drawn, of those that occur; the table shows the rest.
    percent : bool
        Shares from 0 to 1 shown in percent; False for rates.
    width : float
        Inches; where the names of groups do not fit side by side, they are slanted.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["Harbour Gazette"], "item": ["war"], "k": [4], "n": [10],
    ...                       "share": [0.4], "low": [0.1], "high": [0.7]})
    >>> [text.get_text() for text in grid(frame, colours={}).get_axes()[0].texts]
    ['40\u202f%', '4 of 10']
    """
    frame, items, groups = prepared(_occurring(estimates), colours, limit=limit)
    shapes = marks({group: colours.get(group, UNKNOWN) for group in [*colours, *groups]})
    enough = frame["enough"].astype(bool) if "enough" in frame else pd.Series(True, index=frame.index)
    most = float(frame.loc[enough, "share"].max()) if enough.any() else 0.0
    most = most if most > 0 else 1.0
    with style():
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        many = len(groups) > _MANY * width / 6.6
        picture = Figure(figsize=(width, 0.4 * len(items) + (1.3 if many else 0.62)))
        axes = picture.subplots()
        for row, few in zip(frame.to_dict("records"), ~enough, strict=True):
            x, y = groups.index(row["group"]), items.index(row["item"])
            known = bool(row["n"]) and pd.notna(row["share"])
            shade = 0.0 if few or not known else _DARKEST * float(row["share"]) / most
            axes.add_patch(
                Rectangle((x + 0.01, y + 0.03), 0.98, 0.94, facecolor=INK, alpha=shade, linewidth=0)
            )
            if few or not known:
                axes.add_patch(
                    Rectangle(
                        (x + 0.03, y + 0.07),
                        0.94,
                        0.86,
                        facecolor="none",
                        edgecolor=LINE,
                        linestyle=(0, (2, 2)),
                    )
                )
            share = f"{100 * row['share']:.0f}\u202f%" if percent else f"{row['share']:.2g}"
            axes.text(
                x + 0.5,
                y + 0.36,
                share if known else "–",
                ha="center",
                va="center_baseline",
                fontsize=8 if many else 9.5,
                color=INK,
            )
            axes.text(
                x + 0.5,
                y + 0.7,
                f"{row['k']:.0f} of {row['n']:.0f}" if known else "no cases",
                ha="center",
                va="center_baseline",
                fontsize=6 if many else 7,
                color=INK if shade > _DARKEST / 3 else SOFT,
            )
        for x, group in enumerate(groups):
            mark = shapes[group]
            colour = colours.get(group, UNKNOWN)
            axes.plot(
                [x + 0.5],
                [-0.2],
                marker=mark.marker,
                markersize=5,
                markerfacecolor=colour if mark.filled else "none",
                markeredgecolor=colour,
                markeredgewidth=0.8,
                clip_on=False,
            )
        axes.set_xlim(0, len(groups))
        axes.set_ylim(len(items), 0)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.xaxis.tick_top()
        middles = [x + 0.5 for x in range(len(groups))]
        if many:  # side by side the names would cover each other
            slanted: dict[str, Any] = {"rotation": 38, "ha": "left", "rotation_mode": "anchor"}
            axes.set_xticks(middles, [label(group, lines=1) for group in groups], **slanted)
        else:
            letters = 14 if len(groups) < 4 else 10
            axes.set_xticks(middles, [label(group, width=letters, lines=3) for group in groups])
        axes.tick_params(axis="x", pad=12)
        beside_rows(axes, [y + 0.5 for y in range(len(items))], [label(item) for item in items])
    return picture


def _occurring(estimates: pd.DataFrame) -> pd.DataFrame:
    """Leave out items that no group has: a row of noughts says less than its place in the table."""
    if "k" not in estimates or not estimates["k"].sum():
        return estimates
    return estimates[estimates.groupby("item")["k"].transform("sum") > 0]
