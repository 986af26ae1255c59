"""The quantities ledger: every number claim with what is counted, who says so, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.schemas import conform
from analysis.stories import lexicons
from analysis.stories.counted import Counted, counted_by
from analysis.stories.implausible import flag_article
from analysis.stories.numbers import Number, find_numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from analysis.language import Parse

_MONTHS = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_AFTER_MONTH = re.compile(rf"\b{_MONTHS}\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE_MONTH = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}(?![a-z])", re.IGNORECASE)
_DESIGNATION = re.compile(
    r"^[-–‑]?(?:st|nd|rd|th)\b|^[-–‑](?!to\b)[A-Za-z]|^\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|GMT|BST)(?![a-z])"
)
_AGE = re.compile(r"^\s*,\s|^\s*$|^\)")
_SINCE = re.compile(
    r"^\s+(?:ago|earlier|later|before|after|since|old|prior|into|away\s+from\s+now|on)\b", re.IGNORECASE
)
_SPAN_OF_TIME = re.compile(
    r"\b(?:for|past|last|next|within|in|after|previous|recent|every|nearly|almost|about|first|these|than|over|couple of|"
    r"of|coming|another|second|third)\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RATE = re.compile(
    r"^\s+(?:rounds?\s+|people\s+|\w+\s+)?(?:per|a|an|each|every)\s+(day|week|month|year|hour|night)\b",
    re.IGNORECASE,
)
_DAILY = re.compile(r"^[\w\s]{0,24}?\b(daily|monthly|annually|weekly)\b", re.IGNORECASE)
_CLOSING = re.compile(r"^\s+(or more|or so)\b", re.IGNORECASE)
_UNVERIFIED = re.compile(
    r"\b(?:(?:could|can|can|has|have|was|were|is|are)\s*(?:not|n['’]t)|cannot|unable to|impossible to|neither[\w\s]{1,24}could|"
    r"no independent(?:ly)?)\b(?:\s+(?:be|been|immediately|independently|yet))*\s+(?:verif|confirm|check|corroborat)\w*",
    re.IGNORECASE,
)
_OF_CLAIMS = re.compile(
    r"\b(?:claims?|figures?|numbers?|reports?|accounts?|tolls?|it|this|that|they|these)\b", re.IGNORECASE
)
_HEDGE = re.compile(
    r"\b(?:now said to|reportedly|allegedly|apparently|perhaps|maybe|possibly|probably|supposedly|(?:is|are|was|were) (?:thought|believed|estimated|expected) to|an estimated|estimates?)\b",
    re.IGNORECASE,
)
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
_NO_SOURCE = {"start": -1, "end": -1, "actor": "", "source": "", "cue": "", "hedge": ""}
_OF_TIME = frozenset(("since", "in", "on", "by", "until", "before", "after", "during", "from"))
_PRONOUNS = frozenset(("he", "she", "they", "it"))


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
    said = _by_article(statements, ["start", "end", "actor", "source", "cue", "hedge"])
    where = _by_article(places, ["start", "end", "place", "surface", "role", "sentence"])
    for parse in parses:
        found = _article(parse, said.get(parse.article_id, []), where.get(parse.article_id, []))
        rows.extend(flag_article(found))
    return conform(rows, "quantities")


def _by_article(frame: pl.DataFrame, columns: list[str]) -> dict[str, list[dict[str, Any]]]:
    wanted = frame.select("article_id", *columns).sort("article_id", "start", "end")
    return {
        str(key[0]): part.to_dicts() for key, part in wanted.partition_by("article_id", as_dict=True).items()
    }


def _article(
    parse: Parse, said: Sequence[dict[str, Any]], where: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    body, rows = parse.body, list[dict[str, Any]]()
    sentences = parse.sentences
    for position, sentence in enumerate(sentences):
        text = sentence.text
        if not any(letter.isdigit() for letter in text) and not _has_number_word(text):
            continue
        for number in find_numbers(text):
            row = _claim(parse.doc, sentence, number)
            if row is None:
                continue
            start, end = sentence.start_char + number.start, sentence.start_char + number.end
            source = _source(said, start, end)
            clause = (source["start"], source["end"]) if source["cue"] else None
            row.update(
                {
                    "article_id": parse.article_id,
                    "start": start,
                    "end": end,
                    "surface": body[start:end],
                    "claimant": _claimant(said, source),
                    "cue": source["cue"] or "",
                    "hedge": source["hedge"] or _first(_HEDGE, text),
                    "verified": _verification(sentences, position),
                    "place": _place(where, position, start),
                    "when": _when(sentence, start, end, clause),
                    "sentence": position,
                }
            )
            rows.append(row)
    return _fill_ellipsis(rows)


_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|fifth|scores|one)\b",
    re.IGNORECASE,
)


def _has_number_word(text: str) -> bool:
    return _NUMBER_WORD.search(text) is not None


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _claim(doc: Doc, sentence: Span, number: Number) -> dict[str, Any] | None:
    """Read what a number counts, or say that it counts nothing."""
    text = sentence.text
    before, after = text[: number.start], text[number.end :]
    if _DESIGNATION.match(after) or _AFTER_MONTH.search(before) or _BEFORE_MONTH.match(after):
        return None
    unit, reach = (number.unit, 0) if number.unit else _unit(after)
    kind = lexicons.kinds()[unit].kind if unit else ""
    if kind == "calibre":
        return None
    span = doc.char_span(
        sentence.start_char + number.start, sentence.start_char + number.end, alignment_mode="expand"
    )
    if span is None:
        return None
    if not unit and _is_label(text, number, span):
        return None
    if (
        kind == "time"
        and (_SINCE.match(after[reach:]) or _SPAN_OF_TIME.search(before))
        and not _stated(before)
    ):
        return None
    counted = counted_by(span, kind=kind, after=after[reach:])
    if (
        not unit
        and number.spelt
        and number.low == 1 == number.high
        and (after.startswith(" of ") or not _counts_one(counted))
    ):
        return None
    if not unit and not counted.text and not number.ranged and number.spelt and number.low <= 12:
        return None
    if kind == "time" and not counted.text and not _stated(before):
        return None
    rate = _RATE.match(after[reach:]) or _DAILY.match(after[reach:])
    if not unit and number.ranged and number.spelt and not counted.head_follows:
        unit = "ratio"
    return {
        "low": number.low,
        "high": number.high,
        "unit": f"{unit} per {_per(rate[1])}".strip() if rate else unit,
        "counted": counted.text,
        "qualifier": _qualifier(before, after),
    }


def _per(word: str) -> str:
    return {"daily": "day", "monthly": "month", "annually": "year", "weekly": "week"}.get(
        word.lower(), word.lower()
    )


_STATED = re.compile(
    r"\b(?:by|for|to|of|lasts?|lasted|takes?|took|taken|says?|said|was|is)\s*$", re.IGNORECASE
)
_OF_LENGTH = re.compile(
    r"\b(?:exten\w+|last\w*|takes?|took|run|agree\w*|term|renew\w*|prolong\w*|says?|said)\b", re.IGNORECASE
)


def _stated(before: str) -> bool:
    """Tell whether something is said to take, last or be extended by this length of time: then it is a claim."""
    return bool(_STATED.search(before)) and bool(_OF_LENGTH.search(before))


def _is_label(text: str, number: Number, span: Span) -> bool:
    """Years, ages, house and unit numbers, and numbers that follow a name, label a thing and count nothing."""
    before, after, surface = text[: number.start], text[number.end :], text[number.start : number.end]
    plural_follows = re.match(r"\s+(?:[\w-]+\s+){0,2}?[\w-]+s\b", after) is not None
    if _YEAR.fullmatch(surface) and not re.match(r"\s+[a-z]+s\b", after):
        return True
    if re.search(
        r"\b(?:aged?|number|no\.|route|page|chapter|level|article|flight|channel|part|phase|unit)\s*$",
        before,
        re.IGNORECASE,
    ):
        return True
    if (
        _AGE.match(after)
        and re.search(r"[A-Z][\w’'-]+,\s*$", before)
        and not number.ranged
        and number.low < 120
    ):
        return True
    previous = span[0].nbor(-1) if span.start > span.sent.start else None
    return (
        previous is not None
        and previous.pos_ == "PROPN"
        and previous.text[0].isupper()
        and not plural_follows
        and not re.search(r"[,;:(]\s*$", before)
    )


def _counts_one(counted: Counted) -> bool:
    return counted.head_follows and bool(counted.head) and counted.head not in _NOT_ONE


def _unit(after: str) -> tuple[str, int]:
    """Read the unit that follows a number, and how far it reaches."""
    for words in (2, 1):
        match = re.match(rf"[\s-]?((?:[^\W\d]+²?|%)(?:[/ ][^\W\d]+){{{words - 1}}})", after)
        form = match[1].lower() if match else ""
        if match and form in lexicons.units():
            return lexicons.units()[form].name, match.end()
    if re.match(r"m\b", after):
        return "metre", 1
    return "", 0


def _qualifier(before: str, after: str) -> str:
    closing = _CLOSING.match(after)
    if closing:
        return lexicons.qualifiers()[closing[1].lower()]
    words = before.lower().split()
    for length in (3, 2, 1):
        form = " ".join(words[-length:])
        if len(words) >= length and form in lexicons.qualifiers():
            return lexicons.qualifiers()[form]
    return ""


def _source(said: Sequence[dict[str, Any]], start: int, end: int) -> dict[str, Any]:
    around = [row for row in said if row["start"] <= start and end <= row["end"]]
    return min(around, key=lambda row: row["end"] - row["start"], default=_NO_SOURCE)


def _claimant(said: Sequence[dict[str, Any]], source: dict[str, Any]) -> str:
    """Name the source; a pronoun stands for whoever was last named as one."""
    name = str(source["actor"] or source["source"] or "")
    if name.lower() not in _PRONOUNS:
        return name
    earlier = [row for row in said if row["start"] < source["start"] and row["actor"]]
    return str(earlier[-1]["actor"]) if earlier else name


def _verification(sentences: Sequence[Span], position: int) -> str:
    """Take the verification note of the sentence, or of the next one where it speaks of claims."""
    note = _first(_UNVERIFIED, sentences[position].text)
    if not note and position + 1 < len(sentences):
        following = sentences[position + 1].text
        note = _first(_UNVERIFIED, following) if _OF_CLAIMS.search(following) else ""
    return note


def _place(where: Sequence[dict[str, Any]], sentence: int, start: int) -> str:
    near = [row for row in where if row["sentence"] == sentence and row["role"] != "dateline"]
    if not near:
        return ""
    best = min(near, key=lambda row: (abs(row["start"] - start), row["start"]))
    return str(best["place"] or best["surface"])


def _when(sentence: Span, start: int, end: int, clause: tuple[int, int] | None) -> str:
    """Find the date beside a number; in a statement, one inside it before the day on which it was made."""
    dates = [
        ent
        for ent in sentence.ents
        if ent.label_ == "DATE" and not (ent.start_char < end and start < ent.end_char)
    ]
    if clause is not None:
        dates = [ent for ent in dates if clause[0] <= ent.start_char < clause[1]] or dates
    if not dates:
        return ""
    best = min(dates, key=lambda ent: (abs(ent.start_char - start), ent.start_char))
    before = best[0].nbor(-1) if best.start > sentence.start else None
    return f"{before.text} {best.text}" if before is not None and before.lower_ in _OF_TIME else best.text


def _fill_ellipsis(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let a bare number just after one of known unit take over that unit: "Kyiv said 120 days. Moscow said 60."."""
    filled: list[dict[str, Any]] = []
    for row in rows:
        last = filled[-1] if filled else None
        bare = not row["unit"] and not row["counted"]
        if (
            bare
            and last is not None
            and row["sentence"] - last["sentence"] <= 1
            and (last["unit"] or last["counted"])
        ):
            row = {**row, "unit": last["unit"], "counted": last["counted"]}
        filled.append(row)
    return filled
