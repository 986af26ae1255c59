"""The harms layer: harm events with their voice, doer, victim and sides (AGY1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.codebook import Codebook
from analysis.framing import grammar
from analysis.framing.attribution import Voices, phrase
from analysis.framing.events import Event, harm_events
from analysis.language import Parse
from analysis.schemas import conform

if TYPE_CHECKING:
    from spacy.tokens import Token


# those who fight are on the side they fight for, wherever they are
_ARMED = frozenset(
    {"soldier", "troop", "fighter", "force", "serviceman", "commander", "general", "officer", "colonel", "battalion",
     "brigade", "unit", "militant", "mercenary", "sniper", "gunner", "marine", "paratrooper", "conscript", "convoy",
     "column", "tank", "invader", "occupier", "rebel", "prisoner", "army", "military", "crew", "pilot"}
)  # fmt: skip
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_WHERE = frozenset({"in", "at", "near", "of", "from", "on", "outside", "inside", "across", "over", "around"})


def annotate_harms(
    parses: Sequence[Parse],
    *,
    mentions: pl.DataFrame,
    statements: pl.DataFrame,
    codebook: Codebook,
    places: pl.DataFrame | None = None,
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
        Its harm words, the sides of its actors, and whose people live where (``control``).
    places : polars.DataFrame, optional
        The places layer: civilians and buildings are on the side whose people live there.

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
    located = {} if places is None else places.partition_by("article_id", as_dict=True)
    spoken = {key[0]: rows for key, rows in statements.partition_by("article_id", as_dict=True).items()}
    rows = [
        row
        for parse in parses
        for row in _rows(
            parse,
            named.get(parse.article_id),
            located.get((parse.article_id,)),
            Voices.of(parse, spoken.get(parse.article_id), codebook),
            codebook,
        )
    ]
    return conform(rows, "harms").sort("article_id", "start", "end")


def _rows(
    parse: Parse,
    mentions: pl.DataFrame | None,
    places: pl.DataFrame | None,
    voices: Voices,
    codebook: Codebook,
) -> Iterator[Mapping[str, Any]]:
    held = _held(places, codebook)
    known = [] if mentions is None else mentions.sort("start", "end").to_dicts()
    # "rebels" is a mention and nobody in particular; "Akhmat fighters" is a group one can name
    spans = [
        (row["start"], row["end"])
        for row in known
        if row["kind"] != "group" or codebook.actor_of(row["actor"] or row["surface"]) is not None
    ]
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
            "victim_side": side_of(event.victim, known, codebook) or _side_there(event, held),
            "quoted": voice.voice != "own",
            "rule": event.rule,
            "sentence": voices.sentence(start),
        }


def _written(token: Token | None) -> str:
    return "" if token is None else _POSSESSIVE.sub("", phrase(token))


def _held(places: pl.DataFrame | None, codebook: Codebook) -> dict[int, str]:
    """Give the side whose people live in each place, by where its name begins."""
    if places is None or not codebook.control:
        return {}
    rows = places.select("start", "place", "region", "country").iter_rows()
    found = {start: codebook.side_in(*(name or "" for name in names)) for start, *names in rows}
    return {start: side for start, side in found.items() if side}


def _side_there(event: Event, held: Mapping[int, str]) -> str:
    """Give the side of the place that those harmed are of, or else of the place that the event is put in."""
    victim = event.victim
    if not held or (victim is not None and victim.lemma_.lower() in _ARMED):
        return ""
    # "the strike on Dnipro killed a family": the doer is itself an event with a place
    doer = event.agent if event.agent is not None and grammar.children(event.agent, "prep") else None
    for token in (victim, event.last, event.first, doer):
        for place in [] if token is None else _places_of(token):
            if place.idx in held:
                return held[place.idx]
    return ""


def _places_of(token: Token) -> Iterator[Token]:
    """Give the tokens that may name where a noun is from or a verb takes place, nearest first."""
    yield token
    around = [
        child for child in token.children if child.dep_ in {"compound", "amod", "poss", "nmod", "appos"}
    ]
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in _WHERE:
            around += [noun for noun in prep.children if noun.dep_ == "pobj"]
    for noun in around:
        yield from _places_of(noun)


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
