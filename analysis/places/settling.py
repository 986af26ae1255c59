"""Settle places over the whole corpus: the outlet's home region, and the analyst's own word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import polars as pl

from analysis.places.gazetteer import Gazetteer, Place, key_of, load
from analysis.places.lexicon import lexicon
from analysis.places.overrides import Overrides
from analysis.places.priors import candidates_of
from analysis.places.recognition import Hit
from analysis.places.resolution import Reading, resolve_again, words

# Weight of the outlet's profile: a region that half of an outlet's located names lie in gains about 2, a factor of
# 100 in inhabitants; five further mentions are taken as if they lay elsewhere, so that few articles prove little.
HOME_REGION, HOME_PLACE, DAMPING = 4.8, 1.2, 5.0
SURE = 1.0
_FIXED = ("contained", "container", "places.csv")
_CLOSED = ("demonym", "metonym", "country")
AT_ONCE = 256  # articles whose rows are held at a time


@dataclass(frozen=True)
class Profile:
    """Where the other articles of an outlet lie: share of their located names by region, and the places named."""

    regions: Mapping[str, float]
    places: Mapping[str, float]

    def lean(self, place: Place) -> float:
        """Give what the outlet's other articles add to a candidate's score."""
        if place.kind in ("country", "area", "water"):
            return 0.0
        home = HOME_REGION * self.regions.get(place.region, 0.0)
        return home + HOME_PLACE * min(1.0, self.places.get(place.place_id, 0.0) / 3)


def settle(
    places: pl.DataFrame, articles: pl.DataFrame | pd.DataFrame, *, overrides: Overrides | None = None
) -> pl.DataFrame:
    """Decide again, knowing all articles: a local paper's Paris is the one it writes about every week.

    Names that the article itself decides ("Paris, Texas") stay as they are. The profile of an outlet is taken from
    its other articles only, so no article confirms itself.

    Parameters
    ----------
    places : polars.DataFrame
        The ``places`` layer of all articles.
    articles : polars.DataFrame or pandas.DataFrame
        With ``article_id`` and ``outlet``.
    overrides : Overrides, optional
        The analyst's ``places.csv``; its word is final.

    Returns
    -------
    polars.DataFrame
        The layer with places settled; no row is added, and only an override of kind ``none`` takes one away.
    """
    table = (
        articles if isinstance(articles, pl.DataFrame) else pl.from_pandas(articles[["article_id", "outlet"]])
    )
    outlets = dict(table.select("article_id", "outlet").iter_rows())
    gazetteer = load()
    regions, named = _counted(places)
    of_outlet: defaultdict[str, list[str]] = defaultdict(list)
    for article_id in places["article_id"].unique(maintain_order=True):
        of_outlet[outlets.get(article_id) or ""].append(article_id)
    profiles: dict[str, Profile] = {}
    for outlet, members in of_outlet.items():
        if outlet and outlet != "unknown" and len(members) > 1:
            all_regions = _sum(regions[article_id] for article_id in members)
            all_named = _sum(named[article_id] for article_id in members)
            for article_id in members:
                profiles[article_id] = _profile(
                    all_regions - regions[article_id], all_named - named[article_id]
                )
    touched = pl.lit(value=True) if overrides else pl.col("article_id").is_in(list(profiles)) & _open_rows()
    numbered = places.with_row_index("_row")
    ids = numbered.filter(touched)["article_id"].unique(maintain_order=True)
    settled = [numbered.filter(~pl.col("article_id").is_in(ids.implode()))]
    for start in range(0, len(ids), AT_ONCE):
        some = numbered.filter(pl.col("article_id").is_in(ids[start : start + AT_ONCE].implode()))
        articles_rows: dict[str, list[dict[str, Any]]] = {}
        for row in some.iter_rows(named=True):
            articles_rows.setdefault(row["article_id"], []).append(row)
        rows = [
            row
            for article_id, held in articles_rows.items()
            for row in _settle_article(held, profiles.get(article_id), gazetteer, overrides)
        ]
        settled.append(pl.DataFrame(rows, schema=numbered.schema))
    return pl.concat(settled).sort("_row").drop("_row")


def _counted(places: pl.DataFrame) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Count, once an article, the regions and places of names that are sure."""
    sure = places.filter(
        pl.col("kind").is_in(["town", "district", "region", "facility"])
        & (pl.col("region") != "")
        & ((pl.col("margin") >= SURE) | pl.col("rule").str.contains("contain"))
    ).unique(["article_id", "place_id"], maintain_order=True)
    regions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article_id, region, place_id in sure.select("article_id", "region", "place_id").iter_rows():
        regions[article_id][region] += 1
        named[article_id][place_id] += 1
    return regions, named


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _profile(regions: Counter[str], named: Counter[str]) -> Profile:
    total = sum(regions.values()) + DAMPING
    return Profile(
        {code: n / total for code, n in regions.items()}, {key: float(n) for key, n in named.items()}
    )


def _settle_article(
    rows: list[dict[str, Any]], profile: Profile | None, gazetteer: Gazetteer, overrides: Overrides | None
) -> list[dict[str, Any]]:
    """Decide the open rows of an article again; the rows are the function's to change."""
    if profile is not None and any(_open(row) for row in rows):
        readings, pinned = _rebuild(rows, profile, gazetteer)
        resolve_again(readings, pinned)
        for row, reading in zip(rows, readings, strict=True):
            place = reading.place
            if place is None or not _open(row):
                continue
            if place.place_id != row["place_id"]:
                row |= _located(place) | {"rule": f"{row['rule'].split(';')[0]}; home region of the outlet"}
            row |= {
                "margin": round(reading.margin, 2),
                "candidates": "; ".join(words(score, one) for score, one in reading.ranked[:3]),
            }
    return [row for row in rows if not _overruled(row, overrides)] if overrides else rows


def _open(row: Mapping[str, Any]) -> bool:
    """Tell whether a row may be decided again: several candidates, and not decided by its own article."""
    return (
        ";" in row["candidates"]
        and row["kind"] not in _CLOSED
        and not any(word in row["rule"] for word in _FIXED)
    )


def _open_rows() -> pl.Expr:
    """Say the same of a table."""
    return (
        pl.col("candidates").str.contains(";", literal=True)
        & ~pl.col("kind").is_in(_CLOSED)
        & ~pl.col("rule").str.contains_any(list(_FIXED))
    )


def _rebuild(
    rows: Sequence[dict[str, Any]], profile: Profile, gazetteer: Gazetteer
) -> tuple[list[Reading], dict[int, Place]]:
    """Rebuild the readings of an article from its rows, with the outlet's lean in their scores."""
    states = lexicon().states
    readings, pinned = [], {}
    cache: dict[tuple[str, str], list[tuple[float, Place]]] = {}
    for index, row in enumerate(rows):
        surface = row["surface"]
        unit = row["rule"].partition(" of ")[2].partition(";")[0] if " of " in row["rule"] else ""
        kind = (
            "demonym"
            if row["kind"] == "demonym"
            else "state"
            if surface in states and "." in surface
            else "place"
        )
        hit = Hit(row["start"], row["end"], surface, kind, row["rule"], key_of(surface), unit)
        if (surface, unit) not in cache:
            scored = [(score + profile.lean(place), place) for score, place in candidates_of(hit, gazetteer)]
            cache[surface, unit] = sorted(scored, key=lambda item: (-item[0], item[1].place_id))
        reading = Reading(hit, cache[surface, unit], row["rule"])
        if not _open(row):
            place = gazetteer.place(row["place_id"]) if row["place_id"] else None
            if place is not None:
                reading.ranked = [(9.0, place)]
                pinned[index] = place
        readings.append(reading)
    return readings, pinned


def _located(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind,
        "place_id": place.place_id,
        "place": place.name,
        "country": place.country,
        "region": place.region,
        "lat": place.lat,
        "lon": place.lon,
        "precision": place.precision,
    }


def _overruled(row: dict[str, Any], overrides: Overrides) -> bool:
    """Put the analyst's place into a row; tell whether the row is to go."""
    verdict = overrides.get(row["surface"])
    if verdict is None:
        return False
    if verdict.place is not None:
        row |= _located(verdict.place) | {"margin": 9.0, "rule": "places.csv"}
    return verdict.drop
