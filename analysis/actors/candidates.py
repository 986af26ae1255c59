"""Candidates for attributions: every word that may be a cue, with the stretches of its sentence that may be content.

The grammar proposes, `analysis.actors.model` decides. A candidate's ``kind`` is the path from cue to content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, words

COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "dobj", "prep", "attr", "acomp", "oprd", "advcl", "pcomp", "parataxis"}
)
_NOUN_PARTS = frozenset({"prep", "acl", "ccomp", "relcl", "appos"})
_ADJECTIVE_PARTS = frozenset({"prep", "ccomp", "xcomp"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_MOVING = frozenset({"lead", "cause", "prompt", "force", "push", "compel", "allow", "drive", "provoke"})


@dataclass(frozen=True)
class Candidate:
    """A cue token with content spans (token ranges), the source's head token or -1, and how they hang together."""

    cue: int
    spans: tuple[tuple[int, int], ...]
    source: int
    kind: str
    child: int


def candidates(g: Grammar) -> Iterator[Candidate]:
    """Propose attributions, cue by cue.

    Parameters
    ----------
    g : Grammar
        The article.

    Yields
    ------
    Candidate
        Several for one cue; at most one of them is right.
    """
    for i, pos in enumerate(g.pos):
        if pos == "VERB" or (pos == "AUX" and g.dep[i] not in {"aux", "auxpass"}):
            yield from _of_verb(g, i)
        elif pos in {"NOUN", "PROPN"}:
            yield from _of_noun(g, i)
        elif pos == "ADJ":
            yield from _of_adjective(g, i)
        if g.lower[i] == "according":
            yield from _of_according(g, i)


def _of_verb(g: Grammar, i: int) -> Iterator[Candidate]:
    source = source_of(g, i)
    right = [c for c in g.children[i] if c > i and g.dep[c] in COMPLEMENTS]
    for child in right:
        span = _below(g, child, i)
        if span:
            yield Candidate(i, (span,), source, g.dep[child], child)
    core = [c for c in right if g.dep[c] != "advcl"]
    clause = next((n for n, c in enumerate(core) if g.dep[c] == "ccomp"), 0)
    # who was told, and when, stands before the clause and is no part of it, unless it holds a verb of its own
    core = [c for n, c in enumerate(core) if n >= clause or _holds_verb(g, c)]
    if len(core) > 1:
        first, last = core[0], core[-1]
        kind = "+".join(sorted({g.dep[c] for c in core}))
        yield Candidate(i, ((g.left[first], g.right[last] + 1),), source, kind, first)
    for child in g.children[i]:
        if child < i and g.dep[child] == "ccomp":
            end = min(g.right[child] + 1, i)
            if g.left[child] < end:
                yield Candidate(i, ((g.left[child], end),), source, "ccomp before", child)
                rest = _around(g, i, source)
                if rest:
                    yield Candidate(i, rest, source, "rest", child)
        elif child < i and g.dep[child] == "nsubjpass":
            yield Candidate(i, ((g.left[child], g.right[child] + 1),), source, "passive subject", child)
            if right:
                spans = ((g.left[child], g.right[child] + 1), (g.left[right[0]], g.right[right[-1]] + 1))
                yield Candidate(i, spans, source, "passive subject+", child)
        elif child < i and g.dep[child] == "dobj":
            yield Candidate(i, ((g.left[child], g.right[child] + 1),), source, "dobj before", child)
    that = _that_behind(g, i)
    if that:
        yield Candidate(i, (that,), source, "that behind", that[0])
    before = _before_comma(g, i)
    if before and not any(c < i and g.dep[c] == "ccomp" for c in g.children[i]):
        yield Candidate(i, (before,), source, "before comma", g.head[i])
    if g.dep[i] in {"parataxis", "advcl", "ccomp", "conj"} and g.pos[g.head[i]] in {"VERB", "AUX"}:
        yield from _of_host(g, i, source)
    elif g.dep[i] in {"acl", "relcl"}:
        noun = g.head[i]
        yield Candidate(i, ((g.left[noun], g.left[i]),), source, "noun before", noun)


def _holds_verb(g: Grammar, i: int) -> bool:
    return any(g.pos[k] == "VERB" for k in range(g.left[i], g.right[i] + 1))


def _that_behind(g: Grammar, i: int) -> tuple[int, int] | None:
    """Give a that-clause which the parser hung on a noun: "told a gathering of diplomats that troops had gained"."""
    if g.child(i, "ccomp") > i:
        return None
    end = sentence_of(g, i)[1]
    for k in range(i + 1, min(i + 14, end - 3)):
        if g.text[k] in {",", ";", ":"} or g.pos[k] in {"VERB", "AUX"}:
            return None
        if (
            g.lower[k] == "that"
            and g.tag[k] in {"IN", "WDT"}
            and g.pos[k + 1] not in {"VERB", "AUX", "PUNCT"}
        ):
            beside = [g.left[c] for c in participles(g, i) if c > k]
            return (k, min([end, *beside]))
    return None


def participles(g: Grammar, i: int) -> list[int]:
    """Return the participles that say what the source did besides: "said that …, rejecting claims"."""
    return [
        c
        for c in g.children[i]
        if g.dep[c] == "advcl" and g.tag[c] == "VBG" and c > i and g.text[g.left[c] - 1] == ","
    ]


def _before_comma(g: Grammar, i: int) -> tuple[int, int] | None:
    """Give the words before "…, Berg said" or "…, said Berg" where the parser did not see the clause."""
    subject = g.child(i, "nsubj")
    first = min(i, g.left[subject]) if subject >= 0 else i
    if first < 4 or g.text[first - 1] != "," or g.tag[i] not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    start = sentence_of(g, i)[0]
    return (start, first - 1) if first - 1 - start > 2 else None


def _of_host(g: Grammar, i: int, source: int) -> Iterator[Candidate]:
    """Give the clause around a parenthetical verb: "The town, he said, would fall"."""
    host = g.head[i]
    below = (g.left[i], g.right[i] + 1)
    spans = _minus((g.left[host], g.right[host] + 1), below)
    if spans and g.dep[i] != "conj":
        yield Candidate(i, spans, source, f"host {g.dep[i]}", host)


def _of_noun(g: Grammar, i: int) -> Iterator[Candidate]:
    for child in g.children[i]:
        if child > i and g.dep[child] in _NOUN_PARTS:
            span = _below(g, child, i)
            if span:
                yield Candidate(i, (span,), noun_source(g, i), f"noun {g.dep[child]}", child)
    if g.lemma[i].lower() in words("reporting_nouns", "noun"):
        that = _that_behind(g, i)
        if that and g.head[_clause_of(g, that[0])] != i:
            yield Candidate(i, (that,), noun_source(g, i), "noun that behind", that[0])


def _clause_of(g: Grammar, that: int) -> int:
    """Return the verb of a that-clause."""
    return g.head[that] if g.pos[g.head[that]] in {"VERB", "AUX"} else that


def _of_adjective(g: Grammar, i: int) -> Iterator[Candidate]:
    for child in g.children[i]:
        if child > i and g.dep[child] in _ADJECTIVE_PARTS:
            span = _below(g, child, i)
            if span:
                yield Candidate(i, (span,), source_of(g, g.head[i]), f"adjective {g.dep[child]}", child)


def _of_according(g: Grammar, i: int) -> Iterator[Candidate]:
    if i + 1 >= len(g) or g.lower[i + 1] != "to":
        return
    head = g.child(i + 1, "pobj")
    head = head if head >= 0 else g.child(i, "pobj")
    if head < 0:
        return
    first, end = sentence_of(g, i)
    spans = tuple(
        span
        for span in _minus((first, end), (g.left[i], max(g.right[i], g.right[head]) + 1))
        if any(g.pos[k] in {"VERB", "AUX", "NOUN"} for k in range(*span))
    )
    if spans:
        yield Candidate(i, spans, head, "according", head)
        host = g.head[i]
        narrow = _minus((g.left[host], g.right[host] + 1), (g.left[i], max(g.right[i], g.right[head]) + 1))
        if narrow and narrow != spans:
            yield Candidate(i, narrow, head, "according host", head)


def _below(g: Grammar, child: int, cue: int) -> tuple[int, int] | None:
    """Return the child's subtree behind the cue; of a preposition only its object."""
    first, end = max(g.left[child], cue + 1), g.right[child] + 1
    if g.dep[child] == "prep" and first == child:
        first += 1
    return (first, end) if first < end else None


def _around(g: Grammar, i: int, source: int) -> tuple[tuple[int, int], ...]:
    """Return the sentence without the reporting verb, its helpers, its source and its adverbs."""
    first, end = sentence_of(g, i)
    own = [
        i,
        *(c for c in g.children[i] if g.dep[c] in {"aux", "neg", "prt", "advmod", "npadvmod", "dative"}),
    ]
    low, high = min(own), max(own) + 1
    if source >= 0 and g.head[source] == i:
        low, high = min(low, g.left[source]), max(high, g.right[source] + 1)
    end = min([end, *(g.left[c] for c in participles(g, i) if c > high)])
    return _minus((first, end), (low, high))


def _minus(span: tuple[int, int], cut: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    pieces = ((span[0], min(cut[0], span[1])), (max(cut[1], span[0]), span[1]))
    return tuple(piece for piece in pieces if piece[1] - piece[0] > 1)


def sentence_of(g: Grammar, i: int) -> tuple[int, int]:
    """Return the token range of the sentence a token stands in."""
    return g.bounds[min(g.sentence[i], len(g.bounds) - 1)]


def source_of(g: Grammar, verb: int) -> int:
    """Return the head of a reporting verb's source: subject, by-phrase, or those of the verb it hangs on; or -1."""
    speaking = verb
    for _ in range(6):
        if g.child(verb, "nsubjpass") >= 0 or g.child(verb, "auxpass") >= 0:
            if verb != speaking and _is_active(g, speaking):
                return g.child(
                    verb, "nsubjpass"
                )  # "Berg was asked about it but told them …", "was forced to admit …"
            agent = g.child(verb, "agent")
            return g.child(agent, "pobj") if agent >= 0 else -1
        subjects = [c for c in g.children[verb] if g.dep[c] in _SUBJECTS]
        if subjects:
            # of several the last before the verb: "Oslo: Anna Berg warned", "which he said"
            return max((c for c in subjects if c < verb), default=subjects[0])
        above = g.head[verb]
        if g.dep[verb] in {"acl", "relcl"} or (g.dep[verb] == "advcl" and g.tag[verb] == "VBN"):
            if g.tag[verb] == "VBN":
                agent = g.child(verb, "agent")
                return g.child(agent, "pobj") if agent >= 0 else -1
            if not _is_deed(g, verb, above):
                return above
            verb = g.head[above]
        elif g.dep[verb] == "xcomp" and g.lemma[above] in _MOVING and g.child(above, "dobj") >= 0:
            return g.child(above, "dobj")  # "led some to say …"
        elif g.dep[verb] in {"pcomp", "prep"} or (
            g.dep[verb] in {"conj", "advcl", "xcomp", "dep", "ccomp", "acomp"}
            and g.pos[above] in {"VERB", "AUX", "ADP", "ADJ"}
        ):
            verb = above
        elif g.dep[verb] in {"dobj", "pobj"} and verb != speaking:
            verb = above  # "made a point of saying …"
        else:
            return -1
    return -1


def _is_active(g: Grammar, verb: int) -> bool:
    return g.tag[verb] != "VBN" or g.child(verb, "dobj", "dative") >= 0


def _is_deed(g: Grammar, verb: int, noun: int) -> bool:
    """Say whether a participle tells what the subject did with the noun it hangs on: "wrote a letter asking …"."""
    above = g.head[noun]
    return (
        g.tag[verb] == "VBG"
        and g.dep[verb] == "acl"
        and g.dep[noun] == "dobj"
        and g.pos[noun] == "NOUN"
        and g.pos[above] == "VERB"
        and g.lemma[noun].lower() not in words("group_nouns", "noun")
        and g.lemma[noun].lower() not in words("role_nouns", "noun")
        and mapping("sourcing", "word", "use").get(g.lemma[noun].lower()) != "anonymous"
        and source_of(g, above) >= 0
    )


def noun_source(g: Grammar, noun: int) -> int:
    """Return the head of a nominal cue's source: "Berg's claim", "a claim by Berg", "Berg made the claim"."""
    owner = g.child(noun, "poss")
    if owner >= 0:
        return owner
    for child in g.children[noun]:
        if g.dep[child] == "prep" and g.lower[child] in {"by", "from", "among"}:
            return g.child(child, "pobj")
    verb = g.head[noun]
    if g.dep[noun] in {"dobj", "attr"} and g.pos[verb] in {"VERB", "AUX"}:
        return source_of(g, verb)
    if g.dep[noun] == "pobj":
        above = g.head[g.head[noun]]
        return source_of(g, above) if g.pos[above] in {"VERB", "AUX"} else -1
    described = g.child(noun, "amod", "compound")
    return described if described >= 0 and g.pos[described] == "PROPN" else -1
