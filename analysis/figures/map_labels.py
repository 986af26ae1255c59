"""Labels of a map: none over another, none cut off, a thin line where one had to move."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.palette import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.figures.ground import Ground


def label_points(axes: Axes, drawn: pd.DataFrame, ground: Ground, *, size: float = 7.8) -> None:
    """Label places with adjustText, areas and waters in italics.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    drawn : pandas.DataFrame
        ``x, y, radius, place, kind``; all are labelled.
    ground : Ground
        Not changed; keeps the signature of the family.
    size : float
        Of the words, in points.
    """
    from adjustText import adjust_text

    if drawn.empty:
        return
    texts = []
    row: Any
    for row in drawn.itertuples():
        words = (
            f"{row.place} region" if row.kind == "region" and _shared(drawn, row.place) else str(row.place)
        )
        texts.append(
            axes.text(
                row.x,
                row.y,
                words,
                fontsize=size if row.kind != "region" else size - 0.4,
                color=SOFT if row.kind == "area" else INK,
                style="italic" if row.kind == "area" else "normal",
                ha="center",
                va="center",
                zorder=8,
                clip_on=False,
            )
        )
    towns = drawn[drawn["kind"].isin(["town", "district"])]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        adjust_text(
            texts,
            x=towns["x"].tolist(),
            y=towns["y"].tolist(),
            ax=axes,
            expand=(1.15, 1.35),
            force_text=(0.3, 0.5),
            force_static=(0.2, 0.4),
            ensure_inside_axes=True,
            arrowprops={"arrowstyle": "-", "color": SOFT, "lw": 0.5, "shrinkA": 2, "shrinkB": 2},
            iter_lim=200,
            min_arrow_len=3,
        )


def _shared(drawn: pd.DataFrame, place: str) -> bool:
    return bool(((drawn["place"] == place) & (drawn["kind"] == "town")).any())
