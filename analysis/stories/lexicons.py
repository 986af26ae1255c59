"""The word lists of the stories room, read once from their files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: the ledger's name for it, pint's name, and its kind."""

    name: str
    pint: str
    kind: str


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Read a tab-separated list of this room; lines that begin with # are remarks."""
    text = (files("analysis") / "data" / "stories" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(lines, delimiter="\t"))


@cache
def units() -> Mapping[str, Unit]:
    """Map each written form to its unit."""
    return {row["form"]: Unit(row["unit"], row["pint"], row["kind"]) for row in table("units.tsv")}


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
def in_common_unit(value: float, unit: str) -> tuple[float, str]:
    """Convert a value to the unit in which measures of its kind are compared.

    Examples
    --------
    >>> value, unit = in_common_unit(480, "square mile")
    >>> round(value), unit
    (1243, 'square kilometre')
    """
    known = kinds().get(unit)
    common = {
        "length": ("kilometer", "kilometre"),
        "area": ("kilometer ** 2", "square kilometre"),
        "mass": ("tonne", "tonne"),
        "volume": ("liter", "litre"),
        "time": ("day", "day"),
        "speed": ("kilometer / hour", "kilometre per hour"),
    }
    if known is None or not known.pint or known.kind not in common:
        return value, unit
    pint_name, name = common[known.kind]
    return float(_registry().Quantity(value, known.pint).to(pint_name).magnitude), name


@cache
def _registry():  # type: ignore[no-untyped-def]
    import pint

    return pint.UnitRegistry(cache_folder=None)
