"""The quantities ledger: every number claim with what is counted, who says so, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.schemas import conform
from analysis.stories import beside, labelled, lexicons
from analysis.stories.counted import Counted, counted_by
from analysis.stories.implausible import flag_article
from analysis.stories.numbers import Number, find_numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from analysis.language import Parse

# "one" counts only where a thing is counted; these make it a turn of speech
_NOT_ONE = frozenset(
    (
        "day",
        "time",
        "thing",
        "way",
        "hand",
        "side",
        "point",
        "another",
        "other",
        "year",
        "week",
        "month",
        "moment",
    )
)
_OF_TIME = frozenset(("since", "in", "on", "by", "until", "before", "after", "during", "from"))


def annotate_quantities(
    parses: Sequence[Parse], *, places: pl.DataFrame, statements: pl.DataFrame
) -> pl.DataFrame:
    """Find the number claims of parsed articles.

    Dates, times, ages, ordinals, calibres and numbers that are part of a name claim nothing and are left out.

    Parameters
    ----------
    parses : sequence of Parse
        Parsed articles.
    places : polars.DataFrame
        Their ``places`` layer.
    statements : polars.DataFrame
        Their ``statements`` layer; a number inside a statement is claimed by its source.

    Returns
    -------
    polars.DataFrame
        Layer ``quantities``. A value that the words leave open ("dozens of") has no ``high``.
    """
    rows: list[dict[str, Any]] = []
    said = beside.by_article(statements, ["start", "end", "actor", "source", "cue", "hedge"])
    where = beside.by_article(places, ["start", "end", "place", "surface", "role", "kind", "sentence"])
    for parse in parses:
        found = _article(parse, said.get(parse.article_id, []), where.get(parse.article_id, []))
        rows.extend(flag_article(found))
    return conform(rows, "quantities")


def _article(
    parse: Parse, said: Sequence[dict[str, Any]], where: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    body, rows = parse.body, list[dict[str, Any]]()
    sentences = parse.sentences
    texts = [sentence.text for sentence in sentences]
    for position, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
        if not any(letter.isdigit() for letter in text) and not beside.has_number_word(text):
            continue
        for number in find_numbers(text):
            row = _claim(parse.doc, sentence, number)
            if row is None:
                continue
            start, end = sentence.start_char + number.start, sentence.start_char + number.end
            source = beside.source_of(said, start, end, text[: number.start])
            clause = (source["start"], source["end"]) if source["cue"] else None
            row.update(
                {
                    "article_id": parse.article_id,
                    "start": start,
                    "end": end,
                    "surface": body[start:end],
                    "claimant": beside.claimant(said, source),
                    "cue": source["cue"] or "",
                    "hedge": source["hedge"] or beside.hedge(text),
                    "verified": beside.verification(texts, position),
                    "place": beside.place_beside(where, position, (start, end), text, sentence.start_char),
                    "when": _when(sentence, start, end, clause),
                    "sentence": position,
                }
            )
            rows.append(row)
    return beside.fill_ellipsis(rows)


def _claim(doc: Doc, sentence: Span, number: Number) -> dict[str, Any] | None:
    """Read what a number counts, or say that it counts nothing."""
    text = sentence.text
    before, after = text[: number.start], text[number.end :]
    if labelled.is_designation(before, after):
        return None
    unit, reach = (number.unit, 0) if number.unit else beside.unit_behind(after)
    kind = lexicons.kinds()[unit].kind if unit in lexicons.kinds() else ""
    if kind == "calibre":
        return None
    span = doc.char_span(
        sentence.start_char + number.start, sentence.start_char + number.end, alignment_mode="expand"
    )
    if span is None:
        return None
    if not unit and labelled.is_label(text, number, named=_follows_name(span)):
        return None
    if kind == "time" and labelled.is_moment(before, after[reach:]):
        return None
    counted = counted_by(span, kind=kind, after=after[reach:])
    limit = beside.qualifier(before, after)
    if limit == "more than" and not kind and _is_preposition(span):
        limit = ""
    one = not unit and number.spelt and number.low == 1 == number.high
    if one and (after.startswith(" of ") or not (_counts_one(counted) and (limit or _is_subject(span)))):
        return None
    if not unit and not counted.text and not number.ranged and number.spelt and number.low <= 12:
        return None
    if kind == "time" and not counted.text and not labelled.is_stated(before):
        return None
    if not unit and number.ranged and number.spelt and not counted.head_follows:
        unit = "ratio"
    return {
        "low": number.low,
        "high": number.high,
        "unit": beside.with_rate(unit, after[reach:]),
        "counted": counted.text,
        "qualifier": limit,
    }


def _is_preposition(span: Span) -> bool:
    """Tell "presided over two meetings" from "killed over 20 people"."""
    previous = span[0].nbor(-1) if span.start > span.sent.start else None
    return previous is not None and previous.lower_ == "over" and previous.dep_ == "prep"


def _is_subject(span: Span) -> bool:
    """Tell "one drone came down" from "a poll found one reason"; what was done to those counted tells, too."""
    noun = span.root.head if span.root.dep_ in ("nummod", "amod", "compound") else span.root
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return True
    return noun.dep_ in ("dobj", "conj") and noun.head.lemma_ in lexicons.states()


def _follows_name(span: Span) -> bool:
    """Say whether the word before a number is a name: "Route 90"."""
    previous = span[0].nbor(-1) if span.start > span.sent.start else None
    return previous is not None and previous.pos_ == "PROPN" and previous.text[0].isupper()


def _counts_one(counted: Counted) -> bool:
    return counted.head_follows and bool(counted.head) and counted.head not in _NOT_ONE


def _when(sentence: Span, start: int, end: int, clause: tuple[int, int] | None) -> str:
    """Find the date beside a number; in a statement, one inside it before the day on which it was made."""
    text, offset = sentence.text, sentence.start_char
    event = beside.event_behind(text[end - offset :])
    if event:
        return event
    dates = [
        ent
        for ent in sentence.ents
        if ent.label_ == "DATE"
        and not (ent.start_char < end and start < ent.end_char)
        and _is_date(ent)
        and beside.in_one_clause(text[min(end, ent.end_char) - offset : max(start, ent.start_char) - offset])
    ]
    if clause is not None:  # the day on which a thing was said is not the day on which it was so
        dates = [ent for ent in dates if clause[0] <= ent.start_char < clause[1]]
    if not dates:
        return ""
    best = min(dates, key=lambda ent: (abs(ent.start_char - start), ent.start_char))
    before = best[0].nbor(-1) if best.start > sentence.start else None
    return f"{before.text} {best.text}" if before is not None and before.lower_ in _OF_TIME else best.text


_LENGTH = re.compile(
    r"(?:(?:about|around|nearly|almost|some|more than|less than|over|just over|at least|up to|the|a|an|every|each|my|our|his|her|"
    r"their|these|those|more|full|several|few|many|recent)\s+)*(?:[\d.,]+[\s-]*|\w+[\s-]+)?(?:year|month|week|day|decade|night|hour)s?",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:ago|last|past|earlier|later|this|next|previous|before|after|yesterday|today|same|since)\b",
    re.IGNORECASE,
)
_NAMES_TIME = re.compile(
    r"(?:19|20)\d\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|sept|oct|nov|dec)(?:[a-z]*|\.)\b|day|night|week|month|year|decade|"
    r"centur|spring|summer|autumn|\bfall\b|winter|morning|evening|today|ago|hour",
    re.IGNORECASE,
)


def _is_date(ent: Span) -> bool:
    """Tell a date from a length of time, from an age, and from a year that is part of a name: "the 2016 race"."""
    if not _NAMES_TIME.search(ent.text):
        return False
    if _LENGTH.fullmatch(ent.text) and not _PLACED.search(ent.text):
        return False
    root = ent.root
    names = root.dep_ in ("compound", "amod", "nummod", "nmod", "poss") and root.head.i >= ent.end
    return not (names and root.head.pos_ in ("NOUN", "PROPN"))
