"""Whether a deed is told as done: negated, only possible, wanted, planned or alleged.

After the distinction of implicative verbs (Karttunen, 1971): who "managed to seize" a bridge seized it, who "refused to
leave" did not, who "threatened to arrest" has arrested nobody yet.
"""

from __future__ import annotations

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping

_CONDITIONS = frozenset({"if", "unless", "lest", "whether"})
# forms of modal verbs before "n't" and after a pronoun
_WRITTEN = {
    "wo": "will",
    "ca": "can",
    "sha": "shall",
    "'ll": "will",
    "’ll": "will",
    "'d": "would",
    "’d": "would",
}
_NOBODY = frozenset({"nobody", "none", "nothing"})
_STEPS = 4


def reality(g: Grammar, verb: int) -> tuple[bool, str]:
    """Say whether a verb is negated, and what makes it less than a fact.

    Parameters
    ----------
    g : Grammar
        The article.
    verb : int
        Its token.

    Returns
    -------
    negated : bool
        "did not", "without …", "refused to".
    modal : str
        The modal verb in its full form ("will"), "if", or the dictionary form of the word it depends on ("want",
        "plan", "accuse"); empty where it is told as a fact.
    """
    negated = False
    for _ in range(_STEPS):
        negated = negated or g.child(verb, "neg") >= 0
        modal = _modal(g, verb)
        if modal:
            return negated, modal
        below, effect = _governed(g, verb)
        if effect == "not":
            negated = True
        elif effect == "open":
            return negated, g.lemma[below].lower()
        if below < 0 or effect == "":
            return negated, ""
        verb = below
    return negated, ""


def nobody(g: Grammar, participant: int) -> bool:
    """Say whether a participant is no one: "no officers were hurt", "nobody fired"."""
    if participant < 0:
        return False
    return g.lower[participant] in _NOBODY or any(
        g.lower[c] == "no" and g.dep[c] == "det" for c in g.children[participant]
    )


def _modal(g: Grammar, verb: int) -> str:
    for c in g.children[verb]:
        if g.tag[c] == "MD":
            return _WRITTEN.get(g.lower[c], g.lower[c])
        if g.dep[c] == "mark" and g.lower[c] in _CONDITIONS:
            return "if"
    return ""


def _governed(g: Grammar, verb: int) -> tuple[int, str]:
    """Return the word a verb depends on and what that says of it: real, not, open, or "" where it says nothing."""
    above, dep = g.head[verb], g.dep[verb]
    if above == verb:
        return -1, ""
    effects = mapping("implicatives", "word", "effect")
    infinitive = any(g.tag[c] == "TO" for c in g.children[verb])
    if dep == "conj" and g.child(verb, "nsubj", "nsubjpass") < 0 and g.tag[verb] == g.tag[above]:
        # "may seize and burn": one auxiliary for both; "seized and burned" has none to share
        shares = g.tag[verb] in {"VB", "VBN"} and not infinitive
        return (above, "real") if shares or infinitive else (-1, "")
    if (
        dep == "ccomp"
        and any(g.lower[c] == "be" and g.tag[c] == "VB" for c in g.children[verb])
        and not infinitive
    ):
        return above, "open"  # "demanded that he be charged"
    if dep in {"xcomp", "ccomp"} and (infinitive or g.tag[verb] == "VBG") and above < verb:
        if g.lower[above] == "going" and infinitive:
            return above, "open"
        known = effects.get(g.lemma[above].lower())
        return above, known or ("open" if infinitive else "")
    if dep in {"acl", "relcl"} and infinitive and g.pos[above] == "NOUN" and g.child(verb, "nsubj") < 0:
        ranked = any(g.lower[c] in {"first", "last", "only", "next"} for c in g.children[above])
        return above, "" if ranked else "open"
    if dep == "pcomp":
        if g.lower[above] == "without":
            return above, "not"
        if g.lower[above] == "against":
            return above, "open"
        governor = g.head[above]
        known = effects.get(g.lemma[governor].lower(), "")
        if known == "not":
            return governor, known if g.lower[above] == "from" else ""
        return governor, known if known == "open" and g.lower[above] in {"of", "with", "for", "about"} else ""
    return -1, ""


def _subjunctive(g: Grammar, verb: int) -> bool:
    """Say whether a finite clause has a bare verb: "demands that they leave", "that he be charged"."""
    helpers = [c for c in g.children[verb] if g.dep[c] in {"aux", "auxpass"}]
    return any(g.lower[c] == "be" for c in helpers) if helpers else g.tag[verb] == "VB"
