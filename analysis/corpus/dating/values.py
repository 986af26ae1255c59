"""Read one written date: the value of a column, a stamp, a file name, an address."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

EARLIEST = date(1600, 1, 1)
LATEST = date(2100, 1, 1)

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?=$|[T\s]).*", re.S)
_COMPACT = re.compile(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:$|[T\s_-]?\d{4,6}Z?\s*$)")
_NUMERIC = re.compile(r"\s*(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?=$|[\sT,]).*", re.S)
_YEAR_FIRST = re.compile(r"\s*(\d{4})\s*([/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?=$|[\sT,]).*", re.S)
_EPOCH = re.compile(r"\s*(\d{9,10}|\d{12,13})(?:\.\d+)?\s*")
_MONTH_YEAR = re.compile(r"\s*([A-Za-z]{3,9})\.?,?\s+(\d{4})\s*")
_YEAR = re.compile(r"\s*((?:19|20)\d{2})\s*")
_RANGE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})\s*/\s*(\d{4}-\d{2}-\d{2})\s*")

MONTHS = {
    name.lower(): number
    for number in range(1, 13)
    for name in (calendar.month_name[number], calendar.month_abbr[number], {9: "Sept"}.get(number, "May"))
    if name != "May" or number == 5
}


@dataclass(frozen=True)
class Value:
    """The days a written date can mean, and what was noticed in reading it."""

    start: date
    end: date
    note: str = ""

    @property
    def precision(self) -> str:
        """One of day, month and range."""
        return precision_of(self.start, self.end)


def precision_of(start: date, end: date) -> str:
    """Name the precision of a span of days.

    Examples
    --------
    >>> precision_of(date(2023, 2, 1), date(2023, 2, 28))
    'month'
    """
    if start == end:
        return "day"
    whole = start.day == 1 and end == month_end(start)
    return "month" if whole else "range"


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_of(year: int, month: int, day: int) -> date | None:
    """Make a date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def century(year: int) -> int:
    """Complete a two-digit year the way POSIX does: 69 to 99 are the 1900s.

    Examples
    --------
    >>> century(17), century(98), century(2017)
    (2017, 1998, 2017)
    """
    if year >= 100:
        return year
    return year + (2000 if year < 69 else 1900)


def day_first(values: Iterable[str]) -> bool | None:
    """Learn from a whole column whether 3/4/2017 is the third of April.

    Parameters
    ----------
    values : iterable of str
        The column's values.

    Returns
    -------
    bool or None
        True for day first, False for month first, None where no value or contradictory values tell.

    Examples
    --------
    >>> day_first(["3/4/2017", "12/22/2016"])
    False
    """
    seen = set()
    for value in values:
        match = _NUMERIC.fullmatch(value)
        if match:
            first, second = int(match.group(1)), int(match.group(3))
            if first > 12 >= second:
                seen.add(True)
            elif second > 12 >= first:
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def read_date(text: str, *, order: bool | None = None, latest: date | None = None) -> Value | None:
    """Read a date as data sets write it.

    Parameters
    ----------
    text : str
        Such as ``2023-02-28T10:00:00Z``, ``7/23/17``, ``Feb. 28, 2023``, ``28 February 2023``, ``2023-02``, seconds
        or milliseconds since 1970, or a range ``2023-03-08/2023-03-09``.
    order : bool, optional
        True where the column writes the day first, False where the month first; see `day_first`.
    latest : datetime.date, optional
        Days after it are refused, being in the future.

    Returns
    -------
    Value or None
        None where it is no date, or an impossible one. The day is taken as written, without changing time zones.

    Examples
    --------
    >>> read_date("7/23/17")
    Value(start=datetime.date(2017, 7, 23), end=datetime.date(2017, 7, 23), note='two-digit year read as 2017')
    >>> read_date("3/4/2017").precision
    'range'
    >>> read_date("2016-11-31") is None
    True
    """
    value = _read(text, order)
    if value is None or value.start < EARLIEST or value.end > LATEST or value.end < value.start:
        return None
    return None if latest is not None and value.start > latest else value


def _read(text: str, order: bool | None) -> Value | None:
    if match := _RANGE.fullmatch(text):
        try:
            return Value(date.fromisoformat(match.group(1)), date.fromisoformat(match.group(2)))
        except ValueError:
            return None
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        year, month, day = (int(part) if part else 0 for part in match.groups())
        return _exact(year, month, day) if day else _month(year, month)
    if match := _YEAR_FIRST.fullmatch(text):
        return _exact(int(match.group(1)), int(match.group(3)), int(match.group(4)))
    if match := _NUMERIC.fullmatch(text):
        return _numeric(int(match.group(1)), int(match.group(3)), match.group(4), order, text.strip())
    if match := _EPOCH.fullmatch(text):
        seconds = int(match.group(1)) / (1000 if len(match.group(1)) > 10 else 1)
        moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
        return Value(moment, moment, "seconds since 1970, as a day in UTC")
    if match := _MONTH_YEAR.fullmatch(text):
        month = MONTHS.get(match.group(1).lower(), 0)
        return _month(int(match.group(2)), month) if month else None
    if match := _YEAR.fullmatch(text):
        return Value(date(int(match.group(1)), 1, 1), date(int(match.group(1)), 12, 31), "only a year")
    return _worded(text, order)


def _exact(year: int, month: int, day: int, note: str = "") -> Value | None:
    found = day_of(year, month, day)
    return Value(found, found, note) if found else None


def _month(year: int, month: int) -> Value | None:
    first = day_of(year, month, 1)
    return Value(first, month_end(first)) if first else None


def _numeric(first: int, second: int, year_text: str, order: bool | None, text: str) -> Value | None:
    year = century(int(year_text))
    note = f"two-digit year read as {year}" if len(year_text) == 2 else ""
    by_month, by_day = day_of(year, first, second), day_of(year, second, first)
    if order is not None and by_month and by_day:
        by_month, by_day = (None, by_day) if order else (by_month, None)
    readings = sorted({reading for reading in (by_month, by_day) if reading})
    if not readings:
        return None
    if len(readings) == 2:
        unsure = f"{text} can be read day first or month first and no other value tells which"
        return Value(readings[0], readings[1], "; ".join(filter(None, (note, unsure))))
    return Value(readings[0], readings[0], note)


def _worded(text: str, order: bool | None) -> Value | None:
    """Leave words to dateutil, but only where they name a month and a year: it fills gaps with today's date."""
    from dateutil import parser

    if (
        len(text) > 80
        or not re.search(r"[A-Za-z]{3}", text)
        or not re.search(r"\b(?:1[6-9]|20)\d{2}\b", text)
    ):
        return None
    if not re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!:)", re.sub(r"\d+:\d+(?::\d+)?|\b\d{4}\b", " ", text)):
        return None
    plain = re.sub(
        r"\b([A-Z]{2,5}|GMT[+-]\d+)$",
        "",
        re.sub(r"(?i)\b(?:on|updated|published|at|of)\b:?", " ", text.strip()),
    )
    readings = []
    for default in (datetime(1999, 1, 1), datetime(2001, 12, 30)):
        try:
            readings.append(parser.parse(plain.strip(" ,|-"), default=default, dayfirst=bool(order)).date())
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
    # what changes with the default was not in the text
    return Value(readings[0], readings[0]) if readings[0] == readings[1] else None


_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/_.]?)(\d{1,2}|[a-z]{3})\2(\d{1,2})(?!\d)", re.I)


def date_in_path(path: str) -> tuple[Value, str] | None:
    """Find a day in an address or a file name.

    Parameters
    ----------
    path : str
        Such as ``https://example.org/2016/09/20/story.html`` or ``2023-04-18_visit.txt``.

    Returns
    -------
    tuple of Value and str, or None
        The day and the characters that say so; None where there is none, or several differ.

    Examples
    --------
    >>> date_in_path("news/2023/mar/08/town-falls")[0].start
    datetime.date(2023, 3, 8)
    >>> date_in_path("story-12345678.html") is None
    True
    """
    found: dict[date, str] = {}
    for match in _PATH_DAY.finditer(path):
        year, mark, month, day = match.groups()
        if not mark and (len(month) != 2 or len(day) != 2):
            continue
        number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
        exact = day_of(int(year), number, int(day))
        if exact and (mark or exact >= date(1990, 1, 1)):
            found.setdefault(exact, match.group())
    if len(found) != 1:
        return None
    ((day_found, words),) = found.items()
    return Value(day_found, day_found), words
