"""Candidates for statements without a parse: every reporting word, with what may be its content and its source.

The words beside a reporting verb propose, `analysis.actors.rules.attributing` decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.actors.lexicons import words
from analysis.actors.quotation import Quotation
from analysis.actors.rules.groups import Finder, finder
from analysis.actors.rules.verbs import forms_of

if TYPE_CHECKING:
    from analysis.codebook import Codebook

Span = tuple[int, int]

STOP = re.compile(
    r"[?!“”\"\n]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)(?<!\bSt)(?<!\bJr)(?<!\b[A-Z])\.(?=\s|$)"
)
# where a clause begins: behind a mark, or a word that joins clauses
_CLAUSE = re.compile(
    r"[,;:“”\"()—–]|--|\b(?:and|but|when|while|because|although|though|as|after|before|if|since|so|that|where|than|what|how|whether)\b(?! )?"
)
_BESIDE_VERB = (
    r"(?:has|have|had|is|was|are|were|be|been|being|will|would|could|should|may|might|must|can|did|does|do|to|not|n't|"
    r"also|later|then|now|again|once|often|repeatedly|recently|previously|earlier|already|even|just|still|initially|"
    r"publicly|privately|reportedly|never|always|only|simply|falsely|correctly|further|subsequently|[a-z]+ly|"
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last week|this week|last month|this month|today|yesterday|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_HELPERS = re.compile(rf"(?:(?<=\s)|^)(?:{_BESIDE_VERB}(?:,? |$))+$")
_INVERTED = re.compile(r"[,?!”\"’—–] ?$")
_SUBJECT = re.compile(
    r" ((?:[\w'’.-]+(?: |, (?=(?:Jr|Sr)\.))){0,7}?[\w'’-]+\.?)(?=,|\.(?:\s|$)|[;:“\"\n—–(]|"
    r" (?:in|on|at|during|after|before|when|while|as|to|of|that|about|who|with|from|by|last|this|earlier|later|Mon|Tues|"
    r"Wednes|Thurs|Fri|Satur|Sun)\b|$)"
)
_THAT = re.compile(r"(?: (?!that\b)[\w’'.,-]+){0,10}? (that) (?!(?:is|was|has|had|would|will)\b)")
_BREAK = re.compile(
    r"(?:, (?:but|and|while|which|who|as|after|though|although|adding|saying|calling|noting|citing|according|a|an|the|he|she|they)\b"
    r"|; | — | – | -- | while | even as | as (?:he|she|they|the) )"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\b")
_SOURCE_OF_ACCORDING = re.compile(
    r" ((?:[\w'’.&-]+(?: |, (?=(?:Jr|Inc)\.))){0,12}?[\w'’&-]+\.?)(?=, |\.(?:\s|$)|[;:“”\"\n—–(]|$)"
)
_MARKS = " \n,;:—–-."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reporting word with content spans and a source span or None; ``kind`` says how they lie."""

    cue: Span
    lemma: str
    form: str
    spans: tuple[Span, ...]
    source: Span | None
    kind: str


@lru_cache(maxsize=4)
def cue_forms(codebook: Codebook) -> Mapping[str, tuple[str, str]]:
    """Map each form of the codebook's reporting verbs, and of a few more, to lemma and form."""
    own = [lemma for lemma in codebook.cue_classes if lemma not in {"according to", "so-called"}]
    return forms_of([*own, *(verb for verb in sorted(words("more_cues", "lemma")) if verb not in own)])


@lru_cache(maxsize=4)
def cue_finder(codebook: Codebook) -> Finder:
    """Find the forms of reporting verbs, small or at the beginning of a sentence."""
    forms = cue_forms(codebook)
    return finder(dict(forms))


def cues(body: str, codebook: Codebook) -> list[tuple[int, int, str, str]]:
    """List the reporting words of a text: start, end, lemma, form."""
    found = cue_finder(codebook).find(body)
    found += [(m.start(), m.end(), "according to", "base") for m in _ACCORDING.finditer(body)]
    return sorted(found)


def candidates(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    found: Sequence[tuple[int, int, str, str]],
    marks: Sequence[Quotation],
) -> Iterator[Candidate]:
    """Propose statements, reporting word by reporting word; at most one for each is right.

    Parameters
    ----------
    body : str
        The article.
    starts, ends : sequence of int
        Its sentences.
    found : sequence of (start, end, lemma, form)
        Its reporting words, from `cues`.
    marks : sequence of Quotation
        Its quotations; words inside are not taken for the outlet's.

    Yields
    ------
    Candidate
    """
    for start, end, lemma, form in found:
        number = max(bisect_right(starts, start) - 1, 0)
        low, high = starts[number], max(ends[number], end)
        if lemma == "according to":
            yield from _according(body, start, end, low, high)
        else:
            yield from _of_verb(body, (start, end), lemma, form, low, high)


def _of_verb(body: str, cue: Span, lemma: str, form: str, low: int, high: int) -> Iterator[Candidate]:
    start, end = cue
    source, inverted = source_of(body, cue, form, low, high)
    left = trimmed(body, low, min(start, source[0]) if source else start)
    right_from = source[1] if inverted and source else end
    right = trimmed(body, right_from, high)
    behind = body[right_from:high]
    set_off = (
        left[1] > left[0] and body[left[1] : left[1] + 1] in {",", "”", '"', "?", "!", "’", "—", "–"}
    ) or (left[1] > left[0] and body[left[1] - 1 : left[1]] in {"?", "!", '"', "”"})
    closes = len(behind.strip(_MARKS)) < 2
    if set_off and left[1] - left[0] > 8:
        yield Candidate(cue, lemma, form, (left,), source, "final" if closes else "before")
        if not closes and right[1] - right[0] > 8:
            yield Candidate(cue, lemma, form, (left, right), source, "around")
    if right[1] - right[0] > 3 and not inverted:
        that = _THAT.match(body, end, high)
        if that is not None:
            for kind, stop in _stops(body, that.start(1), high):
                yield Candidate(
                    cue, lemma, form, (trimmed(body, that.start(1), stop),), source, f"that{kind}"
                )
        for kind, stop in _stops(body, end, high):
            span = trimmed(body, end, stop)
            if span[1] - span[0] > 3:
                yield Candidate(cue, lemma, form, (span,), source, f"rest{kind}")


def _stops(body: str, start: int, high: int) -> Iterator[tuple[str, int]]:
    """Give where a content may end: with the sentence, or where another clause begins."""
    yield "", high
    brk = _BREAK.search(body, min(start + 12, high), high)
    if brk is not None and high - brk.start() > 6:
        yield " to clause", brk.start()


def source_of(body: str, cue: Span, form: str, low: int, high: int) -> tuple[Span | None, bool]:
    """Give the words of a reporting verb's subject and whether it stands behind the verb."""
    start, end = cue
    if form in {"past", "third"} and _INVERTED.search(body, max(low, start - 3), start):
        behind = _SUBJECT.match(body, end, high)
        if behind is not None and behind[1].split(" ", 1)[0].lower() not in _NO_SUBJECT:
            return trimmed(body, *behind.span(1)), True
    left = body[low:start]
    helpers = _HELPERS.search(left)
    stop = low + (helpers.start() if helpers else len(left))
    edge = low
    pieces = [match.end() for match in _CLAUSE.finditer(body, low, stop)]
    for at in reversed(pieces):
        if body[at:stop].strip(" ,"):
            edge = at
            break
        stop_before = at - 1
        # the verb stands behind a mark: "Berg, the mayor, said": its subject stands before what the marks hold
        if body[at - 1] == "," and at == pieces[-1]:
            earlier = [p for p in pieces if p <= stop_before]
            if earlier and body[earlier[-1] - 1] == ",":
                head = max((p for p in earlier[:-1]), default=low)
                span = trimmed(body, head, earlier[-1] - 1)
                if span[1] > span[0]:
                    return span, False
            edge = earlier[-1] if earlier else low
            stop = stop_before
            break
    span = trimmed(body, edge, stop)
    text = body[span[0] : span[1]]
    if text.lower() in {"who", "which"}:
        noun = trimmed(body, max((p for p in pieces if p < span[0] - 2), default=low), span[0])
        return (noun if noun[1] > noun[0] else None), False
    if not text or len(text) > 140:
        return None, False
    return span, False


_NO_SUBJECT = frozenset(
    {"that", "to", "in", "on", "at", "by", "for", "with", "of", "from", "as", "it", "about", "not"}
)


def _according(body: str, start: int, end: int, low: int, high: int) -> Iterator[Candidate]:
    found = _SOURCE_OF_ACCORDING.match(body, end, high)
    if found is None:
        return
    source = trimmed(body, *found.span(1))
    cue = (start, end)
    left, right = trimmed(body, low, start), trimmed(body, found.end(1), high)
    if left[1] - left[0] > 8:
        yield Candidate(cue, "according to", "base", (left,), source, "according behind")
        if right[1] - right[0] > 20:
            yield Candidate(cue, "according to", "base", (left, right), source, "according between")
    elif right[1] - right[0] > 8:
        yield Candidate(cue, "according to", "base", (right,), source, "according before")


def trimmed(body: str, start: int, end: int) -> Span:
    """Take marks and white space off the ends of a span."""
    piece = body[start:end]
    cut = piece.lstrip(_MARKS)
    start += len(piece) - len(cut)
    return start, start + len(cut.rstrip(_MARKS))


def paragraphs(body: str) -> list[Span]:
    """Give the lines of a text that hold something."""
    out, position = [], 0
    for line in body.split("\n"):
        if line.strip():
            out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def inside(at: int, marks: Sequence[Quotation]) -> bool:
    """Say whether a character stands inside a quotation; `marks` in order."""
    number = bisect_left(marks, at + 1, key=lambda q: q.start) - 1
    return number >= 0 and at < marks[number].end
