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
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.corpus.dating.anchors import anchor_windows
from analysis.corpus.dating.expressions import Line, explicit_days
from analysis.corpus.dating.scene import Named, looks_back, scene
from analysis.corpus.dating.stamps import stamps
from analysis.corpus.dating.window import Reading, completed, floors, window

__all__ = ["Line", "TextDates", "read_text_dates"]


# kinds of lines that belong to the article, though only some stay in the body
_OWN = frozenset({"body", "subheading", "caption", "dateline", "headline", "timestamp", "byline"})


# a removed line of such length that ends in a picture credit is a caption
_CAPTION = 50
_CREDIT = re.compile(
    r"\([^()]*\b(?:[Pp]hotos?|[Ii]mages?|[Pp]ic|[Pp]icture|[Hh]andout|AP|AFP|Getty|REUTERS|Reuters)\b[^()]*\)\s*$"
    r"|\b(?:[Pp]hoto|[Pp]ic|[Pp]icture|[Cc]redit)s?(?: by)?\s?:|\b(?:via|for) (?:REUTERS|AP|AFP|Getty)\b|\bMANDATORY CREDIT\b"
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
    own = [line._replace(kind="caption") if _is_caption(line) else line for line in lines]
    own = [line for line in own if line.kind in _OWN]
    named = [
        Named(day, line)
        for line in own
        for day in explicit_days(line.text)
        if latest is None or day.start <= latest
    ]
    printed = [item for item in stamps(lines) if latest is None or item.start <= latest]
    stamped = {item.line for item in printed}
    candidates = [
        (item.start, item.end, "stamp", f'stamp in line {item.line}: "{item.words}"') for item in printed
    ]
    candidates += _datelines(own)
    candidates += [
        (
            item.day.start,
            item.day.start,
            item.kind,
            f'{item.kind} in line {item.line.number}: "{item.day.words}"',
        )
        for item in named
        if item.line.number not in stamped and item.line.kind != "timestamp"
    ]
    prose = [line for line in own if line.kind != "timestamp"]
    told = [item for item in named if item.line.kind != "timestamp" and not item.day.context]
    windows = [*anchor_windows(prose), *floors(prose, told)]
    dated = scene(prose, told, windows)
    latest_told = max(filter(looks_back, told), key=lambda item: item.day.start, default=None)
    not_before = (latest_told.day.start, f'"{latest_told.day.words}"') if latest_told else None
    if dated:
        (low, high, words), firm = dated
        reading = (low, high, "weekday", words)
        return TextDates((*_once(candidates), reading), reading, (low, high), firm, not_before)
    found, reason = window(prose, windows)
    found = completed(own, found) or found
    return TextDates(
        (*_once(candidates), *([found] if found else [])), found, None, False, not_before, reason
    )


def _is_caption(line: Line) -> bool:
    """Recognise a caption by its credit, whatever kind of furniture it was removed as."""
    return not line.kept and len(line.text) >= _CAPTION and bool(_CREDIT.search(line.text))


def _datelines(own: Sequence[Line]) -> list[Reading]:
    """Find the full day in the opening of agency copy; the article is of that day or the next."""
    openings = [line for line in own if line.kind in ("body", "dateline")][:3]
    found = []
    for line in openings:
        for day in explicit_days(line.text[:120]):
            place = line.text[: day.begin].strip(" ,.(–—-")
            if place[:3].isupper() and len(place) <= 60 and not day.context:
                words = f'dateline in line {line.number}: "{line.text[: day.end].strip()}"'
                found.append((day.start, day.start + timedelta(days=1), "dateline", words))
            break
    return found


def _once(candidates: Sequence[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(candidates))
