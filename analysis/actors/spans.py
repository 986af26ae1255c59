"""What an attribution is, and the characters of its source, cue and content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.actors.grammar import Grammar

# rules of attributions whose content is no clause begin with this: somebody's stance, not a report of words
STANCE = "stance: "
# and those of what is only imagined, asked for or refused, with this
UNSAID = "not said: "
# rules of statements that a quoted speaker reports in turn begin with this: they are no statements to the outlet
NESTED = "inside a quotation: "
NOT_REPORTED = (NESTED, STANCE, UNSAID)
VERBS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True)
class Attribution:
    """Content spans, cue span and source span in characters; ``cue_token`` and ``source_token`` are the heads."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    cue_token: int = -1
    source_token: int = -1
    form: str = "indirect"
    rule: str = ""
    paragraph: int = -1


def cue_of(g: Grammar, i: int, cues: Mapping[str, str]) -> str:
    """Return the reporting verb at a token, with its particle or preposition where that is listed; or ""."""
    lemma = g.lemma[i].lower()
    for child in g.children[i]:
        if g.dep[child] in {"prt", "prep"} and child > i:
            pair = f"{lemma} {g.lower[child]}"
            if pair in cues:
                return pair
    return lemma if lemma in cues else ""


def source_span(g: Grammar, head: int) -> tuple[int, int]:
    """Return the source's characters: the noun phrase of its head, relative clauses and appositions cut off."""
    first, end = g.left[head], g.right[head] + 1
    for child in g.children[head]:
        if child > head and g.dep[child] in {"relcl", "appos", "acl", "punct", "cc", "conj"}:
            if g.dep[child] in {"cc", "conj"}:
                continue
            end = min(end, g.left[child])
    return trimmed(g, first, end)


def trimmed(g: Grammar, first: int, end: int) -> tuple[int, int]:
    """Return the characters of a token range without white space and commas at its ends."""
    while first < end - 1 and (g.text[first] in {",", ";", ":", "—", "–", "-"} or not g.text[first].strip()):
        first += 1
    while end - 1 > first and (
        g.text[end - 1] in {",", ";", ":", ".", "—", "–", "-"} or not g.text[end - 1].strip()
    ):
        end -= 1
    return g.start[first], g.end[end - 1]


def cue_span(g: Grammar, i: int) -> tuple[int, int]:
    """Return the characters of a cue: the verb with its auxiliaries, negation and particle."""
    first, end = i, i + 1
    while first > 0 and g.head[first - 1] == i and g.dep[first - 1] in {"aux", "auxpass", "neg", "advmod"}:
        first -= 1
    while end < len(g) and g.head[end] == i and g.dep[end] == "prt":
        end += 1
    return g.start[first], g.end[end - 1]


def overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Return the shared characters of two spans over all their characters."""
    if one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0.0
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    total = sum(b - a for a, b in (*one, *other)) - shared
    return shared / total


def stops(g: Grammar, start: int, end: int) -> bool:
    """Say whether a sentence ends or another quotation stands between two characters."""
    first, last = bisect_left(g.start, start), bisect_left(g.start, end)
    return any(
        word in {".", "?", "!", "“", "”", "''", "``", '"'} or "\n" in word for word in g.text[first:last]
    )


def joined(g: Grammar, *groups: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans in order, those that touch as one."""
    spans = sorted(span for group in groups for span in group)
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1] + 2 and "\n" not in g.body[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def filled(
    g: Grammar, spans: Sequence[tuple[int, int]], outside: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Close gaps of a sentence in which neither cue nor source stands: "said it had been moved, and was “safe”"."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out:
            gap = (out[-1][1], start)
            held = any(low < gap[1] and gap[0] < high for low, high in outside)
            if not held and not stops(g, gap[0], gap[1]):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return tuple(out)
