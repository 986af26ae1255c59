"""Mend what the parser often gets wrong around reporting verbs, so that the rules behind meet sound sentences.

Each mend is a form that the small model misreads again and again, recognised by its grammar, never by its words:

* "Berg **claims to have** seen it", the verb read as a plural noun: the sentence then has no verb;
* "said that the man shot in the street **was** her son", the clause cut in two at a participle;
* "said it was late **and added** that …", the second verb hung into what the first one says;
* "Lindt flew home as officials **said** …, **and warned** …", the second verb hung on the wrong one;
* "**HARBOUR CITY, Feb 3 (Some Press)** – The bridge fell, Berg said", the dateline read as the subject;
* "urged countries that sent boats **to lift** limits", what is urged hung into the relative clause.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from analysis.actors.grammar import Grammar, extents

_OF_NAME = frozenset({"det", "compound", "amod", "poss", "nmod", "nummod"})
_URGING = frozenset({"urge", "ask", "invite", "order", "press", "implore", "beg", "encourage"})
# "HARBOUR CITY, Feb 3 (Some Press) – ", "Harbour City (SP) — "
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’' -]{2,30}(?:, [^\n()–—]{1,30})?|[A-Z][\w.,’' ]{2,50}\([A-Z][^)\n]{1,30}\))"
    r"(?: ?\([A-Z][^)\n]{1,30}\))? ?(?:[–—]|--?) ?(?=[\w“\"‘'])"
)
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")


def mended(g: Grammar, cues: Container[str]) -> Grammar:
    """Return the grammar with these mistakes mended; the same one where there are none.

    Parameters
    ----------
    g : Grammar
        The article.
    cues : container of str
        Lemmas of reporting verbs.

    Returns
    -------
    Grammar
    """
    changes: dict[int, tuple[int, str, str]] = {}
    for first, _ in g.bounds:
        changes |= _dateline_read_as_subject(g, first)
    for i, pos in enumerate(g.pos):
        if pos == "VERB" and g.lemma[i].lower() in _URGING:
            changes |= _urged_in_relative_clause(g, i)
        if pos == "NOUN":
            changes |= _verb_read_as_noun(g, i, cues)
        elif pos in {"VERB", "AUX"} and g.dep[i] == "ccomp":
            changes |= _clause_cut_in_two(g, i)
        elif pos == "VERB" and g.dep[i] == "conj":
            changes |= _second_verb(g, i, cues)
    return _changed(g, changes) if changes else g


def _verb_read_as_noun(g: Grammar, i: int, cues: Container[str]) -> dict[int, tuple[int, str, str]]:
    """Make "claims" before "to have seen" the verb of a sentence that has none."""
    verb = i + 3 < len(g) and g.tag[i] == "NNS" and g.lemma[i].lower() in cues
    if not verb or g.lower[i + 1 : i + 3] != ["to", "have"]:
        return {}
    first, end = g.bounds[min(g.sentence[i], len(g.bounds) - 1)]
    root = next((k for k in range(first, end) if g.head[k] == k), -1)
    seen = next((k for k in range(i + 3, min(i + 6, end)) if g.tag[k] in {"VBN", "VBD"}), -1)
    if not first <= root < i or g.pos[root] not in {"NOUN", "PROPN"} or seen < 0:
        return {}
    name = next((k for k in range(first, root + 1) if g.head[k] == root and g.dep[k] in _OF_NAME), root)
    around = [k for k in g.children[root] if k > i or k < name]
    ends = {k: (i, g.dep[k], g.pos[k]) for k in around}
    return {i: (i, "ROOT", "VERB"), root: (i, "nsubj", g.pos[root]), seen: (i, "xcomp", "VERB"), **ends}


def _clause_cut_in_two(g: Grammar, i: int) -> dict[int, tuple[int, str, str]]:
    """Give a clause without a subject the one of the participle right before it: "that the man shot … was"."""
    before = [c for c in g.children[g.head[i]] if g.dep[c] == "ccomp" and g.head[i] < c < i]
    if not before or g.child(i, *_SUBJECTS) >= 0 or g.right[before[-1]] + 1 != g.left[i]:
        return {}
    part = before[-1]
    that, subject = g.child(part, "mark"), g.child(part, *_SUBJECTS)
    if g.tag[part] not in {"VBN", "VBD"} or not 0 <= that < subject or g.lower[that] != "that":
        return {}
    if any(g.dep[c] in {"aux", "auxpass", "dobj"} for c in g.children[part]):
        return {}
    return {
        part: (subject, "acl", "VERB"),
        that: (i, "mark", g.pos[that]),
        subject: (i, "nsubj", g.pos[subject]),
    }


def _second_verb(g: Grammar, i: int, cues: Container[str]) -> dict[int, tuple[int, str, str]]:
    """Hang a second reporting verb with words of its own on the first one."""
    if g.lemma[i].lower() not in cues or g.child(i, *_SUBJECTS) >= 0:
        return {}
    first = g.head[i]
    clause = g.child(i, "ccomp")
    speaks = clause > i or g.text[i + 1 : i + 2] in (["“"], ['"'], ["''"], ["``"])
    if not speaks:
        return {}
    above = g.head[first]
    if g.dep[first] == "ccomp" and above < first and _speaks(g, above, i, cues):
        return {i: (above, "conj", "VERB")}
    if g.lemma[first].lower() in cues or g.text[g.left[i] - 2 : g.left[i] - 1] != [","]:
        return {}
    between = [c for c in g.children[first] if first < c < i and g.dep[c] == "advcl"]
    if between and g.child(between[-1], "nsubj") >= 0 and _speaks(g, between[-1], i, cues):
        return {i: (between[-1], "conj", "VERB")}
    return {}


def dateline(g: Grammar, first: int) -> int:
    """Return the token behind a dateline that opens a paragraph at a token; the token itself where none does."""
    line = g.start[first]
    found = _DATELINE.match(g.body, line) if line == 0 or g.body[line - 1] == "\n" else None
    return next((i for i in range(first, len(g)) if g.start[i] >= found.end()), first) if found else first


def _dateline_read_as_subject(g: Grammar, first: int) -> dict[int, tuple[int, str, str]]:
    """Hang a dateline, and what was hung on it, on the verb of the sentence."""
    behind = dateline(g, first)
    if behind == first or g.sentence[behind] != g.sentence[first]:
        return {}
    end = g.bounds[g.sentence[first]][1]
    below = [i for i in range(behind, end) if first <= g.head[i] < behind]
    root = next((i for i in range(behind, end) if g.head[i] == i), -1)
    if root < 0:
        root = next((i for i in below if g.pos[i] in {"VERB", "AUX"}), -1)
    if root < 0:
        return {}
    changes = {i: (root, "dep", g.pos[i]) for i in range(first, behind)}
    for i in below:
        clause = g.pos[i] in {"VERB", "AUX"}
        changes[i] = (root, "ccomp" if clause else g.dep[i], g.pos[i])
    return changes | {root: (root, "ROOT", g.pos[root])}


def _urged_in_relative_clause(g: Grammar, i: int) -> dict[int, tuple[int, str, str]]:
    """Hang "to lift" on the verb of urging where the relative clause about the one urged took it."""
    told = g.child(i, "dobj")
    clause = g.child(told, "relcl") if told >= 0 else -1
    if clause < 0 or g.child(i, "xcomp") >= 0:
        return {}
    verb = next((c for c in g.children[clause] if c > clause and g.dep[c] in {"advcl", "xcomp"}), -1)
    if verb < 0 or not any(g.lower[c] == "to" for c in g.children[verb]):
        return {}
    behind = [c for c in g.children[i] if c > verb and g.dep[c] == "ccomp"]
    return {verb: (i, "xcomp", "VERB"), **{c: (verb, "ccomp", g.pos[c]) for c in behind}}


def _speaks(g: Grammar, verb: int, second: int, cues: Container[str]) -> bool:
    """Say whether a verb is a reporting verb in the tense of the second."""
    return g.lemma[verb].lower() in cues and g.tag[verb] == g.tag[second]


def _changed(g: Grammar, changes: dict[int, tuple[int, str, str]]) -> Grammar:
    """Return a copy with new heads, labels and parts of speech."""
    head, dep, pos = list(g.head), list(g.dep), list(g.pos)
    for i, (to, label, part) in changes.items():
        head[i], dep[i], pos[i] = to, label, part
    children: list[list[int]] = [[] for _ in head]
    for i, parent in enumerate(head):
        if parent != i:
            children[parent].append(i)
    left, right = extents(head)
    return replace(g, head=head, dep=dep, pos=pos, children=children, left=left, right=right)
