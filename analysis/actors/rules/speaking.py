"""Candidates for statements without a parse: every reporting word, with what may be its content and its source.

The words beside a reporting verb propose, `analysis.actors.rules.attributing` decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.actors.lexicons import table, words
from analysis.actors.rules.groups import Finder, finder
from analysis.actors.rules.marks import Span
from analysis.actors.rules.verbs import forms_of

if TYPE_CHECKING:
    from analysis.codebook import Codebook

ACCORDING = "according to"
# what a reporting word may introduce: content spans, and how they lie beside it
Candidate = tuple[tuple[Span, ...], str]


def _words(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("saying_words") if row["use"] == use)


# where a sentence or a quotation ends: no stop of an abbreviation does
STOP = re.compile(
    r"[?!“”\"\n.](?:(?<!\.)|(?=\s|$)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSen\.)(?<!\bRep\.)(?<!\bGov\.)"
    r"(?<!\bGen\.)(?<!\bSt\.)(?<!\bJr\.)(?<!\b[A-Z]\.))"
)
_CLAUSE = frozenset(form for word in _words("clause") for form in (word, word.capitalize(), word.upper()))
_EDGES = (",", ";", ":", "”", '"', ")", "—", "–", "--", "“", "(")
_BETWEEN = {
    row["word"]: row["use"] for row in table("saying_words") if row["use"] in {"beside", "day", "time"}
}
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
_RELATIVE = frozenset({"who", "which"})
_BREAK = re.compile(
    r", (?:but|and|while|which|who|as|after|though|although|adding|saying|calling|noting|citing|according|an?|the|he|she|they)\b"
    r"|; | (?:— |– |-- |while |even as |as (?:he|she|they|the) )"
)
_SOURCE_OF_ACCORDING = re.compile(
    r" ((?:[\w'’.&-]+(?: |, (?=(?:Jr|Inc)\.))){0,12}?[\w'’&-]+\.?)(?=, |\.(?:\s|$)|[;:“”\"\n—–(]|$)"
)
_MARKS = " \n,;:—–-."


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
    out: list[Candidate] = []
    source, inverted = source_of(body, cue, form, low, high)
    right = trimmed(body, source[1] if inverted and source else end, high)
    long = right[1] - right[0]
    stop = min(start, source[0]) if source else start
    if stop - low > 8:
        left = trimmed(body, low, stop)
        if left[1] - left[0] > 8 and (body[left[1]] in _SET_OFF or body[left[1] - 1] in _CLOSING):
            out.append(((left,), "final" if long < 2 else "before"))
            if long > 8:
                out.append(((left, right), "around"))
    if long > 3 and not inverted:
        # where another clause begins, the content may end
        brk = _BREAK.search(body, min(end + 12, high), high)
        that = _that(body, end, high)
        if that >= 0:
            sooner = brk is not None and brk.start() < that + 12
            other = _BREAK.search(body, min(that + 12, high), high) if sooner else brk
            _add_endings(out, body, that, right[1], high, other, "that")
        _add_endings(out, body, right[0], right[1], high, brk, "rest")
    return source, out


def _that(body: str, end: int, high: int) -> int:
    """Find the "that" of a clause not far behind a reporting verb: "told a crowd in the town that"; or -1."""
    at = body.find(" that ", end, min(high, end + 90))
    if at < 0:
        return -1
    between = body[end:at]
    if not _NOT_ACROSS.isdisjoint(between) or between.count(" ") > 10:
        return -1
    return -1 if body[at + 6 : at + 14].split(" ", 1)[0] in _NOT_CONJUNCTION else at + 1


def _add_endings(
    out: list[Candidate], body: str, first: int, last: int, high: int, brk: re.Match[str] | None, kind: str
) -> None:
    """Let a content end with the sentence, or where another clause begins."""
    out.append((((first, last),), kind))
    if brk is not None and high - brk.start() > 6:
        span = trimmed(body, first, brk.start())
        if kind == "that" or span[1] - span[0] > 3:
            out.append(((span,), kind + " to clause"))


def source_of(body: str, cue: Span, form: str, low: int, high: int) -> tuple[Span | None, bool]:
    """Give the words of a reporting verb's subject and whether it stands behind the verb."""
    start, end = cue
    if form in _FINITE and body[max(low, start - 3) : start].rstrip(" ")[-1:] in _INVERTED:
        behind = _SUBJECT.match(body, end, high)
        if behind is not None and behind[1].split(" ", 1)[0].lower() not in _NO_SUBJECT:
            return trimmed(body, *behind.span(1)), True
    words = body[low:start].split(" ")
    at = _before_helpers(words)
    if at and words[at - 1][-1:] == ",":
        # "Berg, the mayor, said": the subject stands before what the commas hold
        first = at - 1
        while first and words[first - 1][-1:] != ",":
            first -= 1
        at = first or at
    first = _clause_start(words, at)
    span = _span(start, words, first, at)
    if body[span[0] : span[1]] in _RELATIVE:
        span = _span(start, words, _clause_start(words, first), first)
        return (span if span[0] < span[1] else None), False
    return (span if 0 < span[1] - span[0] <= 140 else None), False


def _before_helpers(words: Sequence[str]) -> int:
    """Give how many words are left when those between subject and verb are taken off the end."""
    at = len(words)
    while at:
        last = words[at - 1]
        word = last.rstrip(",").lower()
        use = _BETWEEN.get(word)
        if use == "beside" or not last or (word.endswith("ly") and len(word) > 4 and last == word):
            at -= 1
        elif use == "day":
            at -= 1 + (at > 1 and words[at - 2] == "on")
        elif use == "time" and at > 1 and words[at - 2] in {"last", "this"}:
            at -= 2
        else:
            break
    return at


def _clause_start(words: Sequence[str], at: int) -> int:
    """Give the first word of the clause whose last word stands before a place."""
    for first in range(at - 1, -1, -1):
        word = words[first]
        if word in _CLAUSE:
            return first + 1
        if not word.isalpha():
            if first < at - 1 and word.endswith(_EDGES):
                return first + 1
            if word[:1] in _OPENS:
                return first
    return 0


def _span(stop: int, words: Sequence[str], first: int, at: int) -> Span:
    """Give the characters of some of the words before a place, without marks at their ends."""
    some = " ".join(words[first:at])
    start = stop - len(" ".join(words[first:]))
    cut = some.lstrip(_MARKS)
    start += len(some) - len(cut)
    return start, start + len(cut.rstrip(_MARKS))


def _according(body: str, start: int, end: int, low: int, high: int) -> tuple[Span | None, list[Candidate]]:
    found = _SOURCE_OF_ACCORDING.match(body, end, high)
    if found is None:
        return None, []
    source = trimmed(body, *found.span(1))
    left, right = trimmed(body, low, start), trimmed(body, found.end(1), high)
    out: list[Candidate] = []
    if left[1] - left[0] > 8:
        out.append(((left,), "according behind"))
        if right[1] - right[0] > 20:
            out.append(((left, right), "according between"))
    elif right[1] - right[0] > 8:
        out.append(((right,), "according before"))
    return source, out


def trimmed(body: str, start: int, end: int) -> Span:
    """Take marks and white space off the ends of a span."""
    piece = body[start:end]
    cut = piece.lstrip(_MARKS)
    start += len(piece) - len(cut)
    return start, start + len(cut.rstrip(_MARKS))
