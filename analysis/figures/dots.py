"""Ranked dot plot: shares with their intervals, outlet beside outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label, visible
from analysis.figures.key import DIRECT, Key, attach
from analysis.figures.labels import beside_rows, not_compared
from analysis.figures.palette import PAPER, UNKNOWN, Mark, marks, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

COLUMNS = ("group", "item", "k", "n", "share", "low", "high")


def dots(
    estimates: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    xlabel: str = "share, with 95 % interval",
    limit: int | None = None,
    percent: bool = True,
) -> Picture:
    """Draw shares as dots and their intervals as bars, one line an outlet, under each item.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share low high`` and, where present, ``enough``: a group with too few articles is drawn
        open and thin. Items stand in the order of the frame.
    colours : mapping of str to str
        From `outlet_colours`; groups stand in its order, others after.
    xlabel : str
        What the axis measures.
    limit : int, optional
        Items drawn; the table shows the rest. By default ten, and fewer where there are many groups.
    percent : bool
        Shares from 0 to 1 shown in percent; False for rates.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When a column is missing or there is nothing to draw.

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["Harbour Gazette"], "item": ["war"], "k": [4], "n": [10],
    ...                       "share": [0.4], "low": [0.1], "high": [0.7]})
    >>> len(dots(frame, colours={"Harbour Gazette": "#0072b2"}).get_axes())
    1
    """
    many = estimates["group"].nunique() if "group" in estimates else 0
    frame, items, groups = prepared(estimates, colours, limit=limit or max(5, min(10, 34 // max(many, 1))))
    shapes = marks({group: colours.get(group, UNKNOWN) for group in [*colours, *groups]})
    scale = 100.0 if percent else 1.0
    step = 0.15 if len(groups) > 1 else 0.24
    gap = 0.17 if len(groups) > 1 else 0.06
    slot = step * len(groups) + gap
    with style():
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator

        picture = Figure(figsize=(6.6, slot * len(items) + 0.62))
        axes = picture.subplots()
        middles = []
        for i, item in enumerate(items):
            top = -slot * i
            middles.append(top - step * (len(groups) - 1) / 2)
            for j, group in enumerate(groups):
                for row in frame[(frame["item"] == item) & (frame["group"] == group)].to_dict("records"):
                    _interval(axes, row, top - step * j, scale, colours.get(group, UNKNOWN), shapes[group])
        right = _right(frame, scale, percent=percent)
        axes.set_xlim(0, right)
        axes.set_ylim(-slot * len(items) + step / 2, step)
        if len(groups) > 1:
            _names(axes, frame, items[0], groups, colours, step=step, scale=scale, right=right)
        beside_rows(axes, middles, [label(item) for item in items])
        if percent:
            axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}\u202f%")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.set_xlabel(visible(xlabel), loc="left")
    if len(groups) > 1:
        attach(
            picture,
            Key(
                {name: colours.get(name, UNKNOWN) for name in [*colours, *groups]}, always=False, shown=groups
            ),
        )
    return picture


def prepared(
    estimates: pd.DataFrame, colours: Mapping[str, str], *, limit: int
) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Check estimates and return them with their first items and their groups in the order of the colours."""
    missing = [column for column in COLUMNS if column not in estimates.columns]
    if missing:
        raise MeasureError(f"a picture of estimates needs the column {missing[0]!r}")
    frame = estimates.assign(group=estimates["group"].astype(str), item=estimates["item"].astype(str))
    items: list[str] = list(dict.fromkeys(frame["item"]))[:limit]
    frame = frame[frame["item"].isin(items)]
    if frame.empty:
        raise MeasureError("there are no estimates to draw: show the finding without a picture")
    present: list[str] = list(dict.fromkeys(frame["group"]))
    groups = [group for group in colours if group in present]
    return frame, items, groups + [group for group in present if group not in groups]


def _interval(axes: Axes, row: Mapping[Any, Any], y: float, scale: float, colour: str, mark: Mark) -> None:
    few = not row.get("enough", True)
    if not row["n"] or pd.isna(row["share"]):
        return
    if pd.notna(row["low"]):
        axes.plot(
            [scale * row["low"], scale * row["high"]],
            [y, y],
            color=colour,
            alpha=0.55,
            linewidth=1.0 if few else 2.2,
            zorder=2,
        )
    axes.plot(
        [scale * row["share"]],
        [y],
        marker=mark.marker,
        markersize=(4.8 if few else 5.6) if mark.marker in "shD" else 6.2,
        markerfacecolor=PAPER if few or not mark.filled else colour,
        markeredgecolor=colour if few or not mark.filled else PAPER,
        markeredgewidth=1.1 if few else 0.8,
        linestyle="none",
        clip_on=False,
        zorder=3,
    )


def _right(frame: pd.DataFrame, scale: float, *, percent: bool) -> float:
    """Return where the axis ends: just past the widest interval, never past 100 percent."""
    most = scale * float(frame[["share", "high"]].to_numpy(dtype=float, na_value=0.0).max())
    most = most if most > 0 else (10.0 if percent else 1.0)
    return min(most * 1.06, 102.0) if percent else most * 1.06


def _names(
    axes: Axes,
    frame: pd.DataFrame,
    item: str,
    groups: Sequence[str],
    colours: Mapping[str, str],
    *,
    step: float,
    scale: float,
    right: float,
) -> None:
    """Write each group's name beside its first interval, on the side where there is room."""
    for j, group in enumerate(groups):
        rows = frame[(frame["item"] == item) & (frame["group"] == group)]
        row: Mapping[Any, Any] = rows.iloc[0].to_dict() if len(rows) else {}
        low = scale * float(row["low"]) if row and pd.notna(row.get("low")) else 0.0
        high = scale * float(row["high"]) if row and pd.notna(row.get("high")) else 0.0
        few = bool(row) and not row.get("enough", True)
        words = label(group, width=34, lines=1) + (not_compared(group) if few else "")
        # A bold letter takes about 5.6 points of the 330 that the axis is wide. Where neither side has the room,
        # the words go to the right, and the layout makes the axis narrower for them.
        room = right * (len(words) * 5.6 + 8) / 330
        leftwards = right - high < room <= low
        axes.annotate(
            words,
            (low if leftwards else high, -step * j),
            xytext=(-6 if leftwards else 6, 0),
            textcoords="offset points",
            ha="right" if leftwards else "left",
            va="center_baseline",
            fontsize=8.5,
            fontweight="bold",
            color=colours.get(group, UNKNOWN),
            annotation_clip=False,
            zorder=4,
            gid=DIRECT,
        )
