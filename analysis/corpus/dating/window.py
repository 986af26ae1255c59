"""A window: the days between which a text can have been written, from known events, months, seasons and weekdays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from analysis.corpus.dating.anchors import Window
from analysis.corpus.dating.expressions import (
    SEASONS,
    WEEKDAYS,
    Line,
    bare_weekdays,
    looks_ahead,
    months_past,
    months_with_year,
    names_year,
    partial_days,
    seasons,
    sentences,
    without_days,
    years,
)
from analysis.corpus.dating.scene import BACK, TO_COME, Named, looks_back
from analysis.corpus.dating.values import day_of, month_end

Reading = tuple[date, date, str, str]

# "in February" is said up to so many months later; on 8,281 dated articles 76 of 100 such mentions are within six
_MONTH_HOLDS = 8
# a window longer than this tells nothing worth printing
_LONGEST = timedelta(days=400)
# a place in capitals, then the day: the opening of agency copy
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’/-]{2,60}?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b"
)
_WEEKDAY_PARTIAL = re.compile(
    rf"\b(?P<weekday>{'|'.join(day.capitalize() for day in WEEKDAYS)}),? "
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b(?!,? \d{4})"
)


def floors(prose: Sequence[Line], told: Sequence[Named]) -> list[Window]:
    """Collect days, months and years that must have passed: those that captions or sentences about the past name."""
    found = [
        Window(item.day.start, None, item.line.number, item.day.words, f"not before {item.day.start}")
        for item in told
        if looks_back(item)
    ]
    for line in prose:
        for _, sentence in sentences(line.text) if names_year(line.text) else ():
            if not names_year(sentence) or TO_COME.search(sentence) or not BACK.search(sentence):
                continue
            for first, words, place in months_with_year(sentence):
                if not looks_ahead(sentence, place):
                    found.append(Window(first, None, line.number, words, f"not before {first:%B %Y}"))
            for year, words, place in years(sentence):
                if not looks_ahead(sentence, place):
                    found.append(Window(date(year, 1, 1), None, line.number, words, f"not before {year}"))
    return found


def window(prose: Sequence[Line], windows: Sequence[Window]) -> tuple[Reading | None, str]:
    """Intersect all windows; narrow by months and seasons once the year is known."""
    lows = [window for window in windows if window.low]
    highs = [window for window in windows if window.high]
    if not highs:
        if not lows:
            return None, ""
        floor = max(lows, key=lambda window: (window.low or date.min, -window.line))
        return None, f'only {floor.why} ("{floor.words}" in line {floor.line}); nothing bounds it from above'
    floor = max(lows, key=lambda window: (window.low or date.min, -window.line))
    roof = min(highs, key=lambda window: (window.high or date.max, window.line))
    low, high = floor.low, roof.high
    if low is None or high is None or low > high:
        return None, f"the text contradicts itself: {floor.why}, but {roof.why} puts it at {high} or before"
    if high - low > _LONGEST:
        return None, f"between {low} and {high}, which is too wide to be of use"
    used = [floor, roof]
    # twice, because a season may settle the year that a month needs
    for line in (*prose, *prose):
        for first, last, words in _periods(line, low, high):
            if max(low, first) <= min(high, last):
                if (max(low, first), min(high, last)) != (low, high):
                    used.append(Window(first, last, line.number, words, words))
                low, high = max(low, first), min(high, last)
    for line in prose:
        day = _weekday_settles(line.text, low, high)
        if day and low < day[0]:
            low = day[0]
            used.append(
                Window(low, None, line.number, day[1], f"the only {day[1]} in that range is in {low.year}")
            )
    if timedelta(days=1) < high - low <= timedelta(days=7):
        low, high = _by_weekday(prose, low, high)
    said = dict.fromkeys(f'"{window.words}" in line {window.line} ({window.why})' for window in used)
    return (low, high, "body", "; ".join(said)), ""


def completed(own: Sequence[Line], window: Reading | None) -> Reading | None:
    """Complete the day without a year of a stamp or dateline ("KHERSON, March 8 —") inside a window."""
    if window is None:
        return None
    openings = [line for line in own if line.kind == "body"][:2]
    for line in own:
        head = _DATELINE.match(line.text) if line in openings else None
        text = line.text if line.kind in ("timestamp", "dateline") else head.group() if head else ""
        day = partial_in(text, window[0], window[1]) if text else None
        if day:
            kind = "stamp" if line.kind == "timestamp" else "dateline"
            return (
                day,
                day,
                kind,
                f'{kind} in line {line.number}: "{text.strip()[:60]}"; its year from {window[3]}',
            )
    return None


def partial_in(text: str, low: date, high: date) -> date | None:
    """Complete a day without a year inside a window, if exactly one year fits.

    Examples
    --------
    >>> partial_in("KYIV, March 8", date(2023, 2, 24), date(2023, 5, 10))
    datetime.date(2023, 3, 8)
    """
    fits = {
        day
        for month, number, _ in partial_days(text)
        for year in range(low.year, high.year + 1)
        if (day := day_of(year, month, number)) and low <= day <= high
    }
    return fits.pop() if len(fits) == 1 else None


def _weekday_settles(text: str, low: date, high: date) -> tuple[date, str] | None:
    """Find "Saturday, March 18" in a sentence that looks back: the weekday tells the year."""
    for _, sentence in sentences(text):
        match = _WEEKDAY_PARTIAL.search(sentence)
        if not match or not BACK.search(sentence) or re.search(r"\b(?:will|next)\b", sentence):
            continue
        weekday = WEEKDAYS.index(match.group("weekday").lower())
        fits = [
            day
            for month, number, _ in partial_days(match.group())
            for year in range(low.year, high.year + 1)
            if (day := day_of(year, month, number)) and low <= day <= high and day.weekday() == weekday
        ]
        if len(fits) == 1:
            return fits[0], match.group()
    return None


def _by_weekday(prose: Sequence[Line], low: date, high: date) -> tuple[date, date]:
    """Narrow a range of a few days by the first weekday that the text names as passed: it is that day or the next."""
    for line in prose:
        for _, sentence in sentences(without_days(line.text)):
            for number, _ in bare_weekdays(sentence):
                if TO_COME.search(sentence):
                    continue
                for offset in range((high - low).days + 1):
                    day = low + timedelta(days=offset)
                    if day.weekday() == number:
                        return day, min(high, day + timedelta(days=1))
    return low, high


def _periods(line: Line, low: date, high: date) -> list[tuple[date, date, str]]:
    """List what months and seasons without a year allow, in the year they must belong to."""
    text = without_days(line.text)
    found = []
    for month, words in months_past(text):
        firsts = [date(year, month, 1) for year in range(low.year - 1, high.year + 1)]
        fits = [first for first in firsts if first <= high and _months_later(first, _MONTH_HOLDS) >= low]
        if len(fits) == 1:
            found.append((fits[0], _months_later(fits[0], _MONTH_HOLDS), words))
    for which, season, ahead, _ in seasons(text):
        begin, final = SEASONS[season]
        if which == "this" and ahead and final >= begin:
            year = low.year if month_end(date(low.year, final, 1)) >= low else low.year + 1
            found.append((date(year, 1, 1), month_end(date(year, final, 1)), f"this {season}, still to come"))
        elif which == "this" and final >= begin:
            spans = [(date(year, begin, 1), date(year, 12, 31)) for year in range(low.year, high.year + 1)]
            fits_in = [span for span in spans if span[0] <= high and span[1] >= low]
            if len(fits_in) == 1:
                found.append((*fits_in[0], f"this {season}"))
    return found


def _months_later(first: date, months: int) -> date:
    index = first.month - 1 + months
    return month_end(date(first.year + index // 12, index % 12 + 1, 1))
