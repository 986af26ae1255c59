"""What a number counts, read from the parse: "two people died" counts people killed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.stories import lexicons

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MODIFIERS = frozenset(("amod", "compound", "nmod", "poss"))
_AWAY = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:north|south|east|west|away|from|off|outside|beyond|inside|into|deep|behind)\w*\b"
)
_NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True)
class Counted:
    """What is counted in words, its head noun, and whether the noun follows the number."""

    text: str = ""
    head: str = ""
    head_follows: bool = False


def counted_by(span: Span, *, kind: str, after: str) -> Counted:
    """Say what a number counts.

    Parameters
    ----------
    span : spacy Span
        The number.
    kind : str
        Kind of its unit; empty for plain counts.
    after : str
        The sentence behind the number and its unit.

    Returns
    -------
    Counted
        Empty where the sentence does not say.
    """
    if kind == "length" and _AWAY.match(after):
        return Counted("distance", "distance", False)
    if kind:
        noun = _behind_of(span, after)
        if noun is not None:
            return _described(noun, follows=True)
        if kind == "area":
            return Counted("land", "land", False)
        return _measured(span, kind)
    noun = _counted_noun(span)
    if noun is None:
        return _subject_counted(span)
    return _described(noun, follows=noun.i >= span.end)


def _behind_of(span: Span, after: str) -> Token | None:
    """Find the noun of "80 percent of the town", "25 million tonnes of grain"."""
    if not re.match(r"\s*(?:worth\s+)?of\b", after):
        return None
    sentence_end = span.sent.end
    for token in span.doc[span.end : min(span.end + 9, sentence_end)]:
        if token.dep_ == "pobj" and token.pos_ in _NOUNS and token.head.lower_ == "of":
            return token
    return None


def _measured(span: Span, kind: str) -> Counted:
    """Money and lengths of time belong to the subject of their verb: "the package is worth 2 billion euros"."""
    if kind not in ("money", "time", "share"):
        return Counted()
    token = span.root
    for _ in range(6):
        if token.pos_ in ("VERB", "AUX"):
            subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is not None:
                known = _is_thing(subject) and subject.i < span.start
                return Counted(_phrase(subject), subject.lemma_.lower(), False) if known else Counted()
        if token.head == token:
            break
        token = token.head
    return Counted()


def _is_thing(noun: Token) -> bool:
    """Tell a thing that can be counted from somebody who acts: those named speak, they are not counted."""
    return noun.pos_ == "NOUN" and noun.ent_type_ not in ("PERSON", "ORG", "GPE", "NORP", "LOC")


def _counted_noun(span: Span) -> Token | None:
    root = span.root
    if (
        root.dep_ in ("nummod", "quantmod", "compound", "amod")
        and root.head.pos_ in _NOUNS
        and root.head.i >= span.end
    ):
        return root.head
    doc, end = span.doc, span.sent.end
    # "hundreds of people", "three of the drones"
    if span.end < end and doc[span.end].lower_ == "of":
        for token in doc[span.end + 1 : min(span.end + 7, end)]:
            if token.pos_ in _NOUNS and token.dep_ in ("pobj", "ROOT", "nsubj", "dobj", "nsubjpass"):
                return token
    for token in doc[span.end : min(span.end + 5, end)]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "PRON", "CCONJ"):
            break
        if token.pos_ in _NOUNS and (token.i + 1 >= end or doc[token.i + 1].pos_ not in _NOUNS):
            return token
    return None


def _subject_counted(span: Span) -> Counted:
    """Find what the verb is about where no noun follows the number: "casualties rose to 11,000"."""
    token = span.root
    for _ in range(6):
        if token.pos_ in ("VERB", "AUX"):
            # "put the losses at 11,000" counts the object, "losses rose to 11,000" the subject
            for role in (("dobj",), ("nsubj", "nsubjpass")):
                for child in token.children:
                    if child.dep_ in role and child.pos_ in _NOUNS and child.i < span.start:
                        if not _is_thing(child) or token.lemma_ in ("say", "tell", "claim"):
                            return Counted()
                        return Counted(_phrase(child), child.lemma_.lower(), False)
        if token.head == token or token.dep_ == "ROOT":
            break
        token = token.head
    return Counted()


def _described(noun: Token, *, follows: bool) -> Counted:
    state = _state(noun)
    phrase = _phrase(noun)
    return Counted(
        f"{phrase} {state}".strip() if state not in phrase else phrase, noun.lemma_.lower(), follows
    )


def _phrase(noun: Token) -> str:
    """Give the noun with its nearest modifiers, numbers and articles left out."""
    parts = [
        token.text
        for token in noun.lefts
        if token.dep_ in _MODIFIERS
        and token.pos_ in ("ADJ", "NOUN", "PROPN")
        and not token.like_num
        and token.tag_ != "PRP$"
        and token.lower_ not in lexicons.units()
    ]
    return " ".join([*parts[-2:], noun.text]).lower()


def _state(noun: Token) -> str:
    """Say what became of those counted, where the verb beside them tells."""
    verb, role = noun.head, noun.dep_
    if role == "pobj" and noun.head.lower_ == "of":  # "hundreds of people were killed"
        verb, role = noun.head.head.head, noun.head.head.dep_
    states = lexicons.states()
    if role == "nsubjpass" and verb.lemma_ in states and states[verb.lemma_][1] != "subject":
        return states[verb.lemma_][0]
    if (
        role in ("nsubj", "nsubjpass")
        and verb.lemma_ in states
        and states[verb.lemma_][1] in ("subject", "both")
    ):
        return states[verb.lemma_][0]
    if role == "dobj" and verb.lemma_ in states and states[verb.lemma_][1] in ("object", "both"):
        return states[verb.lemma_][0]
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in states:
            return states[child.lemma_][0]
    return ""
