"""Event strip: each article on its day, outlet beside outlet; events of the world apart from publication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label
from analysis.figures.labels import beside_rows
from analysis.figures.palette import INK, LINE, PAPER, SOFT, UNKNOWN, marks, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture

_MOST = 9
"""Marks in one pile; a higher pile is drawn as one mark with its number beside it."""


def timeline(
    articles: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    events: pd.DataFrame | None = None,
    by: str = "outlet",
) -> Picture:
    """Draw one mark an article on its day of publication, a row an outlet.

    Marks of one day stand upon each other. An article known only to a month or a range is an open mark in the middle
    of a line over the days it may be of; of the undated, the number stands under the row's name.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``published``, the ``by`` column, and where present ``published_until`` and ``published_precision``.
    colours : mapping of str to str
        From `outlet_colours`; rows stand in its order.
    events : pandas.DataFrame, optional
        ``date`` and ``event``: what happened when, as lines with their words.
    by : str
        Column that names the row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When no article has a date.

    Examples
    --------
    >>> frame = pd.DataFrame({"outlet": ["Harbour Gazette"], "published": ["2023-03-07"]})
    >>> len(timeline(frame, colours={"Harbour Gazette": "#0072b2"}).get_axes())
    1
    """
    frame = _dated(articles, by)
    dated = frame[frame["first"].notna()]
    if dated.empty:
        raise MeasureError("no article has a date: show the table of dates without a picture")
    present = list(dict.fromkeys(frame["group"]))
    groups = [name for name in colours if name in present] + sorted(set(present) - set(colours))
    shapes = marks({name: colours.get(name, UNKNOWN) for name in [*colours, *groups]})
    first, last = dated["first"].min(), dated["last"].max()
    width = max((last - first).days, 6)
    bin_days = max(1, round(width / 70))
    with style():
        from matplotlib.figure import Figure

        tallest = {group: _tallest(dated[dated["group"] == group], first, bin_days) for group in groups}
        heights = {group: 0.26 + 0.105 * tallest[group] for group in groups}
        picture = Figure(figsize=(6.6, sum(heights.values()) + 0.5 + (0.45 if events is not None else 0)))
        axes = picture.subplots()
        base, ticks = 0.0, []
        for group in groups:
            own = frame[frame["group"] == group]
            base -= heights[group]
            ticks.append(base + 0.1)
            axes.axhline(base, color=LINE, linewidth=0.8, zorder=1)
            _row(axes, own, base + 0.1, first, bin_days, colours.get(group, UNKNOWN), shapes[group].marker)
        pad = width * 0.04 + 0.5
        axes.set_xlim(-pad, (last - first).days + pad)
        axes.set_ylim(base - 0.06, 0.05)
        beside_rows(axes, ticks, [_told(group, frame) for group in groups])
        axes.set_xticks(*day_ticks(first, last))
        if events is not None:
            _events(axes, events, first, last)
    return picture


def _told(group: str, frame: pd.DataFrame) -> str:
    """Name a row, and say how many of its articles have no date."""
    undated = int(frame.loc[frame["group"] == group, "first"].isna().sum())
    return f"{label(group, lines=1)}\n{undated} undated" if undated else label(group)


def _dated(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    first = pd.to_datetime(articles["published"])
    last = pd.to_datetime(articles["published_until"]) if "published_until" in articles else first
    precision = articles.get("published_precision", "day")
    frame = pd.DataFrame(
        {
            "group": articles[by].astype(str),
            "first": first,
            "last": last.fillna(first),
            "precision": precision,
        }
    )
    frame.loc[frame["precision"] == "unknown", ["first", "last"]] = pd.NaT
    return frame.sort_values(["group", "first", "last"], kind="stable")


def _tallest(own: pd.DataFrame, first: pd.Timestamp, bin_days: int) -> int:
    if own.empty:
        return 1
    piles = ((own["first"] - first).dt.days // bin_days).value_counts()
    return min(int(piles.max()), _MOST)


def _row(
    axes: Axes, own: pd.DataFrame, base: float, first: pd.Timestamp, bin_days: int, colour: str, marker: str
) -> None:
    step = 0.105
    exact = own[own["first"].notna() & (own["first"] == own["last"])]
    vague = own[own["first"].notna() & (own["first"] != own["last"])]
    look: dict[str, Any] = {
        "marker": marker,
        "markersize": 5.2,
        "linestyle": "none",
        "zorder": 3,
        "clip_on": False,
    }
    bins = (exact["first"] - first).dt.days // bin_days
    for place, pile in bins.value_counts().sort_index().items():
        day = int(str(place)) * bin_days
        count = min(int(pile), 1 if pile > _MOST else _MOST)
        heights = [base + step * i for i in range(count)]
        axes.plot(
            [day] * count, heights, markerfacecolor=colour, markeredgecolor=PAPER, markeredgewidth=0.6, **look
        )
        if pile > _MOST:
            axes.annotate(
                f"{pile}",
                (day, base),
                xytext=(0, 5),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=INK,
            )
    for start, end in zip(vague["first"], vague["last"], strict=True):
        days = [(start - first).days, (end - first).days]
        axes.plot(days, [base, base], color=colour, linewidth=1.4, alpha=0.5, zorder=2)
        axes.plot(
            [sum(days) / 2],
            [base],
            markerfacecolor=PAPER,
            markeredgecolor=colour,
            markeredgewidth=1.1,
            **look,
        )


def day_ticks(first: pd.Timestamp, last: pd.Timestamp) -> tuple[list[int], list[str]]:
    """Choose at most seven days for the axis: days, weeks, firsts of months or of years, as a newspaper writes them."""
    span = (last - first).days
    if span > 1100:
        years = list(pd.date_range(first, last, freq="YS"))
        years = years[:: -(-len(years) // 5)]  # also on a narrow page
        return [(day - first).days for day in years], [str(day.year) for day in years]
    if span <= 42:
        step = next(step for step in (1, 2, 3, 7) if span <= 6 * step)
        days = [first + pd.Timedelta(days=i) for i in range(0, span + 1, step)]
        words = [f"{day.day} {day:%b}" for day in days]
    else:
        days = list(pd.date_range(first, last, freq="MS"))
        days = days[:: -(-len(days) // 7)]
        words = [f"1 {day:%b}" if span <= 200 else f"{day:%b}" for day in days]
    if first.year != last.year:
        words = [f"{word}\n{day.year}" for word, day in zip(words, days, strict=True)]
    return [(day - first).days for day in days], words


def _events(axes: Axes, events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> None:
    days = pd.to_datetime(events["date"])
    within = sorted(
        (day, words)
        for day, words in zip(days, events["event"].astype(str), strict=True)
        if first <= day <= last
    )
    for place, (day, words) in enumerate(within):
        late = (day - first) > (last - first) * 0.6
        axes.axvline((day - first).days, color=SOFT, linewidth=0.8, linestyle=(0, (3, 2)), zorder=1)
        axes.annotate(
            label(words, lines=1),
            ((day - first).days, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-3 if late else 3, 3 + 11 * (place % 2)),
            textcoords="offset points",
            ha="right" if late else "left",
            va="bottom",
            fontsize=8,
            color=SOFT,
            annotation_clip=False,
        )
