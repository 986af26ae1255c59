"""Attributions of what stands in quotation marks: the verb beside them, the speaker, and what goes on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.actors.candidates import source_of
from analysis.actors.grammar import Grammar
from analysis.actors.quotation import Quotation
from analysis.actors.spans import VERBS, Attribution, cue_of, cue_span, source_span, stops

SPEAKERLESS = "quotation, no speaker"


def quoted(g: Grammar, marks: Sequence[Quotation], cues: Mapping[str, str]) -> list[Attribution]:
    """Attribute quotations to the reporting verb beside them; those without one go to the speaker before.

    Parameters
    ----------
    g : Grammar
        The article.
    marks : sequence of Quotation
        Its quotations.
    cues : mapping of str to str
        Reporting verbs with their class.

    Returns
    -------
    list of Attribution
        In reading order. Terms in marks, nobody's words, are left out.
    """
    out: list[Attribution] = []
    verbs = _outside(g, marks)
    for number, (low, high) in enumerate(_paragraphs(g.body)):
        inside = [q for q in marks if low <= q.start < high]
        for q in inside:
            words_quoted = len(q.inner(g.body).split())
            cue = _governing(g, q, _nearest(g, q, verbs, cues, low, high), cues)
            previous = out[-1] if out else None
            if cue >= 0 and previous is not None and previous.cue_token == cue:
                out[-1] = replace(previous, content=(*previous.content, (q.start, q.end)), paragraph=number)
            elif cue >= 0 and words_quoted < 5 and (source_of(g, cue) < 0 or _is_term(g, q, cue)):
                continue  # "known as “the fort”": a term in marks, nobody's words
            elif cue >= 0:
                out.append(
                    replace(
                        _with_verb(g, q, cue),
                        paragraph=number,
                        form="direct" if words_quoted >= 5 else "partial",
                    )
                )
            elif words_quoted >= 4 and out and _goes_on(g, q, out[_last_speech(g, out)], number, low, high):
                at = _last_speech(g, out)
                out[at] = replace(out[at], content=(*out[at].content, (q.start, q.end)), paragraph=number)
            elif g.body[low : q.start].rstrip().endswith(":") and words_quoted >= 3:
                out.append(replace(_behind_colon(g, q, low), paragraph=number))
            elif words_quoted >= 6 or (words_quoted >= 3 and is_sentence(g, (q.start, q.end))):
                bare_one = Attribution(((q.start, q.end),), None, None, form="direct", rule=SPEAKERLESS)
                out.append(replace(bare_one, paragraph=number))
    return out


def is_sentence(g: Grammar, span: tuple[int, int]) -> bool:
    """Say whether a quotation is a sentence of its own, not a piece of the outlet's."""
    start, end = span
    before = g.body[g.body.rfind("\n", 0, start) + 1 : start].rstrip()
    return before[-1:] in set('.!?:"”’') | {""} and g.body[start:end].rstrip("\"”’'")[-1:] in set(".!?")


def _last_speech(g: Grammar, found: Sequence[Attribution]) -> int:
    """Return the attribution of the last paragraph that quotes whole sentences, else the last: it is what goes on."""
    latest = max(a.paragraph for a in found)
    here = [n for n, a in enumerate(found) if a.paragraph == latest]
    return max((n for n in here if _is_whole(g, found[n]) and found[n].cue_token >= 0), default=here[-1])


def _is_whole(g: Grammar, a: Attribution) -> bool:
    """Say whether a quotation is speech, not a word taken from it: at length, or closed by a mark of its own."""
    return a.form == "direct" or g.body[a.content[-1][0] : a.content[-1][1]].rstrip("\"”’'")[-1:] in set(
        ",.!?"
    )


def _governing(g: Grammar, q: Quotation, cue: int, cues: Mapping[str, str]) -> int:
    """Prefer the verb before a quotation that governs it to a second verb behind: "called it “vile”, and said …".

    A verb before it that reports nothing leaves the quotation to nobody: "left it at “vile”, adding that …".
    """
    second = cue >= 0 and (g.dep[cue] == "conj" or (g.dep[cue] == "advcl" and g.tag[cue] == "VBG"))
    if not second or g.start[cue] < q.end:
        return cue
    first = g.head[cue]
    inside = bisect_left(g.start, q.start) + 1
    if not (g.start[first] < q.start and g.left[first] <= inside < min(g.left[cue], g.right[first])):
        return cue
    if cue_of(g, first, cues):
        return first
    return cue if g.dep[cue] == "conj" else -1


def _is_term(g: Grammar, q: Quotation, cue: int) -> bool:
    """Say whether a few words in marks are what a sentence is about, not what the verb behind them brings.

    "In “Harbour,” she shows that …", "called for a “veto session” to rebuke the mayor".
    """
    if g.start[cue] < q.end:
        return False
    first = bisect_left(g.start, q.start)
    before = g.pos[first - 1] if first else ""
    open_ended = g.body[q.start : q.end].rstrip("\"”’'")[-1:] not in set(",.!?")
    return open_ended or (before == "ADP" and g.child(cue, "ccomp") > cue)


def _outside(g: Grammar, marks: Sequence[Quotation]) -> list[int]:
    """Verbs that stand outside all quotations."""
    return [
        i
        for i, pos in enumerate(g.pos)
        if pos in VERBS
        and g.dep[i] not in {"aux", "auxpass"}
        and not any(q.start <= g.start[i] < q.end for q in marks)
    ]


def _with_verb(g: Grammar, q: Quotation, cue: int) -> Attribution:
    head = source_of(g, cue)
    if head < 0 or (g.start[head] >= q.start and g.end[head] <= q.end):
        head = _beside(g, cue)
    if any(label in {"DATE", "TIME"} and first <= head < end for first, end, label in g.entities):
        head = -1
    source = source_span(g, head) if head >= 0 else None
    return Attribution(
        ((q.start, q.end),), cue_span(g, cue), source, cue, head, rule="quotation with its verb"
    )


def _beside(g: Grammar, cue: int) -> int:
    """Return the noun next to a reporting verb, for sentences the parser read wrongly: "…," said Anna Berg."""
    for i in (cue + 1, cue - 1):
        if 0 <= i < len(g) and g.pos[i] in {"PROPN", "PRON", "NOUN", "DET"}:
            while g.dep[i] in {"compound", "amod", "det", "nmod"} and abs(g.head[i] - i) < 6:
                i = g.head[i]
            return i if g.pos[i] in {"PROPN", "PRON", "NOUN"} or g.lower[i] == "another" else -1
    return -1


def _goes_on(g: Grammar, q: Quotation, previous: Attribution, number: int, low: int, high: int) -> bool:
    """Say whether a quotation without a verb belongs to the one before: same paragraph, or a paragraph of its own."""
    if previous.paragraph == number:
        return True
    alone = (
        g.body[q.start] not in "‘’'`"
        and not g.body[low : q.start].strip()
        and not g.body[q.end : high].strip(" .,")
    )
    return previous.paragraph == number - 1 and (alone or q.continues)


def _behind_colon(g: Grammar, q: Quotation, low: int) -> Attribution:
    """Attribute a quotation behind a colon to the last noun before it, where no verb says more."""
    colon = max((i for i in range(len(g)) if low <= g.start[i] < q.start and g.text[i] == ":"), default=-1)
    if colon < 1:
        return Attribution(((q.start, q.end),), None, None, form="direct", rule=SPEAKERLESS)
    head = colon - 1
    while g.dep[head] in {"compound", "amod", "det"} and g.head[head] < colon:
        head = g.head[head]
    known = g.pos[head] in {"PROPN", "NOUN", "PRON"}
    return Attribution(
        ((q.start, q.end),),
        (g.start[colon], g.end[colon]),
        source_span(g, head) if known else None,
        colon,
        head if known else -1,
        "direct",
        "quotation behind a colon",
    )


def _paragraphs(body: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for line in body.split("\n"):
        if line.strip():
            out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def _nearest(
    g: Grammar, q: Quotation, verbs: Sequence[int], cues: Mapping[str, str], low: int, high: int
) -> int:
    """Return the reporting verb beside a quotation: behind it within the sentence, or before it.

    A verb that is not listed must stand right behind the closing mark with its subject ("…," Berg shot back).
    """
    best, cost = -1, 100.0
    closed = g.body[q.start : q.end].rstrip("\"”’'").endswith(".") and g.body[q.end :].lstrip()[:1].isupper()
    for i in verbs[
        bisect_left(verbs, low, key=g.start.__getitem__) : bisect_left(verbs, high, key=g.start.__getitem__)
    ]:
        at = g.start[i]
        if at >= q.end:
            # what ended with a full stop is not taken up by the next sentence: "“We stay.” The vote showed …"
            if closed and g.body[q.end : at].strip():
                continue
            far = float(len(g.body[q.end : at]))
            between = (q.end, at)
        else:
            far = len(g.body[g.end[i] : q.start]) + 0.5
            between = (g.end[i], q.start)
        if far >= cost:
            continue
        if not cue_of(g, i, cues):
            comma = g.body[q.start : q.end].rstrip("\"”’'").endswith((",", "?", "!"))
            # "…," said a baker who gave her name: a relative clause does not speak
            if at < q.end or far > 40 or not comma or g.child(i, "nsubj") < 0 or g.dep[i] == "relcl":
                continue
        if not stops(g, *between):
            best, cost = i, far
    return best
