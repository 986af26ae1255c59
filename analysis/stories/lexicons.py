"""The word lists of the stories room, read once from their files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: the ledger's name for it, its kind, and how it converts to the common one."""

    name: str
    pint: str
    kind: str
    common: str = ""
    factor: float = 1.0


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a tab-separated list of this room; lines that begin with # are remarks."""
    text = (files("analysis") / "data" / "stories" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t"))


@cache
def units() -> Mapping[str, Unit]:
    """Map each written form to its unit."""
    return {
        row["form"]: Unit(row["unit"], row["pint"], row["kind"], row["common"], float(row["factor"] or 1))
        for row in table("units.tsv")
    }


@cache
def kinds() -> Mapping[str, Unit]:
    """Map the ledger's name of a unit to the unit."""
    return {unit.name: unit for unit in units().values()}


@cache
def qualifiers() -> Mapping[str, str]:
    """Map words beside a number to what they say of it."""
    return {row["form"]: row["qualifier"] for row in table("qualifiers.tsv")}


@cache
def states() -> Mapping[str, tuple[str, str]]:
    """Map a verb to the word that says what became of those counted, and where these stand."""
    return {row["lemma"]: (row["word"], row["counted"]) for row in table("states.tsv")}


@cache
def words(name: str) -> frozenset[str]:
    """Give the words of a list that tells what a number counts."""
    return frozenset(next(row["words"] for row in table("counting.tsv") if row["list"] == name).split())


def in_common_unit(value: float, unit: str) -> tuple[float, str]:
    """Convert a value to the unit in which measures of its kind are compared.

    Examples
    --------
    >>> value, unit = in_common_unit(480, "square mile")
    >>> round(value), unit
    (1243, 'square kilometre')
    """
    known = kinds().get(unit)
    if known is None or not known.common:
        return value, unit
    return value * known.factor, known.common
