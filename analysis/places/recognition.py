"""Find the place names of a text: the gazetteer proposes, what stands around a name decides.

The gazetteer goes first because a small language model does not know Bakhmut from a company. `propose` lists every
name that could be meant, `analysis.places.evidence` weighs the words beside it (and the parse, where there is one),
and `analysis.places.evidence.keep` keeps what is more likely a place than not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.places.gazetteer import Gazetteer, key_of, load
from analysis.places.lexicon import lexicon

_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
# a capitalised word; its first letter is matched first, because the search for one letter of a set is fast
_WORDS = re.compile(
    rf"[{_UPPER}](?<![\w@#/].)(?:(?<=W)\. ?Va\.|(?<=[A-Z])(?:\.[A-Z])+\.?|(?:(?<=[SMF])t|(?<=S)te)\.(?= [A-Z])"
    r"|\w*(?:['’‘ʼ][A-Za-z]\w+)*)"
)
_PARTICLE = re.compile(
    r"(?:\b(?:al|el|ad|an|ar|as|at|az|ez|ed|er|es|ash|sub)[-‑]|\b(?:al|el) )$", re.IGNORECASE
)
_PARTICLES = ("-", "‑", "al ", "el ")
_HYPHENS = ("-", "‑")
_NEXT = re.compile(r"[ \xa0‐‑-]([\w'’‘`´′]+)")
_SENTENCE_GOES_ON = re.compile(r" [A-Z]")
_SUFFIX = re.compile(r"-[a-z]+\b")
_ACRONYMS = {
    "us": ("US", "U.S.", "U.S"),
    "uk": ("UK", "U.K.", "U.K"),
    "usa": ("USA", "U.S.A."),
    "uae": ("UAE", "U.A.E."),
}
SHORT_CITY = 70_000  # inhabitants that make up for a name of three letters, or of four capitals
# what a name that says what it is ends in, and begins with: "Elm Street", "Lake Orta", "Interstate 90"
_TAILS = {
    word.capitalize(): kind
    for kind, words in {
        "street": "street road avenue boulevard lane drive highway parkway turnpike freeway expressway bypass",
        "water": "river creek lake bay reservoir canal lagoon",
        "area": "mountains mountain valley hills peninsula desert island islands forest",
        "facility": "airport bridge dam airfield airbase",
        "district": "county parish township raion oblast",
    }.items()
    for word in words.split()
}
_FRONTS = {
    **dict.fromkeys(("Lake", "River", "Loch", "Lough"), "water"),
    **dict.fromkeys(("Mount", "Cape"), "area"),
    **dict.fromkeys(("Interstate", "Highway", "Route", "State", "County", "I", "US"), "street"),
}
_NAME = rf"[{_UPPER}][\w'’-]+"
_HEAD = re.compile(
    r"\b(?!The )(?:(?:[NSEW]\.?|North|South|East|West|Northwest|Northeast|Southwest|Southeast|Old|New|St\.|Fort) )?"
    rf"(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th))(?: {_NAME})? $"
)
_FRONT = re.compile(
    r"(?:Interstate|Highway|Route|State Route|County Road|I-|US-)\s?\d+\b"
    rf"|(?:Lake|River|Loch|Lough|Mount|Cape) {_NAME}(?! (?:Road|Street|Drive|Avenue))"
)


# not frozen, because thousands are made a second and a frozen one takes four times as long
@dataclass(slots=True)
class Hit:
    """A name found: its span, the name to look up, what it is, and the rule that let it in."""

    start: int
    end: int
    name: str
    kind: str  # place, demonym, state; street, water, facility, unlisted where the gazetteer does not know it
    rule: str
    key: str = ""  # the folded name
    unit: str = ""  # the word that follows and says what it is: region, district, county


@dataclass(frozen=True, slots=True)
class _Word:
    """What a capitalised word can begin or end, wherever it stands."""

    key: str  # folded, without full stops and possessive
    cut: int  # characters of a possessive at its end
    state: bool  # a short form of a state, or one with the full stop after it
    alone: str  # "place" or "demonym" where the word is one by itself
    seconds: Mapping[str, int]  # second words of the names that it opens, with the words of the longest
    letters: frozenset[str]  # the first letters of these
    tail: str  # kind of the features whose names it ends
    front: str  # kind of the features whose names it begins


_OTHER = _Word("", 0, False, "", {}, frozenset(), "", "")


@lru_cache(maxsize=1 << 15)
def _word(surface: str) -> _Word | None:
    """Say what a word can begin or end; None for the nine in ten that can do neither."""
    gazetteer, words = load(), lexicon()
    cut = _possessive(surface)
    bare = surface[: len(surface) - cut]
    key = key_of(bare)
    seconds = gazetteer.seconds(key_of(surface))  # Cox's Bazar keeps its possessive
    word = _Word(
        key=key,
        cut=cut,
        state=f"{surface.rstrip('.')}." in words.states,
        alone="demonym"  # first: nobody means Canadian, Texas
        if key in gazetteer.demonyms
        else "place"
        if gazetteer.has(key) and _plausible(bare, key)
        else "",
        seconds=seconds,
        letters=frozenset(second[:1] for second in seconds),
        tail=_TAILS.get(bare, ""),
        front=_FRONTS.get(bare, ""),
    )
    return word if word.state or word.alone or seconds or word.tail or word.front else None


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
    hits: list[Hit] = []
    stop = lexicon().stop_phrases
    done = 0
    for match in _WORDS.finditer(text):
        start = match.start()
        if start < done:
            continue
        word = _word(match[0])
        before = text[start - 1] if start else ""
        if word is None:
            if before not in _HYPHENS:
                continue
            word = _OTHER
        end = match.end()
        if word.tail and before == " ":
            feature = _ending(text, start, end - word.cut, word.tail)
            if feature is not None and _bounded(text, feature) and _replace(hits, feature):
                done = feature.end
                continue
        hit = _longest(text, start, end, word, gazetteer)
        if word.front:
            front = _FRONT.match(text, start)
            if front is not None and (hit is None or front.end() > hit.end):
                name = front.group()
                hit = Hit(start, front.end(), name, word.front, f"named {word.front}", key_of(name))
        if hit is not None and hit.start >= done and hit.key not in stop and _bounded(text, hit):
            hits.append(hit)
            done = hit.end
    return hits


def _ending(text: str, start: int, end: int, kind: str) -> Hit | None:
    """Give the feature whose name this word ends: "Elm Street"."""
    head = _HEAD.search(text[max(0, start - 40) : start])
    if head is None or (kind == "street" and _SENTENCE_GOES_ON.match(text, end)):
        return None
    name = text[start - len(head.group()) : end]
    return Hit(end - len(name), end, name, kind, f"named {kind}", key_of(name)) if name[0].isalpha() else None


def _replace(hits: list[Hit], feature: Hit) -> bool:
    """Put a feature in the place of the names that its own is made of; refuse where it would cut one."""
    kept = len(hits)
    while kept and hits[kept - 1].start >= feature.start:
        kept -= 1
    if kept and hits[kept - 1].end > feature.start:
        return False
    hits[kept:] = [feature]
    return True


def _longest(text: str, start: int, end: int, word: _Word, gazetteer: Gazetteer) -> Hit | None:
    """Give the longest name of the gazetteer that begins here."""
    if word.state:
        stop = end if text[end - 1] == "." else end + 1
        if text[stop - 1 : stop] == ".":
            name = text[start:stop]
            return Hit(start, stop, name, "state", "short form of a state", key_of(name))
    ends = _further_ends(text, end, word) if word.seconds else ()
    if text[max(0, start - 3) : start].lower().endswith(_PARTICLES):
        particle = _PARTICLE.search(text, max(0, start - 5), start)
        if particle is not None:
            for stop in (*reversed(ends), end):
                hit = _named(text, particle.start(), stop, gazetteer)
                if hit is not None:
                    return hit
    for stop in reversed(ends):
        hit = _named(text, start, stop, gazetteer)
        if hit is not None:
            return hit
    if not word.alone:
        return None
    rule = "gazetteer" if word.alone == "place" else "demonym"
    return Hit(start, end - word.cut, text[start : end - word.cut], word.alone, rule, word.key)


def _named(text: str, start: int, stop: int, gazetteer: Gazetteer) -> Hit | None:
    """Look up a name of several words; a word for a people goes before a town of that name."""
    stop -= _possessive(text[start:stop])
    name = text[start:stop]
    key = key_of(name)
    if key in gazetteer.demonyms:
        return Hit(start, stop, name, "demonym", "demonym", key)
    if gazetteer.has(key) and (_capitalised_end(name) or key in gazetteer.lower_ended):
        return Hit(start, stop, name, "place", "gazetteer", key)
    return None


def _further_ends(text: str, end: int, word: _Word) -> Sequence[int]:
    """Give where names of two and more words may end; only as far as some name begins like this."""
    letter = text[end + 1 : end + 2]
    if letter.isascii() and letter.isalpha() and letter.lower() not in word.letters:
        return ()
    follow = _NEXT.match(text, end)
    length = word.seconds.get(_second(follow[1]), 0) if follow else 0
    ends: list[int] = []
    while follow is not None and len(ends) + 1 < length:
        ends.append(follow.end())
        follow = _NEXT.match(text, ends[-1])
    return ends


@lru_cache(maxsize=1 << 14)
def _second(word: str) -> str:
    return key_of(word[: len(word) - _possessive(word)])


def _possessive(name: str) -> int:
    """Count the characters of a possessive at the end of a name."""
    return 2 if name[-2:] in ("'s", "’s", "‘s") else 1 if name[-1] in "'’‘" else 0


def _capitalised_end(name: str) -> bool:
    last = re.split(r"[ \-‐‑]", name)[-1]
    return last[:1].isupper() or last[:1] in "'’"


def _bounded(text: str, hit: Hit) -> bool:
    """Refuse names inside a longer hyphenated word, but for "London-based" and "Russia-Ukraine"."""
    before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
    if after == "-" and not (_SUFFIX.match(text, hit.end) or text[hit.end + 1 : hit.end + 2].isupper()):
        return False
    return before != "&" and (before != "-" or text[hit.start - 2 : hit.start - 1].isalpha())


def _plausible(surface: str, key: str) -> bool:
    """Refuse single words that are nearly never a place: stop words, short words, codes."""
    words = lexicon()
    if key in _ACRONYMS:
        return surface in _ACRONYMS[key]
    if key in words.stop:
        return False
    if len(surface) <= 4 and surface.isupper():
        return key in words.short or (len(key) == 4 and _is_city(key))
    return len(key) >= 4 or key in words.short or (len(key) == 3 and _is_city(key))


def _is_city(key: str) -> bool:
    """Tell whether a short name is a city's or a country's and no first name: Jos, Gao, KYIV."""
    return key not in lexicon().given_names and any(
        c.main and c.place.population >= SHORT_CITY for c in load().by_key(key)
    )
