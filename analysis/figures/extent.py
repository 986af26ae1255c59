"""What a map shows: the extent that holds the places named, and its projection."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import pandas as pd

WORLD = 110.0  # degrees of longitude from which a map shows the world
SMALLEST = 2.4  # degrees of latitude that a map shows at least
MARGIN = 0.14
FLATTEST, TALLEST = 0.52, 0.72  # height over width
TRIM = 0.07  # weight left out at each side when the extent is chosen
GROWTH = 1.25  # strays are taken in where the map grows by no more than this
REACH = 0.045  # radius of the largest circle as a share of the narrowest map's width


Bounds = tuple[float, float, float, float]
"""West, east, south, north."""


@dataclass(frozen=True)
class Extent:
    """What a map shows: degrees west, south, east and north, and height over width on paper."""

    west: float
    south: float
    east: float
    north: float
    aspect: float
    world: bool

    @property
    def wide(self) -> float:
        """Degrees of longitude from side to side."""
        return self.east - self.west

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
        From `analysis.places.measures.counts`: ``place_id, lat, lon, n, precision``.
    """
    points = table[table["precision"].isin(["town", "district", "region"])]
    if points.empty:
        points = table
    bounds = (*_inner(points["lon"], points["n"]), *_inner(points["lat"], points["n"]))
    core, towns = _around(*bounds), points[points["precision"] != "region"]
    named_most = towns.sort_values(["n", "place_id"], ascending=[False, True]).drop_duplicates("place_id")
    for _, stray in named_most[_outside(named_most, bounds)].iterrows():
        wider = _with(bounds, stray)
        if not core.world and _around(*wider).wide <= GROWTH * core.wide:
            bounds = wider
    while not (extent := _around(*bounds)).world:
        # a stray so near that the edge would cut its circle is no stray
        cut = towns[_cut_by_edge(towns, extent) & _outside(towns, bounds)]
        if cut.empty:
            break
        for _, stray in cut.drop_duplicates("place_id").iterrows():
            bounds = _with(bounds, stray)
    return extent


def _inner(values: pd.Series[float], weights: pd.Series[int]) -> tuple[float, float]:
    """Give the least and largest value when a share of the weight is left out at each end."""
    order = values.sort_values(kind="stable").index
    running = weights.loc[order].cumsum() / weights.sum()
    inner = values.loc[order][(running > TRIM) & (running.shift(fill_value=0.0) < 1 - TRIM)]
    return float(inner.min()), float(inner.max())


def _outside(towns: pd.DataFrame, bounds: Bounds) -> Any:
    west, east, south, north = bounds
    return ~(towns["lon"].between(west, east) & towns["lat"].between(south, north))


def _with(bounds: Bounds, town: Any) -> Bounds:
    west, east, south, north = bounds
    return min(west, town["lon"]), max(east, town["lon"]), min(south, town["lat"]), max(north, town["lat"])


def _around(west: float, east: float, south: float, north: float) -> Extent:
    """Widen bounds by the margin, and to a shape that fits the page."""
    if east - west > WORLD:
        return Extent(-180, -58, 180, 84, 0.47, True)
    high = max(north - south, SMALLEST) * (1 + 2 * MARGIN)
    wide = max(east - west, SMALLEST * 1.6) * (1 + 2 * MARGIN)
    middle, centre = (north + south) / 2, (east + west) / 2
    squash = cos(radians(middle))
    high = max(high, FLATTEST * wide * squash)
    wide = max(wide, high / (TALLEST * squash))
    south = max(-85.0, middle - high / 2)
    north = min(85.0, south + high)
    return Extent(centre - wide / 2, south, centre + wide / 2, north, high / (wide * squash), False)


def _cut_by_edge(towns: pd.DataFrame, extent: Extent) -> Any:
    """Say of towns whether their circle would reach over the edge of the map, inside or out."""
    middle = (extent.south + extent.north) / 2
    squash = np.cos(np.radians(towns["lat"])) / cos(radians(middle))  # meridians come together to the north
    across = ((towns["lon"] - (extent.west + extent.east) / 2) * squash).abs() / extent.wide
    up = (towns["lat"] - middle).abs() / (extent.north - extent.south)
    reach = REACH * (towns["n"] / towns["n"].max()) ** 0.5
    over = (across > 0.5 - reach) | (up > 0.5 - reach / extent.aspect)
    beyond = (across > 0.5 + reach) | (up > 0.5 + reach / extent.aspect)
    return over & ~beyond
