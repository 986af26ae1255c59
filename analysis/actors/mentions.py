"""Mentions: people, organisations, groups, and governments named by their country or capital."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.grammar import Grammar, grammar
from analysis.actors.groups import spot_governments, spot_groups
from analysis.actors.introductions import speaking
from analysis.actors.lexicons import table
from analysis.actors.localnames import local_names
from analysis.actors.names import bare
from analysis.actors.quotation import quotations
from analysis.actors.resolved import spot_pronouns, spot_roles
from analysis.actors.roles import with_roles
from analysis.actors.spots import Spot, surface, without_overlap
from analysis.actors.spotting import spot_names
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.language import Parse

_WITH_ARTICLE = re.compile(r"^(United|Democratic Republic|Czech Republic|Netherlands|Philippines)\b")
_PLACE_KINDS_NOT_PLACES = frozenset({"demonym"})


def annotate_mentions(parses: Sequence[Parse], *, places: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Find who is mentioned, and give each mention the article's own fullest name for the actor.

    Parameters
    ----------
    parses : sequence of Parse
        Parsed articles.
    places : polars.DataFrame
        The ``places`` layer of these articles; a span that is a place is no actor, unless it acts.
    codebook : Codebook
        Its actors and aliases win over every other rule.

    Returns
    -------
    polars.DataFrame
        Layer ``mentions``, sorted by article and start. Pronouns resolved to a person have the rule
        ``pronoun: ...``; roles that stand for a person the rule ``role: ...``. Leave both out to count names only.
    """
    aliases = _aliases(codebook)
    capitals = governments(codebook)
    by_article = _places_by_article(places)
    rows: list[dict[str, Any]] = []
    for parse in parses:
        g = grammar(parse)
        spans = by_article.get(parse.article_id, [])
        rows.extend(_rows(parse.article_id, g, mentions_of(g, spans, codebook, aliases, capitals)))
    return conform(rows, "mentions")


def mentions_of(
    g: Grammar,
    places: Sequence[tuple[int, int]],
    codebook: Codebook,
    aliases: Mapping[str, Sequence[tuple[str, ...]]],
    capitals: Mapping[str, str],
) -> list[Spot]:
    """Return the mentions of one article with their local names."""
    words = {g.body[start:end].lower() for start, end in places}
    names = spot_names(g, places=set(places), place_words=words, capitals=capitals)
    known = _codebook_spots(g, codebook, aliases, capitals)
    names = without_overlap([*known, *names])
    taken = {i for spot in names for i in range(spot.first, spot.end)}
    governments_ = spot_governments(g, taken, places=places, capitals=capitals)
    taken.update(i for spot in governments_ for i in range(spot.first, spot.end))
    speakers = speaking(g, taken, codebook.cue_classes, places=places, capitals=capitals)
    taken.update(spot.first for spot in speakers)
    groups = spot_groups(g, taken)
    spots = without_overlap([*names, *governments_, *speakers, *groups])
    named = local_names(g, with_roles(g, spots), codebook)
    # a role wins over the group or government in it: "the Ukrainian president"
    roles = spot_roles(g, [spot for spot in named if spot.kind == "person"], codebook)
    inside = {i for spot in roles for i in range(spot.first, spot.end)}
    kept = [spot for spot in named if inside.isdisjoint(range(spot.first, spot.end))] + roles
    quoted = [(q.start, q.end) for q in quotations(g.body)]
    return sorted(
        [*kept, *spot_pronouns(g, kept, codebook.cue_classes, quoted)], key=lambda s: (s.first, s.end)
    )


def governments(codebook: Codebook) -> dict[str, str]:
    """Return the names that can stand for a government, lower case, with the government's name.

    The codebook's actors of kind government come first; countries and capitals it does not list are the
    "Government of" their country.
    """
    out = {}
    for row in table("governments"):
        for name in (row["country"], row["capital"], *row["also"].split("|")):
            if name:
                article = "the " if _WITH_ARTICLE.search(row["country"]) else ""
                out[name.lower()] = f"Government of {article}{row['country']}"
    for actor in codebook.actors:
        if actor.kind == "government" or actor.source_class == "international":
            for alias in (actor.name, *actor.aliases):
                out[bare(alias).lower()] = actor.name
    return out


def _aliases(codebook: Codebook) -> dict[str, list[tuple[str, ...]]]:
    """Index the codebook's names by their first word, longest first."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for actor in codebook.actors:
        for alias in (actor.name, *actor.aliases):
            words = tuple(bare(alias).lower().replace("’s", " ’s").replace("'s", " 's").split())
            if words:
                out.setdefault(words[0], []).append(words)
    return {first: sorted(set(names), key=lambda w: (-len(w), w)) for first, names in sorted(out.items())}


def _codebook_spots(
    g: Grammar,
    codebook: Codebook,
    aliases: Mapping[str, Sequence[tuple[str, ...]]],
    capitals: Mapping[str, str],
) -> list[Spot]:
    """Find the codebook's names in the text; a single word that may be a place is left to the metonymy rules."""
    plain = [word.replace("’", "'") for word in g.lower]
    out = []
    for i, word in enumerate(plain):
        for names in aliases.get(word, ()):
            names_plain = tuple(name.replace("’", "'") for name in names)
            end = i + len(names)
            if tuple(plain[i:end]) != names_plain:
                continue
            if not any(text[:1].isupper() for text in g.text[i:end]):
                continue
            actor = codebook.actor_of(g.span(i, end))
            if actor is None:
                continue
            whole = " ".join(names)
            if actor.kind != "organisation" and whole in capitals and not _says_government(names):
                continue
            if actor.kind == "group" and len(names) == 1 and g.tag[i] not in {"NNS", "NNPS"}:
                continue
            if actor.kind == "person" and len(names) == 1 and not g.text[i][:1].isupper():
                continue
            out.append(Spot(i, end, actor.kind, "codebook", actor.name))
            break
    return out


def _says_government(words: Sequence[str]) -> bool:
    """Say whether a government's name cannot be read as a place: "Kremlin", "Turkish government"."""
    return " ".join(words) in {"kremlin", "white house", "downing street"} or (
        len(words) > 1 and words[-1] in {"government", "officials", "administration", "authorities"}
    )


def _places_by_article(places: pl.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """Character spans of the places layer by article, demonyms left out."""
    out: dict[str, list[tuple[int, int]]] = {}
    if not places.height:
        return out
    kept = places.filter(~pl.col("kind").fill_null("").is_in(sorted(_PLACE_KINDS_NOT_PLACES)))
    for article, start, end in kept.select("article_id", "start", "end").iter_rows():
        out.setdefault(article, []).append((start, end))
    return {article: sorted(spans) for article, spans in out.items()}


def _rows(article_id: str, g: Grammar, spots: Sequence[Spot]) -> list[dict[str, Any]]:
    quoted = [(q.start, q.end) for q in quotations(g.body)]
    rows = []
    for spot in spots:
        start, end = surface(g, spot)
        rows.append(
            {
                "article_id": article_id,
                "start": start,
                "end": end,
                "surface": g.body[start:end],
                "kind": spot.kind,
                "actor": spot.actor or bare(g.body[start:end]),
                "role": spot.role,
                "rule": spot.rule,
                "sentence": g.sentence[spot.first],
                "quoted": any(first <= start and end <= last for first, last in quoted),
            }
        )
    return rows
