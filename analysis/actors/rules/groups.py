"""Groups of people and acting governments, found by their nouns and the words beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick_rs

from analysis.actors.lexicons import mapping, table
from analysis.actors.names import bare
from analysis.actors.resolved import countries
from analysis.actors.rules.found import Found
from analysis.actors.rules.marks import Span, Spans
from analysis.actors.rules.verbs import forms_of
from analysis.text.tokens import function_words

_BODIES = frozenset({"military", "army", "police", "navy", "government", "militia"})
_DEALT = re.compile(
    r"\b(?:according to|(?:accused|announced|approved|claimed|denied|made|ordered|rejected|backed|imposed|launched|said) by|"
    r"(?:talks?|negotiations?|negotiate|agreement|pact) with|(?:sanctions|pressure) (?:on|against)|appeal(?:ed|s)? to)(?: the)? $"
)
_INSIDE = frozenset("-'’")  # a word with one of these before it is the end of another one
_LINKS = ("to ", "by ", "with ", "on ", "against ")
_HELPERS = r"(?:(?:also|again|then|later|now|has|have|had|will|would|could|may|might|did|does|is|was|not|never|repeatedly|already|long) )*"
_DOES = re.compile(rf"(?:,? (?:meanwhile|too|itself|however),?)? {_HELPERS}([a-z]+)\b(?! by)")
_HELPED = re.compile(r" (?:will|would|could|may|might|did|does|to) ")
_READY = re.compile(
    r" (?:is|was|are|were|remains) (?:not )?(ready|willing|unwilling|prepared|reluctant|determined|keen)\b"
)


@dataclass(frozen=True)
class Finder:
    """Words to be looked for as wholes, with what each of them stands for."""

    automaton: ahocorasick_rs.AhoCorasick
    meanings: tuple[tuple[str, str], ...]

    def find(self, body: str) -> list[tuple[int, int, str, str]]:
        """Give start, end and the two meanings of each word found whole."""
        return [
            (start, end, *self.meanings[number])
            for number, start, end in self.automaton.find_matches_as_indexes(body)
            if not (
                (before := body[start - 1 : start]).isalnum()
                or before in _INSIDE
                or (behind := body[end : end + 1]).isalnum()
                or behind == "-"
            )
        ]


def finder(words: Mapping[str, tuple[str, str]]) -> Finder:
    """Make a finder of words; of two that begin together the longer is found."""
    kept = sorted(words)
    automaton = ahocorasick_rs.AhoCorasick(
        kept,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        # three times as fast as what the library chooses by itself, and these lists are short
        implementation=ahocorasick_rs.Implementation.DFA,
    )
    return Finder(automaton, tuple(words[word] for word in kept))


@cache
def group_finder() -> Finder:
    """Find group nouns in the plural, and the bodies that act as one, each with its lemma and whether it stands alone."""
    rows = {row["noun"]: row["alone"] for row in table("group_nouns")}
    irregular = {row["noun"]: row["word"] for row in table("group_words") if row["use"] == "plural"}
    out = {}
    for noun, alone in rows.items():
        plural = irregular.get(noun) or (noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
        for form in {plural, *({noun} if noun in _BODIES else ())}:
            out[form] = (noun, alone)
            out[form.capitalize()] = (noun, alone)
    return finder(out)


@cache
def _before() -> frozenset[str]:
    return frozenset(row["word"] for row in table("group_words") if row["use"] == "before")


def groups(body: str, taken: Spans, peoples: Sequence[Span]) -> list[Found]:
    """Find groups: plural group nouns with what defines them, and peoples by their name.

    Parameters
    ----------
    body : str
        The article.
    taken : Spans
        Names that are mentions already; a group is named by them and begins behind.
    peoples : sequence of (start, end)
        Words for peoples, from the places layer.

    Returns
    -------
    list of Found
    """
    ends = dict(zip(taken.ends, taken.starts, strict=True))
    out: list[Found] = []
    for start, end, noun, alone in group_finder().find(body):
        if taken.hold(start):
            continue
        first, own, defined = _extent(body, start, ends)
        if noun in _BODIES and not defined and not body[start:end].endswith("s"):
            continue
        if defined or (alone == "yes" and body[start].islower()):
            rule = "defined group" if defined else "group noun"
            out.append(Found(own, end, "group", rule, _plain(body[first:end])))
    nouns = {spot.start for spot in out}
    small = function_words()
    for start, end in peoples:
        word = body[start:end]
        following = body[end + 1 : end + 20].split(" ", 1)[0]
        if (
            word.endswith("s")
            and body[end : end + 1] not in {"'", "’"}
            and start not in nouns
            and not taken.hold(start)
        ):
            if body[end : end + 1] == " " and following[:1].isupper() and following.lower() not in small:
                continue
            out.append(Found(start, end, "group", "people", word))
    return out


def _extent(body: str, start: int, ends: Mapping[int, int]) -> tuple[int, int, bool]:
    """Give where a group's name begins, where its mention begins, and whether a name or people defines it."""
    first = own = start
    defined = False
    for _ in range(5):
        left = body[max(0, first - 32) : first]
        if left[-1:] != " ":
            break
        word = left[:-1].rsplit(" ", 1)[-1].rsplit("\n", 1)[-1]
        at = first - 1 - len(word)
        if not word or not (word[-1].isalnum() or word[-1] in "'’‘" or (word[-1] == "." and word.isupper())):
            break
        bare_word = word.removesuffix("'s").removesuffix("’s").removesuffix("‘s")
        name = ends.get(at + len(bare_word))
        if name is not None:
            return name, own, True
        capital = word[:1].isupper() and word.lower() not in function_words()
        hyphened = "-" in word and any(
            part[:1].isupper() or part in {"pro", "anti"} for part in word.split("-")
        )
        if not (capital or hyphened or word in _before()):
            break
        if (
            capital
            and bare_word.lower() not in countries()
            and word.lower() not in _before()
            and "-" not in word
        ):
            defined = True
        defined = defined or hyphened or bare_word.lower() in countries()
        first = own = at
    return first, own, defined


def _plain(name: str) -> str:
    """Write a group's name without possessives: "Russia’s forces" is "Russia forces"."""
    for mark in ("’s ", "'s ", "‘s ", "’ ", "' "):
        name = name.replace(mark, " ")
    return bare(name)


@cache
def _acting() -> Mapping[str, str]:
    """Map forms of verbs whose subject, if it is a capital or a country, is its government, to the lemma."""
    acts = [row["lemma"] for row in table("metonymy") if row["use"] == "acts"]
    return {form: lemma for form, (lemma, what) in forms_of(acts).items() if what != "ing"}


def _verb(match: re.Match[str]) -> str:
    """Give the lemma of the verb behind a name; a base form must have a helper before it ("Moscow will retaliate")."""
    form = match[1]
    lemma = _acting().get(form, "")
    return "" if form == lemma and not _HELPED.search(match[0]) else lemma


@lru_cache(maxsize=65_536)
def lean(surface: str) -> str:
    """Write a name without an article or a possessive, and remember it."""
    return bare(surface)


def governments(
    body: str,
    places: Sequence[tuple[int, int, str]],
    taken: Spans,
    capitals: Mapping[str, str],
) -> list[Found]:
    """Find countries and capitals that act: "Moscow said", "according to Ankara".

    Parameters
    ----------
    body : str
        The article.
    places : sequence of (start, end, kind)
        The places layer.
    taken : Spans
        Mentions already found.
    capitals : mapping of str to str
        Lower-case names with the government's name.

    Returns
    -------
    list of Found
    """
    begun = set(taken.starts)
    use = mapping("metonymy", "lemma", "use")
    out = []
    for start, end, kind in places:
        actor = capitals.get(lean(body[start:end]).lower())
        if actor is None or start in begun:
            continue
        why = ""
        verb = _DOES.match(body, end)
        state = _READY.match(body, end)
        before = body[max(0, start - 9) : start].removesuffix("the ")
        dealt = _DEALT.search(body, max(0, start - 40), start) if before.endswith(_LINKS) else None
        if verb is not None and use.get(lemma := _verb(verb)) == "acts":
            why = f"subject of {lemma}"
        elif state is not None:
            why = f"subject of be {state[1]}"
        elif dealt is not None:
            why = dealt[0].strip()
        elif kind == "metonym":
            why = "words beside it"
        if why:
            out.append(Found(start, end, "government", f"metonymy: {why}", actor))
    return out
