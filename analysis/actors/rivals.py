"""What the second model for attributions sees: a candidate's numbers, its names, and its rivals' scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.actors.candidates import Candidate, sentence_of
from analysis.actors.grammar import Grammar

_LOWEST = -9000  # where there is no rival; scores are thousandths of log-odds
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_LINKS = {
    word: number
    for number, word in enumerate(
        ("if", "unless", "when", "whenever", "because", "as", "while", "although", "though", "whether", "that",
         "since", "after", "before", "until", "so", "than", "once"), 1)
}  # fmt: skip
_DEEP = 12


def numbered(
    g: Grammar,
    found: Sequence[Candidate],
    first: Sequence[int],
    quoted: Sequence[int],
    kept: Sequence[int],
) -> NDArray[np.float64]:
    """Describe candidates in numbers: size, place, and the first model's score of each and of its rivals.

    Parameters
    ----------
    g : Grammar
        The article.
    found : sequence of Candidate
        Its candidates.
    first : sequence of int
        The first model's scores of them, in thousandths.
    quoted : sequence of int
        Quoted tokens before each token.
    kept : sequence of int
        The candidates to describe; the others are rivals only.

    Returns
    -------
    numpy.ndarray
        One row a candidate kept.
    """
    of_sentence: dict[int, list[int]] = defaultdict(list)
    for n, c in enumerate(found):
        of_sentence[g.sentence[c.cue]].append(n)
    best = {number: max(first[n] for n in beside) for number, beside in of_sentence.items()}
    mean = sum(first) / len(first)
    rows = [
        [
            *_scores(found, first, n, of_sentence[g.sentence[found[n].cue]]),
            mean,
            best.get(g.sentence[found[n].cue] - 1, _LOWEST),
            best.get(g.sentence[found[n].cue] + 1, _LOWEST),
            *_sizes(g, found[n], quoted),
            *_setting(g, found[n]),
        ]
        for n in kept
    ]
    return np.array(rows, dtype=np.float64)


def _scores(found: Sequence[Candidate], first: Sequence[int], n: int, beside: Sequence[int]) -> list[int]:
    """Return a candidate's score, and the best of its rivals: of the same cue, around it, within it, of the same words."""
    c = found[n]
    low, high = c.spans[0][0], c.spans[-1][1]
    same = around = within = twin = anywhere = _LOWEST
    same_cue = better = 0
    for k in beside:
        if k == n:
            continue
        other, score = found[k], first[k]
        if other.cue == c.cue:
            same_cue += 1
            better += score > first[n]
            same = max(same, score)
            continue
        anywhere = max(anywhere, score)
        start, end = other.spans[0][0], other.spans[-1][1]
        if start <= c.cue < end:
            around = max(around, score)
        if low <= other.cue < high:
            within = max(within, score)
        if 2 * (min(high, end) - max(low, start)) >= max(high, end) - min(low, start):
            twin = max(twin, score)
    return [first[n], same, better, same_cue, anywhere, around, within, twin]


def _sizes(g: Grammar, c: Candidate, quoted: Sequence[int]) -> list[float]:
    """Return how long a candidate is, where it stands, and what is in it."""
    i, s = c.cue, c.source
    low, high = c.spans[0][0], c.spans[-1][1]
    begins, ends = sentence_of(g, i)
    return [
        high - low,
        sum(b - a for a, b in c.spans),
        len(c.spans),
        i - begins,
        ends - i,
        ends - begins,
        i - s if s >= 0 else 99,
        g.sentence[i],
        g.sentence[i] / max(1, len(g.bounds)),
        g.paragraph[i],
        low - begins,
        ends - high,
        low - i,
        any(g.dep[x] in _SUBJECTS for x in g.children[c.child]),
        sum(g.pos[x] == "PROPN" for x in range(low, high)),
        sum(g.pos[x] in {"VERB", "AUX"} for x in range(low, high)),
        sum(g.pos[x] == "NUM" for x in range(low, high)),
        sum(word[0].isupper() for word in g.text[low:high]),
        (quoted[high] - quoted[low]) / max(1, high - low),
        quoted[i + 1] - quoted[i],
        quoted[ends] - quoted[begins],
        s >= 0 and g.head[s] == i,
        len(g.children[i]),
    ]


def _setting(g: Grammar, c: Candidate) -> list[int]:
    """Return what a candidate is said under: a question, a condition, a negation, a clause of a clause."""
    i, s = c.cue, c.source
    low, high = c.spans[0][0], c.spans[-1][1]
    begins, ends = sentence_of(g, i)
    last = next(
        (k for k in range(ends - 1, begins, -1) if g.text[k][:1].isalnum() or g.text[k] in "?.!"), begins
    )
    link = supposed = depth = 0
    k = i
    while depth < _DEEP:
        marks = [_LINKS.get(g.lower[x], 0) for x in g.children[k] if g.dep[x] == "mark"]
        if not link and k == i and marks:
            link = marks[0]
        supposed = supposed or any(0 < mark < 3 for mark in marks)
        if g.head[k] == k:
            break
        k = g.head[k]
        depth += 1
    beside = g.children[i]
    return [
        g.text[last] == "?",
        link,
        supposed,
        depth,
        any(g.dep[x] == "neg" for x in beside),
        any(g.tag[x] == "MD" for x in beside),
        sum(g.pos[x] == "ADJ" for x in range(low, high)),
        sum(g.dep[x] in _SUBJECTS for x in range(low, high)),
        high >= len(g) or g.text[high] in {",", "."},
        g.right[s] - g.left[s] if s >= 0 else -1,
        s >= 0 and any(g.pos[x] == "PROPN" for x in range(g.left[s], g.right[s] + 1)),
    ]


def named(g: Grammar, c: Candidate, label: Mapping[int, str]) -> tuple[str, ...]:
    """Describe a candidate by names; the second model knows how often candidates of each name were right.

    Parameters
    ----------
    g : Grammar
        The article.
    c : Candidate
        The candidate.
    label : mapping of int to str
        Entity labels by token.

    Returns
    -------
    tuple of str
        Always as many, in the same order.
    """
    i, s, kind = c.cue, c.source, c.kind
    lemma, child = g.lemma[i].lower(), g.lemma[c.child].lower()
    low, high = c.spans[0][0], c.spans[-1][1]
    source = label.get(s, g.pos[s]) if s >= 0 else "none"
    link = g.lower[c.child] if g.dep[c.child] == "prep" else g.dep[c.child]
    helpers = [g.lower[x] for x in g.children[i] if g.dep[x] in {"aux", "neg", "auxpass", "prt"}]
    head = g.lemma[g.head[i]].lower()
    return (
        kind,
        g.tag[i],
        g.dep[i],
        g.tag[c.child],
        g.pos[s] if s >= 0 else "none",
        g.dep[s] if s >= 0 else "",
        g.lemma[s].lower() if s >= 0 else "",
        g.lower[s] if s >= 0 else "",
        source,
        lemma,
        child,
        head,
        g.lower[low],
        g.lower[high] if high < len(g) else "",
        g.lower[i - 1] if i else "",
        g.lower[i + 1] if i + 1 < len(g) else "",
        f"{lemma} {kind}",
        f"{lemma} {link}",
        f"{lemma} {source}",
        f"{lemma} {g.lower[low]}",
        f"{kind} {child}",
        f"{kind} {source} {g.tag[i]}",
        f"{kind} {g.tag[c.child]} {g.lower[low]}",
        f"{g.dep[i]} {head}",
        " ".join(helpers),
        " ".join(sorted({g.dep[x] for x in g.children[i] if x > i})),
    )
