"""Expressions of time in news prose: full days, days without a year, months, weekdays, seasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analysis.corpus.dating.values import MONTHS, day_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# last month of each season as the northern press uses the words
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


class Line(NamedTuple):
    """One line of an article, as cleaning left it."""

    number: int
    kind: str
    kept: bool
    text: str


@dataclass(frozen=True)
class Day:
    """A day that a text names with its year.

    Parameters
    ----------
    start : datetime.date
        The day.
    words : str
        As written.
    begin, end : int
        Characters in the line.
    weekday : bool
        Whether the weekday is named with it.
    context : str
        ``future`` where the words before it look ahead, ``old`` for an archive picture, a gallery or a post on a
        social network, else empty.
    """

    start: date
    words: str
    begin: int
    end: int
    weekday: bool = False
    context: str = ""


_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_EXPLICIT = re.compile(
    rf"(?i)(?<![\w-])(?P<weekday>{_DAY_NAME},?\s+)?(?:"
    rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))(?![\w-])"
)
_AHEAD = re.compile(
    r"(?i)\b(?:until|till|by|expires?|expiring|expiry|scheduled|will|shall|through|deadline|before|next|due|upcoming|set|"
    r"effective|starting|beginning|would|could|to be|ends?|ending|planned|as soon as|no later than)\b[^.;]{0,30}$"
)
_OLD_BEFORE = re.compile(r"(?i)\b(?:file|archive)\b[^.;]{0,40}$|\(@\w+\)\s*$")
_OLD_AFTER = re.compile(
    r"(?i)^[^\n]{0,70}?\b(?:file(?: photo| picture| image)?\b|archive|hide caption|\d+ of \d+)"
)

_CASED = "|".join(day.capitalize() for day in WEEKDAYS)
_BARE_WEEKDAY = re.compile(
    rf"(?<!\b[Ll]ast )(?<!\b[Nn]ext )(?<!\b[Ee]very )(?<!\b[Cc]oming )\b(?P<name>{_CASED})\b(?!s\b|,? (?i:{_MONTH})\b)",
)
_MONTH_CASED = "|".join(sorted((name.capitalize() for name in MONTHS), key=lambda name: (-len(name), name)))
_PARTIAL = re.compile(
    rf"\b(?:(?P<month>{_MONTH_CASED})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_MONTH_CASED}))\b(?!\.?,? ?(?:\d|of last|last))"
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH_CASED})\.?,? (?:of )?(?P<year>(?:19|20)\d\d)\b")
_IN_MONTH = re.compile(rf"\b[Ii]n (?P<month>{_MONTH_CASED})\b(?!\.? ?\d|,? (?:of )?(?:\d|last|next|this))")
_SEASON = re.compile(r"\b(?P<which>last|this) (?P<season>spring|summer|autumn|fall|winter)\b")
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ff]rom) (?P<year>(?:19|20)\d\d)\b(?!-\d)")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"’%][.!?])[”\"’)]*\s+(?=[“\"‘'(]?[A-Z0-9])")


def names_year(text: str) -> bool:
    """Tell whether a text holds a year at all: few lines do, and the others need no closer look."""
    return _ANY_YEAR.search(text) is not None


def explicit_days(text: str) -> Iterator[Day]:
    """Find the days that a text names with day, month and year.

    Parameters
    ----------
    text : str
        A line.

    Yields
    ------
    Day
        In the order of the text.

    Examples
    --------
    >>> [(day.start.isoformat(), day.context) for day in explicit_days("Seen on Monday, April 17, 2023. Talks end on 3 May 2023.")]
    [('2023-04-17', ''), ('2023-05-03', 'future')]
    """
    if not names_year(text):
        return
    for match in _EXPLICIT.finditer(text):
        group = match.groupdict()
        if group["iso"]:
            year, month, day = (int(part) for part in group["iso"].split("-"))
        else:
            suffix = "" if group["month"] else "2"
            month = MONTHS[group[f"month{suffix}"].lower()]
            year, day = int(group[f"year{suffix}"]), int(group[f"day{suffix}"])
        found = day_of(year, month, day)
        if found:
            before, after = (
                text[max(0, match.start() - 60) : match.start()],
                text[match.end() : match.end() + 80],
            )
            context = "future" if _AHEAD.search(before) else ""
            if _OLD_BEFORE.search(before) or _OLD_AFTER.search(after):
                context = "old"
            yield Day(found, match.group(), match.start(), match.end(), bool(group["weekday"]), context)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Cut a line into sentences, roughly, with the place each begins at.

    Examples
    --------
    >>> [sentence for _, sentence in sentences("It fell. “No,” he said.")]
    ['It fell.', '“No,” he said.']
    """
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        yield begin, text[begin : match.start()]
        begin = match.end()
    yield begin, text[begin:]


def bare_weekdays(text: str) -> Iterator[tuple[int, int]]:
    """Find weekdays that mean a day of the week of writing: their number (Monday is 0) and place.

    Examples
    --------
    >>> list(bare_weekdays("On Tuesday he left; last Friday and Sundays do not count, nor Monday, May 3."))
    [(1, 3)]
    """
    for match in _BARE_WEEKDAY.finditer(text):
        yield WEEKDAYS.index(match.group("name").lower()), match.start()


def partial_days(text: str) -> Iterator[tuple[int, int, str]]:
    """Find days without a year: month, day, words.

    Examples
    --------
    >>> list(partial_days("The agreement of March 18 and that of 3 May 2021"))
    [(3, 18, 'March 18')]
    """
    for match in _PARTIAL.finditer(text):
        month = MONTHS[(match.group("month") or match.group("month2")).lower()]
        day = int(match.group("day") or match.group("day2"))
        if day_of(2024, month, day):
            yield month, day, match.group()


def months_with_year(text: str) -> Iterator[tuple[date, str, int]]:
    """Find months with their year: the first day, the words, the place.

    Examples
    --------
    >>> list(months_with_year("since February 2022"))
    [(datetime.date(2022, 2, 1), 'February 2022', 6)]
    """
    for match in _MONTH_YEAR.finditer(text):
        yield (
            date(int(match.group("year")), MONTHS[match.group("month").lower()], 1),
            match.group(),
            match.start(),
        )


def years(text: str) -> Iterator[tuple[int, str, int]]:
    """Find years that something happened in: the year, the words, the place."""
    for match in _YEAR.finditer(text):
        yield int(match.group("year")), match.group(), match.start()


def months_past(text: str) -> Iterator[tuple[int, str]]:
    """Find months without a year in sentences that look back: the month, the words.

    Examples
    --------
    >>> list(months_past("Losses rose in February. It will end in June."))
    [(2, 'in February')]
    """
    for _, sentence in sentences(text):
        if re.search(
            r"\b(?:will|would|could|may|might|plans?|expected|scheduled|set to|due|next)\b", sentence
        ):
            continue
        for match in _IN_MONTH.finditer(sentence):
            yield MONTHS[match.group("month").lower()], match.group()


def seasons(text: str) -> Iterator[tuple[str, str, bool, int]]:
    """Find "last summer" and "this spring": which, season, whether the sentence looks ahead, place.

    Examples
    --------
    >>> list(seasons("Tanks are expected to arrive this spring."))
    [('this', 'spring', True, 29)]
    """
    for begin, sentence in sentences(text):
        ahead = bool(
            re.search(r"\b(?:will|expected|plans?|planned|due|ahead of|later|going to|before)\b", sentence)
        )
        for match in _SEASON.finditer(sentence):
            yield match.group("which"), match.group("season"), ahead, begin + match.start()


def looks_ahead(text: str, place: int) -> bool:
    """Tell whether the words before a place in a line speak of what is to come."""
    return bool(_AHEAD.search(text[max(0, place - 60) : place]))


def without_days(text: str) -> str:
    """Blank the days with a year, keeping all places, so that their weekdays are not found again."""
    return _EXPLICIT.sub(lambda match: " " * len(match.group()), text) if names_year(text) else text
