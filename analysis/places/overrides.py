"""The analyst's word on places: a ``places.csv`` beside the articles that adds names or overrules the kit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import CodebookError, nearest
from analysis.places.gazetteer import Gazetteer, Place, key_of, load
from analysis.places.lexicon import read_rows

_FIELDS = ("name", "place_id", "lat", "lon", "kind", "note")
_KINDS = ("country", "region", "district", "town", "water", "area", "facility")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the analyst says of a name: this place, or (``drop``) no place at all."""

    place: Place | None
    drop: bool = False


Overrides = Mapping[str, Verdict]


def read_overrides(path: str | Path) -> Overrides:
    """Read a ``places.csv``.

    Columns: ``name`` as it stands in the articles; then either ``place_id`` (a gazetteer id) or ``lat`` and ``lon``
    (degrees) with ``kind``; ``note`` is free. Kind ``none`` says that the name is not a place.

    Parameters
    ----------
    path : str or Path
        The file. A file that does not exist gives no overrides.

    Returns
    -------
    mapping of str to Verdict
        By the name as written.

    Raises
    ------
    CodebookError
        When a column is unknown, an id is not in the gazetteer, or a coordinate is not a number in range.
    """
    file = Path(path)
    if not file.exists():
        return {}
    verdicts: dict[str, Verdict] = {}
    gazetteer = load()
    for number, row in enumerate(read_rows(file), 2):
        unknown = sorted(set(row) - set(_FIELDS) - {""})
        if unknown:
            raise CodebookError(f"{file.name}: unknown column {unknown[0]!r}{nearest(unknown[0], _FIELDS)}")
        where = f"{file.name} line {number}"
        cells = {name: (row.get(name) or "").strip() for name in _FIELDS}
        if cells["name"]:
            verdicts[cells["name"]] = _verdict(cells, where, gazetteer)
    return verdicts


def _verdict(cells: Mapping[str, str], where: str, gazetteer: Gazetteer) -> Verdict:
    name, kind = cells["name"], cells["kind"] or "town"
    if kind == "none":
        return Verdict(None, drop=True)
    if cells["place_id"]:
        place = gazetteer.place(cells["place_id"])
        if place is None:
            raise CodebookError(
                f"{where}: no place {cells['place_id']!r} in the gazetteer; give lat and lon instead"
            )
        return Verdict(place)
    if kind not in _KINDS:
        raise CodebookError(f"{where}: unknown kind {kind!r}{nearest(kind, [*_KINDS, 'none'])}")
    try:
        lat, lon = float(cells["lat"]), float(cells["lon"])
    except ValueError as error:
        raise CodebookError(f"{where}: {name!r} needs a place_id, or lat and lon as numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise CodebookError(f"{where}: lat {lat:g}, lon {lon:g} is not on the globe; lat comes first")
    return Verdict(Place(f"own-{key_of(name).replace(' ', '-')}", kind, name, "", "", lat, lon, 0))
