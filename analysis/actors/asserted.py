"""What is told as said, and what is only imagined, asked for, announced or refused.

"If they say no …", "Let us say that …", "Has she told them that …?", "declined to say whether …", "everyone knows that
…": a verb of saying with a clause, and yet nobody passed anything on to the outlet. Such attributions stay in the
layer, under rules that begin with `UNSAID`, and no measure of sourcing counts them.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.actors.candidates import sentence_of
from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import words
from analysis.actors.spans import Attribution

# whoever stands for the outlet, its readers or all the world; "some" and "many" are sources, if hidden ones
_ANYBODY = frozenset(
    {"i", "me", "we", "us", "you", "everyone", "everybody", "anyone", "anybody", "nobody", "whoever"}
)
_OPENING = frozenset({"if", "unless"})
_WHETHER = frozenset({"whether", "if", "how", "what", "when", "why", "where", "who", "which"})
_HEARERS = frozenset({"tell", "ask", "inform", "remind", "press", "question"})


def is_asserted(g: Grammar, a: Attribution, quoted: Sequence[tuple[int, int]]) -> bool:
    """Say whether an attribution tells that somebody said something.

    Parameters
    ----------
    g : Grammar
        The article.
    a : Attribution
        An attribution with a verb, noun or adjective as its cue.
    quoted : sequence of (start, end)
        Characters that stand in quotation marks.

    Returns
    -------
    bool
    """
    cue = a.cue_token
    if cue < 0 or any(start <= g.start[cue] < end for start, end in quoted):
        return True
    return not (
        (_by_anybody(g, a) and not any(low <= g.start[a.source_token] < high for low, high in quoted))
        or _by_nothing(g, a)
        or _imagined(g, cue)
        or _asked(g, a, quoted)
        or _unspoken(g, a)
        or _told_without_source(g, a)
    )


def _by_anybody(g: Grammar, a: Attribution) -> bool:
    """Find the outlet itself, its readers or all the world: "we know that …", "no one wrote about it"."""
    s = a.source_token
    if s < 0:
        return False
    if g.lower[s] == "one":
        return s > 0 and g.lower[s - 1] == "no"
    if g.lower[s] == "who":
        return s == sentence_of(g, s)[0]
    return g.lower[s] in _ANYBODY


def _by_nothing(g: Grammar, a: Attribution) -> bool:
    """Find the "it" of "it is unlikely that …", "is it reasonable to expect …"."""
    s, cue = a.source_token, a.cue_token
    if s < 0 or g.lower[s] != "it":
        return False
    return g.dep[s] == "expl" or g.pos[cue] == "ADJ" or g.pos[g.head[cue]] == "ADJ" or g.tag[cue] == "VBN"


def _imagined(g: Grammar, cue: int) -> bool:
    """Find a condition or a request: "if you thought …", "let the mayor tell …", "say what you will"."""
    i = cue
    for _ in range(5):
        if any(g.dep[c] == "mark" and g.lower[c] in _OPENING and c < i for c in g.children[i]):
            return g.dep[i] == "advcl"
        above = g.head[i]
        if g.dep[i] == "ccomp" and g.lemma[above] == "let" and above < i:
            return True
        if g.dep[i] not in {"conj", "xcomp"} or above == i:
            break
        i = above
    begs = g.tag[cue] == "VB" and g.dep[cue] == "ROOT"
    return begs and not any(g.dep[c] in {"aux", "nsubj", "nsubjpass"} for c in g.children[cue])


def _asked(g: Grammar, a: Attribution, quoted: Sequence[tuple[int, int]]) -> bool:
    """Find a question of the outlet: "What did she think this meant?"."""
    first, end = sentence_of(g, a.cue_token)
    mark = next((i for i in range(end - 1, first, -1) if g.text[i].strip()), -1)
    if mark < 0 or g.text[mark] != "?" or any(start <= g.start[mark] < stop for start, stop in quoted):
        return False
    i = a.cue_token
    while g.head[i] != i and g.dep[i] in {"conj", "xcomp"}:
        i = g.head[i]
    subject = g.child(i, "nsubj", "expl")
    helper = next((c for c in g.children[i] if g.dep[c] in {"aux", "neg"}), i)
    return g.head[i] == i and subject >= 0 and helper < subject


def _unspoken(g: Grammar, a: Attribution) -> bool:
    """Find what is wanted, refused or still to come: "wanted to tell …", "declined to say …", "did not say whether …"."""
    cue = a.cue_token
    above = g.head[cue]
    if g.dep[cue] == "xcomp" and any(g.lower[c] == "to" for c in g.children[cue]):
        return g.lemma[above].lower() in words("unspoken") or (
            g.lemma[above] == "expect" and g.child(above, "auxpass") >= 0
        )
    if any(g.lower[c] in {"should", "must"} and g.dep[c] == "aux" for c in g.children[cue]):
        return True
    silent = any(g.dep[c] == "neg" for c in g.children[cue]) and g.lemma[cue].lower() in words("said_or_not")
    opens = next((g.lower[i] for i in range(cue + 1, len(g)) if g.start[i] >= a.content[0][0]), "")
    return silent and a.content[0][0] > g.start[cue] and opens in _WHETHER | {"about"}


def _told_without_source(g: Grammar, a: Attribution) -> bool:
    """Find what somebody was told or asked by nobody: "when told that …", "was asked to …"."""
    cue = a.cue_token
    passive = g.tag[cue] == "VBN" and a.source_token < 0 and g.lemma[cue].lower() in _HEARERS
    reduced = g.dep[cue] in {"advcl", "acl", "dep"} and g.child(cue, "auxpass") < 0
    return passive and (reduced or g.lemma[cue].lower() in {"ask", "press", "question"})
