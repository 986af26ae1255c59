"""The ground of a map: land, borders, rivers and what is contested, cut to the extent and light enough to inline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.palette import EDGE, LINE, PAPER, SOFT
from analysis.places import boundaries
from analysis.places.gazetteer import load
from analysis.places.names import fold

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

WORLD = 110.0  # degrees of longitude from which a map shows the world
SMALLEST = 2.4  # degrees of latitude that a map shows at least
MARGIN = 0.14
GRAIN = 0.8  # points; detail finer than this is left out
TALLEST = 0.72
TRIM = 0.07  # weight left out at each side when the extent is chosen


@dataclass(frozen=True)
class Extent:
    """What a map shows: degrees west, south, east and north, and height over width on paper."""

    west: float
    south: float
    east: float
    north: float
    aspect: float
    world: bool
    note: str = ""

    @property
    def projection(self) -> str:
        """An equal-area projection centred on the extent."""
        if self.world:
            return "+proj=eqearth +datum=WGS84 +units=m"
        lat, lon = (self.south + self.north) / 2, (self.west + self.east) / 2
        return f"+proj=laea +lat_0={lat:.3f} +lon_0={lon:.3f} +datum=WGS84 +units=m"


def extent_of(table: pd.DataFrame) -> Extent:
    """Choose the extent that holds the towns, regions and waters named, but for a few strays.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.places.measures.counts`: ``lat, lon, n, precision``.
    """
    points = table[table["precision"].isin(["town", "district", "region"])]
    if points.empty:
        points = table
    west, east = _bounds(points["lon"], points["n"])
    south, north = _bounds(points["lat"], points["n"])
    if east - west > WORLD:
        return Extent(-180, -58, 180, 84, 0.47, True)
    high = max(north - south, SMALLEST)
    wide = max(east - west, SMALLEST * 1.6)
    middle, centre = (north + south) / 2, (east + west) / 2
    high, wide = high * (1 + 2 * MARGIN), wide * (1 + 2 * MARGIN)
    from math import cos, radians

    squash = cos(radians(middle))
    aspect = high / (wide * squash)
    if aspect < 0.52:
        high = 0.52 * wide * squash
    elif aspect > TALLEST:
        wide = high / (TALLEST * squash)
    aspect = high / (wide * squash)
    south = max(-85.0, middle - high / 2)
    return Extent(centre - wide / 2, south, centre + wide / 2, min(85.0, south + high), aspect, False)


def _bounds(values: pd.Series[float], weights: pd.Series[int]) -> tuple[float, float]:
    order = values.sort_values(kind="stable").index
    running = weights.loc[order].cumsum() / weights.sum()
    inner = values.loc[order][(running > TRIM) & (running.shift(fill_value=0.0) < 1 - TRIM)]
    return float(inner.min()), float(inner.max())


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

    def dense_box(self, drawn: pd.DataFrame) -> tuple[float, float, float, float] | None:
        """Find a crowded part of the map: five or more labelled towns in a sixth of its width."""
        towns = drawn[drawn["kind"].isin(["town", "district"])]
        west, south, east, north = self.window
        wide, high = (east - west) / 6, (north - south) / 5
        best: pd.DataFrame | None = None
        row: Any
        for row in towns.itertuples():
            near = towns[(towns["x"] - row.x).abs().lt(wide / 2) & (towns["y"] - row.y).abs().lt(high / 2)]
            if len(near) >= 5 and (best is None or len(near) > len(best)):
                best = near
        if best is None:
            return None
        x, y = (best["x"].min() + best["x"].max()) / 2, (best["y"].min() + best["y"].max()) / 2
        half = (
            max(best["x"].max() - best["x"].min(), (best["y"].max() - best["y"].min()) * 1.25, wide * 0.5)
            * 0.65
        )
        return x - half, y - half / 1.25, x + half, y + half / 1.25

    def free_corner(
        self, drawn: pd.DataFrame, box: tuple[float, float, float, float]
    ) -> tuple[float, float, float, float] | None:
        """Choose the corner with fewest places for an inset, as left, bottom, width, height of the axes."""
        west, south, east, north = self.window
        wide, high = 0.36, 0.36 / 1.25 / self.extent.aspect
        best, least = None, 0.0
        for left in (0.0, 1 - wide):
            for bottom in (1 - high, 0.0):
                x0, x1 = west + left * (east - west), west + (left + wide) * (east - west)
                y0, y1 = south + bottom * (north - south), south + (bottom + high) * (north - south)
                if not (x1 < box[0] or x0 > box[2] or y1 < box[1] or y0 > box[3]):
                    continue
                covered = float(
                    drawn[drawn["x"].between(x0, x1) & drawn["y"].between(y0, y1)]["weight"].sum()
                )
                if best is None or covered < least:
                    best, least = (left, bottom, wide, high), covered
        return best

    def _hidden(self, axes: Axes, spot: tuple[float, float, float, float]) -> int:
        """Count the places drawn under a part of the axes: left, bottom, width and height."""
        west, south, east, north = self.window
        left, bottom, wide, high = spot
        lines: list[Any] = [line for line in axes.lines if len(line.get_xdata(orig=False)) == 1]  # type: ignore[arg-type]
        points = [line.get_xydata()[0] for line in lines]
        places = [((x - west) / (east - west), (y - south) / (north - south)) for x, y in points]
        return sum(-0.08 < x - left < wide + 0.04 and -0.04 < y - bottom < high + 0.04 for x, y in places)

    def draw_locator(self, axes: Axes, *, avoid: tuple[float, float, float, float] | None = None) -> None:
        """Draw a small map of the wider world with the extent as a box."""
        if self.extent.world or self.extent.east - self.extent.west > 60:
            return
        from pyproj import Transformer

        e = self.extent
        lat, lon = (e.south + e.north) / 2, (e.west + e.east) / 2
        projection = f"+proj=laea +lat_0={lat:.2f} +lon_0={lon:.2f} +datum=WGS84 +units=m"
        reach = 28.0
        land = boundaries.countries(worldview=self.worldview)
        land = land.cx[
            lon - 2.2 * reach : lon + 2.2 * reach, max(-80, lat - reach) : min(80, lat + reach)
        ].to_crs(projection)
        size = 111_000 * reach * 0.8
        land["geometry"] = land.geometry.clip_by_rect(-size, -size, size, size).simplify(size / 60)
        land = land[~land.geometry.is_empty]
        wide = 0.13
        high = wide / e.aspect
        spots = ((1 - wide, 1 - high), (0.0, 1 - high), (0.0, 0.0), (1 - wide, 0.0))
        free = [spot for spot in spots if avoid is None or (spot[0] > 0.5) != (avoid[0] > 0.5)]
        left, bottom = min(free or spots, key=lambda spot: self._hidden(axes, (*spot, wide, high)))
        small = axes.inset_axes((left, bottom, wide, high))
        small.set_facecolor(PAPER)
        small.patch.set_alpha(0.85)
        paint(small, land, least=(size / 40) ** 2, facecolor=EDGE, edgecolor=PAPER, linewidth=0.3)
        to = Transformer.from_crs("EPSG:4326", projection, always_xy=True)
        corners = [
            to.transform(x, y)
            for x, y in ((e.west, e.south), (e.east, e.south), (e.east, e.north), (e.west, e.north))
        ]
        xs, ys = [x for x, _ in (*corners, corners[0])], [y for _, y in (*corners, corners[0])]
        small.plot(xs, ys, color=SOFT, linewidth=1.0)
        small.set_xlim(-size, size)
        small.set_ylim(-size, size)
        small.set(xticks=[], yticks=[], xlabel="", ylabel="")
        small.grid(visible=False)
        small.set_aspect("equal")
        for spine in small.spines.values():
            spine.set_visible(True)
            spine.set_color(EDGE)
            spine.set_linewidth(0.6)

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
