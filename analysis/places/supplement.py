"""The kit's own rows of the gazetteer: countries' other names, macro-regions, waters, villages, peoples, contested names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.places.lexicon import DATA, lexicon, read_rows
from analysis.places.names import fold, key_of
from analysis.places.place import Candidate, Place, distance_km

if TYPE_CHECKING:
    from analysis.places.gazetteer import Gazetteer

SUPPOSED = 20_000  # inhabitants of a town that is listed because news names it
NEAR_KM = 30.0  # an own row this near a town of the same name is that town


def supply(gazetteer: Gazetteer) -> None:
    """Fill in everything that GeoNames does not say."""
    _add_countries(gazetteer)
    _add_regions(gazetteer)
    _add_rivers(gazetteer)
    _add_demonyms(gazetteer)
    _add_contested(gazetteer)
    _add_capitals(gazetteer)


def _add_capitals(gazetteer: Gazetteer) -> None:
    """Name the capitals and countries that can stand for a government; the extract does not mark them."""
    capitals = gazetteer.capitals
    for row in read_rows(DATA / "capitals.csv"):
        for name in (row["capital"], *filter(None, row["other_names"].split("|"))):
            capitals[key_of(name)] = row["country"]
    for code, forms in lexicon().countries.items():
        capitals.update(dict.fromkeys(map(key_of, forms), code))
    for code, place in gazetteer.codes.items():
        if "." not in code:
            capitals.setdefault(key_of(place.name), code)


def _add_countries(gazetteer: Gazetteer) -> None:
    for code, forms in lexicon().countries.items():
        place = gazetteer.codes.get(code)
        if place is not None:
            gazetteer.enter(forms, place)
    for code, place in list(gazetteer.codes.items()):
        if "." not in code:
            gazetteer.enter([place.name], place)


def _add_regions(gazetteer: Gazetteer) -> None:
    lower: set[str] = set()
    for row in read_rows(DATA / "regions.csv"):
        names = [row["name"], *filter(None, row["aliases"].split("|"))]
        units = tuple(row["units"].split())
        lower.update(key_of(name) for name in names if name.split()[-1][0].islower())
        place = Place(
            row["geonames"] or row["id"],
            row["kind"],
            row["name"],
            row["country"],
            units[0] if len(units) == 1 and "." in units[0] else "",
            float(row["lat"]),
            float(row["lon"]),
            SUPPOSED if row["kind"] == "town" else 0,
            units,
        )
        if row["kind"] in ("region", "country"):
            place = gazetteer.codes.get(units[0], place)
        elif row["kind"] == "town":
            place = _same_town(gazetteer, names, place) or place
        gazetteer.enter(names, place, row["id"])
    gazetteer.lower_ended = frozenset(lower)


def _add_rivers(gazetteer: Gazetteer) -> None:
    """Add rivers by "X River" and "River X"; by the bare name only where it is nothing else."""
    known = {key.removesuffix(" river").removeprefix("river ") for key in gazetteer.own}
    for row in read_rows(DATA / "rivers.csv"):
        name = row["name"]
        key = key_of(name)
        if key in known:
            continue
        place_id = f"river-{key.replace(' ', '-')}"
        place = Place(place_id, "water", f"{name} River", "", "", float(row["lat"]), float(row["lon"]), 0)
        bare = len(key) > 4 and not gazetteer.has(key) and key not in lexicon().given_names
        gazetteer.enter([f"{name} River", f"River {name}", *([name] if bare else ())], place)


def _same_town(gazetteer: Gazetteer, names: list[str], own: Place) -> Place | None:
    """Find the GeoNames town that an own row means, and show it under our name for it."""
    for name in names:
        for candidate in gazetteer.bearers(key_of(name)):
            if candidate.place.kind == "town" and distance_km(candidate.place, own) < NEAR_KM:
                return gazetteer.rename(candidate.place, own.name)
    return None


def _add_demonyms(gazetteer: Gazetteer) -> None:
    for row in read_rows(DATA / "demonyms.csv"):
        place = gazetteer.codes.get(row["target"]) or gazetteer.place(row["target"])
        if place is None:
            continue
        for form in row["forms"].split("|"):
            gazetteer.demonyms[fold(form)] = place
            if not form.endswith(("s", "ch", "ish", "ese", "men", "sh")):
                gazetteer.demonyms[fold(form) + "s"] = place


def _add_contested(gazetteer: Gazetteer) -> None:
    """Let every name of the table of contested names be found: a form GeoNames lacks means the place of its pair."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(DATA / "contested.csv"):
        pairs.setdefault((row["pair"], row["country"]), []).append(row["form"])
    for (_, country), forms in pairs.items():
        held: dict[str, list[Candidate]] = {}
        for form in forms:
            found = gazetteer.candidates(form)
            held[form] = [
                candidate for candidate in found if not country or candidate.place.country == country
            ]
        known = [candidates[0].place for candidates in held.values() if candidates]
        if known:  # every form counts as a main name: which one is right is not for a gazetteer to say
            best = max(known, key=lambda place: place.population)
            gazetteer.enter([form for form in forms if not any(c.main for c in held[form])], best)
