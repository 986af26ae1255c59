"""Within one article: which mentions are the same actor, under the fullest name the article gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import words
from analysis.actors.names import (
    bare,
    family_names,
    fits,
    generation,
    given_keys,
    initials,
    name_words,
    namesakes,
    split_title,
    surname,
)
from analysis.actors.organisations import is_country, key_of, known, stands_alone
from analysis.actors.spots import Spot, surface
from analysis.actors.spreading import acronyms
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook


def local_names(g: Grammar, spots: Sequence[Spot], codebook: Codebook) -> list[Spot]:
    """Name each mention by the article's fullest form, or by the codebook where it lists one.

    A surname that two people of the article bear is left to itself: it is named as written, and the ledger shows
    both candidates.
    """
    written = [_name(g, spot) for spot in spots]
    listed = [(name, spot.kind) for name, spot in zip(written, spots, strict=True)]
    chosen = choose(listed, acronyms(g, list(spots)))
    out = []
    for name, spot in zip(written, spots, strict=True):
        local = chosen.get((name, spot.kind), spot.actor or name)
        actor, kind = in_codebook(name, local, spot.kind, codebook, sure=spot.rule == "codebook")
        out.append(replace(spot, actor=actor, kind=kind))
    return out


def name_mentions(mentions: pl.DataFrame, *, codebook: Codebook) -> pl.DataFrame:
    """Name mentions that were found elsewhere (by hand, by another program) as `annotate_mentions` names its own.

    Parameters
    ----------
    mentions : polars.DataFrame
        Layer ``mentions`` with ``article_id, start, end, surface, kind``.
    codebook : Codebook
        Its names win.

    Returns
    -------
    polars.DataFrame
        The same rows, sorted, with ``actor`` filled in.
    """
    frame = mentions.sort("article_id", "start", "end")
    actors: list[str] = []
    for part in frame.partition_by("article_id", maintain_order=True):
        names = [split_title(bare(text))[1] or bare(text) for text in part["surface"]]
        listed = list(zip(names, part["kind"], strict=True))
        chosen = choose(listed, {})
        for name, kind in listed:
            actors.append(in_codebook(name, chosen.get((name, kind), name), kind, codebook, sure=False)[0])
    return conform(frame.with_columns(pl.Series("actor", actors, dtype=pl.String)), "mentions")


def choose(listed: Sequence[tuple[str, str]], expanded: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Map (name, kind) to the fullest name, for people and organisations."""
    people = _people([name for name, kind in listed if kind == "person"])
    organisations = _organisations([name for name, kind in listed if kind == "organisation"], expanded)
    out = {(name, "person"): full for name, full in people.items()}
    out.update({(name, "organisation"): full for name, full in organisations.items()})
    return out


def in_codebook(name: str, local: str, kind: str, codebook: Codebook, *, sure: bool) -> tuple[str, str]:
    """Return the codebook's name and kind for an actor, or what came in."""
    actor = codebook.actor_of(local) or codebook.actor_of(name)
    # a person never turns into an organisation because the codebook lists the word
    fits_kind = actor is not None and (actor.kind == kind or "person" not in {actor.kind, kind})
    if actor is not None and (sure or fits_kind):
        return actor.name, actor.kind
    return local, kind


def _name(g: Grammar, spot: Spot) -> str:
    start, end = surface(g, spot)
    return bare(g.body[start:end])


def _first_seen(names: Sequence[str]) -> dict[str, int]:
    order: dict[str, int] = {}
    for number, name in enumerate(names):
        order.setdefault(name, number)
    return order


def _people(names: Sequence[str]) -> dict[str, str]:
    """Map each personal name of the article to its fullest form."""
    order = _first_seen(names)
    full = sorted(
        (n for n in order if len(name_words(n)) > 1), key=lambda n: (-len(name_words(n)), -len(n), order[n])
    )
    chosen: dict[str, str] = {}
    bearing: dict[str, list[str]] = defaultdict(list)
    by_given: dict[Hashable, list[str]] = defaultdict(list)
    for name in full:
        # whoever fits bears the same surname
        bearers = bearing[surname(name)]
        fitting = [head for head in bearers if fits(name, head) and not namesakes(name, head)]
        chosen[name] = fitting[0] if len(fitting) == 1 else name
        if len(fitting) != 1:
            bearers.append(name)
            given = name_words(name)[0]
            for key in (*given_keys(given), ("initial", given)):
                by_given[key].append(name)
    for name in order:
        if name not in chosen:
            bearers = bearing.get(surname(name)) or _by_given(name, by_given, order)
            # "Berg Jr." is the son, "Berg" the father; so is whoever is known by the name alone
            if len(bearers) > 1 or (bearers and name in words("known_people", "family")):
                bearers = [head for head in bearers if generation(head) == generation(name)]
            chosen[name] = bearers[0] if len(bearers) == 1 else name
    return _same_writing(chosen)


def _same_writing(chosen: dict[str, str]) -> dict[str, str]:
    """Take names that differ in capitals or transliteration only as one: "LINDT" and "Lindt"."""
    heads: dict[tuple[str, ...], str] = {}
    for name in sorted(set(chosen.values()), key=lambda n: (n.isupper(), n)):
        heads.setdefault((*name_words(name), generation(name)), name)
    return {name: heads[*name_words(full), generation(full)] for name, full in chosen.items()}


def _by_given(name: str, by_given: Mapping[Hashable, Sequence[str]], order: Mapping[str, int]) -> list[str]:
    """People who are named in full in the article and whose given name a lone name is."""
    given = name_words(name)[0] if name_words(name) else ""
    usual = given in words("first_names", "name")
    # "Lund Haters" is nobody whose given name is Lund
    if len(given) < 3 or (given in family_names() and not usual):
        return []
    alike = {head for key in (*given_keys(given), ("initial", given[0])) for head in by_given.get(key, ())}
    return [head for head in alike if order[head] < order[name] or not usual]


def _organisations(names: Sequence[str], expanded: Mapping[str, str]) -> dict[str, str]:
    """Map each organisation's name to its fullest form: brackets, initials, or its first or last words."""
    order = _first_seen(names)
    full = sorted(order, key=lambda n: (-len(n.split()), -len(n), order[n]))
    longer = _longer([name for name in full if not known(name)])
    chosen: dict[str, str] = {}
    for name in full:
        if name in expanded:
            chosen[name] = expanded[name]
            continue
        # an organisation known the world over has its short forms listed: it is no other's ("United Nations" is not
        # its Security Council), and no other word is its ("House" is not the White House)
        if listed := known(name):
            chosen[name] = listed
            continue
        heads = {
            chosen.get(other, other)
            for key in _ways(name)
            for other in longer.get(key, ())
            if other != name and short_of(name, other) and not _offshoot(name, other, order)
        }
        chosen[name] = heads.pop() if len(heads) == 1 else name
    return chosen


def _offshoot(short: str, full: str, order: Mapping[str, int]) -> bool:
    """Say whether a longer name is another body's: one that the article names only after the shorter, of several words.

    "The Alder Trust opened a clinic. The Alder Trust Choir sang": the Trust is not called after its choir.
    """
    a, b = short.lower().split(), full.lower().split()
    return 1 < len(a) < len(b) and b[: len(a)] == a and order[full] > order[short]


def _ways(name: str) -> Iterator[tuple[str, str]]:
    """Give what a short form has in common with the full one: the first word, the last, all words, or initials."""
    parts = name.lower().split()
    if parts:
        yield "first", parts[0]
        yield "last", parts[-1]
        yield "words", key_of(name)
        yield "initials", parts[0]


def _longer(names: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Find the names of an article by what a short form would have in common with them."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    acronyms = {name.lower() for name in names if name.isupper()}
    for name in names:
        for way in _ways(name):
            if way[0] != "initials":
                out[way].append(name)
        for short in initials(name) & acronyms if acronyms else ():
            out["initials", short].append(name)
    return out


@lru_cache(maxsize=65536)
def short_of(short: str, full: str) -> bool:
    """Say whether one organisation's name is a short form of another's.

    Examples
    --------
    >>> short_of("Alder", "Alder Holdings"), short_of("BGS", "Border Guard Service"), short_of("Guard", "Border Guard Service")
    (True, True, False)
    >>> short_of("Senate", "Senate Budget Committee"), short_of("Supreme Court", "U.S. Supreme Court")
    (False, True)
    >>> short_of("Assembly", "Update Assembly")
    False
    """
    a, b = short.lower().split(), full.lower().split()
    if a == b or (len(a) == len(b) and key_of(short) == key_of(full)):
        return short != full and (short.isupper(), short) > (full.isupper(), full)
    if len(a) > len(b):
        return False
    if short.isupper() and short.isalpha() and len(short) > 1 and short.lower() in initials(full):
        return True
    if b[: len(a)] == a:
        return not stands_alone(short)
    before = " ".join(full.split()[: -len(a)])
    # a body by itself is short for a country's body, not for any name that ends with the word
    return b[-len(a) :] == a and not stands_alone(before) and (not stands_alone(short) or is_country(before))
