"""Roles and pronouns that stand for a person: resolved only where one answer fits, and marked as resolved.

Both are mentions of their own with a rule that begins with ``role:`` or ``pronoun:``, so that counts can be made with
and without them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.actors.attributions import cue_of
from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping
from analysis.actors.roles import role_noun
from analysis.actors.spots import Spot

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_PRONOUNS = {
    "he": ("mr", "sir", "lord", "king", "prince"),
    "she": ("mrs", "ms", "miss", "lady", "queen", "dame"),
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Map lower-case adjectives, names and capitals of countries to the country."""
    out: dict[str, str] = {}
    adjectives = mapping("governments", "country", "adjective")
    for country, capital in mapping("governments", "country", "capital").items():
        for word in (country, capital, *adjectives[country].split("|")):
            if word:
                out[word.lower()] = country
    for country, names in mapping("governments", "country", "also").items():
        out.update({name.lower(): country for name in names.split("|") if name})
    return out


def spot_roles(g: Grammar, spots: Sequence[Spot], codebook: Codebook) -> list[Spot]:
    """Find definite roles that stand for one person: "the Ukrainian president", "the NATO chief".

    A role counts if its country or organisation is named and a single person of the article, else of the codebook,
    holds it there; or if a single person of the article was introduced with it before.
    """
    taken = {i for spot in spots for i in range(spot.first, spot.end)}
    holders = [(spot, *office(spot.role.lower())) for spot in spots if spot.kind == "person" and spot.role]
    listed = codebook_roles(codebook)
    out = []
    for i in range(len(g)):
        if i in taken or g.pos[i] not in {"NOUN", "PROPN"} or g.tag[i] in {"NNS", "NNPS"}:
            continue
        if g.dep[i] in {"compound", "appos", "attr", "amod", "oprd"} or not role_noun(g, i):
            continue
        first = g.left[i]
        definite = any(g.lower[c] == "the" or g.dep[c] == "poss" for c in g.children[i] if c < i)
        named_beside = any(g.dep[c] == "appos" for c in g.children[i])
        if not definite or named_beside:
            continue
        while first < i and g.dep[first] == "det":
            first += 1
        phrase = g.span(first, i + 1).lower()
        noun, place = office(phrase)
        if not place and _of(g, i):
            place = _of(g, i)
        people = {s.actor for s, n, p in holders if n == noun and p == place and (place or s.first < i)}
        if not people and place:
            people = set(listed.get((noun, place), ()))
        if len(people) == 1:
            out.append(Spot(max(first, i - 4), i + 1, "person", f"role: {phrase}", people.pop()))
    return [spot for spot in out if taken.isdisjoint(range(spot.first, spot.end))]


def _of(g: Grammar, i: int) -> str:
    """Return the country in "the president of Harland"."""
    of = next((c for c in g.children[i] if g.dep[c] == "prep" and g.lower[c] == "of"), -1)
    at = g.child(of, "pobj") if of >= 0 else -1
    return countries().get(g.lower[at], "") if at >= 0 else ""


def office(words: str) -> tuple[str, str]:
    """Split a role into its noun and its country: "ukraine's president" is ("president", "Ukraine")."""
    parts = words.replace("’s", "").replace("'s", "").replace(",", " ").split()
    known = countries()
    place = next((known[word] for word in parts if word in known), "")
    nouns = mapping("role_nouns", "noun", "class")
    for size in (2, 1):
        for k in range(len(parts) - size + 1):
            phrase = " ".join(parts[k : k + size])
            if phrase in nouns:
                return phrase, place
    return "", place


def codebook_roles(codebook: Codebook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Index the codebook's people by role and country, where a role names its country."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for actor in codebook.actors:
        if actor.kind != "person":
            continue
        for role in actor.roles:
            noun, place = office(role.lower())
            if noun and place:
                out[noun, place] = tuple(sorted({*out.get((noun, place), ()), actor.name}))
    return out


def spot_pronouns(
    g: Grammar, spots: Sequence[Spot], cues: Mapping[str, str], quoted: Collection[tuple[int, int]]
) -> list[Spot]:
    """Resolve "he" and "she" as the subject of a reporting verb outside quotations.

    The person is the last one who was a subject, in the same paragraph or the one before, and whose title does not
    speak against it. Where the last subject is no person, nothing is resolved.
    """
    heads = {}
    for spot in spots:
        head = next(
            (i for i in range(spot.first, spot.end) if not spot.first <= g.head[i] < spot.end), spot.end - 1
        )
        heads[head] = spot
    out = []
    for i, word in enumerate(g.lower):
        if word not in _PRONOUNS or g.dep[i] != "nsubj" or not cue_of(g, g.head[i], cues):
            continue
        at = g.start[i]
        if any(start <= at < end for start, end in quoted):
            continue
        person = _last_subject(g, i, heads, quoted)
        if person is None:
            continue
        title = person.role.lower().rstrip(".").split(" ")[0]
        against = _PRONOUNS["she" if word == "he" else "he"]
        if title not in against:
            out.append(Spot(i, i + 1, "person", f"pronoun: {word}", person.actor))
    return out


def _last_subject(
    g: Grammar, i: int, heads: Mapping[int, Spot], quoted: Collection[tuple[int, int]]
) -> Spot | None:
    """Return the person who was the last subject before a token, not farther than the paragraph before."""
    lines = 0
    for k in range(i - 1, -1, -1):
        if "\n" in g.text[k]:
            lines += 1
            if lines > 1:
                return None
        spot = heads.get(k)
        if (
            spot is None
            or g.dep[k] not in _SUBJECTS
            or (g.sentence[k] == g.sentence[i] and g.head[k] == g.head[i])
        ):
            continue
        if any(start <= g.start[k] < end for start, end in quoted):
            continue
        return spot if spot.kind == "person" else None
    return None
