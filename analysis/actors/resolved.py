"""Roles and pronouns that stand for a person: resolved only where one answer fits, and marked as resolved.

Both are mentions of their own with a rule that begins with ``role:`` or ``pronoun:``, so that counts can be made with
and without them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping
from analysis.actors.roles import role_noun
from analysis.actors.spans import cue_of
from analysis.actors.spots import Spot

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_PRONOUNS = {
    "he": ("mr", "sir", "lord", "king", "prince"),
    "she": ("mrs", "ms", "miss", "lady", "queen", "dame"),
}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# words that make an office that of somebody else than who holds it now
_WHEN = frozenset(
    {"next", "future", "former", "ex", "last", "late", "previous", "first", "outgoing", "incoming"}
)
# words for the one who leads an organisation, which texts use one for another
_LEADERS = frozenset({"head", "chief", "boss", "leader", "director"})


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
    holders = [
        (spot, *office(spot.role.lower(), codebook)) for spot in spots if spot.kind == "person" and spot.role
    ]
    listed = codebook_roles(codebook)
    out = []
    for i in range(len(g)):
        if i in taken or g.pos[i] not in {"NOUN", "PROPN"} or g.tag[i] in {"NNS", "NNPS"}:
            continue
        if g.dep[i] in {"compound", "appos", "attr", "amod", "oprd"} or not role_noun(g, i):
            continue
        first = g.left[i]
        # "his head" is nobody's office
        definite = any(
            g.lower[c] == "the" or (g.dep[c] == "poss" and g.pos[c] != "PRON") for c in g.children[i] if c < i
        )
        named_beside = any(g.dep[c] == "appos" for c in g.children[i])
        if not definite or named_beside:
            continue
        while first < i and g.dep[first] == "det":
            first += 1
        phrase = g.span(first, i + 1).lower()
        noun, place = office(phrase, codebook)
        place = place or _of(g, i, codebook)
        telling = _telling(g, first, i, place)
        people = {
            s.actor
            for s, n, p in holders
            if n == noun and p == place and (place or s.first < i) and telling <= set(s.role.lower().split())
        }
        if not people and place and not telling:
            people = set(listed.get((noun, place), ()))
        if len(people) == 1:
            out.append(Spot(max(first, i - 4), i + 1, "person", f"role: {phrase}", people.pop()))
    return [spot for spot in out if taken.isdisjoint(range(spot.first, spot.end))]


def _telling(g: Grammar, first: int, i: int, place: str) -> set[str]:
    """Return the words of a role that say which one is meant and that a holder's role must share.

    "The next president" is not the president, "the Northshire senator" no other state's; a country is compared as such.
    """
    known = countries()
    return {
        g.lower[k]
        for k in range(first, i)
        if g.lower[k] in _WHEN or (g.text[k][:1].isupper() and g.lower[k] not in known and not place)
    }


def _of(g: Grammar, i: int, codebook: Codebook) -> str:
    """Return the country or organisation in "the president of Harland", "the head of the Harbour Guard"."""
    of = next((c for c in g.children[i] if g.dep[c] == "prep" and g.lower[c] == "of"), -1)
    at = g.child(of, "pobj") if of >= 0 else -1
    if at < 0:
        return ""
    return countries().get(g.lower[at], "") or _organisation(g.span(g.left[at], at + 1).split(), codebook)


@cache
def _role_nouns() -> frozenset[str]:
    return _LEADERS.union(mapping("role_nouns", "noun", "class"))


def office(words: str, codebook: Codebook | None = None) -> tuple[str, str]:
    """Split a role into its noun and its country or organisation: "ukraine's president" is ("president", "Ukraine")."""
    parts = words.replace("’s", "").replace("'s", "").replace(",", " ").split()
    known = countries()
    place = next((known[word] for word in parts if word in known), "") or _organisation(parts, codebook)
    nouns = _role_nouns()
    for size in (2, 1):
        for k in range(len(parts) - size + 1):
            phrase = " ".join(parts[k : k + size])
            if phrase in nouns:
                return ("head" if phrase in _LEADERS else phrase), place
    return "", place


def _organisation(words: Sequence[str], codebook: Codebook | None) -> str:
    """Return the organisation of the codebook that some of the words name, the longest name first."""
    if codebook is None or not codebook.actors:
        return ""
    for size in range(min(len(words), 5), 0, -1):
        for k in range(len(words) - size + 1):
            actor = codebook.actor_of(" ".join(words[k : k + size]))
            if actor is not None and actor.kind == "organisation":
                return actor.name
    return ""


def codebook_roles(codebook: Codebook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Index the codebook's people by role and country or organisation, where a role names it."""
    out: dict[tuple[str, str], tuple[str, ...]] = {}
    for actor in codebook.actors:
        if actor.kind != "person":
            continue
        for role in actor.roles:
            noun, place = office(role.lower(), codebook)
            if noun and place:
                out[noun, place] = tuple(sorted({*out.get((noun, place), ()), actor.name}))
    return out


def spot_pronouns(
    g: Grammar, spots: Sequence[Spot], cues: Mapping[str, str], quoted: Collection[tuple[int, int]]
) -> list[Spot]:
    """Resolve "he", "she" and "they" as the subject of a reporting verb outside quotations.

    The person is the last one who was a subject, in the same paragraph or the one before, and whose title does not
    speak against it; "they" are a group or several people who were the subject of a reporting verb. Where the last
    subject is neither, nothing is resolved.
    """
    heads = {}
    for spot in spots:
        head = next(
            (i for i in range(spot.first, spot.end) if not spot.first <= g.head[i] < spot.end), spot.end - 1
        )
        heads[head] = spot
    out = []
    for i, word in enumerate(g.lower):
        if (
            (word not in _PRONOUNS and word != "they")
            or g.dep[i] != "nsubj"
            or not cue_of(g, g.head[i], cues)
        ):
            continue
        at = g.start[i]
        if any(start <= at < end for start, end in quoted):
            continue
        k = _last_subject(g, i, heads, quoted)
        if k < 0:
            continue
        spot = heads[k]
        if word == "they":
            spoke = bool(cue_of(g, g.head[k], cues)) and g.tag[k] in {"NNS", "NNPS"}
            if spot.kind != "person" and spot.actor and spoke:
                out.append(Spot(i, i + 1, spot.kind, "pronoun: they", spot.actor))
            continue
        title = spot.role.lower().rstrip(".").split(" ")[0]
        against = _PRONOUNS["she" if word == "he" else "he"]
        between = {
            s.actor for h, s in heads.items() if k < h < i and g.sentence[h] == g.sentence[i] and s.kind == "person"
        } - {spot.actor}  # fmt: skip
        if spot.kind == "person" and title not in against and not between:
            out.append(Spot(i, i + 1, "person", f"pronoun: {word}", spot.actor))
    return out


def _last_subject(g: Grammar, i: int, heads: Mapping[int, Spot], quoted: Collection[tuple[int, int]]) -> int:
    """Return the head of the mention that was the last subject, not farther than the paragraph before; or -1."""
    lines = 0
    for k in range(i - 1, -1, -1):
        if "\n" in g.text[k]:
            lines += 1
            if lines > 1:
                return -1
        same_verb = g.sentence[k] == g.sentence[i] and g.head[k] == g.head[i]
        if k not in heads or g.dep[k] not in _SUBJECTS or same_verb:
            continue
        if not any(start <= g.start[k] < end for start, end in quoted):
            return k
    return -1
