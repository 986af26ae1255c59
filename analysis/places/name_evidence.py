"""What a name says by itself: what it is the name of, how large, and how news uses the word otherwise."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log1p, log10

from analysis.places.gazetteer import load
from analysis.places.lexicon import DATA, lexicon

KNOWN_REGION = 400_000  # inhabitants of its towns that make a first-order region known by its bare name
CITY = 100_000
KEEP = 1 << 14  # names whose own evidence is held ready


@dataclass(frozen=True, slots=True, eq=False)
class About:
    """The evidence of a name that is the same in every article."""

    values: Mapping[str, float]
    strong: bool = False  # a country, an area, a water, a large region: known by its bare name
    telling: bool = False  # strong or a large town: says which region an article is about
    leading: tuple[str, ...] = ()  # regions of the first two candidates
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


@cache
def name_use() -> Mapping[str, tuple[int, int, int, int]]:
    """Load how often news writes a name small, as a place, as a person, and how many notable people bear it."""
    with gzip.open(DATA / "name_use.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        rows = (line.rstrip("\n").split("\t") for line in file)
        return {name: (int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows}


@cache
def about_kind(kind: str) -> About:
    """Give the evidence of what is no name of the gazetteer: a demonym, a state's abbreviation, an unlisted name."""
    return About({"always": 1.0, f"is {kind}": 1.0})


@lru_cache(maxsize=KEEP)
def about_name(key: str) -> About:
    """Give the evidence of a name that is the same in every article."""
    e = {"always": 1.0, "is place": 1.0}
    candidates = load().by_key(key)
    words = lexicon()
    kinds = {candidate.place.kind for candidate in candidates if candidate.main}
    population = max(
        (c.place.population for c in candidates if c.place.kind in ("town", "district")), default=0
    )
    for kind in ("country", "region", "area", "water", "facility", "district"):
        if kind in kinds:
            e[f"name of {kind}"] = 1.0
    strong = bool(kinds & {"country", "area", "water"}) or any(
        c.main and c.place.kind == "region" and c.place.population >= KNOWN_REGION for c in candidates
    )
    if strong:
        e["strong"] = 1.0
    e["inhabitants"] = 1.0 if strong else log10(population + 10) - 4
    if not any(candidate.main for candidate in candidates):
        e["alternate name"] = 1.0
        if population >= CITY:
            e["alternate name of a city"] = 1.0
    if " " in key:
        e["several words"] = 1.0
    else:
        small, place, person, family = name_use().get(key, (0, 0, 0, 0))
        e["written small"] = log1p(small)
        e["used as place"] = log1p(place)
        e["used as person"] = log1p(person)
        e["family name"] = log1p(family)
        if key in words.given_names and (not strong or key in words.wary):
            e["given name"] = 1.0
        elif not (small or person or family):
            e["no other use"] = 1.0
            if population >= 20_000:
                e["no other use, town of size"] = 1.0
    places = [candidate.place for candidate in candidates]
    return About(
        values=e,
        strong=strong,
        telling=strong or e["inhabitants"] > 1.3,
        leading=tuple(place.region or place.country for place in places[:2]),
        regions=frozenset(place.region for place in places),
        countries=frozenset(place.country for place in places),
    )
