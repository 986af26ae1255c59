"""What speaks for a name being a person's, an organisation's, or neither: the words of it and the words beside it.

The weights are a table of features, learned by scripts/train_names.py from what the model engine decided on a large
collection of news; no text is in it. Each piece of evidence has a name that can be read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from analysis.actors.lexicons import mapping, words
from analysis.actors.names import family_names
from analysis.actors.resolved import countries
from analysis.actors.rules.marks import Spans
from analysis.actors.rules.pages import BLANK, Coded, Numbers, Pages, coded
from analysis.actors.rules.runs import Names

KINDS = ("nobody", "organisation", "person")
_APOSTROPHES = np.array([ord(mark) for mark in "'’‘"], dtype=np.uint32)
# how far a word beside a name is read
_REACH = 24
_WHERE = ("no place", "place", "place first", "place last", "place inside")
_JOINING = frozenset({"of", "for", "&", "and"})
_DIGIT = re.compile(r"\d")
_ENDING = frozenset({"last", "any"})
_LOWERED = np.array([ord(chr(code).lower()[0]) for code in range(0x250)], dtype=np.int64)
_SHELVES = 1_000_003  # a prime
# pieces of evidence that say little to a reader
_PLAIN = ("always", "words ", "lone in ", "last in ")


@cache
def weights() -> Mapping[str, tuple[int, int]]:
    """Read what each piece of evidence adds for organisations and for people, in hundredths, against being nobody's name."""
    packed = files("analysis").joinpath("data", "actors", "names.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return {name: (round(100 * a), round(100 * b)) for name, (a, b) in data["weights"].items()}


@cache
def _organised_anywhere() -> frozenset[str]:
    return frozenset(
        word for word, place in mapping("organisations", "word", "place").items() if place == "any"
    )


@lru_cache(maxsize=65_536)
def of_words(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Name the evidence in the words of a name itself, which is the same wherever it stands."""
    first_names, organised = words("first_names", "name"), mapping("organisations", "word", "place")
    whole = " ".join(parts)
    last = parts[-1]
    lowered = whole.lower().split(" ")
    low_first, low_last = lowered[0], lowered[-1]
    lone = len(parts) == 1
    out = ["always", f"words {min(len(parts), 4)}", f"name {whole.lower()}"]
    if lone:
        out.append(f"lone in {low_last[-3:]}")
        if low_first in first_names:
            out.append("lone first name")
    else:
        out += (f"first {low_first}", f"last {low_last}", f"last in {low_last[-3:]}")
        if low_first in first_names:
            out.append("first name")
        if len(parts[0].rstrip(".")) == 1:
            out.append("initial")
        if not first_names.isdisjoint(lowered[1:]):
            out.append("first name inside")
        if not _JOINING.isdisjoint(parts):
            out.append("small word inside")
        if organised.get(last.rstrip(".,")) in _ENDING:
            out.append("ends as organisations do")
    bearers = family_names().get(low_last.replace("’", "'"), 0)
    out.append(f"family name {bearers} lone" if lone else f"family name {bearers}")
    if not _organised_anywhere().isdisjoint(parts):
        out.append("word of organisations")
    if organised.get(whole) == "whole":
        out.append("listed organisation")
    if whole in words("not_actors"):
        out.append("listed as nobody")
    if whole in mapping("media", "name", "kind"):
        out.append("listed outlet")
    letters = whole.replace(".", "").replace(" ", "")
    if letters.isupper() and len(letters) > 1:
        out.append(f"capitals {min(len(letters), 6)}" if lone else "capitals several")
    elif not last.istitle() and any(map(str.isupper, last[1:])):
        out.append("capital inside")
    if not whole.isalpha():
        if _DIGIT.search(whole):
            out.append("digit")
        if "-" in whole:
            out.append("hyphen")
    if low_first in countries():
        out.append("country first")
    if lone and low_last in countries():
        out.append("country alone")
    if low_last.endswith("s") and not low_last.endswith("ss"):
        out.append(f"plural {min(len(parts), 2)}")
    return tuple(out)


def left_of(word: str) -> str:
    """Name the evidence in the word before a name, with the blank between them if there is one."""
    return ("before " if word[-1:] == " " else "glued ") + word.lower().removesuffix(" ")


def right_of(tail: str) -> str:
    """Name the evidence behind a name and its possessive: a word, a comma, an age, a mark."""
    mark, _, word = tail.partition(" ")
    if len(tail) < 2 and tail != " ":
        return "mark behind " + tail if tail else ""
    if mark and word[:-1].isdigit() and word[-1:] == ",":
        return "age behind"
    return ("comma behind " if mark else "behind ") + ("Capital" if word[:1].isupper() else word)


def evidence(names: Names, places: Spans) -> tuple[Coded[str], ...]:
    """Gather what speaks for or against some names where they stand; what their own words say comes from `of_words`.

    Parameters
    ----------
    names : Names
        The names.
    places : Spans
        What the places layer has in the same text.

    Returns
    -------
    tuple of Coded
        Columns with a piece of evidence, or "", for each name: what stands before it and behind it, how it stands in
        its sentence, and what the rest of the article says.
    """
    lone = names.lone
    over = [way + place for place in _WHERE for way in ("", "lone ")]
    return (
        *_left(names),
        _said(names.opens, "opens", lone, "lone opens"),
        _said(names.of(names.headed), "headline"),
        *_right(names),
        Coded(2 * _over(names, places) + lone, over),
        _said(names.shared, "shared family name", lone, "family name in article"),
        _said(_written_small(names), "small in article"),
    )


def _said(
    true: npt.NDArray[np.bool_], sign: str, lone: npt.NDArray[np.bool_] | None = None, of_lone: str = ""
) -> Coded[str]:
    """Name a piece of evidence for the names of which it is true; for those of one word it may have a name of its own."""
    numbers = true.astype(np.int64)
    return Coded(numbers if lone is None else numbers * (1 + lone), ("", sign, of_lone))


def _left(names: Names) -> tuple[Coded[str], Coded[str]]:
    """Name the evidence before each name: its office, else the word."""
    pages, start = names.pages, names.start
    office = names.of(map(bool, names.title))
    behind_blank = pages.codes[start - 1] == BLANK
    gap = pages.gaps[np.searchsorted(pages.gaps, start) - 1 - behind_blank]
    words = coded(pages.slices(np.maximum(gap + 1, start - _REACH), start))
    offices = coded(names.title)
    numbers = np.where(office, offices.numbers[names.which] + len(words.values), words.numbers)
    before = [*map(left_of, words.values), *("office " + title for title in offices.values)]
    return _said(office, "office"), Coded(numbers, before)


def _right(names: Names) -> tuple[Coded[str], Coded[str]]:
    """Name the evidence behind each name: a possessive, and what is up to the end of the next word."""
    codes, end = names.pages.codes, names.end
    last = names.pages.ends[names.article]
    possessive = np.isin(codes[end], _APOSTROPHES) & (codes[np.minimum(end + 1, last)] == ord("s"))
    start = end + 2 * possessive
    comma = (codes[start] == ord(",")) & ~possessive
    word = start + comma + 1  # where a word begins, if a blank stands before it
    beside = codes[word - 1] == BLANK
    capital = (codes[word] >= ord("A")) & (codes[word] <= ord("Z"))
    blanks = names.pages.blanks
    stop = np.append(blanks, last[-1:])[np.searchsorted(blanks, word)]
    stop = np.where(capital, word + 1, np.minimum(stop, end + _REACH))
    tails = coded(names.pages.slices(start, np.minimum(np.where(beside, stop, start + 1), last)))
    behind = [right_of(tail) for tail in tails.values]
    of_lone = ["lone " + sign if sign.startswith("behind ") else sign for sign in behind]
    return (
        _said(possessive, "possessive", names.lone, "lone possessive"),
        Coded(tails.numbers + names.lone * len(behind), behind + of_lone),
    )


def _written_small(names: Names) -> npt.NDArray[np.bool_]:
    """Say which names of one word their article also writes small."""
    pages, small = names.pages, names.lone.copy()
    lone = np.flatnonzero(small)
    blanks = pages.blanks
    article = np.searchsorted(blanks, pages.begins)
    article = np.repeat(np.arange(len(article)), np.diff([*article, len(blanks)]))[:-1]
    start, end = blanks[:-1] + 1, blanks[1:]
    # few words have the article, the length, the first and the last letter of a name: only these are looked at
    asked = np.zeros(_SHELVES, dtype=bool)
    asked[_shelf(pages, names.article[lone], names.start[lone], names.end[lone])] = True
    near = asked[_shelf(pages, article, start, end)]
    written = set(zip(article[near].tolist(), pages.slices(start[near], end[near]), strict=True))
    lowered = [words[0].lower() for words in names.words]
    small[lone] = [
        (article, lowered[which]) in written
        for article, which in zip(names.article[lone].tolist(), names.which[lone].tolist(), strict=True)
    ]
    return small


def _shelf(pages: Pages, article: Numbers, start: Numbers, end: Numbers) -> Numbers:
    """Give words that are alike but for capitals the same number, and most others another one."""
    first, last = (_LOWERED[np.minimum(pages.codes[at], len(_LOWERED) - 1)] for at in (start, end - 1))
    number: Numbers = (((end - start) * 512 + first) * 512 + last + 31 * article) % _SHELVES
    return number


def _over(names: Names, places: Spans) -> Numbers:
    """Say how the longest place that was found over each name lies in it: its number in the list of ways."""
    starts, ends = np.array([*places.starts, -1]), np.array([*places.ends, -1])
    first = np.searchsorted(ends[:-1], names.start, side="right")
    behind = np.searchsorted(starts[:-1], names.end)
    place = np.where(behind > first, first, -1)
    for n in np.flatnonzero(behind - first > 1).tolist():
        place[n] += np.argmax((ends - starts)[first[n] : behind[n]])
    begins, stops = starts[place] <= names.start, ends[place] >= names.end
    return np.where(place < 0, 0, np.select([begins & stops, begins, stops], [1, 2, 3], 4))


@lru_cache(maxsize=65_536)
def prior(parts: tuple[str, ...]) -> tuple[int, int]:
    """Add up what the words of a name say for an organisation and for a person."""
    known = weights()
    pairs = [known[sign] for sign in of_words(parts) if sign in known]
    return sum([pair[0] for pair in pairs]), sum([pair[1] for pair in pairs])


def score(names: Names, found: Iterable[Coded[str]]) -> Numbers:
    """Add up what speaks for an organisation and for a person; above zero beats being nobody's name.

    Parameters
    ----------
    names : Names
        The names.
    found : iterable of Coded
        The `evidence` for them.

    Returns
    -------
    array of two columns
        In hundredths, a row for each name.
    """
    row, table = _weight_rows()
    own = np.fromiter(chain.from_iterable(map(prior, names.words)), dtype=np.int64)
    total = own.reshape(-1, 2)[names.which]
    for numbers, signs in found:
        rows = np.fromiter(map(row.get, signs, repeat(0)), dtype=np.int64, count=len(signs))
        total += table[rows[numbers]]
    return total


@cache
def _weight_rows() -> tuple[Mapping[str, int], Numbers]:
    """Give the weights as a table, the first row for what has none, and the row of each piece of evidence."""
    known = weights()
    return {sign: row for row, sign in enumerate(known, 1)}, np.array(
        [(0, 0), *known.values()], dtype=np.int64
    )


@lru_cache(maxsize=65_536)
def why(parts: tuple[str, ...], office: str, person: bool, shared: bool) -> str:
    """Name the piece of evidence that says most to a reader."""
    if person and office:
        return f"evidence: office {office}"
    if person and shared and len(parts) == 1:
        return "evidence: family name in article"
    known = _telling()
    signs = [sign for sign in of_words(parts) if sign in known]
    return f"evidence: {max(signs, key=lambda sign: known[sign][person], default='words')}"


@cache
def _telling() -> Mapping[str, tuple[int, int]]:
    return {sign: pair for sign, pair in weights().items() if not sign.startswith(_PLAIN)}
