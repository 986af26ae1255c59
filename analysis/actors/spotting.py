"""Find the names of people and organisations in one article: the model's entities, corrected and spread.

A small model labels single names unevenly (the same town as place, person and organisation in one article). The
corrections use what the article itself says elsewhere: a title, a full name, an expansion of an acronym, a known
place.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.introductions import introduced
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import bare, first_names, split_title
from analysis.actors.spots import Spot, is_capital, joined, trim, with_article, without_overlap
from analysis.actors.spreading import looks_organised, propagated, unlabelled

_SUFFIXES = frozenset({"Inc", "Corp", "Ltd", "LLC", "Jr", "Sr", "II", "III", "MD", "M.D"})
# words that with a number name a thing, not an organisation
_NUMBERED = frozenset(
    {"Terminal", "Flight", "Highway", "Route", "Gate", "Chapter", "Article", "Section", "Apollo"}
)
# what a name before it is the name of, so that it is nobody's surname
_THINGS = frozenset(
    {
        "battlegroup",
        "group",
        "front",
        "river",
        "bridge",
        "dam",
        "plant",
        "region",
        "district",
        "area",
        "direction",
    }
    | {"sector", "line", "valley", "festival", "battalion", "brigade"}
)
_STORMS = frozenset({"hurricane", "storm", "typhoon", "cyclone", "superstorm"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BETWEEN = frozenset({"on", "to", "with", "for", "against", "vs", "vs.", "about", "over"})
_SMALL = frozenset({"of", "from", "at"})
_OFFICES = frozenset(
    {
        "Defense",
        "Defence",
        "Foreign",
        "Interior",
        "Finance",
        "Justice",
        "State",
        "Home",
        "Treasury",
        "Health",
        "House",
    }
    | {
        "Senate",
        "Education",
        "Energy",
        "Security",
        "Labor",
        "Labour",
        "Transport",
        "Agriculture",
        "Trade",
        "Economy",
    }
)
KINDS = {"PERSON": "person", "ORG": "organisation"}
# labels the model gives to actors by mistake often enough to look at the name itself
DOUBTFUL = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "NORP", "LAW", "LANGUAGE", "EVENT"})


def spot_names(
    g: Grammar,
    *,
    places: Collection[tuple[int, int]],
    place_words: Collection[str],
    capitals: Collection[str] = (),
) -> list[Spot]:
    """Find people and organisations by the model's entities, titles, word lists and propagation.

    Parameters
    ----------
    g : Grammar
        The article.
    places : collection of (start, end)
        Character spans that the places layer holds for places.
    place_words : collection of str
        The place names of the article, lower case.
    capitals : collection of str
        Names of countries and capitals, lower case: never a person or an organisation by themselves.

    Returns
    -------
    list of Spot
        Without overlaps, in text order.
    """
    people = _surnames(g, place_words)
    found = [*introduced(g), *_titled(g), *_listed(g)]
    ordinary = {word for word in g.text if word.islower()}
    kinds = _kinds_of_people(g)
    for first, end, label in _pieces(g):
        spot = _entity(g, first, end, label, people, places, capitals)
        if spot and not _ordinary(g, spot, ordinary) and g.span(spot.first, spot.end) not in kinds:
            found.append(spot)
    kept = without_overlap(found)
    kept = without_overlap(kept + propagated(g, kept, people, places))
    taken = {i for spot in kept for i in range(spot.first, spot.end)}
    kept = without_overlap(kept + unlabelled(g, places, taken))
    return [with_article(g, spot) for spot in kept]


def _pieces(g: Grammar) -> list[tuple[int, int, str]]:
    """Return the model's entities, those that list several names cut at the commas."""
    out = []
    for first, end, label in g.entities:
        cuts = [
            i
            for i in range(first + 1, end - 1)
            if g.text[i] == "," and g.text[i + 1].rstrip(".") not in _SUFFIXES
        ]
        for start, stop in zip([first, *(i + 1 for i in cuts)], [*cuts, end], strict=True):
            out.extend(_owners(g, start, stop, label))
    return out


def _owners(g: Grammar, first: int, end: int, label: str) -> list[tuple[int, int, str]]:
    """Cut an entity in two that takes a person in with what the person belongs to: "Alder Times’ Anna Berg"."""
    known, titles = first_names(), mapping("titles", "title", "kind")
    for i in range(first + 1, end - 1):
        owns = g.tag[i] == "POS" or g.text[i] in {"’", "'"}
        if owns and (g.lower[i + 1] in known or g.lower[i + 1].rstrip(".") in titles):
            return [(first, i, "ORG" if label == "PERSON" else label), (i + 1, end, "PERSON")]
        if g.lower[i] == "of" and label == "ORG" and i == first + 1 and g.text[first] in _surnames_of(g):
            return [(first, i, "PERSON"), (i + 1, end, "ORG")]
    slash = next((i for i in range(first, end) if "/" in g.text[i][1:-1]), -1)
    if label == "PERSON" and slash >= 0:
        return [(slash + 1, end, label)] if slash + 1 < end else []  # a picture credit: "Ivo Lind/AP"
    return [(first, end, label)]


def _surnames_of(g: Grammar) -> set[str]:
    return {g.text[end - 1] for first, end, label in g.entities if label == "PERSON" and end - first > 1}


def _kinds_of_people(g: Grammar) -> set[str]:
    """Names of several words that the article uses with "a": a sort of person, not one ("a Girl Guide")."""
    out = set()
    for first, end, label in g.entities:
        # the model takes the article into the name or leaves it before
        first += g.lower[first] in {"a", "an"}
        if label != "PERSON" or first == 0 or end - first < 2 or g.lower[first - 1] not in {"a", "an"}:
            continue
        behind = g.pos[end] if end < len(g) else ""
        if g.dep[end - 1] != "compound" and behind not in {"NOUN", "PROPN", "PART"}:
            out.add(g.span(first, end))
    return out


def _ordinary(g: Grammar, spot: Spot, ordinary: Collection[str]) -> bool:
    """Say whether a lone capitalised word is an ordinary word that opens a sentence or stands in a title."""
    if spot.rule != "model" or spot.end - spot.first > 1:
        return (
            spot.end - spot.first == 2 and g.text[spot.first] in _NUMBERED and g.text[spot.end - 1].isdigit()
        )
    i = spot.first
    opens = i == 0 or g.sentence[i - 1] != g.sentence[i] or not g.text[i - 1][-1].isalnum()
    if opens and g.pos[i] not in {"PROPN", "NOUN"}:
        return True
    return g.lower[i] in ordinary and not g.text[i].isupper()


def _surnames(g: Grammar, place_words: Collection[str]) -> set[str]:
    """Last words of full names and of titled names in this article: whoever else bears one is a person."""
    people = set()
    for first, end, label in g.entities:
        first, end = trim(g, first, end)
        if end <= first:
            continue
        title, name = split_title(bare(g.span(first, end)))
        parts = name.split()
        full = len(parts) > 1 or (title and parts)
        known = len(parts) > 1 and parts[0].lower() in first_names()
        if (
            (label == "PERSON" or known)
            and full
            and name.lower() not in place_words
            and parts[-1][0].isupper()
        ):
            people.add(parts[-1])
    for spot in _titled(g):
        people.add(g.text[spot.end - 1])
    return people


def _titled(g: Grammar) -> list[Spot]:
    """Names behind a title: "Mr Berg", "General Anna Berg", "professor Berg"."""
    known = mapping("titles", "title", "kind")
    out = []
    for i in range(len(g) - 1):
        title = g.lower[i].rstrip(".")
        if (
            title not in known
            or not is_capital(g.text[i + 1])
            or g.pos[i + 1] not in {"PROPN", "NOUN", "ADJ"}
        ):
            continue
        courtesy = title in {"mr", "mrs", "ms", "mx"}
        if g.lower[i + 1].rstrip(".") in known or (not courtesy and g.pos[i + 1] != "PROPN"):
            continue
        end = i + 1
        while end < len(g) and end - i <= 4 and is_capital(g.text[end]) and g.pos[end] == "PROPN":
            end = _hyphenated(g, end + 1)
        end = max(end, i + 2) if courtesy else end
        # offices also stand before organisations ("General Staff"): there the model must see a person
        seen = [(f, e) for f, e, label in g.entities if label == "PERSON" and f < end and i < e]
        if courtesy or (seen and seen[0][0] <= i + 1):
            out.append(Spot(i + 1, end, "person", f"title {g.text[i]}"))
    return out


def _hyphenated(g: Grammar, end: int) -> int:
    """Return the end of a person's name that goes on behind a hyphen in small letters: "Kim Ji-won"."""
    persons = {i for first, last, label in g.entities if label == "PERSON" for i in range(first, last)}
    while end + 1 in persons and joined(g, end + 1):
        end += 2
    return end


def _listed(g: Grammar) -> list[Spot]:
    """Organisations whose whole name is in the word list."""
    names = _whole()
    longest = max(len(name) for name in names)
    out = []
    for i, word in enumerate(g.text):
        if not word[:1].isupper():
            continue
        for size in range(min(longest, len(g) - i), 0, -1):
            if tuple(g.text[i : i + size]) in names:
                out.append(Spot(i, i + size, "organisation", "word list"))
                break
    return out


def _entity(
    g: Grammar,
    first: int,
    end: int,
    label: str,
    people: set[str],
    places: Collection[tuple[int, int]],
    capitals: Collection[str],
) -> Spot | None:
    """Turn one of the model's entities into a mention, corrected, or into nothing."""
    if label not in KINDS and label not in DOUBTFUL:
        return None
    first, end = trim(g, first, end)
    if end <= first or not any(is_capital(word) for word in g.text[first:end]):
        return None
    name = bare(g.span(first, end))
    title, rest = split_title(name)
    if title and rest and label == "PERSON":
        first += len(title.split())
        while first < end and not is_capital(g.text[first]):
            first += 1
        name = rest
    if first >= end or not name or (title and not rest):
        return None
    if label == "PERSON" and end - first > 2:
        first = _from_first_name(g, first, end)
        end = next((i for i in range(first + 1, end) if g.lower[i] in _BETWEEN), end)  # "Berg on Lindt"
        name = bare(g.span(first, end))
    parts = name.split()
    span = (g.start[first], g.start[first] + len(name))
    is_place = span in places or (g.start[first], g.end[end - 1]) in places or name.lower() in capitals
    # "Capturing Alder would": the verb that opens the sentence was read into the name of a place
    if parts[0].endswith("ing") and (g.start[min(first + 1, end - 1)], g.end[end - 1]) in places:
        return None
    if name in words("not_actors") or _thing(g, first, end, parts):
        return None
    if len(parts) > 1 and parts[0].lower() in first_names() and not is_place and not looks_organised(parts):
        # "Anna Berg of the Alder Centre": the person ends where a small word begins
        small = next((i for i in range(first + 2, end) if g.text[i] in _SMALL), end)
        return Spot(first, small, "person", "first name" if label != "PERSON" else "model")
    if len(parts) == 1 and parts[0] in people and not (is_place and label == "GPE"):
        return Spot(first, end, "person", "surname in article" if label != "PERSON" else "model")
    if is_place:
        return None
    if _two_names(parts):
        return None  # "CNN Supreme Court reporter": each is found by the list
    if looks_organised(parts):
        return Spot(first, end, "organisation", "word list" if label != "ORG" else "model")
    if len(parts) == 1 and label == "ORG" and parts[0].lower() in first_names() and g.dep[first] == "nsubj":
        return Spot(first, end, "person", "first name")
    if label in KINDS:
        if label == "PERSON" and _names_a_thing(g, first, end):
            return None
        if label == "ORG":
            if _part_of_role(g, first, end):
                return None
            while end - first > 1 and g.lower[end - 1].rstrip(".") in mapping("titles", "title", "kind"):
                end -= 1
        return Spot(first, end, KINDS[label], "model")
    return None


def _two_names(parts: list[str]) -> bool:
    """Say whether a name is two names of the list side by side."""
    names = _whole()
    return any(tuple(parts[:k]) in names and tuple(parts[k:]) in names for k in range(1, len(parts)))


@cache
def _whole() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(row["word"].split()) for row in table("organisations") if row["place"] == "whole")


def _thing(g: Grammar, first: int, end: int, parts: list[str]) -> bool:
    """Say whether a name is one of a thing: a law, a prize, a street, a lawsuit, a storm, or a heading."""
    if len(parts) == 1:
        storm = any(word in _STORMS and g.text[i + 1] == parts[0] for i, word in enumerate(g.lower[:-1]))
        return storm or (parts[0].isupper() and _short_for_a_thing(g, parts[0]))
    heading = len(parts) > 5 and any(g.tag[i] in _FINITE or g.text[i] == ":" for i in range(first, end))
    versus = any(part in {"v", "v.", "vs", "vs."} for part in parts)
    return heading or versus or parts[-1].rstrip(".") in words("things")


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


def _names_a_thing(g: Grammar, first: int, end: int) -> bool:
    """Say whether a lone word is the name of a thing, not a person: "the Anvil battlegroup"."""
    head = g.head[end - 1]
    return (
        end - first == 1
        and first > 0
        and g.lower[first - 1] == "the"
        and head == end
        and g.text[head] in _THINGS
        and g.dep[first] in {"compound", "nmod", "amod"}
    )


def _from_first_name(g: Grammar, first: int, end: int) -> int:
    """Skip an office, a profession or an abbreviation glued before a first name: "DJ Anna Berg"."""
    known = first_names()
    for i in range(first, end - 1):
        if g.lower[i] in known:
            glued = g.text[first:i]
            skip = all(
                (word.isupper() and len(word) > 1 and "." not in word)
                or word.lower() in words("role_nouns", "noun")
                or word.lower().endswith(("ist", "ian", "eur"))
                for word in glued
            )
            return i if glued and skip else first
    return first


def _part_of_role(g: Grammar, first: int, end: int) -> bool:
    """Say whether an office takes the word: "Defense" in "Defense Minister Anna Berg"."""
    behind = end < len(g) and g.text[end][:1].isupper() and g.lower[end] in words("role_nouns", "noun")
    return behind and end - first == 1 and g.text[first] in _OFFICES
