"""Find attributions in one article: content, cue and source, from quotation marks and the parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.actors.asserted import is_asserted
from analysis.actors.candidates import Candidate, candidates
from analysis.actors.edges import ending, holds_words, opening
from analysis.actors.grammar import Grammar
from analysis.actors.labelled import attributed, labelled
from analysis.actors.lexicons import mapping, words
from analysis.actors.mending import mended
from analysis.actors.model import Model, context, judge, load
from analysis.actors.quotation import quotations
from analysis.actors.quoted import SPEAKERLESS, quoted
from analysis.actors.spans import (
    STANCE,
    UNSAID,
    VERBS,
    Attribution,
    cue_of,
    cue_span,
    filled,
    joined,
    overlap,
    source_span,
    trimmed,
)
from analysis.actors.speakerless import with_speakers
from analysis.actors.unmarked import with_lost_marks

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLOSING = 0.5
"""Probability of a verb that closes its sentence: above that of a part of the sentence with the same verb."""
LIKELY = 0.2
"""Probability from which a listed verb with a name before it and a thing behind it is a report."""
DOUBTFUL = 0.05
"""Probability up to which even a certain form counts for nothing: the model has reasons ("if they say …")."""
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


def nominal(cues: Mapping[str, str]) -> dict[str, str]:
    """Give nouns of saying and thinking the class of their verb, beside the verbs themselves."""
    verbs = mapping("reporting_nouns", "noun", "verb")
    return {noun: cues.get(verb, "") for noun, verb in verbs.items()} | dict(cues)


def assemble(g: Grammar, cues: Mapping[str, str], model: Model) -> list[Attribution]:
    """Find the attributions of an article with a given model (see `find`)."""
    g = mended(g, cues)
    marks = quotations(g.body)
    found = list(candidates(g))
    judged = judge(model, g, found, context(g, [(q.start, q.end) for q in marks], nominal(cues)))
    return together(g, found, judged, cues, model.threshold)


def together(
    g: Grammar, found: Sequence[Candidate], judged: Sequence[float], cues: Mapping[str, str], threshold: float
) -> list[Attribution]:
    """Put together what stands in quotation marks, what the model judged, and what speakers are named beside."""
    marks = quotations(g.body)
    turns = labelled(g.body)
    quotes = [(q.start, q.end) for q in marks] + [turn.content for turn in turns]
    said = with_speakers(g, chosen(g, quoted(g, marks, cues), found, judged, cues, threshold), cues)
    told = [a.rule.startswith(STANCE) or is_asserted(g, a, quotes) for a in said]
    said = [a if sure else replace(a, rule=UNSAID + a.rule) for sure, a in zip(told, said, strict=True)]
    if turns:
        return beside(said, attributed(g, turns))
    return with_lost_marks(g, said, marks)


def beside(said: Sequence[Attribution], turns: Sequence[Attribution]) -> list[Attribution]:
    """Put turns of a transcript beside other attributions; quotations in them that belong to nobody are the speaker's."""
    cues = {a.cue_token for a in turns}
    kept = [a for a in said if a.cue_token < 0 or a.cue_token not in cues]
    kept = [a for a in kept if not (a.source is None and any(_holds(turn, a) for turn in turns))]
    return sorted([*kept, *turns], key=lambda a: (a.content[0], a.cue or (0, 0)))


def chosen(
    g: Grammar,
    direct: Sequence[Attribution],
    found: Sequence[Candidate],
    judged: Sequence[float],
    cues: Mapping[str, str],
    threshold: float,
) -> list[Attribution]:
    """Choose among candidates, the most probable first: one a cue, none of the words of another."""
    scored = [
        (_weight(g, c, value, cues, threshold), n, c)
        for n, (value, c) in enumerate(zip(judged, found, strict=True))
    ]
    taken: list[Attribution] = []
    cue_tokens: set[int] = set()
    for value, _, c in sorted(scored, key=lambda row: (-row[0], row[1])):
        if value < threshold:
            break
        if c.cue in cue_tokens or _names(g, c) or _relays(g, c, cues):
            continue
        last = len(c.spans) - 1
        spans = tuple(
            trimmed(g, opening(g, c.cue, *span), ending(g, c.cue, *span, cues) if n == last else span[1])
            for n, span in enumerate(c.spans)
            if holds_words(g, *span, whole=len(c.spans) == 1)
        )
        if not spans:
            continue
        rule = ("" if _reports(g, c, cues) else STANCE) + c.kind
        same = [a for a in (*taken, *direct) if a.rule != SPEAKERLESS and overlap(spans, a.content) >= 0.5]
        # a report wins over a stance that holds it: "echoed suggestions by officials that …"
        holding = [] if rule.startswith(STANCE) else [a for a in same if _is_held(g, c, a)]
        if len(same) > len(holding) and not any(a.cue_token == c.cue for a in direct):
            continue
        taken = [a for a in taken if a not in holding]
        cue_tokens.add(c.cue)
        head = -1 if _hearsay(g, c) else c.source
        source = source_span(g, head) if head >= 0 else None
        taken.append(Attribution(spans, cue_span(g, c.cue), source, c.cue, head, "indirect", rule))
    spoken = [a for a in direct if a.rule != SPEAKERLESS or not _is_taken(a, taken)]
    return sorted(_merged(g, spoken, taken), key=lambda a: (a.content[0], a.cue or (0, 0)))


def _is_taken(a: Attribution, taken: Sequence[Attribution]) -> bool:
    """Say whether somebody was found for a quotation: "“…,” according to Berg"."""
    return any(overlap(other.content, a.content) >= 0.5 or _holds(other, a) for other in taken)


def _holds(other: Attribution, a: Attribution) -> bool:
    low, high = a.content[0][0], a.content[-1][1]
    return any(start <= low and high <= end + 1 for start, end in other.content)


def _weight(g: Grammar, c: Candidate, value: float, cues: Mapping[str, str], threshold: float) -> float:
    """Return a candidate's probability, or that from which a form counts which leaves no doubt."""
    if _closing(g, c, cues):
        return max(value, CLOSING)
    sure = (value > DOUBTFUL and _certain(g, c, cues)) or (value > LIKELY and _demands(g, c, cues))
    return max(value, threshold * sure)


def _demands(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether a source is named that demands or denies something, or has concern about it.

    "Norland has demanded a full withdrawal", "concern among officials over the plan".
    """
    if c.kind == "noun prep":
        return c.source > c.cue and g.lower[c.child] in {"about", "over"} and _speaks_of(g, c)
    lemma = g.lemma[c.cue].lower()
    spoken = lemma in cues and lemma not in words("not_speaking") and c.kind in {"dobj", "dobj+prep"}
    return spoken and c.source >= 0 and g.pos[c.source] == "PROPN"


def _certain(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether the form alone makes a candidate a report: a listed verb or noun of saying with a clause and a source.

    The model knows these forms through the parser's labels and through words it was trained on; where it has not met a
    word, the lists know more.
    """
    if c.source < 0:
        return False
    lemma = g.lemma[c.cue].lower()
    if g.pos[c.cue] == "NOUN":
        opens = g.lower[c.spans[0][0] : c.spans[0][0] + 2]
        clause = c.kind == "noun that behind" or (c.kind == "noun acl" and opens == ["to", "have"])
        return clause and lemma in words("reporting_nouns", "noun")
    if c.kind in {"ccomp", "that behind"}:
        return g.pos[c.cue] == "VERB" and lemma in cues and lemma not in words("not_speaking")
    return False


def _closing(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether a listed verb closes the sentence: "It was a bluff, she claimed", whose clause the parser misses."""
    after = g.text[c.cue + 1] if c.cue + 1 < len(g) else "."
    return (
        c.kind == "before comma"
        and after in {".", ",", "–", "—"}
        and c.source == c.cue - 1 - (g.pos[c.cue - 1] == "AUX")
        and bool(cue_of(g, c.cue, cues))
        and any(g.pos[i] in VERBS for i in range(*c.spans[0]))
    )


def _names(g: Grammar, c: Candidate) -> bool:
    """Say whether nothing is said but a name given, by nobody: "the hill, known as “the Anvil”"."""
    return c.source < 0 and c.kind == "prep" and g.lower[c.child] == "as"


def _relays(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether "according to" only passes on what somebody else says: "according to the agency, Berg said that …"."""
    verb = g.head[c.cue]
    speaks = g.pos[verb] == "VERB" and g.lemma[verb].lower() in cues and g.child(verb, "ccomp") > verb
    return c.kind.startswith("according") and speaks and g.child(verb, "nsubj") >= 0


def _hearsay(g: Grammar, c: Candidate) -> bool:
    """Say whether nobody is named as speaking: "forces said to be in the town"."""
    said = g.lemma[c.cue].lower() in {"say", "report", "believe", "think", "understand", "rumour", "rumor"}
    return said and c.kind == "xcomp" and g.lower[c.spans[0][0]] == "to"


def _is_held(g: Grammar, c: Candidate, a: Attribution) -> bool:
    """Say whether a candidate stands inside the content of a stance, or is the noun that brings this content."""
    inside = any(start <= g.start[c.cue] < end for start, end in a.content)
    brings = c.kind in {"noun that behind", "noun ccomp"} and c.source >= 0
    return (inside or brings) and a.rule.startswith(STANCE)


def _reports(g: Grammar, c: Candidate, cues: Mapping[str, str]) -> bool:
    """Say whether a candidate passes words on: its content is a clause, or its verb is one of speaking.

    What is wanted, backed or fought over is a stance instead.
    """
    lemma = cue_of(g, c.cue, cues)
    if "comp" in c.kind.replace("acomp", "") or c.kind.split()[0] in _CLAUSAL or c.kind in _CLAUSAL:
        return bool(lemma) or _clause_reports(g, c)
    if c.kind == "noun prep":
        return _speaks_of(g, c)
    plain = c.kind.split()[0] not in {"noun", "adjective"} and lemma not in words("not_speaking")
    # "wrote the letter", "did not respond to a request"
    writes = lemma in {"write", "respond", "reply"} and g.lower[c.child] not in {"about", "of"}
    return bool(lemma) and plain and not writes


def _clause_reports(g: Grammar, c: Candidate) -> bool:
    """Say whether a clause passes words on though no listed verb brings it: "signalled that …", "concern that …".

    What somebody wants, tries or refuses to do is a stance, and so is a decision or a plan to do something.
    """
    lemma, child = g.lemma[c.cue].lower(), c.child
    if c.kind.startswith("noun"):
        return lemma in words("reporting_nouns", "noun") and g.tag[child] != "VBG"
    if c.kind in {"rest", "host parataxis", "according", "according host", "before comma"}:
        return lemma not in words("no_reports", "verb")
    told = [k for k in (child, *g.children[child]) if g.tag[k] in _FINITE]
    return "xcomp" not in c.kind and bool(told) and lemma not in words("no_reports", "verb")


def _speaks_of(g: Grammar, c: Candidate) -> bool:
    """Say whether a noun and its preposition pass words on: "concern about the plan", "claims of fraud"."""
    noun, link = g.lemma[c.cue].lower(), g.lower[c.child]
    if noun not in words("reporting_nouns", "noun"):
        return False
    return (
        link in {"about", "over", "regarding", "concerning"}
        or link in mapping("reporting_nouns", "noun", "also")[noun].split()
    )


def _said(g: Grammar, clause: Attribution, quotation: Attribution) -> tuple[tuple[int, int], ...]:
    """Leave out of a clause what stands behind the verb of a whole quotation: "…," she said in a letter to voters."""
    if clause.cue is None:
        return clause.content
    at = clause.cue[0]
    before = [span for span in clause.content if span[0] < at]
    quoted = sum(min(end, high) - max(start, low) for start, end in before for low, high in quotation.content
                 if low < end and start < high)  # fmt: skip
    whole = bool(before) and quoted >= 0.9 * sum(end - start for start, end in before)
    return tuple(before) if whole else clause.content


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
        spans = filled(g, joined(g, _said(g, out[n], a), a.content), outside)
        quoted = sum(end - start for start, end in a.content)
        total = sum(end - start for start, end in spans)
        form = "direct" if quoted >= 0.9 * total else "partial"
        out[n] = replace(out[n], content=spans, form=form, rule=a.rule)
    return out
