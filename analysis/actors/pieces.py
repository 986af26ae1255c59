"""Cut the model's entities into single names: lists, owners, credits, offices glued to a name, links run into text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import family_names, first_names
from analysis.actors.resolved import countries
from analysis.actors.spots import is_capital

Piece = tuple[int, int, str]

_SUFFIXES = frozenset({"Inc", "Corp", "Ltd", "LLC", "Jr", "Sr", "II", "III", "MD", "M.D"})
_BRACKETS = frozenset("()[]{}|@#*•")
# links of a topic page that a copy ran into the sentence, behind the name they belong to: "Mira Lund Mira Ann
# LundHarbour closed again Council meets MORE (D-Aster)"
_LINKS = re.compile(
    r"\b([A-Z][\w’'-]+)(?:,? (?:Jr|Sr)\.)?( (?=[A-Z])(?:[^\n]{0,60}?\b)??\1(?= ?[A-Z0-9])[^\n]{0,900}? MORE)\b"
)
# a word and the next one written as one: "LundHarbour", "Lund2020"; not "McLund" or "DeLund"
_GLUED = re.compile(r"^(?!Fitz)[A-Z][a-z]{3,}(?:[A-Z][a-z]{2,}|\d+)")
# who stands behind the stroke of a picture credit: "Ivo Lind/AP"
_CREDITED = re.compile(
    r"[A-Z]{2,5}\b|Getty|Reuters|Shutterstock|Bloomberg|Zuma|Pool|Sipa|Corbis|Associated Press"
)


def pieces(g: Grammar) -> list[Piece]:
    """Return the model's entities, each cut down to a single name.

    Parameters
    ----------
    g : Grammar
        The article.

    Returns
    -------
    list of (first, end, label)
        In text order; entities inside links or credits are left out.
    """
    hidden = run_in_links(g)
    out: list[Piece] = []
    for first, end, label in g.entities:
        shown = next((i for i in range(first, end) if i in hidden), end)
        for start, stop in _between_marks(g, first, shown):
            out.extend(_single(g, start, stop, label))
    return out


def run_in_links(g: Grammar) -> frozenset[int]:
    """Return the tokens of links that a copy of a page ran into its sentences: nobody is mentioned there."""
    if " MORE" not in g.body:
        return frozenset()
    return frozenset(
        i
        for match in _LINKS.finditer(g.body)
        for i in range(bisect_left(g.start, match.start(2)), bisect_left(g.start, match.end(2)))
    )


def _between_marks(g: Grammar, first: int, end: int) -> list[tuple[int, int]]:
    """Cut at commas, brackets and signs; "Berg, Jr." and "Marco] Berg" stay whole."""
    cuts = [
        i
        for i in range(first, end)
        if (g.text[i] == "," and g.text[min(i + 1, end - 1)].rstrip(".") not in _SUFFIXES)
        or (g.text[i][:1] in _BRACKETS and not (g.text[i] == "]" and _spelt_out(g, i)))
    ]
    parts = zip([first, *(i + 1 for i in cuts)], [*cuts, end], strict=True)
    return [(start, stop) for start, stop in parts if start < stop]


def _spelt_out(g: Grammar, i: int) -> bool:
    """Say whether a bracket closes what an editor put into a name: "[Mira] Lund", "M[ira] Lund"."""
    return any(g.text[k] == "[" for k in range(max(0, i - 3), i))


def _single(g: Grammar, first: int, end: int, label: str) -> list[Piece]:
    """Cut one entity between its marks into the names it holds."""
    for cut in (_glued, _credit, _owners, _pair, _two_people, _office_before):
        found = cut(g, first, end, label)
        if found is not None:
            return found
    return [(first, end, label)]


def _glued(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """End a person's name before a word that another is glued to."""
    glued = next((i for i in range(first, end) if _GLUED.match(g.text[i])), end)
    if label != "PERSON" or end - first < 2 or glued == end:
        return None
    return [(first, glued, label)] if glued - first > 1 else []


def _credit(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Leave out a picture's author: "Ivo Lind/AP", "Ivo Lind / Some Agency"."""
    if label not in {"PERSON", "ORG"}:
        return None
    inner = next((i for i in range(first, end) if "/" in g.text[i] and g.text[i] != g.text[first]), -1)
    at = inner if inner >= 0 else end
    if at >= len(g) or "/" not in g.text[at] or at - first > 4:
        return None
    behind = g.start[at] + g.text[at].index("/") + 1
    if label == "PERSON" or g.lower[first] in first_names():
        if _CREDITED.match(g.body[behind:].lstrip(" ")):
            return []
        if inner >= 0 and label == "PERSON":
            return [(inner + 1, end, label)] if inner + 1 < end else []
    return None


def _owners(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut an entity in two that takes a person in with what the person belongs to: "Alder Times’ Anna Berg"."""
    known, titles = first_names(), mapping("titles", "title", "kind")
    for i in range(first + 1, end - 1):
        owns = g.tag[i] == "POS" or g.text[i] in {"’", "'"}
        if owns and (g.lower[i + 1] in known or g.lower[i + 1].rstrip(".") in titles):
            return [(first, i, "ORG" if label == "PERSON" else label), (i + 1, end, "PERSON")]
        # "Lund's Council of Harbours": a person and a body
        if owns and label in {"ORG", "PERSON"} and i == first + 1 and g.text[first] in surnames_of(g):
            return [(first, i, "PERSON"), (i + 1, end, label)]
        if g.lower[i] == "of" and label == "ORG" and i == first + 1 and g.text[first] in surnames_of(g):
            return [(first, i, "PERSON"), (i + 1, end, "ORG")]
    return None


def surnames_of(g: Grammar) -> set[str]:
    """Return the last words of full names in the article."""
    return {
        g.text[end - 1]
        for first, end, label in g.entities
        if label == "PERSON" and end - first > 1 and g.lower[first] in first_names()
    }


def _pair(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut "Berg and Lindt"; two names joined by "&" are a firm."""
    if label != "PERSON":
        return None
    if any(g.text[i] == "&" for i in range(first + 1, end - 1)):
        return [(first, end, "ORG")]
    at = next((i for i in range(first + 1, end - 1) if g.lower[i] in {"and", "or"}), -1)
    return [(first, at, label), (at + 1, end, label)] if at >= 0 else None


def _two_people(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut "Lund Stern" where each is the family name of somebody in the article: a heading that lists them."""
    known = surnames_of(g)
    if label != "PERSON" or end - first != 2 or g.lower[first] in first_names():
        return None
    if g.text[first] in known and g.text[first + 1] in known:
        full = {(g.text[f], g.text[e - 1]) for f, e, kind in g.entities if kind == "PERSON" and e - f > 2}
        if not any(pair[0] == g.text[first] for pair in full):
            return [(first, first + 1, label), (first + 1, end, label)]
    return None


def _office_before(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut off what stands before a full name: "National Harbours Mira Lund", "Governors Ivo Stern", "Swede Mira Lund"."""
    if label not in {"PERSON", "ORG", "NORP", "GPE"} or end - first < 3:
        return None
    known, family = first_names(), family_names()
    for i in range(first + 1, end - 1):
        if g.lower[i] not in known or end - i > 4 or not all(is_capital(word) for word in g.text[first:end]):
            continue
        last = g.text[end - 1]
        named = last.lower() in family or last in surnames_of(g)
        if not named or last in mapping("organisations", "word", "place"):
            return None
        before = [word.lower().rstrip(".") for word in g.text[first:i]]
        if label == "PERSON" and not _before_a_name(before):
            return None
        if label == "ORG" and (before[0] in known or g.lower[i] in family):
            return None
        return [(first, i, "ORG" if label == "PERSON" else label), (i, end, "PERSON")]
    return None


def _before_a_name(before: Collection[str]) -> bool:
    """Say whether words are offices, professions, peoples or bodies, so that the name begins behind them."""
    roles, titles = words("role_nouns", "noun"), mapping("titles", "title", "kind")
    return all(
        word in countries()
        or word in _bodies()
        or any(form in roles or form in titles for form in (word, word.removesuffix("s")))
        for word in before
    )


@cache
def _bodies() -> frozenset[str]:
    """Words of organisations that are a whole name or open an office: "UN", "House", "Senate"."""
    return frozenset(
        row["word"].lower() for row in table("organisations") if row["place"] in {"whole", "body"}
    )
