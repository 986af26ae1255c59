"""Decide which candidates are statements, by what their words and marks weigh; no parse.

Quotations are attributed by the reporting verb beside them, in `analysis.actors.rules.direct`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from analysis.actors.rules.direct import Said, Word, direct
from analysis.actors.rules.laid import Laid
from analysis.actors.rules.marks import Span
from analysis.actors.rules.proposing import proposals
from analysis.actors.rules.weighing import Model


def find(laid: Laid, words: Sequence[Sequence[Word]], model: Model) -> list[list[Said]]:
    """Find the statements of articles.

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
    list of lists of Said
        For each article, by first content character.
    """
    given = proposals(laid, words, model)
    cues = given.cues
    quotes = [
        direct(text.body, some, marks) if marks.starts else []
        for text, some, marks in zip(laid.texts, words, laid.marks, strict=True)
    ]
    articles, sentences = cues.article.tolist(), cues.sentence.tolist()
    chosen: list[dict[Span, Said]] = [{} for _ in words]
    told: dict[int, tuple[Sequence[Span], ...]] = {}  # contents by sentence
    kept = np.flatnonzero(given.weight >= model.least)
    # of two that tell the same the one that weighs more, of two that weigh the same the one before
    order = kept[np.argsort(-given.weight[kept], kind="stable")]
    columns = (order, given.cue[order], given.quoted[order], *given.content[order].T, *given.source[order].T)
    for row, n, quoted, low, pause, again, high, first, last in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        start, end, lemma, _ = cues.words[n]
        cue, article, sentence = (start, end), articles[n], sentences[n]
        if cue in chosen[article]:
            continue
        spans = ((low, high),) if again == low else ((low, pause), (again, high))
        others = told.get(sentence, ())
        if (others and _told(spans, others)) or (quoted and _quoting(cue, spans, quotes[article])):
            continue
        told[sentence] = (*others, spans)
        source = (first, last) if first >= 0 else None
        chosen[article][cue] = Said(spans, cue, source, lemma, given.traits["kind"][row])
    return [
        sorted(_merged(text.body, own, some.values()), key=_place)
        for text, own, some in zip(laid.texts, quotes, chosen, strict=True)
    ]


def _place(said: Said) -> tuple[Span, Span]:
    return said.content[0], said.cue or (0, 0)


def _quoting(cue: Span, spans: Sequence[Span], quotes: Sequence[Said]) -> bool:
    """Say whether a content is told by a quotation already, and another verb introduces that."""
    return all(said.cue != cue for said in quotes) and _told(spans, [said.content for said in quotes])


def _told(spans: Sequence[Span], others: Iterable[Sequence[Span]]) -> bool:
    """Say whether a content is half the same as another: the shared characters over all of both."""
    low, high = spans[0][0], spans[-1][1]
    for other in others:
        if other[-1][1] <= low or high <= other[0][0]:
            continue
        shared = sum([max(0, min(b, d) - max(a, c)) for a, b in spans for c, d in other])
        if shared >= 0.5 * (sum([b - a for a, b in (*spans, *other)]) - shared):
            return True
    return False


def _merged(body: str, quotes: Sequence[Said], indirect: Iterable[Said]) -> list[Said]:
    """Join what one verb introduces: a clause that holds quoted fragments is one statement."""
    out = list(indirect)
    by_cue = {said.cue: n for n, said in enumerate(out)}
    for said in quotes:
        n = by_cue.get(said.cue, -1) if said.cue is not None else -1
        if n < 0:
            out.append(said)
        else:
            out[n] = out[n]._replace(content=_union(body, out[n].content, said.content), rule=said.rule)
    return out


def _union(body: str, *groups: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for start, end in sorted(span for group in groups for span in group):
        if out and start <= out[-1][1] + 2 and "\n" not in body[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
