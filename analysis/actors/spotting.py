"""Find the names of people and organisations in one article: the model's entities, corrected and spread.

A small model labels single names unevenly (the same town as place, person and organisation in one article). The
corrections use what the article itself says elsewhere: a title, a full name, an expansion of an acronym, a known
place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import bare, initials, split_title

KINDS = {"PERSON": "person", "ORG": "organisation"}
# labels the model gives to actors by mistake often enough to look at the name itself
DOUBTFUL = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "WORK_OF_ART", "NORP", "LAW", "LANGUAGE", "EVENT"})


@dataclass(frozen=True)
class Spot:
    """A mention found: tokens ``first`` up to ``end`` (exclusive), what it is, why, and for whom it stands."""

    first: int
    end: int
    kind: str
    rule: str
    actor: str = ""
    role: str = ""


def trim(g: Grammar, first: int, end: int) -> tuple[int, int]:
    """Cut a span to its name: no article, quotation mark, line break, possessive or final punctuation."""
    for i in range(first, end):
        if "\n" in g.text[i]:
            end = i
            break
    while first < end and (g.lower[first] in {"the", "a", "an"} or not g.text[first][0].isalnum()):
        first += 1
    while end > first and (g.tag[end - 1] == "POS" or not g.text[end - 1][-1].isalnum()):
        if g.text[end - 1] == "." or (g.text[end - 1].endswith(".") and len(g.text[end - 1]) > 1):
            break
        end -= 1
    return first, end


def surface(g: Grammar, spot: Spot) -> tuple[int, int]:
    """Return the character span of a spot, a possessive glued to the last token left out."""
    start, end = g.start[spot.first], g.end[spot.end - 1]
    text = g.body[start:end]
    for mark in ("'s", "’s", "‘s", "`s"):
        if text.endswith(mark) and len(text) > 2:
            return start, end - 2
    return start, end


def is_capital(word: str) -> bool:
    """Say whether a token looks like part of a name."""
    return word[:1].isupper() or (word[:3] in {"al-", "el-"} and word[3:4].isupper())


def spot_names(
    g: Grammar, *, places: Collection[tuple[int, int]], place_words: Collection[str]
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

    Returns
    -------
    list of Spot
        Without overlaps, in text order.
    """
    people = _surnames(g, place_words)
    found: list[Spot] = _titled(g)
    found += _listed(g)
    for first, end, label in g.entities:
        spot = _entity(g, first, end, label, people, places)
        if spot:
            found.append(spot)
    kept = without_overlap(found)
    return without_overlap(kept + _propagated(g, kept, people, places))


def without_overlap(spots: Iterable[Spot]) -> list[Spot]:
    """Keep spots that do not overlap an earlier or a longer one; ties go to the first in the list."""
    taken: set[int] = set()
    kept = []
    order = sorted(enumerate(spots), key=lambda pair: (-(pair[1].end - pair[1].first), pair[0]))
    for _, spot in order:
        tokens = range(spot.first, spot.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(spot)
    return sorted(kept, key=lambda spot: (spot.first, spot.end))


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
        known = len(parts) > 1 and parts[0].lower() in words("first_names", "name")
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
            end += 1
        end = max(end, i + 2) if courtesy else end
        # offices also stand before organisations ("General Staff"): there the model must see a person
        seen = [(f, e) for f, e, label in g.entities if label == "PERSON" and f < end and i < e]
        if courtesy or (seen and seen[0][0] <= i + 1):
            out.append(Spot(i + 1, end, "person", f"title {g.text[i]}"))
    return out


def _listed(g: Grammar) -> list[Spot]:
    """Organisations whose whole name is in the word list."""
    names = {tuple(row["word"].split()) for row in table("organisations") if row["place"] == "whole"}
    longest = max(len(name) for name in names)
    out = []
    for i, word in enumerate(g.text):
        if not word[:1].isupper():
            continue
        for size in range(longest, 0, -1):
            if tuple(g.text[i : i + size]) in names:
                out.append(Spot(i, i + size, "organisation", "word list"))
                break
    return out


def _entity(
    g: Grammar, first: int, end: int, label: str, people: set[str], places: Collection[tuple[int, int]]
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
    parts = name.split()
    span = (g.start[first], g.start[first] + len(name))
    is_place = span in places or (g.start[first], g.end[end - 1]) in places
    if (
        len(parts) > 1
        and parts[0].lower() in words("first_names", "name")
        and not is_place
        and not _looks_organised(parts)
    ):
        return Spot(first, end, "person", "first name" if label != "PERSON" else "model")
    if len(parts) == 1 and parts[0] in people and not (is_place and label == "GPE"):
        return Spot(first, end, "person", "surname in article" if label != "PERSON" else "model")
    if is_place:
        return None
    if _looks_organised(parts):
        return Spot(first, end, "organisation", "word list" if label != "ORG" else "model")
    if label in KINDS:
        if label == "ORG" and _part_of_role(g, end):
            return None
        return Spot(first, end, KINDS[label], "model")
    return None


def _looks_organised(parts: list[str]) -> bool:
    """Say whether a name of several words carries an organisation's word."""
    where = mapping("organisations", "word", "place")
    if len(parts) < 2:
        return False
    last = parts[-1].rstrip(".,")
    return where.get(last) in {"last", "any"} or any(where.get(part) == "any" for part in parts)


def _part_of_role(g: Grammar, end: int) -> bool:
    """Say whether the word behind belongs to an office: "Defense" in "Defense Minister Anna Berg"."""
    return (
        end < len(g)
        and g.text[end][:1].isupper()
        and g.lower[end] in words("role_nouns", "noun")
        and (g.dep[end] in {"compound", "nmod"} or g.pos[end] == "PROPN")
    )


def _propagated(
    g: Grammar, spots: list[Spot], people: set[str], places: Collection[tuple[int, int]]
) -> list[Spot]:
    """Give names that were missed the kind that the same name has elsewhere in the article."""
    taken = {i for spot in spots for i in range(spot.first, spot.end)}
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for spot in spots:
        key = tuple(g.text[spot.first : spot.end])
        votes.setdefault(key, Counter())[spot.kind] += 1
        if spot.kind == "person" and len(key) > 1 and key[-1] in people:
            votes.setdefault((key[-1],), Counter())[spot.kind] += 1
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for key in sorted(votes, key=lambda k: (-len(k), k)):
        by_first.setdefault(key[0], []).append(key)
    blocked = {
        i for first, end, label in g.entities if label in {"DATE", "NORP", "EVENT"} for i in range(first, end)
    }
    out = []
    for i, word in enumerate(g.text):
        if i in taken or word not in by_first or not word[:1].isupper():
            continue
        for key in by_first[word]:
            end = i + len(key)
            if tuple(g.text[i:end]) != key or not taken.isdisjoint(range(i, end)):
                continue
            if len(key) == 1 and (i in blocked or _inside_name(g, i) or (g.start[i], g.end[i]) in places):
                continue
            kind = votes[key].most_common(1)[0][0]
            out.append(Spot(i, end, kind, "same name in article"))
            taken.update(range(i, end))
            break
    return out


def _inside_name(g: Grammar, i: int) -> bool:
    """Say whether a capitalised neighbour makes the word part of a longer name."""
    before = i > 0 and g.pos[i - 1] == "PROPN" and is_capital(g.text[i - 1]) and g.head[i - 1] == i
    after = i + 1 < len(g) and g.pos[i + 1] == "PROPN" and is_capital(g.text[i + 1]) and g.head[i] == i + 1
    titles = mapping("titles", "title", "kind")
    before = before and g.lower[i - 1].rstrip(".") not in titles
    return before or after


def acronyms(g: Grammar, spots: list[Spot]) -> dict[str, str]:
    """Find acronyms that the article expands in brackets: "Border Guard Service (BGS)".

    Returns
    -------
    dict
        Acronym to expansion.
    """
    out = {}
    for spot in spots:
        if spot.end + 1 < len(g) and g.text[spot.end] == "(":
            short = g.text[spot.end + 1]
            if (
                short.isupper()
                and 2 <= len(short) <= 8
                and short.lower() in initials(g.span(spot.first, spot.end))
            ):
                out[short] = bare(g.span(spot.first, spot.end))
    return out


def relabelled(spots: list[Spot], choose: Callable[[Spot], Spot]) -> list[Spot]:
    """Return the spots with each replaced by what ``choose`` makes of it."""
    return [choose(spot) for spot in spots]


def with_actor(spot: Spot, names: Mapping[tuple[int, int], str]) -> Spot:
    """Return the spot under the actor's name that stands for its span, if one does."""
    return replace(spot, actor=names.get((spot.first, spot.end), spot.actor))
