"""Find the names of people and organisations in one article: the model's entities, corrected and spread.

A small model labels single names unevenly (the same town as place, person and organisation in one article). The
corrections use what the article itself says elsewhere: a title, a full name, an expansion of an acronym, a known
place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.introductions import introduced
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import bare, family_names, first_names, split_title
from analysis.actors.nobody import contested, kinds_of_people, names_a_thing, ordinary, part_of_role, thing
from analysis.actors.organisations import known
from analysis.actors.pieces import Piece, pieces, run_in_links
from analysis.actors.resolved import countries
from analysis.actors.spots import Spot, is_capital, joined, trim, with_article, without_overlap
from analysis.actors.spreading import looks_organised, propagated, unlabelled

_BETWEEN = frozenset({"on", "to", "with", "for", "against", "vs", "vs.", "about", "over"})
_SMALL = frozenset({"of", "from", "at"})
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
    cut = pieces(g)
    people = _surnames(g, cut, place_words)
    hidden = run_in_links(g)
    found = [*introduced(g), *_titled(g), *_listed(g, people)]
    small = {word for word in g.text if word.islower()}
    kinds = kinds_of_people(g)
    for first, end, label in cut:
        spot = _entity(g, first, end, label, people, places, capitals)
        if spot and not ordinary(g, spot, small) and g.span(spot.first, spot.end) not in kinds:
            found.append(spot)
    kept = _of_one_kind(g, without_overlap(found))
    kept = without_overlap(kept + propagated(g, kept, people, places))
    taken = {i for spot in kept for i in range(spot.first, spot.end)}
    kept = without_overlap(kept + unlabelled(g, places, taken))
    return [
        with_article(g, spot)
        for spot in kept
        if hidden.isdisjoint(range(spot.first, spot.end)) and not contested(g, spot)
    ]


def _of_one_kind(g: Grammar, spots: list[Spot]) -> list[Spot]:
    """Give a lone name the model takes now for a person, now for an organisation, the kind it has most often.

    Where the article is no help, a family name in the possessive or as a subject is a person's.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for spot in spots:
        if spot.end - spot.first == 1 and spot.kind in {"person", "organisation"}:
            votes[g.text[spot.first]][spot.kind] += 1
    out = []
    for spot in spots:
        counted = votes[g.text[spot.first]] if spot.end - spot.first == 1 else Counter()
        if spot.rule == "model" and counted["person"] and counted["organisation"]:
            usual = "person" if counted["person"] >= counted["organisation"] else "organisation"
            spot = spot if spot.kind == usual else replace(spot, kind=usual, rule="kind in article")
        out.append(spot)
    return out


def _surnames(g: Grammar, cut: Collection[Piece], place_words: Collection[str]) -> set[str]:
    """Last words of full names and of titled names in this article: whoever else bears one is a person."""
    people = set()
    for first, end, label in cut:
        first, end = trim(g, first, end)
        if end <= first:
            continue
        title, name = split_title(bare(g.span(first, end)))
        parts = name.split()
        full = len(parts) > 1 or (title and parts)
        called = len(parts) > 1 and parts[0].lower() in first_names()
        if (
            (label == "PERSON" or called)
            and full
            and name.lower() not in place_words
            and _bears(parts, called)
        ):
            people.add(parts[-1])
    for spot in _titled(g):
        people.add(g.text[spot.end - 1])
    return people


def _bears(parts: list[str], called: bool) -> bool:
    """Say whether the last word of what looks like a full name can be a family name."""
    last = parts[-1]
    if not last[:1].isupper() or last.lower() in countries() or not last[-1].isalpha():
        return False
    if called:
        return True
    listed = last in mapping("organisations", "word", "place") or last.lower() in words("ordinary_words")
    return not listed and not (len(last) > 2 and last.isupper() and not parts[0].isupper())


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
        # "Miss Norway Anna Berg": the name begins behind the country
        if (
            g.lower[i + 1] in countries()
            or g.lower[i + 1].rstrip(".") in known
            or (not courtesy and g.pos[i + 1] != "PROPN")
        ):
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


def _listed(g: Grammar, people: Collection[str]) -> list[Spot]:
    """Organisations whose whole name is in the word lists, but for the names of people in the article."""
    names = _whole()
    out = []
    for i, word in enumerate(g.text):
        for size in names.get(word, ()):
            parts = tuple(g.text[i : i + size])
            if parts in _whole_names() and not (size == 1 and word in people):
                out.append(Spot(i, i + size, "organisation", "word list"))
                break
    return out


@cache
def _whole_names() -> frozenset[tuple[str, ...]]:
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
def _whole() -> dict[str, tuple[int, ...]]:
    """Index the names of organisations by their first word: how many words they have, the longest first."""
    out: dict[str, set[int]] = defaultdict(set)
    for parts in _whole_names():
        out[parts[0]].add(len(parts))
    return {word: tuple(sorted(sizes, reverse=True)) for word, sizes in sorted(out.items())}


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
    if name in words("not_actors") or thing(g, first, end, parts):
        return None
    if len(parts) > 1 and (whole := _whole_at_end(g, first, end, people)):
        return Spot(whole, end, "organisation", "word list")
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
    if len(parts) == 1 and label == "ORG" and _acts_as_a_person(g, first):
        return Spot(first, end, "person", "family name")
    if len(parts) == 1 and label == "ORG" and parts[0].lower() in first_names() and g.dep[first] == "nsubj":
        return Spot(first, end, "person", "first name")
    if label in KINDS:
        if label == "PERSON" and names_a_thing(g, first, end):
            return None
        if label == "ORG":
            if part_of_role(g, first, end):
                return None
            while end - first > 1 and g.lower[end - 1].rstrip(".") in mapping("titles", "title", "kind"):
                end -= 1
        return Spot(first, end, KINDS[label], "model")
    return None


def _whole_at_end(g: Grammar, first: int, end: int, people: Collection[str]) -> int:
    """Return where an organisation's whole name begins behind a person's ("Lund White House"), or 0."""
    for k in range(first + 1, end):
        before = g.text[k - 1] in people or g.lower[first] in {"this", "that"}
        if before and tuple(g.text[k:end]) in _whole_names() and not known(g.span(first, end)):
            return k
    return 0


def _two_names(parts: list[str]) -> bool:
    """Say whether a name is two names of the lists side by side."""
    names = _whole_names()
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


_HUMAN = frozenset(
    {"tweet", "nod", "smile", "laugh", "joke", "recall", "resign", "marry", "die", "testify", "think"}
)
