"""Who does what a verb says, and to whom, read from the grammar around it."""

from __future__ import annotations

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping

_STEPS = 4
_SUBJECTS = ("nsubj", "nsubjpass")
_TIMES_AND_WAYS = frozenset(
    {
        "day",
        "night",
        "week",
        "month",
        "year",
        "time",
        "moment",
        "hour",
        "way",
        "reason",
        "place",
        "manner",
        "extent",
    }
)
# verbs whose subject also does what stands below them: "used a gun to kill", "promised the town to help"
_OWN_DOING = frozenset({"use", "spend", "take", "promise", "have", "need", "employ"})
# prepositions before the one an action is aimed at ("fired at them"); "with" only where two do it together
_AIMED = frozenset({"against", "at"})


def participants(g: Grammar, verb: int, *, mutual: bool = False) -> tuple[list[int], list[int], str]:
    """Return the heads of doers and targets of a verb, and its voice.

    Parameters
    ----------
    g : Grammar
        The article.
    verb : int
        Its token.
    mutual : bool
        Whether the verb is done with each other: whom one meets "with" is a target, and of two who "met" each meets the
        other.

    Returns
    -------
    agents, patients : list of int
        Heads, with those coordinated with them.
    voice : str
        "active", "passive", or "intransitive" where there is no target.
    """
    target = _passive_target(g, verb)
    if target is not None:
        agent = g.child(verb, "agent")
        doer = g.child(agent, "pobj") if agent >= 0 else -1
        return _joined(g, doer), _joined(g, target), "passive"
    agents = _joined(g, _doer(g, verb))
    patients = _joined(g, _target(g, verb, mutual=mutual))
    if mutual and not patients and len(agents) > 1 and all(g.pos[head] == "PROPN" for head in agents):
        return agents, agents, "active"
    return agents, patients, "active" if patients else "intransitive"


def noun_in_disguise(g: Grammar, verb: int) -> bool:
    """Say whether a form in -ing was taken for a verb: "each mass shooting lowers …", "shooting ranges"."""
    if g.tag[verb] != "VBG":
        return False
    if (
        verb + 1 < len(g)
        and g.head[verb + 1] == verb
        and g.lower[verb + 1] in {"range", "ranges", "spree", "scene"}
    ):
        return True
    helped = any(g.dep[c] in {"aux", "auxpass"} for c in g.children[verb])
    subject = g.child(verb, "nsubj")
    return (
        not helped
        and g.dep[verb] in {"csubj", "nsubj", "dobj", "pobj"}
        and 0 <= subject == verb - 1
        and g.pos[subject] != "PRON"
    )


def _passive_target(g: Grammar, verb: int) -> int | None:
    """Return what a passive verb is done to, -1 where nothing is named, None where the verb is not passive."""
    target = g.child(verb, "nsubjpass")
    if target >= 0 or g.child(verb, "auxpass") >= 0:
        return _antecedent(g, target)
    if g.tag[verb] != "VBN" or any(g.dep[c] == "aux" for c in g.children[verb]):
        return None
    subject, above = g.child(verb, "nsubj"), g.head[verb]
    if g.dep[verb] in {"acl", "relcl"} and subject < 0:
        return above  # "the men arrested on Sunday"
    if g.dep[verb] in {"ccomp", "xcomp", "acl", "oprd"} and subject >= 0:
        return subject  # "leaving two hundred injured"
    if g.dep[verb] == "xcomp" and subject < 0 and g.pos[above] == "VERB":
        return _antecedent(g, g.child(above, "nsubj"))  # "felt abandoned", "got arrested"
    if g.dep[verb] == "conj" and g.pos[above] == "VERB" and g.child(verb, "dobj") < 0:
        shared = _passive_target(g, above)  # "was arrested and charged", "was shelled and its mayor killed"
        return shared if shared is None or subject < 0 else subject
    return None


def _doer(g: Grammar, verb: int) -> int:
    """Return the subject, looked for above where the verb has none of its own."""
    subjects = [c for c in g.children[verb] if g.dep[c] == "nsubj"]
    subject = max((c for c in subjects if c < verb), default=subjects[0] if subjects else -1)
    steps = 0
    while subject < 0 and steps < _STEPS:
        above, told = g.head[verb], g.child(g.head[verb], "dobj")
        moved = g.lemma[above].lower() not in _OWN_DOING
        if g.dep[verb] == "xcomp" and g.pos[above] == "VERB" and 0 <= told < verb and moved:
            subject = told  # "forced Berg to leave"
        elif (g.dep[verb] == "conj" and g.pos[above] == "VERB") or (
            g.dep[verb] in {"xcomp", "advcl"} and g.pos[above] == "VERB"
        ):
            verb = above
            subject = g.child(verb, *_SUBJECTS)
        elif g.dep[verb] == "pcomp" and g.pos[g.head[above]] == "VERB":
            # "accused Berg of taking": the one accused; "by taking", "in taking": who does the other thing
            accused = g.child(g.head[above], "dobj")
            if g.lower[above] in {"of", "from", "for"} and 0 <= accused < above:
                subject = accused
            else:
                verb = g.head[above]
                subject = g.child(verb, *_SUBJECTS)
        elif g.dep[verb] in {"acl", "relcl"} and g.tag[verb] == "VBG":
            subject = above
        else:
            break
        steps += 1
    return _antecedent(g, subject)


def _target(g: Grammar, verb: int, *, mutual: bool) -> int:
    """Return the object; of "supported and signed the ban" also that of the second verb."""
    target = g.child(verb, "dobj")
    second = g.child(verb, "conj")
    if target < 0 and second == verb + 2 and g.dep[verb + 1] == "cc" and g.pos[second] == "VERB":
        target = g.child(second, "dobj")
    if target >= 0:
        return _antecedent(g, target)
    if g.dep[verb] == "relcl" and _lacks_object(g, verb):
        return g.head[verb]
    for c in g.children[verb]:
        aimed = g.lower[c] in _AIMED or (mutual and g.lower[c] == "with")
        noun = g.child(c, "pobj") if g.dep[c] == "prep" and c > verb and aimed else -1
        if noun >= 0 and (g.lower[c] == "against" or _may_be_aimed_at(g, noun)):
            return noun
    return -1


def _lacks_object(g: Grammar, verb: int) -> bool:
    """Say whether the noun of a relative clause is its object: "the people he had killed", not "the day he fled"."""
    subject = g.child(verb, "nsubj")
    if g.tag[verb] == "VBN" and g.child(verb, "aux") < 0:
        return False  # "officers, one of them shot dead"
    if subject < 0 or g.tag[subject] in {"WDT", "WP"} or g.lemma[g.head[verb]].lower() in _TIMES_AND_WAYS:
        return False
    return not any(
        g.dep[c] in {"ccomp", "xcomp", "prt", "relcl"}
        or g.tag[c] == "WRB"
        or (g.dep[c] == "prep" and not g.children[c])
        for c in g.children[verb]
    )


def _may_be_aimed_at(g: Grammar, noun: int) -> bool:
    """Say whether somebody or a place stands behind "at": nobody shoots at that point, or at least twice."""
    kind = mapping("object_nouns", "noun", "kind").get(g.lemma[noun].lower())
    return g.pos[noun] in {"PROPN", "PRON"} or kind in {"anyone", "place"} or g.tag[noun] == "NNS"


def _antecedent(g: Grammar, subject: int) -> int:
    """Return the noun a relative pronoun stands for: "troops, which shelled the town"."""
    if subject < 0 or g.tag[subject] not in {"WDT", "WP"}:
        return subject
    clause = g.head[subject]
    for _ in range(_STEPS):
        if g.dep[clause] == "relcl":
            return g.head[clause]
        if g.dep[clause] not in {"conj", "xcomp", "ccomp"}:
            break
        clause = g.head[clause]
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
