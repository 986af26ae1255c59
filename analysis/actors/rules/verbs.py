"""The forms of listed verbs, so that they are found in a text without a lemmatiser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from analysis.actors.lexicons import table

# one vowel between consonants at the end: the last letter is doubled where the stress lies there
_DOUBLED = re.compile(r"^(?:qu|[^aeiou])*[aeiou][^aeiouwxy]$|(?:mit|fer|bel|pel|cur|gret|ban|top|brag|rob)$")
_ESSES = re.compile(r"(?:s|x|z|ch|sh|o)$")
_SOFT_Y = re.compile(r"[^aeiou]y$")


@cache
def _irregular() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        row["lemma"]: (tuple(row["past"].split("|")), tuple(row["participle"].split("|")))
        for row in table("irregular_verbs")
    }


def forms(lemma: str) -> Iterator[tuple[str, str]]:
    """Give the forms of a verb, each with what it is: ``base``, ``third``, ``past``, ``participle`` or ``ing``.

    Examples
    --------
    >>> dict(forms("deny"))
    {'deny': 'base', 'denies': 'third', 'denying': 'ing', 'denied': 'past'}
    >>> dict(forms("call on"))["called on"], dict(forms("say"))["said"]
    ('past', 'past')
    """
    verb, _, particle = lemma.partition(" ")
    tail = f" {particle}" if particle else ""
    soft = bool(_SOFT_Y.search(verb))
    yield verb + tail, "base"
    yield (verb[:-1] + "ies" if soft else verb + "es" if _ESSES.search(verb) else verb + "s") + tail, "third"
    doubled = verb + verb[-1] if _DOUBLED.search(verb) else verb
    ing = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) else doubled
    yield (verb[:-2] + "ying" if verb.endswith("ie") else ing + "ing") + tail, "ing"
    past, participle = _irregular().get(
        verb, ((verb[:-1] + "ied" if soft else verb + "d" if verb.endswith("e") else doubled + "ed",), ())
    )
    for form in past:
        yield form + tail, "past"
    for form in participle:
        if form not in past:
            yield form + tail, "participle"


def forms_of(lemmas: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Map each form of some verbs to its lemma and what it is; of two lemmas with one form the first stays.

    Examples
    --------
    >>> forms_of(["say", "claim"])["claimed"]
    ('claim', 'past')
    """
    out: dict[str, tuple[str, str]] = {}
    for lemma in lemmas:
        for form, what in forms(lemma):
            out.setdefault(form, (lemma, what))
    return out
