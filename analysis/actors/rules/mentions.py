"""Mentions without a language model: the codebook's names, names by evidence, groups, acting governments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.lexicons import words
from analysis.actors.localnames import choose, in_codebook
from analysis.actors.mentions import governments as government_names
from analysis.actors.names import bare
from analysis.actors.quotation import Quotation, quotations
from analysis.actors.resolved import codebook_roles, office
from analysis.actors.rules.evidence import load
from analysis.actors.rules.groups import Finder, finder, governments, groups
from analysis.actors.rules.naming import Found, Spots, acronyms, named
from analysis.places.names import fold
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
_ROLE = re.compile(r"\b([Tt]he|[A-Z][a-z]+['’]s) (?=[A-Z]?[a-z])((?:[\w-]+ ){0,2}?)([a-z]+)\b")
_PRONOUN = re.compile(r"\b([Hh]e|[Ss]he)\b(?= (?:also |later |then |had |has |would )?(\w+))")
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
        marks = quotations(text.body)
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
        fold(bare(alias)): (actor.name, actor.kind)
        for actor in reversed(codebook.actors)
        for alias in (actor.name, *actor.aliases)
        if bare(alias)
    }
    return finder(names), government_names(codebook)


def mentions_of(
    text: PlainText,
    places: Sequence[tuple[int, int, str]],
    marks: Sequence[Quotation],
    codebook: Codebook,
    aliases: Finder,
    capitals: Mapping[str, str],
) -> list[Found]:
    """Return the mentions of one article with their local names."""
    body = text.body
    listed = _listed(body, codebook, aliases, capitals)
    real = [(start, end) for start, end, kind in places if kind != "demonym"]
    spots = Spots([start for start, _ in real], [end for _, end in real])
    names = _without_overlap([*listed, *named(text, spots, load())])
    names = [_with_role(body, spot) for spot in names]
    taken = [(spot.start, spot.end) for spot in names]
    states = governments(body, [place for place in places if place[2] != "demonym"], taken, capitals)
    peoples = [(start, end) for start, end, kind in places if kind == "demonym"]
    found = _without_overlap([*names, *states, *groups(body, taken, peoples)])
    local = _local(body, found, codebook)
    return sorted(
        [*local, *_roles(body, local, codebook), *_pronouns(text, local, marks, codebook)], key=_order
    )


def _order(spot: Found) -> tuple[int, int]:
    return spot.start, spot.end


def _listed(body: str, codebook: Codebook, aliases: Finder, capitals: Mapping[str, str]) -> list[Found]:
    """Find the codebook's names; a single word that may be a place is left to the rules for governments."""
    out = []
    for start, end, _, kind in aliases.find(fold(body)):
        surface = body[start:end]
        if surface.islower():
            continue
        actor = codebook.actor_of(surface)
        whole = fold(surface)
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
    starts: list[int] = []
    kept: list[Found] = []
    order = sorted(enumerate(spots), key=lambda pair: (pair[1].start - pair[1].end, pair[0]))
    for _, spot in order:
        at = bisect_left(starts, spot.start)
        if (at < len(starts) and starts[at] < spot.end) or (at and kept[at - 1].end > spot.start):
            continue
        starts.insert(at, spot.start)
        kept.insert(at, spot)
    return kept


def _with_role(body: str, spot: Found) -> Found:
    """Add the office or description that stands beside a person."""
    if spot.kind != "person" or spot.role:
        return spot
    known = words("role_nouns", "noun")
    before = _OFFICE_BEFORE.search(
        body, max(0, body.rfind("\n", 0, spot.start) + 1, spot.start - 60), spot.start
    )
    if before is not None and (before[1] in known or before[1].split("-")[0] in known):
        return _role(spot, before[0].strip(" ,"))
    behind = _APPOSITION.match(body, spot.end)
    if behind is not None:
        said = behind[1].removeprefix("who is ")
        if said.startswith(("a ", "an ")) or any(word in known for word in said.split()):
            return _role(spot, said)
    return spot


def _role(spot: Found, role: str) -> Found:
    return Found(spot.start, spot.end, spot.kind, spot.rule, spot.actor, " ".join(role.split()[:12]))


def _local(body: str, found: Sequence[Found], codebook: Codebook) -> list[Found]:
    """Name each mention by the article's fullest form, or by the codebook where it lists one."""
    written = [bare(body[spot.start : spot.end]) for spot in found]
    listed = [(name, spot.kind) for name, spot in zip(written, found, strict=True)]
    chosen = choose(listed, acronyms(body, found))
    out = []
    for name, spot in zip(written, found, strict=True):
        local = chosen.get((name, spot.kind), spot.actor or name)
        actor, kind = in_codebook(name, local, spot.kind, codebook, sure=spot.rule == "codebook")
        out.append(Found(spot.start, spot.end, kind, spot.rule, actor, spot.role))
    return out


def _roles(body: str, found: Sequence[Found], codebook: Codebook) -> list[Found]:
    """Find definite roles that stand for one person: "the Ukrainian president", "Harland's foreign minister"."""
    holders = [
        (spot, *office(spot.role.lower(), codebook)) for spot in found if spot.kind == "person" and spot.role
    ]
    listed = codebook_roles(codebook)
    known = words("role_nouns", "noun")
    out = []
    covered = {spot.start for spot in found} | {spot.end for spot in found}
    for match in _ROLE.finditer(body):
        if match[3] not in known or match.end() + 1 in covered:
            continue
        phrase = body[match.start() : match.end()].lower().removeprefix("the ")
        noun, place = office(phrase, codebook)
        of = _OF.match(body, match.end())
        if not place and of is not None:
            place = office(of[1].lower(), codebook)[1]
        people = {
            s.actor for s, n, p in holders if n == noun and p == place and (place or s.start < match.start())
        }
        if not people and place:
            people = set(listed.get((noun, place), ()))
        if len(people) == 1:
            start = match.start(2) if match[1].lower() == "the" else match.start()
            if not any(
                spot.start < match.end() and start < spot.end and spot.kind == "person" for spot in found
            ):
                out.append(Found(start, match.end(), "person", f"role: {phrase}", people.pop()))
    return out


def _pronouns(
    text: PlainText, found: Sequence[Found], marks: Sequence[Quotation], codebook: Codebook
) -> list[Found]:
    """Resolve "he" and "she" before a reporting verb where this and the last paragraph name a single person."""
    from analysis.actors.rules.speaking import cue_forms

    body = text.body
    forms = cue_forms(codebook)
    people = [spot for spot in found if spot.kind == "person"]
    starts = [spot.start for spot in people]
    out = []
    for match in _PRONOUN.finditer(body):
        if match[2] not in forms or _quoted(match.start(), marks):
            continue
        line = body.rfind("\n", 0, match.start())
        line = body.rfind("\n", 0, max(line, 0))
        near = people[bisect_left(starts, line) : bisect_left(starts, match.start())]
        near = [spot for spot in near if not _quoted(spot.start, marks)]
        title = near[-1].role.lower().rstrip(".").split(" ")[0] if near else ""
        if len({spot.actor for spot in near}) == 1 and title not in _AGAINST[match[1].lower()]:
            out.append(
                Found(match.start(), match.end(), "person", f"pronoun: {match[1].lower()}", near[-1].actor)
            )
    return out


def _quoted(at: int, marks: Collection[Quotation]) -> bool:
    return any(q.start <= at < q.end for q in marks)


def _add(
    data: dict[str, list[Any]], text: PlainText, spots: Sequence[Found], marks: Sequence[Quotation]
) -> None:
    body = text.body
    data["article_id"] += [text.article_id] * len(spots)
    for spot in spots:
        data["start"].append(spot.start)
        data["end"].append(spot.end)
        data["surface"].append(body[spot.start : spot.end])
        data["kind"].append(spot.kind)
        data["actor"].append(spot.actor or bare(body[spot.start : spot.end]))
        data["role"].append(spot.role)
        data["rule"].append(spot.rule)
        data["sentence"].append(text.sentence(spot.start))
        data["quoted"].append(any(q.start <= spot.start and spot.end <= q.end for q in marks))
