"""A sentence and the targets in it as tone is judged from them: what all targets share is looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
_WEAK = 0.08  # predicted polarities below this are noise around nought
FAR = 9  # steps in the grammar to a word that nothing joins to the target
_NEGATIONS = frozenset(
    {"not", "n't", "never", "no", "without", "nobody", "nothing", "neither", "nor", "hardly", "barely"}
)
_QUOTES = frozenset({'"', "“", "”", "''", "``"})


class Words(NamedTuple):
    """Word vectors and the polarity predicted from them."""

    rows: Mapping[str, int]
    vectors: Floats
    polarity: Floats

    def row(self, word: str, lemma: str) -> int:
        """Give the row of a word or of its dictionary form, both in small letters; -1 for none."""
        row = self.rows.get(word)
        return self.rows.get(lemma, -1) if row is None else row


class Word(NamedTuple):
    """A token with what is asked about it for every target."""

    i: int
    lower: str
    lemma: str
    pos: str
    alpha: bool
    stop: bool
    blank: bool  # a space or a punctuation mark
    space: bool
    row: int
    valence: float  # in VADER's lexicon
    predicted: float  # from its vector


class Sentence(NamedTuple):
    """What is the same for all targets of a sentence."""

    words: Sequence[Word]
    beside: Mapping[int, Sequence[int]]
    negated: frozenset[int]
    quoted: frozenset[int]
    text: str
    start: int


class Target(NamedTuple):
    """A target in its sentence: root and tokens, how far and in which region the other words are, and its role.

    A region is where in the grammar a word stands, seen from the target: words of no region are the "rest".
    """

    root: Token
    inside: frozenset[int]
    distance: Mapping[int, int]
    region: Mapping[int, str]
    role: str
    cue: str
    speaks: bool


@cache
def _valences() -> Mapping[str, float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return {word: value / 4 for word, value in SentimentIntensityAnalyzer().lexicon.items()}


def valence(token: Token) -> float:
    """Give a word's polarity in VADER's lexicon, -1 to 1."""
    return _valence(token.lower_, token.lemma_.lower())


def _valence(word: str, lemma: str) -> float:
    lexicon = _valences()
    return lexicon.get(word, lexicon.get(lemma, 0.0))


def read_sentence(sentence: Span, words: Words) -> Sentence:
    """Look up what all targets of a sentence share.

    Parameters
    ----------
    sentence : spacy Span
        The sentence.
    words : Words
        Word vectors and polarities.

    Returns
    -------
    Sentence
    """
    tokens = list(sentence)
    beside: dict[int, list[int]] = {token.i: [] for token in tokens}
    for token in tokens:
        head = token.head.i
        if head != token.i and head in beside:
            beside[token.i].append(head)
            beside[head].append(token.i)
    return Sentence(
        [_word(token, words) for token in tokens],
        beside,
        _negated(tokens),
        _quoted(tokens),
        sentence.text,
        sentence.start_char,
    )


def _word(token: Token, words: Words) -> Word:
    lower, lemma = token.lower_, token.lemma_.lower()
    space, stop, row = token.is_space, token.is_stop, words.row(lower, lemma)
    predicted = float(words.polarity[row]) if row >= 0 and not stop else 0.0
    return Word(
        token.i,
        lower,
        lemma,
        token.pos_,
        token.is_alpha,
        stop,
        space or token.is_punct,
        space,
        row,
        _valence(lower, lemma),
        predicted if abs(predicted) >= _WEAK else 0.0,
    )


def _negated(tokens: Sequence[Token]) -> frozenset[int]:
    """Give the tokens of a sentence that a negation belongs to, or stands up to three words before."""
    found, last = set(), -4
    for token in tokens:
        if token.is_sent_start:
            last = -4
        if token.i - last <= 3:
            found.add(token.i)
        if token.dep_ == "neg":
            found.add(token.head.i)
        if token.lower_ in _NEGATIONS:
            last = token.i
    return frozenset(found)


def _quoted(tokens: Sequence[Token]) -> frozenset[int]:
    """Give the tokens between quotation marks."""
    inside, opened = set(), False
    for token in tokens:
        if token.text in _QUOTES:
            opened = not opened
        elif opened:
            inside.add(token.i)
    return frozenset(inside)


def read_target(target: Span, said: Sentence, cues: Mapping[str, str]) -> Target:
    """Look where the words of a sentence stand, seen from a target: its verb, its role there, what it says if it speaks.

    Parameters
    ----------
    target : spacy Span
        The mention in the sentence.
    said : Sentence
        From `read_sentence`.
    cues : mapping of str to str
        Reporting verbs with their class: what a speaker says is not said about the speaker.

    Returns
    -------
    Target
    """
    root = target.root
    verb = root
    while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    below = root
    while below.head.i not in (verb.i, below.i):
        below = below.head
    role = below.dep_ if below.head.i == verb.i else "root"
    if root.dep_ == "poss" or (root.i != below.i and root.dep_ != "conj"):
        role = f"in-{role}"
    cue = cues.get(verb.lemma_.lower(), "")
    speech: list[int] = []
    if role == "nsubj" and cue:
        for child in verb.children:
            if child.dep_ in {"ccomp", "xcomp", "parataxis", "advcl"}:
                speech += [token.i for token in child.subtree]
    region = dict.fromkeys((token.i for token in verb.ancestors), "anc")  # a later, narrower region counts
    region |= dict.fromkeys((token.i for token in verb.subtree), "clause")
    region |= dict.fromkeys((token.i for token in root.subtree), "np")
    region |= {verb.i: "verb"} | dict.fromkeys(speech, "speech")
    inside = frozenset(range(target.start, target.end))
    return Target(root, inside, _distances(root.i, said.beside), region, role, cue, bool(speech))


def _distances(root: int, beside: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Count the steps in the grammar from a target to each word."""
    distance = {root: 0}
    edge = [root]
    while edge:
        following = []
        for number in edge:
            for other in beside.get(number, ()):
                if other not in distance:
                    distance[other] = distance[number] + 1
                    following.append(other)
        edge = following
    return distance
