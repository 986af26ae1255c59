"""What every reporting word of some articles may introduce, and what its words and marks weigh.

All articles are looked at together, a trait at a time (see `analysis.actors.rules.weighing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from analysis.actors.lexicons import table
from analysis.actors.rules.direct import Word
from analysis.actors.rules.laid import Laid, Whole
from analysis.actors.rules.marks import Span
from analysis.actors.rules.speaking import candidates
from analysis.actors.rules.weighing import BESIDE, FAMILIES, Model

_PRONOUNS = frozenset(row["word"] for row in table("saying_words") if row["use"] == "pronoun")
_LENGTHS = (20, 40, 70, 110, 160, 230)
_STEPS = tuple(map(str, range(len(_LENGTHS) + 1)))
_SIZES = tuple(map(str, range(7)))
_QUOTED = tuple(f"{much} {here}" for here in ("outside", "inside") for much in ("none", "some", "all"))


@dataclass(frozen=True)
class Cues:
    """The reporting words of some articles, and the words beside them."""

    words: Sequence[Word]
    article: Whole
    start: Whole  # counted as `Laid` does
    sentence: Whole
    traits: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, laid: Laid, words: Sequence[Sequence[Word]]) -> Cues:
        """Look at the words beside reporting words."""
        article = np.repeat(np.arange(len(words)), np.array([len(some) for some in words], dtype=np.int64))
        flat = list(chain.from_iterable(words))
        start = np.array([word[0] for word in flat], dtype=np.int64) + laid.base[article]
        before, behind = [], []
        for text, some in zip(laid.texts, words, strict=True):
            body = text.body
            for first, last, _, _ in some:
                left = body[max(0, first - 16) : first].rsplit(None, 1)
                right = body[last : last + 24].split(None, 1)
                before.append(left[-1].lower() if left else "")
                behind.append(right[0].lower() if right else "")
        traits = {
            "lemma": [word[2] for word in flat],
            "form": [word[3] for word in flat],
            "left": before,
            "right": behind,
        }
        return cls(flat, article, start, laid.sentence(article, start), traits)


@dataclass(frozen=True)
class Proposals:
    """Candidates for statements, in the order of the reporting words: a row a candidate."""

    cues: Cues
    cue: Whole  # row of its reporting word
    source: Whole  # where it starts and ends; -1 where there is none
    content: Whole  # where it starts, pauses, goes on and ends; unbroken it goes on where it started
    quoted: Whole  # how many characters of it are
    traits: Mapping[str, Sequence[str]]  # its own; those of its reporting word are in `cues`
    weight: Whole


def proposals(laid: Laid, words: Sequence[Sequence[Word]], model: Model) -> Proposals:
    """Propose statements, reporting word by reporting word; those beside which statements are hopeless are passed over.

    Parameters
    ----------
    laid : Laid
        The articles with their sentences and quotations.
    words : sequence of sequences of (start, end, lemma, form)
        The reporting words of each.
    model : Model
        What words and marks weigh.

    Returns
    -------
    Proposals
    """
    cues = Cues.of(laid, words)
    numbers = {trait: model.numbered(trait, values) for trait, values in cues.traits.items()}
    worth = np.flatnonzero(model.total(BESIDE, numbers) >= model.hopeless)
    base = laid.base[cues.article[worth]]
    lows = (laid.starts[cues.sentence[worth]] - base).tolist()
    highs = (laid.ends[cues.sentence[worth]] - base).tolist()
    # a list a column: many small tuples would be walked through for cycles again and again
    cue: list[int] = []
    source: list[int] = []
    bounds: list[int] = []
    who: list[str] = []
    head: list[str] = []
    size: list[str] = []
    kind: list[str] = []
    opening: list[str] = []
    for n, article, low, high in zip(worth.tolist(), cues.article[worth].tolist(), lows, highs, strict=True):
        body = laid.texts[article].body
        start, end, lemma, form = cues.words[n]
        whose, found = candidates(body, low, max(high, end), (start, end), lemma, form)
        which, word, many = _described(body, whose)
        for spans, how in found:
            cue.append(n)
            source += whose or (-1, -1)
            bounds += spans[0]
            bounds += spans[-1]
            who.append(which)
            head.append(word)
            size.append(many)
            kind.append(how)
            opens = body[spans[0][0] : spans[0][0] + 16].split(None, 1)
            opening.append(opens[0].lower() if opens else "")
    of = np.array(cue, dtype=np.int64)
    content = np.array(bounds, dtype=np.int64).reshape(-1, 4)
    first, pause, again, last = content.T + laid.base[cues.article[of]]
    quoted = laid.quoted(first, last)
    long = pause - first + np.where(again > first, last - again, 0)
    step = np.searchsorted(_LENGTHS, long)
    much = np.where(quoted == 0, 0, np.where(quoted >= 0.85 * long, 2, 1)) + 3 * laid.holds(cues.start[of])
    traits = {
        "who": who,
        "head": head,
        "size": size,
        "kind": kind,
        "length": [_STEPS[n] for n in step.tolist()],
        "quoted": [_QUOTED[n] for n in much.tolist()],
        "first": opening,
    }
    numbers = {trait: some[of] for trait, some in numbers.items()}
    numbers |= {trait: model.numbered(trait, values) for trait, values in traits.items()}
    weight = model.total(FAMILIES, numbers)
    return Proposals(
        cues, of, np.array(source, dtype=np.int64).reshape(-1, 2), content, quoted, traits, weight
    )


def _described(body: str, source: Span | None) -> tuple[str, str, str]:
    """Say what sort of words a source is, its last word, and how many they are."""
    words = body[source[0] : source[1]] if source else ""
    if not words.strip():  # between marks nothing may stand
        return "none", "", "0"
    last = words.rsplit(None, 1)[-1]
    head = last.lower()
    who = head if head in _PRONOUNS else "name" if last[:1].isupper() else "words"
    return who, head, _SIZES[min(words.count(" ") + 1, 6)]
