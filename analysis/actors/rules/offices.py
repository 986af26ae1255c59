"""Offices: written beside a person, or standing for one; and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from analysis.actors.lexicons import words
from analysis.actors.rules.asked import Asked
from analysis.actors.rules.found import Found, spans_of
from analysis.actors.rules.groups import Finder, finder
from analysis.actors.rules.marks import Spans
from analysis.actors.rules.pages import BLANK, Pages
from analysis.actors.rules.speaking import cues

if TYPE_CHECKING:
    from analysis.codebook import Codebook

# "Anna Berg, the head of the local administration," and "Anna Berg, 46, a baker"
_APPOSITION = re.compile(
    r", (?:\d{1,3}, )?((?:an?|the|who is an?) [^,.;:\n“”\"()–—\0]{3,80}|[a-z][^,.;:\n“”\"()–—\0]{2,60})(?=[,.–—\0])"
)
# an office written small before the name: "Ukraine’s president Anna Berg", "the mayor, Anna Berg,"
_OFFICE_BEFORE = re.compile(r"(?:(?:\b[Tt]he |\b[\w-]+['’]s )?(?:[\w’'-]+ ){0,3}?)([a-z-]+),? $")
_DEFINITE = re.compile(r"\b([Tt]he|[A-Z][a-z]+['’]s) (?:[\w-]+ ){0,2}$")
_PRONOUN = re.compile(r"(?<![\w'’-])([Hh]e|[Ss]he) (?:also |later |then |had |has |would )?$")
_BEFORE_CUE = frozenset({"e ", "o ", "r ", "n ", "d ", "s "})
_OF = re.compile(r" of (?:the )?([A-Z]\w+)")
_AGAINST = {
    "she": frozenset({"mr", "sir", "lord", "king", "prince"}),
    "he": frozenset({"mrs", "ms", "miss", "lady", "queen", "dame"}),
}


def with_roles(pages: Pages, found: pl.DataFrame) -> pl.DataFrame:
    """Add the office or description that stands beside a person who has none yet."""
    roles, starts, ends = found["role"].to_list(), found["start"].to_numpy(), found["end"].to_numpy()
    bare = ((found["kind"] == "person") & (found["role"] == "")).to_numpy()
    known = words("role_nouns", "noun")
    spaced = np.flatnonzero(bare & (pages.codes[starts - 1] == BLANK))
    gap = pages.gaps[np.searchsorted(pages.gaps, starts[spaced]) - 2]
    before = pages.slices(gap + 1, starts[spaced] - 1)
    for n, word in zip(spaced.tolist(), before, strict=True):
        last = word.rstrip(",")
        if last in known or last.split("-", 1)[0] in known:
            roles[n] = _written_before(pages.text, int(starts[n]))
    for n in np.flatnonzero(bare & (pages.codes[ends] == ord(","))).tolist():
        roles[n] = roles[n] or _written_behind(pages.text, int(ends[n]))
    return found.with_columns(pl.Series("role", roles, dtype=pl.String))


def _written_before(text: str, start: int) -> str:
    found = _OFFICE_BEFORE.search(text[max(0, start - 60) : start].rsplit("\n", 1)[-1])
    return _short(found[0].strip(" ,")) if found else ""


def _written_behind(text: str, end: int) -> str:
    found = _APPOSITION.match(text, end)
    if found is None:
        return ""
    said = found[1].removeprefix("who is ")
    told = said.startswith(("a ", "an ")) or not words("role_nouns", "noun").isdisjoint(said.split())
    return _short(said) if told else ""


def _short(role: str) -> str:
    return " ".join(role.split()[:12])


def roles(
    pages: Pages, found: pl.DataFrame, ask: Asked, listed: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[Found]:
    """Find definite roles that stand for one person: "the Ukrainian president", "Harland's foreign minister".

    Parameters
    ----------
    pages : Pages
        The articles.
    found : polars.DataFrame
        Their mentions, in order and without overlaps.
    ask : Asked
        Questions to the codebook.
    listed : mapping of (noun, place) to names
        The holders of offices that the codebook lists.

    Returns
    -------
    list of Found
    """
    text, begins = pages.text, pages.begins.tolist()
    people = found.filter(pl.col("kind") == "person")
    taken = spans_of(people)
    holders = defaultdict(list)
    articles = pages.article(people["start"].to_numpy()).tolist()
    for article, start, actor, role in zip(
        articles, taken.starts, people["actor"].to_list(), people["role"].to_list(), strict=True
    ):
        if role:
            holders[article].append((start, actor, *ask.office(role.lower())))
    edges = {*found["start"].to_list(), *found["end"].to_list()}
    out = []
    for start, end, _, _ in _role_finder().find(text):
        if end + 1 in edges:
            continue
        here = holders.get(bisect_right(begins, start) - 1, ())
        left = _DEFINITE.search(text, max(0, start - 40), start) if here or listed else None
        if left is None:
            continue
        phrase = text[left.start() : end].lower().removeprefix("the ")
        noun, place = ask.office(phrase)
        of = _OF.match(text, end)
        if not place and of is not None:
            place = ask.office(of[1].lower())[1]
        who = {actor for at, actor, n, p in here if n == noun and p == place and (place or at < start)}
        if not who and place:
            who = set(listed.get((noun, place), ()))
        begin = left.end(1) + 1 if left[1].lower() == "the" else left.start()
        if len(who) == 1 and not taken.over(begin, end):
            out.append(Found(begin, end, "person", f"role: {phrase}", who.pop()))
    return out


@cache
def _role_finder() -> Finder:
    return finder({noun.rsplit(" ", 1)[-1]: ("", "") for noun in words("role_nouns", "noun")})


def pronouns(pages: Pages, found: pl.DataFrame, marks: Spans, codebook: Codebook) -> list[Found]:
    """Resolve "he" and "she" before a reporting verb where this and the last paragraph name a single person."""
    text = pages.text
    people = found.filter(pl.col("kind") == "person")
    starts, actors, roles = (people[name].to_list() for name in ("start", "actor", "role"))
    out = []
    for page, begin in zip(pages.texts, pages.begins.tolist(), strict=True):
        for cue in [begin + cue[0] for cue in cues(page.body, codebook)]:
            match = _PRONOUN.search(text, cue - 12, cue) if text[cue - 2 : cue] in _BEFORE_CUE else None
            if match is None or marks.hold(match.start()):
                continue
            at, end = match.span(1)
            line = text.rfind("\n", begin, text.rfind("\n", begin - 1, at))
            before = range(bisect_left(starts, max(line, begin)), bisect_left(starts, at))
            near = [n for n in before if not marks.hold(starts[n])]
            if len({actors[n] for n in near}) != 1:
                continue
            actor, role, who = actors[near[-1]], roles[near[-1]], match[1].lower()
            title = role.lower().rstrip(".").split(" ")[0]
            if title not in _AGAINST[who]:
                out.append(Found(at, end, "person", f"pronoun: {who}", actor))
    return out
