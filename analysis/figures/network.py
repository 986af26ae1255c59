"""Who stands with whom: a matrix of sources and actors, and its twin, a small network of the strongest ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import label, visible
from analysis.figures.palette import INK, LINE, PAPER, SOFT, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_STRONGEST = 0.42
"""Opacity of the strongest cell, so that words on it stay readable on light and on dark ground."""


def matrix(ties: pd.DataFrame, *, rows: str = "source", columns: str = "target", limit: int = 12) -> Picture:
    """Draw ties as a matrix: sources down, targets across, the count in each cell.

    Parameters
    ----------
    ties : pandas.DataFrame
        ``source target k``: how often the one is tied to the other.
    rows, columns : str
        What rows and columns are, in words.
    limit : int
        Rows and columns drawn, those with the most ties first.

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
    sources = _ranked(ties, "source")[:limit]
    targets = _ranked(ties, "target")[:limit]
    most = float(ties["k"].max())
    counts = {(row.source, row.target): float(str(row.k)) for row in ties.itertuples()}
    with style():
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        picture = Figure(figsize=(6.6, 0.32 * len(sources) + 1.5))
        axes = picture.subplots()
        for y, source in enumerate(sources):
            for x, target in enumerate(targets):
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
            [label(target, width=22, lines=1) for target in targets],
            rotation=38,
            ha="left",
            rotation_mode="anchor",
        )
        axes.set_yticks(
            [y + 0.5 for y in range(len(sources))], [label(source, lines=1) for source in sources]
        )
        axes.set_ylabel(visible(rows), color=SOFT, loc="top")
        axes.set_xlabel(visible(columns), loc="left")
    return picture


def network(
    ties: pd.DataFrame,
    *,
    colours: Mapping[str, str] | None = None,
    nodes: pd.DataFrame | None = None,
    limit: int = 16,
    seed: int = 2026,
) -> Picture:
    """Draw the strongest ties as a network, the twin of `matrix`: for an overview, not for reading numbers.

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
    seed : int
        Of the layout.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> frame = pd.DataFrame({"source": ["ministry", "mayor"], "target": ["mayor", "army"], "k": [3, 1]})
    >>> sorted(text.get_text() for text in network(frame).get_axes()[0].texts)
    ['army', 'mayor', 'ministry']
    """
    import networkx as nx

    ties = _ties(ties)
    weight = pd.concat([ties.groupby("source")["k"].sum(), ties.groupby("target")["k"].sum()])
    weight = weight.groupby(level=0).sum()
    ranked = sorted(weight.index, key=lambda name: (-float(weight[name]), str(name)))[:limit]
    kept = ties[
        ties["source"].isin(ranked) & ties["target"].isin(ranked) & (ties["source"] != ties["target"])
    ]
    kept = kept.sort_values(["k", "source", "target"], ascending=[False, True, True]).head(2 * limit)
    if kept.empty:
        raise MeasureError("there is no tie between the nodes drawn: show the matrix instead")
    graph = nx.Graph()
    graph.add_nodes_from(sorted(set(kept["source"]) | set(kept["target"])))
    for row in kept.sort_values(["source", "target"]).itertuples():
        before = graph.get_edge_data(row.source, row.target, {"k": 0.0})["k"]
        graph.add_edge(row.source, row.target, k=before + float(str(row.k)))
    start = nx.circular_layout(graph)
    places = nx.spring_layout(
        graph, pos=start, weight="k", seed=seed, k=1.6 / np.sqrt(len(graph)), iterations=200
    )
    groups: dict[str, str] = {}
    if nodes is not None and "group" in nodes:
        groups = dict(zip(nodes["node"].astype(str), nodes["group"].astype(str), strict=True))
    most = max(data["k"] for _, _, data in graph.edges(data=True))
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, 4.4))
        axes = picture.subplots()
        for one, other, data in sorted(graph.edges(data=True), key=lambda edge: (edge[0], edge[1])):
            (x1, y1), (x2, y2) = places[one], places[other]
            strength = data["k"] / most
            axes.plot(
                [x1, x2],
                [y1, y2],
                color=SOFT,
                linewidth=0.6 + 3.4 * strength,
                alpha=0.25 + 0.35 * strength,
                zorder=1,
            )
        for name in sorted(graph.nodes):
            x, y = places[name]
            colour = (colours or {}).get(groups.get(name, ""), INK)
            size = 4 + 8 * float(weight[name]) / float(weight.max())
            axes.plot(
                [x],
                [y],
                marker="o",
                markersize=size,
                markerfacecolor=colour,
                markeredgecolor=PAPER,
                zorder=3,
                linestyle="none",
            )
            axes.annotate(
                label(name, width=22, lines=1),
                (x, y),
                xytext=(0, size / 2 + 2),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=8.5,
                zorder=4,
                annotation_clip=False,
            )
        across, down = [xy[0] for xy in places.values()], [xy[1] for xy in places.values()]
        wide, high = max(across) - min(across) or 1.0, max(down) - min(down) or 1.0
        axes.set_xlim(min(across) - 0.12 * wide, max(across) + 0.12 * wide)
        axes.set_ylim(min(down) - 0.06 * high, max(down) + 0.1 * high)
        axes.set_axis_off()
    return picture


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


def _ranked(ties: pd.DataFrame, column: str) -> list[str]:
    totals = ties.groupby(column)["k"].sum()
    return sorted(map(str, totals.index), key=lambda name: (-float(totals[name]), name))
