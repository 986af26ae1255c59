"""Candidates for statements without a parse: every reporting word, with what may be its content and its source.

The words beside a reporting verb propose, `analysis.actors.rules.attributing` decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
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
# words behind which another clause begins, so that a subject does not reach across them
_CLAUSE = frozenset(
    [
        "and",
        "but",
        "when",
        "while",
        "because",
        "although",
        "though",
        "as",
        "after",
        "before",
        "if",
        "since",
        "so",
        "that",
        "where",
        "than",
        "what",
        "how",
        "whether",
    ]
)
_EDGES = (",", ";", ":", "”", '"', ")", "—", "–", "--", "“", "(")
# words between a subject and its verb
_BESIDE = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "being",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "can",
        "did",
        "does",
        "do",
        "to",
        "not",
        "also",
        "later",
        "then",
        "now",
        "again",
        "once",
        "often",
        "recently",
        "previously",
        "earlier",
        "already",
        "even",
        "just",
        "still",
        "never",
        "always",
        "today",
        "yesterday",
        "further",
    ]
)
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_TIMES = frozenset(["week", "month", "year", "night"])
_INVERTED = frozenset(',?!”"’—–')
_FINITE = frozenset({"past", "third"})
_SUBJECT = re.compile(
    r" ((?:[\w'’.-]+(?: |, (?=(?:Jr|Sr)\.))){0,7}?[\w'’-]+\.?)(?=,|\.(?:\s|$)|[;:“\"\n—–(]|"
    r" (?:in|on|at|during|after|before|when|while|as|to|of|that|about|who|with|from|by|last|this|earlier|later|Mon|Tues|"
    r"Wednes|Thurs|Fri|Satur|Sun)\b|$)"
)
_NOT_CONJUNCTION = frozenset({"is", "was", "has", "had", "will", "would"})
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
    body: str, low: int, high: int, cue: Span, lemma: str, form: str
) -> tuple[Span | None, list[Candidate]]:
    """Propose what one reporting word may introduce; at most one is right.

    Parameters
    ----------
    body : str
        The article.
    low, high : int
        The sentence of the word.
    cue : (start, end)
        The word.
    lemma, form : str
        What it is.

    Returns
    -------
    (start, end) or None
        The source's words.
    list of Candidate
    """
    start, end = cue
    if lemma == "according to":
        return _according(body, start, end, low, high)
    out = []
    source, inverted = source_of(body, cue, form, low, high)
    left = trimmed(body, low, min(start, source[0]) if source else start)
    right = trimmed(body, source[1] if inverted and source else end, high)
    if left[1] - left[0] > 8 and (
        body[left[1] : left[1] + 1] in _SET_OFF or body[left[1] - 1 : left[1]] in {"?", "!", '"', "”"}
    ):
        closes = right[1] - right[0] < 2
        out.append(Candidate(cue, lemma, form, (left,), source, "final" if closes else "before"))
        if right[1] - right[0] > 8:
            out.append(Candidate(cue, lemma, form, (left, right), source, "around"))
    if right[1] - right[0] > 3 and not inverted:
        that = _that(body, end, high)
        if that >= 0:
            for kind, stop in _stops(body, that, high):
                out.append(Candidate(cue, lemma, form, (trimmed(body, that, stop),), source, f"that{kind}"))
        for kind, stop in _stops(body, end, high):
            span = trimmed(body, end, stop)
            if span[1] - span[0] > 3:
                out.append(Candidate(cue, lemma, form, (span,), source, f"rest{kind}"))
    return source, out


_SET_OFF = frozenset({",", "”", '"', "?", "!", "’", "—", "–"})


def _that(body: str, end: int, high: int) -> int:
    """Find the "that" of a clause not far behind a reporting verb: "told a crowd in the town that"; or -1."""
    at = body.find(" that ", end, min(high, end + 90))
    if at < 0 or any(mark in body[end:at] for mark in (";", ":", "“", '"')) or body.count(" ", end, at) > 10:
        return -1
    return -1 if body[at + 6 : at + 14].split(" ", 1)[0] in _NOT_CONJUNCTION else at + 1


def _stops(body: str, start: int, high: int) -> Iterator[tuple[str, int]]:
    """Give where a content may end: with the sentence, or where another clause begins."""
    yield "", high
    brk = _BREAK.search(body, min(start + 12, high), high)
    if brk is not None and high - brk.start() > 6:
        yield " to clause", brk.start()


def source_of(body: str, cue: Span, form: str, low: int, high: int) -> tuple[Span | None, bool]:
    """Give the words of a reporting verb's subject and whether it stands behind the verb."""
    start, end = cue
    if form in _FINITE and body[max(low, start - 3) : start].rstrip(" ")[-1:] in _INVERTED:
        behind = _SUBJECT.match(body, end, high)
        if behind is not None and behind[1].split(" ", 1)[0].lower() not in _NO_SUBJECT:
            return trimmed(body, *behind.span(1)), True
    words = body[low:start].split(" ")
    at = _before_helpers(words)
    if at and words[at - 1].endswith(","):
        # "Berg, the mayor, said": the subject stands before what the commas hold
        first = at - 1
        while first > 0 and not words[first - 1].endswith(","):
            first -= 1
        at = first or at
    first = _clause_start(words, at)
    span = _span(body, low, words, first, at)
    text = body[span[0] : span[1]]
    if text in {"who", "which"}:
        noun = _span(body, low, words, _clause_start(words, first), first)
        return (noun if noun[1] > noun[0] else None), False
    return (span if 0 < len(text) <= 140 else None), False


def _before_helpers(words: Sequence[str]) -> int:
    """Give how many words are left when those between subject and verb are taken off the end."""
    at = len(words)
    while at:
        word = words[at - 1].rstrip(",").lower()
        if word in _DAYS:
            at -= 1 + (at > 1 and words[at - 2] == "on")
        elif word in _TIMES and at > 1 and words[at - 2] in {"last", "this"}:
            at -= 2
        elif word == "" or word in _BESIDE or (word.endswith("ly") and word.islower() and len(word) > 4):
            if words[at - 1].endswith(",") and word not in _BESIDE:
                break
            at -= 1
        else:
            break
    return at


def _clause_start(words: Sequence[str], at: int) -> int:
    """Give the first word of the clause whose last word stands before a place."""
    first = at
    while first > 0:
        word = words[first - 1]
        if first < at and word.endswith(_EDGES):
            break
        if word.lower() in _CLAUSE:
            break
        first -= 1
        if word[:1] in {"“", '"', "(", "‘"}:
            break
    return first


def _span(body: str, low: int, words: Sequence[str], first: int, at: int) -> Span:
    """Give the characters of some words."""
    start = low + sum(len(word) + 1 for word in words[:first])
    return trimmed(body, start, start + sum(len(word) + 1 for word in words[first:at]))


_NO_SUBJECT = frozenset(
    {"that", "to", "in", "on", "at", "by", "for", "with", "of", "from", "as", "it", "about", "not"}
)


def _according(body: str, start: int, end: int, low: int, high: int) -> tuple[Span | None, list[Candidate]]:
    found = _SOURCE_OF_ACCORDING.match(body, end, high)
    if found is None:
        return None, []
    source = trimmed(body, *found.span(1))
    left, right = trimmed(body, low, start), trimmed(body, found.end(1), high)
    proposed: list[tuple[tuple[Span, ...], str]] = []
    if left[1] - left[0] > 8:
        proposed.append(((left,), "according behind"))
        if right[1] - right[0] > 20:
            proposed.append(((left, right), "according between"))
    elif right[1] - right[0] > 8:
        proposed.append(((right,), "according before"))
    return source, [
        Candidate((start, end), "according to", "base", spans, source, kind) for spans, kind in proposed
    ]


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
