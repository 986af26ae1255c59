"""When things happened, apart from when they were published: the days that a text speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from analysis.corpus.dating.expressions import (
    WEEKDAYS,
    bare_weekdays,
    explicit_days,
    looks_ahead,
    partial_days,
    without_days,
)
from analysis.corpus.dating.values import day_of
from analysis.schemas import conform

_RELATIVE = re.compile(
    r"\b(?:[Yy]esterday|[Tt]he day before|[Oo]vernight|[Tt]oday|[Tt]his (?:morning|evening|afternoon))\b"
)
_MAY = re.compile(r"\b(?:may|might|can|should|must)\b[^.;]{0,30}$")
_FAR = 366  # days; an event farther from its report is background


def event_days(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the days on which articles say that something happened.

    Weekdays without a date are the last such day up to publication, days without a year those nearest before it,
    "yesterday" and "overnight" are counted from it. Days to come and days more than a year back are left out, and so
    is all that hangs on publication where that is not known to the day. A day named in speech is taken as any other.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id``, ``body``, ``published`` and, where present, ``published_until``.

    Returns
    -------
    pandas.DataFrame
        The ``event_days`` table (see `analysis.schemas`), in the order of the articles and their texts.

    Examples
    --------
    >>> one = pd.DataFrame({"article_id": ["a"], "published": ["2024-05-08"],
    ...                     "body": ["The bridge was closed on Monday. It may open on Friday."]})
    >>> event_days(one)[["surface", "day", "days_before"]].astype(str).to_numpy().tolist()
    [['Monday', '2024-05-06', '2']]
    """
    rows = []
    first = pd.to_datetime(articles["published"], errors="coerce")
    last = (
        pd.to_datetime(articles["published_until"], errors="coerce")
        if "published_until" in articles
        else first
    )
    bodies = articles["body"].fillna("")
    for article_id, body, begin, end in zip(
        articles["article_id"], bodies, first, last.fillna(first), strict=True
    ):
        published = begin.date() if pd.notna(begin) and begin == end else None
        found = {
            (start, stop): day
            for start, stop, day in _days(str(body), published)
            if published is None or 0 <= (published - day).days <= _FAR
        }
        for (start, stop), day in sorted(found.items()):
            rows.append(
                {
                    "article_id": str(article_id),
                    "start": start,
                    "end": stop,
                    "surface": str(body)[start:stop],
                    "day": day,
                    "days_before": (published - day).days if published is not None else None,
                }
            )
    return conform(rows, "event_days").to_pandas()


def _days(body: str, published: date | None) -> Iterator[tuple[int, int, date]]:
    for day in explicit_days(body):
        if not day.context:
            yield day.begin, day.end, day.start
    if published is None:
        return
    rest = without_days(body)
    seen = 0
    for month, number, words in partial_days(rest):
        place = rest.index(words, seen)
        seen = place + len(words)
        near = [day_of(year, month, number) for year in (published.year, published.year - 1)]
        past = next((day for day in near if day is not None and day <= published), None)
        if past is not None and not _to_come(rest, place):
            yield place, seen, past
    for weekday, place in bare_weekdays(rest):
        if not _to_come(rest, place):
            yield (
                place,
                place + len(WEEKDAYS[weekday]),
                published - timedelta((published.weekday() - weekday) % 7),
            )
    for match in _RELATIVE.finditer(rest):
        back = int(match[0].lower() in ("yesterday", "the day before"))
        if not _to_come(rest, match.start()):
            yield match.start(), match.end(), published - timedelta(back)


def _to_come(text: str, place: int) -> bool:
    return looks_ahead(text, place) or bool(_MAY.search(text[max(0, place - 60) : place]))
