"""Quotations, each with the reporting verb beside it and the verb's subject, paragraph by paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from analysis.actors.quotation import Quotation
from analysis.actors.rules.marks import Marks, Span
from analysis.actors.rules.speaking import ACCORDING, STOP, paragraphs, source_of, trimmed

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
    paragraph: int = -1


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
    free = [word for word in words if not marks.hold(word[0])]
    at = [word[0] for word in free]
    first = 0
    for number, (low, high) in enumerate(paragraphs(body)):
        last_of = bisect_left(marks.starts, high, first)
        near = free[bisect_left(at, low) : bisect_left(at, high)] if last_of > first else []
        for q in marks.quotations[first:last_of]:
            cue = _nearest(body, q, near)
            size = len(q.inner(body).split())
            last = out[-1] if out else None
            span = (q.start, q.end)
            if cue is not None and last is not None and last.cue == cue[:2]:
                out[-1] = last._replace(content=(*last.content, span), paragraph=number)
            elif cue is not None:
                source = _source(body, cue, q, low, high)
                if size >= 5 or source is not None:
                    out.append(Said((span,), cue[:2], source, cue[2], "quotation with its verb", number))
            elif size >= 4 and last is not None and _goes_on(body, q, last, number, low, high):
                out[-1] = last._replace(content=(*last.content, span), paragraph=number)
            elif size >= 3 and body[low : q.start].rstrip().endswith(":"):
                out.append(_behind_colon(body, q, low, number))
            elif size >= 6:
                out.append(Said((span,), rule="quotation, no speaker", paragraph=number))
        first = last_of
    return out


def _nearest(body: str, q: Quotation, near: Sequence[Word]) -> Word | None:
    """Return the reporting verb beside a quotation, with no end of a sentence between."""
    at = bisect_left(near, (q.end,))
    sides: list[tuple[float, int, int, Word]] = [
        (word[0] - q.end, q.end, word[0], word) for word in near[at : at + 1]
    ]
    left = next((word for word in reversed(near[:at]) if word[1] <= q.start), None)
    if left is not None:
        sides.append((q.start - left[1] + 0.5, left[1], q.start, left))
    return next(
        (
            word
            for far, low, high, word in sorted(sides)
            if far < _FAR and STOP.search(body, low, high) is None
        ),
        None,
    )


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


def _goes_on(body: str, q: Quotation, last: Said, number: int, low: int, high: int) -> bool:
    """Say whether a quotation without a verb belongs to the one before: same paragraph, or a paragraph of its own."""
    if last.paragraph == number:
        return True
    alone = (
        body[q.start] not in "‘’'`"
        and not body[low : q.start].strip()
        and not body[q.end : high].strip(" .,")
    )
    return last.paragraph == number - 1 and (alone or q.continues)


def _behind_colon(body: str, q: Quotation, low: int, number: int) -> Said:
    """Attribute a quotation behind a colon to the words before it."""
    colon = body.rfind(":", low, q.start)
    stop = max((match.end() for match in STOP.finditer(body, low, colon)), default=low)
    source = trimmed(body, max(stop, body.rfind(",", low, colon) + 1), colon)
    known = source if source[1] > source[0] and source[1] - source[0] < 60 else None
    return Said(((q.start, q.end),), (colon, colon + 1), known, "", _BEHIND_COLON, number)
