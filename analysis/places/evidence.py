"""What speaks for and against a name being a place here: the words beside it, the article, the parse.

Each piece of evidence has a name and, in ``recognition.csv``, a weight; `analysis.places.weighing` adds them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from analysis.places.gazetteer import Gazetteer
from analysis.places.lexicon import lexicon
from analysis.places.name_evidence import KEEP, About, about_kind, about_name
from analysis.places.names import fold, key_of
from analysis.places.recognition import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BLANKS, _BESIDE = frozenset(" \xa0"), frozenset(" ,'’‘")
_CHUNK = re.compile(r"[\w.'’-]+$")
_AFTER = re.compile(r"(['’‘]s)?(,? ?)([\w'’-]*)")
_LISTED = re.compile(r",? (?:and|or|to) |, ")
_AT = frozenset(["in", "near", "at", "outside", "around", "inside", "across", "throughout"])
_TO = frozenset(["from", "to", "of", "between", "into", "toward", "towards", "through", "leaving"])
_SAYS = frozenset(
    ["said", "says", "told", "added", "asked", "noted", "wrote", "who",
     "pleaded", "testified", "recalled", "explained", "joked", "smiled"]
)  # fmt: skip
_PLACED = frozenset(["comma and name after", "in before", "unit after", "province after"])
PROVINCES = frozenset(
    ["province", "oblast", "governorate", "prefecture", "krai", "raion", "region", "voivodeship",
     "provinces", "oblasts", "regions"]
)  # fmt: skip
_LABELS = {"FAC": "LOC", **dict.fromkeys(("LAW", "EVENT", "PRODUCT"), "WORK_OF_ART")}
_RELATIONS = frozenset(["nsubj", "dobj", "pobj", "compound", "appos", "conj", "poss", "ROOT"])


@dataclass(slots=True)
class Case:
    """A hit with all that speaks for and against it: what holds of the name, and signs that hold here."""

    hit: Hit
    about: About
    left: str = ""  # the word before, and whether a comma stands between
    comma: bool = False
    signs: list[str] = field(default_factory=list)

    def values(self) -> dict[str, float]:
        """Give all evidence by name with its value; a sign counts 1."""
        return {**self.about.values, **dict.fromkeys(self.signs, 1.0)}


class Surroundings:
    """What one article says about its names: who is a person in it, which words it writes small, how it parses."""

    def __init__(self, text: str, cases: Sequence[Case], doc: Doc | None = None) -> None:
        self.people = {name for case in cases for name in _people(text, case)}
        single = {case.hit.name.lower() for case in cases if " " not in case.hit.key}
        self.small = single.intersection(text.split(" ")[1:-1])
        self.entities: dict[int, tuple[int, int, str]] = {}
        self.tags: dict[int, tuple[str, str]] = {}
        if doc is not None:
            for ent in doc.ents:
                start = ent.start_char + (4 if ent.text[:4].lower() == "the " else 0)
                for token in ent:
                    self.entities[token.idx] = (start, ent.end_char, ent.label_)
                if ent.label_ == "PERSON" and len(ent) > 1:
                    self.people.add(_bare(ent[-1].text))
            self.tags = {token.idx: (token.tag_, token.dep_) for token in doc}


def _people(text: str, case: Case) -> Iterator[str]:
    """Give the words of a name that stand behind a title or a given name, an initial between or none: "Lloyd J. Austin"."""
    words, first = case.hit.name.split(" "), case.left
    if len(first) == 2 and first[1] == ".":
        first = before(text, case.hit.start - 3)[0]
    if first[:1].isupper() and not case.comma and _names_a_person(first.rstrip(".")):
        yield _bare(words[0])
    if len(words) > 1:
        yield from (_bare(second) for first, second in pairwise(words) if _names_a_person(first))


def _last(key: str) -> str:
    return key.rsplit(" ", 1)[-1]


@lru_cache(maxsize=KEEP)
def _names_a_person(word: str) -> bool:
    """Tell whether the word after this one is a person: a title, or a given name that is little else."""
    words, first = lexicon(), fold(word)
    return first in words.titles or (first in words.given_names and first not in words.wary)


@lru_cache(maxsize=KEEP)
def _bare(word: str) -> str:
    """Give a word as it stands in the key of a name, without a possessive."""
    return key_of(re.sub(r"['’‘]s?$", "", word))


def collect(text: str, hits: Sequence[Hit], gazetteer: Gazetteer, doc: Doc | None = None) -> list[Case]:
    """List the evidence for each hit of an article (see ``recognition.csv`` for the meanings).

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
    list of Case
        One a hit, in order.
    """
    cases = [
        Case(
            hit,
            about_name(hit.key) if hit.kind == "place" else about_kind(hit.kind),
            *before(text, hit.start),
        )
        for hit in hits
    ]
    around = Surroundings(text, cases, doc)
    for case in cases:
        if case.hit.kind == "place":
            _of_name(case, around)
        _of_left(case)
        _of_right(case, text)
        if around.entities:
            _of_parse(case, around)
    _spread(cases, gazetteer)
    _join(text, cases)
    return cases


def _of_name(case: Case, around: Surroundings) -> None:
    """Add what the article says of the same word."""
    hit = case.hit
    surface, capitals = hit.name, hit.name.isupper()
    if " " not in hit.key and not capitals and surface.lower() in around.small:
        case.signs.append("small in article")
    if not case.about.strong and _last(hit.key) in around.people:
        case.signs.append("person in article")
    if capitals and len(surface) > 4:
        case.signs.append("all capitals")


def before(text: str, start: int) -> tuple[str, bool]:
    """Give the word before a name, and whether a comma stands between; an empty word where there is none.

    Examples
    --------
    >>> before("He left Paris, Texas", 15), before("Paris", 0)
    (('Paris', True), ('', False))
    """
    if text[max(0, start - 1) : start] not in _BLANKS:
        return "", False
    comma = text[max(0, start - 2) : start] == ", "
    end = start - 2 if comma else start - 1
    chunk = text[max(0, end - 30) : end].rpartition(" ")[2]
    if not chunk.isalnum():
        found = _CHUNK.search(chunk)
        chunk = found[0] if found else ""
    return chunk, comma and chunk != ""


def _of_left(case: Case) -> None:
    sign = "nothing before" if not case.left else "comma before" if case.comma else _left_sign(case.left)
    if case.about.strong and sign in ("person before", "capital before"):
        sign = f"strong {sign}"
    case.signs.append(sign)


@lru_cache(maxsize=KEEP)
def _left_sign(previous: str) -> str:
    words, word, capital = lexicon(), fold(previous).rstrip("."), previous[0].isupper()
    if word in _AT:
        return "in before"
    if word in _TO:
        return "from before"
    initial = len(word) == 1 and previous.endswith(".")
    if capital and (word in words.titles or initial or (word in words.given_names and previous[-1] != ".")):
        return "person before"
    if word == "the":
        return "the before"
    return "capital before" if capital and word not in words.before_ok else "other before"


def _of_right(case: Case, text: str) -> None:
    if text[case.hit.end : case.hit.end + 1] not in _BESIDE:
        return
    right = _AFTER.match(text, case.hit.end)
    assert right is not None
    possessive, gap, following = right.groups()
    if possessive:
        case.signs.append("possessive")
    if gap == ", ":
        case.signs.append(_comma_sign(following))
    elif gap == " " and following:
        sign, graded = _right_sign(following, bool(possessive))
        case.signs.append(f"strong {sign}" if graded and case.about.strong else sign)
        if case.hit.kind == "demonym" and following[0].isupper():
            case.signs.append("demonym, capital after")


@lru_cache(maxsize=KEEP)
def _comma_sign(following: str) -> str:
    states = lexicon().states
    if following.isdigit():
        return "age after"
    name = following[:1].isupper() or following in states or f"{following}." in states
    return "comma and name after" if name else "comma after"


@lru_cache(maxsize=KEEP)
def _right_sign(following: str, possessive: bool) -> tuple[str, bool]:
    """Say what the word after a name says, and whether it weighs otherwise after a country or sea."""
    words, word, capital = lexicon(), fold(following), following[0].isupper()
    if word in words.unit_after and not possessive:
        return ("province after" if word in PROVINCES else "unit after"), False
    if capital and word in words.place_in_organisation:
        return "civic body after", False
    if capital:
        return ("organisation after" if word in words.organisation_after else "capital after"), True
    return ("says after", True) if word in _SAYS else ("small word after", False)


def _of_parse(case: Case, around: Surroundings) -> None:
    hit = case.hit
    entity = next((around.entities[at] for at in (hit.start, hit.end - 1) if at in around.entities), None)
    strong = "strong " if case.about.strong else "demonym " if hit.kind == "demonym" else ""
    if entity is None:
        case.signs.append(f"{strong}no entity")
    else:
        start, end, label = entity
        label = _LABELS.get(label, label)
        if label not in ("GPE", "LOC", "ORG", "PERSON", "NORP", "WORK_OF_ART"):
            label = "other"
        longer = end - start > hit.end - hit.start + 2
        where = "" if not longer else ", first in it" if start == hit.start else ", inside it"
        case.signs.append(f"{strong}entity {label}{where}")
    tag, dep = around.tags.get(hit.start, ("", ""))
    if tag and not tag.startswith("NNP") and hit.kind == "place":
        case.signs.append("no proper noun")
    if dep in _RELATIONS:
        case.signs.append(f"{strong}is {dep}")


def _spread(cases: Sequence[Case], gazetteer: Gazetteer) -> None:
    """Let what is sure about a name in one sentence, and about the article's region, count for the others."""
    support: dict[str, int] = {}
    told: set[str] = set()
    placed = [not _PLACED.isdisjoint(case.signs) for case in cases]
    for case, sure in zip(cases, placed, strict=True):
        hit = case.hit
        if sure:
            support[hit.key] = support.get(hit.key, 0) + 1
        if hit.kind == "state":
            unit = gazetteer.unit(lexicon().states[hit.name])
            if unit is not None:
                told.add(unit.region)
        elif case.about.telling:
            told.update(case.about.leading)
    for case, sure in zip(cases, placed, strict=True):
        if case.hit.kind != "place":
            continue
        if support.get(case.hit.key, 0) > sure:
            case.signs.append("place elsewhere in article")
        if not case.about.strong:
            if not told.isdisjoint(case.about.regions):
                case.signs.append("in a region of the article")
            elif not told.isdisjoint(case.about.countries):
                case.signs.append("in a country of the article")


def _join(text: str, cases: Sequence[Case]) -> None:
    """Let a name gain from a sure place that it is listed with: "Kharkiv, Sumy and Poltava"."""
    sure = [case.about.telling or not _PLACED.isdisjoint(case.signs) for case in cases]
    listed = [False] * len(cases)
    for index in range(len(cases) - 1):
        left, right = cases[index].hit, cases[index + 1].hit
        if right.start - left.end < 10 and _LISTED.fullmatch(text, left.end, right.start):
            listed[index] |= sure[index + 1]
            listed[index + 1] |= sure[index]
    for case, holds in zip(cases, listed, strict=True):
        if holds and case.hit.kind in ("place", "unlisted"):
            case.signs.append("listed with a place")
