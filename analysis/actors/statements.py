"""Statements: who is quoted or paraphrased, in what form, introduced by which verb."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.attributions import Attribution, find
from analysis.actors.grammar import Grammar, grammar
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.language import Parse


def annotate_statements(
    parses: Sequence[Parse], *, mentions: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find the attributed statements of parsed articles.

    Parameters
    ----------
    parses : sequence of Parse
        Parsed articles.
    mentions : polars.DataFrame
        Their ``mentions`` layer; the source's actor is the mention at the source's head.
    codebook : Codebook
        Reporting verbs with their classes, sides and source classes.

    Returns
    -------
    polars.DataFrame
        Layer ``statements``. A statement whose content is broken ("We stay," she said, "and fight.") has one row a
        piece, all with the same number; count statements by ``article_id`` and ``statement``.
    """
    rows: list[dict[str, Any]] = []
    by_article = {key[0]: part for key, part in mentions.partition_by("article_id", as_dict=True).items()}
    empty = mentions.head(0)
    for parse in parses:
        g = grammar(parse)
        known = by_article.get(parse.article_id, empty).select("start", "end", "actor", "kind", "role").rows()
        for number, a in enumerate(find(g, codebook.cue_classes)):
            shared = _row(g, a, known, codebook)
            for start, end in a.content:
                piece = {
                    "start": start,
                    "end": end,
                    "surface": g.body[start:end],
                    "sentence": _sentence(g, start),
                }
                rows.append({"article_id": parse.article_id, "statement": number, **shared, **piece})
    return conform(rows, "statements")


def _row(g: Grammar, a: Attribution, known: Sequence[tuple[Any, ...]], codebook: Codebook) -> dict[str, Any]:
    actor = ""
    if a.source is not None and a.source_token >= 0:
        at = g.start[a.source_token]
        hits = [m for m in known if m[0] <= at < m[1]] or [
            m for m in known if a.source[0] <= m[0] and m[1] <= a.source[1]
        ]
        actor = hits[0][2] if hits else ""
    listed = codebook.actor_of(actor) if actor else None
    lemma = g.lemma[a.cue_token].lower() if a.cue_token >= 0 else ""
    lemma = "according to" if lemma in {"accord", "according"} else lemma
    return {
        "source_start": a.source[0] if a.source else None,
        "source_end": a.source[1] if a.source else None,
        "source": g.body[a.source[0] : a.source[1]] if a.source else "",
        "actor": actor,
        "source_class": (listed.source_class if listed else "") or "other",
        "explicitness": "named" if actor else "anonymous",
        "cue_start": a.cue[0] if a.cue else None,
        "cue_end": a.cue[1] if a.cue else None,
        "cue": lemma,
        "cue_class": codebook.cue_classes.get(lemma, "neutral"),
        "form": a.form,
        "side": listed.side if listed else "",
        "relay": "",
        "hedge": "",
        "verification": "",
        "rule": a.rule,
    }


def _sentence(g: Grammar, start: int) -> int:
    for number, (first, end) in enumerate(g.bounds):
        if g.start[first] <= start < g.end[end - 1]:
            return number
    return 0
