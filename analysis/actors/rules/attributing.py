"""Decide which candidates are statements: a small logistic model over words and marks, no parse.

The weights are a table of features, learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by
scripts/train_saying.py; no text is in it. Quotations are attributed by the reporting verb beside them.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from analysis.actors.quotation import Quotation
from analysis.actors.rules.speaking import (
    STOP,
    Candidate,
    Span,
    candidates,
    inside,
    paragraphs,
    source_of,
    trimmed,
)

_LENGTHS = (20, 40, 70, 110, 160, 230)
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "there", "what"}
)
_CUE_BEHIND_COLON = "quotation behind a colon"


@dataclass(frozen=True)
class Said:
    """A statement: content spans, cue and source, the cue's lemma, and the rule that found it."""

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    lemma: str = ""
    rule: str = ""
    paragraph: int = -1


@dataclass(frozen=True)
class Model:
    """Weights by feature, the intercept, and the score from which a candidate counts."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "saying.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"])


def score(model: Model, body: str, candidate: Candidate, marks: Sequence[Quotation]) -> float:
    """Return the probability that readers would mark the candidate as an attribution."""
    weights = model.weights
    total = model.intercept + sum(weights.get(name, 0.0) for name in features(body, candidate, marks))
    return 1.0 / (1.0 + math.exp(-total))


def features(body: str, c: Candidate, marks: Sequence[Quotation]) -> Iterator[str]:
    """Describe a candidate by names of features."""
    start, end = c.cue
    kind, lemma = c.kind, c.lemma
    yield f"k {kind}"
    yield f"l {lemma}"
    yield f"lk {lemma} {kind}"
    yield f"f {c.form} {kind}"
    yield f"lf {lemma} {c.form}"
    before = body[max(0, start - 16) : start].rstrip().rsplit(None, 1)
    word_before = before[-1].lower() if before else ""
    after = body[end : end + 24].split(None, 2)
    word = after[0].lower() if after else ""
    yield f"b {word_before}"
    yield f"bf {word_before} {c.form}"
    yield f"w {word}"
    yield f"kw {kind} {word}"
    yield f"lw {lemma} {word}"
    first, last = c.spans[0][0], c.spans[-1][1]
    opening = body[first : first + 16].split(None, 1)
    yield f"kc {kind} {opening[0].lower() if opening else ''}"
    size = sum(b - a for a, b in c.spans)
    length = sum(size > limit for limit in _LENGTHS)
    yield f"n {kind} {length}"
    yield f"ln {lemma} {length}"
    quoted = sum(
        max(0, min(last, q.end) - max(first, q.start)) for q in marks if q.start < last and first < q.end
    )
    share = "none" if not quoted else "all" if quoted >= 0.85 * size else "some"
    here = "inside" if inside(start, marks) else "outside"
    yield f"q {share} {here}"
    yield f"kq {kind} {share} {here}"
    yield f"lq {lemma} {share} {here}"
    if c.source is None:
        who = "none"
    else:
        words = body[c.source[0] : c.source[1]].split()
        head = words[-1].lower() if words else ""
        who = head if head in _PRONOUNS else "name" if words and words[-1][:1].isupper() else "words"
        yield f"sn {kind} {min(len(words), 6)}"
        yield f"sl {head}"
    yield f"s {who}"
    yield f"sk {who} {kind}"
    yield f"sf {who} {c.form}"
    yield f"ls {lemma} {who}"


def find(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[tuple[int, int, str, str]],
    marks: Sequence[Quotation],
    model: Model,
) -> list[Said]:
    """Find the statements of an article.

    Parameters
    ----------
    body : str
        The article.
    starts, ends : sequence of int
        Its sentences.
    words : sequence of (start, end, lemma, form)
        Its reporting words.
    marks : sequence of Quotation
        Its quotations.
    model : Model
        Weights.

    Returns
    -------
    list of Said
        By first content character.
    """
    direct = _direct(body, starts, ends, words, marks)
    scored = [
        (score(model, body, c, marks), n, c)
        for n, c in enumerate(candidates(body, starts, ends, words, marks))
    ]
    chosen: list[Said] = []
    used: set[Span] = set()
    quoting = {said.cue for said in direct}
    for value, _, c in sorted(scored, key=lambda row: (-row[0], row[1])):
        if value < model.threshold:
            break
        clash = any(_overlap(c.spans, said.content) >= 0.5 for said in chosen) or (
            c.cue not in quoting and any(_overlap(c.spans, said.content) >= 0.5 for said in direct)
        )
        if c.cue in used or clash:
            continue
        used.add(c.cue)
        chosen.append(Said(c.spans, c.cue, c.source, c.lemma, c.kind))
    return sorted(_merged(body, direct, chosen), key=lambda said: (said.content[0], said.cue or (0, 0)))


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the shared characters of two contents over all their characters."""
    if one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0.0
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return shared / (sum(b - a for a, b in (*one, *other)) - shared)


def _direct(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[tuple[int, int, str, str]],
    marks: Sequence[Quotation],
) -> list[Said]:
    """Quotations with the reporting verb beside them; those without one go to the speaker before."""
    out: list[Said] = []
    if not marks:
        return out
    free = [word for word in words if not inside(word[0], marks)]
    at = [word[0] for word in free]
    first = 0
    for number, (low, high) in enumerate(paragraphs(body)):
        while first < len(marks) and marks[first].start < low:
            first += 1
        while first < len(marks) and marks[first].start < high:
            q = marks[first]
            first += 1
            near = free[bisect_left(at, low) : bisect_left(at, high)]
            cue = _nearest(body, q, near)
            size = len(q.inner(body).split())
            last = out[-1] if out else None
            span = (q.start, q.end)
            if cue is not None and last is not None and last.cue == cue[:2]:
                out[-1] = replace(last, content=(*last.content, span), paragraph=number)
            elif cue is not None:
                source = _source(body, cue, q, low, high)
                if size >= 5 or source is not None:
                    out.append(Said((span,), cue[:2], source, cue[2], "quotation with its verb", number))
            elif size >= 4 and last is not None and _goes_on(body, q, last, number, low, high):
                out[-1] = replace(last, content=(*last.content, span), paragraph=number)
            elif size >= 3 and body[low : q.start].rstrip().endswith(":"):
                out.append(replace(_behind_colon(body, q, low), paragraph=number))
            elif size >= 6:
                out.append(Said((span,), rule="quotation, no speaker", paragraph=number))
    return out


def _nearest(
    body: str, q: Quotation, near: Sequence[tuple[int, int, str, str]]
) -> tuple[int, int, str, str] | None:
    """Return the reporting verb beside a quotation, with no end of a sentence between."""
    best, cost = None, 100.0
    for word in near:
        start, end = word[0], word[1]
        far = float(start - q.end) if start >= q.end else q.start - end + 0.5
        if far >= cost or far < 0:
            continue
        between = (q.end, start) if start >= q.end else (end, q.start)
        if STOP.search(body, *between) is None:
            best, cost = word, far
    return best


def _source(body: str, cue: tuple[int, int, str, str], q: Quotation, low: int, high: int) -> Span | None:
    """Return the subject of the verb beside a quotation, looked for outside the marks."""
    start, end, lemma, form = cue
    if start >= q.end:
        low = q.end
        if not body[low:start].strip(" ,—–-"):
            # "…," said Anna Berg
            source, _ = source_of(body, (start, end), form, max(low - 2, 0), high)
            return source
    if lemma == "according to":
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


def _behind_colon(body: str, q: Quotation, low: int) -> Said:
    """Attribute a quotation behind a colon to the words before it."""
    colon = body.rfind(":", low, q.start)
    stop = max((match.end() for match in STOP.finditer(body, low, colon)), default=low)
    source = trimmed(body, max(stop, body.rfind(",", low, colon) + 1), colon)
    known = source[1] > source[0] and source[1] - source[0] < 60
    return Said(((q.start, q.end),), (colon, colon + 1), source if known else None, "", _CUE_BEHIND_COLON)


def _merged(body: str, direct: Sequence[Said], indirect: Sequence[Said]) -> list[Said]:
    """Join what one verb introduces: a clause that holds quoted fragments is one statement."""
    out = list(indirect)
    by_cue = {said.cue: n for n, said in enumerate(out) if said.cue is not None}
    for said in direct:
        n = by_cue.get(said.cue, -1) if said.cue is not None else -1
        if n < 0:
            out.append(said)
        else:
            out[n] = replace(out[n], content=_union(body, out[n].content, said.content), rule=said.rule)
    return out


def _union(body: str, *groups: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(span for group in groups for span in group):
        if out and start <= out[-1][1] + 2 and "\n" not in body[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
