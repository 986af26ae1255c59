"""Small multiples by week: the rate of each term over time, one panel an outlet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

COLUMNS = ("group", "period", "item", "k", "n", "share", "low", "high", "enough")


def trend(
    rates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    limit: int = 4,
    percent: bool = False,
    across: int = 3,
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
    percent : bool
        Shares from 0 to 1 shown in percent, not rates.
    across : int
        Panels side by side; two fit a telephone, for which the picture is then drawn.

    Returns
    -------
    matplotlib.figure.Figure
        A period with too few articles is drawn open; a period without articles leaves a gap in the line. Where most of the time has no article,
        periods that have one stand side by side.

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
    axis = _Axis.of(frame["period"])
    frame = frame.assign(at=axis.place(frame["period"]))
    width = 6.6 if across > 2 else 3.7
    across = min(len(groups), across)
    down = -(-len(groups) // across)
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(width, len(items) * (1.25 * down + 0.4) + 0.35))
        panels = picture.subplots(len(items) * down, across, squeeze=False, sharex=True)
        for at, item in enumerate(items):
            rows = frame[frame["item"] == item]
            usable = rows[rows["enough"].astype(bool)]
            top = float(max((usable if len(usable) else rows)["high"].max(), rows["share"].max()))
            for place in range(down * across):
                axes = panels[at * down + place // across, place % across]
                if place >= len(groups):
                    axes.set_visible(False)
                    continue
                group = groups[place]
                here = rows[rows["group"] == group].sort_values("period")
                _panel(axes, here, colour=colours.get(group, UNKNOWN), top=top)
                if percent:
                    axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}\u202f%")
                axis.set_on(axes)
                if at == len(items) - 1 and place + across >= len(groups):
                    axes.tick_params(labelbottom=True)  # also where the row below has no panel in this column
                axes.set_title(visible(group), fontsize=8.5, fontweight="normal", pad=3, color=SOFT)
            if len(items) > 1:
                first = panels[at * down, 0]
                first.annotate(
                    visible(item), (0, 1), xycoords="axes fraction", xytext=(-22, 18), textcoords="offset points",
                    fontsize=9, fontweight="bold", annotation_clip=False,
                )  # fmt: skip
    return picture


def is_sparse(rates: pd.DataFrame) -> bool:
    """Tell whether articles fall into few periods of a long time, so that only these are drawn, side by side."""
    return _Axis.of(rates["period"]).sparse


class _Axis(NamedTuple):
    """Where periods stand: in time, or side by side where most of the time has no article."""

    periods: pd.DatetimeIndex
    step: pd.Timedelta
    sparse: bool

    @classmethod
    def of(cls, values: pd.Series) -> _Axis:
        periods = pd.DatetimeIndex(sorted(set(values)))
        step = min(np.diff(periods), default=pd.Timedelta(days=1))
        span = periods[-1] - periods[0]
        sparse = len(periods) > 2 and bool(span / step > 3 * len(periods))
        return cls(periods, pd.Timedelta(step), sparse)

    def place(self, values: pd.Series) -> npt.NDArray[np.float64]:
        """Give the place of periods in steps; a gap in time is half a step more where they stand side by side."""
        steps = np.asarray((self.periods - self.periods[0]) / self.step, dtype=np.float64)
        if self.sparse:
            steps = np.concatenate([[0.0], np.cumsum(np.where(np.diff(steps) > 1.6, 1.5, 1.0))])
        return np.asarray(steps, dtype=float)[self.periods.get_indexer(pd.DatetimeIndex(values))]

    def set_on(self, axes: Axes) -> None:
        """Name the first, a middle and the last period."""
        at = self.place(self.periods.to_series())
        middle = int(np.argmin(np.abs(at - at[-1] / 2)))
        apart = min(at[middle], at[-1] - at[middle]) > 0.3 * at[-1]
        shown = list(dict.fromkeys([0, *([middle] if apart else []), len(at) - 1]))
        yearly = len(self.periods) > 1 and bool((self.periods.day_of_year == 1).all())
        long = self.periods[-1] - self.periods[0] > pd.Timedelta(days=300)
        form = "%Y" if yearly else "%b %Y" if long else "%d %b"
        axes.set_xticks(at[shown], [self.periods[one].strftime(form) for one in shown])
        axes.set_xlim(at[0] - 0.03 * at[-1] - 0.5, at[-1] + 0.03 * at[-1] + 0.5)
        axes.tick_params(labelsize=7.5, labelcolor=SOFT)


def _panel(axes: Axes, here: pd.DataFrame, *, colour: str, top: float) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.vlines(
        here["at"], here["low"], here["high"].clip(upper=top * 1.1), color=colour, alpha=0.35, linewidth=2
    )
    # a line says that time went on from one period to the next, so it ends where one is missing
    runs = (here["at"].diff() > 1.3).cumsum()
    for _, run in here.groupby(runs):
        axes.plot(run["at"], run["share"], color=colour, linewidth=1.2)
    for few, rows in here.groupby(~here["enough"].astype(bool)):
        face = "none" if few else colour
        axes.plot(rows["at"], rows["share"], "o", color=colour, markersize=3.5, markerfacecolor=face)
    axes.set_ylim(0, max(top * 1.1, 1e-9))
    axes.grid(visible=True, axis="y")
    axes.grid(visible=False, axis="x")
    axes.yaxis.set_major_locator(MaxNLocator(3))
