"""Arithmetic with events whose day is known: "a year ago, when the invasion began" tells when it was written.

The events are data (``analysis/data/dating/anchors.csv``); an analyst of another topic adds rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from analysis.corpus.dating.expressions import SEASONS, Line, looks_ahead, sentences
from analysis.corpus.dating.values import MONTHS
from analysis.corpus.numerals import NUMERALS
from analysis.errors import CodebookError


@dataclass(frozen=True)
class Anchor:
    """An event with a known first and last day, and the words that name it."""

    event: str
    start: date
    end: date
    pattern: re.Pattern[str]
    keys: tuple[tuple[str, ...], ...]

    def concerns(self, text: str) -> bool:
        """Tell whether a text in lower case holds the event's key words, which is far cheaper than its pattern."""
        return any(all(word in text for word in words) for words in self.keys)


@dataclass(frozen=True)
class Window:
    """Days between which the article must have been written, and why; either end may be open."""

    low: date | None
    high: date | None
    line: int
    words: str
    why: str


_NUMBERS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(NUMERALS) if number}
_COUNT = "|".join(sorted(_NUMBERS, key=lambda word: (-len(word), word)))
_HEDGE = r"(?:(?P<hedge>more than|over|just over|nearly|almost|less than|just under|about|around|some|roughly|exactly) )?"
_SPAN = rf"{_HEDGE}(?P<number>{_COUNT}|\d{{1,2}}) (?P<unit>day|week|fortnight|month|year)s?"
_FIRST = rf"(?:(?P<first>{_COUNT}|\d{{1,2}}) (?P<first_unit>week|month|year)s? and )?"
_AGO = re.compile(rf"\b{_FIRST}{_SPAN} ago\b", re.I)
_SINCE = re.compile(rf"\b{_FIRST}{_SPAN} (?:after|since|into|on from)\b(?P<gap>(?: \S+){{0,5}}?) ?$", re.I)
_LONG = re.compile(
    rf"\b{_HEDGE}(?P<number>(?:{_COUNT}|\d{{1,2}})-)?(?P<unit>week|month|year)-?(?:long|old)\b", re.I
)
_ANNIVERSARY = re.compile(
    r"\b(?:(?P<nth>first|second|third|fourth|fifth|tenth)|(?P<number>one|two|three|four|five)-year) anniversary of(?: \S+){0,3} ?$",
    re.I,
)
_LAST = re.compile(
    r"\b(?P<last>last) (?P<unit>year|month|spring|summer|autumn|fall|winter)\b(?P<own>['’]s)?", re.I
)
_IN_MONTH = re.compile(r",? (?:back )?in (?P<month>[A-Z][a-z]+)\b(?!,? (?:\d|last|of))")
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10}

# a sentence that looks ahead may count from a day that is still to come
_AHEAD = re.compile(r"\b(?:will|would|could|may|scheduled|set to|takes? effect|upcoming)\b", re.I)

_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44, "year": 365.25}
# characters between an event's words and an expression that is taken to belong to it
_NEAR = 60


@cache
def anchors() -> tuple[Anchor, ...]:
    """Read the table of events.

    Raises
    ------
    CodebookError
        With line and field, where a day or a pattern is not well formed.
    """
    source = files("analysis").joinpath("data/dating/anchors.csv").read_text(encoding="utf-8")
    numbered = [(n, line) for n, line in enumerate(source.splitlines(), start=1) if not line.startswith("#")]
    found = []
    for (number, _), row in zip(numbered[1:], csv.DictReader(line for _, line in numbered), strict=True):
        try:
            keys = tuple(tuple(word.strip() for word in part.split("&")) for part in row["key"].split("|"))
            pattern = re.compile(rf"\b(?:{row['pattern']})", re.I)
            days = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
            if None in row:
                raise ValueError("more values than columns; put a pattern with a comma in quotation marks")
        except (ValueError, TypeError, AttributeError, re.error) as error:
            raise CodebookError(
                f"data/dating/anchors.csv, line {number}, {row.get('event')}: {error}"
            ) from error
        found.append(Anchor(row["event"], *days, pattern, keys))
    return tuple(found)


def anchor_windows(lines: Sequence[Line]) -> Iterator[Window]:
    """Work out from mentions of known events when a text can have been written.

    Parameters
    ----------
    lines : sequence of Line
        The lines that belong to the article.

    Yields
    ------
    Window
        For each mention: not before the event; and where an expression of time belongs to it, a window.

    Examples
    --------
    >>> line = Line(1, "body", True, "It is the longest battle since Moscow invaded Ukraine a year ago.")
    >>> [(str(window.low), str(window.high)) for window in anchor_windows([line])]
    [('2022-02-24', 'None'), ('2023-01-25', '2023-04-25')]
    """
    whole = "\n".join(line.text for line in lines).lower()
    for anchor in anchors():
        if not anchor.concerns(whole) or not anchor.pattern.search(whole):
            continue
        for line in lines:
            for begin, sentence in sentences(line.text):
                for match in anchor.pattern.finditer(sentence):
                    if looks_ahead(line.text, begin + match.start()) or _to_come(sentence[: match.start()]):
                        continue
                    why = f"not before {anchor.event}, {anchor.start}"
                    yield Window(anchor.start, None, line.number, match.group(), why)
                    yield from _counted(anchor, sentence, match, line.number)


def _to_come(before: str) -> bool:
    """Tell whether the words before an event look ahead; "since" puts it back into the past."""
    return bool(_AHEAD.search(before)) and not re.search(r"\bsince\b", before[-40:])


def _counted(anchor: Anchor, sentence: str, match: re.Match[str], number: int) -> Iterator[Window]:
    """Read the expressions of time that stand beside the words of an event."""
    before, after = sentence[max(0, match.start() - 80) : match.start()], sentence[match.end() :]
    inside = match.group()
    ago = _AGO.match(after.lstrip(" ,")) or _nearest(_AGO, sentence, match)
    for found in (ago, _SINCE.search(before), _LONG.search(inside) or _LONG.search(before[-25:])):
        if found:
            yield _after(anchor, found, number, f"{inside} … {found.group().strip()}")
    anniversary = _ANNIVERSARY.search(before)
    if anniversary:
        nth = anniversary.group("nth")
        count = _NTH[nth.lower()] if nth else _NUMBERS[anniversary.group("number").lower()]
        middle = _shift(anchor.start, round(count * 365.25))
        yield Window(
            middle - timedelta(days=45),
            middle + timedelta(days=30),
            number,
            f"{anniversary.group()}{inside}",
            anchor.event,
        )
    month = _IN_MONTH.match(after)
    if month and MONTHS.get(month.group("month").lower()) == anchor.start.month:
        # without a year, "in February" is the last February there was
        yield Window(
            anchor.start,
            _shift(anchor.start, 330),
            number,
            f"{inside}{month.group()}",
            f"within a year of {anchor.event}",
        )
    last = _nearest(_LAST, sentence, match)
    if last:
        yield _last(anchor, last.group("unit").lower(), number, f"{inside} … {last.group()}")


def _nearest(pattern: re.Pattern[str], sentence: str, match: re.Match[str]) -> re.Match[str] | None:
    """Find an expression close to the words of an event, in the same clause."""
    for found in pattern.finditer(sentence):
        gap = (
            sentence[match.end() : found.start()]
            if found.start() >= match.end()
            else sentence[found.end() : match.start()]
        )
        if len(gap) <= _NEAR and not re.search(r"[;:]|, (?:but|while|and|which|when|who)\b", gap):
            return found
    return None


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written.lower()]


def _rounding(unit: str, number: int) -> tuple[int, int]:
    """Say how far "a year ago" may be off, in days before and after: journalists round."""
    if unit == "year":
        return (30, 60) if number == 1 else (180, 240)
    if unit == "month":
        return 12 + 3 * number, 15 + 3 * number
    return (1, 1) if unit == "day" else (3 + number, 3 + number)


def _after(anchor: Anchor, found: re.Match[str], number: int, words: str) -> Window:
    group = found.groupdict()
    unit = group["unit"].lower()
    count = _number((group["number"] or "a").rstrip("-"))
    early, late = _rounding(unit, count)
    hedge = (group.get("hedge") or "").lower()
    if hedge in ("more than", "over", "just over"):
        early = 0
    elif hedge in ("nearly", "almost", "less than", "just under"):
        early, late = early + 15, 7
    days = round(count * _DAYS[unit])
    if group.get("first"):
        # "a year and four days after"
        days += round(_number(group["first"]) * _DAYS[group["first_unit"].lower()])
    low, high = _shift(anchor.start, days - early), _shift(anchor.end, days + late)
    return Window(max(low, anchor.start), high, number, words, f"counted from {anchor.event}, {anchor.start}")


def _last(anchor: Anchor, unit: str, number: int, words: str) -> Window:
    """Read "last year", "last month", "last summer" beside an event: the one after the event's own."""
    if unit == "year":
        low, high = date(anchor.start.year + 1, 1, 1), date(anchor.end.year + 1, 12, 31)
    elif unit == "month":
        low = _shift(anchor.start.replace(day=1), 32).replace(day=1)
        high = _shift(_shift(anchor.end.replace(day=1), 64).replace(day=1), -1)
    else:
        first, final = SEASONS[unit]
        year = anchor.end.year + (1 if final < first and anchor.end.month >= first else 0)
        low = max(anchor.end, date(year, final, 1))
        high = _shift(date(year + 1, final, 28), 3)
    return Window(low, high, number, words, f"the {unit} after {anchor.event}, {anchor.start}")


def _shift(day: date, days: int) -> date:
    return day + timedelta(days=days)
