"""Weigh what speaks for and against a name being a place here.

Each piece of evidence has a name and a weight in ``recognition.csv``; the sum is the log-odds that the name is a
place. The weights were fitted by logistic regression (``scripts/fit_recognition.py``) and can be read and changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from math import log1p, log10
from typing import TYPE_CHECKING

from analysis.places.gazetteer import Gazetteer, load
from analysis.places.lexicon import DATA, Lexicon, lexicon, read_rows
from analysis.places.names import fold
from analysis.places.recognition import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE = re.compile(r"([\w.'’-]+)([ \xa0]|, )$")
_AFTER = re.compile(r"(['’‘]s)?(,? ?)([\w'’-]*)( [\w’'-]+)?")
_PERSON = re.compile(r"\b([A-Z][\w’'-]+)(\.?) (?=(?:[A-Z]\. )?([A-Z][\w’'-]+))")
_RUN = re.compile(r"(?: (?:of |for |and |& )?[A-Z][\w.&'’-]*)+")
_JOINED = re.compile(r",? and (?:the )?|, (?:the )?|,? or ")
_UNIT_OF = re.compile(
    r"\b(region|province|oblast|district|state|governorate|county)(s?) of (?:the )?$", re.IGNORECASE
)
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
        "civic body after",
    )
)
_AT = frozenset(["in", "near", "at", "outside", "around", "inside", "across", "throughout"])
_TO = frozenset(["from", "to", "of", "between", "into", "toward", "towards", "through", "leaving"])
_SAYS = frozenset(
    [
        "said",
        "says",
        "told",
        "added",
        "asked",
        "noted",
        "wrote",
        "who",
        "pleaded",
        "testified",
        "recalled",
        "explained",
        "joked",
        "smiled",
    ]
)
Evidence = dict[str, float]
CERTAIN = 1.5
KNOWN_REGION = 400_000  # inhabitants of its towns that make a first-order region known by its bare name
PULL, LIMIT = 0.5, 2.5  # how much a name's other mentions weigh, and the most that one of them may say


class Surroundings:
    """What one article says about its names: who is a person in it, which words it writes small."""

    def __init__(self, text: str, doc: Doc | None = None) -> None:
        words = lexicon()
        self.text = text
        self.people: set[str] = set()
        for match in _PERSON.finditer(text):
            first = fold(match[1])
            if (first in words.given_names and first not in words.wary) or first in words.titles:
                self.people.add(_bare(match[3]))
        self.entities: dict[int, tuple[int, int, str]] = {}
        if doc is not None:
            for ent in doc.ents:
                start = ent.start_char + (4 if ent.text[:4].lower() == "the " else 0)
                for token in ent:
                    self.entities[token.idx] = (start, ent.end_char, ent.label_)
                if ent.label_ == "PERSON" and len(ent) > 1:
                    self.people.add(_bare(ent[-1].text))
            self.tags = {token.idx: (token.tag_, token.dep_) for token in doc}


def _bare(word: str) -> str:
    return re.sub(r"['’‘]s?$", "", fold(word))


@cache
def name_use() -> Mapping[str, tuple[int, int, int, int]]:
    """Load how often news writes a name small, as a place, as a person, and how many notable people bear it."""
    import gzip

    with gzip.open(DATA / "name_use.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        rows = (line.rstrip("\n").split("\t") for line in file)
        return {name: (int(a), int(b), int(c), int(d)) for name, a, b, c, d in rows}


@cache
def weights(lane: str) -> Mapping[str, float]:
    """Load the weights of a lane: ``text`` (no parse) or ``parse``."""
    rows = read_rows(DATA / "recognition.csv")
    return {row["evidence"]: float(row[lane]) for row in rows if row[lane]}


def keep(text: str, hits: Sequence[Hit], gazetteer: Gazetteer, doc: Doc | None = None) -> list[Hit]:
    """Keep the hits that are more likely places than not, each with what spoke most for it.

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
    """
    weight = weights("text" if doc is None else "parse")
    found = collect(text, hits, gazetteer, doc)
    scores = [
        sum(value * weight.get(name, 0.0) for name, value in evidence.items())
        + _certain(hit, evidence, gazetteer)
        for hit, evidence in zip(hits, found, strict=True)
    ]
    kept = [
        hit
        for hit, score, evidence in zip(hits, smoothed(hits, scores), found, strict=True)
        if score > 0 and not _of_organisation(text, hit) and not _of_person(text, hit, evidence)
    ]
    return with_units(text, kept)


def _certain(hit: Hit, evidence: Evidence, gazetteer: Gazetteer) -> float:
    """Favour countries, capitals, continents and seas whose name is nothing else: they need no preposition."""
    if hit.kind == "unlisted" and not _SUPPORT & evidence.keys():
        return -CERTAIN  # the model alone knows it, and nothing around it says place
    own = any(f"name of {kind}" in evidence for kind in ("country", "area", "water"))
    words = lexicon()
    known = own or (hit.key in gazetteer.capitals and hit.key not in words.given_names)
    return CERTAIN if known and hit.key not in words.wary else 0.0


def _of_person(text: str, hit: Hit, evidence: Evidence) -> bool:
    """Tell whether a name is a person's here: "Mrs Washington", "Michael Jordan", "Chad Smith", an Austin met before."""
    words = lexicon()
    key = hit.key
    left = _BEFORE.search(text, max(0, hit.start - 30), hit.start)
    if left is not None and left[2] == " " and left[1].rstrip(".") in _ADDRESS:
        return True
    if key not in words.wary and key not in words.given_names:
        return False
    if "person in article" in evidence and not _SUPPORT & evidence.keys():
        return True
    if left is not None and left[2] != ", " and left[1][0].isupper():
        before = fold(left[1]).rstrip(".")
        if before in words.given_names and before not in words.wary and before not in words.before_ok:
            return True
    right = _AFTER.match(text, hit.end)
    if "strong" not in evidence or key not in words.given_names:
        return False  # towns that are also names are weighed already
    if right is None or right[1] or right[2] != " " or not right[3][:1].isupper():
        return False
    after = fold(right[3])
    return after not in words.unit_after | words.titles | words.organisation_after | words.feature_after


def _of_organisation(text: str, hit: Hit) -> bool:
    """Tell whether a name is only part of an organisation's: "Moscow State University", "The New York Times".

    Police, courts and councils act in and for their town and keep it; see ``place_in_organisation``.
    """
    run = _RUN.match(text, hit.end)
    if run is None:
        return False
    words = fold(run[0]).replace(".", "").split()
    own = lexicon().no_place_in
    return words[-1] in own or words[0] in own


def smoothed(hits: Sequence[Hit], scores: Sequence[float]) -> list[float]:
    """Draw the mentions of one name in an article together: what is a place twice is hardly a person the third time."""
    totals: dict[str, tuple[float, int]] = {}
    for hit, score in zip(hits, scores, strict=True):
        total, n = totals.get(hit.key, (0.0, 0))
        totals[hit.key] = (total + max(-LIMIT, min(LIMIT, score)), n + 1)
    result = []
    for hit, score in zip(hits, scores, strict=True):
        total, n = totals[hit.key]
        others = (total - max(-LIMIT, min(LIMIT, score))) / (n - 1) if n > 1 else 0.0
        result.append(score + PULL * others)
    return result


def with_units(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Give each hit the word that says what it is: "Kursk region", "the regions of Kherson and Luhansk".

    Parameters
    ----------
    text : str
        The body.
    hits : sequence of Hit
        In order.

    Returns
    -------
    list of Hit
        The same, with ``unit`` where a word says so; a plural counts for all names that it holds together.
    """
    units = [_unit_after(text, hit) for hit in hits]
    result = [unit for unit, _ in units]
    for i in range(len(hits) - 2, -1, -1):
        plural = units[i + 1][1]
        if plural and not result[i] and _JOINED.fullmatch(text[hits[i].end : hits[i + 1].start]):
            result[i], units[i] = result[i + 1], (result[i + 1], True)
    for i, hit in enumerate(hits):
        before = _UNIT_OF.search(text, max(0, hit.start - 24), hit.start)
        if before is None or result[i]:
            continue
        result[i] = _singular(before[1].lower())
        j = i + 1
        while before[2] and j < len(hits) and not result[j]:
            if not _JOINED.fullmatch(text[hits[j - 1].end : hits[j].start]):
                break
            result[j] = result[i]
            j += 1
    return [replace(hit, unit=unit) if unit else hit for hit, unit in zip(hits, result, strict=True)]


def _unit_after(text: str, hit: Hit) -> tuple[str, bool]:
    """Give the word after a name if it says what the name is, and whether it is a plural."""
    after = _AFTER.match(text, hit.end)
    word = fold(after[3]) if after and after[2] == " " and not after[1] else ""
    if word in lexicon().unit_after:
        return word, False
    single = _singular(word)
    return (single, True) if single != word and single in lexicon().unit_after else ("", False)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def collect(text: str, hits: Sequence[Hit], gazetteer: Gazetteer, doc: Doc | None = None) -> list[Evidence]:
    """List the evidence for each hit of an article (see ``recognition.csv`` for the meanings)."""
    words = lexicon()
    around = Surroundings(text, doc)
    found = [_evidence(around, hit, words) for hit in hits]
    _spread(hits, found, gazetteer)
    return found


def _evidence(around: Surroundings, hit: Hit, words: Lexicon) -> Evidence:
    text = around.text
    e: Evidence = {"always": 1.0, f"is {hit.kind}": 1.0}
    surface = text[hit.start : hit.end]
    if hit.kind == "place":
        _of_name(e, hit, surface, around)
    _of_left(e, text, hit, words)
    _of_right(e, text, hit, words)
    if around.entities:
        _of_parse(e, around, hit)
    return e


def _of_name(e: Evidence, hit: Hit, surface: str, around: Surroundings) -> None:
    """Add what the name itself says, and what the article says of the same word."""
    key = hit.key
    e.update(_about(key))
    if " " not in key and not surface.isupper() and f" {surface.lower()} " in around.text:
        e["small in article"] = 1.0
    if "strong" not in e and key.rsplit(" ", 1)[-1] in around.people:
        e["person in article"] = 1.0
    if len(surface) > 4 and surface.isupper():
        e["all capitals"] = 1.0


@lru_cache(maxsize=65_536)
def _about(key: str) -> Evidence:
    """Give the evidence of a name that is the same in every article."""
    e: Evidence = {}
    candidates = load().by_key(key)
    words = lexicon()
    kinds = {candidate.place.kind for candidate in candidates if candidate.main}
    population = max(
        (c.place.population for c in candidates if c.place.kind in ("town", "district")), default=0
    )
    e["inhabitants"] = log10(population + 10) - 4
    for kind in ("country", "region", "area", "water", "facility", "district"):
        if kind in kinds:
            e[f"name of {kind}"] = 1.0
    if kinds & {"country", "area", "water"} or any(
        c.main and c.place.kind == "region" and c.place.population >= KNOWN_REGION for c in candidates
    ):
        e["strong"] = 1.0
        e["inhabitants"] = 1.0
    if not any(candidate.main for candidate in candidates):
        e["alternate name"] = 1.0
    if " " in key:
        e["several words"] = 1.0
        return e
    small, place, person, family = name_use().get(key, (0, 0, 0, 0))
    e["written small"] = log1p(small)
    e["used as place"] = log1p(place)
    e["used as person"] = log1p(person)
    e["family name"] = log1p(family)
    if key in words.given_names and ("strong" not in e or key in words.wary):
        e["given name"] = 1.0
    elif not (small or person or family):
        e["no other use"] = 1.0
        if population >= 20_000:
            e["no other use, town of size"] = 1.0
    return e


def _of_left(e: Evidence, text: str, hit: Hit, words: Lexicon) -> None:
    left = _BEFORE.search(text, max(0, hit.start - 30), hit.start)
    strong = "strong" in e
    if left is None:
        e["nothing before"] = 1.0
        return
    previous, comma = left[1], left[2] == ", "
    word = fold(previous).rstrip(".")
    if comma:
        e["comma before"] = 1.0
    elif word in _AT:
        e["in before"] = 1.0
    elif word in _TO:
        e["from before"] = 1.0
    elif (
        previous[0].isupper() and previous[-1] != "." and (word in words.titles or word in words.given_names)
    ) or (previous[0].isupper() and (word in words.titles or (len(word) == 1 and previous.endswith(".")))):
        e["strong person before" if strong else "person before"] = 1.0
    elif word == "the":
        e["the before"] = 1.0
    elif previous[0].isupper() and word not in words.before_ok:
        e["strong capital before" if strong else "capital before"] = 1.0
    else:
        e["other before"] = 1.0


def _of_right(e: Evidence, text: str, hit: Hit, words: Lexicon) -> None:
    right = _AFTER.match(text, hit.end)
    strong = "strong " if "strong" in e else ""
    if right is None:
        return
    possessive, gap, following = right[1], right[2], right[3]
    word = fold(following)
    if possessive:
        e["possessive"] = 1.0
    if gap == ", ":
        if following.isdigit():
            e["age after"] = 1.0
        elif f"{following}." in words.states or following in words.states or following[:1].isupper():
            e["comma and name after"] = 1.0
        else:
            e["comma after"] = 1.0
    elif gap == " " and following:
        civic = word in words.place_in_organisation
        if word in words.unit_after and not possessive:
            e["unit after"] = 1.0
        elif following[0].isupper() and civic:
            e["civic body after"] = 1.0
        elif following[0].isupper() and word in words.organisation_after:
            e[f"{strong}organisation after"] = 1.0
        elif following[0].isupper():
            e[f"{strong}capital after"] = 1.0
        elif word in _SAYS:
            e[f"{strong}says after"] = 1.0
        else:
            e["small word after"] = 1.0
        if hit.kind == "demonym" and following[0].isupper():
            e["demonym, capital after"] = 1.0


def _of_parse(e: Evidence, around: Surroundings, hit: Hit) -> None:
    entity = next((around.entities[at] for at in (hit.start, hit.end - 1) if at in around.entities), None)
    strong = "strong " if "strong" in e else "demonym " if hit.kind == "demonym" else ""
    if entity is None:
        e[f"{strong}no entity"] = 1.0
    else:
        start, end, label = entity
        label = {"FAC": "LOC", "LAW": "WORK_OF_ART", "EVENT": "WORK_OF_ART", "PRODUCT": "WORK_OF_ART"}.get(
            label, label
        )
        if label not in ("GPE", "LOC", "ORG", "PERSON", "NORP", "WORK_OF_ART"):
            label = "other"
        longer = end - start > hit.end - hit.start + 2
        where = "" if not longer else ", first in it" if start == hit.start else ", inside it"
        e[f"{strong}entity {label}{where}"] = 1.0
    tag, dep = around.tags.get(hit.start, ("", ""))
    if tag and not tag.startswith("NNP") and hit.kind == "place":
        e["no proper noun"] = 1.0
    if dep in ("nsubj", "dobj", "pobj", "compound", "appos", "conj", "poss", "ROOT"):
        e[f"{strong}is {dep}"] = 1.0


def _spread(hits: Sequence[Hit], found: Sequence[Evidence], gazetteer: Gazetteer) -> None:
    """Let what is sure about a name in one sentence, and about the article's region, count for the others."""
    support: dict[str, float] = {}
    regions: dict[str, int] = {}
    for hit, e in zip(hits, found, strict=True):
        key = hit.key
        if "comma and name after" in e or "in before" in e or "unit after" in e:
            support[key] = support.get(key, 0.0) + 1.0
        if hit.kind == "state":
            unit = gazetteer.unit(lexicon().states[hit.name])
            if unit is not None:
                regions[unit.region] = regions.get(unit.region, 0) + 1
        elif hit.kind == "place" and ("strong" in e or e.get("inhabitants", 0) > 1.3):
            for candidate in gazetteer.by_key(hit.key)[:2]:
                code = candidate.place.region or candidate.place.country
                regions[code] = regions.get(code, 0) + 1
    for hit, e in zip(hits, found, strict=True):
        if hit.kind != "place":
            continue
        key = hit.key
        own = 1.0 if "comma and name after" in e or "in before" in e or "unit after" in e else 0.0
        if support.get(key, 0.0) > own:
            e["place elsewhere in article"] = 1.0
        if "strong" not in e:
            places = [candidate.place for candidate in gazetteer.by_key(hit.key)]
            if any(place.region in regions for place in places):
                e["in a region of the article"] = 1.0
            elif any(place.country in regions for place in places):
                e["in a country of the article"] = 1.0
