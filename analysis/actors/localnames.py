"""Within one article: which mentions are the same actor, under the fullest name the article gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.actors.grammar import Grammar
from analysis.actors.names import bare, fits, initials, name_words, same_given, surname
from analysis.actors.spotting import Spot, acronyms, surface

if TYPE_CHECKING:
    from analysis.codebook import Codebook


def local_names(g: Grammar, spots: Sequence[Spot], codebook: Codebook) -> list[Spot]:
    """Name each mention by the article's fullest form, or by the codebook where it lists one.

    A surname that two people of the article bear is left to itself: it is named as written, and the ledger shows
    both candidates.
    """
    people = _people(g, [spot for spot in spots if spot.kind == "person"])
    organisations = _organisations(
        g, [spot for spot in spots if spot.kind == "organisation"], acronyms(g, list(spots))
    )
    out = []
    for spot in spots:
        name = _name(g, spot)
        if spot.kind == "person":
            name = people.get(name, name)
        elif spot.kind == "organisation":
            name = organisations.get(name, name)
        elif spot.actor:
            name = spot.actor
        listed = codebook.actor_of(name) or codebook.actor_of(_name(g, spot))
        if listed is not None and (spot.rule == "codebook" or _may_be(spot.kind, listed.kind)):
            out.append(replace(spot, actor=listed.name, kind=listed.kind))
        else:
            out.append(replace(spot, actor=name))
    return out


def _may_be(found: str, listed: str) -> bool:
    """Say whether the codebook's kind may overrule the one found: a person never turns into an organisation."""
    return found == listed or (found != "person" and listed != "person")


def _name(g: Grammar, spot: Spot) -> str:
    start, end = surface(g, spot)
    return bare(g.body[start:end])


def _people(g: Grammar, spots: Sequence[Spot]) -> dict[str, str]:
    """Map each personal name of the article to its fullest form."""
    order: dict[str, int] = {}
    for spot in spots:
        order.setdefault(_name(g, spot), spot.first)
    full = sorted(
        (n for n in order if len(name_words(n)) > 1), key=lambda n: (-len(name_words(n)), -len(n), order[n])
    )
    chosen: dict[str, str] = {}
    heads: list[str] = []
    for name in full:
        fitting = [head for head in heads if fits(name, head)]
        if len(fitting) == 1:
            chosen[name] = fitting[0]
        else:
            chosen[name] = name
            heads.append(name)
    for name in order:
        if name in chosen:
            continue
        key = surname(name)
        bearers = [head for head in heads if surname(head) == key]
        if not bearers:
            bearers = _by_given(name, heads, order)
        chosen[name] = bearers[0] if len(bearers) == 1 else name
    return chosen


def _by_given(name: str, heads: Sequence[str], order: dict[str, int]) -> list[str]:
    """People whose given name it is and who were named in full before."""
    words = name_words(name)
    if len(words) != 1:
        return []
    return [
        head
        for head in heads
        if same_given(words[0], name_words(head)[0]) and len(words[0]) > 2 and order[head] < order[name]
    ]


def _organisations(g: Grammar, spots: Sequence[Spot], expanded: dict[str, str]) -> dict[str, str]:
    """Map each organisation's name to its fullest form: brackets, initials, or its first or last words."""
    order: dict[str, int] = {}
    for spot in spots:
        order.setdefault(_name(g, spot), spot.first)
    full = sorted(order, key=lambda n: (-len(n.split()), -len(n), order[n]))
    chosen: dict[str, str] = {}
    for name in full:
        if name in expanded:
            chosen[name] = expanded[name]
            continue
        candidates = [other for other in full if other != name and _short_of(name, other)]
        heads = sorted({chosen.get(other, other) for other in candidates})
        chosen[name] = heads[0] if len(heads) == 1 else name
    return chosen


def _short_of(short: str, full: str) -> bool:
    """Say whether one organisation's name is a short form of another's."""
    a, b = short.lower().split(), full.lower().split()
    if len(a) >= len(b):
        return False
    if short.isupper() and short.isalpha() and len(short) > 1:
        return short.lower() in initials(full)
    return b[: len(a)] == a or b[-len(a) :] == a
