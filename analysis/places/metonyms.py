"""Capitals and countries that stand for their government: "Moscow said", "talks with Kyiv"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.places.gazetteer import Place, load
from analysis.places.lexicon import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE = re.compile(r"(?:([\w-]+)\s+)?([\w.-]+)\s+(?:the\s+)?$")
_AFTER = re.compile(r"(?:['’‘]s)?\s+([\w-]+)(?:\s+([\w-]+))?")
_AND = re.compile(r" and [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?= [a-z])")


def is_government(
    token: Token | None, body: str, start: int, end: int, place: Place, *, beside: bool = False
) -> bool:
    """Tell whether a capital or country acts or is dealt with as its government: "Moscow said", "talks with Kyiv".

    Parameters
    ----------
    token : spacy Token, optional
        The name's first token, where there is a parse.
    body : str
        The article.
    start, end : int
        The name.
    place : Place
        What it was resolved to: the Moscow of Idaho has no government.
    beside : bool
        Whether "and" joins it to a name that stands for a government.

    Returns
    -------
    bool
    """
    if place.kind not in ("country", "town"):
        return False
    country = load().government_of(body[start:end])
    if country is None or country.country != place.country:
        return False
    if beside and place.kind == "town":
        return True
    if token is not None and _government_by_parse(token, end, place):
        return True
    return place.kind == "town" and _government_by_words(body, start, end, parsed=token is not None)


def _government_by_parse(token: Token, end: int, place: Place) -> bool:
    words = lexicon()
    while token.head.i != token.i and token.idx <= token.head.idx < end:
        token = token.head  # the head of a name of several words
    while token.dep_ == "conj" and token.head.ent_type_ == "GPE":
        token = token.head  # "Kyiv and Moscow agreed"
    head = token.head
    verb = head.lemma_.lower()
    if token.dep_ == "nsubj":
        return head.pos_ in ("VERB", "AUX") and verb in words.government_verbs
    town = place.kind == "town"
    if token.dep_ == "poss":
        return town and verb in words.government_nouns
    if token.dep_ == "pobj" and head.lemma_.lower() in words.government_prepositions:
        governor = head.head.lemma_.lower()
        if head.lemma_.lower() == "by":
            return governor in words.government_verbs
        return town and governor in words.government_before
    if token.dep_ == "dobj":
        return (
            town
            and verb in words.government_verbs
            and verb not in ("attack", "bomb", "shell", "leave", "join", "hit")
        )
    return False


def _government_by_words(body: str, start: int, end: int, *, parsed: bool) -> bool:
    words = lexicon()
    found = _BEFORE.search(body, max(0, start - 40), start)
    governor, before = ((found[1] or "").lower(), found[2].lower()) if found else ("", "")
    if _lemma(before) in words.government_objects:
        return True
    if before in ("with", "between", "against", "to") and governor in words.government_before:
        return True
    if parsed or before in words.event_prepositions or before == "of":
        return False  # the parse knows subjects better
    joined = _AND.match(body, end)
    after = _AFTER.match(body, joined.end() if joined else end)
    if after is None:
        return False
    first, second = after[1].lower(), (after[2] or "").lower()
    if body[end : end + 2] in ("'s", "’s", "‘s"):
        return first in words.government_nouns or second in words.government_nouns
    if first in ("has", "have", "had", "will", "would", "also", "later", "is", "was"):
        return _lemma(second) in words.government_verbs and first not in ("is", "was")
    return _lemma(first) in words.government_verbs


@cache
def _bases() -> frozenset[str]:
    return lexicon().government_verbs | lexicon().government_objects


@lru_cache(maxsize=4096)
def _lemma(verb: str) -> str:
    """Give the base of a regular verb form, well enough for a list look-up."""
    irregular = {
        "said": "say",
        "told": "tell",
        "sought": "seek",
        "saw": "see",
        "sent": "send",
        "kept": "keep",
    }
    if verb in _bases():
        return verb
    if verb in irregular:
        return irregular[verb]
    for ending, base in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
    ):
        if verb.endswith(ending) and verb[: -len(ending)] + base in _bases():
            return verb[: -len(ending)] + base
    return verb
