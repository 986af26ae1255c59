"""The day of publication: every candidate with its evidence, the choice with its reason, and what contradicts it.

Order of trust: what the analyst wrote in ``sources.csv``; the column of a data set; a page's metadata; the address; a
stamp in the text; a day worked out from the text; a file name. A stamp yields to the text where text and captions
together speak of another time, because a stamp may be the day of a copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from analysis.corpus.dating.text import Line, TextDates, read_text_dates
from analysis.corpus.dating.values import date_in_path, precision_of, read_date
from analysis.corpus.reading.model import Found

__all__ = ["Candidate", "Dated", "Line", "date_article"]

# A column, page or stamp and the text may differ by so much without being called contradictory: copies are
# published a little later, and an article may be about what will happen next week.
_SLACK = timedelta(days=14)


@dataclass(frozen=True)
class Candidate:
    """One reading of one piece of evidence."""

    start: date
    end: date
    kind: str
    evidence: str
    chosen: bool = False
    reason: str = ""

    def record(self, article_id: str) -> dict[str, Any]:
        """Return the candidate as a row of the ``dates`` table."""
        return {
            "article_id": article_id,
            "start_date": self.start,
            "end_date": self.end,
            "kind": self.kind,
            "evidence": self.evidence,
            "chosen": self.chosen,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Dated:
    """The day or days of publication, and why."""

    start: date | None
    end: date | None
    how: str
    conflict: str
    candidates: tuple[Candidate, ...]

    @property
    def precision(self) -> str:
        """One of day, month, range and unknown."""
        return precision_of(self.start, self.end) if self.start and self.end else "unknown"


def date_article(
    lines: Sequence[Line],
    *,
    given: Mapping[str, Found],
    path: str = "",
    order: bool | None = None,
    latest: date | None = None,
) -> Dated:
    """Find the day of publication of one article.

    Parameters
    ----------
    lines : sequence of Line
        The article's lines with their kinds.
    given : mapping of str to Found
        What is known beside the text: ``date`` (from sources.csv, a column or the page) and ``url``.
    path : str, optional
        The file's path; a day in its name is a candidate.
    order : bool, optional
        Whether the column writes the day before the month, see `values.day_first`.
    latest : datetime.date, optional
        Days after it are refused.

    Returns
    -------
    Dated

    Examples
    --------
    >>> dated = date_article([Line(1, "timestamp", False, "Tuesday, 7 March 2023")], given={})
    >>> dated.start, dated.precision, dated.how
    (datetime.date(2023, 3, 7), 'day', 'stamp in line 1: "Tuesday, 7 March 2023"')
    """
    text = read_text_dates(lines, latest=latest)
    outside, refused = _outside(given, path, order, latest)
    candidates = [*outside, *(Candidate(*item) for item in text.candidates)]
    if not candidates:
        return Dated(
            None, None, refused or text.reason or "nothing in the file or its text tells a day", "", ()
        )
    chosen, reason = _choose(candidates, text)
    if chosen is None:
        left = tuple(replace(item, reason=reason) for item in candidates)
        return Dated(None, None, "; ".join(filter(None, (refused, reason))), "", left)
    conflict = _conflict(chosen, candidates, text)
    marked = tuple(_marked(item, chosen, reason) for item in candidates)
    how = chosen.evidence if chosen.kind in ("sources.csv", "column") else _said(chosen)
    return Dated(chosen.start, chosen.end, "; ".join(filter(None, (how, refused))), conflict, marked)


def _said(candidate: Candidate) -> str:
    """Put a candidate into words that begin with what kind of evidence it is."""
    evidence = candidate.evidence
    if candidate.kind in ("weekday", "body") and not evidence.startswith("body in"):
        return f"worked out from the text: {evidence}"
    return evidence if evidence.startswith(candidate.kind) else f"{candidate.kind}: {evidence}"


def _outside(
    given: Mapping[str, Found], path: str, order: bool | None, latest: date | None
) -> tuple[list[Candidate], str]:
    """Read what is known beside the text."""
    found = []
    refused = ""
    if said := given.get("date"):
        value = read_date(said.value, order=order, latest=latest)
        kind = (
            "sources.csv"
            if said.how == "sources.csv"
            else "html"
            if said.how.startswith("html")
            else "column"
        )
        if value is None:
            refused = f"{said.how} says {said.value[:60]!r}, which is no possible date"
        else:
            note = f", {value.note}" if value.note else ""
            found.append(Candidate(value.start, value.end, kind, f"{said.how}: {said.value[:60]}{note}"))
    for kind, words in (
        ("url", given["url"].value.split("?")[0] if "url" in given else ""),
        ("file", path.rsplit("/", 1)[-1]),
    ):
        dated = date_in_path(words)
        if dated and (latest is None or dated[0].start <= latest):
            found.append(Candidate(dated[0].start, dated[0].end, kind, f"{kind}: {dated[1]}"))
    return found, refused


def _choose(candidates: Sequence[Candidate], text: TextDates) -> tuple[Candidate | None, str]:
    """Take the most trusted candidate."""
    by_kind: dict[str, list[Candidate]] = {}
    for item in candidates:
        by_kind.setdefault(item.kind, []).append(item)
    for kind in ("sources.csv", "column", "html", "url"):
        if kind in by_kind:
            return by_kind[kind][0], f"the {kind} is trusted before the text"
    stamps, datelines = by_kind.get("stamp", []), by_kind.get("dateline", [])
    worked = Candidate(*text.worked_out) if text.worked_out else None
    if stamps:
        stamp = stamps[0]
        if text.firm and text.speaks_of and stamp.start > text.speaks_of[1] + _SLACK and worked:
            return (
                worked,
                f"captions and text speak of days up to {text.speaks_of[1]}, so the stamp is that of a copy",
            )
        if worked and not text.speaks_of and stamp.start > worked.end + _SLACK * 2:
            return worked, f"the text was written by {worked.end}, so the stamp is that of a copy"
        if datelines and stamp.start > datelines[0].end + _SLACK:
            return datelines[0], "the dateline is of another time, so the stamp is that of a copy"
        return stamp, "the stamp of the page"
    if datelines:
        return datelines[0], "the dateline of the text; papers print agency copy up to a day later"
    if "file" in by_kind:
        return by_kind["file"][0], "the file is named after the day"
    if worked:
        return worked, "worked out from the text"
    return None, text.reason or "the text names no day that can be tied to its publication"


def _conflict(chosen: Candidate, candidates: Sequence[Candidate], text: TextDates) -> str:
    """Say which evidence contradicts the chosen day."""
    said = []
    for item in candidates:
        apart = item.start > chosen.end + _SLACK or item.end < chosen.start - _SLACK
        if apart and item.kind in ("sources.csv", "column", "html", "url", "stamp", "file"):
            said.append(f"{_said(item)} is {_apart(item, chosen)}")
    # a day's difference is that of time zones and of pages updated overnight
    if text.not_before and chosen.end + timedelta(days=1) < text.not_before[0]:
        said.append(f"{text.not_before[1]} is after it")
    elif (
        (text.firm or chosen.kind in ("stamp", "file"))
        and text.speaks_of
        and chosen.start > text.speaks_of[1] + _SLACK
    ):
        said.append(f"captions and text speak of days up to {text.speaks_of[1]}")
    return "; ".join(dict.fromkeys(said))


def _apart(item: Candidate, chosen: Candidate) -> str:
    days = (item.start - chosen.end).days if item.start > chosen.end else (chosen.start - item.end).days
    return f"{days} days {'later' if item.start > chosen.end else 'earlier'}"


def _marked(item: Candidate, chosen: Candidate, reason: str) -> Candidate:
    if item == chosen:
        return replace(item, chosen=True, reason=reason)
    inside = item.start <= chosen.end and chosen.start <= item.end
    return replace(
        item, reason="agrees with the choice" if inside else "left: other evidence is trusted more"
    )
