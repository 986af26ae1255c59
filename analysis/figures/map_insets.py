"""Small maps in a map: a crowded part drawn larger, and where in the world the map lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.figures.ground import Ground, paint
from analysis.figures.map_labels import Box, label_points
from analysis.figures.map_symbols import circle, rows_of
from analysis.figures.palette import EDGE, PAPER, SOFT
from analysis.places import boundaries

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def dense_box(ground: Ground, drawn: pd.DataFrame) -> Box | None:
    """Find a crowded part of the map: five or more labelled towns in a sixth of its width."""
    towns = drawn[drawn["kind"].isin(["town", "district"])]
    west, south, east, north = ground.window
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
        max(best["x"].max() - best["x"].min(), (best["y"].max() - best["y"].min()) * 1.25, wide * 0.5) * 0.65
    )
    return x - half, y - half / 1.25, x + half, y + half / 1.25


def draw_inset(
    axes: Axes,
    ground: Ground,
    drawn: pd.DataFrame,
    box: Box,
    colour: str,
    labels: int,
) -> Box | None:
    """Draw a dense cluster larger in a free corner; mark in ``drawn`` what it shows."""
    corner = _free_corner(ground, drawn, box)
    if corner is None:
        return None
    west, south, east, north = box
    drawn["inset"] = drawn["x"].between(west, east) & drawn["y"].between(south, north)
    inside = drawn[drawn["inset"]]
    small = axes.inset_axes(corner, transform=axes.transAxes, zorder=7)
    small.set_facecolor(PAPER)
    ground.draw(small, window=box)
    for row in rows_of(inside[inside["kind"].isin(["town", "district"])]):
        circle(small, row.x, row.y, row.radius, colour, filled=row.kind == "town")
    for spine in small.spines.values():
        spine.set(visible=True, color=SOFT, linewidth=0.8)
    xs, ys = [west, east, east, west, west], [south, south, north, north, south]
    axes.plot(xs, ys, color=SOFT, linewidth=0.8, zorder=6)
    label_points(small, inside, labels=labels)
    return corner


def _free_corner(ground: Ground, drawn: pd.DataFrame, box: Box) -> Box | None:
    """Choose the corner with fewest places for an inset, as left, bottom, width, height of the axes."""
    west, south, east, north = ground.window
    wide, high = 0.36, 0.36 / 1.25 / ground.extent.aspect
    best, least = None, 0.0
    for left in (0.0, 1 - wide):
        for bottom in (1 - high, 0.0):
            x0, x1 = west + left * (east - west), west + (left + wide) * (east - west)
            y0, y1 = south + bottom * (north - south), south + (bottom + high) * (north - south)
            if not (x1 < box[0] or x0 > box[2] or y1 < box[1] or y0 > box[3]):
                continue
            covered = float(drawn[drawn["x"].between(x0, x1) & drawn["y"].between(y0, y1)]["weight"].sum())
            if best is None or covered < least:
                best, least = (left, bottom, wide, high), covered
    return best


def draw_locator(ground: Ground, axes: Axes, *, avoid: Box | None = None) -> None:
    """Draw a small map of the wider world with the extent as a box."""
    if ground.extent.world or ground.extent.east - ground.extent.west > 60:
        return
    from pyproj import Transformer

    e = ground.extent
    lat, lon = (e.south + e.north) / 2, (e.west + e.east) / 2
    projection = f"+proj=laea +lat_0={lat:.2f} +lon_0={lon:.2f} +datum=WGS84 +units=m"
    reach = 28.0
    land = boundaries.countries(worldview=ground.worldview)
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
    left, bottom = min(free or spots, key=lambda spot: _hidden(ground, axes, (*spot, wide, high)))
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


def _hidden(ground: Ground, axes: Axes, spot: Box) -> int:
    """Count the places drawn under a part of the axes: left, bottom, width and height."""
    west, south, east, north = ground.window
    left, bottom, wide, high = spot
    lines: list[Any] = [line for line in axes.lines if len(line.get_xdata(orig=False)) == 1]  # type: ignore[arg-type]
    points = [line.get_xydata()[0] for line in lines]
    places = [((x - west) / (east - west), (y - south) / (north - south)) for x, y in points]
    return sum(-0.08 < x - left < wide + 0.04 and -0.04 < y - bottom < high + 0.04 for x, y in places)
