"""Runs of capitalised words, cut into the names that may stand in them: title and office off, one name each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.actors.lexicons import mapping, table, words
from analysis.actors.resolved import countries
from analysis.text.plain import PlainText
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
_BREAKS = frozenset('.!?:;“"‘•–—|([\n')


class Name(NamedTuple):
    """What may be a name: its span and words, the office before it, and how it stands in its sentence."""

    start: int
    end: int
    words: tuple[str, ...]
    title: str = ""  # the title's last word, lower case
    role_start: int = -1  # where the words of the office begin
    opens: bool = False  # first in its sentence, or behind a mark that lets a sentence begin
    headed: bool = False  # in a line whose words are all capitalised
    family: str = ""  # the last word, where an office or a first name shows that it is a person's


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


def names(text: PlainText) -> list[Name]:
    """List what may be a name in an article, in order, without overlaps.

    Parameters
    ----------
    text : PlainText
        The article.

    Returns
    -------
    list of Name

    Examples
    --------
    >>> from analysis.text.plain import read
    >>> (text,) = read([{"article_id": "a", "body": "On Monday Ukraine's Defence Minister Ivo Lind met Gen. Marsh."}])
    >>> [(text.body[n.start:n.end], n.title) for n in names(text)]
    [('Ukraine', ''), ('Ivo Lind', 'minister'), ('Marsh', 'gen')]
    """
    body = text.body
    begins = set(text.starts)
    out: list[Name] = []
    for start, end in _runs(body):
        if start in begins:
            opens = True
        else:
            at = start - 1
            while at > 0 and body[at] == " ":
                at -= 1
            opens = at < 0 or body[at] in _BREAKS
        for first, last, parts, title, role, leads, headed, family in _names_of_run(body[start:end]):
            role = role + start if role >= 0 else -1
            out.append(Name(first + start, last + start, parts, title, role, opens and leads, headed, family))
    return out


def _runs(body: str) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words; an organisation's name goes on behind its "of"."""
    last = (-1, -1)
    for match in _RUN.finditer(body):
        start, end = match.span()
        if body[start - 1 : start] == "-":
            start -= 4 if body[start - 4 : start] == "ash-" else 3
        if (
            last[1] >= 0
            and start - last[1] <= 9
            and body[last[1] : start] in _ON
            and _goes_on(
                body[last[0] : last[1]].split(" "), body[last[1] : start], body[start:end].split(" ")
            )
        ):
            last = (last[0], end)
            continue
        if last[1] >= 0:
            yield last
        last = (start, end)
    if last[1] >= 0:
        yield last


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
def _names_of_run(run: str) -> tuple[Name, ...]:
    """Cut a run into names, their places counted from its start; runs come back often."""
    pieces = run.split(" ")
    places = []
    at = 0
    for piece in pieces:
        places.append(at)
        at += len(piece) + 1
    small, never = function_words(), _use("never")
    headed = len(pieces) > 7
    first, n = 0, len(pieces)
    out: list[Name] = []
    while first < n:
        while first < n and (
            pieces[first] in never
            or (pieces[first].lower() in small and not pieces[first].isupper())
            or pieces[first] == "A"
        ):
            first += 1
        stop = first
        while stop < n and pieces[stop] not in never:
            stop += 1
        if first < stop:
            out.extend(_untitled(pieces[first:stop], places[first:stop], first == 0, headed))
        first = stop + 1
    return tuple(out)


def _untitled(pieces: Sequence[str], places: Sequence[int], opens: bool, headed: bool) -> Iterator[Name]:
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
            yield Name(
                places[behind],
                places[stop - 1] + len(pieces[stop - 1]),
                holds,
                title,
                places[begin],
                opens and begin == 0,
                headed,
                _family(holds, title),
            )
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
    known = titles()
    for i in range(first, len(lowered)):
        for size in (3, 2, 1):
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
) -> Name:
    first = _glued(pieces, first, end)
    parts = tuple(pieces[first:end])
    last = places[end - 1] + len(pieces[end - 1])
    return Name(places[first], last, parts, opens=opens, headed=headed, family=_family(parts))


def _family(parts: tuple[str, ...], title: str = "") -> str:
    """Give the last word of a name that an office or a first name shows to be a person's, else nothing."""
    known = words("first_names", "name")
    organised = mapping("organisations", "word", "place")
    shown = (title and title not in _use("doubtful")) or (
        len(parts) in (2, 3) and parts[0].lower() in known and parts[-1] not in organised
    )
    return parts[-1] if shown else ""
