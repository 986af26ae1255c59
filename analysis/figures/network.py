"""Who stands with whom: a matrix of sources and actors, and its twin, a small network of the strongest ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label, visible
from analysis.figures.labels import beside_rows
from analysis.figures.palette import INK, LINE, PAPER, SOFT, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_NARROW = 5.0
"""Inches below which a picture is meant for a telephone."""
_STRONGEST = 0.42
"""Opacity of the strongest cell, so that words on it stay readable on light and on dark ground."""


def matrix(
    ties: pd.DataFrame,
    *,
    rows: str = "source",
    columns: str = "target",
    mutual: bool = False,
    limit: int = 12,
    width: float = 6.6,
) -> Picture:
    """Draw ties as a matrix: sources down, targets across, the count in each cell.

    Parameters
    ----------
    ties : pandas.DataFrame
        ``source target k``: how often the one is tied to the other.
    rows, columns : str
        What rows and columns are, in words.
    mutual : bool
        Whether a tie has no direction: rows and columns are then the same names in the same order, and each pair stands
        once, below the diagonal.
    limit : int
        Rows and columns drawn, those of the strongest ties.
    width : float
        Inches; on a narrow page the heads stand upright.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["ministry"], "target": ["mayor"], "k": [3]})
    >>> [text.get_text() for text in matrix(frame).get_axes()[0].texts]
    ['3']
    """
    ties = _ties(ties)
    counts = {(str(row.source), str(row.target)): float(str(row.k)) for row in ties.itertuples()}
    if mutual:
        order = _ranked(_weights(ties))[:limit]
        counts = {
            (a, b): counts.get((a, b), 0.0) + counts.get((b, a), 0.0)
            for y, a in enumerate(order)
            for b in order[:y]
        }
        sources, targets = order[1:], order[:-1]
    else:
        drawn = _strongest(ties, limit)
        sources, targets = (_ranked(drawn.groupby(side)["k"].sum()) for side in ("source", "target"))
    most = max(counts.values())
    upright = width < _NARROW
    wide = max(width * min(1.0, 0.3 + 0.07 * len(targets)), 3.4)  # a few columns need not fill the page
    with style():
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        picture = Figure(figsize=(wide, 0.32 * len(sources) + 1.5))
        axes = picture.subplots()
        for y, source in enumerate(sources):
            for x, target in enumerate(targets[: y + 1] if mutual else targets):
                k = counts.get((source, target), 0.0)
                cell: dict[str, Any] = {"facecolor": INK, "alpha": _STRONGEST * k / most, "linewidth": 0}
                if not k:
                    cell = {"facecolor": "none", "edgecolor": LINE, "linewidth": 0.6}
                axes.add_patch(Rectangle((x + 0.03, y + 0.05), 0.94, 0.9, **cell))
                if k:
                    axes.text(x + 0.5, y + 0.5, f"{k:.0f}", ha="center", va="center_baseline", fontsize=8.5)
        axes.set_xlim(0, len(targets))
        axes.set_ylim(len(sources), 0)
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        axes.xaxis.tick_top()
        axes.set_xticks(
            [x + 0.5 for x in range(len(targets))],
            [label(target, width=22 if upright else 28, lines=1) for target in targets],
            rotation=90 if upright else 38,
            ha="left",
            va="center" if upright else "baseline",
            rotation_mode="anchor",
        )
        names = [label(source, width=20 if upright else 34, lines=2 if upright else 1) for source in sources]
        beside_rows(axes, [y + 0.5 for y in range(len(sources))], names)
        axes.set_ylabel(visible(rows), color=SOFT, loc="top")
        axes.set_xlabel(visible(columns), loc="left")
    return picture


def network(
    ties: pd.DataFrame,
    *,
    colours: Mapping[str, str] | None = None,
    nodes: pd.DataFrame | None = None,
    limit: int = 16,
    width: float = 6.6,
) -> Picture:
    """Draw the strongest ties as a network, the twin of `matrix`: for an overview, not for reading numbers.

    The names stand on a circle, which keeps them apart however many ties there are.

    Parameters
    ----------
    ties : pandas.DataFrame
        ``source target k``.
    colours : mapping of str to str, optional
        Colour by the ``group`` of ``nodes``.
    nodes : pandas.DataFrame, optional
        ``node group``, and ``k`` for the size of the mark.
    limit : int
        Nodes drawn, those with the most ties; of their ties the strongest, twice as many as nodes.
    width : float
        Inches.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["ministry", "mayor"], "target": ["mayor", "army"], "k": [3, 1]})
    >>> sorted(text.get_text() for text in network(frame).get_axes()[0].texts)
    ['army', 'mayor', 'ministry']
    """
    ties = _ties(ties)
    weight = _weights(ties)
    ranked = _ranked(weight)[:limit]
    kept = ties[
        ties["source"].isin(ranked) & ties["target"].isin(ranked) & (ties["source"] != ties["target"])
    ]
    kept = kept.sort_values(["k", "source", "target"], ascending=[False, True, True]).head(2 * limit)
    if kept.empty:
        raise MeasureError("there is no tie between the nodes drawn: show the matrix instead")
    lines: dict[tuple[str, str], float] = {}
    for row in kept.itertuples():
        one, other = sorted((str(row.source), str(row.target)))
        lines[one, other] = lines.get((one, other), 0.0) + float(str(row.k))
    order = _round(lines)
    angles = {name: np.pi / 2 - 2 * np.pi * place / len(order) for place, name in enumerate(order)}
    places = {name: (float(np.cos(angle)), float(np.sin(angle))) for name, angle in angles.items()}
    groups: dict[str, str] = {}
    if nodes is not None and "group" in nodes:
        groups = dict(zip(nodes["node"].astype(str), nodes["group"].astype(str), strict=True))
    most = max(lines.values())
    with style():
        from matplotlib.figure import Figure

        narrow = width < _NARROW
        picture = Figure(figsize=(width, 3.2 if narrow else 4.2))
        axes = picture.subplots()
        for (one, other), k in sorted(lines.items(), key=lambda line: (line[1], line[0])):
            (x1, y1), (x2, y2) = places[one], places[other]
            axes.plot(
                [x1, x2],
                [y1, y2],
                color=SOFT,
                linewidth=0.6 + 3.4 * k / most,
                alpha=0.25 + 0.45 * k / most,
                solid_capstyle="round",
                zorder=1,
            )
        for name in order:
            x, y = places[name]
            size = 4 + 8 * float(weight[name]) / float(weight.max())
            axes.plot(
                [x],
                [y],
                marker="o",
                markersize=size,
                markerfacecolor=(colours or {}).get(groups.get(name, ""), INK),
                markeredgecolor=PAPER,
                zorder=3,
                linestyle="none",
            )
            sideways = abs(x) > 0.15
            axes.annotate(
                label(name, width=14 if narrow else 30, lines=2 if narrow else 1),
                (x, y),
                xytext=(np.sign(x) * (size / 2 + 3) if sideways else 0, y * (size / 2 + 5)),
                textcoords="offset points",
                ha=("left" if x > 0 else "right") if sideways else "center",
                va="center" if sideways else "bottom" if y > 0 else "top",
                fontsize=7.5 if narrow else 8.5,
                zorder=4,
                annotation_clip=False,
            )
        axes.set_aspect("equal")
        axes.set_xlim(-1.08, 1.08)
        axes.set_ylim(-1.12, 1.12)
        axes.set_axis_off()
    return picture


def _strongest(ties: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Take the strongest ties for which rows and columns are left, so that no row is drawn empty."""
    totals = [ties.groupby(side)["k"].transform("sum") for side in ("source", "target")]
    ties = ties.assign(around=totals[0] + totals[1])
    sources: set[str] = set()
    targets: set[str] = set()
    kept = []
    ordered = ties.sort_values(["k", "around", "source", "target"], ascending=[False, False, True, True])
    for place, row in zip(ordered.index, ordered.itertuples(), strict=True):
        down, across = sources | {str(row.source)}, targets | {str(row.target)}
        if len(down) <= limit and len(across) <= limit:
            sources, targets = down, across
            kept.append(place)
    return ties.loc[kept]


def _round(lines: Mapping[tuple[str, str], float]) -> list[str]:
    """Order names on a circle: whoever is tied most to the names already set comes next, so that lines stay short."""
    total: dict[str, float] = {}
    for pair, k in lines.items():
        for name in pair:
            total[name] = total.get(name, 0.0) + k
    order: list[str] = []
    while len(order) < len(total):
        near = {name: (0.0, total[name]) for name in total if name not in order}
        for back, name in enumerate(reversed(order)):
            for other in near:
                k = lines.get((name, other), 0.0) or lines.get((other, name), 0.0)
                near[other] = (near[other][0] + k / (1 + back), near[other][1])
        order.append(min(near, key=lambda name: (-near[name][0], -near[name][1], name)))
    return order


def _weights(ties: pd.DataFrame) -> pd.Series[float]:
    """Sum the ties of each name, on whichever side it stands."""
    ends = [ties[[side, "k"]].rename(columns={side: "name"}) for side in ("source", "target")]
    totals: pd.Series[float] = pd.concat(ends).groupby("name")["k"].sum()
    return totals


def _ties(ties: pd.DataFrame) -> pd.DataFrame:
    for column in ("source", "target", "k"):
        if column not in ties.columns:
            raise MeasureError(
                f"ties need the column {column!r}; there are {', '.join(map(str, ties.columns))}"
            )
    ties = ties[ties["k"] > 0].astype({"source": str, "target": str})
    if ties.empty:
        raise MeasureError("there are no ties to draw: show the finding without a picture")
    counted = ties.groupby(["source", "target"], sort=True)["k"].sum()
    return pd.DataFrame({"k": counted}).reset_index()


def _ranked(totals: pd.Series[float]) -> list[str]:
    return sorted(map(str, totals.index), key=lambda name: (-float(totals[name]), name))
