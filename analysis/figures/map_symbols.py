"""The symbols of a map: circles for towns, shades for regions and countries, on one scale, and their key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.ground import Ground
from analysis.figures.palette import PAPER, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.patches import Rectangle

WIDTH = 6.6
KEY = 0.3  # inches: key of sizes


class Scale:
    """Circle areas and shades, the same for all panels of a picture."""

    def __init__(self, table: pd.DataFrame, largest: float, *, column: str = "n", least: float = 0.0) -> None:
        self.column = column
        points = table[table["precision"].isin(["town", "district"])][column]
        areas = table[table["precision"].isin(["region"])][column]
        countries = table[table["precision"] == "country"][column]
        self.most = max(float(points.max()) if len(points) else 0.0, least, 1.0)
        self.most_area = max(float(areas.max()) if len(areas) else 0.0, least, 1.0)
        self.most_country = max(float(countries.max()) if len(countries) else 0.0, least, 1.0)
        self.has_areas, self.has_countries = bool(len(areas)), bool(len(countries))
        self.largest = largest

    def radius(self, value: float) -> float:
        """Radius in points; area goes with the number."""
        return float(max(1.6, self.largest * (value / self.most) ** 0.5))

    def shade(self, value: float, *, country: bool = False) -> float:
        """Opacity of a region, or of a country on a map of the world; each has its own scale."""
        most = self.most_country if country else self.most_area
        return float(0.10 + 0.42 * (value / most) ** 0.5)


def draw_places(axes: Axes, ground: Ground, table: pd.DataFrame, colour: str, scale: Scale) -> pd.DataFrame:
    """Draw areas, lines and circles; return the points drawn, with their place on the axes, largest first."""
    value = scale.column
    for row in rows_of(table[table["precision"] == "region"]):
        ground.shade(axes, row.region, colour, scale.shade(getattr(row, value)))
    inside = []
    for row in rows_of(table):
        kind = row.precision
        if kind == "country":
            centre = ground.centre(row.country) if ground.extent.world else None
            if centre is not None:  # nearer by, a country would cover the map
                ground.shade(axes, row.country, colour, scale.shade(getattr(row, value), country=True))
                inside.append((*centre, 0.0, row.place, kind, getattr(row, value), row.place_id, ""))
            continue
        line = kind == "area" and ground.draw_area(axes, row.place_id, colour)
        x, y, within = ground.project(row.lon, row.lat)
        if not within:
            continue
        if kind in ("town", "district"):
            radius = scale.radius(getattr(row, value))
            circle(axes, x, y, radius, colour, filled=kind == "town")
        elif kind == "area" and not line:
            radius = 3.0
            look: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": colour, "linestyle": "none"}
            axes.plot([x], [y], marker="D", markersize=4, zorder=5, **look)
        else:
            radius = 0.0
        if kind == "region":
            x, y = ground.centre(row.region) or (x, y)
        inside.append((x, y, radius, row.place, kind, getattr(row, value), row.place_id, row.region))
    drawn = pd.DataFrame(
        inside, columns=["x", "y", "radius", "place", "kind", "weight", "place_id", "region"]
    )
    drawn["inset"] = False
    return drawn.sort_values(["weight", "place"], ascending=[False, True], kind="stable", ignore_index=True)


def circle(axes: Axes, x: float, y: float, radius: float, colour: str, *, filled: bool = True) -> None:
    """Draw a town as a disc, a part of one as a ring."""
    axes.plot(
        [x],
        [y],
        marker="o",
        markersize=2 * radius,
        markerfacecolor=colour if filled else "none",
        markeredgecolor=PAPER if filled else colour,
        markeredgewidth=0.6 if filled else 1.2,
        alpha=0.85,
        linestyle="none",
        zorder=5 - radius / 100,
    )


def size_key(
    picture: Picture, scale: Scale, colour: str, *, world: bool, bottom: float, height: float
) -> None:
    """Say what circle sizes mean: up to three circles with their numbers, under the map."""
    key = picture.add_axes((0, bottom, 1, height))
    key.set_axis_off()
    key.set(xlim=(0, WIDTH * 72), ylim=(-KEY * 36, KEY * 36))
    key.text(0, 0, "mentions of a town", fontsize=7, color=SOFT, va="center")
    x = 86.0
    for step in sorted({1, max(1, round(scale.most / 4)), max(1, round(scale.most))}):
        radius = scale.radius(step)
        circle(key, x + radius, 0, radius, colour)
        key.text(x + 2 * radius + 3, 0, str(step), fontsize=7, color=SOFT, va="center")
        x += 2 * radius + 12 + 5 * len(str(step))
    shaded = [("of a whole region", scale.most_area, False)] if scale.has_areas else []
    if world and scale.has_countries:
        shaded.append(("of a whole country", scale.most_country, True))
    for words, most, country in shaded:
        key.text(x + 10, 0, words, fontsize=7, color=SOFT, va="center")
        x += 78
        for step in sorted({1, max(1, round(most))}):
            key.add_patch(_swatch(x, colour, scale.shade(step, country=country)))
            key.text(x + 13, 0, str(step), fontsize=7, color=SOFT, va="center")
            x += 22 + 5 * len(str(step))


def _swatch(x: float, colour: str, opacity: float) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((x, -4), 10, 8, facecolor=colour, alpha=opacity, linewidth=0)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Give rows by attribute, of types that pandas cannot declare."""
    yield from frame.itertuples()
