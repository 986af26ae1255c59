"""Decide which place of that name is meant: containment, the rest of the article, one sense an article.

Scores are additive so that each can be explained; the weights were set on news of four public sets and are held by
the quality benchmark. Nothing here depends on where an outlet is published; `analysis.places.settle` does that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2

from analysis.places.gazetteer import Gazetteer, Place, distance_km, roughly_km
from analysis.places.priors import MINOR, by_score, candidates_of, is_capital
from analysis.places.recognition import Hit

AFAR = 0.3  # of countries, peoples and capitals: how much they say of a town smaller than MINOR
INSIDE_COUNTRY, INSIDE_REGION = 4.0, 4.5
SAME_COUNTRY, SAME_REGION, NEAREST, NEAR_KM = 0.96, 0.9, 2.4, 400.0
NEAR_DEGREES = NEAR_KM / 111.0  # beyond so many degrees of latitude no place is near
FEW, STEEP = 6, 3  # regions of one country that a local story names at most; how fast more of them say less
BESIDE, BESIDE_COUNTRY = 40, 1.4  # characters between a name and that of a country, and what it adds
NEAR_KINDS = ("town", "district", "region", "facility")
LIKELY = 2.0  # as far behind the best a region may stand and still be meant: Georgia, not New York
CLOSE_LOOK = 12  # other places of the article looked at for nearness
SURE, UNSURE, SURE_MARGIN = 1.0, 0.4, 1.0
_BETWEEN = re.compile(r"(?:, | \(|, in | in | in the |, in the )")
_LIST_GOES_ON = re.compile(r",? (?:and|or) |, (?=[A-Z])")


@dataclass(slots=True)
class Reading:
    """What a hit may stand for: scored candidates, best first, and the rule that decided."""

    hit: Hit
    prior: list[tuple[float, Place]] = field(default_factory=list)
    rule: str = ""
    ranked: list[tuple[float, Place]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ranked = self.prior

    @property
    def margin(self) -> float:
        """Lead of the best candidate over the next."""
        if len(self.ranked) < 2:
            return 9.0 if self.ranked else 0.0
        return self.ranked[0][0] - self.ranked[1][0]

    @property
    def place(self) -> Place | None:
        """The best candidate."""
        return self.ranked[0][1] if self.ranked else None


def resolve(text: str, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Reading]:
    """Resolve the hits of one article.

    Parameters
    ----------
    text : str
        The body.
    hits : sequence of Hit
        As found, in order.
    gazetteer : Gazetteer

    Returns
    -------
    list of Reading
        One a hit, in order; `Reading.ranked` is empty where no candidate is known.
    """
    readings = []
    for hit in hits:
        prior = candidates_of(hit, gazetteer)
        readings.append(Reading(hit, prior, "only one" if len(prior) == 1 else "largest"))
    resolve_again(readings, _contain(text, readings))
    return readings


def resolve_again(readings: list[Reading], pinned: dict[int, Place]) -> None:
    """Carry pinned senses to the other mentions of a name, then let the article's places decide the rest."""
    _one_sense(readings, pinned)
    beside = _beside(readings)
    for _ in range(2):
        _context(readings, pinned, beside)


def _beside(readings: list[Reading]) -> dict[str, set[str]]:
    """Note which countries and regions are named near a name: "Lebanon's second city Tripoli", "Georgia in Athens"."""
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in pairwise(readings):
        if right.hit.start - left.hit.end <= BESIDE:
            for one, other in ((left, right), (right, left)):
                if one.hit.kind != "place" and one.hit.kind != "state":
                    continue
                for score, unit in one.ranked[:3]:
                    if score < one.ranked[0][0] - LIKELY:
                        continue
                    held = [place for _, place in other.ranked[:6] if place.kind == "town"]
                    if unit.kind == "country" and unit is one.place:
                        beside[other.hit.key].add(unit.country)
                    elif unit.kind == "region" and any(place.region == unit.region for place in held):
                        beside[other.hit.key].add(unit.region)
                        beside[one.hit.key].add(unit.region)
    return beside


def _contain(text: str, readings: list[Reading]) -> dict[int, Place]:
    """Apply "A, B", "A (B)" and "A in B": B's country or region decides A."""
    pinned: dict[int, Place] = {}
    for index in range(len(readings) - 2, -1, -1):
        inner, outer = readings[index], readings[index + 1]
        between = text[inner.hit.end : outer.hit.start]
        if len(between) > 9 or not _BETWEEN.fullmatch(between) or inner.hit.kind != "place":
            continue
        best, gain = None, 0.0
        listed = between == ", " and _LIST_GOES_ON.match(text, outer.hit.end)
        for score, place in inner.ranked:
            for _, holder in outer.ranked[:6]:
                if listed and holder.kind == "town":
                    continue  # "Dublin, Manchester and Birmingham": none lies in the next
                bonus = _inside(place, holder)
                if bonus and (best is None or score + bonus > gain):
                    best, gain = place, score + bonus
        if best is not None:
            scored = sorted(
                ((score + (INSIDE_REGION if place is best else 0.0), place) for score, place in inner.ranked),
                key=by_score,
            )
            front = [item for item in scored if item[1] == best]
            inner.ranked = front + [item for item in scored if item[1] != best]
            inner.rule = "contained"
            pinned[index] = best
            holders = [item for item in outer.ranked if _inside(best, item[1])]
            if (
                holders
                and index + 1 not in pinned
                and holders[0] != outer.ranked[0]
                and between.startswith(", ")
            ):
                outer.ranked = holders + [item for item in outer.ranked if item not in holders]
                outer.rule = "container"
                pinned[index + 1] = holders[0][1]
    return pinned


def _inside(place: Place, holder: Place) -> float:
    if place == holder:
        return 0.0
    if holder.kind == "country" and place.country == holder.country:
        return INSIDE_COUNTRY
    if holder.kind == "region" and place.region == holder.region and place.kind != "region":
        return INSIDE_REGION
    if holder.kind == "area" and (place.country in holder.units or place.region in holder.units):
        return INSIDE_COUNTRY
    if holder.kind in ("district", "town") and place.kind == "town" and place.region == holder.region:
        return INSIDE_COUNTRY if distance_km(place, holder) < 60 else 0.0
    return 0.0


def _one_sense(readings: list[Reading], pinned: dict[int, Place]) -> None:
    """Carry a sense pinned by containment to the name's other mentions in the article."""
    senses: dict[tuple[str, str], Place] = {}
    for index in sorted(pinned):
        senses.setdefault((readings[index].hit.key, readings[index].hit.unit), pinned[index])
    for index, reading in enumerate(readings):
        place = senses.get((reading.hit.key, reading.hit.unit))
        if index in pinned or place is None or reading.hit.kind != "place":
            continue
        front = [item for item in reading.ranked if item[1] == place]
        if front:
            rest = [item for item in reading.ranked if item[1] != place]
            top = max(front[0][0], rest[0][0] + 2.0 if rest else 0.0)
            reading.ranked = [(top, place), *rest]
            reading.rule = "one sense"
            pinned[index] = place


def _context(readings: list[Reading], pinned: dict[int, Place], beside: Mapping[str, set[str]]) -> None:
    """Let the article's other places vote for a country and a region, and pull towards near ones."""
    votes: dict[str, tuple[float, Place]] = {}
    for index, reading in enumerate(readings):
        place = reading.place
        if place is None:
            continue
        weight = SURE if index in pinned or reading.margin >= SURE_MARGIN else UNSURE
        name = f"{reading.hit.kind == 'demonym'}{reading.hit.key}{place.place_id}"
        if name not in votes or votes[name][0] < weight:
            votes[name] = (weight, place)
    about = _About(votes.values())
    cache: dict[int, list[tuple[float, Place]]] = {}
    for index, reading in enumerate(readings):
        if index in pinned or len(reading.ranked) < 2:
            continue
        base = id(reading.prior)
        if base not in cache:
            cache[base] = _rescore(reading, about, beside.get(reading.hit.key, set()))
        if cache[base][0][1] != reading.ranked[0][1]:
            reading.rule = "context"
        reading.ranked = cache[base]


class _About:
    """What an article is about: countries and regions by weight, what names whole countries apart, and its first towns."""

    def __init__(self, named: Iterable[tuple[float, Place]]) -> None:
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.wholes: defaultdict[str, float] = defaultdict(float)
        self.regions: defaultdict[str, float] = defaultdict(float)
        self._focus: dict[str, float] = {}
        towns: list[Place] = []
        capitals: list[Place] = []
        for weight, place in named:
            capital = is_capital(place)
            votes = self.wholes if capital or place.kind == "country" else self.countries
            votes[place.country] += weight
            if place.region:
                self.regions[place.region] += 0.0 if capital else weight
            if place.kind in NEAR_KINDS:
                (capitals if capital else towns).append(place)
        self.towns, self.near = towns[:CLOSE_LOOK], (towns + capitals)[:CLOSE_LOOK]

    def votes(self, country: str, *, minor: bool) -> float:
        """Weigh a country for a candidate: a small town gains little from its country or capital being named.

        Nor does it gain from a tour of the country: the more of its regions are named, the less each says of a town.
        """
        told, whole = self.countries.get(country, 0.0), self.wholes.get(country, 0.0)
        return told * self.focus(country) + whole * AFAR if minor else told + whole

    def focus(self, country: str) -> float:
        """Say how much the article keeps to a part of a country: 1 for a few of its regions, less for a tour."""
        if country not in self._focus:
            named = sum(region.startswith(f"{country}.") for region in self.regions)
            self._focus[country] = min(1.0, FEW / max(1, named)) ** STEEP
        return self._focus[country]


def _rescore(reading: Reading, about: _About, beside: Collection[str]) -> list[tuple[float, Place]]:
    best = reading.ranked[0][1]
    own = SURE if reading.margin >= SURE_MARGIN else UNSURE
    scored = []
    for score, place in reading.prior[:12]:
        total = score
        minor = place.kind in ("town", "district") and place.population < MINOR
        for country in {unit[:2] for unit in place.units} if place.units else (place.country,):
            voted = about.votes(country, minor=minor) if country else 0.0
            voted -= own if country == best.country else 0.0
            if voted > 0:
                total = max(total, score + SAME_COUNTRY * log2(1 + voted))
        if place.region in beside or (place.country in beside and not minor):
            total += BESIDE_COUNTRY
        focus = about.focus(place.country) if minor else 1.0
        if place.region:
            voted = about.regions.get(place.region, 0.0) - (own if place.region == best.region else 0.0)
            if voted > 0:
                total += SAME_REGION * log2(1 + voted) * focus
        total += NEAREST * (1 - _nearest(place, best, about, minor=minor) / NEAR_KM) * focus
        scored.append((total, place))
    return sorted(scored, key=by_score)


def _nearest(place: Place, best: Place, about: _About, *, minor: bool) -> float:
    """Give how far the nearest other place of the article lies, `NEAR_KM` at most."""
    closest, lat = NEAR_KM, place.lat
    for other in about.towns if minor else about.near:
        if (
            -NEAR_DEGREES < lat - other.lat < NEAR_DEGREES
            and other is not place
            and other is not best
            # how near the middle of another region lies says nothing of a small town
            and not (minor and other.kind == "region" and other.region != place.region)
        ):
            closest = min(closest, roughly_km(place, other))
    return closest


def words(score: float, place: Place) -> str:
    """Say a candidate in words: ``Kherson (town, UA.08) 5.2``."""
    return f"{place.name} ({place.kind}, {place.region or place.country or 'world'}) {score:.1f}"
