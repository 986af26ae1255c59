"""Decide on one of the model's entities, cut to a single name: a person, an organisation, a family, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import bare, family_names, first_names, split_title
from analysis.actors.nobody import names_a_thing, part_of_role, thing
from analysis.actors.organisations import known
from analysis.actors.pieces import surnames_of
from analysis.actors.spots import Spot, is_capital, joined, trim
from analysis.actors.spreading import looks_organised

_BETWEEN = frozenset({"on", "to", "with", "for", "against", "vs", "vs.", "about", "over"})
_SMALL = frozenset({"of", "from", "at"})
_KINDS = {"PERSON": "person", "ORG": "organisation"}
# labels the model gives to actors by mistake often enough to look at the name itself
_DOUBTFUL = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "NORP", "LAW", "LANGUAGE", "EVENT"})
_BEFORE = frozenset({"MD", "VBG", "VB", "VBZ", "IN", "DT", "WRB", "PRP$"})
_VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "RB"})
_HUMAN = frozenset(
    {"tweet", "nod", "smile", "laugh", "joke", "recall", "resign", "marry", "die", "testify", "think"}
)


@cache
def whole_names() -> frozenset[tuple[str, ...]]:
    """Names of organisations that are theirs wherever they stand, in the writing of the lists."""
    listed = [row["word"] for row in table("organisations") if row["place"] == "whole"]
    forms = [
        form
        for row in table("known_organisations")
        for form in (row["name"], *row["forms"].split("|"))
        if len(form) > 2 and form.lower() not in words("ordinary_words")
    ]
    return frozenset(tuple(name.split()) for name in (*listed, *forms))


@cache
def by_first_word() -> dict[str, tuple[int, ...]]:
    """Index the names of organisations by their first word: how many words they have, the longest first."""
    out: dict[str, set[int]] = defaultdict(set)
    for parts in whole_names():
        out[parts[0]].add(len(parts))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in sorted(out.items())}


def decided(
    g: Grammar,
    first: int,
    end: int,
    label: str,
    people: set[str],
    places: Collection[tuple[int, int]],
    capitals: Collection[str],
) -> Spot | None:
    """Turn one of the model's entities into a mention, corrected, or into nothing.

    Parameters
    ----------
    g : Grammar
        The article.
    first, end : int
        Its tokens.
    label : str
        What the model takes it for.
    people : collection of str
        Family names of the article.
    places : collection of (start, end)
        Character spans of places.
    capitals : collection of str
        Names of countries and capitals, lower case.

    Returns
    -------
    Spot or None
    """
    if label not in _KINDS and label not in _DOUBTFUL:
        return None
    first, end = trim(g, first, end)
    if end <= first or not any(is_capital(word) for word in g.text[first:end]):
        return None
    name = bare(g.span(first, end))
    title, rest = split_title(name)
    courtesy = mapping("titles", "title", "kind").get(title.lower().rstrip(".")) == "courtesy"
    if title and rest and (label == "PERSON" or courtesy or title.endswith(".")):
        label = "PERSON"
        first += len(title.split())
        while first < end and not is_capital(g.text[first]):
            first += 1
        name = rest
    if first >= end or len(name) < 2 or (title and not rest):
        return None
    if label == "PERSON" and end - first > 1:
        first, end = _own_words(g, first, end, people)
        name = bare(g.span(first, end))
        if not name:
            return None
    parts = name.split()
    span = (g.start[first], g.start[first] + len(name))
    is_place = span in places or (g.start[first], g.end[end - 1]) in places or name.lower() in capitals
    # "Capturing Alder would": the verb that opens the sentence was read into the name of a place
    if parts[0].endswith("ing") and (g.start[min(first + 1, end - 1)], g.end[end - 1]) in places:
        return None
    if name in words("not_actors") or thing(g, first, end, parts):
        return None
    if len(parts) == 1:
        return _lone(g, first, end, label, people, is_place)
    return _several(g, first, end, label, people, is_place)


def _own_words(g: Grammar, first: int, end: int, people: Collection[str]) -> tuple[int, int]:
    """Cut what the model took into a person's name: "DJ Mira Lund", "Lund on Stern", "Mira Lund Speaks"; all of a thing."""
    if end - first > 2:
        first = _from_first_name(g, first, end)
        end = next((i for i in range(first + 1, end) if g.lower[i] in _BETWEEN), end)
    # "Impeaching Lund", "Beyond Lund": the words before are those of a heading
    while end - first > 1 and g.lower[first] not in first_names() and g.lower[end - 1] in family_names():
        if g.tag[first] not in _BEFORE and g.lower[first] not in words("ordinary_words"):
            break
        first += 1
    while end - first > 1 and _foreign(g, first, end, people):
        called = g.lower[first] in first_names() or (end - first == 2 and g.text[first] in surnames_of(g))
        end = end - 1 if called else first
    return first, end


def _foreign(g: Grammar, first: int, end: int, people: Collection[str]) -> bool:
    """Say whether the last word of a person's name is a verb or noun of a heading behind it."""
    last, before = end - 1, g.text[end - 2].rstrip(".")
    if joined(g, last) or before == "-" or len(before) == 1 or g.lower[last] in family_names():
        return False
    known = end - first > 2 or (g.lower[first] not in first_names() and g.text[last] not in people)
    verb = g.tag[last] in _VERBAL and g.lower[first] in first_names()
    return known and not g.text[last].isupper() and (verb or g.lower[last] in words("ordinary_words"))


def _lone(g: Grammar, i: int, end: int, label: str, people: Collection[str], is_place: bool) -> Spot | None:
    """Decide on a name of one word, of several tokens where hyphens are in it."""
    word = bare(g.span(i, end))
    low = word.lower()
    if word in words("peoples"):
        return None  # a group of people
    the = i > 0 and g.lower[i - 1] == "the" and g.dep[end - 1] not in {"compound", "amod", "nmod"}
    # "the Lunds": a family
    if the and word.endswith("s") and word[:-1].istitle() and label in _KINDS:
        stem = word[:-1]
        if stem in people or (label == "PERSON" and stem.lower() in family_names()):
            return Spot(i, end, "group", "family", word)
    if word in people and not (is_place and label == "GPE"):
        # "the Post": a paper that shares its name with somebody
        if the and (
            word in mapping("organisations", "word", "place") or word in mapping("media", "name", "kind")
        ):
            return Spot(i, end, "organisation", "word list")
        return Spot(i, end, "person", "surname in article" if label != "PERSON" else "model")
    if is_place or label not in _KINDS or (label == "PERSON" and names_a_thing(g, i, end)):
        return None
    if label == "ORG":
        if part_of_role(g, i, end):
            return None
        if word in words("known_people", "family") or _acts_as_a_person(g, i):
            return Spot(i, end, "person", "family name")
        if low in first_names() and g.dep[i] == "nsubj" and not word.isupper():
            return Spot(i, end, "person", "first name")
    elif word.isupper() and 1 < len(word) < 6 and word.isalnum():
        # an acronym is no person's name
        return Spot(i, end, "organisation", "capitals") if g.text.count(word) > 1 else None
    return Spot(i, end, _KINDS[label], "model")


def _several(
    g: Grammar, first: int, end: int, label: str, people: Collection[str], is_place: bool
) -> Spot | None:
    """Decide on a name of several words."""
    parts = bare(g.span(first, end)).split()
    if whole := _whole_at_end(g, first, end, people):
        return Spot(whole, end, "organisation", "word list")
    if " ".join(parts) in mapping("media", "name", "kind"):
        return Spot(first, end, "organisation", "word list")
    if any(part[-1:].isdigit() for part in parts) and (
        label == "PERSON" or parts[0].lower() in first_names()
    ):
        return None  # "Bill 12", "Lund 2016"
    if parts[0].lower() in first_names() and not is_place and not looks_organised(parts):
        # "Anna Berg of the Alder Centre": the person ends where a small word begins
        small = next((i for i in range(first + 2, end) if g.text[i] in _SMALL), end)
        if label == "PERSON" or _is_called(g, first, small):
            return Spot(first, small, "person", "first name" if label != "PERSON" else "model")
    if is_place or _two_names(parts):
        return None  # "CNN Supreme Court reporter": each is found by the list
    if looks_organised(parts):
        return Spot(first, end, "organisation", "word list" if label != "ORG" else "model")
    if label == "ORG":
        titles = mapping("titles", "title", "kind")
        while end - first > 1 and g.lower[end - 1].rstrip(".") in titles and not g.text[end - 2].islower():
            end -= 1
    return Spot(first, end, _KINDS[label], "model") if label in _KINDS else None


def _is_called(g: Grammar, first: int, end: int) -> bool:
    """Say whether a first name opens a person's name here, not a body's ("Mira Lund Strategies") or a heading."""
    inside = g.text[first:end]
    if len(inside) > 4 or any(word in {"and", "&", "for"} for word in inside):
        return False
    return g.lower[end - 1] not in words("ordinary_words") or g.lower[end - 1] in family_names()


def _whole_at_end(g: Grammar, first: int, end: int, people: Collection[str]) -> int:
    """Return where an organisation's whole name begins behind a person's ("Lund White House"), or 0."""
    for k in range(first + 1, end):
        before = g.text[k - 1] in people or g.lower[first] in {"this", "that"}
        if before and tuple(g.text[k:end]) in whole_names() and not known(g.span(first, end)):
            return k
    return 0


def _two_names(parts: list[str]) -> bool:
    """Say whether a name is two names of the lists side by side."""
    names = whole_names()
    return any(tuple(parts[:k]) in names and tuple(parts[k:]) in names for k in range(1, len(parts)))


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


def _acts_as_a_person(g: Grammar, i: int) -> bool:
    """Say whether a lone family name is the owner or the speaker that an organisation of that name hardly is."""
    word = g.text[i]
    if not word.istitle() or g.lower[i] not in family_names() or g.lower[i] in words("ordinary_words"):
        return False
    if word in mapping("media", "name", "kind") or word in mapping("organisations", "word", "place"):
        return False
    if g.lower[i - 1 : i] in (["the"], ["of"], ["at"]):
        return False
    verb = g.head[i]
    human = g.dep[i] == "nsubj" and g.lemma[verb].lower() in _HUMAN and g.pos[verb] == "VERB"
    himself = any(g.lower[k] in {"himself", "herself"} for k in g.children[verb])
    return human or himself
