"""The same quantity as each outlet and claimant gives it: values as marks, ranges as bars, open ends as arrows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label, visible
from analysis.figures.palette import INK, LINE, PAPER, SOFT, UNKNOWN, marks, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

_UP, _DOWN = frozenset(("more than", "at least")), frozenset(("up to", "less than"))
_MOST = 6
"""Quantities in one picture; the table holds all."""


def claims(lined: pd.DataFrame, *, colours: Mapping[str, str], limit: int = _MOST) -> Picture:
    """Draw a panel for each quantity, and in it a line for each claim: outlet, and who says so.

    Parameters
    ----------
    lined : pandas.DataFrame
        As `analysis.stories.line_up` gives it; panels stand in its order.
    colours : mapping of str to str
        From `outlet_colours`.
    limit : int, optional
        Quantities drawn at most.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When there is no quantity.

    Examples
    --------
    >>> rows = pd.DataFrame({"story": ["a", "a"], "claim": [1, 1], "outlet": ["North", "South"], "low": [12.0, 20.0],
    ...     "high": [12.0, 20.0], "unit": ["", ""], "counted": ["buses", "buses"], "qualifier": ["", "about"],
    ...     "claimant": ["", "the mayor"], "surface": ["12", "20"]})
    >>> len(claims(rows, colours={"North": "#0072b2", "South": "#d55e00"}).get_axes())
    1
    """
    if lined.empty:
        raise MeasureError("no quantity stands in two articles of a story: there is nothing to draw")
    panels = [group for _, group in lined.groupby(["story", "claim"], sort=False)][:limit]
    shapes = marks(
        {str(name): colours.get(str(name), UNKNOWN) for name in [*colours, *lined["outlet"].unique()]}
    )
    sizes = [len(panel) for panel in panels]
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, sum(0.3 * size + 0.75 for size in sizes)), layout="constrained")
        grid = picture.subplots(
            len(panels), 1, squeeze=False, gridspec_kw={"height_ratios": [size + 1.2 for size in sizes]}
        )
        for axes, panel in zip(grid[:, 0], panels, strict=True):
            _panel(axes, panel.sort_values(["low", "outlet"], kind="stable"), colours, shapes)
        engine = picture.get_layout_engine()
        if engine is not None:
            engine.set(h_pad=0.12)  # type: ignore[call-arg]
    return picture


def named_claim(panel: pd.DataFrame) -> str:
    """Say what the claims of a panel count."""
    counted, unit = str(panel["counted"].iloc[0] or ""), str(panel["unit"].iloc[0] or "")
    return f"{counted} ({unit})" if counted and unit else counted or unit


def _panel(axes: Axes, panel: pd.DataFrame, colours: Mapping[str, str], shapes: Mapping[str, Any]) -> None:
    values = panel[["low", "high"]].replace(np.inf, np.nan).astype(float)
    least, most = float(values.min().min()), float(values.max().max())
    span = (most - least) or abs(most) or 1.0
    reach = 0.09 * span
    rows = []
    for line, row in enumerate(panel.to_dict("records")):
        outlet = str(row["outlet"])
        colour = colours.get(outlet, UNKNOWN)
        low = float(row["low"])
        high = float(row["high"]) if np.isfinite(row["high"]) else low
        if high > low:
            axes.plot([low, high], [line, line], color=colour, linewidth=2.4, solid_capstyle="butt", zorder=2)
        up = str(row["qualifier"]) in _UP or not np.isfinite(row["high"])
        down = str(row["qualifier"]) in _DOWN
        if up or down:
            tip = high + reach if up else low - reach
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.3}
            axes.annotate("", (tip, line), xytext=(high if up else low, line), arrowprops=arrow)
        rough = str(row["qualifier"]) in ("about", "almost")
        axes.plot(
            [low, high] if high > low else [low],
            [line, line] if high > low else [line],
            marker=shapes[outlet].marker,
            linestyle="none",
            markersize=6.4,
            markerfacecolor=PAPER if rough else colour,
            markeredgecolor=colour,
            markeredgewidth=1.2,
            zorder=3,
        )
        words = " ".join(str(part) for part in (row["qualifier"], row["surface"]) if part)
        axes.annotate(
            visible(words),
            (high, line),
            xytext=(9, 0) if not up else (26, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=SOFT,
        )
        rows.append(
            f"{label(outlet, lines=1)}, {label(str(row['claimant']), lines=1) if row['claimant'] else 'own voice'}"
        )
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(least - 0.16 * span, most + 0.42 * span)
    axes.grid(axis="x", color=LINE, linewidth=0.8)
    axes.xaxis.set_major_formatter(lambda value, _: _short(value))
    axes.locator_params(axis="x", nbins=5)
    axes.set_title(visible(named_claim(panel)), loc="left", fontsize=9.5, color=INK, fontweight="bold")


def _short(value: float) -> str:
    for size, word in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:g}{word}"
    return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:g}"
