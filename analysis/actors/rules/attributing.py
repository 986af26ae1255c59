"""Decide which candidates are statements: a small logistic model over words and marks, no parse.

The weights are a table of features, learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by
scripts/train_saying.py; no text is in it. Quotations are attributed by the reporting verb beside them.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """Weights by feature, the intercept, the score from which a candidate counts, and from which a word is looked at."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    hopeless: float = -math.inf


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "saying.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"], data["hopeless"])


def total(model: Model, names: Iterable[str]) -> float:
    """Add up the weights of features."""
    get = model.weights.get
    value = 0.0
    for name in names:
        value += get(name, 0.0)
    return value


def of_cue(body: str, cue: Span, lemma: str, form: str) -> list[str]:
    """Name the features of a reporting word and the words beside it."""
    start, end = cue
    before = body[max(0, start - 16) : start].rstrip().rsplit(None, 1)
    left = before[-1].lower() if before else ""
    after = body[end : end + 24].split(None, 1)
    right = after[0].lower() if after else ""
    return [
        "l " + lemma,
        f"lf {lemma} {form}",
        "b " + left,
        f"bf {left} {form}",
        "w " + right,
        f"lw {lemma} {right}",
    ]


def of_source(body: str, source: Span | None, lemma: str, form: str) -> tuple[str, list[str]]:
    """Name the features of a source: what sort of words it is, and with which verb."""
    head, who = "", "none"
    if source is not None:
        last = body[source[0] : source[1]].rsplit(None, 1)[-1]
        head = last.lower()
        who = head if head in _PRONOUNS else "name" if last[:1].isupper() else "words"
    return who, ["s " + who, f"sf {who} {form}", f"ls {lemma} {who}", "sl " + head]


def of_content(body: str, c: Candidate, who: str, marks: Sequence[Quotation], here: str) -> list[str]:
    """Name the features of a content: where it lies, how long it is, how much of it is quoted."""
    kind, lemma = c.kind, c.lemma
    first, last = c.spans[0][0], c.spans[-1][1]
    right = body[c.cue[1] : c.cue[1] + 24].split(None, 1)
    opening = body[first : first + 16].split(None, 1)
    size = sum(b - a for a, b in c.spans)
    length = bisect_left(_LENGTHS, size)
    quoted = sum(max(0, min(last, q.end) - max(first, q.start)) for q in marks)
    share = "none" if not quoted else "all" if quoted >= 0.85 * size else "some"
    words = min(body.count(" ", *c.source) + 1, 6) if c.source else 0
    return [
        "k " + kind,
        f"lk {lemma} {kind}",
        f"f {c.form} {kind}",
        f"kw {kind} {right[0].lower() if right else ''}",
        f"kc {kind} {opening[0].lower() if opening else ''}",
        f"n {kind} {length}",
        f"ln {lemma} {length}",
        f"q {share} {here}",
        f"kq {kind} {share} {here}",
        f"lq {lemma} {share} {here}",
        f"sk {who} {kind}",
        f"sn {kind} {words}",
    ]


def proposals(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[tuple[int, int, str, str]],
    marks: Sequence[Quotation],
    model: Model | None = None,
) -> Iterator[tuple[Candidate, list[str], float]]:
    """Propose statements, reporting word by reporting word, each with its features and the sum of those it shares.

    With a model, words that hardly ever report anything are passed over, and the sum holds the weights of the
    features that all candidates of a word share; without one the features are complete.
    """
    for start, end, lemma, form in words:
        cue = (start, end)
        shared = of_cue(body, cue, lemma, form)
        value = total(model, shared) if model else 0.0
        if model and value < model.hopeless:
            continue
        number = max(bisect_right(starts, start) - 1, 0)
        low, high = starts[number], max(ends[number], end)
        source, found = candidates(body, low, high, cue, lemma, form)
        if not found:
            continue
        who, told = of_source(body, source, lemma, form)
        near = (
            marks[bisect_right(marks, low, key=_end) : bisect_left(marks, high, key=_start)]
            if marks
            else marks
        )
        here = "inside" if inside(start, marks) else "outside"
        value += total(model, told) if model else 0.0
        for c in found:
            own = of_content(body, c, who, near, here)
            yield c, own if model else [*shared, *told, *own], value


def _start(q: Quotation) -> int:
    return q.start


def _end(q: Quotation) -> int:
    return q.end


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
    least = math.log(model.threshold / (1 - model.threshold)) - model.intercept
    scored = [
        (value + total(model, own), n, c)
        for n, (c, own, value) in enumerate(proposals(body, starts, ends, words, marks, model))
    ]
    chosen: list[Said] = []
    used: set[Span] = set()
    quoting = {said.cue for said in direct}
    for _, _, c in sorted((row for row in scored if row[0] >= least), key=lambda row: (-row[0], row[1])):
        if c.cue in used or any(_overlap(c.spans, said.content) >= 0.5 for said in chosen):
            continue
        if c.cue not in quoting and any(_overlap(c.spans, said.content) >= 0.5 for said in direct):
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
