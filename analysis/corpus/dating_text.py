"""When a text was written, as far as it tells: named days, weekdays that agree with them, and known events.

Two lines of argument, both from the text alone:

1. *A dated scene.* A caption or sentence names a full day, and the text calls that weekday by name ("on Monday"), as
   news does only within the week. The article is then of the latest weekday it names, or of the day after.
2. *A window.* Known events with "a year ago", "last autumn"; months and seasons without a year; days that must have
   passed. All windows are intersected; the result is a range.

What the argument cannot tell stays open: a range or nothing, never a day out of thin air.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.corpus.dating_anchors import Window, anchor_windows
from analysis.corpus.dating_expressions import (
    SEASONS,
    WEEKDAYS,
    Day,
    Line,
    bare_weekdays,
    explicit_days,
    looks_ahead,
    months_past,
    months_with_year,
    partial_days,
    seasons,
    sentences,
    without_days,
    years,
)
from analysis.corpus.dating_stamps import stamps
from analysis.corpus.dating_values import day_of, month_end

__all__ = ["Line", "TextDates", "read_text_dates"]

Reading = tuple[date, date, str, str]

# kinds of lines that belong to the article, though only some stay in the body
_OWN = frozenset({"body", "subheading", "caption", "dateline", "headline", "timestamp", "byline"})
# "in February" is said up to so many months later; on 8,281 dated articles 76 of 100 such mentions are within six
_MONTH_HOLDS = 8
# a weekday is taken for a scene's if it is at most so many days after it
_SAME_WEEK = 3
# words, other than those of the article's topic, that a caption and a sentence must share to be of one scene
_SCENE_WORDS = 2
# a window longer than this tells nothing worth printing
_LONGEST = timedelta(days=400)
_TO_COME = re.compile(
    r"\b(?:will|would|scheduled|expected|plans?|planned|set to|upcoming|is to|are to|due|before)\b", re.I
)
# a place in capitals, then the day: the opening of agency copy
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’/-]{2,60}?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b"
)
_WORD = re.compile(r"[A-Za-z]{4,}")
_COMMON = frozenset(
    [
        "that",
        "with",
        "from",
        "have",
        "been",
        "said",
        "were",
        "this",
        "will",
        "would",
        "their",
        "which",
        "after",
        "photo",
        "image",
        "president",
        "into",
        "over",
    ]
)


@dataclass(frozen=True)
class TextDates:
    """What the text says about the time it was written.

    Parameters
    ----------
    candidates : tuple of tuples
        First day, last day, kind, evidence.
    worked_out : tuple, optional
        The reading that the text as a whole supports.
    speaks_of : tuple of two dates, optional
        The days of a dated scene, where there is one.
    firm : bool
        Whether that scene rests on at least two independent signs, so that it may overrule a stamp.
    not_before : tuple of date and str, optional
        The latest day that must have passed, and the words.
    reason : str
        Why nothing could be worked out.
    """

    candidates: tuple[Reading, ...] = ()
    worked_out: Reading | None = None
    speaks_of: tuple[date, date] | None = None
    firm: bool = False
    not_before: tuple[date, str] | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Named:
    """A full day with the line it stands in."""

    day: Day
    line: Line


def read_text_dates(lines: Sequence[Line], *, latest: date | None = None) -> TextDates:
    """Work out when a text was written.

    Parameters
    ----------
    lines : sequence of Line
        All lines of the article; those of other kinds than the article's own are passed over.
    latest : datetime.date, optional
        Days after it are refused.

    Returns
    -------
    TextDates

    Examples
    --------
    >>> scene = Line(1, "caption", False, "A ferry leaves Lysenk on Monday, April 17, 2023.")
    >>> story = Line(2, "body", True, "The ferry left Lysenk on Monday. It came back on Tuesday, the port said on Tuesday.")
    >>> read_text_dates([scene, story]).worked_out[:2]
    (datetime.date(2023, 4, 18), datetime.date(2023, 4, 19))
    """
    own = [line for line in lines if line.kind in _OWN]
    named = [
        _Named(day, line)
        for line in own
        for day in explicit_days(line.text)
        if latest is None or day.start <= latest
    ]
    printed = [item for item in stamps(lines) if latest is None or item.start <= latest]
    stamped = {item.line for item in printed}
    candidates = [
        (item.start, item.end, "stamp", f'stamp in line {item.line}: "{item.words}"') for item in printed
    ]
    candidates += [
        (
            item.day.start,
            item.day.start,
            _kind(item.line),
            f'{_kind(item.line)} in line {item.line.number}: "{item.day.words}"',
        )
        for item in named
        if item.line.number not in stamped and item.line.kind != "timestamp"
    ]
    prose = [line for line in own if line.kind != "timestamp"]
    told = [item for item in named if item.line.kind != "timestamp" and not item.day.context]
    windows = [*anchor_windows(prose), *_floors(prose, told)]
    scene = _scene(prose, told, windows)
    latest_told = max(told, key=lambda item: item.day.start, default=None)
    not_before = (latest_told.day.start, f'"{latest_told.day.words}"') if latest_told else None
    if scene:
        (low, high, words), firm = scene
        reading = (low, high, "weekday", words)
        return TextDates((*_once(candidates), reading), reading, (low, high), firm, not_before)
    found, reason = _window(prose, windows)
    found = _completed(own, found) or found
    return TextDates(
        (*_once(candidates), *([found] if found else [])), found, None, False, not_before, reason
    )


def _once(candidates: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(candidates))


def _kind(line: Line) -> str:
    return line.kind if line.kind in ("caption", "dateline") else "body"


def _floors(prose: Sequence[Line], told: Sequence[_Named]) -> list[Window]:
    """Collect days, months and years that must have passed."""
    floors = [
        Window(item.day.start, None, item.line.number, item.day.words, f"not before {item.day.start}")
        for item in told
    ]
    for line in prose:
        for first, words, place in months_with_year(line.text):
            if not looks_ahead(line.text, place):
                floors.append(Window(first, None, line.number, words, f"not before {first:%B %Y}"))
        for year, words, place in years(line.text):
            if not looks_ahead(line.text, place):
                floors.append(Window(date(year, 1, 1), None, line.number, words, f"not before {year}"))
    return floors


def _scene(
    prose: Sequence[Line], told: Sequence[_Named], windows: Sequence[Window]
) -> tuple[tuple[date, date, str], bool] | None:
    """Find a dated scene whose weekday the text names, and the latest weekday it names after it."""
    if not told:
        return None
    newest = max(told, key=lambda item: (item.day.start, item.day.weekday, item.line.kind == "caption"))
    day = newest.day.start
    named = [
        (number, sentence, line)
        for line in prose
        for _, sentence in sentences(without_days(line.text))
        for number, _ in bare_weekdays(sentence)
    ]
    # "the debate on Saturday" may be the coming one, so only sentences that look back place the scene's week
    ahead = Counter(
        (number - day.weekday()) % 7 for number, sentence, _ in named if not _TO_COME.search(sentence)
    )
    if not ahead[0] or _later_than(day, windows):
        return None
    near = [offset for offset in range(_SAME_WEEK + 1) if ahead[offset]]
    mode = max(near, key=lambda offset: (ahead[offset], offset))
    scene_words = _content(newest.line.text if newest.line.kind == "caption" else _around(newest))
    topical = _topical(prose)
    shared = max(
        len(scene_words & _content(sentence) - topical)
        for number, sentence, _ in named
        if number == day.weekday()
    )
    fortnight = {item.day.start for item in told if timedelta(0) < day - item.day.start <= timedelta(days=7)}
    agreeing = any(
        window.high
        and window.low
        and window.low <= day <= window.high
        and (window.high - window.low) <= _LONGEST
        for window in windows
    )
    signs = {
        "the caption names the weekday itself": newest.day.weekday,
        "other days of the same week are named": bool(fortnight),
        "the same scene is told with the weekday": shared >= _SCENE_WORDS,
        "the counting from a known event agrees": agreeing,
    }
    held = [words for words, holds in signs.items() if holds]
    # prose gives a year mostly to days long past, so a scene is a caption or a day named with its weekday
    if not held or (newest.line.kind != "caption" and not newest.day.weekday):
        return None
    last = WEEKDAYS[(day.weekday() + mode) % 7].capitalize()
    words = (
        f'{_kind(newest.line)} in line {newest.line.number} names "{newest.day.words}", a {WEEKDAYS[day.weekday()].capitalize()}; '
        f"the text speaks of {'that weekday' if not mode else 'that weekday and of ' + last}"
        + (f" ({'; '.join(held)})" if held else "")
        + ", so the article is of that week"
    )
    first = day + timedelta(days=mode if ahead[mode] > ahead[0] else 0)
    return (first, day + timedelta(days=max(near) + 1), words), len(held) >= 2


def _later_than(day: date, windows: Sequence[Window]) -> bool:
    """Tell whether the text speaks of a time clearly after a day."""
    return any(window.low and window.low > day + timedelta(days=31) for window in windows)


def _around(item: _Named) -> str:
    for begin, sentence in sentences(item.line.text):
        if begin <= item.day.begin < begin + len(sentence):
            return sentence
    return item.line.text


def _topical(prose: Sequence[Line]) -> set[str]:
    """Collect the words that an article uses throughout, which say nothing about one scene."""
    told = [_content(sentence) for line in prose for _, sentence in sentences(line.text)]
    counts = Counter(word for words in told for word in words)
    return {word for word, count in counts.items() if count > max(3, len(told) * 0.15)}


def _content(text: str) -> set[str]:
    """Cut content words to five letters, so that "visits" and "visited" meet."""
    months_and_days = {day[:5] for day in WEEKDAYS}
    return {word[:5] for word in _WORD.findall(text.lower()) if word not in _COMMON} - months_and_days


def _window(prose: Sequence[Line], windows: Sequence[Window]) -> tuple[Reading | None, str]:
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
    said = dict.fromkeys(f'"{window.words}" in line {window.line} ({window.why})' for window in used)
    return (low, high, "body", "; ".join(said)), ""


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
    return found


def _months_later(first: date, months: int) -> date:
    index = first.month - 1 + months
    return month_end(date(first.year + index // 12, index % 12 + 1, 1))


def _completed(own: Sequence[Line], window: Reading | None) -> Reading | None:
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
