"""Quotations, each with the reporting verb beside it and the verb's subject, paragraph by paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from analysis.actors.quotation import Quotation
from analysis.actors.rules.marks import Marks, Span
from analysis.actors.rules.speaking import ACCORDING, STOP, source_of, trimmed

Word = tuple[int, int, str, str]
_BEHIND_COLON = "quotation behind a colon"
_FAR = 100  # characters between a quotation and its verb


class Said(NamedTuple):
    """A statement: content spans, cue and source, the cue's lemma, and the rule that found it."""

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    lemma: str = ""
    rule: str = ""
    paragraph: int = -1  # where the paragraph of its last quotation ends


def direct(body: str, words: Sequence[Word], marks: Marks) -> list[Said]:
    """Find quotations with the reporting verb beside them; those without one go to the speaker before.

    Parameters
    ----------
    body : str
        The article.
    words : sequence of (start, end, lemma, form)
        Its reporting words.
    marks : Marks
        Its quotations.

    Returns
    -------
    list of Said
        In order.
    """
    out: list[Said] = []
    at = [word[0] for word in words]
    low = high = -1
    near: list[Word] = []
    for q in marks.quotations:
        if q.start >= high:
            low = body.rfind("\n", 0, q.start) + 1
            high = body.find("\n", q.end)
            high = len(body) if high < 0 else high
            beside = words[bisect_left(at, low) : bisect_left(at, high)]
            near = [word for word in beside if not marks.hold(word[0])]
        cue = _nearest(body, q, near)
        size = len(q.inner(body).split())
        last = out[-1] if out else None
        span = (q.start, q.end)
        if cue is not None and last is not None and last.cue == cue[:2]:
            out[-1] = last._replace(content=(*last.content, span), paragraph=high)
        elif cue is not None:
            source = _source(body, cue, q, low, high)
            if size >= 5 or source is not None:
                out.append(Said((span,), cue[:2], source, cue[2], "quotation with its verb", high))
        elif size >= 4 and last is not None and _goes_on(body, q, last, low, high):
            out[-1] = last._replace(content=(*last.content, span), paragraph=high)
        elif size >= 3 and body[low : q.start].rstrip().endswith(":"):
            out.append(_behind_colon(body, q, low, high))
        elif size >= 6:
            out.append(Said((span,), rule="quotation, no speaker", paragraph=high))
    return out


def _nearest(body: str, q: Quotation, near: Sequence[Word]) -> Word | None:
    """Return the reporting verb beside a quotation, with no end of a sentence between; of two as near the one behind."""
    behind = next((word for word in near if word[0] >= q.end), None)
    before = next((word for word in reversed(near) if word[1] <= q.start), None)
    first = (before, behind)
    if behind is not None and (before is None or behind[0] - q.end <= q.start - before[1]):
        first = (behind, before)
    for word in first:
        if word is not None:
            low, high = (q.end, word[0]) if word is behind else (word[1], q.start)
            if high - low < _FAR and STOP.search(body, low, high) is None:
                return word
    return None


def _source(body: str, cue: Word, q: Quotation, low: int, high: int) -> Span | None:
    """Return the subject of the verb beside a quotation, looked for outside the marks."""
    start, end, lemma, form = cue
    if start >= q.end:
        low = q.end
        if not body[low:start].strip(" ,—–-"):
            # "…," said Anna Berg
            source, _ = source_of(body, (start, end), form, max(low - 2, 0), high)
            return source
    if lemma == ACCORDING:
        return trimmed(body, end, min(high, end + 60))
    source, _ = source_of(body, (start, end), form, low, min(high, q.start) if start < q.start else high)
    return source


def _goes_on(body: str, q: Quotation, last: Said, low: int, high: int) -> bool:
    """Say whether a quotation without a verb belongs to the one before: same paragraph, or a paragraph of its own."""
    if last.paragraph == high:
        return True
    alone = (
        body[q.start] not in "‘’'`"
        and not body[low : q.start].strip()
        and not body[q.end : high].strip(" .,")
    )
    return (alone or q.continues) and last.paragraph < low and not body[last.paragraph : low].strip()


def _behind_colon(body: str, q: Quotation, low: int, high: int) -> Said:
    """Attribute a quotation behind a colon to the words before it."""
    colon = body.rfind(":", low, q.start)
    stop = max((match.end() for match in STOP.finditer(body, low, colon)), default=low)
    source = trimmed(body, max(stop, body.rfind(",", low, colon) + 1), colon)
    known = source if source[1] > source[0] and source[1] - source[0] < 60 else None
    return Said(((q.start, q.end),), (colon, colon + 1), known, "", _BEHIND_COLON, high)
