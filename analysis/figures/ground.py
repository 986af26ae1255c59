"""The ground of a map: land, borders, rivers and what is contested, cut to the extent and light enough to inline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.extent import Extent
from analysis.figures.palette import EDGE, LINE, PAPER, SOFT
from analysis.places import boundaries
from analysis.places.gazetteer import load
from analysis.places.names import fold

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

GRAIN = 0.8  # points; detail finer than this is left out


class Ground:
    """The ground under one or several maps of the same extent.

    Parameters
    ----------
    extent : Extent
    worldview : str
    width : float
        Of a map in points; decides how finely borders are drawn.
    named : pandas.Series, optional
        Countries that places lie in; only their inner borders are drawn.
    """

    def __init__(
        self, extent: Extent, worldview: str, *, width: float, named: pd.Series[str] | None = None
    ) -> None:
        from pyproj import Transformer

        self.extent, self.worldview, self._width = extent, worldview, width
        self._to = Transformer.from_crs("EPSG:4326", extent.projection, always_xy=True)
        pad_x, pad_y = (extent.east - extent.west) * 0.2, (extent.north - extent.south) * 0.2
        self._clip = (
            max(-180.0, extent.west - pad_x),
            max(-89.0, extent.south - pad_y),
            min(180.0, extent.east + pad_x),
            min(89.0, extent.north + pad_y),
        )
        self.window = self._window()
        self._grain = (self.window[2] - self.window[0]) / width * GRAIN
        fine = self._near = (extent.east - extent.west) < 40
        self._regions = boundaries.regions()
        everything = boundaries.countries(worldview=worldview)
        if fine:
            column = "country" if worldview == "un" else "held"
            near = self._cut(self._regions)
            self._units = near
            self.countries = self._light(
                near[near[column] != ""][[column, "geometry"]].dissolve(column).reset_index(names="country")
            )
        else:
            self._units = self._cut(self._regions)
            self.countries = self._light(self._cut(everything))
        self._shapes = self._light(self._units[self._units["region"] != ""])
        inner = self._shapes["country"].isin(set() if named is None else set(named))
        self._inner = self._shapes[inner]
        self.contested = self._light(self._cut(boundaries.contested()))
        limit = 1 if extent.world else 6 if not fine else 9
        rivers = boundaries.rivers()
        self._rivers = self._cut(rivers)
        self.rivers = self._light(self._cut(rivers[rivers["rank"] <= limit]))
        self.lines = self._light(self._cut(boundaries.disputed_lines()))

    def _window(self) -> tuple[float, float, float, float]:
        e = self.extent
        if e.world:
            x, _ = self._to.transform(179.9, 0)
            _, south = self._to.transform(0, e.south)
            _, north = self._to.transform(0, e.north)
            return -x, south, x, north
        lon = (e.west + e.east) / 2
        _, south = self._to.transform(lon, e.south)
        _, north = self._to.transform(lon, e.north)
        half = (north - south) / e.aspect / 2
        return -half, south, half, north

    def _cut(self, frame: GeoDataFrame) -> GeoDataFrame:
        west, south, east, north = self._clip
        frame = frame.cx[west:east, south:north].copy()
        frame["geometry"] = frame.geometry.clip_by_rect(west, south, east, north)
        return frame[~frame.geometry.is_empty]

    def _light(self, frame: GeoDataFrame) -> GeoDataFrame:
        """Project, cut to the window, and leave out what is too small to see."""
        frame = frame.to_crs(self.extent.projection)
        west, south, east, north = self.window
        edge = (east - west) * 0.01
        frame["geometry"] = frame.geometry.clip_by_rect(west - edge, south - edge, east + edge, north + edge)
        frame["geometry"] = frame.geometry.simplify(self._grain)
        return frame[~frame.geometry.is_empty]

    def draw(self, axes: Axes, *, window: tuple[float, float, float, float] | None = None) -> None:
        """Draw land, rivers and borders."""
        west, south, east, north = window or self.window
        axes.set_xlim(west, east)
        axes.set_ylim(south, north)
        axes.set_axis_off() if window is None else axes.set(xticks=[], yticks=[], xlabel="", ylabel="")
        axes.grid(visible=False)
        axes.set_aspect("equal", adjustable="box")
        least = (2.5 * self._grain) ** 2
        line = 0.5 if self._width > 300 and not self.extent.world else 0.35
        paint(axes, self.countries, least=least, facecolor=LINE, edgecolor="none", zorder=0)
        if self._near:
            paint(axes, self._inner, least=least, facecolor="none", edgecolor=EDGE, linewidth=0.35, zorder=1)
        paint(axes, self.rivers, facecolor="none", edgecolor=PAPER, linewidth=0.9, zorder=1)
        paint(axes, self.contested, facecolor="none", edgecolor=EDGE, linewidth=0, hatch="/////", zorder=1.5)
        paint(axes, self.countries, least=least, facecolor="none", edgecolor=SOFT, linewidth=line, zorder=2)
        paint(
            axes, self.lines, facecolor="none", edgecolor=SOFT, linewidth=0.5, linestyle=(0, (2, 2)), zorder=2
        )

    def project(self, lon: float, lat: float) -> tuple[float, float, bool]:
        """Give a point's place on the map, and whether it lies within."""
        x, y = self._to.transform(lon, lat)
        west, south, east, north = self.window
        return x, y, west <= x <= east and south <= y <= north

    def shade(self, axes: Axes, code: str, colour: str, opacity: float) -> None:
        """Shade a country, or a first-order region over it."""
        shape = self._shape(code)
        if len(shape):
            above = 1.8 if "." in code else 1.6
            paint(axes, shape, facecolor=colour, edgecolor=colour, linewidth=0.4, alpha=opacity, zorder=above)

    def centre(self, code: str) -> tuple[float, float] | None:
        """Give a point inside the largest part of a country or region, where its label stands."""
        shape = self._shape(code)
        if not len(shape):
            return None
        parts = shape.geometry.explode()
        point = parts.iloc[int(parts.area.to_numpy().argmax())].representative_point()
        return float(point.x), float(point.y)

    def _shape(self, code: str) -> GeoDataFrame:
        """Give the shape of a region by its code (``UA.14``), or of a country by its own (``UA``)."""
        if "." in code:
            return self._shapes[self._shapes["region"] == code]
        return self.countries[self.countries["country"] == code]

    def draw_area(self, axes: Axes, place_id: str, colour: str) -> bool:
        """Draw the outline of an area made of regions, or the course of a river; tell whether there was one."""
        place = load().place(place_id)
        if place is None:
            return False
        if place.kind == "water":
            names = {_river(place.name)}
            course = self._rivers[self._rivers["name"].map(lambda name: bool(names & _rivers_of(name)))]
            course = course.to_crs(self.extent.projection)
            if len(course):
                paint(axes, course, facecolor="none", edgecolor=colour, linewidth=1.6, alpha=0.8, zorder=3)
            return bool(len(course))
        units = [unit for unit in place.units if "." in unit]
        parts = self._shapes[self._shapes["region"].isin(units)]
        if not units or parts["region"].nunique() < len(units):
            return False
        whole = (
            parts.geometry.buffer(2 * self._grain).union_all().buffer(-2 * self._grain).simplify(self._grain)
        )
        outline = parts.iloc[:1].assign(geometry=[_without_holes(whole)])
        paint(
            axes, outline, facecolor="none", edgecolor=colour, linewidth=1.2, linestyle=(0, (4, 2)), zorder=3
        )
        return True

    def outside(self, table: pd.DataFrame, *, limit: int = 6) -> str:
        """Say which places lie outside the map, and which countries were named as a whole."""
        whole = (
            table[table["precision"] == "country"]
            .groupby("place")["n"]
            .sum()
            .sort_values(ascending=False, kind="stable")
        )
        rest = table[table["precision"] != "country"]
        away = [not self.project(lon, lat)[2] for lon, lat in zip(rest["lon"], rest["lat"], strict=True)]
        far = rest[pd.Series(away, index=rest.index, dtype=bool)]
        beyond = far.groupby("place")["n"].sum().sort_values(ascending=False, kind="stable")
        parts = []
        for words, names in (("Named as a whole, not drawn", whole), ("Beyond the map", beyond)):
            if len(names) and not (names is whole and self.extent.world):
                shown = ", ".join(f"{name} {_number(n)}" for name, n in names.head(limit).items())
                more = f" and {len(names) - limit} more" if len(names) > limit else ""
                parts.append(f"{words}: {shown}{more}.")
        return " ".join(parts)


def paint(axes: Axes, frame: GeoDataFrame, *, least: float = 0.0, **looks: Any) -> None:
    """Draw all shapes of a frame as one path, which keeps a picture small; leave out polygons below an area."""
    import numpy as np
    import shapely
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    parts = shapely.get_parts(frame.geometry.values)
    parts = shapely.get_parts(parts)  # collections left by cutting hold multi-part shapes
    polygons = parts[shapely.get_type_id(parts) == 3]
    polygons = polygons[shapely.area(polygons) >= least]
    lines = parts[shapely.get_type_id(parts) == 1]
    rings = shapely.get_rings(polygons)
    vertices, codes = [], []
    for ring in (*rings, *lines):
        points = shapely.get_coordinates(ring)
        if len(points) < 2:
            continue
        code = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        code[0] = Path.MOVETO
        vertices.append(points)
        codes.append(code)
    if vertices:
        axes.add_patch(PathPatch(Path(np.concatenate(vertices), np.concatenate(codes)), **looks))


def _without_holes(shape: Any) -> Any:
    """Drop the slivers that simplified neighbours leave between them."""
    import shapely

    parts = shapely.get_parts(shape)
    return shapely.multipolygons([shapely.polygons(shapely.get_exterior_ring(part)) for part in parts])


def _number(value: float) -> str:
    return f"{value:.0f}"


def _river(name: str) -> str:
    return fold(name).replace(" river", "").replace("river ", "").strip()


def _rivers_of(name: str) -> set[str]:
    """Split Natural Earth's "Dnipro (Dnieper)" into both names."""
    return {_river(part) for part in name.replace(")", "").split("(") if part.strip()}
