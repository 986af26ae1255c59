"""Actions: who did what to whom, read from the parse, with negation, modality and attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.grammar import Grammar, grammar
from analysis.actors.mending import mended
from analysis.actors.participants import noun_in_disguise, participants
from analysis.actors.reality import nobody, reality
from analysis.actors.senses import Deed, fits
from analysis.actors.spans import STANCE, source_span
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.language import Parse


def annotate_actions(
    parses: Sequence[Parse], *, mentions: pl.DataFrame, statements: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find who acts on whom.

    A row is a verb of one of the codebook's action classes, or any verb with an actor as its doer or its target.

    Parameters
    ----------
    parses : sequence of Parse
        Parsed articles.
    mentions, statements : polars.DataFrame
        Their layers; doers and targets are actors where a mention stands at their head, and what stands inside a
        statement's content is attributed to its source.
    codebook : Codebook
        Verb classes.

    Returns
    -------
    polars.DataFrame
        Layer ``actions``.
    """
    classes = {lemma: name for name, lemmas in reversed(list(codebook.actions.items())) for lemma in lemmas}
    by_mention = {key[0]: part for key, part in mentions.partition_by("article_id", as_dict=True).items()}
    # who "wants to seize" a bridge states nothing: that is told by the modality of the deed
    voiced = statements.filter(~pl.col("rule").fill_null("").str.starts_with(STANCE))
    by_statement = {key[0]: part for key, part in voiced.partition_by("article_id", as_dict=True).items()}
    rows: list[dict[str, Any]] = []
    for parse in parses:
        g = mended(grammar(parse), codebook.cue_classes)
        known = by_mention.get(parse.article_id, mentions.head(0)).select("start", "end", "actor").rows()
        said = (
            by_statement.get(parse.article_id, statements.head(0))
            .select("start", "end", "actor", "source")
            .rows()
        )
        found = _actions(g, {start: (end, actor) for start, end, actor in known}, said, classes)
        rows.extend({"article_id": parse.article_id, **row} for row in found)
    return conform(rows, "actions")


def _actions(
    g: Grammar,
    known: Mapping[int, tuple[int, str]],
    said: Sequence[tuple[int, int, str, str]],
    classes: Mapping[str, str],
) -> list[dict[str, Any]]:
    actors = _actor_tokens(g, known)
    out = []
    for i, pos in enumerate(g.pos):
        if pos != "VERB" or i in actors:  # "Committee to Protect Journalists" does nothing in its name
            continue
        lemma = _verb(g, i, classes)
        agents, patients, voice = participants(g, i, mutual=classes.get(lemma) == "negotiate")
        named = any(head in actors for head in (*agents, *patients))
        if (lemma not in classes and not named) or not (agents or patients) or noun_in_disguise(g, i):
            continue
        source = next((actor or name for start, end, actor, name in said if start <= g.start[i] < end), "")
        negated, modal = reality(g, i)
        for agent in agents or [-1]:
            for patient in patients or [-1]:
                if agent == patient:
                    continue
                kind = classes.get(lemma, "")
                if kind and not fits(g, Deed(i, lemma, agents, patient, voice, classes, actors)):
                    kind = ""
                if not kind and not named:
                    continue
                out.append(
                    {
                        "start": g.start[i],
                        "end": g.end[i],
                        "verb": lemma,
                        "verb_class": kind,
                        **_participant(g, "agent", agent, actors),
                        **_participant(g, "patient", patient, actors),
                        "voice": voice,
                        "negated": negated or nobody(g, agent) or nobody(g, patient),
                        "modal": modal,
                        "attributed": source,
                        "sentence": g.sentence[i],
                    }
                )
    return out


def _verb(g: Grammar, i: int, classes: Mapping[str, str]) -> str:
    """Return the verb's lemma, with its particle where the codebook lists the pair ("shoot down")."""
    lemma = g.lemma[i].lower()
    for child in g.children[i]:
        if g.dep[child] in {"prt", "prep"} and f"{lemma} {g.lower[child]}" in classes:
            return f"{lemma} {g.lower[child]}"
    return lemma


def _actor_tokens(g: Grammar, known: Mapping[int, tuple[int, str]]) -> dict[int, str]:
    """Map each token of a mention to its actor."""
    out: dict[int, str] = {}
    end, actor = -1, ""
    for i, start in enumerate(g.start):
        if start in known:
            end, actor = known[start]
        if start < end:
            out[i] = actor
    return out


def _participant(g: Grammar, name: str, head: int, actors: Mapping[int, str]) -> dict[str, Any]:
    if head < 0:
        return {f"{name}_start": None, f"{name}_end": None, name: ""}
    start, end = source_span(g, head)
    return {f"{name}_start": start, f"{name}_end": end, name: actors.get(head) or _called(g, head)}


def _called(g: Grammar, head: int) -> str:
    """Name a participant that is no actor: a capitalised name whole, else the head noun's dictionary form."""
    first = head
    while first > 0 and g.pos[head] == "PROPN" and g.pos[first - 1] == "PROPN" and g.head[first - 1] == head:
        first -= 1
    return g.span(first, head + 1) if g.pos[head] == "PROPN" else g.lemma[head]
