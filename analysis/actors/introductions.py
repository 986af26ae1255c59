"""People who are introduced with a name beside what they are: "a baker who gave her name only as Mila"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import table
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
