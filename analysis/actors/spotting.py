"""Find the names of people and organisations in one article: the model's entities, corrected and spread.

A small model labels single names unevenly (the same town as place, person and organisation in one article). The
corrections use what the article itself says elsewhere: a title, a full name, an expansion of an acronym, a known
place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace

from analysis.actors.deciding import by_first_word, decided, whole_names
from analysis.actors.grammar import Grammar
from analysis.actors.introductions import introduced
from analysis.actors.lexicons import mapping, words
from analysis.actors.names import bare, first_names, split_title
from analysis.actors.nobody import contested, kinds_of_people, ordinary
from analysis.actors.pieces import Piece, no_prose, pieces
from analysis.actors.resolved import countries
from analysis.actors.spots import Spot, is_capital, joined, trim, with_article, without_overlap
from analysis.actors.spreading import propagated, unlabelled


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
    hidden = no_prose(g)
    found = [*introduced(g), *_titled(g), *_listed(g, people)]
    small = {word for word in g.text if word.islower()}
    kinds = kinds_of_people(g)
    for first, end, label in cut:
        spot = decided(g, first, end, label, people, places, capitals)
        if spot and not ordinary(g, spot, small) and g.span(spot.first, spot.end) not in kinds:
            found.append(spot)
    found = [spot for spot in found if hidden.isdisjoint(range(spot.first, spot.end))]
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
    """Give a lone name the model takes now for a person, now for an organisation, one kind.

    The model takes a lone family name for an organisation far more often than an organisation for a person.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for spot in spots:
        if spot.end - spot.first == 1 and spot.kind in {"person", "organisation"}:
            votes[g.text[spot.first]][spot.kind] += 1
    out = []
    for spot in spots:
        counted = votes[g.text[spot.first]] if spot.end - spot.first == 1 else Counter()
        if spot.rule == "model" and counted["person"] and counted["organisation"]:
            usual = "person" if 3 * counted["person"] >= counted["organisation"] else "organisation"
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
    if not is_capital(last) or last.lower() in countries() or not last[-1].isalpha():
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
    names = by_first_word()
    out = []
    for i, word in enumerate(g.text):
        for size in names.get(word, ()):
            parts = tuple(g.text[i : i + size])
            if parts in whole_names() and not (size == 1 and word in people):
                out.append(Spot(i, i + size, "organisation", "word list"))
                break
    return out
