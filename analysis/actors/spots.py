"""What a mention is while it is being found: a run of tokens, its kind, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.actors.grammar import Grammar

# lower-case words that belong to an organisation's name when they end it
_LOWER_ENDS = frozenset(
    {"party", "ministry", "parliament", "council", "government", "university", "police", "army"}
)


# tags of words that open a sentence and are read into the name behind them
_SMALL_LETTERS = frozenset(
    {
        "JJ",
        "JJR",
        "JJS",
        "PRP",
        "PRP$",
        "DT",
        "NN",
        "NNS",
        "RB",
        "CC",
        "IN",
        "VB",
        "VBD",
        "VBG",
        "VBN",
        "VBP",
        "VBZ",
    }
)
_NO_NAME = frozenset({"VBG", "VBN", "VB", "CC", "DT", "WRB", "WDT", "WP"})


@dataclass(frozen=True)
class Spot:
    """A mention found: tokens ``first`` up to ``end`` (exclusive), what it is, why, and for whom it stands."""

    first: int
    end: int
    kind: str
    rule: str
    actor: str = ""
    role: str = ""


def trim(g: Grammar, first: int, end: int) -> tuple[int, int]:
    """Cut a span to its name: no article, quotation mark, line break, possessive or final punctuation."""
    for i in range(first, end):
        if "\n" in g.text[i]:
            end = i
            break
    opens = first == 0 or g.sentence[first - 1] != g.sentence[first]
    if opens and end - first > 1 and g.tag[first] in _NO_NAME:
        first += 1  # "Capturing Alder would", "Neither Alder": the first word is no part of the name
    # "new Alder Group": small letters before a name, but for particles ("al-Hadath", "de Boer")
    while end - first > 1 and g.text[first].islower() and g.tag[first] in _SMALL_LETTERS:
        first += 1
    while first < end and (g.lower[first] in {"the", "a", "an"} or not g.text[first][0].isalnum()):
        first += 1
    while end > first and (
        g.tag[end - 1] == "POS"
        or not g.text[end - 1][-1].isalnum()
        or (g.text[end - 1].islower() and g.text[end - 1] not in _LOWER_ENDS and not joined(g, end - 1))
    ):
        if g.text[end - 1] == "." or (g.text[end - 1].endswith(".") and len(g.text[end - 1]) > 1):
            break
        end -= 1
    return first, end


def joined(g: Grammar, i: int) -> bool:
    """Say whether a token hangs on the one before by a hyphen: the last part of "Kim Ji-won"."""
    return i > 1 and g.text[i - 1] == "-" and g.end[i - 2] == g.start[i - 1] == g.start[i] - 1


def with_article(g: Grammar, spot: Spot) -> Spot:
    """Take a capital "The" inside a sentence into the name: "told The Associated Press"."""
    before = spot.first - 1
    inside = before > 0 and g.text[before] == "The" and g.sentence[before - 1] == g.sentence[before]
    if inside and g.text[before - 1][-1].isalnum():
        return replace(spot, first=before)
    return spot


def surface(g: Grammar, spot: Spot) -> tuple[int, int]:
    """Return the character span of a spot, a possessive glued to the last token left out."""
    start, end = g.start[spot.first], g.end[spot.end - 1]
    text = g.body[start:end]
    for mark in ("'s", "’s", "‘s", "`s"):
        if text.endswith(mark) and len(text) > 2:
            return start, end - 2
    return start, end


def is_capital(word: str) -> bool:
    """Say whether a token looks like part of a name."""
    return word[:1].isupper() or (word[:3] in {"al-", "el-"} and word[3:4].isupper())


def without_overlap(spots: Iterable[Spot]) -> list[Spot]:
    """Keep spots that do not overlap an earlier or a longer one; ties go to the first in the list."""
    taken: set[int] = set()
    kept = []
    order = sorted(enumerate(spots), key=lambda pair: (-(pair[1].end - pair[1].first), pair[0]))
    for _, spot in order:
        tokens = range(spot.first, spot.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(spot)
    return sorted(kept, key=lambda spot: (spot.first, spot.end))
