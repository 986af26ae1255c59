"""Weigh the evidence: keep the names that are more likely places than not.

The sum of the weights in ``recognition.csv`` is the log-odds that the name is a place. They were fitted by logistic
regression (``scripts/fit_recognition.py``) and can be read and changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.places.evidence import Case, collect
from analysis.places.gazetteer import Gazetteer, load
from analysis.places.lexicon import DATA, lexicon, read_rows
from analysis.places.name_evidence import KEEP, About, about_name
from analysis.places.names import fold
from analysis.places.recognition import Hit
from analysis.places.units import with_units

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RUN = re.compile(r"(?: (?:of |for |and |& )?[A-Z][\w.&'’-]*)+")
_NEXT = re.compile(r" ([A-Z][\w'’-]*)")
_ADDRESS = frozenset(
    ["Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lord", "Lady", "Prof", "Sgt", "Lt", "Col", "Capt"]
)
_SUPPORT = frozenset(
    (
        "place elsewhere in article",
        "in before",
        "from before",
        "comma and name after",
        "unit after",
        "province after",
        "civic body after",
    )
)
CERTAIN = 1.5
PULL, LIMIT = 0.5, 2.5  # how much a name's other mentions weigh, and the most that one of them may say


@cache
def weights(lane: str) -> Mapping[str, float]:
    """Load the weights of a lane: ``text`` (no parse) or ``parse``."""
    rows = read_rows(DATA / "recognition.csv")
    return {row["evidence"]: float(row[lane]) for row in rows if row[lane]}


def keep(text: str, hits: Sequence[Hit], gazetteer: Gazetteer, doc: Doc | None = None) -> list[Hit]:
    """Keep the hits that are more likely places than not.

    Parameters
    ----------
    text : str
        The body.
    hits : sequence of Hit
        As `analysis.places.recognition.propose` gave them.
    gazetteer : Gazetteer
    doc : spacy Doc, optional
        The parse of the same text.

    Returns
    -------
    list of Hit
        Each with the word that says what it is, where one does.
    """
    lane = "text" if doc is None else "parse"
    weight = weights(lane)
    cases = collect(text, hits, gazetteer, doc)
    scores = [_base(case, lane) + sum([weight.get(sign, 0.0) for sign in case.signs]) for case in cases]
    kept = [
        case.hit
        for case, score in zip(cases, smoothed(hits, scores), strict=True)
        if score > 0 and not _of_organisation(text, case.hit) and not _of_person(text, case)
    ]
    return with_units(text, kept)


def _base(case: Case, lane: str) -> float:
    """Give what the name itself says, with the favour for what is nothing but a place."""
    hit = case.hit
    if hit.kind == "place":
        return _base_of_name(hit.key, lane)
    score = _sum(case.about, lane)
    if hit.kind == "unlisted" and _SUPPORT.isdisjoint(case.signs):
        return score - CERTAIN  # the model alone knows it, and nothing around it says place
    words = lexicon()
    capital = hit.key in load().capitals and hit.key not in words.given_names | words.wary
    return score + CERTAIN if capital else score


@lru_cache(maxsize=KEEP)
def _base_of_name(key: str, lane: str) -> float:
    """Favour countries, capitals, continents and seas whose name is nothing else: they need no preposition."""
    about, words = about_name(key), lexicon()
    own = any(f"name of {kind}" in about.values for kind in ("country", "area", "water"))
    certain = own or (key in load().capitals and key not in words.given_names)
    return _sum(about, lane) + (CERTAIN if certain and key not in words.wary else 0.0)


@lru_cache(maxsize=KEEP)
def _sum(about: About, lane: str) -> float:
    weight = weights(lane)
    return sum(value * weight.get(name, 0.0) for name, value in about.values.items())


def _of_person(text: str, case: Case) -> bool:
    """Tell whether a name is a person's here: "Mrs Washington", "Michael Jordan", "Chad Smith", an Austin met before."""
    words = lexicon()
    hit, key = case.hit, case.hit.key
    left = "" if case.comma else case.left
    if left.rstrip(".") in _ADDRESS:
        return True
    if key not in words.wary and key not in words.given_names:
        return False
    if "person in article" in case.signs and _SUPPORT.isdisjoint(case.signs):
        return True
    if left[:1].isupper():
        first = fold(left).rstrip(".")
        if first in words.given_names and first not in words.wary and first not in words.before_ok:
            return True
    if not case.about.strong or key not in words.given_names:
        return False  # towns that are also names are weighed already
    right = _NEXT.match(text, hit.end)
    return right is not None and not _says_more(fold(right[1]))


def _says_more(word: str) -> bool:
    """Tell whether the word after a country's name is no surname: a unit, an office, a body, a river."""
    words = lexicon()
    return any(
        word in held
        for held in (words.unit_after, words.titles, words.organisation_after, words.feature_after)
    )


def _of_organisation(text: str, hit: Hit) -> bool:
    """Tell whether a name is only part of an organisation's: "Moscow State University", "The New York Times".

    Police, courts and councils act in and for their town and keep it; see ``place_in_organisation``.
    """
    run = _RUN.match(text, hit.end) if text[hit.end : hit.end + 1] == " " else None
    if run is None:
        return False
    words = fold(run[0]).replace(".", "").split()
    own = lexicon().no_place_in
    return words[-1] in own or words[0] in own


def smoothed(hits: Sequence[Hit], scores: Sequence[float]) -> list[float]:
    """Draw the mentions of one name in an article together: what is a place twice is hardly a person the third time."""
    said: dict[str, list[float]] = {}
    for hit, score in zip(hits, scores, strict=True):
        said.setdefault(hit.key, []).append(max(-LIMIT, min(LIMIT, score)))
    result = []
    for hit, score in zip(hits, scores, strict=True):
        named = said[hit.key]
        if len(named) > 1:
            score += PULL * (sum(named) - max(-LIMIT, min(LIMIT, score))) / (len(named) - 1)
        result.append(score)
    return result
