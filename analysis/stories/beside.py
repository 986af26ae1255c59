"""What the words beside a number say, read from the text alone: units, dates, turns of speech, sources, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.stories import lexicons
from analysis.stories.numbers import Number

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
_NO_SOURCE = {"start": -1, "end": -1, "actor": "", "source": "", "cue": "", "hedge": ""}
_PRONOUNS = frozenset(("he", "she", "they", "it"))


def by_article(frame: pl.DataFrame, columns: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Give the rows of a layer article by article, in order."""
    wanted = frame.select("article_id", *columns).sort("article_id", "start", "end")
    return {
        str(key[0]): part.to_dicts() for key, part in wanted.partition_by("article_id", as_dict=True).items()
    }


_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|fifth|scores|one)\b",
    re.IGNORECASE,
)


def has_number_word(text: str) -> bool:
    """Say whether a number is written in words."""
    return _NUMBER_WORD.search(text) is not None


def hedge(text: str) -> str:
    """Give the first hedging words of a sentence."""
    match = _HEDGE.search(text)
    return match[0] if match else ""


def is_designation(before: str, after: str) -> bool:
    """Tell dates, times, ordinals and numbers that are part of a name."""
    return bool(_DESIGNATION.match(after) or _AFTER_MONTH.search(before) or _BEFORE_MONTH.match(after))


def is_moment(before: str, after: str) -> bool:
    """Tell a length of time that says when something was, and claims nothing."""
    return bool(_SINCE.match(after) or _SPAN_OF_TIME.search(before)) and not is_stated(before)


def with_rate(unit: str, after: str) -> str:
    """Add to a unit the time that the number holds for: "shells per day"."""
    rate = _RATE.match(after) or _DAILY.match(after)
    return f"{unit} per {_per(rate[1])}".strip() if rate else unit


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


def is_stated(before: str) -> bool:
    """Tell whether something is said to take, last or be extended by this length of time: then it is a claim."""
    return bool(_STATED.search(before)) and bool(_OF_LENGTH.search(before))


def is_label(text: str, number: Number, *, named: bool) -> bool:
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
    return named and not plural_follows and not re.search(r"[,;:(]\s*$", before)


def unit_behind(after: str) -> tuple[str, int]:
    """Read the unit that follows a number, and how far it reaches."""
    for words in (2, 1):
        match = re.match(rf"[\s-]?((?:[^\W\d]+²?|%)(?:[/ ][^\W\d]+){{{words - 1}}})", after)
        form = match[1].lower() if match else ""
        if match and form in lexicons.units():
            return lexicons.units()[form].name, match.end()
    if re.match(r"m\b", after):
        return "metre", 1
    return "", 0


def qualifier(before: str, after: str) -> str:
    """Give what limits a number: about, more than, up to."""
    closing = _CLOSING.match(after)
    if closing:
        return lexicons.qualifiers()[closing[1].lower()]
    words = before.lower().split()
    for length in (3, 2, 1):
        form = " ".join(words[-length:])
        if len(words) >= length and form in lexicons.qualifiers():
            return lexicons.qualifiers()[form]
    return ""


def source_of(said: Sequence[dict[str, Any]], start: int, end: int) -> dict[str, Any]:
    """Give the shortest statement that holds a number."""
    around = [row for row in said if row["start"] <= start and end <= row["end"]]
    return min(around, key=lambda row: row["end"] - row["start"], default=_NO_SOURCE)


def claimant(said: Sequence[dict[str, Any]], source: dict[str, Any]) -> str:
    """Name the source; a pronoun stands for whoever was last named as one."""
    name = str(source["actor"] or source["source"] or "")
    if name.lower() not in _PRONOUNS:
        return name
    earlier = [row for row in said if row["start"] < source["start"] and row["actor"]]
    return str(earlier[-1]["actor"]) if earlier else name


def verification(sentences: Sequence[str], position: int) -> str:
    """Take the verification note of the sentence, or of the next one where it speaks of claims."""
    note = _note(sentences[position])
    if not note and position + 1 < len(sentences):
        following = sentences[position + 1]
        note = _note(following) if _OF_CLAIMS.search(following) else ""
    return note


def _note(sentence: str) -> str:
    match = _UNVERIFIED.search(sentence)
    return match[0] if match else ""


def place_beside(where: Sequence[dict[str, Any]], sentence: int, start: int) -> str:
    """Give the place of the sentence that is nearest to a number."""
    near = [row for row in where if row["sentence"] == sentence and row["role"] != "dateline"]
    if not near:
        return ""
    best = min(near, key=lambda row: (abs(row["start"] - start), row["start"]))
    return str(best["place"] or best["surface"])


def fill_ellipsis(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
