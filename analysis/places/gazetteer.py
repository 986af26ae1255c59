"""The gazetteer: names of the world's places with their coordinates, loaded once and only when needed.

`load` reads the committed extract of GeoNames (countries, first- and second-order regions, towns of 500 people and
more) and the kit's own rows (`analysis.places.supplement`): macro-regions, waters, front-line villages, facilities,
words for peoples, contested names.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from analysis.places.columns import Columns, read_columns
from analysis.places.names import fold, key_of
from analysis.places.place import Candidate, Place, distance_km, roughly_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 40  # candidates of a name


@dataclass
class Gazetteer:
    """Look-up by name, by id and by code. Filled by `load`; treat it as read-only."""

    columns: Columns
    own: dict[str, list[Candidate]] = field(default_factory=dict)
    demonyms: dict[str, Place] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Place] = field(default_factory=dict)
    lower_ended: frozenset[str] = frozenset()
    _first: dict[str, int] = field(default_factory=dict)
    _more: dict[str, list[int]] = field(default_factory=dict)
    _openings: dict[str, list[str]] = field(default_factory=dict)
    _by_id: dict[str, Place] = field(default_factory=dict)
    _cache: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    _places: dict[int, Place] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns)

    def _place(self, row: int) -> Place:
        place = self._places.get(row)
        if place is None:
            place = self._places[row] = self.columns.place(row)
        return place

    def has(self, key: str) -> bool:
        """Tell whether a folded name (see `key_of`) is in the gazetteer."""
        return key in self._first or key in self.own

    def seconds(self, word: str) -> Mapping[str, int]:
        """Map the second words of names that begin with this folded word to the words of the longest such name."""
        seconds: dict[str, int] = {}
        for rest in self._openings.get(word, ()):
            second = rest.partition(" ")[0]
            seconds[second] = max(seconds.get(second, 0), rest.count(" ") + 2)
        return seconds

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
            own = self.own.get(key, [])
            others = self.bearers(key)
            if any(c.main and c.place.kind in ("country", "area", "water") for c in own):
                # a village in Odesa oblast whose alternate is "Europe" is not what news means by it
                others = [
                    c for c in others if (c.main and c.place.population >= 20_000) or c.place.kind == "region"
                ]
            known = {candidate.place.place_id for candidate in own}
            found = (*own, *(c for c in others if c.place.place_id not in known))
            self._cache[key] = found
        return found

    def bearers(self, key: str) -> list[Candidate]:
        """List the places of the extract that bear a name: those a reader may mean, main bearers first."""
        first = self._first.get(key)
        if first is None:
            return []
        candidates = []
        for row in (first, *self._more.get(key, ())):
            candidates.append(Candidate(self._place(row if row >= 0 else ~row), row >= 0))
        candidates.sort(key=lambda c: (-c.place.population * (4 if c.main else 1), c.place.place_id))
        return sorted(candidates[:MOST], key=lambda c: (not c.main, -c.place.population))

    def rename(self, place: Place, name: str) -> Place:
        """Show a place under the kit's own name for it."""
        row = next(row for row, held in self._places.items() if held is place)
        self._places[row] = replace(place, name=name)
        return self._places[row]

    def enter(self, names: Sequence[str], place: Place, *place_ids: str) -> None:
        """Enter a place under the kit's own names for it; they count as main names."""
        for place_id in (place.place_id, *place_ids):
            self._by_id[place_id] = place
        for name in names:
            held = self.own.setdefault(key_of(name), [])
            if all(candidate.place.place_id != place.place_id for candidate in held):
                held.append(Candidate(place, True))

    def index(self) -> None:
        """Index the names of the extract, and how names of several words begin; what was looked up is forgotten."""
        columns, first, more = self.columns, self._first, self._more
        for key, row in zip(*columns.names(), strict=True):
            if key not in first:
                first[key] = row
            else:
                more.setdefault(key, []).append(row)
        self._note_openings(first)

    def refresh(self) -> None:
        """Let own names and words for peoples be found too, and forget what was looked up before."""
        self._note_openings(self.own)
        self._note_openings(self.demonyms)
        self._cache.clear()

    def _note_openings(self, keys: Iterable[str]) -> None:
        openings = self._openings
        for key in keys:
            if " " in key:
                first, _, rest = key.partition(" ")
                openings.setdefault(first, []).append(rest)

    @cached_property
    def _by_number(self) -> NDArray[np.int64]:
        """Rows in the order of their ids."""
        return np.argsort(self.columns.ids, kind="stable")

    def place(self, place_id: str) -> Place | None:
        """Give the place with an id, or None."""
        held = self._by_id.get(place_id)
        if held is None and place_id.isdecimal() and len(place_id) < 10:
            ids, order, number = self.columns.ids, self._by_number, int(place_id)
            at = int(np.searchsorted(ids, number, sorter=order))
            if at < len(order) and ids[order[at]] == number:
                held = self._by_id[place_id] = self._place(int(order[at]))
        return held

    def unit(self, code: str) -> Place | None:
        """Give the country ("UA") or first-order region ("UA.05") with a code, or None."""
        return self.codes.get(code)

    def demonym(self, surface: str) -> Place | None:
        """Give the place of a word for its people ("Ukrainian", "Muscovites"), or None."""
        return self.demonyms.get(fold(surface))

    def government_of(self, surface: str) -> Place | None:
        """Give the country whose government a name can stand for: the country, or its capital; None otherwise.

        Whether it does so in a given sentence is decided with the parse: see rows of kind ``metonym``.

        Examples
        --------
        >>> load().government_of("Moscow").name, load().government_of("Bakhmut")
        ('Russia', None)
        """
        code = self.capitals.get(key_of(surface))
        return self.codes.get(code) if code else None

    def __iter__(self) -> Iterator[Place]:
        return (self._place(row) for row in range(len(self)))


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
    from analysis.places.supplement import supply  # it fills what this module makes

    with _no_collection():
        gazetteer = Gazetteer(read_columns())
        gazetteer.index()
        for row in gazetteer.columns.units():
            place = gazetteer._place(row)
            gazetteer.codes[place.region or place.country] = place
        supply(gazetteer)
        gazetteer.refresh()
    return gazetteer


@contextmanager
def _no_collection() -> Iterator[None]:
    """Make many things at once without looking for garbage among them, which takes half as long again."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


__all__ = ["Candidate", "Gazetteer", "Place", "distance_km", "key_of", "load", "roughly_km"]
