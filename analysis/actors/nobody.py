"""What is written like a name and names no actor: laws, prizes, storms, headings, lists, offices, ordinary words."""

from __future__ import annotations

import re
from collections.abc import Collection

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, words
from analysis.actors.names import family_names, first_names
from analysis.actors.organisations import known
from analysis.actors.resolved import countries
from analysis.actors.spots import Spot

# words that with a number name a thing, not an organisation
_NUMBERED = frozenset(
    {"Terminal", "Flight", "Highway", "Route", "Gate", "Chapter", "Article", "Section", "Apollo"}
)
_STORMS = frozenset({"hurricane", "storm", "typhoon", "cyclone", "superstorm"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CHAPTER = re.compile(r"^\d+:\d+")
# what a seat or a vote is won in: "Senate race" is about an office, the Senate does nothing
_CONTESTS = frozenset(
    {"race", "seat", "candidate", "bid", "campaign", "contest", "election", "primary", "run", "nominee"}
    | {"hopeful", "map", "majority", "district", "runoff", "challenger", "nomination", "control"}
)


def ordinary(g: Grammar, spot: Spot, small: Collection[str]) -> bool:
    """Say whether a capitalised word is an ordinary word that opens a sentence or stands in a heading.

    Parameters
    ----------
    g : Grammar
        The article.
    spot : Spot
        What the model takes for a name.
    small : collection of str
        The words that the article itself writes small.

    Returns
    -------
    bool
    """
    if spot.rule != "model":
        return False
    if spot.end - spot.first > 1:
        if spot.end - spot.first == 2 and g.text[spot.first] in _NUMBERED:
            return g.text[spot.end - 1].isdigit()
        usual = all(g.lower[i] in words("ordinary_words") for i in range(spot.first, spot.end))
        return usual and spot.kind == "person" and g.lower[spot.first] not in first_names()
    i = spot.first
    # "Target Corp." elsewhere in the article
    if any(
        label == "ORG" and end - first > 1 and g.text[first] == g.text[i] for first, end, label in g.entities
    ):
        return False
    if opens(g, i) and g.pos[i] not in {"PROPN", "NOUN"}:
        return True
    if g.lower[i] in words("ordinary_words") and not g.text[i].isupper():
        subject = spot.kind == "organisation" and g.dep[i] == "nsubj" and g.tag[i] == "NNP"
        return spot.kind == "person" or (opens(g, i) and not subject)
    return g.lower[i] in small and not g.text[i].isupper()


def opens(g: Grammar, i: int) -> bool:
    """Say whether a token opens a sentence or stands behind a mark."""
    return i == 0 or g.sentence[i - 1] != g.sentence[i] or not g.text[i - 1][-1].isalnum()


def contested(g: Grammar, spot: Spot) -> bool:
    """Say whether a chamber is named for the office one runs for: "a Senate seat", "House candidates"."""
    one = spot.end - spot.first == 1 and spot.end < len(g)
    if not one or g.text[spot.first] not in {"Senate", "House", "Congress", "Parliament", "Assembly"}:
        return False
    head = g.head[spot.first]
    return head > spot.first and g.dep[spot.first] == "compound" and g.lemma[head].lower() in _CONTESTS


def thing(g: Grammar, first: int, end: int, parts: list[str]) -> bool:
    """Say whether a name is one of a thing: a law, a prize, a street, a lawsuit, a storm, a verse, or a heading."""
    if len(parts) == 1:
        storm = any(word in _STORMS and g.text[i + 1] == parts[0] for i, word in enumerate(g.lower[:-1]))
        return storm or (parts[0].isupper() and _short_for_a_thing(g, parts[0]))
    if known(" ".join(parts)) or " ".join(parts) in mapping("media", "name", "kind"):
        return False
    long = len(parts) > 2
    heading = long and any(g.tag[i] in _FINITE or g.text[i] == ":" for i in range(first + 1, end))
    versus = any(part in {"v", "v.", "vs", "vs."} for part in parts)
    verse = bool(_CHAPTER.match(parts[-1]))
    # "Mira Street" is somebody
    somebody = parts[0].lower() in first_names() and parts[-1].lower() in family_names()
    last = parts[-1].rstrip(".") in words("things") and not somebody
    return heading or versus or verse or _listing(parts) or last


def _listing(parts: list[str]) -> bool:
    """Say whether words are cut from a list of countries: "Harland Norland", "Sudan Suriname"."""
    named = [part for part in parts if countries().get(part.lower()) and not part.isupper()]
    return (
        len(named) > 1 and len(named) >= len(parts) - 1 and len({countries()[n.lower()] for n in named}) > 1
    )


def _short_for_a_thing(g: Grammar, short: str) -> bool:
    """Say whether the article writes an acronym out as the name of a thing: "the Coastal Trade Agreement (CTA)"."""
    return any(
        word == short
        and i > 1
        and g.text[i - 1] == "("
        and g.text[i - 2] in words("things")
        and g.text[i - 2][:1].lower() == short[-1].lower()
        for i, word in enumerate(g.text)
    )


def names_a_thing(g: Grammar, first: int, end: int) -> bool:
    """Say whether a lone word is the name of a thing, not a person: "the Anvil battlegroup"."""
    head = g.head[end - 1]
    return (
        end - first == 1
        and first > 0
        and g.lower[first - 1] == "the"
        and head == end
        and g.text[head] in words("named_things")
        and g.dep[first] in {"compound", "nmod", "amod"}
    )


def kinds_of_people(g: Grammar) -> set[str]:
    """Names of several words that the article uses with "a" or "the": a sort of person, a thing ("a Girl Guide")."""
    out = set()
    for first, end, label in g.entities:
        # the model takes the article into the name or leaves it before
        first += g.lower[first] in {"a", "an", "the"}
        if label != "PERSON" or first == 0 or end - first < 2 or g.lower[first - 1] not in {"a", "an", "the"}:
            continue
        if g.lower[first - 1] == "the" and (
            g.lower[first] in first_names() or g.lower[end - 1] in family_names()
        ):
            continue
        behind = g.pos[end] if end < len(g) else ""
        if g.dep[end - 1] != "compound" and behind not in {"NOUN", "PROPN", "PART"}:
            out.add(g.span(first, end))
    return out


def part_of_role(g: Grammar, first: int, end: int) -> bool:
    """Say whether an office takes the word: "Defense" in "Defense Minister Anna Berg"."""
    behind = end < len(g) and g.text[end][:1].isupper() and g.lower[end] in words("role_nouns", "noun")
    return behind and end - first == 1 and g.text[first] in words("offices")
