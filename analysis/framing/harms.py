"""The harms layer: harm events with their voice, doer, victim and sides (AGY1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.codebook import Codebook
from analysis.framing.attribution import Voices, phrase
from analysis.framing.events import harm_events
from analysis.language import Parse
from analysis.schemas import conform

if TYPE_CHECKING:
    from spacy.tokens import Token


def annotate_harms(
    parses: Sequence[Parse], *, mentions: pl.DataFrame, statements: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find harm events and the voice they are told in.

    Parameters
    ----------
    parses : sequence of Parse
        The articles.
    mentions : polars.DataFrame
        The mentions layer: whom a doer or victim stands for.
    statements : polars.DataFrame
        The statements layer: what is somebody's speech.
    codebook : Codebook
        Its harm words, and the sides of its actors.

    Returns
    -------
    polars.DataFrame
        The ``harms`` layer.

    Notes
    -----
    The seven voices are our definition, after the finding that audits of the passive mistake intransitives for it
    (Pullum, 2003). A weapon that carries its owner's name ("Russian missiles") names the doer.
    """
    named = {key[0]: rows for key, rows in mentions.partition_by("article_id", as_dict=True).items()}
    spoken = {key[0]: rows for key, rows in statements.partition_by("article_id", as_dict=True).items()}
    rows = [
        row
        for parse in parses
        for row in _rows(
            parse,
            named.get(parse.article_id),
            Voices.of(parse, spoken.get(parse.article_id), codebook),
            codebook,
        )
    ]
    return conform(rows, "harms").sort("article_id", "start", "end")


def _rows(
    parse: Parse, mentions: pl.DataFrame | None, voices: Voices, codebook: Codebook
) -> Iterator[Mapping[str, Any]]:
    known = [] if mentions is None else mentions.sort("start", "end").to_dicts()
    spans = [(row["start"], row["end"]) for row in known]
    for event in harm_events(parse.doc, codebook, is_actor=spans):
        start, end = event.first.idx, event.last.idx + len(event.last.text)
        voice = voices.at(start, end, parse.doc[event.first.i : event.last.i + 1])
        yield {
            "article_id": parse.article_id,
            "start": start,
            "end": end,
            "surface": parse.body[start:end],
            "event": event.lemma,
            "voice": event.voice,
            "agent": _written(event.agent),
            "agent_side": side_of(event.agent, known, codebook),
            "victim": _written(event.victim),
            "victim_side": side_of(event.victim, known, codebook),
            "quoted": voice.voice != "own",
            "rule": event.rule,
            "sentence": voices.sentence(start),
        }


def _written(token: Token | None) -> str:
    return "" if token is None else phrase(token)


def side_of(token: Token | None, mentions: Sequence[Mapping[str, Any]], codebook: Codebook) -> str:
    """Give the side of whom a noun phrase stands for: its actor's in the codebook, else its modifiers'.

    Parameters
    ----------
    token : spacy Token or None
        Head of the phrase.
    mentions : sequence of mappings
        The article's mentions.
    codebook : Codebook
        Whose sides are meant. A side never comes from the tone of the text.
    """
    if token is None:
        return ""
    side = codebook.side_of(phrase(token))
    if side:
        return side
    words = [
        token,
        *(child for child in token.children if child.dep_ in {"amod", "compound", "poss", "nmod"}),
    ]
    for word in words:
        for row in mentions:
            if row["start"] <= word.idx < row["end"]:
                side = codebook.side_of(row["actor"] or row["surface"]) or codebook.side_of(row["surface"])
                if side:
                    return side
        side = codebook.side_of(word.text)
        if side:
            return side
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in {"of", "from"}:
            for noun in prep.children:
                if noun.dep_ == "pobj":
                    return side_of(noun, mentions, codebook)
    return ""
