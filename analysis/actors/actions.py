"""Actions: who did what to whom, read from the parse, with negation, modality and attribution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.grammar import Grammar, grammar
from analysis.actors.lexicons import mapping
from analysis.actors.mending import mended
from analysis.actors.spans import source_span
from analysis.schemas import conform

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.language import Parse

_SOMEBODY = frozenset({"him", "her", "them", "us", "me", "you", "he", "she", "they", "we", "who", "whom"})
_MODALS = frozenset({"MD"})


def annotate_actions(
    parses: Sequence[Parse], *, mentions: pl.DataFrame, statements: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find who acts on whom.

    A row is a verb of one of the codebook's action classes, or any verb with an actor as its doer or its target.

    Parameters
    ----------
    parses : sequence of Parse
        Parsed articles.
    mentions, statements : polars.DataFrame
        Their layers; doers and targets are actors where a mention stands at their head, and what stands inside a
        statement's content is attributed to its source.
    codebook : Codebook
        Verb classes.

    Returns
    -------
    polars.DataFrame
        Layer ``actions``.
    """
    classes = {lemma: name for name, lemmas in reversed(list(codebook.actions.items())) for lemma in lemmas}
    by_mention = {key[0]: part for key, part in mentions.partition_by("article_id", as_dict=True).items()}
    by_statement = {key[0]: part for key, part in statements.partition_by("article_id", as_dict=True).items()}
    rows: list[dict[str, Any]] = []
    for parse in parses:
        g = mended(grammar(parse), codebook.cue_classes)
        known = by_mention.get(parse.article_id, mentions.head(0)).select("start", "end", "actor").rows()
        said = (
            by_statement.get(parse.article_id, statements.head(0))
            .select("start", "end", "actor", "source")
            .rows()
        )
        found = _actions(g, {start: (end, actor) for start, end, actor in known}, said, classes)
        rows.extend({"article_id": parse.article_id, **row} for row in found)
    return conform(rows, "actions")


def _actions(
    g: Grammar,
    known: Mapping[int, tuple[int, str]],
    said: Sequence[tuple[int, int, str, str]],
    classes: Mapping[str, str],
) -> list[dict[str, Any]]:
    actors = _actor_tokens(g, known)
    out = []
    for i, pos in enumerate(g.pos):
        if pos != "VERB":
            continue
        lemma = _verb(g, i, classes)
        agents, patients, voice = _participants(g, i)
        named = any(head in actors for head in (*agents, *patients))
        if lemma not in classes and not named:
            continue
        if not agents and not patients:
            continue
        modal = next((g.lower[c] for c in g.children[i] if g.tag[c] in _MODALS), "")
        given = g.child(i, "dative") >= 0 or any(
            g.dep[c] == "prep" and g.lower[c] == "to" for c in g.children[i]
        )
        source = next((actor or name for start, end, actor, name in said if start <= g.start[i] < end), "")
        for agent in agents or [-1]:
            for patient in patients or [-1]:
                kind = classes.get(lemma, "") if _fits(g, i, lemma, patient, given, actors) else ""
                if not kind and not named:
                    continue
                out.append(
                    {
                        "start": g.start[i],
                        "end": g.end[i],
                        "verb": lemma,
                        "verb_class": kind,
                        **_participant(g, "agent", agent, actors),
                        **_participant(g, "patient", patient, actors),
                        "voice": voice,
                        "negated": any(g.dep[c] == "neg" for c in g.children[i]),
                        "modal": modal,
                        "attributed": source,
                        "sentence": g.sentence[i],
                    }
                )
    return out


def _fits(g: Grammar, i: int, lemma: str, patient: int, given: bool, actors: Mapping[int, str]) -> bool:
    """Say whether a verb of many senses has its object in the sense of its class: who takes office captures nothing."""
    wanted = mapping("light_verbs", "verb", "wants").get(lemma)
    if wanted is None or patient < 0:
        return wanted in {None, "anyone"}
    if " " not in lemma and g.child(i, "prt") >= 0:
        return False  # "strike down", "take on"
    if patient in actors or g.lower[patient] in _SOMEBODY:
        return wanted != "arms"
    if wanted == "given":
        return given
    kind = mapping("object_nouns", "noun", "kind").get(g.lemma[patient].lower())
    named = kind is None and g.pos[patient] == "PROPN"
    return (
        kind == wanted or (wanted == "both" and kind in {"place", "anyone"}) or (named and wanted != "arms")
    )


def _verb(g: Grammar, i: int, classes: Mapping[str, str]) -> str:
    """Return the verb's lemma, with its particle where the codebook lists the pair ("shoot down")."""
    lemma = g.lemma[i].lower()
    for child in g.children[i]:
        if g.dep[child] in {"prt", "prep"} and f"{lemma} {g.lower[child]}" in classes:
            return f"{lemma} {g.lower[child]}"
    return lemma


def _participants(g: Grammar, i: int) -> tuple[list[int], list[int], str]:
    """Return heads of doers and targets, and the voice."""
    passive = g.child(i, "nsubjpass") >= 0 or g.child(i, "auxpass") >= 0
    bare_participle = g.tag[i] == "VBN" and g.dep[i] in {"acl", "relcl"} and g.child(i, "nsubj") < 0
    if passive or bare_participle:
        agent = g.child(i, "agent")
        doer = g.child(agent, "pobj") if agent >= 0 else -1
        target = g.child(i, "nsubjpass")
        if target < 0 and bare_participle:
            target = g.head[i]
        return _joined(g, doer), _joined(g, _antecedent(g, i, target)), "passive"
    subjects = [c for c in g.children[i] if g.dep[c] == "nsubj"]
    subject = max((c for c in subjects if c < i), default=subjects[0] if subjects else -1)
    verb, steps = i, 0
    while subject < 0 and steps < 4:
        above, told = g.head[verb], g.child(g.head[verb], "dobj")
        if g.dep[verb] == "xcomp" and g.pos[above] == "VERB" and 0 <= told < verb:
            subject = told  # "forced Berg to leave"
        elif (g.dep[verb] == "conj" and g.pos[above] == "VERB") or (
            g.dep[verb] in {"xcomp", "advcl"} and g.pos[above] == "VERB"
        ):
            verb = above
            subject = g.child(verb, "nsubj", "nsubjpass")
        elif g.dep[verb] == "pcomp" and g.pos[g.head[above]] == "VERB":
            # "accused Berg of taking": the one accused; "by taking", "in taking": who does the other thing
            accused = g.child(g.head[above], "dobj")
            if g.lower[above] in {"of", "from", "for"} and 0 <= accused < above:
                subject = accused
            else:
                verb = g.head[above]
                subject = g.child(verb, "nsubj", "nsubjpass")
        elif g.dep[verb] in {"acl", "relcl"} and g.tag[verb] == "VBG":
            subject = g.head[verb]
        else:
            break
        steps += 1
    target = g.child(i, "dobj")
    if target < 0:
        against = next(
            (c for c in g.children[i] if g.dep[c] == "prep" and g.lower[c] in {"against", "at", "with"}),
            -1,
        )
        target = g.child(against, "pobj") if against >= 0 else -1
    return (
        _joined(g, _antecedent(g, i, subject)),
        _joined(g, target),
        "active" if target >= 0 else "intransitive",
    )


def _antecedent(g: Grammar, verb: int, subject: int) -> int:
    """Return the noun a relative pronoun stands for: "troops, which shelled the town"."""
    if subject >= 0 and g.tag[subject] in {"WDT", "WP"} and g.dep[verb] == "relcl":
        return g.head[verb]
    return subject


def _joined(g: Grammar, head: int) -> list[int]:
    """Return a head with the nouns coordinated with it."""
    if head < 0:
        return []
    out, last = [head], head
    while True:
        last = g.child(last, "conj")
        if last < 0 or g.pos[last] not in {"NOUN", "PROPN", "PRON"}:
            return out
        out.append(last)


def _actor_tokens(g: Grammar, known: Mapping[int, tuple[int, str]]) -> dict[int, str]:
    """Map each token of a mention to its actor."""
    out: dict[int, str] = {}
    end, actor = -1, ""
    for i, start in enumerate(g.start):
        if start in known:
            end, actor = known[start]
        if start < end:
            out[i] = actor
    return out


def _participant(g: Grammar, name: str, head: int, actors: Mapping[int, str]) -> dict[str, Any]:
    if head < 0:
        return {f"{name}_start": None, f"{name}_end": None, name: ""}
    start, end = source_span(g, head)
    return {f"{name}_start": start, f"{name}_end": end, name: actors.get(head) or _called(g, head)}


def _called(g: Grammar, head: int) -> str:
    """Name a participant that is no actor: a capitalised name whole, else the head noun's dictionary form."""
    first = head
    while first > 0 and g.pos[head] == "PROPN" and g.pos[first - 1] == "PROPN" and g.head[first - 1] == head:
        first -= 1
    return g.span(first, head + 1) if g.pos[head] == "PROPN" else g.lemma[head]
