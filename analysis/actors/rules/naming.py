"""Names of people and organisations in one article, decided by evidence and spread over the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from analysis.actors.names import initials
from analysis.actors.rules.evidence import KINDS, Weights, evidence, score
from analysis.actors.rules.runs import Name, names, surnames
from analysis.text.plain import PlainText

# how much the other mentions of a name in the article weigh beside its own
PULL = 0.6
LIMIT = 6.0
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z'’-]+")
_LOWER_END = re.compile(r" (?:party|ministry|parliament|council|university)\b")
_BRACKETED = re.compile(r" \(([A-Z][A-Z.&]{1,7})\)")
# pieces of evidence that say little to a reader
_PLAIN = ("always", "words ", "lone in ", "last in ", "no place", "lone no place")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention found: its span, what it is, why, for whom it stands, and the office beside it."""

    start: int
    end: int
    kind: str
    rule: str
    actor: str = ""
    role: str = ""


@dataclass(frozen=True)
class Spots:
    """The places of one article, in order, to be asked what lies over a span."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def over(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the longest place that shares a character with a span."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        found = [(self.starts[i], self.ends[i]) for i in range(first, last)]
        return max(found, key=lambda span: span[1] - span[0], default=None)


def places_in(places: pl.DataFrame) -> Spots:
    """Gather the places of one article from its rows of the layer; words for peoples are left out."""
    kept = places.filter(pl.col("kind").fill_null("") != "demonym").sort("start")
    return Spots(kept["start"].to_list(), kept["end"].to_list())


def small_words(body: str) -> frozenset[str]:
    """Give the words of a text that begin small."""
    return frozenset(_SMALL_WORD.findall(body))


def named(
    text: PlainText, places: Spots, weights: Weights, taken: Collection[tuple[int, int]] = ()
) -> list[Found]:
    """Find people and organisations.

    Parameters
    ----------
    text : PlainText
        The article.
    places : Spots
        Its places.
    weights : Weights
        What each piece of evidence weighs.
    taken : collection of (start, end)
        Spans that the codebook has decided already.

    Returns
    -------
    list of Found
        In order, without overlaps; ``role`` is the office written before a person.
    """
    body = text.body
    proposed = names(text)
    known, small = surnames(proposed), small_words(body)
    free = [name for name in proposed if (name.start, name.end) not in taken]
    found = [
        evidence(body, name, places.over(name.start, name.end) if places.starts else None, known, small)
        for name in free
    ]
    scores = _smoothed(free, [score(weights, pieces) for pieces in found])
    out = []
    for name, pieces, (organisation, person) in zip(free, found, scores, strict=True):
        if max(organisation, person) <= 0:
            continue
        kind = 2 if person >= organisation else 1
        start = name.start
        if kind == 1:
            if (
                body[start - 4 : start] == "The "
                and body[start - 5 : start - 4] == " "
                and body[start - 6 : start - 5].isalnum()
            ):
                start -= 4  # "told The Associated Press"
            lower_end = _LOWER_END.match(body, name.end)
            end = name.end if lower_end is None else lower_end.end()
            out.append(Found(start, end, KINDS[1], _why(weights, pieces, 0)))
        else:
            role = body[name.role_start : start].strip() if name.role_start >= 0 else ""
            out.append(Found(start, name.end, KINDS[2], _why(weights, pieces, 1), role=role))
    return out


def _smoothed(proposed: Sequence[Name], scores: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Draw the mentions of one name together: who is a person twice is one the third time."""
    totals: dict[tuple[str, ...], tuple[float, float, int]] = {}
    cut = [(max(-LIMIT, min(LIMIT, a)), max(-LIMIT, min(LIMIT, b))) for a, b in scores]
    for name, (a, b) in zip(proposed, cut, strict=True):
        one, other, n = totals.get(name.words, (0.0, 0.0, 0))
        totals[name.words] = (one + a, other + b, n + 1)
    out = []
    for name, own, (a, b) in zip(proposed, scores, cut, strict=True):
        one, other, n = totals[name.words]
        rest = max(n - 1, 1)
        out.append((own[0] + PULL * (one - a) / rest, own[1] + PULL * (other - b) / rest))
    return out


def _why(weights: Weights, pieces: Sequence[str], side: int) -> str:
    """Name the piece of evidence that weighed most."""
    telling = [piece for piece in pieces if not piece.startswith(_PLAIN) and piece in weights.table]
    best = max(telling, key=lambda piece: weights.table[piece][side], default="words")
    return f"evidence: {best}"


def acronyms(body: str, found: Sequence[Found]) -> Mapping[str, str]:
    """Find acronyms that stand in brackets behind the name they shorten: "Border Guard Service (BGS)"."""
    out = {}
    for spot in found:
        short = _BRACKETED.match(body, spot.end) if spot.kind == "organisation" else None
        if short and short[1].replace(".", "").lower() in initials(body[spot.start : spot.end]):
            out[short[1]] = body[spot.start : spot.end]
    return out
