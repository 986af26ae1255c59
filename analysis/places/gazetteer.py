"""The gazetteer: names of the world's places with their coordinates, loaded once and only when needed.

`load` reads the committed extract of GeoNames (countries, first- and second-order regions, towns of 500 people and
more) and the kit's own ``regions.csv`` (macro-regions, waters, front-line villages, facilities) and ``demonyms.csv``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from math import asin, cos, radians, sin, sqrt

from analysis.places.lexicon import DATA, lexicon, read_rows
from analysis.places.names import fold

NEAR_KM = 30.0  # an own row this near a town of the same name is that town


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place. ``region`` is its GeoNames first-order code, such as UA.05; ``units`` what an area is made of."""

    place_id: str
    kind: str
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    units: tuple[str, ...] = ()

    @property
    def precision(self) -> str:
        """How exactly the place is known: town, district, region, country or area."""
        return _PRECISION[self.kind]


_PRECISION = {
    "country": "country",
    "region": "region",
    "district": "district",
    "town": "town",
    "facility": "town",
    "area": "area",
    "water": "area",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may stand for, and whether the name is its main one or one of ours."""

    place: Place
    main: bool


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance between two places in kilometres."""
    return great_circle(a.lat, a.lon, b.lat, b.lon)


def roughly_km(a: Place, b: Place) -> float:
    """Distance on a flattened globe: good to a few per cent within 500 km, and four times as fast."""
    dx = (a.lon - b.lon) * cos((a.lat + b.lat) * 0.008726646)
    dy = a.lat - b.lat
    return 111.2 * sqrt(dx * dx + dy * dy)


def great_circle(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in kilometres.

    Examples
    --------
    >>> round(great_circle(50.45, 30.52, 55.75, 37.62))
    756
    """
    a, b, c, d = radians(lat), radians(lon), radians(other_lat), radians(other_lon)
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def key_of(name: str) -> str:
    """Give the key under which a name is looked up: folded, without full stops."""
    return fold(name).replace(".", "")


@dataclass
class Gazetteer:
    """Look-up by name, by id and by code. Filled by `load`; treat it as read-only."""

    _rows: list[str]
    _names: dict[str, str]
    _own: dict[str, list[Candidate]]
    _first: frozenset[str]
    _pairs: dict[str, int]
    _by_id: dict[str, int | Place]
    demonyms: dict[str, Place]
    capitals: dict[str, str]
    _codes: dict[str, Place]
    lower_ended: frozenset[str]
    _cache: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    _places: dict[int, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._rows)

    def _place(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            number, kind, name, country, admin1, lat, lon, population = self._rows[row].split("\t")
            region = f"{country}.{admin1}" if admin1 else ""
            place = Place(number, kind, name, country, region, float(lat), float(lon), int(population))
            self._places[row] = place
        return place

    def has(self, key: str) -> bool:
        """Tell whether a folded name (see `key_of`) is in the gazetteer."""
        return key in self._names or key in self._own

    def begins(self, word: str) -> bool:
        """Tell whether a name of several words begins with this folded word."""
        return word in self._first

    def words_of(self, pair: str) -> int:
        """Count the words of the longest name that begins with these two; 0 where none does."""
        return self._pairs.get(pair, 0)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """List the places that bear a name, main bearers first, then by population.

        Parameters
        ----------
        name : str
            As written; accents, case, apostrophes, hyphens and full stops do not matter.

        Returns
        -------
        tuple of Candidate

        Examples
        --------
        >>> [c.place.country for c in load().candidates("Bakhmut")]
        ['UA']
        """
        return self.by_key(key_of(name))

    def by_key(self, key: str) -> tuple[Candidate, ...]:
        """List the places that bear a name whose key is known; see `candidates`."""
        found = self._cache.get(key)
        if found is None:
            own = self._own.get(key, [])
            exact = [own_one for own_one in own if own_one.main]
            rows = self._names.get(key, "").split()
            known = {candidate.place.place_id for candidate in own}
            others = [Candidate(self._place(int(row.lstrip("~"))), row[0] != "~") for row in rows]
            if exact and any(c.place.kind in ("country", "area", "water") for c in exact):
                # a village in Odesa oblast whose alternate is "Europe" is not what news means by it
                others = [
                    c for c in others if (c.main and c.place.population >= 20_000) or c.place.kind == "region"
                ]
            found = (*own, *(c for c in others if c.place.place_id not in known))
            self._cache[key] = found
        return found

    def place(self, place_id: str) -> Place | None:
        """Give the place with an id, or None."""
        row = self._by_id.get(place_id)
        if row is None:
            row = self._index().get(place_id)
        return row if row is None or isinstance(row, Place) else self._place(row)

    def _index(self) -> dict[str, int | Place]:
        """Index all ids; built on first use, because annotating does not need it."""
        if len(self._by_id) < len(self):
            for row, line in enumerate(self._rows):
                self._by_id.setdefault(line.partition("\t")[0], row)
        return self._by_id

    def unit(self, code: str) -> Place | None:
        """Give the country ("UA") or first-order region ("UA.05") with a code, or None."""
        return self._codes.get(code)

    def demonym(self, surface: str) -> Place | None:
        """Give the place of a word for its people ("Ukrainian", "Muscovites"), or None."""
        return self.demonyms.get(fold(surface))

    def is_demonym(self, surface: str) -> bool:
        """Tell whether a surface is a word for the people or things of a place."""
        return fold(surface) in self.demonyms

    def is_name(self, surface: str) -> bool:
        """Tell whether a surface is the name of a place (not a demonym)."""
        return bool(surface) and surface[0].isupper() and self.has(key_of(surface))

    def government_of(self, surface: str) -> Place | None:
        """Give the country whose government a name can stand for: the country, or its capital; None otherwise.

        Whether it does so in a given sentence is decided with the parse: see rows of kind ``metonym``.

        Examples
        --------
        >>> load().government_of("Moscow").name, load().government_of("Bakhmut")
        ('Russia', None)
        """
        code = self.capitals.get(key_of(surface))
        return self._codes.get(code) if code else None

    def __iter__(self) -> Iterator[Place]:
        return (self._place(row) for row in range(len(self)))


# Capitals by country and the spellings news uses for them; GeoNames marks capitals, the extract's packages do not.
def _capitals(countries: dict[str, Place]) -> dict[str, str]:
    capitals: dict[str, str] = {}
    for row in read_rows(DATA / "capitals.csv"):
        for name in (row["capital"], *filter(None, row["other_names"].split("|"))):
            capitals[key_of(name)] = row["country"]
    for code, forms in lexicon().countries.items():
        capitals.update(dict.fromkeys(map(key_of, forms), code))
    for code, place in countries.items():
        capitals.setdefault(key_of(place.name), code)
    return capitals


@cache
def load() -> Gazetteer:
    """Load the gazetteer with its look-up tables, once a process.

    Returns
    -------
    Gazetteer

    Examples
    --------
    >>> load().unit("UA.05").name
    'Donetsk'
    """
    rows = _lines("places.tsv.gz")
    index: dict[str, str] = {}
    first: set[str] = set()
    pairs: dict[str, int] = {}
    for line in _lines("names.tsv.gz"):
        key, _, bearers = line.partition("\t")
        index[key] = bearers
        if " " in key:
            _begin(key, first, pairs)
    gazetteer = Gazetteer(rows, index, {}, frozenset(), {}, {}, {}, {}, {}, frozenset())
    for row, line in enumerate(rows):
        if line.split("\t", 2)[1] not in ("country", "region"):
            break  # they come first in the file
        place = gazetteer._place(row)
        gazetteer._codes[place.region or place.country] = place
    _add_countries(gazetteer)
    _add_regions(gazetteer)
    _add_demonyms(gazetteer)
    _add_contested(gazetteer)
    gazetteer.capitals.update(_capitals({code: p for code, p in gazetteer._codes.items() if "." not in code}))
    for key in (*gazetteer._own, *gazetteer.demonyms):
        if " " in key:
            _begin(key, first, pairs)
    gazetteer._first, gazetteer._pairs = frozenset(first), pairs
    return gazetteer


def _begin(key: str, first: set[str], pairs: dict[str, int]) -> None:
    """Note how a name of several words begins, and how many words it has."""
    words = key.split(" ")
    first.add(words[0])
    pair = f"{words[0]} {words[1]}"
    pairs[pair] = max(pairs.get(pair, 0), len(words))


def _lines(file: str) -> list[str]:
    """Read the lines of a table without its header; places are parsed when they are asked for."""
    return gzip.decompress((DATA / file).read_bytes()).decode("utf-8").split("\n")[1:-1]


def _own(gazetteer: Gazetteer, names: list[str], place: Place) -> None:
    """Enter a place under our own names for it; they count as main names."""
    gazetteer._by_id[place.place_id] = place
    for name in names:
        held = gazetteer._own.setdefault(key_of(name), [])
        if all(candidate.place.place_id != place.place_id for candidate in held):
            held.append(Candidate(place, True))


def _add_countries(gazetteer: Gazetteer) -> None:
    for code, forms in lexicon().countries.items():
        place = gazetteer._codes.get(code)
        if place is not None:
            _own(gazetteer, list(forms), place)
    for code, place in list(gazetteer._codes.items()):
        if "." not in code:
            _own(gazetteer, [place.name], place)


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
            0,
            units,
        )
        if row["kind"] in ("region", "country"):
            place = gazetteer._codes.get(units[0], place)
        elif row["kind"] == "town":
            place = _same_town(gazetteer, names, place) or place
        _own(gazetteer, names, place)
        gazetteer._by_id[row["id"]] = place
    gazetteer.lower_ended = frozenset(lower)


def _same_town(gazetteer: Gazetteer, names: list[str], own: Place) -> Place | None:
    """Find the GeoNames town that an own row means, and show it under our name for it."""
    for name in names:
        for row in gazetteer._names.get(key_of(name), "").split():
            number = int(row.lstrip("~"))
            place = gazetteer._place(number)
            if place.kind == "town" and distance_km(place, own) < NEAR_KM:
                gazetteer._places[number] = replace(place, name=own.name)
                return gazetteer._places[number]
    return None


def _add_demonyms(gazetteer: Gazetteer) -> None:
    for row in read_rows(DATA / "demonyms.csv"):
        place = gazetteer._codes.get(row["target"]) or gazetteer.place(row["target"])
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
            _own(gazetteer, [form for form in forms if not any(c.main for c in held[form])], best)
    gazetteer._cache.clear()
