"""The committed extract of GeoNames: columns of text, one after another, packed together.

A line ``#name`` opens each column: ``units`` (kind, country, first-order code and how many of the following rows share
them), ``id``, ``name``, ``lat`` and ``lon`` (hundredths of a degree), ``population`` (two digits), ``fame`` (in how
many spellings and languages a town is named, 99 at most), ``alternates`` (folded names, ``=`` before one that counts as main).
"""

from __future__ import annotations

import lzma
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.places.lexicon import DATA
from analysis.places.names import key_of
from analysis.places.place import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Columns:
    """All places by row; a `Place` is made of a row when it is asked for."""

    ids: NDArray[np.int32]
    lats: NDArray[np.int32]
    lons: NDArray[np.int32]
    populations: NDArray[np.int32]
    fames: NDArray[np.int32]
    titles: list[str]
    others: str  # as it was read, because it is needed only once
    starts: list[int]  # first row of each run of rows of one kind and region
    runs: list[tuple[str, str, str]]  # kind, country, region

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, row: int) -> Place:
        """Give the place of a row."""
        kind, country, region = self.runs[bisect_right(self.starts, row) - 1]
        return Place(
            place_id=str(self.ids[row]),
            kind=kind,
            name=self.titles[row],
            country=country,
            region=region,
            lat=int(self.lats[row]) / 100,
            lon=int(self.lons[row]) / 100,
            population=int(self.populations[row]),
            fame=int(self.fames[row]),
        )

    def units(self) -> range:
        """Give the rows of countries and first-order regions: they come first."""
        run = next(run for run, (kind, _, _) in enumerate(self.runs) if kind not in ("country", "region"))
        return range(self.starts[run])

    def names(self) -> tuple[list[str], list[int]]:
        """List folded names with the row that bears each; the row's complement for an alternate."""
        keys, rows = [key_of(title) for title in self.titles], list(range(len(self.titles)))
        for row, cell in enumerate(self.others.split("\n")):
            if cell:
                for key in cell.split("|"):
                    keys.append(key.removeprefix("="))
                    rows.append(row if key[0] == "=" else ~row)
        return keys, rows


def read_columns() -> Columns:
    """Read the extract."""
    text = lzma.decompress((DATA / "places.txt.xz").read_bytes()).decode("utf-8")
    parts = dict(part.split("\n", 1) for part in text[1:].split("\n#"))
    starts, runs, row = [], [], 0
    for unit in parts["units"].split("\n"):
        kind, country, admin1, count = unit.split(" ")
        starts.append(row)
        runs.append((kind, country, "" if admin1 == "-" else f"{country}.{admin1}"))
        row += int(count)
    ids, lats, lons, populations, fames = (
        np.fromstring(parts[name], dtype=np.int32, sep="\n")
        for name in ("id", "lat", "lon", "population", "fame")
    )
    titles = parts["name"].split("\n")
    return Columns(ids, lats, lons, populations, fames, titles, parts["alternates"], starts, runs)
