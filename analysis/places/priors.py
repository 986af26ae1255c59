"""Which places a name may stand for, and how likely each is before the article is looked at.

Scores add up, so that each can be explained; they were set on news of four public sets and are held by the benchmark.
"""

from __future__ import annotations

from functools import lru_cache
from math import log10

from analysis.places.gazetteer import Candidate, Gazetteer, Place, key_of, load
from analysis.places.lexicon import lexicon
from analysis.places.recognition import Hit

COUNTRY, REGION, DISTRICT, CAPITAL, ALTERNATE = 1.6, -0.2, -1.5, 1.2, -0.6
ALTERNATE_OF_MINOR = -1.2  # of a town of fewer people than MINOR
MINOR = 100_000
FAME = 0.3  # a town named in ten times as many spellings and languages
RIVAL, RIVALLED = 20_000, -2.0  # a town of that size is called so: who is only also called so stands back
_REGION_WORDS = frozenset(
    ["region", "oblast", "province", "governorate", "prefecture", "state", "krai", "republic", "voivodeship", "canton"]
)  # fmt: skip
_DISTRICT_WORDS = frozenset(
    ["county", "district", "raion", "rayon", "municipality", "borough", "parish", "department"]
)
_UNITS = _REGION_WORDS | _DISTRICT_WORDS


def candidates_of(hit: Hit, gazetteer: Gazetteer) -> list[tuple[float, Place]]:
    """List the places a hit may stand for, best first, each with its score before any context."""
    if hit.kind in ("state", "demonym"):
        of_people = hit.kind == "demonym"
        place = gazetteer.demonym(hit.name) if of_people else gazetteer.unit(lexicon().states[hit.name])
        return [(9.0, place)] if place else []
    return _candidates(hit.key, hit.unit if hit.unit in _UNITS else "")


@lru_cache(maxsize=1 << 14)
def _candidates(key: str, unit: str) -> list[tuple[float, Place]]:
    gazetteer = load()
    found = list(gazetteer.by_key(key))
    if unit in _DISTRICT_WORDS:
        known = {c.place.place_id for c in found}
        for form in (f"{key} {unit}", f"{key} district"):
            found += [c for c in gazetteer.by_key(form) if c.place.place_id not in known]
    rivalled = any(c.main and c.place.kind == "town" and c.place.population >= RIVAL for c in found)
    scored = []
    for candidate in found:
        place, score = candidate.place, _prior(candidate, key, unit, gazetteer)
        if (
            rivalled
            and not candidate.main
            and place.kind == "town"
            and not _spelt_alike(key, key_of(place.name))
        ):
            score += RIVALLED
        scored.append((score, place))
    return sorted(scored, key=by_score)


def _spelt_alike(key: str, name: str) -> bool:
    """Tell another spelling of a name, or a part of it, from another name: Hannover, Kingston upon Hull."""
    return key in name or (key[:3] == name[:3] and key[-2:] == name[-2:])


def by_score(item: tuple[float, Place]) -> tuple[float, str]:
    """Sort key: best first, ties by id."""
    return (-item[0], item[1].place_id)


def _prior(candidate: Candidate, key: str, unit: str, gazetteer: Gazetteer) -> float:
    place = candidate.place
    score = log10(place.population + 10)
    if place.kind == "country":
        score += COUNTRY
    elif place.kind in ("area", "water", "facility"):
        score = 8.0 if place.kind == "water" else 7.0  # the Red Sea is the sea before it is the state
    elif place.kind == "region":
        score += REGION
        if unit in _REGION_WORDS:
            score += 6.0
        elif _has_town(key, place, gazetteer):
            score -= 6.0  # a bare name shared with its region is the town
    elif place.kind == "district":
        score = min(score, 5.0) + DISTRICT
        if unit in _DISTRICT_WORDS:
            score += 6.0
    else:
        score += FAME * log10(1 + place.fame)
        if is_capital(place):
            score += CAPITAL
    if candidate.main:
        return score
    return score + (ALTERNATE if place.population >= MINOR or place.kind != "town" else ALTERNATE_OF_MINOR)


@lru_cache(maxsize=1 << 14)
def is_capital(place: Place) -> bool:
    """Tell whether a town is the capital of its country."""
    return place.kind == "town" and load().capitals.get(key_of(place.name)) == place.country


def _has_town(key: str, region: Place, gazetteer: Gazetteer) -> bool:
    """Tell whether a region holds a town of its name, or one whose name is the same in another spelling."""
    return any(
        c.place.kind == "town"
        and c.place.region == region.region
        and (
            c.place.population > (20_000 if c.main else 1_000_000)
            or (c.place.population > 100_000 and key[:4] in key_of(c.place.name))
        )
        for c in gazetteer.by_key(key)
    )
