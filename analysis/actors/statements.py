"""Statements: who is quoted or paraphrased, in what form, introduced by which verb."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.attributions import find, nominal
from analysis.actors.grammar import Grammar, grammar
from analysis.actors.labelled import labelled
from analysis.actors.quotation import Quotation, quotations
from analysis.actors.sources import Known, class_of_words, hedges, relay, source_of_statement, verification
from analysis.actors.spans import NESTED, NOT_REPORTED, Attribution, cue_of
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
        part = by_article.get(parse.article_id, empty).sort("start")
        known = [
            Known(*row) for row in part.select("start", "end", "actor", "kind", "role", "rule").iter_rows()
        ]
        rows.extend({"article_id": parse.article_id, **row} for row in _article(g, known, codebook))
    return conform(rows, "statements")


def statements_once(statements: pl.DataFrame) -> pl.DataFrame:
    """Keep one row a statement, the first piece, of what sources told the outlet.

    Left out are what quoted speakers report in turn, stances (somebody backs a plan, attacks a rival) and what is only
    imagined, asked for or refused: wider attributions that the layer keeps, but that are no words passed on.

    Parameters
    ----------
    statements : polars.DataFrame
        Layer ``statements``.

    Returns
    -------
    polars.DataFrame
        What to count when statements are counted.
    """
    rule = pl.col("rule").fill_null("")
    return (
        statements.filter(~pl.any_horizontal(*(rule.str.starts_with(start) for start in NOT_REPORTED)))
        .sort("article_id", "statement", "start")
        .unique(["article_id", "statement"], keep="first", maintain_order=True)
    )


def _article(g: Grammar, known: Sequence[Known], codebook: Codebook) -> list[dict[str, Any]]:
    turns = [Quotation(*turn.content) for turn in labelled(g.body)]
    marks = sorted([*quotations(g.body), *turns], key=lambda q: q.start)
    found = find(g, codebook.cue_classes)
    classes = nominal(codebook.cue_classes)
    roles = _roles(known, codebook)
    out = []
    for number, a in enumerate(found):
        source = source_of_statement(g, a, known, codebook, roles)
        cue = cue_of(g, a.cue_token, codebook.cue_classes) if a.cue_token >= 0 else ""
        lemma = cue or (g.lemma[a.cue_token].lower() if a.cue_token >= 0 else "")
        lemma = "according to" if lemma in {"accord", "according"} else lemma
        first = _sentence(g, a.content[0][0])
        last = max(_sentence(g, a.content[-1][1] - 1), g.sentence[a.cue_token] if a.cue_token >= 0 else 0)
        shared = {
            "statement": number,
            "source_start": a.source[0] if a.source else None,
            "source_end": a.source[1] if a.source else None,
            "source": g.body[a.source[0] : a.source[1]] if a.source else "",
            "actor": source.actor,
            "source_class": source.source_class,
            "explicitness": source.explicitness,
            "cue_start": a.cue[0] if a.cue else None,
            "cue_end": a.cue[1] if a.cue else None,
            "cue": lemma,
            "cue_class": classes.get(lemma, ""),
            "form": _form(g, a, marks),
            "side": source.side,
            "relay": relay(g, a, found, known, codebook),
            "hedge": hedges(g, a.cue_token),
            "verification": verification(g, range(first, last + 2)),
            "rule": NESTED + a.rule if _nested(a, marks) else a.rule,
        }
        out += [
            {
                **shared,
                "start": start,
                "end": end,
                "surface": g.body[start:end],
                "sentence": _sentence(g, start),
            }
            for start, end in a.content
        ]
    return out


def _roles(known: Sequence[Known], codebook: Codebook) -> dict[str, str]:
    """Give each actor the first role of the article that tells a class: "President Berg", not "Mr. Berg" behind it."""
    out: dict[str, str] = {}
    for m in known:
        if m.role and class_of_words(out.get(m.actor, "").lower(), codebook) in {"", "other"}:
            out[m.actor] = m.role
    return out


def _form(g: Grammar, a: Attribution, marks: Sequence[Quotation]) -> str:
    """Say how much stands in quotation marks: all of it and at least five words, a part, or nothing."""
    total = sum(end - start for start, end in a.content)
    quoted = sum(
        max(0, min(end, q.end) - max(start, q.start))
        for start, end in a.content
        for q in marks
        if q.start < end
    )
    if quoted < 3:
        return "indirect"
    words = sum(len(g.body[start:end].split()) for start, end in a.content)
    return "direct" if quoted >= 0.85 * total and words >= 5 else "partial"


def _nested(a: Attribution, marks: Sequence[Quotation]) -> bool:
    return a.cue is not None and any(q.start < a.cue[0] and a.cue[1] < q.end for q in marks)


def _sentence(g: Grammar, at: int) -> int:
    return g.sentence[max(bisect_right(g.start, at) - 1, 0)] if len(g) else 0
