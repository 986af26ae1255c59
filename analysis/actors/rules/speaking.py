"""Candidates for statements without a parse: every reporting word, with what may be its content and its source.

The words beside a reporting verb propose, `analysis.actors.rules.attributing` decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.actors.lexicons import table, words
from analysis.actors.rules.groups import Finder, finder
from analysis.actors.rules.marks import Span
from analysis.actors.rules.verbs import forms_of

if TYPE_CHECKING:
    from analysis.codebook import Codebook

ACCORDING = "according to"


def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("saying_words") if row["use"] == use)


# where a sentence or a quotation ends: no stop of an abbreviation does
STOP = re.compile(
    r"[?!“”\"\n.](?:(?<!\.)|(?=\s|$)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)"
    r"(?<!\bGen\.)(?<!\bSt\.)(?<!\bJr\.)(?<!\b[A-Z]\.))"
)
_CLAUSE = _words("clause")
_EDGES = (",", ";", ":", "”", '"', ")", "—", "–", "--", "“", "(")
_BESIDE = _words("beside")
_DAYS = _words("day")
_TIMES = _words("time")
_INVERTED = frozenset(',?!”"’—–')
_CLOSING = frozenset('?!"”')
_FINITE = frozenset({"past", "third"})
_SUBJECT = re.compile(
    r" ((?:[\w'’.-]+(?: |, (?=(?:Jr|Sr)\.))){0,7}?[\w'’-]+\.?)(?=,|\.(?:\s|$)|[;:“\"\n—–(]|"
    r" (?:in|on|at|during|after|before|when|while|as|to|of|that|about|who|with|from|by|last|this|earlier|later|Mon|Tues|"
    r"Wednes|Thurs|Fri|Satur|Sun)\b|$)"
)
_NOT_CONJUNCTION = _words("no clause")
_NO_SUBJECT = _words("no subject")
_SET_OFF = frozenset(',”"?!’—–')
_NOT_ACROSS = frozenset(';:“"')
_OPENS = frozenset('“"(‘')
_BREAK = re.compile(
    r"[,; ](?:(?<=,) (?:but|and|while|which|who|as|after|though|although|adding|saying|calling|noting|citing|according|a|an|the|"
    r"he|she|they)\b|(?<=;) |(?<= )(?:— |– |-- |while |even as |as (?:he|she|they|the) ))"
)
_SOURCE_OF_ACCORDING = re.compile(
    r" ((?:[\w'’.&-]+(?: |, (?=(?:Jr|Inc)\.))){0,12}?[\w'’&-]+\.?)(?=, |\.(?:\s|$)|[;:“”\"\n—–(]|$)"
)
_MARKS = " \n,;:—–-."


class Candidate(NamedTuple):
    """What a reporting word may introduce: content spans, and how they lie beside it."""

    spans: tuple[Span, ...]
    kind: str


@lru_cache(maxsize=4)
def cue_forms(codebook: Codebook) -> Mapping[str, tuple[str, str]]:
    """Map each form of the codebook's reporting verbs, and of a few more, to lemma and form."""
    own = [lemma for lemma in codebook.cue_classes if lemma not in {ACCORDING, "so-called"}]
    return forms_of([*own, *(verb for verb in sorted(words("more_cues", "lemma")) if verb not in own)])


@lru_cache(maxsize=4)
def cue_finder(codebook: Codebook) -> Finder:
    """Find the forms of reporting verbs, and "according to"."""
    according = dict.fromkeys(("according to", "According to"), (ACCORDING, "base"))
    return finder({**cue_forms(codebook), **according})


@lru_cache(maxsize=512)
def cues(body: str, codebook: Codebook) -> Sequence[tuple[int, int, str, str]]:
    """List the reporting words of a text: start, end, lemma, form; mentions and statements ask for the same ones."""
    return cue_finder(codebook).find(body)


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
    if lemma == ACCORDING:
        return _according(body, start, end, low, high)
    out = []
    source, inverted = source_of(body, cue, form, low, high)
    left = trimmed(body, low, min(start, source[0]) if source else start)
    right = trimmed(body, source[1] if inverted and source else end, high)
    if left[1] - left[0] > 8 and (
        body[left[1] : left[1] + 1] in _SET_OFF or body[left[1] - 1 : left[1]] in _CLOSING
    ):
        closes = right[1] - right[0] < 2
        out.append(Candidate((left,), "final" if closes else "before"))
        if right[1] - right[0] > 8:
            out.append(Candidate((left, right), "around"))
    if right[1] - right[0] > 3 and not inverted:
        # where another clause begins, the content may end
        brk = _BREAK.search(body, min(end + 12, high), high)
        that = _that(body, end, high)
        if that >= 0:
            sooner = brk is not None and brk.start() < that + 12
            other = _BREAK.search(body, min(that + 12, high), high) if sooner else brk
            out += _ending(body, that, right[1], high, other, "that")
        out += _ending(body, right[0], right[1], high, brk, "rest")
    return source, out


def _that(body: str, end: int, high: int) -> int:
    """Find the "that" of a clause not far behind a reporting verb: "told a crowd in the town that"; or -1."""
    at = body.find(" that ", end, min(high, end + 90))
    if at < 0 or not _NOT_ACROSS.isdisjoint(body[end:at]) or body.count(" ", end, at) > 10:
        return -1
    return -1 if body[at + 6 : at + 14].split(" ", 1)[0] in _NOT_CONJUNCTION else at + 1


def _ending(
    body: str, first: int, last: int, high: int, brk: re.Match[str] | None, kind: str
) -> list[Candidate]:
    """Let a content end with the sentence, or where another clause begins."""
    out = [Candidate(((first, last),), kind)]
    if brk is not None and high - brk.start() > 6:
        span = trimmed(body, first, brk.start())
        if kind == "that" or span[1] - span[0] > 3:
            out.append(Candidate((span,), kind + " to clause"))
    return out


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
        last = words[at - 1]
        word = last.rstrip(",").lower()
        if word in _BESIDE or (not word and last == word):
            at -= 1
        elif word in _DAYS:
            at -= 1 + (at > 1 and words[at - 2] == "on")
        elif word in _TIMES and at > 1 and words[at - 2] in {"last", "this"}:
            at -= 2
        elif word.endswith("ly") and len(word) > 4 and last == word:
            at -= 1
        else:
            break
    return at


def _clause_start(words: Sequence[str], at: int) -> int:
    """Give the first word of the clause whose last word stands before a place."""
    first = at
    while first > 0:
        word = words[first - 1]
        if word.lower() in _CLAUSE:
            break
        if not word.isalpha():
            if first < at and word.endswith(_EDGES):
                break
            if word[:1] in _OPENS:
                return first - 1
        first -= 1
    return first


def _span(body: str, low: int, words: Sequence[str], first: int, at: int) -> Span:
    """Give the characters of some words."""
    start = low + len(" ".join(words[:first])) + (first > 0)
    return trimmed(body, start, start + len(" ".join(words[first:at])))


def _according(body: str, start: int, end: int, low: int, high: int) -> tuple[Span | None, list[Candidate]]:
    found = _SOURCE_OF_ACCORDING.match(body, end, high)
    if found is None:
        return None, []
    source = trimmed(body, *found.span(1))
    left, right = trimmed(body, low, start), trimmed(body, found.end(1), high)
    out = []
    if left[1] - left[0] > 8:
        out.append(Candidate((left,), "according behind"))
        if right[1] - right[0] > 20:
            out.append(Candidate((left, right), "according between"))
    elif right[1] - right[0] > 8:
        out.append(Candidate((right,), "according before"))
    return source, out


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
