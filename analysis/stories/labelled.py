"""Numbers that count nothing: dates, times, ages, years, list numbers, and numbers that name a thing."""

from __future__ import annotations

import re

from analysis.stories.numbers import Number

_REACH = 80  # characters before a number; what says something of it from there is shorter
_MONTHS = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_AFTER_MONTH = re.compile(rf"\b{_MONTHS}\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE_MONTH = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}(?![a-z])", re.IGNORECASE)
_DESIGNATION = re.compile(
    r"^/|^[-–‑]?(?:st|nd|rd|th)\b|^[-–‑](?!to\b)[A-Za-z]|^\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|GMT|BST)(?![a-z])"
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
_OF_THE_LAST = re.compile(
    r"\b(?:the|these|those|this|that|its|his|her|our|their)\s+(?:last|past|next|first|previous|final)\s*$",
    re.IGNORECASE,
)
_OF_AGE = re.compile(r"\s+(?:of\s+age|old)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STATED = re.compile(
    r"\b(?:by|for|to|of|lasts?|lasted|takes?|took|taken|says?|said|was|is)\s*$", re.IGNORECASE
)
_OF_LENGTH = re.compile(
    r"\b(?:exten\w+|last\w*|takes?|took|run|agree\w*|term|renew\w*|prolong\w*|says?|said)\b", re.IGNORECASE
)
_ROUGHLY = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|some|over|more than|at least|up to|just|only)\s+$",
    re.IGNORECASE,
)
# what a number behind it names: "game seven", "lap 44", "Senate Bill 1062", "a category 4 storm"
_NAMED = re.compile(
    r"\b(?:aged?|number|no\.|nos\.|route|page|chapter|level|article|flight|channel|part|phase|unit|lap|game|week|day|round|set|stage|"
    r"bill|act|section|title|rule|room|gate|line|highway|interstate|season|episode|volume|amendment|category|grade|proposition|"
    r"resolution|order|formula|version|district|precinct|ward|platform|terminal|boeing|airbus|size|top|division|psalm|verse)\s*$",
    re.IGNORECASE,
)
_OLDER = re.compile(
    r"\b(?:adults?|anyone|anybody|everyone|people|those|children|kids|men|women|teens|minors|persons|citizens|voters|girls|boys)"
    r"(?:\s+who\s+are)?\s+(?:aged?\s+)?(?:over|under|above|below|older\s+than|younger\s+than)\s*$|\bage\s+of\s*$|\bturn(?:ed|s|ing)?\s*$",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\s+(?:[a-z][\w-]*\s+){0,2}?(?:[a-z][\w-]{2,}s|people|men|women|children|troops|police)\b"
)
_NO_PLURAL = re.compile(
    r"\s+(?:as|is|was|has|its|this|his|us|does|plus|across|towards|says|seems|the|a|an|and|to|in|on|of|that|which|with|for|from|by|at|"
    r"but|when|would|will|could|may|can|did|had|or)\b"
)
_OF_A_YEAR = re.compile(
    r"\b(?:the|in|since|of|early|late|mid|until|till|through|to|from|during|by|his|her|its|their|before|after|spring|summer|autumn|"
    r"fall|winter|election|back)[\s-]+$|['’]s?\s+$|^\s*$",
    re.IGNORECASE,
)
# "the tycoon, 70, said", not "in Munich, 70, in Hamburg, 90"
_PERSON = re.compile(
    r"(?:[A-Z][\w’'.-]+|\b(?:\w+(?:er|or|ist|ian|man|woman|ant|ent|oon)|boy|girl|mother|father|son|daughter|wife|husband|actress))\)?,\s*$"
)


def is_designation(before: str, after: str) -> bool:
    """Tell dates, times, ordinals and numbers that are part of a name."""
    return bool(
        _DESIGNATION.match(after) or _AFTER_MONTH.search(before[-_REACH:]) or _BEFORE_MONTH.match(after)
    )


def is_moment(before: str, after: str) -> bool:
    """Tell a length of time that says when something was, and claims nothing."""
    if _OF_THE_LAST.search(before) or _OF_AGE.match(after):
        return True
    return bool(_SINCE.match(after) or _SPAN_OF_TIME.search(before)) and not is_stated(before)


def is_stated(before: str) -> bool:
    """Tell whether something is said to take, last or be extended by this length of time: then it is a claim."""
    bare = _ROUGHLY.sub("", before)
    return bool(_STATED.search(bare)) and bool(_OF_LENGTH.search(bare))


def is_label(text: str, number: Number, *, named: bool) -> bool:
    """Tell years, ages, house and list numbers, and numbers that follow a name: they label a thing and count nothing.

    Parameters
    ----------
    text : str
        The sentence.
    number : Number
        A number in it, without a unit.
    named : bool
        Whether a name stands before it.
    """
    before, after = text[max(0, number.start - _REACH) : number.start], text[number.end :]
    surface = text[number.start : number.end]
    plural_follows = _PLURAL.match(after) is not None and _NO_PLURAL.match(after) is None
    if _YEAR.fullmatch(surface) and (not plural_follows or _OF_A_YEAR.search(before)):
        return True
    if _NAMED.search(before) and not plural_follows:
        return True
    if not before.strip() and re.match(r"\s?[.)](?:\s|$)", after):
        return True
    # a picture's place in a gallery: "1 of 10"
    if re.match(r"\s(?:of|/)\s\d+\b(?!\s+[a-z])", after) or (
        re.search(r"\d\s(?:of|/)\s$", before) and not plural_follows
    ):
        return True
    young = not number.ranged and not number.spelt and number.low < 120
    if (
        young
        and _AGE.match(after)
        and re.search(r"[A-Za-z][\w’'-]+\)?,\s*$", before)
        and not re.search(r"\d,\s*$", before)
    ):
        return _a_name_or_person(before)
    if young and _OLDER.search(before) and not plural_follows:
        return True
    return named and not plural_follows and not re.search(r"[,;:(]\s*$", before)


def _a_name_or_person(before: str) -> bool:
    return _PERSON.search(before) is not None
