"""Build the committed boundaries from Natural Earth (public domain), as two Debian packages carry it.

    apt-get download qgis-common libmagics++-data
    for package in *.deb; do dpkg-deb -x $package natural-earth; done
    python scripts/build_boundaries.py natural-earth

Writes regions, countries, rivers and disputed lines as gzipped GeoJSON with a manifest. Every region gets the code of
the GeoNames first-order region that most of its towns lie in, which is the join key to the gazetteer.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from analysis.places.gazetteer import load

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "boundaries"
REGION_GRAIN, COUNTRY_GRAIN, RIVER_GRAIN = 0.01, 0.03, 0.01  # degrees
# Natural Earth draws who controls; the United Nations' view of these units is another. Keys: its country and region.
UN_VIEW = {
    ("Russia", "Crimea"): "UA",
    ("Russia", "Sevastopol"): "UA",
    ("Morocco", "Laâyoune - Boujdour - Sakia El Hamra"): "EH",
    ("Morocco", "Oued el Dahab"): "EH",
    ("Somaliland", ""): "SO",
    ("Northern Cyprus", ""): "CY",
}
# overseas regions and leased areas that have a code of their own, or none in Natural Earth
OWN_CODE = {
    ("France", "Guadeloupe"): "GP",
    ("France", "Martinique"): "MQ",
    ("France", "Guyane française"): "GF",
    ("France", "La Réunion"): "RE",
    ("France", "Mayotte"): "YT",
    ("Caribbean Netherlands", "Bonaire"): "BQ",
    ("Netherlands", "St. Eustatius"): "BQ",
    ("Dhekelia Sovereign Base Area", ""): "CY",
    ("Akrotiri Sovereign Base Area", ""): "CY",
    ("US Naval Base Guantanamo Bay", ""): "CU",
    ("Baykonur Cosmodrome", ""): "KZ",
}


def lookup(table: dict[tuple[str, str], str], admin: str, name: str) -> str:
    return table.get((admin, name)) or table.get((admin, "")) or ""


def regions(folder: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(folder / "usr/share/qgis/resources/data/world_map.gpkg", layer="states_provinces")
    frame = frame[["name", "iso_a2", "admin", "fips", "geometry"]].reset_index(drop=True)
    names = frame["name"].fillna("")
    own = [lookup(OWN_CODE, a, n) for a, n in zip(frame["admin"], names, strict=True)]
    un = [lookup(UN_VIEW, a, n) for a, n in zip(frame["admin"], names, strict=True)]
    held = [code or (iso if iso != "-1" else "") for code, iso in zip(own, frame["iso_a2"], strict=True)]
    frame["held"] = held
    frame["country"] = [view or code for view, code in zip(un, held, strict=True)]
    frame["name"] = names
    frame["region"] = _vote(frame)
    frame["geometry"] = shapely.coverage_simplify(frame.geometry.make_valid().values, REGION_GRAIN)
    return frame[["name", "country", "held", "region", "geometry"]]


def _vote(frame: gpd.GeoDataFrame) -> list[str]:
    """Give each polygon the GeoNames code of most of the towns in it that lie in its country."""
    towns = [place for place in load() if place.kind == "town" and place.region]
    points = gpd.GeoDataFrame(
        {"code": [place.region for place in towns], "cc": [place.country for place in towns]},
        geometry=gpd.points_from_xy([p.lon for p in towns], [p.lat for p in towns]),
        crs=frame.crs,
    )
    joined = gpd.sjoin(points, frame[["country", "geometry"]], predicate="within")
    joined = joined[joined["cc"] == joined["country"]]
    counts = joined.groupby(["index_right", "code"]).size().rename("n").reset_index()
    best = counts.sort_values(["index_right", "n", "code"], ascending=[True, False, True]).drop_duplicates(
        "index_right"
    )
    votes = dict(zip(best["index_right"], best["code"], strict=True))
    known = {place.region for place in load() if place.kind == "region"}
    codes = []
    for index, row in frame.iterrows():
        by_fips = f"{row['country']}.{str(row['fips'])[2:]}"
        codes.append(votes.get(index) or (by_fips if by_fips in known else ""))
    return codes


def countries(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Dissolve regions by country and by who holds them, so that either view can be put together."""
    parts = frame[frame["country"] != ""].dissolve(["country", "held"], as_index=False)[
        ["country", "held", "geometry"]
    ]
    parts["geometry"] = shapely.coverage_simplify(parts.geometry.make_valid().values, COUNTRY_GRAIN)
    return parts


def rivers(folder: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(folder / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp")
    frame = frame.rename(columns={"scalerank": "rank"})[["name", "rank", "geometry"]]
    frame = frame[frame.geometry.notna()]
    frame["name"] = frame["name"].fillna("")
    frame["rank"] = frame["rank"].astype(int)
    frame["geometry"] = frame.geometry.simplify(RIVER_GRAIN)
    return frame


def disputed(folder: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_file(folder / "usr/share/qgis/resources/data/world_map.gpkg", layer="disputed_borders")
    frame["geometry"] = frame.geometry.simplify(RIVER_GRAIN)
    return frame[["name", "geometry"]]


def write(name: str, frame: gpd.GeoDataFrame) -> dict[str, object]:
    frame = frame.copy()
    frame["geometry"] = shapely.make_valid(shapely.set_precision(frame.geometry.values, 0.001))
    frame = frame[~frame.geometry.is_empty]
    lines = []  # one feature a line, properties first: read without parsing every number in Python
    columns = [column for column in frame.columns if column != "geometry"]
    for row, shape in zip(
        frame[columns].to_dict("records"), shapely.to_geojson(frame.geometry.values), strict=True
    ):
        properties = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        shape = re.sub(r"(\.\d{3})\d+", r"\1", shape)
        lines.append(f'{{"type":"Feature","properties":{properties},"geometry":{shape}}}')
    raw = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (OUT / f"{name}.geojson.gz").write_bytes(gzip.compress(raw.encode(), 9, mtime=0))
    return {"features": len(lines), "sha256_of_content": hashlib.sha256(raw.encode()).hexdigest()}


def main() -> None:
    folder = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    units = regions(folder)
    layers = {
        "regions": units,
        "countries": countries(units),
        "rivers": rivers(folder),
        "disputed": disputed(folder),
    }
    manifest = {name: write(name, layer) for name, layer in layers.items()}
    manifest["sources"] = {
        "qgis-common": "3.22.16+dfsg-1",
        "libmagics++-data": "4.13.0-1",
        "pandas": pd.__version__,
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    main()
