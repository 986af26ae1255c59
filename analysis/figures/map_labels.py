"""Labels of a map: each beside its own symbol, none over another or cut off; what finds no room stands in the table.

Candidate positions round a symbol are tried in the order that cartographers prefer (Imhof, 1975; Christensen, Marks and
Shieber, 1995): close by first, then farther off with a thin line. So a label can never be taken for a neighbour's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.palette import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box = tuple[float, float, float, float]
# right, left, above, below, then the corners: the order in which a reader expects a name
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_NEAR, _FAR = 2.0, (9.0, 17.0)
"""Points between symbol and label: without a line, and with one."""


def label_points(axes: Axes, drawn: pd.DataFrame, *, labels: int, size: float = 7.8) -> int:
    """Label the places named most, areas and waters in italics.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The map, in its final place.
    drawn : pandas.DataFrame
        ``x, y, radius, place, kind`` of all symbols, the most important first; all are kept free of labels.
    labels : int
        How many are labelled at most.
    size : float, optional
        Of the words, in points.

    Returns
    -------
    int
        How many found room.
    """
    if drawn.empty:
        return 0
    axes.apply_aspect()
    figure: Any = axes.get_figure()
    unit = 72 / figure.dpi
    frame = axes.get_window_extent()
    inside: Box = (frame.x0 * unit, frame.y0 * unit, frame.x1 * unit, frame.y1 * unit)
    points = axes.transData.transform(drawn[["x", "y"]].to_numpy(dtype=float)) * unit
    radii = drawn["radius"].to_numpy(dtype=float)
    taken = [
        (x - r, y - r, x + r, y + r)
        for (x, y), r in zip(points.tolist(), radii.tolist(), strict=True)
        if r > 0
    ]
    placed = 0
    rows: list[dict[str, Any]] = drawn.head(labels).to_dict("records")  # type: ignore[assignment]
    for row, (x, y), radius in zip(rows, points.tolist(), radii.tolist(), strict=False):
        words = _words(row, drawn)
        area = row["kind"] == "area"
        points_high = size - 0.4 if row["kind"] == "region" else size
        wide, high = _measured(words, points_high)
        for dx, dy, far in _positions(radius, wide, high):
            box = (x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2)
            if not _within(box, inside) or any(_overlap(box, other) for other in taken):
                continue
            axes.annotate(
                words,
                (row["x"], row["y"]),
                xytext=(dx, dy),
                textcoords="offset points",
                fontsize=points_high,
                color=SOFT if area else INK,
                style="italic" if area else "normal",
                ha="center",
                va="center",
                zorder=8,
                arrowprops={"arrowstyle": "-", "color": SOFT, "lw": 0.6, "shrinkA": 1, "shrinkB": radius}
                if far
                else None,
            )
            taken.append(box)
            placed += 1
            break
    return placed


def _positions(radius: float, wide: float, high: float) -> Iterator[tuple[float, float, bool]]:
    """Give offsets of a label's centre from its symbol's, nearest first, and whether they need a line."""
    if radius == 0:  # a shaded region carries its name in its middle
        yield 0.0, 0.0, False
    for gap in (_NEAR, *_FAR):
        for right, up in _SIDES:
            slant = 0.75 if right and up else 1.0
            yield (
                right * (radius * slant + gap + wide / 2),
                up * (radius * slant + gap * (0.6 if right else 1.0) + high / 2),
                gap > _NEAR,
            )


def _measured(words: str, size: float) -> tuple[float, float]:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    extents = TextPath((0, 0), words, size=size, prop=FontProperties()).get_extents()
    return float(extents.width) + 2, size * 1.05


def _within(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _words(row: dict[str, Any], drawn: pd.DataFrame) -> str:
    """Name a place; a region that shares its name with a town on the map says that it is the region."""
    towns = drawn[(drawn["place"] == row["place"]) & (drawn["kind"] == "town")]
    return f"{row['place']} region" if row["kind"] == "region" and len(towns) else str(row["place"])
