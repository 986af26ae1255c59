"""Mentions without a language model: the codebook's names, names by evidence, groups, acting governments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.lexicons import words
from analysis.actors.localnames import choose
from analysis.actors.mentions import governments as government_names
from analysis.actors.names import bare
from analysis.actors.resolved import codebook_roles
from analysis.actors.rules.asked import Asked, asked
from analysis.actors.rules.groups import Finder, finder, governments, groups
from analysis.actors.rules.marks import Marks, Spans, marks_in
from analysis.actors.rules.naming import Found, acronyms, named
from analysis.actors.rules.speaking import cues
from analysis.schemas import conform, table
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_COLUMNS = tuple(column.name for column in table("mentions").columns)
# "Anna Berg, the head of the local administration," and "Anna Berg, 46, a baker"
_APPOSITION = re.compile(
    r", (?:\d{1,3}, )?((?:an?|the|who is an?) [^,.;:\n“”\"()–—]{3,80}|[a-z][^,.;:\n“”\"()–—]{2,60})(?=[,.–—]|$)"
)
# an office written small before the name: "Ukraine’s president Anna Berg", "the mayor, Anna Berg,"
_OFFICE_BEFORE = re.compile(r"(?:(?:\b[Tt]he |\b[\w-]+['’]s )?(?:[\w’'-]+ ){0,3}?)([a-z-]+),? $")
_DEFINITE = re.compile(r"\b([Tt]he|[A-Z][a-z]+['’]s) (?:[\w-]+ ){0,2}$")
_PRONOUN = re.compile(r"(?<![\w'’-])([Hh]e|[Ss]he) (?:also |later |then |had |has |would )?$")
_BEFORE_CUE = frozenset({"e ", "o ", "r ", "n ", "d ", "s "})
_OF = re.compile(r" of (?:the )?([A-Z]\w+)")
_AGAINST = {
    "she": frozenset({"mr", "sir", "lord", "king", "prince"}),
    "he": frozenset({"mrs", "ms", "miss", "lady", "queen", "dame"}),
}


def annotate_mentions_text(
    texts: Sequence[PlainText], *, places: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find who is mentioned without a language model, and give each mention the article's own fullest name.

    Some megabytes a second, for collections too large for a model. People and organisations are told by their words
    and the words beside them, with weights that were learned from what the model engine decides.

    Parameters
    ----------
    texts : sequence of PlainText
        Articles from `analysis.text.plain.read`.
    places : polars.DataFrame
        Their ``places`` layer, from `analysis.places.annotate_text`.
    codebook : Codebook
        Its actors and aliases win over every other rule.

    Returns
    -------
    polars.DataFrame
        Layer ``mentions``, as `analysis.actors.annotate_mentions` gives it.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> from analysis.places import annotate_text
    >>> from analysis.text.plain import read
    >>> rows = [{"article_id": "a", "body": "Foreign Minister Ivo Lind met residents. Lind left on Monday."}]
    >>> found = annotate_mentions_text(read(rows), places=annotate_text(rows), codebook=load("general"))
    >>> found.select("surface", "kind", "actor", "role").rows()
    [('Ivo Lind', 'person', 'Ivo Lind', 'Foreign Minister'), ('residents', 'group', 'residents', ''), ('Lind', 'person', 'Ivo Lind', '')]
    """
    aliases, capitals = _known(codebook)
    by_article = _by_article(places)
    data: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for text in texts:
        marks = marks_in(text.body)
        spots = mentions_of(text, by_article.get(text.article_id, ()), marks, codebook, aliases, capitals)
        _add(data, text, spots, marks)
    return conform(pl.DataFrame(data, schema=table("mentions").schema), "mentions")


def _by_article(places: pl.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    out: dict[str, list[tuple[int, int, str]]] = {}
    for article, start, end, kind in (
        places.select("article_id", "start", "end", "kind").sort("start").iter_rows()
    ):
        out.setdefault(article, []).append((start, end, kind or ""))
    return out


@lru_cache(maxsize=4)
def _known(codebook: Codebook) -> tuple[Finder, dict[str, str]]:
    """Give what finds the codebook's names, and the names that can stand for a government."""
    names = {
        form: (actor.name, actor.kind)
        for actor in reversed(codebook.actors)
        for alias in (actor.name, *actor.aliases)
        if (low := bare(alias).lower())
        for form in (low.replace("’", "'"), low.replace("'", "’"))
    }
    return finder(names), government_names(codebook)


@lru_cache(maxsize=65_536)
def _bare(surface: str) -> str:
    return bare(surface)


def _lowered(body: str) -> str:
    """Write a text small without moving a letter."""
    low = body.lower()
    return low if len(low) == len(body) else "".join(letter.lower()[:1] for letter in body)


def mentions_of(
    text: PlainText,
    places: Sequence[tuple[int, int, str]],
    marks: Marks,
    codebook: Codebook,
    aliases: Finder,
    capitals: Mapping[str, str],
) -> list[Found]:
    """Return the mentions of one article with their local names."""
    body, ask = text.body, asked(codebook)
    listed = _listed(body, ask, aliases, capitals) if aliases.meanings else []
    real = [place for place in places if place[2] != "demonym"]
    names = named(text, Spans.of(place[:2] for place in real))
    if listed:
        names = _without_overlap([*listed, *names])
    names = [_with_role(body, spot) for spot in names]
    taken = Spans.of(spot[:2] for spot in names)
    states = governments(body, real, taken, capitals)
    peoples = [place[:2] for place in places if place[2] == "demonym"]
    found = _without_overlap([*names, *states, *groups(body, taken, peoples)])
    local = _local(body, found, ask)
    return sorted(
        [*local, *_roles(body, local, ask, _holders(codebook)), *_pronouns(text, local, marks, codebook)],
        key=_order,
    )


def _order(spot: Found) -> tuple[int, int]:
    return spot[:2]


def _listed(body: str, ask: Asked, aliases: Finder, capitals: Mapping[str, str]) -> list[Found]:
    """Find the codebook's names; a single word that may be a place is left to the rules for governments."""
    out = []
    for start, end, _, kind in aliases.find(_lowered(body)):
        surface = body[start:end]
        if surface.islower():
            continue
        actor = ask.actor_of(surface)
        whole = surface.lower()
        if actor is None or (
            actor.kind != "organisation" and whole in capitals and not _says_government(whole)
        ):
            continue
        lone = " " not in surface
        if (kind == "group" and lone and not surface.endswith("s")) or (
            kind == "person" and lone and not surface[:1].isupper()
        ):
            continue
        out.append(Found(start, end, actor.kind, "codebook", actor.name))
    return out


def _says_government(whole: str) -> bool:
    return whole in {"kremlin", "white house", "downing street"} or whole.endswith(
        (" government", " officials", " administration", " authorities")
    )


def _without_overlap(spots: Iterable[Found]) -> list[Found]:
    """Keep spots that share no character with a longer one; ties go to the first."""
    ordered = sorted(spots, key=_order)
    kept: list[Found] = []
    first, reach = 0, 0
    for n, spot in enumerate([*ordered, None]):
        if spot is not None and spot.start < reach:
            reach = max(reach, spot.end)
            continue
        # all before this one overlap no other than each other
        kept += ordered[first:n] if n - first < 2 else _longest(ordered[first:n])
        if spot is not None:
            first, reach = n, spot.end
    return kept


def _longest(spots: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for spot in sorted(spots, key=lambda spot: spot.start - spot.end):
        if all(spot.end <= other.start or other.end <= spot.start for other in kept):
            kept.append(spot)
    return sorted(kept, key=_order)


def _with_role(body: str, spot: Found) -> Found:
    """Add the office or description that stands beside a person."""
    if spot.kind != "person" or spot.role:
        return spot
    known = words("role_nouns", "noun")
    left = body[max(0, spot.start - 60) : spot.start].rsplit("\n", 1)[-1]
    last = left.rstrip(" ,").rsplit(" ", 1)[-1]
    if left[-1:] == " " and (last in known or last.split("-")[0] in known):
        before = _OFFICE_BEFORE.search(left)
        if before is not None:
            return _role(spot, before[0].strip(" ,"))
    if body[spot.end : spot.end + 2] != ", ":
        return spot
    behind = _APPOSITION.match(body, spot.end)
    if behind is not None:
        said = behind[1].removeprefix("who is ")
        if said.startswith(("a ", "an ")) or any(word in known for word in said.split()):
            return _role(spot, said)
    return spot


def _role(spot: Found, role: str) -> Found:
    return spot._replace(role=" ".join(role.split()[:12]))


def _local(body: str, found: Sequence[Found], ask: Asked) -> list[Found]:
    """Name each mention by the article's fullest form, or by the codebook where it lists one."""
    written = [_bare(body[spot.start : spot.end]) for spot in found]
    chosen = choose(
        [(name, spot.kind) for name, spot in zip(written, found, strict=True)], acronyms(body, found)
    )
    out = []
    for name, (start, end, kind, rule, actor, role) in zip(written, found, strict=True):
        local = chosen.get((name, kind)) or actor or name
        actor, kind = ask.named(name, local, kind, rule == "codebook")
        out.append(Found(start, end, kind, rule, actor, role))
    return out


def _roles(
    body: str, found: Sequence[Found], ask: Asked, listed: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[Found]:
    """Find definite roles that stand for one person: "the Ukrainian president", "Harland's foreign minister"."""
    holders = [
        (spot, *ask.office(spot.role.lower())) for spot in found if spot.kind == "person" and spot.role
    ]
    if not holders and not listed:
        return []
    out = []
    edges = {spot.start for spot in found} | {spot.end for spot in found}
    people = [(spot.start, spot.end) for spot in found if spot.kind == "person"]
    for start, end, _, _ in _role_finder().find(body):
        if end + 1 in edges:
            continue
        left = _DEFINITE.search(body, max(0, start - 40), start)
        if left is None:
            continue
        phrase = body[left.start() : end].lower().removeprefix("the ")
        noun, place = ask.office(phrase)
        of = _OF.match(body, end)
        if not place and of is not None:
            place = ask.office(of[1].lower())[1]
        who = {s.actor for s, n, p in holders if n == noun and p == place and (place or s.start < start)}
        if not who and place:
            who = set(listed.get((noun, place), ()))
        if len(who) == 1:
            begin = left.end(1) + 1 if left[1].lower() == "the" else left.start()
            if not any(low < end and begin < high for low, high in people):
                out.append(Found(begin, end, "person", f"role: {phrase}", who.pop()))
    return out


@lru_cache(maxsize=4)
def _holders(codebook: Codebook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return codebook_roles(codebook)


@cache
def _role_finder() -> Finder:
    return finder({noun.rsplit(" ", 1)[-1]: ("", "") for noun in words("role_nouns", "noun")})


def _pronouns(text: PlainText, found: Sequence[Found], marks: Marks, codebook: Codebook) -> list[Found]:
    """Resolve "he" and "she" before a reporting verb where this and the last paragraph name a single person."""
    body = text.body
    people = [spot for spot in found if spot.kind == "person"]
    starts = [spot.start for spot in people]
    out = []
    for cue, *_ in cues(body, codebook) if people else ():
        if body[cue - 2 : cue] not in _BEFORE_CUE:
            continue
        match = _PRONOUN.search(body, max(0, cue - 12), cue)
        if match is None or marks.hold(match.start()):
            continue
        at, end = match.span(1)
        line = body.rfind("\n", 0, at)
        line = body.rfind("\n", 0, max(line, 0))
        near = people[bisect_left(starts, line) : bisect_left(starts, at)]
        near = [spot for spot in near if not marks.hold(spot.start)]
        title = near[-1].role.lower().rstrip(".").split(" ")[0] if near else ""
        who = match[1].lower()
        if len({spot.actor for spot in near}) == 1 and title not in _AGAINST[who]:
            out.append(Found(at, end, "person", f"pronoun: {who}", near[-1].actor))
    return out


def _add(data: dict[str, list[Any]], text: PlainText, spots: Sequence[Found], marks: Marks) -> None:
    body = text.body
    surfaces = [body[spot.start : spot.end] for spot in spots]
    data["article_id"] += [text.article_id] * len(spots)
    data["start"] += [spot.start for spot in spots]
    data["end"] += [spot.end for spot in spots]
    data["surface"] += surfaces
    data["kind"] += [spot.kind for spot in spots]
    data["actor"] += [spot.actor or _bare(surface) for spot, surface in zip(spots, surfaces, strict=True)]
    data["role"] += [spot.role for spot in spots]
    data["rule"] += [spot.rule for spot in spots]
    data["sentence"] += [text.sentence(spot.start) for spot in spots]
    data["quoted"] += [marks.hold(spot.start) for spot in spots]
