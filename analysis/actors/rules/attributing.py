"""Decide which candidates are statements, by what their words and marks weigh; no parse.

Quotations are attributed by the reporting verb beside them, in `analysis.actors.rules.direct`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.actors.lexicons import table
from analysis.actors.rules.direct import Said, Word, direct
from analysis.actors.rules.marks import Marks, Span
from analysis.actors.rules.speaking import Candidate, candidates
from analysis.actors.rules.weighing import PLACES, SIZES, STEPS, Model, Traits, step

_PRONOUNS = frozenset(row["word"] for row in table("saying_words") if row["use"] == "pronoun")


class Proposal(NamedTuple):
    """What one reporting word may introduce, and what that weighs."""

    weight: int
    cue: Word
    source: Span | None
    candidate: Candidate
    traits: Traits


def proposals(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[Word],
    marks: Marks,
    model: Model,
) -> Iterator[Proposal]:
    """Propose statements, reporting word by reporting word.

    Words beside which statements are hopeless are passed over, and candidates that weigh too little left out.

    Parameters
    ----------
    body, starts, ends, words, marks, model
        As in `find`.

    Yields
    ------
    Proposal
    """
    verb_of, lying_of, hopeless, least = model.verb, model.lying, model.hopeless, model.least
    lefts, rights, heads = model.table("left"), model.table("right"), model.table("head")
    for cue in words:
        start, end, lemma, form = cue
        verb = verb_of(lemma, form)
        before = body[max(0, start - 16) : start].rsplit(None, 1)
        left = before[-1].lower() if before else ""
        behind = body[end : end + 24].split(None, 1)
        right = behind[0].lower() if behind else ""
        beside = (
            verb.alone
            + lefts.get(left, 0)
            + verb.left.get(left, 0)
            + rights.get(right, 0)
            + verb.right.get(right, 0)
        )
        if beside < hopeless:
            continue
        number = max(bisect_right(starts, start) - 1, 0)
        low, high = starts[number], max(ends[number], end)
        source, found = candidates(body, low, high, (start, end), lemma, form)
        if not found:
            continue
        who, head, size = _described(body, source)
        value = beside + verb.who.get(who, 0) + heads.get(head, 0)
        near = marks.over(low, high) if marks.starts else ()
        here = PLACES[bool(near) and marks.hold(start)]
        for candidate in found:
            spans, kind = candidate
            first = spans[0][0]
            opening = body[first : first + 16].split(None, 1)
            word = opening[0].lower() if opening else ""
            long = step(sum([b - a for a, b in spans]))
            share = _quoted(spans, near) if near else "none"
            lying = lying_of(lemma, form, kind)
            weight = (
                value
                + lying.length[long]
                + lying.marked[here].get(share, 0)
                + lying.right.get(right, 0)
                + lying.first.get(word, 0)
                + lying.who.get(who, 0)
                + lying.size[size]
            )
            if weight >= least:
                traits = Traits(
                    lemma, form, left, right, who, head, SIZES[size], kind, STEPS[long], share, here, word
                )
                yield Proposal(weight, cue, source, candidate, traits)


def _described(body: str, source: Span | None) -> tuple[str, str, int]:
    """Say what sort of words a source is, its last word, and how many they are."""
    if source is None:
        return "none", "", 0
    last = body[source[0] : source[1]].rsplit(None, 1)[-1]
    head = last.lower()
    who = head if head in _PRONOUNS else "name" if last[:1].isupper() else "words"
    return who, head, min(body.count(" ", *source) + 1, 6)


def _quoted(spans: Sequence[Span], near: Sequence[Span]) -> str:
    """Say how much of a content stands in quotation marks."""
    first, stop = spans[0][0], spans[-1][1]
    inside = sum([max(0, min(stop, b) - max(first, a)) for a, b in near])
    if not inside:
        return "none"
    return "all" if inside >= 0.85 * sum([b - a for a, b in spans]) else "some"


def find(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[Word],
    marks: Marks,
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
    marks : Marks
        Its quotations.
    model : Model
        What words and marks weigh.

    Returns
    -------
    list of Said
        By first content character.
    """
    quotes = direct(body, words, marks) if marks.starts else []
    found = list(proposals(body, starts, ends, words, marks, model))
    chosen: list[Said] = []
    used: set[Span] = set()
    quoting = {said.cue for said in quotes}
    for _, word, source, (spans, kind), _ in sorted(found, key=_heaviest):
        cue = word[:2]
        if cue in used or _told(spans, chosen) or (cue not in quoting and _told(spans, quotes)):
            continue
        used.add(cue)
        chosen.append(Said(spans, cue, source, word[2], kind))
    return sorted(_merged(body, quotes, chosen), key=_place)


def _heaviest(one: Proposal) -> int:
    return -one.weight


def _place(said: Said) -> tuple[Span, Span]:
    return said.content[0], said.cue or (0, 0)


def _told(spans: Sequence[Span], others: Sequence[Said]) -> bool:
    """Say whether a content is half the same as another's: the shared characters over all of both."""
    low, high = spans[0][0], spans[-1][1]
    for said in others:
        content = said.content
        if content[-1][1] <= low or high <= content[0][0]:
            continue
        shared = sum([max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in content])
        if shared >= 0.5 * (sum([b - a for a, b in (*spans, *content)]) - shared):
            return True
    return False


def _merged(body: str, quotes: Sequence[Said], indirect: Sequence[Said]) -> list[Said]:
    """Join what one verb introduces: a clause that holds quoted fragments is one statement."""
    out = list(indirect)
    by_cue = {said.cue: n for n, said in enumerate(out)}
    for said in quotes:
        n = by_cue.get(said.cue, -1) if said.cue is not None else -1
        if n < 0:
            out.append(said)
        else:
            out[n] = out[n]._replace(content=_union(body, out[n].content, said.content), rule=said.rule)
    return out


def _union(body: str, *groups: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(span for group in groups for span in group):
        if out and start <= out[-1][1] + 2 and "\n" not in body[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
