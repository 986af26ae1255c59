"""Boundaries from Natural Earth, by the gazetteer's codes and by the view of the world the analyst chose."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, nearest
from analysis.places.lexicon import read_rows

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

DATA = Path(__file__).resolve().parents[1] / "data" / "boundaries"
WORLDVIEWS = ("un", "de-facto")
NOTES = {
    "un": "Borders as the United Nations see them; areas held by others and contested areas are hatched",
    "de-facto": "Borders as held on the ground; areas the United Nations see elsewhere and contested areas are hatched",
}


def check_worldview(worldview: str) -> str:
    """Return a worldview, or say which there are.

    Raises
    ------
    AnalysisError
        When it is unknown.
    """
    if worldview not in WORLDVIEWS:
        raise AnalysisError(f"there is no worldview {worldview!r}{nearest(worldview, WORLDVIEWS)}")
    return worldview


@cache
def _read(name: str) -> GeoDataFrame:
    import geopandas as gpd
    import shapely

    text = gzip.decompress((DATA / f"{name}.geojson.gz").read_bytes()).decode("utf-8")
    lines = [line.rstrip(",").partition(',"geometry":') for line in text.split("\n")[1:-2]]
    rows = [json.loads(head.removeprefix('{"type":"Feature","properties":')) for head, _, _ in lines]
    shapes = shapely.from_geojson([shape[:-1] for _, _, shape in lines])
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
    if "held" in frame:  # who holds Somaliland has no code: it is land of its own where views go by holding
        alone = frame["held"].eq("") & frame["country"].ne("")
        frame.loc[alone, "held"] = frame.loc[alone, "country"] + "*"
    return frame


def regions() -> GeoDataFrame:
    """First-order regions: ``name`` (Natural Earth's, do not show it), ``country, held, region, geometry``."""
    return _read("regions").copy()


@cache
def countries(*, worldview: str = "un") -> GeoDataFrame:
    """Countries in a view of the world: ``country`` (ISO code) and ``geometry``.

    Parameters
    ----------
    worldview : {"un", "de-facto"}
        Whether, say, Crimea is drawn in Ukraine or in Russia.
    """
    column = "country" if check_worldview(worldview) == "un" else "held"
    parts = _read("countries")
    moved = parts[parts["country"] != parts["held"]]
    whole = parts[~parts[column].isin(set(moved["country"]) | set(moved["held"]))]
    joined = parts.drop(whole.index)
    joined = joined[joined[column] != ""].dissolve(column, as_index=False)
    import pandas as pd

    keep = [column, "geometry"]
    return pd.concat([whole[keep], joined[keep]], ignore_index=True).rename(columns={column: "country"})


def contested() -> GeoDataFrame:
    """Regions to be hatched in every view: held by others than the United Nations say, or contested.

    Returns
    -------
    GeoDataFrame
        ``name, country, held, region, geometry``; ``contested.csv`` beside the boundaries lists those that no view moves.
    """
    parts = _read("regions")
    listed = {row["region"] for row in read_rows(DATA / "contested.csv")}
    return parts[(parts["country"] != parts["held"]) | parts["region"].isin(listed)].copy()


def rivers() -> GeoDataFrame:
    """Rivers: ``name, rank`` (0 the largest), ``geometry``."""
    return _read("rivers").copy()


def disputed_lines() -> GeoDataFrame:
    """Disputed borders as lines: ``name, geometry``."""
    return _read("disputed").copy()
