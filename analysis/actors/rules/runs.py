"""Runs of capitalised words, cut into the names that may stand in them: title and office off, one name each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, repeat

import numpy as np
import numpy.typing as npt

from analysis.actors.lexicons import mapping, table, words
from analysis.actors.resolved import countries
from analysis.actors.rules.pages import BLANK, Numbers, Pages, coded
from analysis.text.tokens import function_words

_UPPER = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper())
_PARTICLES = "(?:al|el|as|ad|an|ar|at|az|ul|ud)-"
_APART = r"(?<![\w@#/’'.-])"
# what follows the first capital of a word: "U.S.", "J." before a name, "O’Brien", "Smith-Lind", "Gen."
_REST = (
    rf"(?:(?:\.[{_UPPER}])+\.?|\.(?= [{_UPPER}])"
    rf"|\w*(?:[-‑'’‘](?:\w*[{_UPPER}]\w*|(?<=['’])\w{{2,}}|(?<=-)\w+))*(?:\.(?:(?<=\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr|Co)\.)"
    r"|(?<=\b(?:Mrs|Gen|Col|Sgt|Cpl|Maj|Pvt|Sen|Rep|Gov|Rev|Hon|Adm|Det|Inc|Ltd)\.)"
    r"|(?<=\b(?:Prof|Capt|Cmdr|Brig|Insp|Corp)\.)))?)"
)
# small words inside a personal name, and the few that join the words of a title or a firm
_BETWEEN = r"(?: (?:de|van|von|der|den|del|della|di|da|du|la|le|bin|ibn|el|al|ben|dos|ter|of State|&)){0,2} "
# the first capital comes first, because the search for one letter of a set is fast; a particle is looked back for
_RUN = re.compile(
    rf"[{_UPPER}](?:(?<![\w@#/’'.-].)|(?<={_APART}{_PARTICLES}.)|(?<={_APART}ash-.)){_REST}"
    rf"(?:(?:{_BETWEEN}|, (?=(?:Jr|Sr|Inc)\.))(?:{_PARTICLES}|ash-)?[{_UPPER}]{_REST})*"
)
# an organisation's name goes on behind these: "Ministry of Defence", "Committee to Protect Journalists"
_ON = frozenset({" of ", " of the ", " for ", " for the ", " on ", " to ", " against ", " and "})
_FAR = max(map(len, _ON))
_BREAKS = np.array([ord(mark) for mark in '.!?:;“"‘•–—|([\n'], dtype=np.uint32)
_HYPHEN = ord("-")


# what a run is cut into: where a name begins and ends in the run, its words, the last word of the title before it, how far
# before it the office begins, whether it may open a sentence, whether it stands in a line whose words are all
# capitalised, and the last word where an office or a first name shows that it is a person's
Cut = tuple[int, int, tuple[str, ...], str, int, bool, bool, str]


@cache
def _use(use: str) -> frozenset[str]:
    """Give the words that the list has for one use."""
    return frozenset(row["word"] for row in table("run_words") if row["use"] == use)


@cache
def titles() -> dict[tuple[str, ...], str]:
    """Give titles and role nouns as tuples of lower-case words, with the kind of title."""
    out = {tuple(noun.split()): "role" for noun in words("role_nouns", "noun")}
    out.update({tuple(row["title"].split()): row["kind"] for row in table("titles")})
    return out


@cache
def _title_openers() -> frozenset[str]:
    return frozenset(words[0] for words in titles())


@dataclass(frozen=True)
class Names:
    """What may be a name in some articles: where each stands, and which of the names it is that runs were cut into."""

    pages: Pages
    start: Numbers
    end: Numbers
    opens: npt.NDArray[np.bool_]
    which: Numbers
    words: Sequence[tuple[str, ...]]
    title: Sequence[str]
    office: Sequence[int]  # where the words of the office begin, counted back from the name; 0 for none
    headed: Sequence[bool]
    family: Sequence[str]

    def of(self, values: Iterable[bool]) -> npt.NDArray[np.bool_]:
        """Give each name what is said of it as it was cut."""
        return np.array(list(values), dtype=bool)[self.which]

    @cached_property
    def article(self) -> Numbers:
        """The number of each name's article."""
        return self.pages.article(self.start)

    @cached_property
    def lone(self) -> npt.NDArray[np.bool_]:
        """Whether the name has one word."""
        return self.of(len(words) == 1 for words in self.words)

    @cached_property
    def shared(self) -> npt.NDArray[np.bool_]:
        """Whether the last word is the family name of a person who is named in full in the article."""
        last = coded(words[-1] for words in self.words)
        borne = self.article * len(last.values) + last.numbers[self.which]
        return np.isin(borne, borne[self.of(map(bool, self.family))])


def names(pages: Pages) -> Names:
    """List what may be a name in some articles, in order, without overlaps.

    Parameters
    ----------
    pages : Pages
        The articles.

    Returns
    -------
    Names

    Examples
    --------
    >>> from analysis.actors.rules.pages import pages_of
    >>> from analysis.text.plain import read
    >>> body = "On Monday Ukraine's Defence Minister Ivo Lind met Gen. Marsh."
    >>> pages = pages_of(read([{"article_id": "a", "body": body}]))
    >>> found = names(pages)
    >>> [(" ".join(found.words[which]), found.title[which]) for which in found.which]
    [('Ukraine', ''), ('Ivo Lind', 'minister'), ('Marsh', 'gen')]
    """
    starts, ends = _runs(pages)
    runs = coded(pages.slices(starts, ends))
    cuts = [_names_of_run(run) for run in runs.values]
    columns = zip(*chain.from_iterable(cuts), strict=True) if any(cuts) else repeat((), 8)
    first, last, words, title, office, leads, headed, family = columns
    sizes = np.array([len(cut) for cut in cuts], dtype=np.int64)
    # each run is followed by its names
    size = sizes[runs.numbers]
    run = np.repeat(np.arange(len(starts)), size)
    within = np.arange(len(run)) - np.repeat(np.cumsum(size) - size, size)
    which = (np.cumsum(sizes) - sizes)[runs.numbers[run]] + within
    start, end = (starts[run] + np.array(edge, dtype=np.int64)[which] for edge in (first, last))
    opens = np.array(leads, dtype=bool)[which] & _opens(pages, starts)[run]
    return Names(pages, start, end, opens, which, words, title, office, headed, family)


def _opens(pages: Pages, starts: Numbers) -> npt.NDArray[np.bool_]:
    """Say which runs stand first in their sentence, or behind a mark that lets a sentence begin."""
    before = starts - 1
    while (blank := pages.codes[before] == BLANK).any():
        before = before - blank
    begun = np.zeros(len(pages.codes) + 1, dtype=bool)
    begun[pages.sentences] = True
    return begun[starts] | np.isin(pages.codes[before], _BREAKS)


def _runs(pages: Pages) -> tuple[Numbers, Numbers]:
    """Give the runs of capitalised words; an organisation's name goes on behind its "of"."""
    text = pages.text
    edges = chain.from_iterable(map(re.Match.span, _RUN.finditer(text)))
    spans = np.fromiter(edges, dtype=np.int64).reshape(-1, 2)
    starts, ends = spans[:, 0], spans[:, 1].copy()
    for n in np.flatnonzero(pages.codes[starts - 1] == _HYPHEN).tolist():  # "al-Assad"
        starts[n] -= 4 if text[starts[n] - 4 : starts[n]] == "ash-" else 3
    begun: dict[int, int] = {}  # runs that go on, each with the one its name begins with
    for n in np.flatnonzero(starts[1:] - ends[:-1] <= _FAR).tolist():
        gap = text[spans[n, 1] : starts[n + 1]]
        if gap not in _ON:
            continue
        first = begun.get(n, n)
        left, right = text[starts[first] : spans[n, 1]], text[starts[n + 1] : spans[n + 1, 1]]
        if _goes_on(left.split(" "), gap, right.split(" ")):
            begun[n + 1] = first
            ends[first] = spans[n + 1, 1]
    kept = np.ones(len(starts), dtype=bool)
    kept[list(begun)] = False
    return starts[kept], ends[kept]


def _goes_on(left: Sequence[str], gap: str, right: Sequence[str]) -> bool:
    """Say whether a small word joins two runs into one name: "Ministry of Defence", "Food and Drug Administration"."""
    if right[0] in _use("never"):
        return False
    if gap != " and ":
        return not _use("head").isdisjoint(left[-2:])
    if len(left) > 2 and not _use("head").isdisjoint(left) and left[-2] in {"of", "for", "on"}:
        return True
    organised = mapping("organisations", "word", "place")
    return (
        len(left) > 1
        and len(right) > 1
        and organised.get(right[-1]) in {"last", "any"}
        and organised.get(left[-1]) not in {"last", "any"}
        and left[-1].lower() not in countries()
        and left[0].lower() not in words("first_names", "name")
    )


@lru_cache(maxsize=65_536)
def _names_of_run(run: str) -> tuple[Cut, ...]:
    """Cut a run into names; runs come back often."""
    pieces = run.split(" ")
    if len(pieces) == 1:  # half of all runs
        nobody = _small(run) or (run.lower().rstrip("."),) in titles()
        return () if nobody else ((0, len(run), (run,), "", 0, True, False, ""),)
    places = []
    at = 0
    for piece in pieces:
        places.append(at)
        at += len(piece) + 1
    never = _use("never")
    headed = len(pieces) > 7
    first, n = 0, len(pieces)
    out: list[Cut] = []
    while first < n:
        while first < n and _small(pieces[first]):
            first += 1
        stop = first
        while stop < n and pieces[stop] not in never:
            stop += 1
        if first < stop:
            out.extend(_untitled(pieces[first:stop], places[first:stop], first == 0, headed))
        first = stop + 1
    return tuple(out)


def _small(word: str) -> bool:
    """Say whether a word begins no name, though it is written with a capital."""
    return word in _use("never") or (word.lower() in function_words() and not word.isupper()) or word == "A"


def _untitled(pieces: Sequence[str], places: Sequence[int], opens: bool, headed: bool) -> Iterator[Cut]:
    """Take the offices out of a run: what stands before one is a name of its own, what stands behind is its holder."""
    lowered = [piece.lower().rstrip(".") for piece in pieces]
    n = len(pieces)
    first = 0
    while first < n:
        i, size = _office(lowered, first)
        if i < 0:
            yield _name(pieces, places, first, n, opens=opens and first == 0, headed=headed)
            return
        begin = i
        while begin > first and (lowered[begin - 1] in _use("office") or lowered[begin - 1] in countries()):
            begin -= 1
        behind = i + size
        while behind < n:  # "Gen. Sir", "President-elect General"
            more, extent = _office(lowered, behind)
            if more != behind:
                break
            behind += extent
        holder = behind < n
        if holder and not _is_title(pieces, lowered, begin, behind):
            yield _name(pieces, places, first, n, opens=opens and first == 0, headed=headed)
            return
        if begin > first:
            yield _name(pieces, places, first, begin, opens=opens and first == 0, headed=headed)
        if holder:
            nxt, _ = _office(lowered, behind)
            stop = n if nxt < 0 else nxt
            holds = tuple(pieces[behind:stop])
            title = lowered[behind - 1]
            last = places[stop - 1] + len(pieces[stop - 1])
            office = places[behind] - places[begin]
            leads = opens and begin == 0
            yield places[behind], last, holds, title, office, leads, headed, _family(holds, title)
            first = stop
        else:
            return


def _is_title(pieces: Sequence[str], lowered: Sequence[str], begin: int, behind: int) -> bool:
    """Say whether the words before a name are its title; "General Electric Company" has none."""
    last = behind - 1
    return (
        lowered[last] not in _use("doubtful")
        or "." in pieces[last]
        or behind - begin > 1
        or lowered[behind] in words("first_names", "name")
        or behind == len(pieces) - 1
    )


def _office(lowered: Sequence[str], first: int) -> tuple[int, int]:
    """Find the first title or role in a run: its place and how many words it has, or -1."""
    known, first_words = titles(), _title_openers()
    for i in range(first, len(lowered)):
        for size in (3, 2, 1) if lowered[i] in first_words else ():
            if tuple(lowered[i : i + size]) in known and i + size <= len(lowered):
                return i, size
    return -1, 0


def _glued(pieces: Sequence[str], first: int, end: int) -> int:
    """Skip a word glued to a full name, such as a profession that opens the sentence: "Nutritionist Anna Berg"."""
    known = words("first_names", "name")
    while (
        end - first > 2
        and pieces[first + 1].lower() in known
        and pieces[first].lower() not in known
        and len(pieces[first].rstrip(".")) > 1
        and mapping("organisations", "word", "place").get(pieces[end - 1]) is None
    ):
        first += 1
    return first


def _name(
    pieces: Sequence[str], places: Sequence[int], first: int, end: int, *, opens: bool, headed: bool
) -> Cut:
    first = _glued(pieces, first, end)
    parts = tuple(pieces[first:end])
    last = places[end - 1] + len(pieces[end - 1])
    return places[first], last, parts, "", 0, opens, headed, _family(parts)


def _family(parts: tuple[str, ...], title: str = "") -> str:
    """Give the last word of a name that an office or a first name shows to be a person's, else nothing."""
    known = words("first_names", "name")
    organised = mapping("organisations", "word", "place")
    shown = (title and title not in _use("doubtful")) or (
        len(parts) in (2, 3) and parts[0].lower() in known and parts[-1] not in organised
    )
    return parts[-1] if shown else ""
