"""Small questions to a parse that harm events, tone and other indicators share: who does it, to whom, in what mood."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
# a verb under one of these tells what somebody wants or fears, not what happened
_UNREAL = frozenset(
    {
        "threaten", "try", "attempt", "plan", "want", "vow", "seek", "order", "prepare", "intend", "hope", "fail",
        "refuse", "aim", "wish", "promise", "pledge", "urge", "ask", "tell", "decide", "able", "ready", "likely",
        "set", "wait", "need", "refrain", "stop", "avoid", "prevent", "design", "willing", "unable", "call", "agree",
        "allow", "encourage", "mean", "expect", "fear", "warn", "afraid", "demand", "capable",
    }
)  # fmt: skip
PERCEIVED = frozenset(
    {"hear", "report", "record", "register", "see", "witness", "feel", "observe", "detect", "confirm"}
)
_MEASURES = frozenset({"DATE", "TIME", "PERCENT", "CARDINAL", "QUANTITY", "MONEY"})
_MANNERS = frozenset(
    {"mistake", "accident", "chance", "design", "surprise", "night", "day", "hand", "force", "far"}
)
_NONE = frozenset({"no", "never", "nor", "neither", "nobody", "nothing", "none"})
_DENYING = frozenset({"deny", "refute", "disprove"})
_IF = frozenset({"if", "unless", "whether", "lest"})


def children(token: Token, *deps: str) -> list[Token]:
    """Give the children of a token that stand in one of the relations."""
    return [child for child in token.children if child.dep_ in deps]


def is_passive(verb: Token) -> bool:
    """Say whether a verb is passive: "was hit", "got killed", or the bare participle of "soldiers killed in"."""
    if children(verb, "auxpass", "nsubjpass", "csubjpass") or children(verb, "agent"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "nsubj", "dobj"):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"}:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "relcl", "ROOT", "ccomp", "pcomp", "dep", "xcomp", "oprd", "appos"}


def subject_of(verb: Token) -> Token | None:
    """Give the subject of an active verb, following relative clauses, shared subjects and participle clauses."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return verb.head if child.lower_ in _RELATIVE and verb.dep_ in {"relcl", "acl"} else child
    if verb.dep_ in {"relcl", "acl"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        return verb.head if verb.tag_ in {"VBG", "VBD", "VBZ", "VBP"} else None
    if verb.dep_ in {"conj", "advcl", "xcomp", "pcomp", "ccomp"}:
        governor = verb.head if verb.head.pos_ != "ADP" else verb.head.head
        if governor.i != verb.i and governor.pos_ in {"VERB", "AUX"}:
            if verb.dep_ == "xcomp":
                controlled = children(governor, "dobj")
                if controlled:
                    return controlled[0]
            if is_passive(governor):
                return None
            return subject_of(governor)
    return None


def passive_subject_of(verb: Token) -> Token | None:
    """Give whom a passive verb says it was done to."""
    for child in verb.children:
        if child.dep_ in _PASSIVE_SUBJECTS or child.dep_ in _SUBJECTS:
            return verb.head if child.lower_ in _RELATIVE and verb.dep_ in {"relcl", "acl"} else child
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    if verb.dep_ in {"conj", "xcomp", "advcl", "oprd"} and verb.head.pos_ in {"VERB", "AUX"}:
        governor = verb.head
        return (
            passive_subject_of(governor)
            if is_passive(governor) or governor.pos_ == "AUX"
            else subject_of(governor)
        )
    return None


def object_of(verb: Token) -> Token | None:
    """Give the direct object of a verb; an object before the verb in a relative clause is the noun it stands for."""
    found = next(iter(children(verb, "dobj")), None)
    if found is not None and found.lower_ in _RELATIVE and verb.dep_ in {"relcl", "acl"}:
        return verb.head
    if found is None:
        # "shelled and destroyed the depot": the object of the last verb is shared
        later = [
            child for child in children(verb, "conj") if child.pos_ == "VERB" and child.tag_ == verb.tag_
        ]
        if later and not children(verb, "prep", "advmod", "npadvmod"):
            return object_of(later[0])
    return found


def by_phrase(verb: Token) -> Token | None:
    """Give the doer of a passive verb: the noun of its by-phrase."""
    for agent in children(verb, "agent"):
        named = [noun for noun in children(agent, "pobj", "pcomp") if _does(noun)]
        if named:
            return named[0]
    for prep in children(verb, "prep"):
        if prep.lower_ == "by":
            noun = next(iter(children(prep, "pobj")), None)
            if noun is not None and _does(noun):
                return noun
    return None


def _does(noun: Token) -> bool:
    """Say whether the noun after "by" can have done something: not "by Monday", not "by mistake"."""
    return noun.ent_type_ not in _MEASURES and noun.lemma_.lower() not in _MANNERS


def is_negated(token: Token) -> bool:
    """Say whether a verb or noun is denied: "did not attack", "no casualties", "nobody was hurt", "denied that"."""
    if any(child.dep_ == "neg" or child.lower_ in _NONE for child in token.children):
        return True
    if token.dep_ in {"pobj", "pcomp"} and token.head.lower_ == "without":
        return True
    head = token.head
    if token.pos_ in {"VERB", "AUX"}:
        subjects = [child for child in token.children if child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]
        if any(
            word.lower_ in _NONE or any(part.lower_ in _NONE for part in word.children) for word in subjects
        ):
            return True
        if token.dep_ in {"ccomp", "pcomp"} and any(
            word.lemma_.lower() in _DENYING for word in (head, head.head)
        ):
            return True
        return token.dep_ == "xcomp" and bool(children(head, "neg"))
    if token.dep_ == "dobj":
        return bool(children(head, "neg")) or head.lemma_.lower() in _DENYING
    return token.dep_ == "nsubjpass" and bool(children(head, "neg")) and head.lemma_.lower() in PERCEIVED


def is_unreal(verb: Token) -> bool:
    """Say whether a verb tells a possibility, a wish, a condition or an order instead of an event."""
    if any(child.tag_ == "MD" for child in verb.children):
        return True
    if any(child.dep_ == "mark" and child.lower_ in _IF for child in verb.children):
        return True
    if any(child.dep_ == "aux" and child.tag_ == "TO" for child in verb.children):
        return verb.head.i != verb.i and (
            verb.head.lemma_.lower() in _UNREAL or verb.head.pos_ not in {"VERB"} or verb.dep_ == "advcl"
        )
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ == "VERB" and not children(verb, "nsubj"):
        return is_unreal(verb.head)
    if verb.dep_ == "pcomp" and verb.head.head.i != verb.i:
        return verb.head.head.lemma_.lower() in _UNREAL
    return verb.tag_ == "VBG" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in _UNREAL


def is_existential(noun: Token) -> bool:
    """Say whether a noun is only said to have been there, or to have been heard or seen."""
    head = noun.head
    if noun.dep_ == "conj" and head.pos_ == "NOUN":
        return is_existential(head)
    if noun.dep_ in {"attr", "nsubj", "dobj"} and any(child.dep_ == "expl" for child in head.children):
        return True
    return noun.dep_ == "nsubjpass" and head.lemma_.lower() in PERCEIVED and by_phrase(head) is None
