"""The word lists that place rules use, read once from ``analysis/data/gazetteer``."""

from __future__ import annotations

import csv
import gzip
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.places.names import fold

DATA = Path(__file__).resolve().parents[1] / "data" / "gazetteer"


@dataclass(frozen=True)
class Lexicon:
    """Folded words by what they say about a name beside them; see the comments in ``words.toml``."""

    titles: frozenset[str]
    stop: frozenset[str]
    stop_phrases: frozenset[str]
    short: frozenset[str]
    wary: frozenset[str]
    unit_after: frozenset[str]
    organisation_after: frozenset[str]
    place_in_organisation: frozenset[str]
    no_place_in: frozenset[str]
    before_ok: frozenset[str]
    feature_after: frozenset[str]
    government_verbs: frozenset[str]
    government_nouns: frozenset[str]
    government_objects: frozenset[str]
    government_prepositions: frozenset[str]
    government_before: frozenset[str]
    event_prepositions: frozenset[str]
    given_names: frozenset[str]
    states: dict[str, str]  # "Ky." -> "US.KY"
    countries: dict[str, tuple[str, ...]]  # "US" -> ("U.S.", ...)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV with a comment header; empty cells are empty strings, "NA" is Namibia."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines))


@cache
def lexicon() -> Lexicon:
    """Load the word lists.

    Examples
    --------
    >>> "governor" in lexicon().titles, lexicon().states["Ky."]
    (True, 'US.KY')
    """
    data = tomllib.loads((DATA / "words.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(fold(text).split()) for name, text in data.items() if isinstance(text, str)}
    lists["stop_phrases"] = frozenset(fold(phrase) for phrase in data["stop_phrases"])
    states = {}
    for code, forms in data["states"].items():
        for form in forms.replace("W. Va.", "W.Va.").split():
            states[form] = f"US.{code}"
    countries = {code: tuple(forms.split("|")) for code, forms in data["countries"].items() if forms}
    with gzip.open(DATA / "given_names.txt.gz", "rt", encoding="utf-8") as file:
        given = frozenset(line.strip() for line in file if line.strip() and not line.startswith("#"))
    return Lexicon(**lists, given_names=given, states=states, countries=countries)
