"""Mentions without a language model: the codebook's names, names by evidence, groups, acting governments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from analysis.actors.localnames import choose
from analysis.actors.mentions import governments as government_names
from analysis.actors.names import bare
from analysis.actors.resolved import codebook_roles
from analysis.actors.rules.asked import Asked, asked
from analysis.actors.rules.found import Found, as_table, spans_of, without_overlap
from analysis.actors.rules.groups import Finder, finder, governments, groups, lean
from analysis.actors.rules.marks import Spans, marks_in
from analysis.actors.rules.naming import acronyms, named
from analysis.actors.rules.offices import pronouns, roles, with_roles
from analysis.actors.rules.pages import Pages, pages_of
from analysis.schemas import conform, table
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from analysis.codebook import Codebook

# articles read at a time: enough that what they share is looked up once, and few enough for the memory of any machine
_TOGETHER = 64
_COLUMNS = tuple(column.name for column in table("mentions").columns)


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
    parts = [
        _mentions_of(pages_of(texts[first : first + _TOGETHER]), places, codebook)
        for first in range(0, len(texts), _TOGETHER)
    ]
    return conform(pl.concat(parts) if parts else [], "mentions")


def _mentions_of(pages: Pages, places: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Find the mentions of some articles, with their local names."""
    ask = asked(codebook)
    aliases, capitals = _known(codebook)
    spots = pages.placed(places).select("start", "end", "kind").rows()
    real = [spot for spot in spots if spot[2] != "demonym"]
    found = named(pages, Spans.of(spot[:2] for spot in real))
    if aliases.meanings:
        found = without_overlap(pl.concat([as_table(_listed(pages, ask, aliases, capitals)), found]))
    found = with_roles(pages, found)
    taken = spans_of(found)
    others = [
        *governments(pages.text, real, taken, capitals),
        *groups(pages.text, taken, [spot[:2] for spot in spots if spot[2] == "demonym"]),
    ]
    found = _local(pages, without_overlap(pl.concat([found, as_table(others)])), ask)
    marks = _marks(pages)
    resolved = [
        *roles(pages, found, ask, _holders(codebook)),
        *pronouns(pages, found, marks, codebook),
    ]
    found = pl.concat([found, as_table(resolved)]).sort("start", "end", maintain_order=True)
    return _layer(pages, found, marks)


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


def _marks(pages: Pages) -> Spans:
    """Find the quotations of some articles."""
    starts: list[int] = []
    ends: list[int] = []
    for text, begin in zip(pages.texts, pages.begins.tolist(), strict=True):
        marks = marks_in(text.body)
        starts += [start + begin for start in marks.starts]
        ends += [end + begin for end in marks.ends]
    return Spans(starts, ends)


def _listed(pages: Pages, ask: Asked, aliases: Finder, capitals: Mapping[str, str]) -> list[Found]:
    """Find the codebook's names; a single word that may be a place is left to the rules for governments."""
    out = []
    for start, end, _, kind in aliases.find(pages.lowered):
        surface = pages.text[start:end]
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


def _local(pages: Pages, found: pl.DataFrame, ask: Asked) -> pl.DataFrame:
    """Name each mention by the article's fullest form, or by the codebook where it lists one."""
    kinds, actors = found["kind"].to_list(), found["actor"].to_list()
    sure = (found["rule"] == "codebook").to_list()
    written = [lean(surface) for surface in pages.slices(found["start"].to_numpy(), found["end"].to_numpy())]
    expanded = acronyms(pages, found)
    bounds = np.searchsorted(found["start"].to_numpy(), [*pages.begins, len(pages.text)]).tolist()
    for article, (first, last) in enumerate(pairwise(bounds)):
        names = list(zip(written[first:last], kinds[first:last], strict=True))
        chosen = choose(list(dict.fromkeys(names)), expanded.get(article, {}))
        for n, (name, kind) in enumerate(names, first):
            local = chosen.get((name, kind)) or actors[n] or name
            actor, kinds[n] = ask.named(name, local, kind, sure[n])
            actors[n] = actor or name
    return found.with_columns(
        pl.Series("kind", kinds, dtype=pl.String), pl.Series("actor", actors, dtype=pl.String)
    )


@lru_cache(maxsize=4)
def _holders(codebook: Codebook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return codebook_roles(codebook)


def _layer(pages: Pages, found: pl.DataFrame, marks: Spans) -> pl.DataFrame:
    """Write mentions as the layer has them, their places counted from the beginning of each article."""
    start, end = found["start"].to_numpy(), found["end"].to_numpy()
    article = pages.article(start)
    quotation = np.searchsorted(np.array(marks.starts, dtype=np.int64), start, side="right")
    stops = np.array([-1, *marks.ends], dtype=np.int64)
    ids = pl.Series([text.article_id for text in pages.texts], dtype=pl.String)
    return found.with_columns(
        article_id=ids.gather(article),
        start=start - pages.begins[article],
        end=end - pages.begins[article],
        surface=pl.Series(pages.slices(start, end), dtype=pl.String),
        sentence=pages.sentence(start),
        quoted=start < stops[quotation],
    ).select(_COLUMNS)
