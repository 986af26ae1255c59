"""Frequency scatter: every word by its frequency in two groups, the telling ones named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.labels import beside_dots
from analysis.figures.palette import EDGE, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

COLUMNS = ("group", "against", "form", "per_million", "per_million_against", "log_ratio", "certain")
# height of a picture as a part of its width
_HIGH = 0.82


def scatter(
    table: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    labels: int = 40,
    width: float = 6.6,
) -> Picture:
    """Draw words by their frequency here and there; words off the diagonal set the groups apart.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`, for one group.
    colours : mapping of str to str
        From `outlet_colours`.
    labels : int
        Words named at most, the most certain differences first; one that finds no free place is left to the table.
    width : float
        In inches; 3.7 fits a telephone.

    Returns
    -------
    matplotlib.figure.Figure
        Both axes are logarithmic; a word that one side never uses stands on the edge.

    Raises
    ------
    MeasureError
        When a column is missing, the table holds several groups, or there is nothing to draw.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "against": ["West"], "form": ["war"], "per_million": [90.0],
    ...     "per_million_against": [10.0], "log_ratio": [3.2], "certain": [1.0]})
    >>> [text.get_text() for text in scatter(table, colours={}).get_axes()[0].texts]
    ['war']
    """
    for column in COLUMNS:
        if column not in table.columns:
            raise MeasureError(f"a frequency scatter needs the column {column!r}")
    if len(table["group"].unique()) > 1:
        raise MeasureError(
            "a frequency scatter shows one group; choose it with table[table['group'] == name]"
        )
    if table.empty:
        raise MeasureError("there is no word to draw: show the finding without a picture")
    group, against = str(table["group"].iloc[0]), str(table["against"].iloc[0])
    rates = table[["per_million_against", "per_million"]].to_numpy(dtype=float)
    floor = float(rates[rates > 0].min()) / 2
    x, y = np.maximum(rates, floor).T
    side = np.where(table["certain"] > 0, group, np.where(table["certain"] < 0, against, ""))
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(width, max(_HIGH * width, 3.9)))
        axes = picture.subplots()
        for name in ("", against, group):
            here = side == name
            colour = colours.get(name, UNKNOWN) if name else EDGE
            axes.scatter(
                x[here],
                y[here],
                s=7 if name else 4,
                color=colour,
                alpha=0.75 if name else 0.5,
                linewidths=0,
                zorder=2,
            )
        top = float(max(x.max(), y.max())) * 1.6
        axes.plot([floor, top], [floor, top], color=EDGE, linewidth=0.8, zorder=1)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(floor * 0.8, top)
        axes.set_ylim(floor * 0.8, top)
        axes.grid(visible=True, axis="both")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}")
            axis.set_minor_formatter(lambda value, _: "")
        axes.set_xlabel(f"per million words, {visible(against)}", loc="left")
        axes.set_ylabel(f"per million words, {visible(group)}", loc="bottom", color=SOFT)
        order = np.argsort(-np.abs(table["certain"].to_numpy(dtype=float)), kind="stable")
        named = [at for at in order if side[at]][:labels] or list(order[: min(labels, 6)])
        colour_of = {name: colours.get(name, UNKNOWN) for name in (group, against)}
        beside_dots(
            axes,
            [str(table["form"].iloc[at]) for at in named],
            [(float(x[at]), float(y[at])) for at in named],
            field=(72 * (width - 0.8), 72 * (max(_HIGH * width, 3.9) - 0.75)),
            colours=[colour_of.get(side[at], SOFT) for at in named],
            dots=[(float(x[at]), float(y[at])) for at in np.flatnonzero(side != "")],
            reach=8,
        )
    return picture
