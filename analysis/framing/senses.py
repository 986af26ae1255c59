"""Is it harm? Uses of harm words that tell none, and the nouns of strikes that are no attacks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from analysis.codebook import Codebook
from analysis.framing import grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

# "feared a crash", "foiled an attack": it has not happened
AHEAD = frozenset(
    {"fear", "expect", "prevent", "avoid", "avert", "foil", "thwart", "risk", "plan", "threaten", "predict"}
)
_WEAPONS = frozenset(
    {"drone", "missile", "rocket", "plane", "jet", "aircraft", "warplane", "bomber", "helicopter", "artillery", "gun",
     "mortar", "shell", "bomb", "force", "troop", "unit", "rebel", "militant", "group"}
)  # fmt: skip


@cache
def exceptions() -> Mapping[tuple[str, str], frozenset[str]]:
    """Read the uses of harm verbs that tell no harm."""
    text = (files("analysis") / "data" / "framing" / "not_harm.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], frozenset[str]] = {}
    for line in text.splitlines():
        if line.startswith("#") or not line.strip() or line.startswith("verb\t"):
            continue
        verb, relation, words = line.split("\t")
        found[verb, relation] = found.get((verb, relation), frozenset()) | frozenset(words.split())
    return found


def is_harm(verb: Token, subject: Token | None, target: Token | None, doer: Token | None = None) -> bool:
    """Check the verb against the uses that tell no harm: "hit a record", "struck a deal", "died of old age"."""
    known = exceptions()
    lemma = verb.lemma_.lower()
    prepositions = grammar.children(verb, "prep")
    beside = {
        "object": forms_of(target),
        "subject": forms_of(subject),
        "agent": forms_of(doer),
        "particle": {child.lower_ for child in grammar.children(verb, "prt", "advmod")},
        "preposition": {child.lower_ for child in prepositions},
        "circumstance": {
            name
            for prep in prepositions
            for noun in grammar.children(prep, "pobj")
            for name in forms_of(noun)
        },
    }
    # what "when" or "after" adds tells how somebody of that age died
    if grammar.children(verb, "advcl"):
        beside["circumstance"] = set()
    needs = known.get((lemma, "needs"))
    if needs and not (beside["object"] or beside["preposition"] & needs):
        return doer is not None or grammar.is_passive(verb)
    for relation, found in beside.items():
        if found & (known.get((lemma, relation), frozenset()) | known.get(("*", relation), frozenset())):
            return False
        only = known.get((lemma, f"only {relation}"))
        if (
            only is not None
            and not found & only
            and not (relation == "particle" and verb.doc[verb.i + 1 : verb.i + 2].text in only)
        ):
            return False
    return True


def is_harmful_noun(noun: Token, victim: Token | None) -> bool:
    """Check an event noun likewise: "an attack on the budget", "took a beating", "the crews on strike"."""
    known = exceptions()
    lemma = noun.lemma_.lower()
    governor = noun.head
    beside = {
        "of": forms_of(victim),
        "object of": {governor.lemma_.lower()} if noun.dep_ == "dobj" else set(),
        "after": {governor.lower_} if noun.dep_ == "pobj" and noun.i == governor.i + 1 else set(),
    }
    return not any(
        found & (known.get((lemma, relation), frozenset()) | known.get(("*", relation), frozenset()))
        for relation, found in beside.items()
    )


def forms_of(token: Token | None) -> set[str]:
    """Give a noun as it is looked up; a plural at the head of a sentence may have been taken for a name."""
    return set() if token is None else {token.lemma_.lower(), token.lower_.removesuffix("s")}


def is_walkout(noun: Token, doer: Token | None, codebook: Codebook) -> bool:
    """Say whether a strike is one of workers: its doer is neither armed nor a weapon nor a people."""
    if noun.lemma_.lower() != "strike" or doer is None or doer.ent_type_ in {"NORP", "GPE", "ORG"}:
        return False
    if doer.ent_type_ in {"DATE", "TIME"} or doer.lemma_.lower() in {"night", "day", "week"}:
        return False
    armed = {*codebook.source_classes.get("military", ()), *_WEAPONS}
    return doer.pos_ == "NOUN" and not armed & forms_of(doer)
