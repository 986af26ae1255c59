"""Decide which candidates are statements: a small logistic model over words and marks, no parse.

The weights are a table of features, learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by
scripts/train_saying.py; no text is in it. Quotations are attributed by the reporting verb beside them, in
`analysis.actors.rules.direct`.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

from analysis.actors.lexicons import table
from analysis.actors.rules.direct import Said, Word, direct
from analysis.actors.rules.marks import Marks, Span
from analysis.actors.rules.remembered import Names, Piece, Remembered
from analysis.actors.rules.speaking import Candidate, candidates

_LENGTHS = (20, 40, 70, 110, 160, 230)
_PRONOUNS = frozenset(row["word"] for row in table("saying_words") if row["use"] == "pronoun")

Evidence = TypeVar("Evidence", float, Names)


@dataclass(frozen=True)
class Model:
    """Weights by feature, the intercept, the score from which a candidate counts, and from which a word is looked at."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    hopeless: float = -math.inf

    @cached_property
    def summed(self) -> Remembered[float]:
        """The sums of the weights of features."""
        get = self.weights.get
        return Remembered(lambda names: sum([get(name, 0.0) for name in names]))


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "saying.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"], data["hopeless"])


def before(lemma: str, form: str, left: str) -> Names:
    """Name the features of a reporting word and the word before it."""
    return "l " + lemma, f"lf {lemma} {form}", "b " + left, f"bf {left} {form}"


def behind(lemma: str, right: str) -> Names:
    """Name the features of the word behind a reporting word."""
    return "w " + right, f"lw {lemma} {right}"


def by(lemma: str, form: str, who: str, head: str) -> Names:
    """Name the features of a source: what sort of words it is, and with which verb."""
    return "s " + who, f"sf {who} {form}", f"ls {lemma} {who}", "sl " + head


def lying(lemma: str, form: str, kind: str, length: int) -> Names:
    """Name the features of where a content lies, and of how long it is."""
    return "k " + kind, f"lk {lemma} {kind}", f"f {form} {kind}", f"n {kind} {length}", f"ln {lemma} {length}"


def quoted(lemma: str, kind: str, share: str, here: str) -> Names:
    """Name the features of how much of a content is quoted, and of whether its verb is."""
    return f"q {share} {here}", f"kq {kind} {share} {here}", f"lq {lemma} {share} {here}"


def following(kind: str, right: str) -> Names:
    """Name the feature of the word behind the verb."""
    return (f"kw {kind} {right}",)


def opening(kind: str, word: str) -> Names:
    """Name the feature of a content's first word."""
    return (f"kc {kind} {word}",)


def told(kind: str, who: str, words: int) -> Names:
    """Name the features of a source and where its content lies."""
    return f"sk {who} {kind}", f"sn {kind} {words}"


class Proposal(NamedTuple, Generic[Evidence]):
    """What one reporting word may introduce, and what its features say."""

    evidence: Evidence
    cue: Word
    source: Span | None
    candidate: Candidate


def proposals(
    body: str,
    starts: Sequence[int],
    ends: Sequence[int],
    words: Sequence[Word],
    marks: Marks,
    weigh: Mapping[Piece, Evidence],
    *,
    hopeless: Evidence | None = None,
) -> Iterator[Proposal[Evidence]]:
    """Propose statements, reporting word by reporting word.

    Parameters
    ----------
    body, starts, ends, words, marks
        As in `find`.
    weigh : mapping
        From the functions that name features, with their arguments, to what can be added up: `Model.summed` for
        scores; the names themselves, to learn their weights.
    hopeless : optional
        Words that weigh less by what stands beside them are passed over.

    Yields
    ------
    Proposal
    """
    for cue in words:
        start, end, lemma, form = cue
        left = body[max(0, start - 16) : start].rstrip().rsplit(None, 1)
        right = body[end : end + 24].split(None, 1)
        follows = right[0].lower() if right else ""
        value = weigh[before, lemma, form, left[-1].lower() if left else ""] + weigh[behind, lemma, follows]
        if hopeless is not None and value < hopeless:
            continue
        number = max(bisect_right(starts, start) - 1, 0)
        low, high = starts[number], max(ends[number], end)
        source, found = candidates(body, low, high, (start, end), lemma, form)
        if not found:
            continue
        head, who, size = "", "none", 0
        if source is not None:
            last = body[source[0] : source[1]].rsplit(None, 1)[-1]
            head = last.lower()
            who = head if head in _PRONOUNS else "name" if last[:1].isupper() else "words"
            size = min(body.count(" ", *source) + 1, 6)
        value = value + weigh[by, lemma, form, who, head]
        near = marks.over(low, high) if marks.starts else []
        here = "inside" if near and marks.hold(start) else "outside"
        for candidate in found:
            spans, kind = candidate
            first, stop = spans[0][0], spans[-1][1]
            word = body[first : first + 16].split(None, 1)
            long = stop - first if len(spans) == 1 else sum([b - a for a, b in spans])
            share = "none"
            if near:
                inside = sum([max(0, min(stop, b) - max(first, a)) for a, b in near])
                share = "none" if not inside else "all" if inside >= 0.85 * long else "some"
            yield Proposal(
                value
                + weigh[lying, lemma, form, kind, bisect_left(_LENGTHS, long)]
                + weigh[quoted, lemma, kind, share, here]
                + weigh[following, kind, follows]
                + weigh[opening, kind, word[0].lower() if word else ""]
                + weigh[told, kind, who, size],
                cue,
                source,
                candidate,
            )


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
        Weights.

    Returns
    -------
    list of Said
        By first content character.
    """
    quotes = direct(body, words, marks) if marks.starts else []
    least = math.log(model.threshold / (1 - model.threshold)) - model.intercept
    found = proposals(body, starts, ends, words, marks, model.summed, hopeless=model.hopeless)
    scored = [(-one.evidence, number, one) for number, one in enumerate(found) if one.evidence >= least]
    chosen: list[Said] = []
    used: set[Span] = set()
    quoting = {said.cue for said in quotes}
    for _, _, (_, word, source, (spans, kind)) in sorted(scored):
        cue = word[:2]
        if cue in used or _told(spans, chosen) or (cue not in quoting and _told(spans, quotes)):
            continue
        used.add(cue)
        chosen.append(Said(spans, cue, source, word[2], kind))
    return sorted(_merged(body, quotes, chosen), key=_place)


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
