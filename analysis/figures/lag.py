"""Event and publication: on each outlet's row the day an article came out, and the days it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label
from analysis.figures.labels import beside_rows
from analysis.figures.palette import INK, LINE, PAPER, SOFT, UNKNOWN, marks, style
from analysis.figures.timeline import day_ticks

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_WINDOW = 14
"""Days before the first article that are drawn; older days are background and stand in the table."""
_STEP = 0.34


def lag(
    articles: pd.DataFrame,
    days: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    by: str = "outlet",
) -> Picture:
    """Draw each article as a line of its own: a filled mark when it was published, open ones on the days it speaks of.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id``, ``published`` and the ``by`` column; those not dated to the day are left out.
    days : pandas.DataFrame
        ``article_id`` and ``day``, as `analysis.stories.event_days` gives them.
    colours : mapping of str to str
        From `outlet_colours`; rows stand in its order.
    by : str
        Column that names the row.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When no article is dated to the day.

    Examples
    --------
    >>> one = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "published": ["2024-05-08"]})
    >>> day = pd.DataFrame({"article_id": ["a"], "day": ["2024-05-06"]})
    >>> len(lag(one, day, colours={"Harbour Gazette": "#0072b2"}).get_axes())
    1
    """
    frame = articles.assign(_day=pd.to_datetime(articles["published"], errors="coerce"))
    if "published_until" in articles:
        last = pd.to_datetime(articles["published_until"], errors="coerce")
        frame = frame[last.isna() | (last == frame["_day"])]
    frame = frame[frame["_day"].notna()].sort_values(["_day", "article_id"], kind="stable")
    if frame.empty:
        raise MeasureError("no article is dated to the day: show the table of days without a picture")
    present = set(frame[by].astype(str))
    groups = [name for name in colours if name in present] + sorted(present - set(colours))
    shapes = marks({name: colours.get(name, UNKNOWN) for name in [*colours, *groups]})
    spoken = days.assign(_on=pd.to_datetime(days["day"])).drop_duplicates(["article_id", "_on"])
    begin = frame["_day"].min() - pd.Timedelta(days=_WINDOW)
    spoken = spoken[(spoken["_on"] >= begin) & spoken["article_id"].isin(frame["article_id"])]
    first = min([frame["_day"].min(), *spoken["_on"]])
    last_day = max([frame["_day"].max(), *spoken["_on"]])
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, _STEP * len(frame) + 0.16 * len(groups) + 0.9))
        axes = picture.subplots()
        height, ticks = 0.0, []
        for group in groups:
            own = frame[frame[by].astype(str) == group]
            colour = colours.get(group, UNKNOWN)
            ticks.append(height - _STEP * (len(own) - 1) / 2)
            for article_id, day in own[["article_id", "_day"]].itertuples(index=False):
                out = (day - first).days
                on = ((spoken.loc[spoken["article_id"] == article_id, "_on"] - first).dt.days).tolist()
                if on:
                    axes.plot(
                        [min(on), out], [height, height], color=colour, linewidth=1, alpha=0.55, zorder=2
                    )
                mark: dict[str, Any] = {
                    "marker": shapes[group].marker,
                    "linestyle": "none",
                    "zorder": 3,
                    "clip_on": False,
                }
                axes.plot(
                    [x for x in on if x != out],
                    [height] * len([x for x in on if x != out]),
                    markersize=6,
                    markerfacecolor=PAPER,
                    markeredgecolor=colour,
                    markeredgewidth=1.2,
                    **mark,
                )
                axes.plot(
                    [out], [height], markersize=6.4, markerfacecolor=colour, markeredgecolor=PAPER, **mark
                )
                if out in on:
                    ring = {**mark, "markersize": 10.5, "markerfacecolor": "none", "markeredgewidth": 1.1}
                    axes.plot([out], [height], markeredgecolor=colour, **ring)
                height -= _STEP
            height -= 0.16
            axes.axhline(height + _STEP / 2 + 0.06, color=LINE, linewidth=0.8, zorder=1)
        span = max((last_day - first).days, 6)
        axes.set_xlim(-0.04 * span - 0.3, (last_day - first).days + 0.04 * span + 0.3)
        axes.set_ylim(height + _STEP / 2, _STEP)
        beside_rows(axes, ticks, [label(group) for group in groups])
        axes.set_xticks(*day_ticks(first, last_day))
        axes.plot([], [], marker="o", linestyle="none", color=INK, label="published")
        axes.plot(
            [],
            [],
            marker="o",
            linestyle="none",
            markerfacecolor=PAPER,
            markeredgecolor=INK,
            label="day it speaks of",
        )
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=8, labelcolor=SOFT
        )
    return picture
