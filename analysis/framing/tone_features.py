"""What a sentence says about one target in it, as numbers: words, roles, polarity by region, pooled word vectors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Floats = npt.NDArray[np.float32]
BUCKETS = 1 << 18
POOLS = ("all", "tree", "window", "left", "right", "head", "near", "verb")
_NEGATIONS = frozenset(
    {"not", "n't", "never", "no", "without", "nobody", "nothing", "neither", "nor", "hardly", "barely"}
)
_KEPT = frozenset(
    {"not", "no", "never", "against", "without", "nothing", "but", "however", "despite", "only"}
)
_QUOTES = frozenset({'"', "“", "”", "''", "``"})
_WEAK = 0.08  # predicted polarities below this are noise around nought


class Words(NamedTuple):
    """Word vectors and the polarity predicted from them."""

    rows: Mapping[str, int]
    vectors: Floats
    polarity: Floats

    def row(self, token: Token) -> int | None:
        """Give the row of a token's word or dictionary form."""
        return self.rows.get(token.lower_, self.rows.get(token.lemma_.lower()))


@cache
def _valence() -> Mapping[str, float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return {word: value / 4 for word, value in SentimentIntensityAnalyzer().lexicon.items()}


@lru_cache(maxsize=256)
def _compound(text: str) -> float:
    """Give VADER's score of a text; that of a sentence is asked for once for each of its targets."""
    return float(_whole().polarity_scores(text)["compound"])


@cache
def _whole() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


class Target(NamedTuple):
    """A target in its sentence: its root, its tokens, and how far the other words are in the grammar."""

    root: Token
    inside: frozenset[int]
    distance: Mapping[int, int]


def features(
    sentence: Sequence[Token] | Span, target: Span, words: Words, cues: Mapping[str, str]
) -> tuple[dict[str, float], Floats]:
    """Describe what a sentence says about a target.

    Parameters
    ----------
    sentence : spacy Span
        The sentence.
    target : spacy Span
        The mention inside it.
    words : Words
        Word vectors and polarities.
    cues : mapping of str to str
        Reporting verbs with their class: what a speaker says is not said about the speaker.

    Returns
    -------
    tuple of dict and numpy.ndarray
        Named features ("=" marks a word feature), and the pooled vectors.
    """
    tokens = list(sentence)
    about = about_target(target, {token.i for token in tokens})
    named = _word_features(tokens, about)
    named.update(_polarity_features(tokens, about))
    named.update(_region_features(tokens, about, words, cues))
    return named, _pooled(tokens, about, words)


def hashed(named: Mapping[str, float]) -> tuple[npt.NDArray[np.int64], Floats]:
    """Give buckets and values of named features; numbers weigh three times as much as single words."""
    names = sorted(named)
    buckets = np.array([crc32(name.encode()) % BUCKETS for name in names], dtype=np.int64)
    values = np.array([named[name] * (1.0 if "=" in name else 3.0) for name in names], dtype=np.float32)
    return buckets, values


def about_target(target: Span, tokens: set[int]) -> Target:
    """Look how far the words of a sentence are from a target in the grammar."""
    root = target.root
    distance = {root.i: 0}
    edge = [root]
    while edge:
        following = []
        for token in edge:
            for other in (token.head, *token.children):
                if other.i not in distance and other.i in tokens:
                    distance[other.i] = distance[token.i] + 1
                    following.append(other)
        edge = following
    return Target(root, frozenset(token.i for token in target), distance)


def negated_tokens(tokens: Sequence[Token]) -> frozenset[int]:
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


def value_of(token: Token) -> float:
    """Give a word's polarity in VADER's lexicon, -1 to 1."""
    lexicon = _valence()
    return lexicon.get(token.lower_, lexicon.get(token.lemma_.lower(), 0.0))


def _word_features(tokens: list[Token], about: Target) -> dict[str, float]:
    found: dict[str, float] = {}
    root, negated = about.root, negated_tokens(tokens)
    for token in tokens:
        if token.i in about.inside or not token.is_alpha:
            continue
        lemma = token.lemma_.lower()
        far = about.distance.get(token.i, 9)
        found[f"w={lemma}"] = 1.0
        if not token.is_stop and far <= 3:
            found[f"d{min(far, 2)}={lemma}"] = 1.0
        if abs(token.i - root.i) <= 6:
            found[f"{'L' if token.i < root.i else 'R'}={lemma}"] = 1.0
    path: list[str] = []
    at = root
    while at.head.i != at.i and len(path) < 4:
        path.append(at.dep_)
        at = at.head
        route = ">".join(path)
        found[f"p={route}:{at.lemma_.lower()}"] = 1.0
        found[f"pp={route}"] = 1.0
        value = value_of(at)
        if value:
            key = f"hp={path[0] if len(path) == 1 else f'up{len(path) - 1}'}:{'+' if value > 0 else '-'}"
            found[key] = found.get(key, 0.0) + abs(value) * 4 * (-1 if at.i in negated else 1)
    for number in sorted(about.inside):
        word = root.doc[number]
        if word.pos_ != "PROPN" and word.is_alpha:  # "the terrorists": the name itself may judge
            found[f"t={word.lemma_.lower()}"] = 1.0
    found[f"type={root.ent_type_}:{root.pos_}"] = 1.0
    found[f"dep={root.dep_}"] = 1.0
    found[f"head={root.head.lemma_.lower()}:{root.dep_}"] = 1.0
    for child in root.children:
        found[f"c={child.dep_}:{child.lemma_.lower()}"] = 1.0
    return found


def _polarity_features(tokens: list[Token], about: Target) -> dict[str, float]:
    found: dict[str, float] = {}
    root = about.root

    def add(key: str, value: float) -> None:
        found[key] = found.get(key, 0.0) + value

    negated = negated_tokens(tokens)
    for token in tokens:
        if token.i in about.inside or token.is_punct or token.is_space:
            continue
        value = 4 * value_of(token)
        if not value:
            continue
        value = -0.7 * value if token.i in negated else value
        sign, size = ("+", value) if value > 0 else ("-", -value)
        far = about.distance.get(token.i, 9)
        add(f"lexall{sign}", size)
        add(f"lexd{sign}", size / (1 + far))
        add(f"lexw{sign}", size / (1 + abs(token.i - root.i) / 3))
        add(f"lex{'L' if token.i < root.i else 'R'}{sign}", size)
        if far <= 2:
            add(f"lexnear{sign}", size)
    own = sum(value_of(root.doc[number]) for number in about.inside if root.doc[number].pos_ != "PROPN")
    found["lexown+"], found["lexown-"] = max(own, 0.0), max(-own, 0.0)
    first, last = tokens[0], tokens[-1]
    text = root.doc.text
    start, end = first.idx, last.idx + len(last.text)
    left, right = (
        min(root.doc[i].idx for i in about.inside),
        max(root.doc[i].idx + len(root.doc[i]) for i in about.inside),
    )
    for name, piece in (("vs", text[start:end]), ("vw", text[max(start, left - 60) : min(end, right + 60)])):
        compound = _compound(piece)
        found[f"{name}+"], found[f"{name}-"] = max(compound, 0.0), max(-compound, 0.0)
    found["pos"] = (root.i - first.i) / len(tokens)
    found["len"] = len(tokens) / 30
    found["quote"] = len(re.findall(r'["“”]', text[start:end])) / 2
    return found


class Places(NamedTuple):
    """Where in the grammar words stand, seen from a target: its role, the cue it speaks by, and sets of tokens."""

    role: str
    cue: str
    verb: int
    speech: frozenset[int]
    phrase: frozenset[int]
    clause: frozenset[int]
    above: frozenset[int]

    def region(self, number: int) -> str:
        """Name the region of a token."""
        if number in self.speech:
            return "speech"
        if number == self.verb:
            return "verb"
        if number in self.phrase:
            return "np"
        if number in self.clause:
            return "clause"
        return "anc" if number in self.above else "rest"


def places(about: Target, cues: Mapping[str, str]) -> Places:
    """Find the target's verb, its role there, and what it says if it speaks."""
    root = about.root
    verb = root
    while verb.head.i != verb.i and verb.pos_ not in {"VERB", "AUX"}:
        verb = verb.head
    below = root
    while below.head.i not in (verb.i, below.i):
        below = below.head
    role = below.dep_ if below.head.i == verb.i else "root"
    if root.dep_ == "poss" or (root.i != below.i and root.dep_ != "conj"):
        role = f"in-{role}"
    speech: set[int] = set()
    cue = cues.get(verb.lemma_.lower(), "")
    if role == "nsubj" and cue:
        for child in verb.children:
            if child.dep_ in {"ccomp", "xcomp", "parataxis", "advcl"}:
                speech.update(token.i for token in child.subtree)
    phrase, clause = ({token.i for token in part.subtree} for part in (root, verb))
    above = {token.i for token in verb.ancestors}
    sets = (frozenset(part) for part in (speech, phrase, clause, above))
    return Places(role, cue, verb.i, *sets)


def _region_features(
    tokens: list[Token], about: Target, words: Words, cues: Mapping[str, str]
) -> dict[str, float]:
    """Add up polarity where it stands: in the target's phrase, verb, clause, own speech, in quotations."""
    root, stand = about.root, places(about, cues)
    role, cue = stand.role, stand.cue
    marked = quoted_tokens(tokens)
    found: dict[str, float] = {
        f"vrole={role}": 1.0,
        f"vrole={role}:cue={cue}": 1.0,
        "speaker": float(bool(stand.speech)),
    }
    negated = negated_tokens(tokens)
    for token in tokens:
        if token.i in about.inside or not token.is_alpha:
            continue
        region = stand.region(token.i)
        region = f"verb:{role}" if region == "verb" else region
        row = words.row(token)
        predicted = float(words.polarity[row]) if row is not None and not token.is_stop else 0.0
        for name, value in (("l", value_of(token)), ("p", predicted if abs(predicted) >= _WEAK else 0.0)):
            if not value:
                continue
            value = -0.6 * value if token.i in negated else value
            sign, size = ("+", value) if value > 0 else ("-", -value)
            side = "after" if token.i > root.i else "before"
            spots = [(region, size), ("all", size), (side, size / (1 + abs(token.i - root.i) / 5))]
            for place, amount in [*spots, *([("quote", size)] if token.i in marked else [])]:
                key = f"{name}{place}{sign}"
                found[key] = found.get(key, 0.0) + amount
    return {key: float(np.log1p(3 * value)) if key[-1] in "+-" else value for key, value in found.items()}


def quoted_tokens(tokens: list[Token]) -> frozenset[int]:
    """Give the tokens between quotation marks."""
    inside, opened = set(), False
    for token in tokens:
        if token.text in _QUOTES:
            opened = not opened
        elif opened:
            inside.add(token.i)
    return frozenset(inside)


def _pooled(tokens: list[Token], about: Target, words: Words) -> Floats:
    """Average the vectors of the words around the target, near ones more, in eight ways."""
    width = words.vectors.shape[1]
    sums = {name: np.zeros(width, dtype=np.float32) for name in POOLS}
    weights = dict.fromkeys(POOLS, 0.0)

    def add(name: str, row: int, weight: float) -> None:
        sums[name] += weight * words.vectors[row]
        weights[name] += weight

    root = about.root
    for token in tokens:
        if token.i in about.inside or not token.is_alpha or (token.is_stop and token.lower_ not in _KEPT):
            continue
        row = words.row(token)
        if row is None:
            continue
        far, gap = about.distance.get(token.i, 9), abs(token.i - root.i)
        add("all", row, 1.0)
        add("tree", row, 1 / (1 + far) ** 1.5)
        add("window", row, float(np.exp(-gap / 4)))
        add("left" if token.i < root.i else "right", row, float(np.exp(-gap / 8)))
        if far <= 1:
            add("near", row, 1.0)
        if token.pos_ == "VERB":
            add("verb", row, 1 / (1 + far))
    for step, token in enumerate(list(root.ancestors)[:3], 1):
        row = words.row(token)
        if row is not None:
            add("head", row, 1 / step)
    return np.concatenate([sums[name] / max(weights[name], 1e-9) for name in POOLS]).astype(np.float32)
