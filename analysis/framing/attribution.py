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
    {
        "call",
        "dub",
        "term",
        "label",
        "brand",
        "describe",
        "refer",
        "style",
        "characterise",
        "characterize",
        "portray",
        "regard",
    }
)
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
        if statement is not None:
            speaker = str(statement["actor"] or statement["source"] or "")
            if quote or statement["form"] == "direct":
                return Voice("quoted", speaker, marked)
            return Voice("reported", speaker, marked)
        speaker = _speaker(span.root, self.cues)
        if quote and (speaker or marked > FRAGMENT_WORDS):
            return Voice("quoted", speaker, marked)
        if speaker:
            return Voice("reported", speaker, marked)
        return Voice("own", "", marked)

    def _statement(self, start: int, end: int) -> Mapping[str, Any] | None:
        """Give the shortest statement that holds the span."""
        holding = [row for row in self.statements if row["start"] <= start and end <= row["end"]]
        return min(holding, key=lambda row: (row["end"] - row["start"], row["start"])) if holding else None


def _speaker(token: Token, cues: Mapping[str, str]) -> str:
    """Give the speaker that the grammar names for a token's clause; empty where the outlet speaks."""
    below: Token | None = None
    for inner, outer in _ladder(token):
        lemma = outer.lemma_.lower()
        # "calls [the war] [an operation]": what is named is the outlet's word, the name is the caller's
        named = below is not None and below.dep_ in {"nsubj", "nsubjpass"} and inner.dep_ in {"ccomp", "oprd"}
        naming = lemma in _NAMING and inner.dep_ in {"oprd", "attr", "prep", "ccomp", "advcl"} and not named
        saying = inner.dep_ in _CLAUSE and lemma in cues and lemma not in _NAMING
        below = inner
        if (saying or naming) and outer.pos_ in {"VERB", "AUX"}:
            subject = _subject(outer)
            if subject is not None and subject.lower_ not in _NOBODY:
                return phrase(subject)
    return _according(token)


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


def _according(token: Token) -> str:
    """Give X of "according to X" in the token's clause, unless the token stands in X itself."""
    clause = token
    for inner, outer in _ladder(token):
        if inner.lower_ == "according":
            return ""
        clause = outer
    for child in clause.children:
        if child.lower_ == "according":
            for mark in child.children:
                named = next((grandchild for grandchild in mark.children if grandchild.dep_ == "pobj"), None)
                if named is not None:
                    return phrase(named)
    return ""


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
