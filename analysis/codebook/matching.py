"""Find the words of a codebook in a text: exact spans, longest match first.

A form is one or more lower-case words; a star stands for any ending of its word. Words are compared without regard
to case; a space in a form matches white space within a line, a hyphen any hyphen. "occupied" is found in
"Russian-occupied", where it is the head of the compound, but "war" is not found in "anti-war".
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

Value = TypeVar("Value", bound=Hashable)
_WORD = re.compile(r"\w+")
_HYPHENS = "-‐‑"
# a compound that begins so does not name the thing that its second half names
_TURNING = frozenset(
    {"anti", "post", "pre", "non", "ex", "inter", "pro", "counter", "mid", "un", "de", "semi", "quasi"}
)
_LONGEST_TURNING = 8


class Match(NamedTuple):
    """A span of the text and what it was found as."""

    start: int
    end: int
    value: Hashable
    form: str


@dataclass(frozen=True)
class _Pattern:
    """A form, cut into word stems and the joints between them."""

    form: str
    words: tuple[str, ...]
    stars: tuple[bool, ...]
    joints: tuple[str, ...]
    group: str
    value: Hashable

    def weight(self, start: int, end: int) -> tuple[int, int, int]:
        """Rank by length of the match, then of the exact letters; a form that blocks yields to one that counts."""
        return end - start, len(self.form.replace("*", "")), int(self.value is not None)


def _cut(form: str, group: str, value: Hashable) -> _Pattern:
    words, stars, joints = [], [], []
    pieces = list(_WORD.finditer(form))
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        stars.append(form[piece.end() : piece.end() + 1] == "*")
        words.append(piece.group().casefold())
        if following is not None:
            joints.append(form[piece.end() + stars[-1] : following.start()])
    return _Pattern(form, tuple(words), tuple(stars), tuple(joints), group, value)


class Matcher(Generic[Value]):
    """All forms of a vocabulary, ready to be looked for.

    Parameters
    ----------
    patterns : iterable of (form, group, value)
        Within a group matches never overlap; the longest wins.
    blocks : iterable of str, optional
        Compounds that mean something else ("cold war"): inside them nothing shorter is found, in any group.

    Examples
    --------
    >>> matcher = Matcher([("war", "w", "war"), ("invad*", "w", "invasion")], blocks=["cold war"])
    >>> [(m.start, m.end, m.value) for m in matcher.find("Since the cold war nobody invaded; now War.")]
    [(26, 33, 'invasion'), (39, 42, 'war')]
    """

    def __init__(self, patterns: Iterable[tuple[str, str, Value]], *, blocks: Iterable[str] = ()) -> None:
        self._patterns = tuple(
            [_cut(form, group, value) for form, group, value in patterns]
            + [_cut(form, "", None) for form in blocks]
        )

    @cached_property
    def _beginnings(self) -> ahocorasick_rs.AhoCorasick:
        """Find where the first words of forms may stand: nearly all of a text is passed over so."""
        firsts = sorted({pattern.words[0] for pattern in self._patterns if pattern.words})
        return ahocorasick_rs.AhoCorasick(firsts, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    @cached_property
    def _whole(self) -> dict[str, tuple[_Pattern, ...]]:
        return _index((p.words[0], p) for p in self._patterns if p.words and not p.stars[0])

    @cached_property
    def _stems(self) -> dict[str, tuple[_Pattern, ...]]:
        return _index((p.words[0], p) for p in self._patterns if p.words and p.stars[0])

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(stem) for stem in self._stems}))

    def find(self, text: str) -> list[Match]:
        """Find the forms in a text.

        Returns
        -------
        list of Match
            In the order of the text; matches of one group do not overlap.
        """
        found: list[tuple[_Pattern, int, int]] = []
        for start in self._starts(text):
            word = _WORD.match(text, start)
            assert word is not None
            for pattern in self._beginning_with(word[0].casefold()):
                end = _end(pattern, word, text)
                if end and not _turned(text, start):
                    found.append((pattern, start, end))
        return _settle(found) if found else []

    def _starts(self, text: str) -> list[int]:
        """Give where words begin as a form does."""
        folded = text.casefold()
        starts = [start for _, start, _ in self._beginnings.find_matches_as_indexes(folded)]
        if starts and len(folded) != len(text):  # "ß" is folded to two letters
            origin = [at for at, letter in enumerate(text) for _ in letter.casefold()]
            starts = [origin[start] for start in starts]
        return [start for start in starts if not start or not _is_word(text[start - 1])]

    def _beginning_with(self, word: str) -> tuple[_Pattern, ...]:
        stems = (self._stems.get(word[:length], ()) for length in self._lengths if length <= len(word))
        return (*self._whole.get(word, ()), *(pattern for found in stems for pattern in found))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _end(pattern: _Pattern, first: re.Match[str], text: str) -> int:
    """Give the end of the pattern that begins with a word; 0 where it does not."""
    word, last = first, first.end()
    for step, (expected, star) in enumerate(zip(pattern.words, pattern.stars, strict=True)):
        if step:
            following = _WORD.search(text, last)
            if following is None or not _joined(text[last : following.start()], pattern.joints[step - 1]):
                return 0
            word, last = following, following.end()
        form = word[0].casefold()
        if not (form.startswith(expected) if star else form == expected):
            return 0
    follows = text[last : last + 2]
    if follows[:1] in _HYPHENS and follows[1:].isalnum():  # "war-torn" is not "war"
        return 0
    return last


def _index(pairs: Iterable[tuple[str, _Pattern]]) -> dict[str, tuple[_Pattern, ...]]:
    index: dict[str, tuple[_Pattern, ...]] = {}
    for word, pattern in pairs:
        index[word] = (*index.get(word, ()), pattern)
    return index


def _joined(between: str, joint: str) -> bool:
    if joint == " ":
        return bool(between) and between.isspace() and "\n" not in between
    if joint == "-":
        return len(between) == 1 and between in _HYPHENS
    return between.replace("’", "'") == joint


def _turned(text: str, start: int) -> bool:
    """Say whether a prefix with a hyphen changes what the word names, as in "anti-war"."""
    if not start or text[start - 1] not in _HYPHENS:
        return False
    words = _WORD.findall(text[max(0, start - _LONGEST_TURNING - 1) : start])
    return bool(words) and words[-1].casefold() in _TURNING


def _settle(found: list[tuple[_Pattern, int, int]]) -> list[Match]:
    taken: dict[str, list[tuple[int, int]]] = {}
    blocked: list[tuple[int, int]] = []
    kept: list[Match] = []
    order = sorted(
        found, key=lambda hit: (*(-part for part in hit[0].weight(hit[1], hit[2])), hit[1], hit[0].form)
    )
    for pattern, start, end in order:
        spans = blocked if pattern.value is None else [*blocked, *taken.get(pattern.group, [])]
        if any(start < other_end and other_start < end for other_start, other_end in spans):
            continue
        if pattern.value is None:
            blocked.append((start, end))
        else:
            taken.setdefault(pattern.group, []).append((start, end))
            kept.append(Match(start, end, pattern.value, pattern.form))
    return sorted(kept, key=lambda match: (match.start, match.end, str(match.value)))
