"""Find attributions in one article: content, cue and source, from quotation marks and the parse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.actors.candidates import Candidate, candidates, source_of
from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, words
from analysis.actors.mending import mended
from analysis.actors.model import Model, context, load, score
from analysis.actors.quotation import Quotation, quotations

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_VERBS = frozenset({"VERB", "AUX"})
# rules of attributions whose content is no clause begin with this: somebody's stance, not a report of words
STANCE = "stance: "
_CLAUSAL = frozenset(
    {
        "rest",
        "host",
        "according",
        "before comma",
        "noun ccomp",
        "noun acl",
        "noun that behind",
        "adjective ccomp",
    }
)


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
    return assemble(g, cues, load())


def assemble(g: Grammar, cues: Mapping[str, str], model: Model) -> list[Attribution]:
    """Find the attributions of an article with given weights (see `find`)."""
    g = mended(g, cues)
    marks = quotations(g.body)
    direct = _direct(g, marks, cues)
    known = context(g, [(q.start, q.end) for q in marks], cues)
    scored = [
        (max(score(model, g, c, known), model.threshold * _final(g, c, cues)), n, c)
        for n, c in enumerate(candidates(g))
    ]
    chosen: list[Attribution] = []
    cue_tokens: set[int] = set()
    for value, _, c in sorted(scored, key=lambda row: (-row[0], row[1])):
        if value < model.threshold:
            break
        if c.cue in cue_tokens:
            continue
        spans = tuple(
            trimmed(g, *span) for span in c.spans if _holds_words(g, *span, whole=len(c.spans) == 1)
        )
        if not spans or (
            any(_overlap(spans, a.content) >= 0.5 for a in (*chosen, *direct))
            and not any(a.cue_token == c.cue for a in direct)
        ):
            continue
        cue_tokens.add(c.cue)
        head = -1 if _hearsay(g, c) else c.source
        source = source_span(g, head) if head >= 0 else None
        rule = ("" if _reports(g, c, cues) else STANCE) + c.kind
        chosen.append(Attribution(spans, cue_span(g, c.cue), source, c.cue, head, "indirect", rule))
    return sorted(_merged(g, direct, chosen), key=lambda a: (a.content[0], a.cue or (0, 0)))


def _final(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether a listed verb closes the sentence behind a clause ("It was a bluff, she claimed").

    The model knows this form through the parser's label only, and the parser often misses it.
    """
    if c.kind == "that behind":
        return c.source >= 0 and cues.get(g.lemma[c.cue].lower()) is not None and g.pos[c.cue] == "VERB"
    after = g.text[c.cue + 1] if c.cue + 1 < len(g) else "."
    return (
        c.kind == "before comma"
        and after in {".", ",", "–", "—"}
        and c.source == c.cue - 1 - (g.pos[c.cue - 1] == "AUX")
        and bool(cue_of(g, c.cue, cues))
        and any(g.pos[i] in _VERBS for i in range(*c.spans[0]))
    )


def _hearsay(g: Grammar, c: Candidate) -> bool:
    """Say whether nobody is named as speaking: "forces said to be in the town"."""
    said = g.lemma[c.cue].lower() in {"say", "report", "believe", "think", "understand", "rumour", "rumor"}
    return said and c.kind == "xcomp" and g.lower[c.spans[0][0]] == "to"


def _holds_words(g: Grammar, first: int, end: int, *, whole: bool) -> bool:
    """Say whether a piece of content is more than punctuation or a date left beside the cue."""
    if whole:
        return any(word[:1].isalnum() for word in g.text[first:end])
    return end - first > 6 or any(g.pos[i] in _VERBS or g.dep[i] == "attr" for i in range(first, end))


def _reports(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether a candidate passes words on: its content is a clause, or its verb is one of speaking.

    What is wanted, backed or fought over is a stance instead.
    """
    if "comp" in c.kind.replace("acomp", "") or c.kind.split()[0] in _CLAUSAL or c.kind in _CLAUSAL:
        return True
    if c.kind == "noun prep":
        return _speaks_of(g, c)
    lemma = cue_of(g, c.cue, cues)
    return (
        bool(lemma) and c.kind.split()[0] not in {"noun", "adjective"} and lemma not in words("not_speaking")
    )


def _speaks_of(g: Grammar, c: Candidate) -> bool:
    """Say whether a noun and its preposition pass words on: "concern about the plan", "claims of fraud"."""
    noun, link = g.lemma[c.cue].lower(), g.lower[c.child]
    if noun not in words("reporting_nouns", "noun"):
        return False
    return (
        link in {"about", "over", "regarding", "concerning"}
        or link in mapping("reporting_nouns", "noun", "also")[noun].split()
    )


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Return the shared characters of two spans over all their characters."""
    if one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0.0
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    total = sum(b - a for a, b in (*one, *other)) - shared
    return shared / total


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


def _direct(g: Grammar, marks: Sequence[Quotation], cues: Mapping[str, str]) -> list[Attribution]:
    """Quotations with the reporting verb beside them; those without one go to the speaker before."""
    out: list[Attribution] = []
    verbs = _outside(g, marks)
    for number, (low, high) in enumerate(_paragraphs(g.body)):
        inside = [q for q in marks if low <= q.start < high]
        for q in inside:
            words_quoted = len(q.inner(g.body).split())
            cue = _governing(g, q, _nearest(g, q, verbs, cues, low, high), cues)
            previous = out[-1] if out else None
            if cue >= 0 and previous is not None and previous.cue_token == cue:
                out[-1] = replace(previous, content=(*previous.content, (q.start, q.end)), paragraph=number)
            elif cue >= 0 and words_quoted < 5 and source_of(g, cue) < 0:
                continue  # "known as “the fort”": a term in marks, nobody's words
            elif cue >= 0:
                out.append(
                    replace(
                        _quoted(g, q, cue),
                        paragraph=number,
                        form="direct" if words_quoted >= 5 else "partial",
                    )
                )
            elif words_quoted >= 4 and out and _goes_on(g, q, out[_last_speech(out)], number, low, high):
                at = _last_speech(out)
                out[at] = replace(out[at], content=(*out[at].content, (q.start, q.end)), paragraph=number)
            elif g.body[low : q.start].rstrip().endswith(":") and words_quoted >= 3:
                out.append(replace(_behind_colon(g, q, low), paragraph=number))
            elif words_quoted >= 6:
                bare_one = Attribution(
                    ((q.start, q.end),), None, None, form="direct", rule="quotation, no speaker"
                )
                out.append(replace(bare_one, paragraph=number))
    return out


def _last_speech(found: Sequence[Attribution]) -> int:
    """Return the attribution of the last paragraph that quotes at length, else the last: it is what goes on."""
    latest = max(a.paragraph for a in found)
    here = [n for n, a in enumerate(found) if a.paragraph == latest]
    return max((n for n in here if found[n].form == "direct" and found[n].cue_token >= 0), default=here[-1])


def _governing(g: Grammar, q: Quotation, cue: int, cues: Mapping[str, str]) -> int:
    """Prefer the verb before a quotation that governs it to a second verb behind: "called it “vile”, and said …"."""
    if cue < 0 or g.start[cue] < q.end or g.dep[cue] != "conj" or not cue_of(g, g.head[cue], cues):
        return cue
    first = g.head[cue]
    inside = bisect_left(g.start, q.start) + 1
    governs = g.start[first] < q.start and g.left[first] <= inside < min(g.left[cue], g.right[first])
    return first if governs else cue


def _outside(g: Grammar, marks: Sequence[Quotation]) -> list[int]:
    """Verbs that stand outside all quotations."""
    return [
        i
        for i, pos in enumerate(g.pos)
        if pos in _VERBS
        and g.dep[i] not in {"aux", "auxpass"}
        and not any(q.start <= g.start[i] < q.end for q in marks)
    ]


def _quoted(g: Grammar, q: Quotation, cue: int) -> Attribution:
    head = source_of(g, cue)
    if head < 0 or (g.start[head] >= q.start and g.end[head] <= q.end):
        head = _beside(g, cue)
    if any(label in {"DATE", "TIME"} and first <= head < end for first, end, label in g.entities):
        head = -1
    source = source_span(g, head) if head >= 0 else None
    return Attribution(
        ((q.start, q.end),), cue_span(g, cue), source, cue, head, rule="quotation with its verb"
    )


def _beside(g: Grammar, cue: int) -> int:
    """Return the noun next to a reporting verb, for sentences the parser read wrongly: "…," said Anna Berg."""
    for i in (cue + 1, cue - 1):
        if 0 <= i < len(g) and g.pos[i] in {"PROPN", "PRON", "NOUN", "DET"}:
            while g.dep[i] in {"compound", "amod", "det", "nmod"} and abs(g.head[i] - i) < 6:
                i = g.head[i]
            return i if g.pos[i] in {"PROPN", "PRON", "NOUN"} else -1
    return -1


def _goes_on(g: Grammar, q: Quotation, previous: Attribution, number: int, low: int, high: int) -> bool:
    """Say whether a quotation without a verb belongs to the one before: same paragraph, or a paragraph of its own."""
    if previous.paragraph == number:
        return True
    alone = (
        g.body[q.start] not in "‘’'`"
        and not g.body[low : q.start].strip()
        and not g.body[q.end : high].strip(" .,")
    )
    return previous.paragraph == number - 1 and (alone or q.continues)


def _behind_colon(g: Grammar, q: Quotation, low: int) -> Attribution:
    """Attribute a quotation behind a colon to the last noun before it, where no verb says more."""
    colon = max((i for i in range(len(g)) if low <= g.start[i] < q.start and g.text[i] == ":"), default=-1)
    if colon < 1:
        return Attribution(((q.start, q.end),), None, None, form="direct", rule="quotation, no speaker")
    head = colon - 1
    while g.dep[head] in {"compound", "amod", "det"} and g.head[head] < colon:
        head = g.head[head]
    known = g.pos[head] in {"PROPN", "NOUN", "PRON"}
    return Attribution(
        ((q.start, q.end),),
        (g.start[colon], g.end[colon]),
        source_span(g, head) if known else None,
        colon,
        head if known else -1,
        "direct",
        "quotation behind a colon",
    )


def _paragraphs(body: str) -> list[tuple[int, int]]:
    out, position = [], 0
    for line in body.split("\n"):
        if line.strip():
            out.append((position, position + len(line)))
        position += len(line) + 1
    return out


def _nearest(
    g: Grammar, q: Quotation, verbs: Sequence[int], cues: Mapping[str, str], low: int, high: int
) -> int:
    """Return the reporting verb beside a quotation: behind it within the sentence, or before it.

    A verb that is not listed must stand right behind the closing mark with its subject ("…," Berg shot back).
    """
    best, cost = -1, 100.0
    for i in verbs[
        bisect_left(verbs, low, key=g.start.__getitem__) : bisect_left(verbs, high, key=g.start.__getitem__)
    ]:
        at = g.start[i]
        if at >= q.end:
            far = float(len(g.body[q.end : at]))
            between = (q.end, at)
        else:
            far = len(g.body[g.end[i] : q.start]) + 0.5
            between = (g.end[i], q.start)
        if far >= cost:
            continue
        if not cue_of(g, i, cues):
            comma = g.body[q.start : q.end].rstrip("\"”’'").endswith((",", "?", "!"))
            if at < q.end or far > 40 or not comma or g.child(i, "nsubj") < 0:
                continue
        if not _stops(g, *between):
            best, cost = i, far
    return best


def _stops(g: Grammar, start: int, end: int) -> bool:
    """Say whether a sentence ends or another quotation stands between two characters."""
    first, last = bisect_left(g.start, start), bisect_left(g.start, end)
    return any(
        word in {".", "?", "!", "“", "”", "''", "``", '"'} or "\n" in word for word in g.text[first:last]
    )


def _merged(g: Grammar, direct: Sequence[Attribution], indirect: Sequence[Attribution]) -> list[Attribution]:
    """Join what one verb introduces: a clause that holds quoted fragments is one attribution."""
    out = list(indirect)
    by_cue = {a.cue_token: n for n, a in enumerate(out) if a.cue_token >= 0}
    for a in direct:
        n = by_cue.get(a.cue_token, -1) if a.cue_token >= 0 else -1
        if n < 0:
            out.append(a)
            continue
        outside = [span for span in (a.cue, a.source, out[n].source) if span]
        spans = _filled(g, _union(g, out[n].content, a.content), outside)
        quoted = sum(end - start for start, end in a.content)
        total = sum(end - start for start, end in spans)
        form = "direct" if quoted >= 0.9 * total else "partial"
        out[n] = replace(out[n], content=spans, form=form, rule=a.rule)
    return out


def _union(g: Grammar, *groups: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    spans = sorted(span for group in groups for span in group)
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1] + 2 and "\n" not in g.body[out[-1][1] : start]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _filled(
    g: Grammar, spans: Sequence[tuple[int, int]], outside: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Close gaps of a sentence in which neither cue nor source stands: "said it had been moved, and was “safe”"."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out:
            gap = (out[-1][1], start)
            held = any(low < gap[1] and gap[0] < high for low, high in outside)
            if not held and not _stops(g, gap[0], gap[1]):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return tuple(out)
