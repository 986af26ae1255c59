"""Names of people and organisations in one article, decided by evidence and spread over the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from analysis.actors.names import initials
from analysis.actors.rules.evidence import KINDS, evidence, score, why
from analysis.actors.rules.marks import Spans
from analysis.actors.rules.runs import Name, names
from analysis.text.plain import PlainText

# how much the other mentions of a name in the article weigh beside its own
PULL = 0.6
LIMIT = 6.0
_LOWER_END = re.compile(r" (?:party|ministry|parliament|council|university)\b")
_BRACKETED = re.compile(r" \(([A-Z][A-Z.&]{1,7})\)")


class Found(NamedTuple):
    """A mention found: its span, what it is, why, for whom it stands, and the office beside it."""

    start: int
    end: int
    kind: str
    rule: str
    actor: str = ""
    role: str = ""


def named(text: PlainText, places: Spans) -> list[Found]:
    """Find people and organisations.

    Parameters
    ----------
    text : PlainText
        The article.
    places : Spans
        Its places; words for peoples are left out.

    Returns
    -------
    list of Found
        In order, without overlaps; ``role`` is the office written before a person.
    """
    body = text.body
    proposed = names(text)
    known = {name.family for name in proposed}
    small = set(body.split(" ")[1:-1])
    scores = [score(name, evidence(body, name, places.over(*name[:2]), known, small)) for name in proposed]
    out = []
    for name, (organisation, person) in zip(proposed, _smoothed(proposed, scores), strict=True):
        if organisation <= 0 and person <= 0:
            continue
        start, end = name.start, name.end
        if person >= organisation:
            role = body[name.role_start : start].strip() if name.role_start >= 0 else ""
            shared = name.words[-1] in known
            out.append(Found(start, end, KINDS[2], why(name, KINDS[2], shared=shared), role=role))
            continue
        if body[start - 4 : start] == "The " and body[start - 6 : start - 4].strip().isalnum():
            start -= 4  # "told The Associated Press"
        lower_end = _LOWER_END.match(body, end)
        rule = why(name, KINDS[1], shared=False)
        out.append(Found(start, lower_end.end() if lower_end else end, KINDS[1], rule))
    return out


def _smoothed(proposed: Sequence[Name], scores: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Draw the mentions of one name together: who is a person twice is one the third time."""
    out = list(scores)
    together: dict[tuple[str, ...], list[int]] = {}
    for number, name in enumerate(proposed):
        together.setdefault(name.words, []).append(number)
    for numbers in together.values():
        if len(numbers) == 1:
            continue
        cut = [[max(-LIMIT, min(LIMIT, value)) for value in scores[number]] for number in numbers]
        totals = [sum(side) for side in zip(*cut, strict=True)]
        pull = PULL / (len(numbers) - 1)
        for number, own in zip(numbers, cut, strict=True):
            a, b = scores[number]
            out[number] = a + pull * (totals[0] - own[0]), b + pull * (totals[1] - own[1])
    return out


def acronyms(body: str, found: Sequence[Found]) -> Mapping[str, str]:
    """Find acronyms that stand in brackets behind the name they shorten: "Border Guard Service (BGS)"."""
    out = {}
    for spot in found:
        short = _BRACKETED.match(body, spot.end) if spot.kind == "organisation" else None
        if short and short[1].replace(".", "").lower() in initials(body[spot.start : spot.end]):
            out[short[1]] = body[spot.start : spot.end]
    return out
