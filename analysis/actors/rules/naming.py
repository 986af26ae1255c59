"""Names of people and organisations in one article, decided by evidence and spread over the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from analysis.actors.names import initials
from analysis.actors.rules.evidence import KINDS, evidence, score, why
from analysis.actors.rules.runs import Name, names, surnames
from analysis.text.plain import PlainText

# how much the other mentions of a name in the article weigh beside its own
PULL = 0.6
LIMIT = 6.0
_LOWER_END = re.compile(r" (?:party|ministry|parliament|council|university)\b")
_BRACKETED = re.compile(r" \(([A-Z][A-Z.&]{1,7})\)")


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
        if first >= last:
            return None
        found = [(self.starts[i], self.ends[i]) for i in range(first, last)]
        return max(found, key=lambda span: span[1] - span[0], default=None)


def places_in(places: pl.DataFrame) -> Spots:
    """Gather the places of one article from its rows of the layer; words for peoples are left out."""
    kept = places.filter(pl.col("kind").fill_null("") != "demonym").sort("start")
    return Spots(kept["start"].to_list(), kept["end"].to_list())


def named(text: PlainText, places: Spots, taken: Collection[tuple[int, int]] = ()) -> list[Found]:
    """Find people and organisations.

    Parameters
    ----------
    text : PlainText
        The article.
    places : Spots
        Its places.
    taken : collection of (start, end)
        Spans that the codebook has decided already.

    Returns
    -------
    list of Found
        In order, without overlaps; ``role`` is the office written before a person.
    """
    body = text.body
    proposed = names(text)
    known = surnames(proposed)
    free = [name for name in proposed if (name.start, name.end) not in taken] if taken else proposed
    lone = {name.words[0].lower() for name in free if len(name.words) == 1}
    small = {word for word in lone if f" {word} " in body}
    found = [evidence(body, name, places.over(name.start, name.end), known, small) for name in free]
    scores = _smoothed(free, [score(name, pieces) for name, pieces in zip(free, found, strict=True)])
    out = []
    for name, pieces, (organisation, person) in zip(free, found, scores, strict=True):
        if organisation <= 0 and person <= 0:
            continue
        start, end = name.start, name.end
        if person >= organisation:
            role = body[name.role_start : start].strip() if name.role_start >= 0 else ""
            out.append(Found(start, end, KINDS[2], why(name, pieces, KINDS[2]), role=role))
            continue
        if body[start - 4 : start] == "The " and body[start - 6 : start - 4].strip().isalnum():
            start -= 4  # "told The Associated Press"
        lower_end = _LOWER_END.match(body, end)
        out.append(Found(start, lower_end.end() if lower_end else end, KINDS[1], why(name, pieces, KINDS[1])))
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


def acronyms(body: str, found: Sequence[Found]) -> Mapping[str, str]:
    """Find acronyms that stand in brackets behind the name they shorten: "Border Guard Service (BGS)"."""
    out = {}
    for spot in found:
        short = _BRACKETED.match(body, spot.end) if spot.kind == "organisation" else None
        if short and short[1].replace(".", "").lower() in initials(body[spot.start : spot.end]):
            out[short[1]] = body[spot.start : spot.end]
    return out
