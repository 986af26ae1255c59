"""Whose words a span of text is: the outlet's, a quoted speaker's, a paraphrased one's.

The statements layer is asked first. Where it is silent, quotation marks decide, and then the grammar around a
reporting verb, so that a label in "Moscow, which calls it a “liberation”" is not counted as the outlet's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from analysis.codebook import Codebook
from analysis.framing.quotation import Quotation, containing, quotations
from analysis.language import Parse

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

FRAGMENT_WORDS = 3  # up to three marked words without a speaker are scare quotes, more are somebody's speech
# verbs that give a thing its name; "call it a war" is the caller's word
_NAMING = frozenset(
    {"call", "dub", "term", "label", "brand", "describe", "refer", "style", "characterise", "characterize", "portray",
     "regard", "denote"}
)  # fmt: skip
# verbs that bring words into play without a clause: "speaks of “liberation”"
_UTTERING = frozenset(
    {
        "speak",
        "talk",
        "hail",
        "curse",
        "use",
        "invoke",
        "proclaim",
        "chant",
        "shout",
        "cite",
        "coin",
        "quote",
        "read",
        "celebrate",
    }
)
# nouns whose content clause is somebody's claim
_NOMINAL = frozenset(
    {"charge", "claim", "allegation", "accusation", "statement", "assertion", "suggestion", "belief", "argument",
     "warning", "insistence", "assurance", "rumour", "rumor", "declaration", "contention", "complaint"}
)  # fmt: skip
_VIEWS = frozenset({"view", "word", "opinion", "eye", "telling", "account"})
_ABOVE = frozenset({"nsubj", "nsubjpass", "relcl", "advcl", "acl"})
_CLAUSE = frozenset({"ccomp", "xcomp", "parataxis"})
_NOBODY = frozenset({"it", "this", "that", "there", "which", "what"})


class Voice(NamedTuple):
    """Whose words a span is in. ``marked_words`` counts the words between the marks, 0 without marks."""

    voice: str
    speaker: str
    marked_words: int


@dataclass(frozen=True)
class Voices:
    """The voices of one article."""

    body: str
    quotes: list[Quotation]
    statements: Sequence[Mapping[str, Any]]
    sentence_starts: list[int]
    cues: Mapping[str, str]

    @classmethod
    def of(cls, parse: Parse, statements: pl.DataFrame | None, codebook: Codebook) -> Voices:
        """Gather what says whose words an article's passages are."""
        rows = [] if statements is None else statements.sort("start", "end").to_dicts()
        starts = [span.start_char for span in parse.sentences]
        return cls(parse.body, quotations(parse.body), rows, starts, codebook.cue_classes)

    def sentence(self, position: int) -> int:
        """Give the number of the sentence that a character stands in."""
        return max(bisect_right(self.sentence_starts, position) - 1, 0)

    def at(self, start: int, end: int, span: Span) -> Voice:
        """Say whose words a span is in.

        Parameters
        ----------
        start, end : int
            The span in the body.
        span : spacy Span
            The same span in the parse.
        """
        quote = containing(self.quotes, start, end)
        marked = len(self.body[quote.start : quote.end].split()) if quote else 0
        statement = self._statement(start, end)
        if statement is not None and (
            quote or statement["form"] == "direct" or not _is_object(span.root, statement)
        ):
            speaker = str(statement["actor"] or statement["source"] or "")
            spoken = quote is not None or statement["form"] == "direct"
            return Voice("quoted" if spoken else "reported", speaker, marked)
        short = quote is not None and marked <= FRAGMENT_WORDS and not self._whole(quote)
        told = _speaker(span.root, self.cues, marked=short)
        if quote and (told is not None or not short):
            return Voice("quoted", told or "", marked)
        if told is not None:
            return Voice("reported", told, marked)
        return Voice("own", "", marked)

    def _whole(self, quote: Quotation) -> bool:
        """Say whether the marks hold a sentence of its own: “They left.” is speech, not a word at arm's length."""
        return self.body[quote.start : quote.end].rstrip()[-1:] in {".", "!", "?", ","}

    def _statement(self, start: int, end: int) -> Mapping[str, Any] | None:
        """Give the shortest statement that holds the span."""
        holding = [
            row
            for row in self.statements
            if row["start"] <= start and end <= row["end"] and (row["actor"] or row["source"])
        ]
        return min(holding, key=lambda row: (row["end"] - row["start"], row["start"])) if holding else None


def _is_object(token: Token, statement: Mapping[str, Any]) -> bool:
    """Say whether a word is what the verb of speech is aimed at: "accused the rebels" is the outlet's word for them."""
    aimed = token.dep_ in {"dobj", "nsubjpass"} and token.head.idx == statement["cue_start"]
    return aimed and statement["form"] == "indirect"


def _speaker(token: Token, cues: Mapping[str, str], *, marked: bool) -> str | None:
    """Give the speaker that the grammar names for a token's clause.

    None where the outlet speaks; empty where somebody does who is not named ("the charge that ..."). For words in
    quotation marks (`marked`) it is enough that they depend on a verb of speaking; otherwise they must stand in the
    clause that it governs, because "accused the rebels" names the rebels in the outlet's words.
    """
    below: Token | None = None
    for inner, outer in _ladder(token):
        lemma = outer.lemma_.lower()
        # "calls [the war] [an operation]": what is named is the outlet's word, the name is the caller's
        named = below is not None and below.dep_ in {"nsubj", "nsubjpass"} and inner.dep_ in {"ccomp", "oprd"}
        named = named and inner.pos_ not in {"VERB", "AUX"}
        naming = lemma in _NAMING and inner.dep_ in {"oprd", "attr", "prep", "ccomp", "advcl"} and not named
        saying = inner.dep_ in _CLAUSE and lemma in cues and lemma not in _NAMING
        loosely = (
            marked and (lemma in cues or lemma in _NAMING or lemma in _UTTERING) and inner.dep_ not in _ABOVE
        )
        naming = naming or (inner.lower_ == "of" and inner.dep_ == "prep" and lemma in {"speak", "talk"})
        below = inner
        if (saying or naming or loosely) and outer.pos_ in {"VERB", "AUX"}:
            subject = _subject(outer)
            if subject is not None and (lemma in _NAMING or subject.lower_ not in _NOBODY):
                return "" if subject.lower_ in _NOBODY else phrase(subject)
        if (
            inner.dep_ in {"acl", "ccomp", "relcl"}
            and outer.pos_ == "NOUN"
            and lemma in _NOMINAL
            and inner.dep_ != "relcl"
        ):
            owner = next((child for child in outer.children if child.dep_ == "poss"), None)
            return phrase(owner) if owner is not None else ""
        aside = _aside(outer, inner, cues)
        if aside is not None:
            return aside
    return _aside(_root(token), None, cues) or _according(token)


def _root(token: Token) -> Token:
    while token.head.i != token.i:
        token = token.head
    return token


def _aside(verb: Token, inner: Token | None, cues: Mapping[str, str]) -> str | None:
    """Give the speaker of a phrase set into the clause, as in "The war, he added, could last"."""
    for child in verb.children:
        if inner is not None and child.i == inner.i:
            continue
        if (
            child.dep_ in {"parataxis", "ccomp", "dep"}
            and child.lemma_.lower() in cues
            and child.pos_ == "VERB"
        ):
            subject = next((word for word in child.children if word.dep_ == "nsubj"), None)
            # an aside is short: "he added", "the decree said"
            if subject is not None and child.right_edge.i - child.left_edge.i < 8 and not _mark(child):
                return phrase(subject)
    return None


def _mark(verb: Token) -> bool:
    return any(child.dep_ in {"mark", "dobj", "ccomp"} for child in verb.children)


def _subject(verb: Token) -> Token | None:
    """Give who does what the verb says; for "who" and "which", the noun they stand for."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if verb.dep_ in {"relcl", "acl"} and (subject is None or subject.lower_ in {"who", "which", "that"}):
        return None if subject is None and verb.tag_ == "VBN" else verb.head
    if subject is None and verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ == "VERB":
        return _subject(verb.head)
    return subject


def _ladder(token: Token) -> Iterator[tuple[Token, Token]]:
    """Climb from a token to the root of its sentence: pairs of a token and its head."""
    while token.head.i != token.i:
        yield token, token.head
        token = token.head


def _according(token: Token) -> str | None:
    """Give X of "according to X" or "in X's view" in the token's clause, unless the token stands in X itself."""
    clause = token
    for inner, outer in _ladder(token):
        if inner.lower_ == "according":
            return None
        clause = outer
    for child in clause.children:
        if child.dep_ == "prep" and child.lower_ == "in":
            for noun in child.children:
                owner = next((word for word in noun.children if word.dep_ == "poss"), None)
                if noun.lemma_.lower() in _VIEWS and owner is not None:
                    return phrase(owner)
        if child.lower_ == "according":
            for mark in child.children:
                named = next((grandchild for grandchild in mark.children if grandchild.dep_ == "pobj"), None)
                if named is not None:
                    return phrase(named)
    return None


def phrase(token: Token) -> str:
    """Give a noun with its modifiers as written, without clauses and without what follows a comma."""
    words = [word for word in token.subtree if _belongs(word, token)]
    first = min((word.i for word in words), default=token.i)
    last = max((word.i for word in words if word.i <= _right_edge(token)), default=token.i)
    return str(token.doc[first : last + 1].text).strip(" ,\"“”'‘’")


def _belongs(word: Token, head: Token) -> bool:
    while word.i != head.i:
        if word.dep_ in {"relcl", "acl", "appos", "punct", "cc", "conj", "advcl"}:
            return False
        word = word.head
    return True


def _right_edge(token: Token) -> int:
    """Stop the phrase before a clause that hangs on it."""
    stops = [
        child.left_edge.i
        for child in token.children
        if child.i > token.i and child.dep_ in {"relcl", "acl", "appos", "punct", "advcl"}
    ]
    return min(stops) - 1 if stops else token.right_edge.i
