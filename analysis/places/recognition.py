"""Find the place names of a text: the gazetteer proposes, the words around a name and the parse dispose.

The gazetteer goes first because a small language model does not know Bakhmut from a company; the parse, where there
is one, adds names that the rules would refuse and vetoes those that belong to a person or an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.places.gazetteer import Candidate, Gazetteer, key_of
from analysis.places.lexicon import Lexicon, lexicon
from analysis.places.names import fold

SMALL, MIDDLING, LARGE = 5_000, 100_000, 300_000  # inhabitants; as measured in notes on four public sets
_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_PARTICLE = re.compile(
    r"(?:\b(?:al|el|ad|an|ar|as|at|az|ez|ed|er|es|ash|sub)[-‑]|\b(?:al|el) )$", re.IGNORECASE
)
_NEXT = re.compile(r"[ \-‐‑]\n?([\w'’‘]+)")
_BEFORE = re.compile(r"([\w.'’-]+)[ \xa0]$")
_AFTER = re.compile(r"[ \xa0]([\w'’-]+)")
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_SUFFIX = re.compile(r"-[a-z]+\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: its span, the name to look up, what it is, and the rule that let it in."""

    start: int
    end: int
    name: str
    kind: str  # place, demonym, state
    rule: str
    unit: str = ""  # the word that follows and says what it is: region, district, county


def word_pattern() -> re.Pattern[str]:
    """Compile the pattern of a word that may begin a place name."""
    states = "|".join(
        re.escape(form) for form in sorted(lexicon().states, key=len, reverse=True) if "." in form
    )
    return re.compile(
        rf"(?<![\w@#/])(?:(?:{states})(?![\w])|(?:[A-Z]\.){{2,}}|(?:St|Mt|Ft|Ste)\.(?= [A-Z])|[{_UPPER}]\w*(?:['’‘ʼ][A-Za-z]\w+)*)"
    )


def find(text: str, gazetteer: Gazetteer) -> list[Hit]:
    """Find all names of the gazetteer in a text and keep those whose surroundings speak for a place.

    Parameters
    ----------
    text : str
        The body of an article.
    gazetteer : Gazetteer
        See `analysis.places.gazetteer.load`.

    Returns
    -------
    list of Hit
        In order, without overlaps.
    """
    words = lexicon()
    common = frozenset(_LOWER.findall(text))
    hits: list[Hit] = []
    done = 0
    for match in word_pattern().finditer(text):
        start = match.start()
        if start < done:
            continue
        hit = _longest(text, start, match.group(), gazetteer, words)
        if hit is None:
            continue
        hit = _judge(text, hit, gazetteer, words, common, hits)
        if hit is not None:
            hits.append(hit)
            done = hit.end
    return hits


def _longest(text: str, start: int, word: str, gazetteer: Gazetteer, words: Lexicon) -> Hit | None:
    """Give the longest name that begins here."""
    if word in words.states and "." in word:
        return Hit(start, start + len(word), word, "state", "short form of a state")
    key = key_of(word)
    limit = gazetteer.words_after(key)
    ends = [start + len(word)]
    end = ends[0]
    while len(ends) < limit:
        follow = _NEXT.match(text, end)
        if follow is None:
            break
        end = follow.end()
        ends.append(end)
    particle = _PARTICLE.search(text, max(0, start - 5), start)
    for end in reversed(ends):
        for stop in _stops(text, start, end):
            if particle is not None and gazetteer.has(key_of(text[particle.start() : stop])):
                name = text[particle.start() : stop]
                return Hit(particle.start(), stop, name, "place", "gazetteer")
            name = text[start:stop]
            key = key_of(name)
            if gazetteer.has(key) and (
                end == ends[0] or _capitalised_end(name) or key in gazetteer.lower_ended
            ):
                return Hit(start, stop, name, "place", "gazetteer")
            if key in gazetteer.demonyms:
                return Hit(start, stop, name, "demonym", "demonym")
    return None


def _stops(text: str, start: int, end: int) -> Sequence[int]:
    """Give the ends to try: as it stands, and without a possessive."""
    if text[end - 2 : end] in ("'s", "’s", "‘s"):
        return (end - 2,)
    if text[end - 1] in "'’‘":
        return (end - 1,)
    return (end,)


def _capitalised_end(name: str) -> bool:
    last = re.split(r"[ \-‐‑]", name)[-1]
    return last[:1].isupper() or last[:1] in "'’"


def _strength(candidates: Sequence[Candidate]) -> tuple[bool, int]:
    """Tell whether a name is that of a country, region, area or water, and the population of its largest town."""
    strong = any(
        c.main and c.place.kind in ("country", "region", "area", "water", "facility") for c in candidates
    )
    return strong, max((c.place.population for c in candidates if c.place.kind != "region"), default=0)


def _judge(
    text: str, hit: Hit, gazetteer: Gazetteer, words: Lexicon, common: frozenset[str], before_hits: list[Hit]
) -> Hit | None:
    """Keep a hit, with the rule that let it in, or drop it."""
    surface = text[hit.start : hit.end]
    key = key_of(hit.name)
    left = _BEFORE.search(text, max(0, hit.start - 30), hit.start)
    right = _AFTER.match(text, hit.end)
    previous = left.group(1) if left else ""
    following = right.group(1) if right else ""
    if hit.kind == "state":
        follows = text[max(0, hit.start - 2) : hit.start] == ", "
        return hit if follows or len(surface) > 4 or previous in ("in", "of", "from") else None
    if not _bounded(text, hit):
        return None
    if hit.kind == "demonym":
        return None if _person_before(previous, words) else hit
    single = " " not in hit.name
    if single and (key in words.stop or not _long_enough(surface, key, words)):
        return None
    strong, population = _strength(gazetteer.candidates(hit.name))
    after = fold(following)
    unit = after if after in words.unit_after else ""
    if previous and previous[0].isupper() and not strong and _person_before(previous, words):
        return None
    if previous and strong and key in words.wary and _person_before(previous, words):
        return None
    capital_after = following[:1].isupper() and not unit
    if single and capital_after and key in words.given_names and (not strong or key in words.wary):
        return None
    if (
        capital_after
        and after in words.organisation_after
        and not strong
        and after not in words.place_in_organisation
    ):
        return None
    if single and not strong and surface.lower() in common and not surface.isupper():
        return None
    if not strong:
        comma = (
            text[max(0, hit.start - 2) : hit.start] == ", "
            and before_hits
            and before_hits[-1].end == hit.start - 2
        )
        if (
            previous[:1].isupper()
            and fold(previous) not in words.before_ok
            and population < MIDDLING
            and not comma
        ):
            return None
        if capital_after and population < LARGE and after not in words.place_in_organisation:
            return None
        if population < SMALL and not _supported(text, hit, previous, unit, words):
            return None
    return Hit(hit.start, hit.end, hit.name, "place", "gazetteer", unit)


def _bounded(text: str, hit: Hit) -> bool:
    """Refuse names inside a longer hyphenated word, but for "London-based" and "Russia-Ukraine"."""
    before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
    if after == "-":
        return bool(_SUFFIX.match(text, hit.end)) or text[hit.end + 1 : hit.end + 2].isupper()
    return before not in ("-", "&", "'") or text[hit.start - 2 : hit.start - 1].islower()


def _long_enough(surface: str, key: str, words: Lexicon) -> bool:
    if key in ("us", "uk", "uae", "usa", "drc"):
        return surface.isupper()
    if len(surface) <= 4 and surface.isupper() and len(surface) > 1:
        return key in words.short
    return len(key) >= 4 or key in words.short


def _person_before(previous: str, words: Lexicon) -> bool:
    """Tell whether the word before is a title, an initial or a given name."""
    if not previous or not previous[0].isupper():
        return False
    word = fold(previous.rstrip("."))
    return word in words.titles or word in words.given_names or (len(word) == 1 and previous.endswith("."))


def _supported(text: str, hit: Hit, previous: str, unit: str, words: Lexicon) -> bool:
    """Ask more of the name of a village: a preposition before, a unit after, or a comma and a state."""
    if unit or fold(previous) in (
        "in",
        "near",
        "at",
        "from",
        "of",
        "to",
        "outside",
        "village",
        "town",
        "settlement",
    ):
        return True
    return text[hit.end : hit.end + 2] == ", " and text[hit.end + 2 : hit.end + 3].isupper()
