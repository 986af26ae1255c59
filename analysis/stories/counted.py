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
    r"^\s*(?:\([^)]*\)\s*)?(?:north|south|east|west|away|from|off|outside|beyond|inside|into|deep (?:in|into|inside|within)|behind)\w*\b"
)
_NOUNS = frozenset(("NOUN", "PROPN"))
_FATE = re.compile(
    r"^\s+(?:(?:more|others?|further|additional)\s+)*(?:(?:are|is|were|was|be|been|being|have|has|had|left|lay|remain|remained|"
    r"feared|reported|confirmed|critically|seriously|badly|also)\s+)*(dead|killed|injured|wounded|hurt|missing|displaced|arrested|"
    r"detained|homeless)\b"
)
_REPORTED = re.compile(
    r"\s+(?:(?:are|is|were|was|have|has|had|been|be|reported|reportedly|feared|confirmed|believed|presumed|to|left|lay|now)\s+)*"
    r"(dead|missing|homeless)\b"
)
_OF_US = re.compile(r"^\s+of\s+(?:us|them|you|those|whom)\b")
# a share or a sum that a noun just before names: "a tax rate of 31 percent", "a population of 8,000"
_NAMED_BY = re.compile(
    r"\bof\s+(?:(?:about|around|some|nearly|almost|over|up to|more than|less than|at least|roughly|only|just)\s+)?$"
)


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
        noun = _behind_of(span, after) or _behind_in(span, kind, after) or _named_before(span)
        if noun is not None:
            return _described(noun, follows=noun.i >= span.end)
        if kind == "area":
            return Counted("land", "land", False)
        return _measured(span, kind)
    fate = _FATE.match(after)
    if fate:  # "left seven dead", "dozens more are injured"
        state = {"dead": "killed", "detained": "arrested"}.get(fate[1], fate[1])
        return Counted(f"people {state}", "people", True)
    if _OF_US.match(after):
        return (
            Counted("people", "people", True) if after.lstrip().startswith("of us") else Counted("", "", True)
        )
    noun = _counted_noun(span) or _named_before(span)
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


def _behind_in(span: Span, kind: str, after: str) -> Token | None:
    """Find the noun of "$13 million in state taxes", "ten years in prison", "a $500 dinner"."""
    doc, at, stop = span.doc, span.end, span.sent.end
    while at < stop and (doc[at].lower_ in lexicons.units() or doc[at].lower_ in lexicons.words("scale")):
        at += 1
    if at >= stop:
        return None
    token = doc[at]
    if kind in ("money", "time") and token.lower_ == "in":
        objects = [child for child in token.children if child.dep_ == "pobj" and child.pos_ in _NOUNS]
        if objects and objects[0].ent_type_ in ("", "ORG") and objects[0].pos_ == "NOUN":
            return objects[0] if objects[0].lower_ not in lexicons.words("setting") else None
    if kind in ("money", "share") and re.match(r"\s*[a-z]", after) and token.pos_ in ("NOUN", "ADJ"):
        # the noun that the sum describes: its head, or the next noun
        for noun in doc[at : min(at + 4, stop)]:
            last = noun.i + 1 >= stop or doc[noun.i + 1].pos_ not in _NOUNS
            if noun.pos_ == "NOUN" and last:
                dated = noun.ent_type_ in ("DATE", "TIME") or noun.lower_ in lexicons.words("no goods")
                return None if dated else noun
            if noun.pos_ not in ("NOUN", "ADJ", "PROPN"):
                break
    return None


def _named_before(span: Span) -> Token | None:
    """Find the noun of "a tax rate of 31 percent", "a toll of 40"."""
    start = span.start
    before = span.doc[span.sent.start : start].text + " "
    if not _NAMED_BY.search(before):
        return None
    at = start - 1
    while at > span.sent.start and span.doc[at].lower_ != "of":
        at -= 1
    noun = span.doc[at - 1] if at > span.sent.start else None
    if noun is None or noun.pos_ != "NOUN" or noun.lower_ in lexicons.words("no name"):
        return None
    return noun


def _measured(span: Span, kind: str) -> Counted:
    """Money and lengths of time belong to the subject of their verb: "the package is worth 2 billion euros"."""
    if kind not in ("money", "time", "share"):
        return Counted()
    token = span.root
    for _ in range(6):
        if token.pos_ in ("VERB", "AUX"):
            subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            thing = next(
                (child for child in token.children if child.dep_ == "dobj" and child.i < span.start), None
            )
            measuring = token.lemma_ in lexicons.words("measuring")
            if thing is not None and span.root != thing and measuring and _is_thing(thing):
                return Counted(_phrase(thing), thing.lemma_.lower(), False)  # "raise the sum by $5"
            if subject is not None and not measuring:
                return Counted()
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
            if token.lemma_ not in lexicons.words("measuring"):
                return Counted()
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
        and len(token.text) > 1
        and token.tag_ != "PRP$"
        and token.lower_ not in lexicons.units()
    ]
    return " ".join([*parts[-2:], _joined(noun)]).lower()


def _joined(noun: Token) -> str:
    """Give a noun with what a hyphen joins to it: "e-mails" are three tokens."""
    doc, end = noun.doc, noun.i + 1
    while (
        end + 1 < len(doc)
        and doc[end].text == "-"
        and not doc[end - 1].whitespace_
        and not doc[end].whitespace_
    ):
        end += 2
    return str(doc[noun.i : end].text)


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
    behind = _REPORTED.match(noun.doc.text, noun.idx + len(noun.text))
    if behind:
        return {"dead": "killed"}.get(behind[1], behind[1])
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in states:
            return states[child.lemma_][0]
    return ""
