"""Spread what is known in an article: the same name elsewhere, names the model left out, acronyms in brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, words
from analysis.actors.names import bare, first_names, initials
from analysis.actors.spots import Spot, is_capital

_PLURAL_PLACES = frozenset(
    {
        "Falls",
        "Hills",
        "Islands",
        "Mountains",
        "Heights",
        "Gardens",
        "States",
        "Olympics",
        "Games",
        "Series",
        "Plains",
    }
)


def propagated(
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
        if spot.kind == "organisation" and len(key) > 1 and _plural_name(g, spot.end - 1):
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
            if " ".join(key) in words("not_actors"):
                continue
            kind = votes[key].most_common(1)[0][0]
            out.append(Spot(i, end, kind, "same name in article"))
            taken.update(range(i, end))
            break
    return out


def unlabelled(g: Grammar, places: Collection[tuple[int, int]], taken: Collection[int]) -> list[Spot]:
    """Names the model left without a label: capitals inside a sentence that the parser reads as a name.

    One word counts only behind "the" or "with" a second time in the article ("the Pistons").
    """
    labelled = {i for first, end, _ in g.entities for i in range(first, end)} | set(taken)
    covered = [(start, end) for start, end in places]
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(g):
        end = i
        while (
            end < len(g) and end not in labelled and g.tag[end] in {"NNP", "NNPS"} and is_capital(g.text[end])
        ):
            end += 1
        # "Department of Education": the run goes on behind "of"
        if end > i and end + 1 < len(g) and g.lower[end] == "of" and looks_organised(["", *g.text[i:end]]):
            while end + 1 < len(g) and g.tag[end + 1] in {"NNP", "NNPS"} and end + 1 not in labelled:
                end += 1
            end += 1
        if end > i:
            runs.append((i, min(end, len(g))))
        i = end + 1
    seen = Counter(g.span(first, end) for first, end in runs)
    known = first_names()
    titles = mapping("titles", "title", "kind")
    out = []
    for start, end in runs:
        first = start
        while first < end - 1 and g.lower[first].rstrip(".") in titles:
            first += 1
        before = g.text[first - 1] if first else ""
        opens = first == 0 or g.sentence[first - 1] != g.sentence[first] or not before[-1:].isalnum()
        name = g.span(first, end)
        body = looks_organised(name.split())
        team = _plural_name(g, end - 1) and not any(a <= g.start[end - 1] < b for a, b in covered)
        inside_place = (
            not team and not body and any(a < g.end[end - 1] and g.start[first] < b for a, b in covered)
        )
        touches = first - 1 in labelled or end in labelled
        if (
            inside_place
            or touches
            or name in words("not_actors")
            or (end - first > 1 and g.text[end - 1] in words("things"))
            or g.lower[end - 1].rstrip(".") in titles
            or (name.isupper() and len(name) > 8)
        ):
            continue
        if end - first > 1 and g.lower[first] in known:
            out.append(Spot(first, end, "person", "first name"))
        elif opens and not (body and end - first > 2):
            continue
        elif (
            body
            or (team and (end - first > 1 or before.lower() == "the"))
            or (before.lower() == "the" and seen[name] > 1)
        ):
            out.append(Spot(first, end, "organisation", "capitals"))
    return out


def _plural_name(g: Grammar, i: int) -> bool:
    """Say whether a capitalised word looks like a team or a party: "Pistons", "Democrats"."""
    word = g.text[i]
    return (
        word.isalpha()
        and len(word) > 4
        and word.endswith("s")
        and not word.endswith("ss")
        and word not in _PLURAL_PLACES
    )


def _inside_name(g: Grammar, i: int) -> bool:
    """Say whether a capitalised neighbour makes the word part of a longer name."""
    before = i > 0 and g.pos[i - 1] == "PROPN" and is_capital(g.text[i - 1]) and g.head[i - 1] == i
    after = i + 1 < len(g) and g.pos[i + 1] == "PROPN" and is_capital(g.text[i + 1]) and g.head[i] == i + 1
    titles = mapping("titles", "title", "kind")
    before = before and g.lower[i - 1].rstrip(".") not in titles
    return before or after


def looks_organised(parts: list[str]) -> bool:
    """Say whether a name of several words carries an organisation's word."""
    where = mapping("organisations", "word", "place")
    if len(parts) < 2:
        return False
    last = parts[-1].rstrip(".,")
    return where.get(last) in {"last", "any"} or any(where.get(part) == "any" for part in parts)


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
