"""What the words beside a number say, read from the text alone: units, dates, turns of speech, sources, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.stories import lexicons
from analysis.stories.numbers import in_small

_RATE = re.compile(
    r"^\s+(?:rounds?\s+|people\s+|\w+\s+)?(?:per|a|an|each|every)\s+(day|week|month|year|hour|night)\b",
    re.IGNORECASE,
)
# "600 people were leaving the area daily", not "300 came to the daily briefing"
_DAILY = re.compile(
    r"^(?:(?!\b(?:and|that|but|while|who|which)\b)[\w\s'’-]){0,60}?\b(daily|monthly|annually|weekly|a\s+day|every\s+day)\b"
    r"(?=\s*(?:[,.;:)”\"]|$|(?:and|but|in|from|as|since|while|on|to)\b))",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"^\s+(or more|or so)\b", re.IGNORECASE)
_UNVERIFIED = re.compile(
    r"\b(?:(?:could|can|can|has|have|was|were|is|are)\s*(?:not|n['’]t)|cannot|unable to|impossible to|neither[\w\s]{1,24}could|"
    r"no independent(?:ly)?)\b(?:\s+(?:be|been|immediately|independently|yet))*\s+(?:verif|confirm|check|corroborat)\w*",
    re.IGNORECASE,
)
_OF_CLAIMS = re.compile(
    r"\b(?:claims?|figures?|numbers?|reports?|accounts?|tolls?|it|this|that|they|these)\b", re.IGNORECASE
)
# matched with a sentence in small letters
_HEDGE = re.compile(
    r"\b(?:now said to|reportedly|allegedly|apparently|perhaps|maybe|possibly|probably|supposedly|(?:is|are|was|were) (?:thought|believed|estimated|expected) to|an estimated|estimates?)\b"
)
_REACH = 160  # characters before a place; what makes it one is shorter
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
    match = _HEDGE.search(in_small(text))
    return text[match.start() : match.end()] if match else ""


def with_rate(unit: str, after: str) -> str:
    """Add to a unit the time that the number holds for: "shells per day"."""
    rate = _RATE.match(after) or _DAILY.match(after)
    return f"{unit} per {_per(rate[1])}".strip() if rate else unit


def _per(word: str) -> str:
    known = {"daily": "day", "monthly": "month", "annually": "year", "weekly": "week"}
    return known.get(word.lower(), word.lower().split()[-1])


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


# what the outlet explains to its readers inside somebody else's sentence: "…, a mining town with 8,000 residents"
_EXPLAINED = re.compile(
    r",[”\"]?\s+(?:(?:(?:now|once|formerly)\s+)?(?:an?|the)\s+(?:[\w'’-]+\s+){0,5}(?:town|city|village|port|settlement|suburb|"
    r"district|region|province|county|island|country|state|nation|company|firm|group|party|union|bloc)\s+(?:with|of)|"
    r"home\s+to|(?:which|that)\s+(?:has|had)|with\s+a\s+(?:[\w-]+\s+)?population\s+of|population)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# to speak of a plan is not to claim its numbers
_NO_CLAIM = frozenset(("discuss", "debate", "consider", "weigh", "negotiate", "mull"))


def source_of(said: Sequence[dict[str, Any]], start: int, end: int, before: str) -> dict[str, Any]:
    """Give the shortest statement that holds a number; none where the outlet explains, given the sentence before it."""
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if not quoted and _EXPLAINED.search(before):
        return _NO_SOURCE
    around = [
        row for row in said if row["start"] <= start and end <= row["end"] and row["cue"] not in _NO_CLAIM
    ]
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
        note = _note(following)
        if note and not _OF_CLAIMS.search(following):
            return ""
    return note


def _note(sentence: str) -> str:
    small = sentence.lower()
    if not any(stem in small for stem in ("verif", "confirm", "check", "corroborat")):
        return ""
    match = _UNVERIFIED.search(sentence)
    return match[0] if match else ""


# "in Orla", "near the old port of Orla", "to Orla": not "R-Wis.", "Kentucky senator", "the president of Lysenk"
_WHERE = re.compile(
    r"(?:(?:km|kilomet\w+|miles?|metres|meters)\s+(?:\w+\s+){0,2}(?:from|of)|\b(?:in|at|near|across|outside|inside|around|"
    r"throughout|on|off|along|to|into|between|beyond|within|(?:cit(?:y|ies)|towns?|villages?|ports?|regions?|provinces?|districts?|islands?|states?|county|capital|residents|outskirts|suburbs?|cent(?:re|er)|parts?|coasts?|"
    r"north|south|east|west|border|streets?|people)\s+of))\s+(?:(?!(?:and|or|by|with|for|from|that|who|as|when|against)\b)[\w.’'-]+\s+){0,3}$",
    re.IGNORECASE,
)


def place_beside(
    where: Sequence[dict[str, Any]], sentence: int, span: tuple[int, int], text: str, offset: int
) -> str:
    """Give the place of the sentence, introduced as one, that is nearest to a number in its clause."""

    def between(row: dict[str, Any]) -> str:
        return text[min(span[1], row["end"]) - offset : max(span[0], row["start"]) - offset]

    # "Russian forces" says whose forces, not where
    near = [
        row
        for row in where
        if row["sentence"] == sentence
        and row["role"] != "dateline"
        and row["kind"] not in ("demonym", "metonym")
        and _WHERE.search(text[max(0, row["start"] - offset - _REACH) : row["start"] - offset])
        and in_one_clause(between(row))
    ]
    if not near:
        return ""
    best = min(near, key=lambda row: (len(between(row)), row["start"]))
    return str(best["place"] or best["surface"])


_ELSEWHERE = re.compile(
    r"\b(?:and that|but|while|whereas|although|as(?! (?:of|well|many|much|a|the)\b)|because|which|who|whose)\b|;",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"^[^,.;:]{0,50}?\b((?:before|since|during|at the (?:start|height|beginning) of|since the (?:start|beginning) of) "
    r"the (?:[\w-]+ ){0,2}(?:war|invasion|offensive|incursion|siege|attack|conflict|pandemic|election|earthquake|flood)"
    r"(?: \w+ \w+ ago)?)\b",
    re.IGNORECASE,
)


def in_one_clause(between: str) -> bool:
    """Say whether a number and a date belong to one clause, by the words between the two."""
    return _ELSEWHERE.search(between) is None


def event_behind(after: str) -> str:
    """Give the event that a number is dated by: "before the war"."""
    match = _EVENT.match(after)
    return match[1] if match else ""


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
        elif last is not None and _converts(row, last):
            row = {**row, "counted": last["counted"], "qualifier": row["qualifier"] or last["qualifier"]}
        filled.append(row)
    return filled


def _converts(row: dict[str, Any], last: dict[str, Any]) -> bool:
    """Tell the second value of "10km (six miles)", which counts what the first does."""
    kinds = lexicons.kinds()
    measures = [kinds[one["unit"]].kind if one["unit"] in kinds else "" for one in (row, last)]
    near = row["sentence"] == last["sentence"] and 0 <= row["start"] - last["end"] <= 16
    return near and not row["counted"] and measures[0] == measures[1] != "" and row["unit"] != last["unit"]
