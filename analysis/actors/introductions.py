"""People known by the sentence alone: introduced with a name ("a baker who gave her name only as Mila"), or speaking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Container
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import table, words
from analysis.actors.names import first_names
from analysis.actors.spots import Spot, is_capital

INTRODUCED = "introduced by name"


@cache
def _introductions() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("introductions")))


def introduced(g: Grammar) -> list[Spot]:
    """Find names that somebody is introduced with.

    Parameters
    ----------
    g : Grammar
        The article.

    Returns
    -------
    list of Spot
        People, whatever the model takes the name for.
    """
    out = []
    for match in _introductions().finditer(g.body):
        first = end = bisect_left(g.start, match.end())
        while end < len(g) and end - first < 3 and is_capital(g.text[end]) and g.text[end][-1].isalpha():
            end += 1
        known = end > first and g.lower[first] in first_names()
        if known or (end > first and "name" in match.group()):
            out.append(Spot(first, end, "person", INTRODUCED))
    return out


def described(g: Grammar, i: int) -> int:
    """Return the noun that a name at a token belongs to by its relative clause ("a baker"), or -1."""
    for _ in range(5):
        if g.dep[i] in {"relcl", "acl"}:
            noun = g.head[i]
            return noun if g.pos[noun] == "NOUN" else -1
        if g.head[i] == i:
            return -1
        i = g.head[i]
    return -1


def speaking(
    g: Grammar,
    taken: Collection[int],
    cues: Container[str],
    *,
    places: Collection[tuple[int, int]],
    capitals: Collection[str],
) -> list[Spot]:
    """Find lone names that the model knows nothing about and that speak: "Holt denied that …".

    Parameters
    ----------
    g : Grammar
        The article.
    taken : collection of int
        Tokens of mentions found otherwise.
    cues : container of str
        Reporting verbs.
    places : collection of (start, end)
        Character spans of places.
    capitals : collection of str
        Names of countries and capitals, lower case.

    Returns
    -------
    list of Spot
    """
    labelled = {i for first, end, label in g.entities if label != "PERSON" for i in range(first, end)}
    covered = {at for start, end in places for at in range(start, end)}
    return [
        Spot(i, i + 1, "person", "speaks")
        for i, word in enumerate(g.text)
        if g.pos[i] == "PROPN"
        and g.dep[i] == "nsubj"
        and len(word) > 2
        and word.istitle()
        and word.isalpha()
        and g.left[i] == i == g.right[i]
        and g.lemma[g.head[i]].lower() in cues
        and g.lemma[g.head[i]].lower() not in words("not_speaking")
        and i not in taken
        and i not in labelled
        and g.start[i] not in covered
        and g.lower[i] not in capitals
    ]
