"""Speech whose quotation marks were lost: sentences in the first person beside a statement go to its speaker.

Reposting and rewriting lose marks: "The army holds the bridge, Berg said. We will not leave our town." An outlet does
not say "we" of a party, so an unmarked sentence with "we", "our" or "I" that follows a statement in its paragraph,
or comes before one whose verb ends the paragraph, belongs to that speaker. Where a single sentence in the first person
stands beside no statement, the author may be speaking, and the article is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.actors.grammar import Grammar
from analysis.actors.quotation import Quotation
from analysis.actors.spans import STANCE, UNSAID, Attribution, trimmed

FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "ours", "mine", "ourselves", "myself"})
LOST = ", marks lost"


def with_lost_marks(
    g: Grammar, found: Sequence[Attribution], marks: Sequence[Quotation]
) -> list[Attribution]:
    """Give unmarked sentences in the first person to the speaker beside them.

    Parameters
    ----------
    g : Grammar
        The article.
    found : sequence of Attribution
        Its attributions.
    marks : sequence of Quotation
        Its quotations.

    Returns
    -------
    list of Attribution
        Those that took sentences in have a rule that ends in ``, marks lost``; attributions whose source is the "we"
        of such a sentence are part of it, no attributions of their own.
    """
    ours = _first_person(g, marks)
    if not ours:
        return list(found)
    own = {g.sentence[i] for i in ours}
    speakers = [a for a in found if a.source_token >= 0 and a.source_token not in ours and _reports(a)]
    held: dict[int, list[int]] = {}
    for n, a in enumerate(speakers):
        for number in _sentences(g, a):
            held.setdefault(number, []).append(n)
    taken: dict[int, list[int]] = {}
    for n, a in enumerate(speakers):
        for number in (*_behind(g, a, own, held), *_before(g, a, own, held)):
            if not any(number in numbers for numbers in taken.values()):
                taken.setdefault(n, []).append(number)
    given = {number for numbers in taken.values() for number in numbers}
    if not given or own - given - set(held):
        return list(found)
    out = []
    for a in found:
        if a.source_token in ours and g.sentence[a.source_token] in given:
            continue
        numbers = taken.get(speakers.index(a), []) if a in speakers else []
        pieces = [trimmed(g, *g.bounds[number]) for number in numbers]
        out.append(
            replace(a, content=tuple(sorted((*a.content, *pieces))), rule=a.rule + LOST * bool(pieces))
        )
    return out


def _reports(a: Attribution) -> bool:
    return not a.rule.startswith((STANCE, UNSAID)) and a.cue_token >= 0


def _first_person(g: Grammar, marks: Sequence[Quotation]) -> set[int]:
    """Return the first-person pronouns outside quotation marks and brackets; in names ("Our Party") they are none."""
    begins = {first for first, _ in g.bounds}
    return {
        i
        for i, word in enumerate(g.lower)
        if word in FIRST_PERSON
        and g.tag[i] in {"PRP", "PRP$"}
        and (g.text[i].islower() or i in begins or (word == "i" and g.dep[i] == "nsubj"))
        and g.text[g.bounds[min(g.sentence[i], len(g.bounds) - 1)][0]] != "("
        and not any(q.start <= g.start[i] < q.end for q in marks)
    }


def _sentences(g: Grammar, a: Attribution) -> set[int]:
    """Return the sentences that an attribution's content and cue stand in."""
    spans = [*a.content, *([a.cue] if a.cue else [])]
    return {
        number
        for number in range(len(g.bounds))
        for first, end in (g.bounds[number],)
        if any(low < g.end[end - 1] and g.start[first] < high for low, high in spans)
    }


def _behind(g: Grammar, a: Attribution, own: set[int], held: dict[int, list[int]]) -> list[int]:
    """Return the first-person sentences right behind a statement, in its paragraph."""
    out = []
    number = max(_sentences(g, a)) + 1
    while number in own and number not in held and _paragraph(g, number) == _paragraph(g, number - 1):
        out.append(number)
        number += 1
    return out


def _before(g: Grammar, a: Attribution, own: set[int], held: dict[int, list[int]]) -> list[int]:
    """Return the sentences of the paragraph before a statement that its verb closes, if they are in the first person."""
    last = g.sentence[a.cue_token]
    closes = last + 1 >= len(g.bounds) or _paragraph(g, last + 1) != _paragraph(g, last)
    if not closes or a.cue is None or a.cue[0] < a.content[-1][1]:
        return []
    out = []
    number = min(_sentences(g, a)) - 1
    while number >= 0 and number not in held and _paragraph(g, number) == _paragraph(g, last):
        out.append(number)
        number -= 1
    while out and out[-1] not in own:
        out.pop()
    return out


def _paragraph(g: Grammar, number: int) -> int:
    return g.paragraph[g.bounds[number][0]]
