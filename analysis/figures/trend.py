"""Small multiples by week: the rate of each term over time, one panel an outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

COLUMNS = ("group", "period", "item", "k", "n", "share", "low", "high", "enough")


def trend(
    rates: pd.DataFrame, *, colours: Mapping[str, str], limit: int = 4, title: str = "", percent: bool = False
) -> Picture:
    """Draw rates over time with their intervals: a row a term, a panel an outlet, all on one scale by row.

    Parameters
    ----------
    rates : pandas.DataFrame
        From `analysis.text.trend.trend`.
    colours : mapping of str to str
        From `outlet_colours`; panels stand in its order.
    limit : int
        Terms drawn.
    title : str
        Left empty in a finding, whose heading says it.
    percent : bool
        Shares from 0 to 1 shown in percent, not rates.

    Returns
    -------
    matplotlib.figure.Figure
        A period with too few articles is drawn open; a period without articles leaves a gap in the line.

    Raises
    ------
    MeasureError
        When a column is missing or there is nothing to draw.

    Examples
    --------
    >>> rates = pd.DataFrame({"group": ["East"], "period": pd.to_datetime(["2024-08-19"]), "item": ["war"], "k": [1],
    ...     "n": [900], "share": [1.1], "low": [0.2], "high": [3.0], "enough": [False]})
    >>> len(trend(rates, colours={}).get_axes())
    1
    """
    for column in COLUMNS:
        if column not in rates.columns:
            raise MeasureError(f"a trend needs the column {column!r}")
    frame = rates.assign(group=rates["group"].astype(str), item=rates["item"].astype(str))
    items = list(dict.fromkeys(frame["item"]))[:limit]
    present = list(dict.fromkeys(frame["group"]))
    groups = [name for name in colours if name in present] + [name for name in present if name not in colours]
    if not items or not groups:
        raise MeasureError("there are no rates to draw: show the finding without a picture")
    periods = sorted(set(frame["period"]))
    middle = periods[len(periods) // 2]
    apart = min(middle - periods[0], periods[-1] - middle) > 0.3 * (periods[-1] - periods[0])
    days = list(dict.fromkeys([periods[0], *([middle] if apart else []), periods[-1]]))
    form = "%b %Y" if periods[-1] - periods[0] > pd.Timedelta(days=300) else "%d %b"
    across = min(len(groups), 3)
    down = -(-len(groups) // across)
    with style():
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator

        picture = Figure(figsize=(6.6, len(items) * (1.25 * down + 0.15) + 0.35 + (0.3 if title else 0)))
        panels = picture.subplots(len(items) * down, across, squeeze=False, sharex=True)
        for at, item in enumerate(items):
            rows = frame[frame["item"] == item]
            usable = rows[rows["enough"].astype(bool)]
            top = float((usable if len(usable) else rows)["high"].max())
            for place in range(down * across):
                axes = panels[at * down + place // across, place % across]
                if place >= len(groups):
                    axes.set_visible(False)
                    continue
                group = groups[place]
                here = rows[rows["group"] == group].sort_values("period")
                colour = colours.get(group, UNKNOWN)
                axes.vlines(
                    here["period"],
                    here["low"],
                    here["high"].clip(upper=top * 1.1),
                    color=colour,
                    alpha=0.35,
                    linewidth=2,
                )
                axes.plot(here["period"], here["share"], color=colour, linewidth=1.2)
                few = ~here["enough"].astype(bool)
                axes.plot(here.loc[~few, "period"], here.loc[~few, "share"], "o", color=colour, markersize=4)
                axes.plot(
                    here.loc[few, "period"],
                    here.loc[few, "share"],
                    "o",
                    color=colour,
                    markersize=4,
                    markerfacecolor="none",
                )
                axes.set_ylim(0, max(top * 1.1, 1e-9))
                axes.grid(visible=True, axis="y")
                axes.grid(visible=False, axis="x")
                axes.yaxis.set_major_locator(MaxNLocator(3))
                if percent:
                    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}\u202f%")
                axes.set_xticks(days, [day.strftime(form) for day in days])
                axes.tick_params(labelsize=7.5, labelcolor=SOFT)
                axes.set_title(
                    visible(group) if len(items) == 1 else f"{visible(item)} · {visible(group)}",
                    fontsize=8.5,
                    fontweight="normal",
                    pad=3,
                )
        if title:
            picture.suptitle(visible(title), x=0.01, ha="left", fontsize=10, fontweight="bold")
    return picture
