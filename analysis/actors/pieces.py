"""Cut the model's entities into single names: lists, owners, credits, offices glued to a name, links run into text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cache

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping, table, words
from analysis.actors.names import family_names, first_names, name_words
from analysis.actors.resolved import countries
from analysis.actors.spots import is_capital, joined

Piece = tuple[int, int, str]

_LONGEST = 12
_SUFFIXES = frozenset({"Inc", "Corp", "Ltd", "LLC", "Jr", "Sr", "II", "III", "MD", "M.D"})
# words that open names of places and churches: "San Mira Lund"
_SAINTS = frozenset(
    {"san", "santa", "saint", "st", "fort", "camp", "lake", "mount", "port", "los", "las", "new"}
)
_OFFICIAL = frozenset({"intelligence", "security", "un", "usa", "state", "defense", "defence", "questioner"})
_BRACKETS = frozenset("()[]{}|@#*•")
# links of a topic page that a copy ran into the sentence, behind the name they belong to: "Mira Lund Mira Ann
# LundHarbour closed again Council meets MORE (D-Aster)"
_LINKS = (
    re.compile(
        r"\b([A-Z][\w’'-]+)(?:,? (?:Jr|Sr)\.)?(?P<links> (?=[A-Z])(?:[^\n]{0,60}?\b)??\1(?=[A-Z0-9])[^\n]{0,900}? MORE)\b"
    ),
    re.compile(
        r"\b([A-Z][\w’'-]+) ([A-Z][\w’'-]+)(?P<links> \1 [^\n]{0,40}?\b\2 (?=[A-Z])[^\n]{0,900}? MORE)\b"
    ),
)
# a word and the next one written as one: "LundHarbour", "Lund2020"; not "McLund" or "DeLund"
_GLUED = re.compile(r"^(?!Fitz)[A-Z][a-z]{3,}(?:[A-Z][a-z]{2,}|\d+)")
# who stands behind the stroke of a picture credit: "Ivo Lind/AP"
_CREDITED = re.compile(
    r"[A-Z]{2,5}\b|Getty|Reuters|Shutterstock|Bloomberg|Zuma|Pool|Sipa|Corbis|Associated Press"
)


def pieces(g: Grammar) -> list[Piece]:
    """Return the model's entities, each cut down to a single name.

    Parameters
    ----------
    g : Grammar
        The article.

    Returns
    -------
    list of (first, end, label)
        In text order; entities inside links or credits are left out.
    """
    hidden = no_prose(g)
    out: list[Piece] = []
    for first, end, label in g.entities:
        shown = next((i for i in range(first, end) if i in hidden), end)
        for start, stop in _between_marks(g, first, shown):
            out.extend(_single(g, start, _given_name_ends(g, start, stop), label))
    return _usual(g, out)


def _given_name_ends(g: Grammar, first: int, end: int) -> int:
    """Return where a name ends whose given name goes on behind a hyphen: the model leaves "Jae-in" at "Jae"."""
    if end + 1 < len(g.text) and joined(g, end + 1):
        words = name_words(g.span(first, end + 2))
        if len(words) == 2 and words[-1] == g.text[first].lower():
            return end + 2
    return end


def _usual(g: Grammar, found: list[Piece]) -> list[Piece]:
    """Give a name of several words that is now a person, now an organisation, the label it has most often."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for first, end, label in found:
        if end - first > 1 and label in {"PERSON", "ORG"}:
            votes[g.span(first, end)][label] += 1
    return [
        (first, end, max(("PERSON", "ORG"), key=counted.__getitem__))
        if len(counted := votes.get(g.span(first, end), Counter())) > 1 and label in {"PERSON", "ORG"}
        else (first, end, label)
        for first, end, label in found
    ]


def no_prose(g: Grammar) -> frozenset[int]:
    """Return the tokens in which nobody is mentioned: links that a copy of a page ran into a sentence, long lists of names.

    A dozen capitalised words and more without a small one or a mark between them are the entries of a form.
    """
    out: set[int] = set()
    if " MORE" in g.body:
        for match in (match for pattern in _LINKS for match in pattern.finditer(g.body)):
            first, end = match.span("links")
            out.update(range(bisect_left(g.start, first), bisect_left(g.start, end)))
    start = 0
    for i, word in enumerate([*g.text, ""]):
        if not (word[:1].isupper() and not word.isupper()):
            if i - start > _LONGEST:
                out.update(range(start, i))
            start = i + 1
    return frozenset(out)


def _between_marks(g: Grammar, first: int, end: int) -> list[tuple[int, int]]:
    """Cut at commas, dashes, brackets and signs; "Berg, Jr." and "Marco] Berg" stay whole."""
    cuts = [
        i
        for i in range(first, end)
        if (g.text[i] == "," and g.text[min(i + 1, end - 1)].rstrip(".") not in _SUFFIXES)
        or (g.text[i] in {"-", "–", "—", ":"} and i > first and g.end[i - 1] < g.start[i])
        or (g.text[i][:1] in _BRACKETS and not (g.text[i] == "]" and _spelt_out(g, i)))
    ]
    parts = zip([first, *(i + 1 for i in cuts)], [*cuts, end], strict=True)
    return [(start, stop) for start, stop in parts if start < stop]


def _spelt_out(g: Grammar, i: int) -> bool:
    """Say whether a bracket closes what an editor put into a name: "[Mira] Lund", "M[ira] Lund"."""
    return any(g.text[k] == "[" for k in range(max(0, i - 3), i))


def _single(g: Grammar, first: int, end: int, label: str) -> list[Piece]:
    """Cut one entity between its marks into the names it holds."""
    for cut in (_glued, _credit, _owners, _pair, _two_people, _office_before):
        found = cut(g, first, end, label)
        if found is not None:
            return found
    return [(first, end, label)]


def _glued(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """End a person's name before a word that another is glued to."""
    glued = next((i for i in range(first, end) if _GLUED.match(g.text[i])), end)
    if label != "PERSON" or end - first < 2 or glued == end:
        return None
    return [(first, glued, label)] if glued - first > 1 else []


def _credit(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Leave out a picture's author: "Ivo Lind/AP", "Ivo Lind / Some Agency"."""
    if label not in {"PERSON", "ORG"}:
        return None
    inner = next((i for i in range(first, end) if "/" in g.text[i] and g.text[i] != g.text[first]), -1)
    at = inner if inner >= 0 else end
    if at >= len(g) or "/" not in g.text[at] or at - first > 4:
        return None
    behind = g.start[at] + g.text[at].index("/") + 1
    if label == "PERSON" or g.lower[first] in first_names():
        if _CREDITED.match(g.body[behind:].lstrip(" ")):
            return []
        if inner >= 0 and label == "PERSON":
            return [(inner + 1, end, label)] if inner + 1 < end else []
    return None


def _owners(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut an entity in two that takes a person in with what the person belongs to: "Alder Times’ Anna Berg"."""
    known, titles = first_names(), mapping("titles", "title", "kind")
    for i in range(first + 1, end - 1):
        owns = g.tag[i] == "POS" or g.text[i] in {"’", "'"}
        if owns and (g.lower[i + 1] in known or g.lower[i + 1].rstrip(".") in titles):
            return [(first, i, "ORG" if label == "PERSON" else label), (i + 1, end, "PERSON")]
        # "Lund's Council of Harbours": a person and a body
        if owns and label in {"ORG", "PERSON"} and i == first + 1 and g.text[first] in surnames_of(g):
            return [(first, i, "PERSON"), (i + 1, end, label)]
        if g.lower[i] == "of" and label == "ORG" and i == first + 1 and g.text[first] in surnames_of(g):
            return [(first, i, "PERSON"), (i + 1, end, "ORG")]
    return None


def surnames_of(g: Grammar) -> set[str]:
    """Return the last words of full names in the article."""
    return {
        g.text[end - 1]
        for first, end, label in g.entities
        if label == "PERSON" and end - first > 1 and g.lower[first] in first_names()
    }


def _pair(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut "Berg and Lindt"; two names joined by "&" are a firm."""
    both = end - first == 3 and g.lower[first] in family_names() and g.lower[end - 1] in family_names()
    if label != "PERSON" and not (label == "ORG" and both and g.text[first] in surnames_of(g)):
        return None
    label = "PERSON"
    if any(g.text[i] == "&" for i in range(first + 1, end - 1)):
        return [(first, end, "ORG")]
    at = next((i for i in range(first + 1, end - 1) if g.lower[i] in {"and", "or"}), -1)
    return [(first, at, label), (at + 1, end, label)] if at >= 0 else None


def _two_people(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut "Lund Stern" where each is the family name of somebody in the article: a heading that lists them."""
    known = surnames_of(g)
    if label != "PERSON" or end - first != 2 or g.lower[first] in first_names():
        return None
    if g.text[first] in known and g.text[first + 1] in known:
        full = {(g.text[f], g.text[e - 1]) for f, e, kind in g.entities if kind == "PERSON" and e - f > 2}
        if not any(pair[0] == g.text[first] for pair in full):
            return [(first, first + 1, label), (first + 1, end, label)]
    return None


def _office_before(g: Grammar, first: int, end: int, label: str) -> list[Piece] | None:
    """Cut off what stands before a full name: "National Harbours Mira Lund", "Governors Ivo Stern", "Swede Mira Lund"."""
    if label not in {"PERSON", "ORG", "NORP", "GPE"} or end - first < 2:
        return None
    before = [word.lower().rstrip(".") for word in g.text[first:end]]
    if label == "PERSON":
        k = next((k for k in range(end - first) if not _before_a_name(before[k])), end - first)
        # "Baker Mira Lund": Baker is a profession and a family name
        sure = k and (end - first - k > 1 or before[0] not in family_names())
        return (
            [(first + k, end, label)] if sure and k < end - first and before[0] not in first_names() else None
        )
    last = g.text[end - 1]
    if last in mapping("organisations", "word", "place") or not all(
        is_capital(word) for word in g.text[first:end]
    ):
        return None
    if end - first == 2 and label == "ORG":
        office = g.text[first] in words("offices") or before[0] in _bodies()
        return [(end - 1, end, "PERSON")] if office and last in surnames_of(g) else None
    for i in range(first + 1, end - 1):
        given = before[i - first].split("-")[0] in first_names()
        if not given or end - i > 4 or before[0] in first_names() or before[0] in _SAINTS:
            continue
        if last.lower() in words("ordinary_words") or last.lower() in countries() or not last.isalpha():
            return None
        named = last in surnames_of(g) or last.lower() in family_names() or before[i - 1 - first] in _OFFICIAL
        return [(first, i, label), (i, end, "PERSON")] if named else None
    return None


def _before_a_name(word: str) -> bool:
    """Say whether a word is an office, a profession, a people or a body, so that the name begins behind it."""
    if word in _peoples() or word in _bodies():
        return True
    roles, titles = words("role_nouns", "noun"), mapping("titles", "title", "kind")
    return any(form in roles or form in titles for form in (word, word.removesuffix("s")))


@cache
def _peoples() -> frozenset[str]:
    """Return the adjectives of countries and their short forms, but no country: Chad and Jordan are first names."""
    named = {row["country"].lower() for row in table("governments")}
    return frozenset(word for word in countries() if word not in named)


@cache
def _bodies() -> frozenset[str]:
    """Words of organisations that are a whole name or open an office: "UN", "House", "Senate"."""
    return frozenset(
        row["word"].lower() for row in table("organisations") if row["place"] in {"whole", "body"}
    )
