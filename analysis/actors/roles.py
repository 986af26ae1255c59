"""Titles and roles written beside a name, and roles that stand for a person."""

from __future__ import annotations

from dataclasses import replace

from analysis.actors.grammar import Grammar
from analysis.actors.introductions import INTRODUCED, described
from analysis.actors.lexicons import mapping
from analysis.actors.spots import Spot

_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "nn"})


def role_noun(g: Grammar, i: int) -> str:
    """Return the role that a token is the noun of, with its first word where the list has it ("prime minister")."""
    nouns = mapping("role_nouns", "noun", "class")
    lemma = g.lemma[i].lower()
    pair = f"{g.lower[i - 1]} {lemma}" if i else ""
    if pair in nouns:
        return pair
    return lemma if lemma in nouns else g.lower[i] if g.lower[i] in nouns else ""


def with_roles(g: Grammar, spots: list[Spot]) -> list[Spot]:
    """Add to each person the role written beside it.

    The role stands before the name ("Ukraine's president Anna Berg"), behind it in apposition ("Anna Berg, the head
    of the local administration,") or has the name in apposition ("the commander, General Anna Berg,").
    """
    return [replace(spot, role=_role(g, spot)) if spot.kind == "person" else spot for spot in spots]


def _role(g: Grammar, spot: Spot) -> str:
    head = next(
        (i for i in range(spot.first, spot.end) if not spot.first <= g.head[i] < spot.end), spot.end - 1
    )
    before = _before(g, spot)
    if before:
        return before
    noun = described(g, head) if spot.rule == INTRODUCED else -1
    if noun >= 0:
        return _clip(g, g.left[noun], noun + 1)
    for child in _appositions(g, head):
        first = _after_comma(g, g.left[child])
        known = role_noun(g, child) or (g.pos[child] == "NOUN" and g.lower[first] in {"a", "an"})
        if child >= spot.end and known:
            return _clip(g, first, g.right[child] + 1)
    if g.dep[head] == "appos" and g.head[head] < spot.first and role_noun(g, g.head[head]):
        above = g.head[head]
        return _clip(g, g.left[above], spot.first)
    return ""


def _appositions(g: Grammar, head: int) -> list[int]:
    """Return the appositions of a name, also behind an age: "Anna Berg, 46, a baker"."""
    out = [c for c in g.children[head] if g.dep[c] == "appos"]
    return out + [c for a in out for c in g.children[a] if g.dep[c] == "appos"]


def _after_comma(g: Grammar, first: int) -> int:
    """Skip marks before a role."""
    while first < len(g) - 1 and not g.text[first][0].isalnum():
        first += 1
    return first


def _before(g: Grammar, spot: Spot) -> str:
    """Return the words directly before the name that hold a role noun or title and belong to it."""
    first = spot.first
    found = False
    while first > 0:
        i = first - 1
        belongs = spot.first <= g.head[i] < spot.end or first <= g.head[i] < spot.end
        if not (belongs and (g.dep[i] in _MODIFIERS or g.tag[i] == "POS" or g.dep[i] == "case")):
            break
        found = found or bool(role_noun(g, i)) or g.lower[i].rstrip(".") in mapping("titles", "title", "kind")
        first = i
    return g.span(first, spot.first).strip() if found else ""


def _clip(g: Grammar, first: int, end: int) -> str:
    """Cut a role to its words: no leading or trailing comma, no relative clause, at most a dozen words."""
    while first < end and not g.text[first][0].isalnum():
        first += 1
    for i in range(first, min(end, first + 12)):
        if g.text[i] in {",", "–", "—", "(", ";"} or g.tag[i] in {"WDT", "WP"} or "\n" in g.text[i]:
            end = i
            break
    return g.span(first, min(end, first + 12)).strip()
