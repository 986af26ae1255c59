"""Expressions of time in news prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analysis.corpus.dating_values import MONTHS, day_of


class Line(NamedTuple):
    """One line of an article, as cleaning left it."""

    number: int
    kind: str
    kept: bool
    text: str


@dataclass(frozen=True)
class Day:
    """A day that a text names with its year."""

    start: date
    words: str
    begin: int
    end: int


_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_EXPLICIT = re.compile(
    rf"(?i)(?<![\w-])(?:{_WEEKDAY},?\s+)?(?:"
    rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})\.?,?\s+(?P<year2>(?:19|20)\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))(?![\w-])"
)


def explicit_days(text: str) -> Iterator[Day]:
    """Find the days that a text names with day, month and year.

    Examples
    --------
    >>> [day.start for day in explicit_days("In Kherson, Monday, April 17, 2023. Born on 3 May 1990.")]
    [datetime.date(2023, 4, 17), datetime.date(1990, 5, 3)]
    """
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
            yield Day(found, match.group(), match.start(), match.end())
