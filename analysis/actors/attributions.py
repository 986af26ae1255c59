"""Find attributions in one article: content, cue and source, from quotation marks and the parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.actors.grammar import Grammar
from analysis.actors.quotation import Quotation, quotations

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_VERBS = frozenset({"VERB", "AUX"})


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


def find(g: Grammar, cues: Mapping[str, str]) -> list[Attribution]:
    """Find the attributions of an article.

    Parameters
    ----------
    g : Grammar
        The article.
    cues : mapping of str to str
        Reporting verbs (lemmas) with their class.

    Returns
    -------
    list of Attribution
        By first content character.
    """
    marks = quotations(g.body)
    direct, used = _direct(g, marks, cues)
    indirect = [a for a in _clauses(g, cues) + _according(g) if not _inside(a, used)]
    return sorted(_merged(direct, indirect), key=lambda a: (a.content[0], a.cue or (0, 0)))


def _inside(attribution: Attribution, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether an attribution's cue stands inside a quotation (a quoted speaker's own report)."""
    if attribution.cue is None:
        return False
    start, end = attribution.cue
    return any(first < start and end < last for first, last in spans)


def cue_of(g: Grammar, i: int, cues: Mapping[str, str]) -> str:
    """Return the reporting verb at a token, with its particle or preposition where that is listed; or ""."""
    lemma = g.lemma[i].lower()
    for child in g.children[i]:
        if g.dep[child] in {"prt", "prep"} and child > i:
            pair = f"{lemma} {g.lower[child]}"
            if pair in cues:
                return pair
    return lemma if lemma in cues else ""


def source_of(g: Grammar, verb: int) -> int:
    """Return the head token of a reporting verb's source: its subject, by-phrase, or that of the verb it hangs on."""
    seen = 0
    while seen < 4:
        passive = g.child(verb, "nsubjpass") >= 0 or g.child(verb, "auxpass") >= 0
        if passive:
            agent = g.child(verb, "agent")
            return g.child(agent, "pobj") if agent >= 0 else -1
        subject = g.child(verb, *SUBJECTS)
        if subject >= 0:
            return subject
        if (
            g.dep[verb] in {"conj", "advcl", "xcomp", "dep", "ccomp", "pcomp"}
            and g.pos[g.head[verb]] in _VERBS
        ):
            verb = g.head[verb]
        elif g.dep[verb] in {"acl", "relcl"}:
            return g.head[verb]
        else:
            return -1
        seen += 1
    return -1


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


def _clauses(g: Grammar, cues: Mapping[str, str]) -> list[Attribution]:
    """Indirect speech: the clause that a reporting verb governs."""
    out = []
    for i, pos in enumerate(g.pos):
        if pos not in _VERBS or not cue_of(g, i, cues):
            continue
        clause = g.child(i, "ccomp")
        if clause < 0:
            continue
        head = source_of(g, i)
        first, end = g.left[clause], g.right[clause] + 1
        if first < i < end:
            continue
        out.append(
            Attribution(
                (trimmed(g, first, end),), cue_span(g, i), source_span(g, head) if head >= 0 else None, i, head,
                "indirect", "clause of the reporting verb",
            )
        )  # fmt: skip
    return out


def cue_span(g: Grammar, i: int) -> tuple[int, int]:
    """Return the characters of a cue: the verb with its auxiliaries, negation and particle."""
    first, end = i, i + 1
    while first > 0 and g.head[first - 1] == i and g.dep[first - 1] in {"aux", "auxpass", "neg", "advmod"}:
        first -= 1
    while end < len(g) and g.head[end] == i and g.dep[end] == "prt":
        end += 1
    return g.start[first], g.end[end - 1]


def _according(g: Grammar) -> list[Attribution]:
    """Read "according to": what it hangs on is the content, its object the source."""
    out = []
    for i, word in enumerate(g.lower):
        if word != "according" or i + 1 >= len(g) or g.lower[i + 1] != "to":
            continue
        head = g.child(i + 1, "pobj")
        if head < 0:
            head = g.child(i, "pobj")
        if head < 0:
            continue
        first, end = next(bounds for bounds in g.bounds if bounds[0] <= i < bounds[1])
        below = (g.left[i], max(g.right[i], g.right[head]) + 1)
        spans = [span for span in ((first, below[0]), (below[1], end)) if _has_verb(g, *span)]
        if not spans:
            continue
        out.append(
            Attribution(
                tuple(trimmed(g, *span) for span in spans), (g.start[i], g.end[i + 1]), source_span(g, head), i, head,
                "indirect", "according to",
            )
        )  # fmt: skip
    return out


def _has_verb(g: Grammar, first: int, end: int) -> bool:
    return any(g.pos[i] in _VERBS for i in range(first, end))


def _direct(
    g: Grammar, marks: Sequence[Quotation], cues: Mapping[str, str]
) -> tuple[list[Attribution], list[tuple[int, int]]]:
    """Quotations with the reporting verb beside them; those without one go to the speaker before."""
    out: list[Attribution] = []
    used: list[tuple[int, int]] = []
    verbs = [i for i, pos in enumerate(g.pos) if pos in _VERBS and cue_of(g, i, cues)]
    outside = [i for i in verbs if not any(q.start <= g.start[i] < q.end for q in marks)]
    paragraphs = _paragraph_spans(g.body)
    last_paragraph = -2
    for number, (low, high) in enumerate(paragraphs):
        inside = [q for q in marks if low <= q.start < high]
        if not inside:
            continue
        for q in inside:
            words = len(q.inner(g.body).split())
            cue = _nearest(g, q, outside, low, high)
            if words >= 4 or cue >= 0:
                used.append((q.start, q.end))
            if cue < 0:
                alone = not g.body[low : q.start].strip() and not g.body[q.end : high].strip(" .,")
                near = last_paragraph == number or (last_paragraph == number - 1 and (alone or q.continues))
                if out and words >= 4 and near:
                    out[-1] = replace(out[-1], content=(*out[-1].content, (q.start, q.end)))
                    last_paragraph = number
                elif words >= 6:
                    out.append(
                        Attribution(
                            ((q.start, q.end),), None, None, form="direct", rule="quotation, no speaker"
                        )
                    )
                continue
            if out and out[-1].cue_token == cue:
                out[-1] = replace(out[-1], content=(*out[-1].content, (q.start, q.end)))
            else:
                head = source_of(g, cue)
                source = source_span(g, head) if head >= 0 else None
                form = "direct" if words >= 5 else "partial"
                out.append(
                    Attribution(
                        ((q.start, q.end),),
                        cue_span(g, cue),
                        source,
                        cue,
                        head,
                        form,
                        "quotation with its verb",
                    )
                )
            last_paragraph = number
    return out, used


def _paragraph_spans(body: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for line in body.split("\n"):
        if line.strip():
            out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def _nearest(g: Grammar, q: Quotation, verbs: Sequence[int], low: int, high: int) -> int:
    """Return the reporting verb beside a quotation: behind it within the sentence, or before it."""
    best, cost = -1, 80.0
    for i in verbs:
        at = g.start[i]
        if not low <= at < high:
            continue
        if at >= q.end:
            between = g.body[q.end : at]
            far = len(between) + 200.0 * _stops(between)
        else:
            between = g.body[g.end[i] : q.start]
            far = len(between) + 200.0 * _stops(between) + 0.5
        if far < cost:
            best, cost = i, far
    return best


def _stops(text: str) -> bool:
    return any(mark in text for mark in (". ", "? ", "! ", "“", "\n"))


def _merged(direct: Sequence[Attribution], indirect: Sequence[Attribution]) -> list[Attribution]:
    """Join what one verb introduces: a clause that holds quoted fragments is one attribution."""
    out = list(indirect)
    by_cue = {a.cue_token: n for n, a in enumerate(out) if a.cue_token >= 0}
    for a in direct:
        n = by_cue.get(a.cue_token, -1) if a.cue_token >= 0 else -1
        if n < 0:
            out.append(a)
            continue
        spans = _union(out[n].content, a.content)
        quoted = sum(end - start for start, end in a.content)
        total = sum(end - start for start, end in spans)
        form = "direct" if quoted >= 0.9 * total else "partial"
        out[n] = replace(out[n], content=spans, form=form, rule=a.rule)
    return out


def _union(*groups: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    spans = sorted(span for group in groups for span in group)
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1] + 2:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
