"""Days written in the text: stamps, captions and prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.corpus.dating_expressions import Line, explicit_days

__all__ = ["Line", "TextDates", "read_text_dates"]

Reading = tuple[date, date, str, str]


@dataclass(frozen=True)
class TextDates:
    """What the text says about the time it was written.

    Parameters
    ----------
    candidates : tuple of tuples
        First day, last day, kind, evidence.
    worked_out : tuple, optional
        The candidate that the text as a whole supports.
    speaks_of : tuple of two dates, optional
        The days that captions and prose together speak of.
    not_before : tuple of date and str, optional
        A day that must have passed, and the words.
    reason : str
        Why nothing could be worked out.
    """

    candidates: tuple[Reading, ...] = ()
    worked_out: Reading | None = None
    speaks_of: tuple[date, date] | None = None
    not_before: tuple[date, str] | None = None
    reason: str = ""


def read_text_dates(lines: Sequence[Line], *, latest: date | None = None) -> TextDates:
    """Read the days a text names.

    Parameters
    ----------
    lines : sequence of Line
        The lines of the article.
    latest : datetime.date, optional
        Days after it are refused.

    Returns
    -------
    TextDates
    """
    found = [
        (day.start, day.start, _kind(line), f'{_kind(line)} in line {line.number}: "{day.words}"')
        for line in lines
        for day in explicit_days(line.text)
        if latest is None or day.start <= latest
    ]
    return TextDates(candidates=tuple(dict.fromkeys(found)))


def _kind(line: Line) -> str:
    if line.kind == "timestamp":
        return "stamp"
    return line.kind if line.kind in ("caption", "dateline") else "body"
