"""Quotations without a verb of their own: whoever speaks beside them, introduces them or signs them.

"It was a hard year, she said. “We lost too many.”": the second sentence has no verb of saying, and no reader needs
one. Where nobody speaks in the paragraph, the quotation stays without a source; a few words then are no statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.actors.candidates import sentence_of, source_of
from analysis.actors.grammar import Grammar
from analysis.actors.quoted import SPEAKERLESS, is_sentence
from analysis.actors.spans import STANCE, Attribution, cue_of, cue_span, source_span

SPOKEN = "quotation beside its speaker"
SIGNED = "quotation with a signature"
_SIGNATURE = re.compile(r"\s*(?:[–—-]{1,2}|―)\s?(?=[A-Z])(?P<name>[^\n.!?“”\"]{3,60})\.?\s*(?:\n|$)")
_SHORT = 6


def with_speakers(g: Grammar, found: Sequence[Attribution], cues: Mapping[str, str]) -> list[Attribution]:
    """Give quotations without a speaker to whoever speaks right before them, introduces them or signs them.

    Parameters
    ----------
    g : Grammar
        The article.
    found : sequence of Attribution
        Its attributions, in reading order.
    cues : mapping of str to str
        Reporting verbs.

    Returns
    -------
    list of Attribution
        In reading order; short quotations that belong to nobody are left out.
    """
    out: list[Attribution] = []
    for a in sorted(found, key=lambda a: (a.content[0], a.cue or (0, 0))):
        if a.rule != SPEAKERLESS:
            out.append(a)
            continue
        given = _signed(g, a) or _introduced(g, a, cues)
        if given is not None:
            out.append(given)
            continue
        n = _speaker(g, a, out) if is_sentence(g, a.content[0]) else -1
        if n >= 0:
            out[n] = replace(out[n], content=(*out[n].content, *a.content), rule=SPOKEN)
        elif sum(len(g.body[start:end].split()) for start, end in a.content) >= _SHORT:
            out.append(a)
    return out


def _signed(g: Grammar, a: Attribution) -> Attribution | None:
    """Read a name behind a dash that follows a quotation, in its line or the next: "“We stay.” – Anna Berg"."""
    found = _SIGNATURE.match(g.body, a.content[-1][1])
    if found is None:
        return None
    first = bisect_left(g.start, found.start("name"))
    end = bisect_right(g.start, found.end("name") - 1)
    if end <= first or not any(g.pos[i] == "PROPN" for i in range(first, end)):
        return None
    head = next((i for i in range(first, end) if not first <= g.head[i] < end or g.head[i] == i), first)
    return replace(a, source=(g.start[first], g.end[end - 1]), source_token=head, rule=SIGNED)


def _introduced(g: Grammar, a: Attribution, cues: Mapping[str, str]) -> Attribution | None:
    """Read the verb before a colon that closes the paragraph before: "She wrote:" and the quotation in the next."""
    low = a.content[0][0]
    before = g.body[:low].rstrip()
    if not before.endswith(":") or "\n" not in g.body[len(before) : low]:
        return None
    colon = bisect_left(g.start, len(before) - 1)
    first = sentence_of(g, colon)[0] if colon < len(g) else colon
    spoken = (i for i in range(colon - 1, first - 1, -1) if g.pos[i] == "VERB" and cue_of(g, i, cues))
    cue = next(spoken, -1)
    head = source_of(g, cue) if cue >= 0 else -1
    if head < 0:
        return None
    return replace(
        a, cue=cue_span(g, cue), cue_token=cue, source=source_span(g, head), source_token=head, rule=SPOKEN
    )


def _speaker(g: Grammar, a: Attribution, before: Sequence[Attribution]) -> int:
    """Return the last report before a quotation that ends in its paragraph, or in the one before where it stands alone."""
    low, high = a.content[0][0], a.content[-1][1]
    begins = g.body.rfind("\n", 0, low) + 1
    ends = g.body.find("\n", high)
    alone = not g.body[begins:low].strip() and not g.body[high : ends if ends >= 0 else None].strip(" .,")
    earlier = g.body.rfind("\n", 0, max(len(g.body[:begins].rstrip()), 0)) + 1 if alone else begins
    for n in range(len(before) - 1, -1, -1):
        other = before[n]
        last = max(other.content[-1][1], other.cue[1] if other.cue else 0)
        if other.source is None or other.rule.startswith(STANCE) or last > low:
            continue
        return n if last > earlier else -1
    return -1
