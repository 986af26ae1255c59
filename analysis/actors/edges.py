"""Where the content of an attribution begins and ends, where the parse says more or less than the speaker did."""

from __future__ import annotations

from collections.abc import Container

from analysis.actors.candidates import sentence_of
from analysis.actors.grammar import Grammar
from analysis.actors.mending import dateline
from analysis.actors.spans import VERBS

_ASIDE = frozenset({"which", "who", "whose", "where"})
_LINKS = frozenset({"and", "but", "or"})
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_MARKS = frozenset('“”"„«»')


def opening(g: Grammar, cue: int, first: int, end: int) -> int:
    """Return where a piece of content begins: behind a dateline, and behind the day on which it was said.

    Parameters
    ----------
    g : Grammar
        The article.
    cue, first, end : int
        The cue, and the first token and the end of the piece.

    Returns
    -------
    int
        The first token of what was said.
    """
    behind = dateline(g, first)
    if first < behind:
        return min(behind, end - 1)
    if first != cue + 1 or first + 3 >= end:
        return first
    day = next(
        (last for start, last, label in g.entities if label in {"DATE", "TIME"} and start in {first, first + 1}), -1
    )  # fmt: skip
    opens = g.tag[first] == "IN" or g.dep[first] in {"npadvmod", "nmod", "compound", "amod"}
    if not first < day < end - 2 or not opens or g.pos[day] in {"VERB", "AUX", "PUNCT", "ADP"}:
        return first
    return day if any(g.dep[k] in {"nsubj", "nsubjpass", "expl"} for k in range(day, end)) else first


def ending(g: Grammar, cue: int, first: int, end: int, cues: Container[str]) -> int:
    """Return where a clause ends: with the last of several that-clauses, and before what the outlet puts in.

    Parameters
    ----------
    g : Grammar
        The article.
    cue, first, end : int
        The cue, and the first token and the end of the clause.
    cues : container of str
        Reporting verbs.

    Returns
    -------
    int
        The end of what was said, exclusive.
    """
    if first < cue:
        return end
    short = _before_answer(g, cue, first, end, cues)
    if short < end:
        return short
    longer = _with_more(g, cue, end, cues)
    return longer if longer > end else _before_aside(g, first, end)


def _with_more(g: Grammar, cue: int, end: int, cues: Container[str]) -> int:
    """Add further clauses: "said that the bridge held, and that …", "told them that …, but no train was running"."""
    limit = sentence_of(g, cue)[1]
    while True:
        k = end
        while k < limit and (g.text[k] == "," or g.lower[k] in _LINKS):
            k += 1
        if not end < k < limit - 2:
            return end
        verb = next((c for c in g.children[cue] if g.dep[c] == "conj" and g.left[c] == k), -1)
        if verb < 0 and g.lower[k] == "that" and g.dep[k] == "mark" and g.head[k] > k:
            verb = g.head[k]
        if verb < 0 or not (g.lower[k] == "that" or _goes_on(g, cue, verb, cues)):
            return end
        end = min(g.right[verb] + 1, limit)


def _goes_on(g: Grammar, cue: int, verb: int, cues: Container[str]) -> bool:
    """Say whether a main clause still tells what was said in the past: a thing is its subject, its tense is the same."""
    subject = g.child(verb, *_SUBJECTS)
    return (
        subject >= 0
        and g.tag[cue] == "VBD"
        and g.pos[subject] == "NOUN"
        and g.lemma[verb].lower() not in cues
        and any(g.tag[k] == "VBD" for k in (verb, *g.children[verb]))
    )


def _before_aside(g: Grammar, first: int, end: int) -> int:
    """Leave out a relative clause behind a comma that closes a clause, which is mostly the outlet's own."""
    for t in range(end - 2, first + 3, -1):
        if g.text[t] in _MARKS:
            return end
        if g.text[t - 1] == "," and g.lower[t] in _ASIDE:
            clause = next((k for k in range(t, end) if g.dep[k] == "relcl" and g.left[k] == t), -1)
            return t - 1 if clause >= 0 and g.right[clause] >= end - 2 else end
    return end


def _before_answer(g: Grammar, cue: int, first: int, end: int, cues: Container[str]) -> int:
    """Leave out what the speaker did next: "said her office would close but gave no reason"."""
    for k in range(first + 2, end - 1):
        if g.lower[k] != "but" or g.dep[k] != "cc" or not cue < g.head[k] < k:
            continue
        verb = next((c for c in g.children[g.head[k]] if c > k and g.dep[c] == "conj"), -1)
        if verb < 0 or g.pos[verb] != "VERB" or g.child(verb, *_SUBJECTS) >= 0:
            continue
        gives = g.lemma[verb].lower() in {"give", "provide", "offer", "decline", "refuse", "stop"}
        if g.tag[verb] == g.tag[cue] and (gives or g.lemma[verb].lower() in cues):
            return k - (g.text[k - 1] == ",")
    return end


def holds_words(g: Grammar, first: int, end: int, *, whole: bool) -> bool:
    """Say whether a piece of content is more than punctuation or a date left beside the cue."""
    if whole:
        return any(word[:1].isalnum() for word in g.text[first:end])
    return end - first > 6 or any(g.pos[i] in VERBS or g.dep[i] == "attr" for i in range(first, end))
