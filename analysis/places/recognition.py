"""Find the place names of a text: the gazetteer proposes, what stands around a name decides.

The gazetteer goes first because a small language model does not know Bakhmut from a company. `propose` lists every
name that could be meant, `analysis.places.evidence` weighs the words beside it (and the parse, where there is one),
and `analysis.places.evidence.keep` keeps what is more likely a place than not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.places.gazetteer import Gazetteer, key_of
from analysis.places.lexicon import Lexicon, lexicon
from analysis.places.names import fold

_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_PARTICLE = re.compile(
    r"(?:\b(?:al|el|ad|an|ar|as|at|az|ez|ed|er|es|ash|sub)[-‑]|\b(?:al|el) )$", re.IGNORECASE
)
_NEXT = re.compile(r" ([\w']+)")
LONGEST = 6  # words of a name after the first
_SENTENCE_GOES_ON = re.compile(r" [A-Z]")
_SUFFIX = re.compile(r"-[a-z]+\b")
_ACRONYMS = {
    "us": ("US", "U.S.", "U.S"),
    "uk": ("UK", "U.K.", "U.K"),
    "usa": ("USA", "U.S.A."),
    "uae": ("UAE", "U.A.E."),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: its span, the name to look up, what it is, and the rule that let it in."""

    start: int
    end: int
    name: str
    kind: str  # place, demonym, state; street, water, facility, unlisted where the gazetteer does not know it
    rule: str
    key: str = ""  # the folded name
    unit: str = ""  # the word that follows and says what it is: region, district, county


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w@#/])(?=[{_UPPER}])(?:W\. ?Va\.|[A-Z](?:\.[A-Z])+\.?|(?:St|Mt|Ft|Ste)\.(?= [A-Z])"
        rf"|\w+(?:['’‘ʼ][A-Za-z]\w+)*)"
    )


# what a name that says what it is ends in, and begins with
_TAILS = {
    "street": "street road avenue boulevard lane drive highway parkway turnpike freeway expressway bypass",
    "water": "river creek lake bay reservoir canal lagoon",
    "area": "mountains mountain valley hills peninsula desert island islands forest",
    "facility": "airport bridge dam airfield airbase",
    "district": "county parish township raion oblast",
}


@cache
def _named_features() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Compile what finds names that say what they are: "Elm Street", "Lake Orta", "Interstate 90"."""
    name = rf"[{_UPPER}][\w'’-]+"
    kinds = {word.capitalize(): kind for kind, tail in _TAILS.items() for word in tail.split()}
    tail = re.compile(rf"(?<= )(?:{'|'.join(sorted(kinds, key=len, reverse=True))})\b")
    ways = (
        r"(?:(?:[NSEW]\.?|North|South|East|West|Northwest|Northeast|Southwest|Southeast|Old|New|St\.|Fort) )?"
    )
    head = re.compile(rf"\b(?!The ){ways}(?:{name}|\d{{1,3}}(?:st|nd|rd|th))(?: {name})? $")
    roads = r"(?:Interstate|Highway|Route|State Route|County Road|I-|US-)\s?\d+\b"
    front = re.compile(
        rf"\b(?:{roads}|(?:Lake|River|Loch|Lough|Mount|Cape) {name}(?! (?:Road|Street|Drive|Avenue)))"
    )
    return tail, head, front, kinds


def propose(text: str, gazetteer: Gazetteer) -> list[Hit]:
    """List every name in a text that could be a place, the longest at each position, in order, without overlaps.

    Parameters
    ----------
    text : str
        The body of an article.
    gazetteer : Gazetteer
        See `analysis.places.gazetteer.load`.

    Returns
    -------
    list of Hit
    """
    words = lexicon()
    folded = fold(text)
    features = _features(text)
    hits: list[Hit] = []
    done = 0
    for match in _word_pattern().finditer(text):
        start, end = match.span()
        if start < done or (start not in features and not _may_begin(text, folded, start, end, gazetteer)):
            continue
        hit = _longest(text, folded, start, end, gazetteer, words)
        feature = features.get(start)
        if feature is not None and (hit is None or feature.end > hit.end):
            hit = feature
        if hit is None or hit.start < done or not _bounded(text, hit):
            continue
        if hit.kind == "place" and not _plausible(text[hit.start : hit.end], hit.key, words):
            continue
        hits.append(hit)
        done = hit.end
    return hits


def _may_begin(text: str, folded: str, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Rule out quickly the nine words in ten that begin no name at all."""
    word = folded[start:end]
    if gazetteer.has(word) or gazetteer.begins(word) or word in gazetteer.demonyms:
        return True
    return (
        text[end - 1 : end + 1].endswith(".")
        or "'" in word
        or "." in word
        or text[start - 1 : start] in ("-", "‑")
    )


def _features(text: str) -> dict[int, Hit]:
    """Find names that say what they are, the longest at each position."""
    tail, head, front, kinds = _named_features()
    found: dict[int, Hit] = {}
    for match in front.finditer(text):
        word = match.group().split()[0]
        kind = {"Lake": "water", "River": "water", "Loch": "water", "Lough": "water"}.get(word, "street")
        kind = "area" if word in ("Mount", "Cape") else kind
        found[match.start()] = Hit(
            match.start(), match.end(), match.group(), kind, f"named {kind}", key_of(match.group())
        )
    for match in tail.finditer(text):
        before = head.search(text[max(0, match.start() - 40) : match.start()])
        if before is None:
            continue
        start = match.start() - len(before.group())
        kind = kinds[match.group()]
        if kind == "street" and _SENTENCE_GOES_ON.match(text, match.end()):
            continue
        name = text[start : match.end()]
        found[start] = Hit(start, match.end(), name, kind, f"named {kind}", key_of(name))
    return found


def _longest(
    text: str, folded: str, start: int, end: int, gazetteer: Gazetteer, words: Lexicon
) -> Hit | None:
    """Give the longest name of the gazetteer that begins here."""
    if text[end : end + 1] == "." and text[start : end + 1] in words.states:
        end += 1
    if text[end - 1] == "." and text[start:end] in words.states:
        return Hit(start, end, text[start:end], "state", "short form of a state", key_of(text[start:end]))
    bare = _without_possessive(text, end)
    first = folded[start:bare]
    if "." in first:
        first = first.replace(".", "")
    ends = [end]
    if bare == end and gazetteer.begins(first):
        ends += _further_ends(folded, start, end, first, gazetteer)
    if start and text[start - 1] in "-‑ ":
        particle = _PARTICLE.search(text, max(0, start - 5), start)
        if particle is not None:
            stop = _without_possessive(text, ends[-1])
            key = folded[particle.start() : stop]
            if gazetteer.has(key):
                return Hit(particle.start(), stop, text[particle.start() : stop], "place", "gazetteer", key)
    for stop in reversed(ends):
        single = stop == end
        stop = bare if single else _without_possessive(text, stop)
        key = first if single else folded[start:stop].replace(".", "")
        if key in gazetteer.demonyms:  # before towns: nobody means Canadian, Texas
            return Hit(start, stop, text[start:stop], "demonym", "demonym", key)
        if gazetteer.has(key) and (
            single or _capitalised_end(text[start:stop]) or key in gazetteer.lower_ended
        ):
            return Hit(start, stop, text[start:stop], "place", "gazetteer", key)
    return None


def _further_ends(folded: str, start: int, end: int, first: str, gazetteer: Gazetteer) -> list[int]:
    """Give where names of two and more words may end; only as far as some name begins like this."""
    follow = _NEXT.match(folded, end)
    if follow is None:
        return []
    second = follow.group(1).removesuffix("'s")
    if not gazetteer.begins(f"{first} {second}"):
        return []
    ends = [follow.end()]
    while len(ends) < LONGEST:
        follow = _NEXT.match(folded, ends[-1])
        if follow is None:
            break
        ends.append(follow.end())
    return ends


def _without_possessive(text: str, end: int) -> int:
    if text[end - 2 : end] in ("'s", "’s", "‘s"):
        return end - 2
    return end - 1 if text[end - 1] in "'’‘" else end


def _capitalised_end(name: str) -> bool:
    last = re.split(r"[ \-‐‑]", name)[-1]
    return last[:1].isupper() or last[:1] in "'’"


def _bounded(text: str, hit: Hit) -> bool:
    """Refuse names inside a longer hyphenated word, but for "London-based" and "Russia-Ukraine"."""
    before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
    if after == "-" and not (_SUFFIX.match(text, hit.end) or text[hit.end + 1 : hit.end + 2].isupper()):
        return False
    return before != "&" and (before != "-" or text[hit.start - 2 : hit.start - 1].isalpha())


def _plausible(surface: str, key: str, words: Lexicon) -> bool:
    """Refuse what is nearly never a place: stop words, short words, codes."""
    if key in _ACRONYMS:
        return surface in _ACRONYMS[key]
    if " " in key:
        return key not in words.stop_phrases
    if key in words.stop:
        return False
    if len(surface) <= 4 and surface.isupper():
        return key in words.short
    return len(key) >= 4 or key in words.short
