"""Settle places over the whole corpus: the outlet's home region, and the analyst's own word."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl

from analysis.places.overrides import Overrides


def settle(
    places: pl.DataFrame, articles: pl.DataFrame | pd.DataFrame, *, overrides: Overrides | None = None
) -> pl.DataFrame:
    """Decide again, knowing all articles.

    Parameters
    ----------
    places : polars.DataFrame
        The ``places`` layer of all articles.
    articles : polars.DataFrame or pandas.DataFrame
        With ``article_id`` and ``outlet``.
    overrides : Overrides, optional
        The analyst's ``places.csv``.

    Returns
    -------
    polars.DataFrame
        The layer with places settled; no row is added, and only an override that says so takes one away.
    """
    if overrides:
        places = _apply(places, overrides)
    return places


def _apply(places: pl.DataFrame, overrides: Overrides) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for row in places.iter_rows(named=True):
        verdict = overrides.get(row["surface"])
        if verdict is not None:
            if verdict.drop:
                continue
            place = verdict.place
            if place is not None:
                row |= {
                    "place_id": place.place_id,
                    "place": place.name,
                    "country": place.country,
                    "region": place.region,
                    "lat": place.lat,
                    "lon": place.lon,
                    "precision": place.precision,
                    "margin": 9.0,
                    "rule": "places.csv",
                }
        rows.append(row)
    return pl.DataFrame(rows, schema=places.schema)
