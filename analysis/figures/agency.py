"""Scatter of acting against being acted upon: who does, who is done to, one panel an outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label
from analysis.figures.labels import beside_dots, not_compared
from analysis.figures.palette import EDGE, INK, PAPER, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

COLUMNS = (
    "group",
    "item",
    "n",
    "acts",
    "acts_low",
    "acts_high",
    "undergoes",
    "undergoes_low",
    "undergoes_high",
)
Values = npt.NDArray[np.float64]
_HIGH, _ALONE = 2.3, 3.6
"""Inches of a panel: of several, and of a single one."""
_NAMED = 7
"""Actors named in each of several panels, the first of the frame; the table names all."""


def agency(
    table: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    across: int = 2,
    limit: int = 6,
    width: float = 6.6,
) -> Picture:
    """Draw each actor at the share of actions in which it acts (right) and is acted upon (up).

    Below the diagonal an actor does more than is done to it. Thin lines are 95 % intervals of what occurs; open dots stand
    for outlets with too few articles to compare. All panels have one scale, of square roots; actors on one spot share a label.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.actors.acts_and_undergoes`: columns as in `COLUMNS` and, where present, ``enough``.
    colours : mapping of str to str
        From `outlet_colours`; panels stand in its order.
    across : int
        Panels in a row; 1 for a narrow page.
    limit : int
        Outlets drawn, those with most actions; the table shows the rest.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When a column is missing or there is nothing to draw.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["Harbour Gazette"], "item": ["Berg"], "n": [10], "acts": [0.4],
    ...     "acts_low": [0.2], "acts_high": [0.6], "undergoes": [0.1], "undergoes_low": [0.0], "undergoes_high": [0.3]})
    >>> [text.get_text() for text in agency(table, colours={}).get_axes()[0].texts]
    ['Berg']
    """
    for column in COLUMNS:
        if column not in table.columns:
            raise MeasureError(f"a scatter of acting and being acted upon needs the column {column!r}")
    if table.empty:
        raise MeasureError("there is no actor to draw: show the finding without a picture")
    largest = table.groupby("group")["n"].max().sort_values(ascending=False, kind="stable").index[:limit]
    groups = [name for name in colours if name in largest]
    groups += [str(name) for name in largest if name not in groups]
    drawn = table[table["group"].isin(groups)]
    right = float(drawn["acts"].max()) * 1.3
    top = max(float(drawn["undergoes"].max()) * 1.25, 0.4 * right)
    right = max(right, 0.4 * top)
    across = min(across, len(groups))
    down = -(-len(groups) // across)
    high = _HIGH if len(groups) > 1 else _ALONE
    field = (72 * (width / across - 0.62), 72 * (high - 0.62))
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(width, high * down + 0.25))
        panels = picture.subplots(down, across, squeeze=False, sharex=True, sharey=True)
        for place, axes in enumerate(panels.flat):
            if place >= len(groups):
                axes.set_visible(False)
                continue
            here = drawn[drawn["group"] == groups[place]]
            axes.set_xscale("function", functions=(_root, _square))
            axes.set_yscale("function", functions=(_root, _square))
            axes.set_xlim(-0.002 * right, right)
            axes.set_ylim(-0.004 * top, top)
            _panel(
                axes,
                here,
                colours.get(groups[place], UNKNOWN),
                field,
                named=_NAMED if len(groups) > 1 else len(here),
            )
            few = "" if bool(here.get("enough", pd.Series([True])).all()) else not_compared(groups[place])
            axes.set_title(
                f"{label(groups[place], lines=1)}{few}, {int(here['n'].max())} actions",
                fontsize=8.5,
                fontweight="normal",
                pad=4,
            )
        picture.supxlabel(
            "share of actions in which the actor acts →", x=0.02, ha="left", fontsize=8.5, color=SOFT
        )
        picture.supylabel("is acted upon →", y=0.08, va="bottom", fontsize=8.5, color=SOFT)
    return picture


def _panel(axes: Axes, here: pd.DataFrame, colour: str, field: tuple[float, float], *, named: int) -> None:
    """Draw one outlet: diagonal, intervals, dots, and the names for which there is room, the frequent first."""
    from matplotlib.ticker import MaxNLocator

    axes.grid(visible=True, axis="both")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        axis.set_major_formatter(lambda value, _: f"{100 * value:.3g}\u202f%")
    axes.tick_params(labelsize=7.5, labelcolor=SOFT)
    axes.plot([0, 1], [0, 1], color=EDGE, linewidth=0.8, zorder=1, scalex=False, scaley=False)
    few = not bool(here.get("enough", pd.Series([True])).all())
    line: Any = {"color": colour, "linewidth": 0.8, "alpha": 0.3, "zorder": 2}
    for row in here.to_dict("records"):
        # the interval of what was never seen is all ceiling, and would only bar the panel
        if row["acts"] > 0:
            axes.plot([row["acts_low"], row["acts_high"]], [row["undergoes"]] * 2, **line)
        if row["undergoes"] > 0:
            axes.plot([row["acts"]] * 2, [row["undergoes_low"], row["undergoes_high"]], **line)
    axes.plot(
        here["acts"],
        here["undergoes"],
        "o",
        markersize=4.5,
        markerfacecolor=PAPER if few else colour,
        markeredgecolor=colour,
        linestyle="none",
        zorder=3,
    )
    names: dict[tuple[float, float], list[str]] = {}
    for row in here.head(named).to_dict("records"):
        names.setdefault((float(row["acts"]), float(row["undergoes"])), []).append(str(row["item"]))
    points = sorted(names, key=lambda point: (-sum(point), point))
    words = [_together(names[point]) for point in points]
    beside_dots(axes, words, points, field=field, colours=[INK] * len(words), dots=points, level=False)


def _root(values: Values) -> Values:
    """Set small shares apart, as counts want it, for most actors do little; to the left of nought, mirrored."""
    return np.asarray(np.sign(values) * np.sqrt(np.abs(values)))


def _square(values: Values) -> Values:
    return np.asarray(np.sign(values) * np.square(values))


def _together(names: list[str]) -> str:
    """Return the names of dots that lie on each other as one label."""
    short = [label(name, width=24, lines=1) for name in names]
    shown = 2 if len(", ".join(short[:2])) <= 32 else 1
    more = f" +{len(short) - shown}" if len(short) > shown else ""
    return ", ".join(short[:shown]) + more
