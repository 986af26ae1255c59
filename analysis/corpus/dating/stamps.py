"""Stamps: the date lines that a page prints beside its article, and which of them is the article's own.

A pasted page holds many: today's date in the site's head, "published" and "updated", other stories, comments. The
article's own stands close above its first paragraph; where none does, close below its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.corpus.dating.expressions import Line, explicit_days
from analysis.corpus.dating.values import century, day_of

# A stamp is a short line; beyond this length a date is part of a sentence or of a list.
_LONGEST = 160
_PARAGRAPH = 60
# lines above the first paragraph within which any short line with a date is taken for a stamp
_CLOSE = 8
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d{2})(?!\d?[./-]\d)(?!\d(?!\d?:))")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[./-](\d{1,2})[./-](\d{1,2})(?=T\d|\D|$)")
# "Nov 19 20197:05 AM": the year and the hour run together where the page had two elements
_GLUED = re.compile(r"((?:19|20)\d\d)(?=\d{1,2}[:.]\d\d)|(?<=GMT)\s*[+-]\d(?=\d)")
_AMERICAN = re.compile(r"(?i)\b(?:[ap]\.?m\.?|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t)\b")
_PUBLISHED = re.compile(
    r"(?i)\b(?:published|posted|first published|created|filed|issued)\b|^by\b|^written by\b"
)
_UPDATED = re.compile(r"(?i)\b(?:updated?|modified|revised|edited)\b")
_COMMENT = re.compile(
    r"(?i)\b(?:said|says|wrote|replied|reply|joined|registered|members?|offline|online|likes?)\b|^@|\(@\w+\)"
)
_OTHER_KINDS = frozenset({"comment", "footer", "caption", "image credit"})


@dataclass(frozen=True)
class Stamp:
    """A date line: the day, or the two days a numeric date can mean; lower ranks are closer to the article."""

    start: date
    end: date
    words: str
    line: int
    rank: tuple[int, int, int]


def stamps(lines: Sequence[Line]) -> list[Stamp]:
    """Find the stamps of a page, the article's own first.

    Parameters
    ----------
    lines : sequence of Line
        All lines of the page.

    Returns
    -------
    list of Stamp

    Examples
    --------
    >>> page = [
    ...     Line(1, "timestamp", False, "Wednesday, November 20, 2019"),
    ...     Line(2, "navigation", False, "Home"),
    ...     Line(3, "headline", False, "Town rebuilds its bridge"),
    ...     Line(4, "timestamp", False, "Published 11/18/19 12:26 PM"),
    ...     Line(5, "body", True, "The bridge over the river Lys was opened to traffic again this week, the town said."),
    ... ]
    >>> [(stamp.start.isoformat(), stamp.words) for stamp in stamps(page)]
    [('2019-11-18', '11/18/19'), ('2019-11-20', 'Wednesday, November 20, 2019')]
    """
    kept = [index for index, line in enumerate(lines) if line.kept and len(line.text) >= _PARAGRAPH]
    first = kept[0] if kept else len(lines)
    last = kept[-1] if kept else -1
    heads = [index for index, line in enumerate(lines) if line.kind == "headline"]
    found = []
    for index, line in enumerate(lines):
        rank = _rank(index, line, first, last)
        if rank and rank[0] and heads and 0 < index - heads[0] <= _CLOSE // 2:
            rank = (0, *rank[1:])
        if rank is None:
            continue
        for start, end, words in _days(line.text):
            found.append(Stamp(start, end, words, line.number, rank))
            break
    return sorted(found, key=lambda stamp: (stamp.rank, stamp.line))


def _rank(index: int, line: Line, first: int, last: int) -> tuple[int, int, int] | None:
    """Tell how surely a line is the article's stamp; None where it is none."""
    text = line.text
    if (line.kept and line.kind != "dateline") or len(text) > _LONGEST or line.kind in _OTHER_KINDS:
        return None
    if _COMMENT.search(text):
        return None
    cue = 0 if _PUBLISHED.search(text) else 2 if _UPDATED.search(text) else 1
    dated = cue != 1 or line.kind in ("timestamp", "byline")
    if index < first:
        distance = first - index
        if dated:
            return (0 if distance <= _CLOSE * 2 else 1, cue, distance)
        return (2, cue, distance) if distance <= _CLOSE else None
    if index > last:
        return (
            (3, cue, index - last) if dated and index - last <= _CLOSE else (5, cue, index) if dated else None
        )
    return (4, cue, index - first) if dated else None


def _days(text: str) -> Iterator[tuple[date, date, str]]:
    plain = _GLUED.sub(lambda match: (match.group(1) or "") + " ", text)
    for day in explicit_days(plain):
        yield day.start, day.start, day.words
    for match in _YEAR_FIRST.finditer(plain):
        found = day_of(int(match.group(1)), int(match.group(2)), int(match.group(3)))
        if found:
            yield found, found, match.group()
    for match in _NUMERIC.finditer(plain):
        one, two, year = int(match.group(1)), int(match.group(3)), century(int(match.group(4)))
        by_month, by_day = day_of(year, one, two), day_of(year, two, one)
        if match.group(2) == "." and by_day:
            by_month = None
        elif by_month and by_day and _AMERICAN.search(plain):
            by_day = None
        readings = sorted(reading for reading in (by_month, by_day) if reading)
        if readings:
            yield readings[0], readings[-1], match.group()
